"""The visible texts of a page that could be its headline, by their markup and position."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from corpnews.extraction.blocks import Block, Box, Kind, Layout, Zone
from corpnews.extraction.dates import find_dates
from corpnews.extraction.headline.titles import CJK, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.headline.titles import Title
    from corpnews.extraction.page import Page

LONGEST_HEADLINE: Final = 350
PROSE_CHARS: Final = 80
DENSE_SCRIPT = re.compile(rf"[{CJK}]")
ELSEWHERE: Final = (
    Zone.NAV | Zone.FOOTER | Zone.ASIDE | Zone.HIDDEN | Zone.FORM | Zone.SHARE | Zone.RELATED | Zone.COMMENT | Zone.AD
)
MENUS: Final = Zone.NAV | Zone.FOOTER
TITLE_WORD = re.compile(r"(?<![a-z])(?:title|headline|heading|hl|tit|titel|titre|titulo|titolo|biaoti|bt|subject)(?![a-z])")
NO_TITLE_WORD = re.compile(r"(?<![a-z])(?:sub|site|page|section|category|widget|menu|block)[-_ ]?(?:title|headline|heading)")
CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
RANKS: Final = (0.0, 1.0, 0.7, 0.45, 0.3, 0.15, 0.15)
TITLE_CLASS_RANK: Final = 0.6


@dataclass(frozen=True, slots=True)
class Printed:
    """A visible text that could be the headline; `appearance` scores its markup and position, not its words."""

    text: str
    blocks: tuple[Block, ...]
    words: frozenset[str]
    looks: float


@lru_cache(maxsize=5_000)
def names_a_title(names: str) -> bool:
    """Return whether class names and ids say that a box contains the title of the page's subject.

    >>> names_a_title("newsTitle"), names_a_title("subtitle"), names_a_title("site-title")
    (True, False, False)
    """
    names = CAPITAL.sub("-", names).lower()
    return TITLE_WORD.search(names) is not None and NO_TITLE_WORD.search(names) is None


def printed_titles(page: Page, titles: Sequence[Title]) -> Iterator[Printed]:
    """Yield the headings, the boxes with a title's class name, and the blocks that repeat a stated title."""
    stated = "\n".join(title.text for title in titles).casefold()
    prose = Prose(page.layout)
    for group, rank in groups(page.layout.blocks, stated):
        text = " ".join(block.text for block in group)
        found = words(text) if len(text) <= LONGEST_HEADLINE else frozenset()
        if found:
            yield Printed(text, group, found, rank + looks(group, found, page) + prose.follows(group[-1]))


def groups(blocks: Sequence[Block], stated: str) -> Iterator[tuple[tuple[Block, ...], float]]:
    """Yield runs of blocks that form one title, each with the rank of the box that contains it."""
    run: list[Block] = []
    holder, rank = None, 0.0
    for block in blocks:
        if run and holder is not None and goes_on(holder, block):
            run.append(block)
            continue
        if run:
            yield tuple(run), rank
        run = []
        if len(block.text) > LONGEST_HEADLINE or (
            block.zone & MENUS and block.kind is not Kind.HEADING and block.link_density > 0.9
        ):
            continue
        holder, rank = title_box(block)
        if holder is not None or (len(block.text) > 3 and block.text.casefold() in stated):
            holder = holder or block.box
            run = [block]
    if run:
        yield tuple(run), rank


def goes_on(holder: Box, block: Block) -> bool:
    """Return whether the block belongs to the title in the box: a heading contains one title, another box a line of text."""
    if holder.kind is Kind.HEADING:
        return holder is block.box or holder is block.box.parent
    return block.soft and holder is block.box and not is_date(block.text)


def is_date(text: str) -> bool:
    """Return whether more than half of the text is dates."""
    return sum(date.end - date.start for date in find_dates(text)) * 2 > len(text)


def title_box(block: Block) -> tuple[Box | None, float]:
    """Return the heading or the box with a title's class name around the block, and its rank."""
    box, chars = block.box, len(block.text)
    for around in (box, box.parent):
        if around is None or around.chars > LONGEST_HEADLINE + chars:
            break
        if around.kind is Kind.HEADING:
            return around, RANKS[around.level]
        if around.zone & ELSEWHERE & ~Zone.ASIDE:
            continue
        names = f"{around.element.get('class') or ''} {around.element.get('id') or ''}"
        if len(names) > 1 and names_a_title(names):
            return around, TITLE_CLASS_RANK
    return None, 0.0


def looks(group: tuple[Block, ...], found: frozenset[str], page: Page) -> float:
    """Score zone, links and length of a text as those of a headline."""
    value = 0.0
    zone = group[0].zone
    foreign = zone & ELSEWHERE & ~Zone.ASIDE
    if foreign:
        value -= 0.8
    elif zone & Zone.ASIDE:
        value -= 0.3
    if zone & (Zone.BODY | Zone.HEADER) == Zone.HEADER:
        value -= 0.2
    chars = sum(len(block.text) for block in group)
    if sum(block.link_chars for block in group) > 0.7 * chars:
        value -= 0.5 if foreign else weight_of_link(group[0], page)
    if len(found) < 3 or chars < 8 or len(found) > 35:
        value -= 0.4
    return value


def weight_of_link(block: Block, page: Page) -> float:
    """Return the penalty for a link around the whole text: a headline may link to its own page, a logo links to the home page."""
    links = page.layout.links
    at = bisect_left(links, block.index, key=lambda link: link.index)
    target = page.absolute(links[at].element.get("href")) if at < len(links) else None
    if target is None or target == page.url:
        return 0.1
    path, own = urlsplit(target).path.strip("/"), urlsplit(page.url).path.strip("/")
    return 0.5 if len(path) > 3 or path == own else 3.0


class Prose:
    """The positions of the page's paragraphs: a headline is shortly before them."""

    def __init__(self, layout: Layout) -> None:
        self.at: list[int] = []
        chars: list[int] = []
        for block in layout.blocks:
            length = len(block.text)
            if length < PROSE_CHARS and (length < PROSE_CHARS // 3 or not DENSE_SCRIPT.search(block.text)):
                continue
            if block.link_density < 0.3 and block.kind is not Kind.HEADING and not block.zone & ELSEWHERE:
                self.at.append(block.index)
                chars.append(length)
        self.before = [0, *accumulate(chars)]

    def follows(self, block: Block) -> float:
        """Score from 0 to 1.3 how much of the prose comes after the block, and how soon."""
        after = bisect_right(self.at, block.index)
        if after == len(self.at):
            return 0.0
        share = 1 - self.before[after] / self.before[-1]
        return 1.0 * share + 0.3 / (1 + (self.at[after] - block.index) / 8)
