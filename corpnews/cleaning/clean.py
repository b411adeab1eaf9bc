"""Removal of everything that is not the release, with a record of what was removed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from corpnews.cleaning.about_headings import parse_about_heading
from corpnews.cleaning.bare_contacts import count_bare_contacts
from corpnews.cleaning.boilerplate import RELATED_HEADING, BoilerplateDetector
from corpnews.cleaning.embed_notices import find_embed_notices
from corpnews.cleaning.end_matter import (
    EndMatterSection,
    is_contact_line,
    reaches_contact,
    split_end_matter,
)
from corpnews.cleaning.page_openings import parse_opening_on_page
from corpnews.cleaning.phrases import classify_end_matter_heading, find_boilerplate_reason
from corpnews.extraction.body import is_prose
from corpnews.extraction.media.captions import is_marked_caption
from corpnews.extraction.media.span import find_widest_box, is_in_foot_of_article
from corpnews.extraction.release.contacts import is_contact_name
from corpnews.extraction.release.mail_addresses import reveal_email
from corpnews.extraction.release.phones import find_phone_numbers
from corpnews.items import RemovedText
from corpnews.page.layout import BlockKind, Zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from corpnews.cleaning.section_openings import SectionOpening
    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.page.layout import Block

# Reasons of blocks that are removed from the body because a field of their own holds them.
_REASONS_WITH_FIELD: Final = frozenset(("headline", "caption"))
# Kinds of end matter that have a field.
_KINDS_WITH_FIELD: Final = frozenset(("about", "legal notice", "embargo"))
_MAX_LINK_DENSITY: Final = 0.8
# Below such a heading are documents of the release, or its sources.
_RESOURCES: Final = re.compile("link|resource|document|information|download|enlace|附件|链接|連結|リンク|資料", re.IGNORECASE)
# A line with a mail address or figures, such as a telephone number.
_REACHES: Final = re.compile(r"[@\d]")
# Blocks above the text that may hold its dateline, contact or embargo: at most so many, in none of these zones.
_MAX_HEAD_BLOCKS: Final = 12
_ZONES_OUTSIDE_HEAD: Final = Zone.NAV | Zone.FOOTER | Zone.ASIDE | Zone.FORM | Zone.RELATED | Zone.COMMENT | Zone.AD
# End matter stands in none of these zones within the article, and so many blocks below its text or other end matter at most.
_ZONES_OUTSIDE_END_MATTER: Final = _ZONES_OUTSIDE_HEAD | Zone.SHARE | Zone.META
_MAX_BLOCKS_TO_END_MATTER: Final = 20
_MAIN_TAGS: Final = frozenset(("main", "article"))
_MAX_BOXES_TO_MAIN: Final = 5
# The heading of a contact for journalists; "Contact us" beside the text is the company's.
_PRESS_CONTACT: Final = re.compile(r"press|pers|medi|médi|mídi|prens|stampa|ansprechpart|journal|sajtó|ΜΜΕ|СМИ", re.IGNORECASE)
_FILE_SIZE: Final = re.compile(r"[(\[]?\b\d+(?:[.,]\d+)? ?(?:[KMG]i?B|[KMG]o|[КМГ]Б)\b[)\]]?", re.IGNORECASE)
_MAX_MENU_HEADING_LENGTH: Final = 60
# Lines of a contact: a name, a role or an address, and how to reach it.
_MIN_CONTACT_LINES: Final = 2
# Maximum length of one removed text outside the body.
MAX_REMOVED_RUN_LENGTH: Final = 300
# A summary is compared with so many paragraphs of the text.
_MAX_PARAGRAPHS_OF_SUMMARY: Final = 6
# Characters of a release with the URLs of its links; the longest of 3,600 measured ones has 50,000.
_MAX_RELEASE_LENGTH: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class CleanedPage:
    """The blocks of the news, the sections of its end matter, the lines above the text, and the texts that were removed.

    `end_matter` includes the contacts above the text. `is_cut`: the release was too long, and this is its beginning.
    """

    blocks: tuple[Block, ...]
    end_matter: tuple[EndMatterSection, ...]
    head_lines: tuple[str, ...]
    removed: tuple[RemovedText, ...]
    is_cut: bool = False


def clean_page(extracted: ExtractedPage) -> CleanedPage:
    """Separate the release's own blocks from the others in and around its body."""
    detector, parse_opening = BoilerplateDetector(extracted), cache(partial(parse_opening_on_page, extracted.page))
    missed = (*_find_missed_end_matter(extracted, parse_opening), *_find_missed_contacts(extracted))
    reasons = {block: detector.removal_reason(block) for block in (*extracted.region.blocks, *missed)}
    reasons |= dict.fromkeys(find_embed_notices(extracted), "cookie notice")
    reasons |= dict.fromkeys(_find_below_related_headings(reasons, extracted), "related articles")
    reasons |= dict.fromkeys(_find_repeated([block for block in reasons if reasons[block] is None]), "said twice")
    kept = [block for block in extracted.page.layout.blocks if block in reasons and reasons[block] is None]
    release = list(_limit_length(kept))
    own, end_matter = split_end_matter(release, parse_opening)
    # what was taken for end matter below the body and is none after all stays out
    outside = {block for block in {*missed}.intersection(own) if not block.box.is_inside(extracted.region.box)}
    reasons = {block: reason for block, reason in reasons.items() if block not in outside}
    own = tuple(block for block in own if block not in outside)
    head = list(_find_head(extracted, own))
    known = {line for part in end_matter for line in part.lines}
    lines = (block.text for block in head if block.text not in known and is_contact_line(block.text))
    contacts = tuple(EndMatterSection("contact", "", (line,)) for line in lines)
    removed = (*_list_removed_texts(extracted, detector, reasons), *_list_end_matter_without_field(end_matter))
    return CleanedPage(own, (*contacts, *end_matter), tuple(block.text for block in head), removed, release != kept)


