"""The visible texts of a page that could be its headline, by their markup and position."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from corpnews.extraction.dates import find_dates
from corpnews.page.layout import Block, BlockKind, Box, Layout, Zone
from corpnews.page.zones import MAX_NAMES_LENGTH
from corpnews.web.text import CAMEL_CASE_BREAK, get_word_set, has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.headline.stated_titles import StatedTitle
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.page.page import Page

_MAX_HEADLINE_LENGTH: Final = 350
_MIN_PAGES_OF_SITE_HEADING: Final = 3
# A title that was cut after some words has at least so many characters, and more than a third of the printed one.
_MIN_START_OF_TITLE: Final = 20
_MAX_LENGTH_OF_CUT_TITLES: Final = 3
_SENTENCE_MARKS: Final = ".。!?…"
MIN_PROSE_CHARS: Final = 80
_ZONES_WITHOUT_HEADLINE: Final = (
    Zone.NAV | Zone.FOOTER | Zone.ASIDE | Zone.HIDDEN | Zone.FORM | Zone.SHARE | Zone.RELATED | Zone.COMMENT | Zone.AD
)
_MENU_AND_FOOTER: Final = Zone.NAV | Zone.FOOTER
_TITLE_CLASS = re.compile(r"(?<![a-z])(?:title|headline|heading|hl|tit|titel|titre|titulo|titolo|biaoti|bt|subject)(?![a-z])")
_OTHER_TITLE_CLASS = re.compile(r"(?<![a-z])(?:sub|site|page|section|category|widget|menu|block)[-_ ]?(?:title|headline|heading)")
_RANK_BY_LEVEL: Final = (0.0, 1.0, 0.7, 0.45, 0.3, 0.15, 0.15)
_TITLE_CLASS_RANK: Final = 0.6
_HOME_LINK_PENALTY: Final = 3.0
_MIN_SECTIONS: Final = 3
_SECTION_PENALTY: Final = 0.8


@dataclass(frozen=True, slots=True)
class VisibleTitle:
    """A visible text that could be the headline; `appearance` scores its markup and position, not its words."""

    text: str
    blocks: tuple[Block, ...]
    words: frozenset[str]
    appearance: float


@lru_cache(maxsize=5_000)
def _is_title_class(names: str) -> bool:
    """Return whether class names and ids say that a box contains the title of the page's subject.

    >>> _is_title_class("newsTitle"), _is_title_class("subtitle"), _is_title_class("site-title")
    (True, False, False)
    """
    names = CAMEL_CASE_BREAK.sub("-", names).lower()
    return _TITLE_CLASS.search(names) is not None and _OTHER_TITLE_CLASS.search(names) is None


def find_visible_titles(
    page: Page, titles: Sequence[StatedTitle], template: SiteTemplate | None = None
) -> Iterator[VisibleTitle]:
    """Yield the headings, the boxes with a title's class name, and the blocks that repeat a stated title, or complete it.

    What stands at the same place on half of the site's pages is left out.
    """
    prose, sections = ProsePositions(page.layout), _find_section_headings(page.layout)
    for group, rank in _group_title_blocks(page.layout.blocks, [title.text.casefold() for title in titles]):
        text = " ".join(block.text for block in group)
        words = get_word_set(text) if len(text) <= _MAX_HEADLINE_LENGTH else frozenset()
        if words and not (template and is_of_site(group[0], template)):
            appearance = rank + _score_appearance(group, words, page) + prose.score_position(group[-1])
            yield VisibleTitle(text, group, words, appearance - _SECTION_PENALTY * (group[0].index in sections))


def _find_section_headings(layout: Layout) -> frozenset[int]:
    """Return the indexes of the headings of one kind of which a box has several, below another heading of the same box."""
    places: dict[tuple[Box, int], list[int]] = {}
    first: dict[Box, int] = {}
    for block in layout.blocks:
        if block.kind is BlockKind.HEADING and block.box.parent is not None:
            first.setdefault(block.box.parent, block.index)
            places.setdefault((block.box.parent, block.box.path_hash), []).append(block.index)
    several = ((box, found) for (box, _), found in places.items() if len(found) >= _MIN_SECTIONS and first[box] != found[0])
    return frozenset(index for _, found in several for index in found)


def is_of_site(block: Block, template: SiteTemplate) -> bool:
    """Return whether a block's text stands at the same place of half of the site's pages."""
    return template.count_pages_with(block) >= max(_MIN_PAGES_OF_SITE_HEADING, template.pages / 2)


def _group_title_blocks(blocks: Sequence[Block], stated: Sequence[str]) -> Iterator[tuple[tuple[Block, ...], float]]:
    """Yield runs of blocks that form one title, each with the rank of the box that contains it."""
    said, starts = "\n".join(stated), tuple(title for title in stated if len(title) >= _MIN_START_OF_TITLE)
    run: list[Block] = []
    holder, rank = None, 0.0
    for block in blocks:
        if run and holder is not None and _belongs_to_title(holder, block):
            run.append(block)
            continue
        if run:
            yield tuple(run), rank
        run = []
        if len(block.text) > _MAX_HEADLINE_LENGTH or (
            block.zone & _MENU_AND_FOOTER and block.kind is not BlockKind.HEADING and block.link_density > 0.9
        ):
            continue
        holder, rank = _find_title_box(block)
        if holder is not None or _repeats_title(block.text.casefold(), said, starts):
            holder = holder or block.box
            run = [block]
    if run:
        yield tuple(run), rank


def _repeats_title(text: str, said: str, starts: tuple[str, ...]) -> bool:
    """Return whether a text stands in what is stated, or is a line that begins with a title that was cut after some words."""
    if len(text) > 3 and text in said:
        return True
    if not text.startswith(starts) or text[-1:] in _SENTENCE_MARKS:
        return False
    return any(text.startswith(start) and len(text) < _MAX_LENGTH_OF_CUT_TITLES * len(start) for start in starts)


def _belongs_to_title(holder: Box, block: Block) -> bool:
    """Return whether the block belongs to the title in the box: a heading contains one title, another box a line of text."""
    if holder.kind is BlockKind.HEADING:
        return holder is block.box or holder is block.box.parent
    return block.is_after_line_break and holder is block.box and not is_mostly_date(block.text)


def is_mostly_date(text: str) -> bool:
    """Return whether more than half of the text is dates."""
    return sum(date.end - date.start for date in find_dates(text)) * 2 > len(text)


def _find_title_box(block: Block) -> tuple[Box | None, float]:
    """Return the heading or the box with a title's class name around the block, and its rank."""
    box, chars = block.box, len(block.text)
    for ancestor in (box, box.parent):
        if ancestor is None or ancestor.chars > _MAX_HEADLINE_LENGTH + chars:
            break
        if ancestor.kind is BlockKind.HEADING:
            return ancestor, _RANK_BY_LEVEL[ancestor.level]
        if ancestor.zone & _ZONES_WITHOUT_HEADLINE & ~Zone.ASIDE:
            continue
        names = f"{ancestor.class_names} {ancestor.element.get('id', '')[:MAX_NAMES_LENGTH]}"
        if len(names) > 1 and _is_title_class(names):
            return ancestor, _TITLE_CLASS_RANK
    return None, 0.0


