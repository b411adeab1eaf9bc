"""The texts of a page that may name the article's authors, each with the features by which it is scored."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.extraction.agencies import NEWS_AGENCIES, PHOTO_AGENCIES
from corpnews.extraction.dates import find_dates
from corpnews.extraction.headline.stated_titles import get_site_names, is_site_name
from corpnews.extraction.label_texts import OVERLINE_CLASS, SECTION_CLASS
from corpnews.extraction.people.author_features import add_features
from corpnews.extraction.people.author_markup import find_marked_authors
from corpnews.extraction.people.author_window import MAX_NAME_LINE_LENGTH, AuthorWindow
from corpnews.extraction.people.bylines import find_account_name, find_byline_names, is_byline_word
from corpnews.extraction.people.person_names import (
    LABEL_WORD,
    MAX_AUTHORS,
    MAX_BYLINE_LENGTH,
    MONTH_ABBREVIATIONS,
    WORDS_OF_LABELS,
    classify_name,
    looks_like_name,
    order_name,
    parse_names,
)
from corpnews.extraction.release.contacts import is_contact_name
from corpnews.extraction.release.dateline import find_dateline
from corpnews.page.layout import BlockKind, Zone
from corpnews.web.text import build_comparison_key, has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.headline import Headline
    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.layout import Block, BodyRegion
    from corpnews.page.page import Page

# Templates name the department or the web agency in a meta element, and departments stand in many short lines.
_UNTRUSTED_FORMS: Final = {"meta": ("department", "company"), "name": ("department",)}
_MAX_PARTS_OF_LINE: Final = 6
_MAX_META_LINE_LENGTH: Final = 250
# "By then the plant" is no byline.
_MAX_WORDS_OF_ACCOUNT: Final = 2
_ARTICLES: Final = ("the ", "a ", "an ")
# With these a bare line begins that names a thing; names of people may begin with "La" or "De".
_ARTICLES_OF_THINGS: Final = ("the", "das", "der", "die", "les", "los", "las", "gli", "het", "een", "ein", "eine", "une", "una")
_PART_SEPARATOR = re.compile(r"\s*[|/•·,;:»\n－–—]+\s*|\s+-\s+|\s{2,}")
_SECTION_AFTER_NAME = re.compile(r"\s(?:in|under)\s.*$")
_PLACE_BEFORE_DATE = re.compile(r"[^|/•·;:»\n]*,\s*$")
# "Where: City Hall, Room 202": no word of a byline, so what follows is no author.
_LABELLED_VALUE = re.compile(r"^[^\W\d_][^:：|]{1,30}[:：]\s[^|•·»\n]+")
# "REUTERS/Ann Lee" took a picture.
_AGENCY_PHOTO = re.compile(rf"\b(?:PA|{NEWS_AGENCIES}|{PHOTO_AGENCIES})\s?/[^|·,;/]+")
# A paragraph about a person: "Ann Lee is a reporter in London.", "Ann Lee: Since 1998, Ann has led the plant."
_BIOGRAPHY = re.compile(
    r"(?P<name>[^\W\d_][\w.'’-]+(?:\s[^\W\d_][\w.'’-]*){1,3})(?:,[^,.]{2,60},)?\s?"
    r"(?::\s|\s(?:is|was|has|joined|works|writes|leads|ist|war|arbeitet|schreibt|leitet|est|travaille|es|trabaja|è|lavora)\s)"
)
_POSTCODE = re.compile(r"(?<!\d)\d{4,6}(?!\d)")  # the line is an address
# Who changed the page last is whoever keeps the site.
_CHANGE_LINE = re.compile(r"(?:last |zuletzt |dernière |última )?(?:modifi|changed|geändert|bearbeitet)", re.IGNORECASE)
_NO_NAME = re.compile(rf"[:：]\s*$|^\s*{MONTH_ABBREVIATIONS}\w*\.?\s\d{{1,2}}\s*$", re.IGNORECASE)  # a label, or a day
_LINES_BELOW_LABEL: Final = 2
_MAX_LINES_TO_POSTCODE: Final = 3
_MAX_LEVEL_OF_PAGE_TITLE: Final = 2
_MAX_ITEMS_BELOW_LABEL: Final = 20
_OPENING_MARKS: Final = tuple('“„«»"「『')
_CLOSING_MARKS: Final = tuple('”“»«"」』')
_BLOCKS_TO_BIOGRAPHY: Final = 8
_BOXES_TO_AUTHOR: Final = 3


@dataclass(slots=True)
class AuthorCandidate:
    """Names that may be the authors': `kind` is how they are given, `form` what they look like (see classify_name).

    Attributes:
        source: json-ld, microdata, meta or visible.
        block: The block that gives them, if they are visible.
        features: Names of the features that hold for the candidate.
        keys: The names in the form in which they are compared.
    """

    names: tuple[str, ...]
    source: str
    kind: str
    form: str
    block: Block | None = None
    features: set[str] = field(default_factory=set)
    keys: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = frozenset(map(build_comparison_key, self.names))


class _Given(NamedTuple):
    """Texts that give names, how (marked, byline, account, name), and where."""

    texts: tuple[str, ...]
    kind: str
    block: Block


def find_author_candidates(
    page: Page, data: StructuredData, headline: Headline | None, region: BodyRegion | None
) -> list[AuthorCandidate]:
    """Return all texts that may name the article's authors: those stated in the page's data, then the visible ones."""
    site_names = get_site_names(page, data)
    window = AuthorWindow(page, headline, region)
    found: list[AuthorCandidate] = []
    for source in ("json-ld", "microdata", "meta"):
        texts = [order_name(claim.value) for claim in data.authors if claim.source == source]
        found += _build_candidates(texts, source, source, None, site_names)
    for given in _merge_neighbours(_iter_given(window)):
        found += _build_candidates(given.texts, "visible", given.kind, given.block, site_names)
    owner = next((claim.value for claim in (data.site_name, data.publisher) if claim and looks_like_name(claim.value)), None)
    if owner:
        found.append(AuthorCandidate((owner,), "meta", "site name", "person"))
    add_features(found, window, headline)
    sections = {key for each in found if each.block and each.block.zone & Zone.NAV for key in each.keys}
    return [each for each in found if each.kind != "name" or (each.form != "account" and each.keys.isdisjoint(sections))]


def _build_candidates(
    texts: Sequence[str], source: str, kind: str, block: Block | None, site_names: frozenset[str]
) -> Iterator[AuthorCandidate]:
    """Yield one candidate for each form of name in the texts."""
    forms: dict[str, dict[str, str]] = {}
    for name in parse_names(texts, site_names):
        form = classify_name(name, site_names)
        is_phrase = len(name.split()) > _MAX_WORDS_OF_ACCOUNT or name.startswith(_ARTICLES)
        is_thing = name.split(maxsplit=1)[0].lower() in _ARTICLES_OF_THINGS
        is_of_site = kind == "name" and (is_thing or is_site_name(name, site_names))
        if not is_of_site and not (kind == "byline" and form == "account" and is_phrase):
            forms.setdefault(form, {}).setdefault(build_comparison_key(name), name)
    for form, names in forms.items():
        if form not in _UNTRUSTED_FORMS.get(kind, ()):
            yield AuthorCandidate(tuple(names.values())[:MAX_AUTHORS], source, kind, form, block)


def _iter_given(window: AuthorWindow) -> Iterator[_Given]:
    """Yield the texts of the window's lines that give names."""
    follows_byline_word = False
    for block in window.near:
        text = block.text
        if _may_be_biography(block, window) and (person := _find_subject(text)):
            yield _Given((person,), "biography", block)
            follows_byline_word = False
            continue
        if (
            block.kind is BlockKind.CODE
            or _CHANGE_LINE.match(text)
            or len(text) > (_MAX_META_LINE_LENGTH if block.zone & Zone.META else MAX_BYLINE_LENGTH)
        ):
            follows_byline_word = False
            continue
        marked = tuple(text for text in find_marked_authors(block) if not _NO_NAME.search(text))
        if marked:
            yield _Given(marked, "marked", block)
        if names := (text,) if follows_byline_word and block.links <= 1 else tuple(find_byline_names(block)):
            yield _Given(names, "byline", block)
        elif account := find_account_name(block):
            yield _Given((account,), "account", block)
        elif not marked and (parts := tuple(_iter_name_parts(block))) and _may_name_author(block, window):
            yield _Given(parts, "name", block)
        follows_byline_word = is_byline_word(text)


