"""Finding the headline of the article."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.extraction.headline.stated_titles import (
    find_stated_titles,
    get_site_names,
    is_file_title,
    is_site_name,
    split_title,
)
from corpnews.extraction.headline.subheadline import find_lead, find_subheadline, is_line_of_article
from corpnews.extraction.headline.trim import trim_headline
from corpnews.extraction.headline.visible_titles import MIN_PROSE_CHARS, find_visible_titles, is_mostly_date, is_of_site
from corpnews.extraction.people.person_names import COMPANY_SUFFIX
from corpnews.page.layout import BlockKind
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.extraction.headline.stated_titles import StatedTitle
    from corpnews.extraction.headline.visible_titles import VisibleTitle
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.layout import Block, BodyRegion
    from corpnews.page.page import Page

_VERTICAL_BAR = re.compile("[|｜丨]")
_MAX_LABEL_BEFORE_BAR: Final = 24
_MAX_LINES_ABOVE_TEXT: Final = 3
_MIN_PLAIN_HEADLINE_LENGTH: Final = 4
_MAX_PLAIN_HEADLINE_LENGTH: Final = 200
# Characters of the text that stand for a headline where a page states none.
_MIN_QUOTED_LENGTH: Final = 20
_MAX_QUOTED_LENGTH: Final = 120
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？]")
_AGREEMENT_WEIGHT: Final = 2.5
# What a text gains that a title states word for word: a heading down to this level, as lower ones are often those of links to
# other pages; on a page without <h1> a plain line more, as no markup tells it from the headings of the text below.
_STATED_HEADING_BONUS: Final = 0.4
_MAX_LEVEL_OF_HEADLINE: Final = 2
_STATED_LINE_BONUS: Final = 0.7
# A visible text that agrees with no stated title better than this must have more than the second score of appearance, or,
# unless it is an <h1>, more than the third.
_MIN_AGREEMENT: Final = 0.34
_MIN_AGREEMENT_OF_SECTION: Final = 0.67
_MAX_HEADLINES: Final = 2
# A lead that begins like a paragraph of the text is said there.
_COMPARED_START: Final = 60
_MAX_RANKED_TITLES: Final = 50  # of a list of articles all headlines are candidates
_MIN_WORDS_OF_PRINTED_PART: Final = 4
_MIN_APPEARANCE_OF_H1: Final = 1.6
_MIN_APPEARANCE: Final = 1.95


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline of an article.

    Attributes:
        source: "visible" if it is a text of the page, else where it is stated.
        block: The block in which it starts.
        subheadline: The deck below the headline.
        section: The section's name, if it precedes the headline as in "Focus | headline".
        blocks: All blocks of headline and subheadline.
    """

    text: str
    source: str
    block: Block | None
    subheadline: str | None = None
    section: str | None = None
    blocks: tuple[Block, ...] = ()


def find_headline(
    page: Page, data: StructuredData, link_text: str | None = None, template: SiteTemplate | None = None
) -> Headline | None:
    """Find the headline of the page's article; `link_text` is the text of the link that led to the page."""
    titles = _without_names_of_site(find_stated_titles(page, data, link_text), page.layout.blocks, template)
    visible = list(find_visible_titles(page, titles, template))
    has_h1 = any(printed.blocks[0].level == 1 and printed.appearance > _MIN_APPEARANCE_OF_H1 for printed in visible)
    ranked = sorted(visible, key=lambda printed: -_score_title(printed, titles, has_h1=has_h1))
    names = get_site_names(page, data)
    if best := _choose_title(ranked[:_MAX_RANKED_TITLES], titles, names, page.layout.blocks):
        text, rest = trim_headline(best.blocks, best.text, titles, names)
        deck = find_subheadline(page.layout.blocks, best.blocks)
        subheadline = " ".join(block.text for block in deck) or (rest if rest and not is_line_of_article(rest) else None)
        return Headline(text, "visible", best.blocks[0], subheadline, _split_section(best.text), (*best.blocks, *deck))
    if not titles:
        return None
    stated = titles[0]
    if stated.source == "title":
        return Headline(_find_printed_part(stated.text, page.layout.blocks), "meta", None)
    return Headline(stated.text, stated.source, None)


def _choose_title(
    ranked: Iterable[VisibleTitle], titles: Sequence[StatedTitle], names: frozenset[str], blocks: Sequence[Block]
) -> VisibleTitle | None:
    """Return the first convincing text that names no section, file or site; else the first of all, if convincing."""
    first = None
    for printed in ranked:
        if is_file_title(printed.text) or _is_section_heading(printed, titles, blocks):
            continue
        first = first or printed
        is_of_article = not is_site_name(printed.text, names) or any(map(str.isdigit, printed.text))
        if is_of_article and _is_convincing(printed, titles):
            return printed
    return first if first and _is_convincing(first, titles) else None


def _without_names_of_site(
    titles: list[StatedTitle], blocks: Sequence[Block], template: SiteTemplate | None
) -> list[StatedTitle]:
    """Return the titles without those of the page's head that stand in a text which half of the site's pages have."""
    heads = {title.text for title in titles if title.source in ("title", "meta")}
    if template is None or not heads:
        return titles
    names = {head for block in blocks for head in heads if head in block.text and is_of_site(block, template)}
    return [title for title in titles if title.text not in names or title.source not in ("title", "meta")]


def _find_printed_part(title: str, blocks: Sequence[Block]) -> str:
    """Return the longest part of a <title> that a block of the page ends with; the whole title if none does."""
    parts = [title[start:end] for start, end in split_title(title)]
    printed = [
        part
        for part in parts
        if len(part.split()) >= _MIN_WORDS_OF_PRINTED_PART
        and any(not block.links and len(block.text) < 2 * len(part) and block.text.endswith(part) for block in blocks)
    ]
    return max(printed, key=len, default=title)