def _find_below_related_headings(reasons: Mapping[Block, str | None], extracted: ExtractedPage) -> Iterator[Block]:
    """Yield the links and teasers below a heading such as "Related articles", which may be outside the body."""
    blocks, zone = extracted.page.layout.blocks, extracted.region.box.zone
    is_below = False
    for block, reason in reasons.items():
        above, heading = blocks[max(0, block.index - 1)], None
        if reason == RELATED_HEADING:
            heading = block
        elif block.links and above not in reasons and find_boilerplate_reason(above.text) == RELATED_HEADING:
            heading = above
        if heading is not None:
            is_below = not _RESOURCES.search(heading.text)
        if reason is None:
            is_own = block.kind is BlockKind.LIST_ITEM or block.zone & ~zone & Zone.RELATED
            is_below = is_below and block.links > 0 and (bool(is_own) or block.link_density > _MAX_LINK_DENSITY)
            if is_below:
                yield block


def _find_repeated(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the paragraphs that the next ones, of another box, say again: a summary that is the beginning of the text."""
    for at, block in enumerate(blocks[:-1]):
        following = blocks[at + 1 : at + 1 + _MAX_PARAGRAPHS_OF_SUMMARY]
        if block.box.parent is not following[0].box.parent and is_prose(block) and _begin_with(following, block.text):
            yield block


def _begin_with(paragraphs: Sequence[Block], text: str) -> bool:
    """Return whether the paragraphs, one after the other, begin with a text."""
    for paragraph in paragraphs:
        if paragraph.text.startswith(text):
            return True
        if not text.startswith(paragraph.text):
            return False
        text = text[len(paragraph.text) :].lstrip()
    return False


def _limit_length(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks up to the maximum length of a release; the one at which it is reached is cut."""
    left = _MAX_RELEASE_LENGTH
    for block in blocks:
        length = len(block.text) + sum(len(style.href or "") for _, style in block.runs if style)
        if length > left:
            yield replace(block, text=block.text[:left].rstrip(), runs=(), _key=None)
            return
        yield block
        left -= length


def _find_head(extracted: ExtractedPage, own: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the lines between the headline and the text, and those right above the headline."""
    headline = extracted.headline.block
    end = own[0].index if own else extracted.region.first
    start = end if headline is None else max(0, headline.index - 2)
    for block in extracted.page.layout.blocks[max(start, end - _MAX_HEAD_BLOCKS) : end]:
        if block not in extracted.headline.blocks and not block.zone & _ZONES_OUTSIDE_HEAD:
            yield block


def _find_missed_end_matter(extracted: ExtractedPage, parse_opening: Callable[[Block], SectionOpening | None]) -> Iterator[Block]:
    """Yield end matter that body extraction left out because each release repeats it: headings and the lines below.

    It stands in the body's box, or below it in the article around that; files, topics and the like may stand between.
    """
    region = extracted.region
    blocks, chosen, widest = extracted.page.layout.blocks, set(region.blocks), find_widest_box(region.box, ("body", "html"))
    last_box = region.blocks[-1].box  # the region's box may be a table amid the text
    around = next((box for box in widest.ancestors() if last_box.is_inside(box)), widest)
    mains = (box for box in islice(around.ancestors(), _MAX_BOXES_TO_MAIN) if box.tag in _MAIN_TAGS)
    article = next(mains, around)  # each part of the release may be a component of the page's main element
    within, within_card, last = False, False, region.last
    for block in blocks[region.first :]:
        if block.index > last + _MAX_BLOCKS_TO_END_MATTER or (block not in chosen and not block.box.is_inside(article)):
            return
        opening = parse_opening(block)
        if block in chosen and opening is None:
            continue
        is_in_body = block.box.is_inside(region.box)
        is_other = block.zone & ~region.box.zone & (Zone.META if is_in_body else _ZONES_OUTSIDE_END_MATTER)
        if is_other == Zone.FOOTER and is_in_foot_of_article(block.box, region, blocks):
            is_other = Zone.NONE
        is_card = within and is_other == Zone.RELATED and opening is not None and opening.kind == "contact"
        is_column = is_other == Zone.ASIDE and (within_card or _opens_press_contact(block))  # beside the text
        if is_column or is_card or (within_card and is_other == Zone.RELATED):
            is_other, within_card = Zone.NONE, True
        else:
            within_card = False
        is_menu = _is_menu(block) or _names_menu(block, blocks)
        is_heading = block.kind is BlockKind.HEADING and not is_in_body and not is_contact_name(block.text)
        if opening and (is_in_body or (not (is_other or is_menu) and (within or _is_of_release(opening)))):
            within = True
        elif block not in chosen and (
            is_menu or is_heading or is_marked_caption(block) or (is_other and not _REACHES.search(reveal_email(block.text)))
        ):
            within = False  # a menu, another section, or the line of author, date and topics below the release
        if within and block not in chosen:
            last = block.index
            yield block


def _opens_press_contact(block: Block) -> bool:
    return _PRESS_CONTACT.search(block.text) is not None and classify_end_matter_heading(block.text) == "contact"


def _is_of_release(opening: SectionOpening) -> bool:
    """Return whether a section below the article's text is the release's: about a named organisation, or its contact."""
    return opening.kind == "contact" or (opening.kind == "about" and parse_about_heading(opening.heading) is not None)


def _is_menu(block: Block) -> bool:
    """Return whether the block is all links, or files with their sizes; none that reaches a contact."""
    if not block.links or reaches_contact(block):
        return False
    size = sum(map(len, _FILE_SIZE.findall(block.text)))
    return block.link_chars > _MAX_LINK_DENSITY * (len(block.text) - size) and not find_phone_numbers(block.text)


def _names_menu(block: Block, blocks: Sequence[Block]) -> bool:
    """Return whether the block is a short line above links, such as the heading of a list of files."""
    below = blocks[block.index + 1] if block.index + 1 < len(blocks) else None
    return (
        below is not None
        and len(block.text) <= _MAX_MENU_HEADING_LENGTH
        and not _REACHES.search(reveal_email(block.text))
        and _is_menu(below)
    )


def _find_missed_contacts(extracted: ExtractedPage) -> Iterator[Block]:
    """Yield the lines right after the body, in its box, that end the contacts with which it ends."""
    region = extracted.region
    texts = [block.text for block in region.blocks]
    for block in extracted.page.layout.blocks[region.last + 1 :]:
        texts.append(block.text)
        is_inside = block.box.is_inside(region.box) and not block.zone & ~region.box.zone
        if not is_inside or count_bare_contacts(texts) < _MIN_CONTACT_LINES:
            return
        yield block


def _list_end_matter_without_field(end_matter: tuple[EndMatterSection, ...]) -> Iterator[RemovedText]:
    """Yield the end matter whose text no field holds: end marks, source lines, and contacts with their addresses."""
    for part in end_matter:
        if part.kind not in _KINDS_WITH_FIELD:
            separator = ": " if part.is_inline else "\n"
            yield RemovedText(separator.join(filter(None, (part.heading, "\n".join(part.lines)))), part.kind)


def _list_removed_texts(
    extracted: ExtractedPage, detector: BoilerplateDetector, reasons: Mapping[Block, str | None]
) -> Iterator[RemovedText]:
    """Yield the texts that are in no field, in document order; outside the body, adjacent ones with one reason as one text."""
    for is_in_body, group in groupby(extracted.page.layout.blocks, key=reasons.__contains__):
        if is_in_body:
            yield from _list_removed_from_body(detector, {block: reasons[block] for block in group})
            continue
        for reason, run in groupby(group, key=detector.reason_outside_body):
            if reason:
                blocks = list(run)
                text = " · ".join(block.text for block in blocks)
                yield RemovedText(
                    text if len(text) <= MAX_REMOVED_RUN_LENGTH else f"{text[:MAX_REMOVED_RUN_LENGTH]}…",
                    reason,
                    detector.pages(blocks[0]),
                )


def _list_removed_from_body(detector: BoilerplateDetector, reasons: Mapping[Block, str | None]) -> Iterator[RemovedText]:
    for block, reason in reasons.items():
        if reason and reason not in _REASONS_WITH_FIELD:
            yield RemovedText(block.text[:_MAX_RELEASE_LENGTH], reason, detector.pages(block))