def _may_name_author(block: Block, window: AuthorWindow) -> bool:
    """Return whether a bare name may be the author's.

    It is none of a contact or a section, behind no label in a table, and below no label and no quotation.
    """
    names = block.box.class_names.lower()
    if SECTION_CLASS.search(names) or OVERLINE_CLASS.search(names):
        return False
    if block.kind is BlockKind.HEADING and block.index < window.head and block.level <= _MAX_LEVEL_OF_PAGE_TITLE:
        # the title of a part of the site, or of the whole if that is a person's
        return block.level == 1 and bool(block.zone & Zone.HEADER) and is_contact_name(block.text)
    first = _find_first_item(window.blocks, block.index)
    lines = [line.text for line in reversed(window.blocks[max(0, first - _LINES_BELOW_LABEL) : first])]
    above = lines[0] if lines else ""
    short = takewhile(lambda line: len(line) <= MAX_NAME_LINE_LENGTH / 2, lines)
    is_labelled = any(line.endswith((":", "：")) and not is_byline_word(line) for line in short)
    is_row = (block.kind is BlockKind.TABLE_ROW and " | " in block.text) or _is_in_address(block, window.blocks)
    is_below_quotation = above[:1] in _OPENING_MARKS and above[-1:] in _CLOSING_MARKS
    return not (is_row or is_labelled or is_below_quotation or window.is_next_to_contact(block))