def _is_section_heading(printed: VisibleTitle, titles: Sequence[StatedTitle], blocks: Sequence[Block]) -> bool:
    """Return whether a visible text is one of several lower headings of a text, and only resembles what is stated.

    A headline has most of the page's prose below it, before the next heading at such a place, and none of its text above it.
    """
    first = printed.blocks[0]
    agreement = max(
        (title.compute_agreement(printed.text, printed.words) for title in titles if title.source != "url"), default=0.0
    )
    if first.level <= 1 or not _MIN_AGREEMENT < agreement < _MIN_AGREEMENT_OF_SECTION:
        return False
    peers = [block.index for block in blocks if block.level == first.level and block.box.path_hash == first.box.path_hash]
    following = next((index for index in peers if index > first.index), len(blocks))
    prose = [block for block in blocks if len(block.text) >= MIN_PROSE_CHARS and block.kind is not BlockKind.HEADING]
    own = [block for block in prose if first.index < block.index < following]
    places = {block.box.path_hash for block in own}
    above = [block for block in prose if block.index < first.index and block.box.path_hash in places]
    if any(block.box.parent is first.box.parent for block in above) and any(
        block.box.parent is first.box.parent for block in own
    ):
        return True  # a paragraph, the heading and a further paragraph are siblings
    return (
        len(peers) > _MAX_HEADLINES
        and 2 * sum(len(block.text) for block in own) < sum(len(block.text) for block in prose)
        and bool(above)
    )


def find_plain_headline(blocks: Sequence[Block], region: BodyRegion) -> Headline | None:
    """Return the short line right above the text of a page that marks no headline, or its first line if that is no sentence."""
    above = [block for block in blocks[max(0, region.first - _MAX_LINES_ABOVE_TEXT) : region.first] if not block.links]
    opening = islice((block for block in region.blocks if not is_file_title(block.text)), 1)
    for block in (*reversed(above), *opening):
        line, _, rest = block.text.partition("\n")
        line = line.strip()
        if block.index >= region.first and not rest and line.endswith((".", "。")) and not COMPANY_SUFFIX.search(line):
            continue  # the first paragraph
        if (
            _MIN_PLAIN_HEADLINE_LENGTH <= len(line) <= _MAX_PLAIN_HEADLINE_LENGTH
            and not is_mostly_date(line)
            and not is_file_title(line)
        ):
            return Headline(line, "visible", block, blocks=(block,) if line == block.text else ())
    return None


def add_lead(headline: Headline, blocks: Sequence[Block], region: BodyRegion, description: str = "") -> Headline:
    """Return a headline without a deck with the lead that stands above the text, unless the text says it again."""
    if headline.subheadline or not headline.blocks:
        return headline
    lead = find_lead(blocks, headline.blocks, region.first, description)
    if lead is None or any(block.text.startswith(lead.text[:_COMPARED_START]) for block in region.blocks):
        return headline
    return replace(headline, subheadline=lead.text, blocks=(*headline.blocks, lead))


def quote_first_sentence(region: BodyRegion) -> Headline:
    """Return the start of the text, its first sentence at most, as the headline of a page that states none."""
    text = normalize_space(region.blocks[0].text)
    first = next((found.end() for found in _SENTENCE_END.finditer(text, _MIN_QUOTED_LENGTH)), len(text))
    if first <= _MAX_QUOTED_LENGTH:
        return Headline(text[:first].rstrip(" .。"), "text", None)
    start = text[:_MAX_QUOTED_LENGTH]
    words = start.rpartition(" ")[0]
    return Headline(words if len(words) > _MAX_QUOTED_LENGTH / 2 else start, "text", None)


def _split_section(text: str) -> str | None:
    """Return the section of a headline of the form "section | headline".

    >>> _split_section("Focus | The chairman visits the plant"), _split_section("Profits | Losses")
    ('Focus', None)
    """
    label, _, rest = (part.strip() for part in _VERTICAL_BAR.sub("|", text, count=1).partition("|"))
    return label if label and len(label) <= _MAX_LABEL_BEFORE_BAR and len(rest) >= 2 * len(label) else None


def _is_convincing(best: VisibleTitle, titles: Sequence[StatedTitle]) -> bool:
    """Return whether the best visible text is the headline; some pages show their headline only in an image, or not at all."""
    least = _MIN_APPEARANCE_OF_H1 if best.blocks[0].level == 1 else _MIN_APPEARANCE
    return (
        best.appearance > least
        or not titles
        or max(title.compute_agreement(best.text, best.words) for title in titles) > _MIN_AGREEMENT
    )


def _score_title(printed: VisibleTitle, titles: Sequence[StatedTitle], *, has_h1: bool) -> float:
    """Score a visible text as headline by its appearance and by its agreement with the stated titles."""
    weights = sum(title.weight for title in titles)
    agreement = sum(title.weight * title.compute_agreement(printed.text, printed.words) for title in titles)
    bonus = _get_stated_bonus(printed, titles, has_h1=has_h1)
    return printed.appearance + _AGREEMENT_WEIGHT * agreement / max(1.0, weights) + bonus


def _get_stated_bonus(printed: VisibleTitle, titles: Sequence[StatedTitle], *, has_h1: bool) -> float:
    """Return what a visible text gains if a title states it word for word."""
    first, text = printed.blocks[0], printed.text.casefold()
    if not any(title.text.casefold() == text for title in titles):
        return 0.0
    if first.kind is not BlockKind.HEADING:
        return 0.0 if has_h1 else _STATED_LINE_BONUS
    return _STATED_HEADING_BONUS if first.level <= _MAX_LEVEL_OF_HEADLINE else 0.0