def _score_appearance(group: tuple[Block, ...], words: frozenset[str], page: Page) -> float:
    """Score zone, links and length of a text as those of a headline."""
    value = 0.0
    zone = group[0].zone
    foreign = zone & _ZONES_WITHOUT_HEADLINE & ~Zone.ASIDE
    if foreign:
        value -= 0.8
    elif zone & Zone.ASIDE:
        value -= 0.3
    if zone & (Zone.BODY | Zone.HEADER) == Zone.HEADER:
        value -= 0.2
    if group[0].zone & Zone.META and is_mostly_date(group[0].text):
        value -= 0.8
    chars = sum(len(block.text) for block in group)
    if sum(block.link_chars for block in group) > 0.7 * chars:
        value -= 0.5 if foreign else _score_link(group[0], page)
    if len(words) < 3 or chars < 8 or len(words) > 35:
        value -= 0.4
    return value


def _score_link(block: Block, page: Page) -> float:
    """Return the penalty for a link around the whole text: a headline may link to its own page, a logo links to the home page."""
    links = page.layout.links
    at = bisect_left(links, block.index, key=lambda link: link.index)
    href = links[at].element.get("href") if at < len(links) else None
    target = page.resolve_url(href)
    if target is None or target == page.url:
        return _HOME_LINK_PENALTY if href == "/" else 0.1
    path, own = urlsplit(target).path.strip("/"), urlsplit(page.url).path.strip("/")
    return 0.5 if len(path) > 3 or path == own else _HOME_LINK_PENALTY


class ProsePositions:
    """The positions of the page's paragraphs: a headline is shortly before them."""

    def __init__(self, layout: Layout) -> None:
        self.at: list[int] = []
        chars: list[int] = []
        for block in layout.blocks:
            length = len(block.text)
            if length < MIN_PROSE_CHARS and (length < MIN_PROSE_CHARS // 3 or not has_cjk(block.text)):
                continue
            if block.link_density < 0.3 and block.kind is not BlockKind.HEADING and not block.zone & _ZONES_WITHOUT_HEADLINE:
                self.at.append(block.index)
                chars.append(length)
        self.before = [0, *accumulate(chars)]

    def score_position(self, block: Block) -> float:
        """Score from 0 to 1.3 how much of the prose comes after the block, and how soon."""
        after = bisect_right(self.at, block.index)
        if after == len(self.at):
            return 0.0
        share = 1 - self.before[after] / self.before[-1]
        return 1.0 * share + 0.3 / (1 + (self.at[after] - block.index) / 8)