def _is_in_address(block: Block, blocks: Sequence[Block]) -> bool:
    """Return whether one of the next lines of the block's paragraph has a postcode, as in the address of a letter."""
    lines = blocks[block.index + 1 : block.index + 1 + _MAX_LINES_TO_POSTCODE]
    own = takewhile(lambda line: line.box is block.box and line.is_after_line_break, lines)
    return any(not find_dates(line.text) and _POSTCODE.search(line.text) for line in own)


def _find_first_item(blocks: Sequence[Block], at: int) -> int:
    """Return the index of the first item of the list to which an item belongs: the list's label is above it; else `at` itself."""
    least = max(0, at - _MAX_ITEMS_BELOW_LABEL)
    while at > least and blocks[at].kind is BlockKind.LIST_ITEM and blocks[at - 1].kind is BlockKind.LIST_ITEM:
        at -= 1
    return at


def _may_be_biography(block: Block, window: AuthorWindow) -> bool:
    """Return whether the block is at the end of the text or below it, in a box that is named after the author."""
    if not window.last <= block.index <= window.last + _BLOCKS_TO_BIOGRAPHY:
        return False
    names = " ".join(box.class_names for box in islice(block.box.ancestors(), _BOXES_TO_AUTHOR)).lower()
    return "author" in names or "bio" in names


def _find_subject(text: str) -> str | None:
    """Return whom a paragraph about a person is about."""
    about = _BIOGRAPHY.match(text)
    is_person = about is not None and looks_like_name(about["name"]) and not about["name"].lower().startswith(_ARTICLES)
    return about["name"] if about and is_person else None


def _iter_name_parts(block: Block) -> Iterator[str]:
    """Yield the parts of a short line that may be a person's name: "Ann Lee / 3 May 2024 / Photo: Acme"."""
    text = block.text
    if " " not in text or len(text) > MAX_NAME_LINE_LENGTH or has_cjk(text):
        return
    dates = find_dates(text)
    if dates and "," in text and (dateline := find_dateline([text])) and "," in (dateline.location or ""):
        return
    for date in reversed(dates):
        text = f"{_PLACE_BEFORE_DATE.sub('', text[: date.start])}|{text[date.end :]}"
    if _POSTCODE.search(text):
        return
    text = _LABELLED_VALUE.sub("", (_AGENCY_PHOTO.sub("", text) if "/" in text else text).strip())
    parts = [_SECTION_AFTER_NAME.sub("", part.strip(" -")) for part in _PART_SEPARATOR.split(text) if part]
    if len(parts) > _MAX_PARTS_OF_LINE or (parts and len(parts[0]) > MAX_NAME_LINE_LENGTH / 2):
        return
    yield from (
        part
        for part in parts
        if looks_like_name(part)
        and not LABEL_WORD.search(part)
        and WORDS_OF_LABELS.isdisjoint(part.lower().split())
        and not part.endswith((".", "!", "?"))
    )


def _merge_neighbours(given: Iterator[_Given]) -> Iterator[_Given]:
    """Join what neighbouring boxes of one kind give: each author of a list has a box."""
    waiting: dict[tuple[str, int], _Given] = {}
    for one in given:
        key = one.kind, one.block.box.path_hash
        before = waiting.get(key)
        if (
            before is not None
            and one.block.index - before.block.index <= len(before.texts) + 2
            and len(before.texts) < MAX_AUTHORS
        ):
            waiting[key] = _Given((*before.texts, *one.texts), one.kind, before.block)
            continue
        if before is not None:
            yield before
        waiting[key] = one
    yield from waiting.values()
