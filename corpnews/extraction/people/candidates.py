"""The texts of a page that may name the article's authors, each with the features by which it is scored."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.extraction.dates import find_dates
from corpnews.extraction.headline.stated_titles import get_site_names
from corpnews.extraction.people.author_markup import find_marked_authors
from corpnews.extraction.people.bylines import find_account_name, find_byline_names, is_byline_word
from corpnews.extraction.people.person_names import (
    CREDIT_WORD,
    LABEL_WORD,
    MAX_AUTHORS,
    MAX_BYLINE_LENGTH,
    classify_name,
    looks_like_name,
    parse_names,
)
from corpnews.page.layout import BlockKind, Zone
from corpnews.web.text import build_comparison_key, has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.headline import Headline
    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.layout import Block, BodyRegion
    from corpnews.page.page import Page

# Kinds of candidates that are more often something else than a person.
_WEAK_KINDS: Final = ("name", "site name")
# Templates name the department or the web agency in a meta element, and departments stand in many short lines.
_UNTRUSTED_FORMS: Final = {"meta": ("department", "company"), "name": ("department",)}
_BOXES_UP_TO_QUOTE: Final = 5
_BLOCKS_ABOVE: Final = 8
_BLOCKS_BELOW: Final = 12
_BLOCKS_OF_BODY: Final = 4
_BLOCKS_AFTER_BODY: Final = 14
_MAX_PARTS_OF_LINE: Final = 6
_MAX_META_LINE_LENGTH: Final = 250
_MAX_NAME_LINE_LENGTH: Final = 110
# "By then the plant" is no byline.
_MAX_WORDS_OF_ACCOUNT: Final = 2
_ARTICLES: Final = ("the ", "a ", "an ")
_MAX_SAMPLED_BLOCKS: Final = 2_000
_MAX_SAMPLED_TEXT: Final = 1_000
_MIN_MENTIONS: Final = 2
_PUNCTUATION: Final = frozenset(".,;:!?")
_BLOCKS_TO_CONTACT: Final = 2
_PART_SEPARATOR = re.compile(r"\s*[|/•·,;:»\n－–—]+\s*|\s+-\s+|\s{2,}")
_SECTION_AFTER_NAME = re.compile(r"\s(?:in|under)\s.*$")
_PLACE_BEFORE_DATE = re.compile(r"[^|/•·;:»\n]*,\s*$")
_CONTACT = re.compile(
    r"\w@\w|\+\d[\d ()/-]{6}|\(\d{2,5}\) ?\d|\b(?:tel|telefon|phone|fax|e-?mail|contacts?|kontakt)\b|联系|聯絡|電話|电话",
    re.IGNORECASE,
)
_ZONE_NAMES: Final = {
    "nav": Zone.NAV,
    "footer": Zone.FOOTER,
    "aside": Zone.ASIDE,
    "hidden": Zone.HIDDEN,
    "form": Zone.FORM,
    "share": Zone.SHARE,
    "related": Zone.RELATED,
    "meta": Zone.META,
}


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


class _Window:
    """The blocks of a page in which its authors may be named: around the headline, and at the start and end of the body."""

    def __init__(self, page: Page, headline: Headline | None, region: BodyRegion | None) -> None:
        self.blocks = page.layout.blocks
        self._contacts: dict[int, bool] = {}  # by the block's index
        self.region = region
        self.headline = headline.blocks if headline else ()
        head = headline.block.index if headline and headline.block else region.first if region else 0
        self.head = self.headline[-1].index if self.headline else head
        self.first = region.first if region else self.head + 1
        self.last = region.last if region else len(self.blocks) - 1
        near = {*range(max(0, head - _BLOCKS_ABOVE), self.head + _BLOCKS_BELOW)}
        near.update(range(self.first, self.first + _BLOCKS_OF_BODY))
        near.update(range(max(self.first, self.last - _BLOCKS_OF_BODY), self.last + _BLOCKS_AFTER_BODY))
        near.difference_update(block.index for block in self.headline)
        self.near = [self.blocks[i] for i in sorted(near) if 0 <= i < len(self.blocks) and not _is_of_others(self.blocks[i])]

    def is_next_to_contact(self, block: Block) -> bool:
        """Return whether a line close to the block gives an e-mail address or a telephone number, or says "contact"."""
        around = self.blocks[max(0, block.index - _BLOCKS_TO_CONTACT) : block.index + _BLOCKS_TO_CONTACT + 1]
        return any(map(self._is_contact, around))

    def _is_contact(self, block: Block) -> bool:
        found = self._contacts.get(block.index)
        if found is None:
            found = len(block.text) <= MAX_BYLINE_LENGTH and _CONTACT.search(block.text) is not None
            self._contacts[block.index] = found
        return found

    def find_place(self, block: Block) -> str:
        """Return where the block is: above, below or at the headline, at the start or the end of the body, or after it."""
        from_head = block.index - self.head
        if from_head < 0:
            return "above" if from_head >= -_BLOCKS_ABOVE // 2 else "high above"
        if block.index > self.last:
            return "after" if block.index <= self.last + _BLOCKS_OF_BODY else "far after"
        if from_head <= 1:
            return "at headline"
        if block.index < self.first or from_head <= _BLOCKS_OF_BODY:
            return "below"
        return "body end" if block.index > self.last - 2 else "body"


def _is_of_others(block: Block) -> bool:
    """Return whether the block is a reader's comment or the words of a customer."""
    return bool(block.zone & Zone.COMMENT) or any(
        "testimonial" in (box.element.get("class") or "").lower() for box in islice(block.box.ancestors(), _BOXES_UP_TO_QUOTE)
    )


def find_author_candidates(
    page: Page, data: StructuredData, headline: Headline | None, region: BodyRegion | None
) -> list[AuthorCandidate]:
    """Return all texts that may name the article's authors: those stated in the page's data, then the visible ones."""
    site_names = get_site_names(page, data)
    window = _Window(page, headline, region)
    found: list[AuthorCandidate] = []
    for source in ("json-ld", "microdata", "meta"):
        texts = [claim.value for claim in data.authors if claim.source == source]
        found += _build_candidates(texts, source, source, None, site_names)
    for given in _merge_neighbours(_iter_given(window)):
        found += _build_candidates(given.texts, "visible", given.kind, given.block, site_names)
    owner = next((claim.value for claim in (data.site_name, data.publisher) if claim and looks_like_name(claim.value)), None)
    if owner:
        found.append(AuthorCandidate((owner,), "meta", "site name", "person"))
    _add_features(found, window, headline)
    return found


def _build_candidates(
    texts: Sequence[str], source: str, kind: str, block: Block | None, site_names: frozenset[str]
) -> Iterator[AuthorCandidate]:
    """Yield one candidate for each form of name in the texts."""
    forms: dict[str, dict[str, str]] = {}
    for name in parse_names(texts, site_names):
        form = classify_name(name, site_names)
        is_phrase = len(name.split()) > _MAX_WORDS_OF_ACCOUNT or name.startswith(_ARTICLES)
        if not (kind == "byline" and form == "account" and is_phrase):
            forms.setdefault(form, {}).setdefault(build_comparison_key(name), name)
    for form, names in forms.items():
        if form not in _UNTRUSTED_FORMS.get(kind, ()):
            yield AuthorCandidate(tuple(names.values())[:MAX_AUTHORS], source, kind, form, block)


def _iter_given(window: _Window) -> Iterator[_Given]:
    """Yield the texts of the window's lines that give names."""
    follows_byline_word = False
    for block in window.near:
        text = block.text
        if len(text) > (_MAX_META_LINE_LENGTH if block.zone & Zone.META else MAX_BYLINE_LENGTH):
            follows_byline_word = False
            continue
        if marked := tuple(find_marked_authors(block)):
            yield _Given(marked, "marked", block)
        if names := (text,) if follows_byline_word else tuple(find_byline_names(block)):
            yield _Given(names, "byline", block)
        elif account := find_account_name(block):
            yield _Given((account,), "account", block)
        elif not marked and not window.is_next_to_contact(block) and (parts := tuple(_iter_name_parts(block))):
            yield _Given(parts, "name", block)
        follows_byline_word = is_byline_word(text)


def _iter_name_parts(block: Block) -> Iterator[str]:
    """Yield the parts of a short line that may be a person's name: "Ann Lee / 3 May 2024 / Photo: Acme"."""
    text = block.text
    if len(text) > _MAX_NAME_LINE_LENGTH or has_cjk(text):
        return
    for date in reversed(find_dates(text)):
        text = f"{_PLACE_BEFORE_DATE.sub('', text[: date.start])}|{text[date.end :]}"
    parts = [_SECTION_AFTER_NAME.sub("", part.strip(" -")) for part in _PART_SEPARATOR.split(text.strip()) if part]
    if len(parts) > _MAX_PARTS_OF_LINE or (parts and len(parts[0]) > _MAX_NAME_LINE_LENGTH / 2):
        return
    yield from (
        part for part in parts if looks_like_name(part) and not LABEL_WORD.search(part) and not part.endswith((".", "!", "?"))
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


def _add_features(found: Sequence[AuthorCandidate], window: _Window, headline: Headline | None) -> None:
    if not found:
        return
    inside = window.region.blocks[:_MAX_SAMPLED_BLOCKS] if window.region else ()
    prose = [block.text for block in inside if len(block.text) > _MAX_NAME_LINE_LENGTH]
    sample = window.blocks[:_MAX_SAMPLED_BLOCKS]
    text = "\n".join(block.text[:_MAX_SAMPLED_TEXT] for block in sample)
    paths = Counter(block.box.path_hash for block in sample if len(block.text) <= MAX_BYLINE_LENGTH)
    title = headline.text if headline else ""
    seen: set[tuple[str, str]] = set()
    for candidate in found:
        features, block, name = candidate.features, candidate.block, candidate.names[0]
        features |= {f"{candidate.kind}: {candidate.form}", "several" if len(candidate.names) > 1 else "single"}
        if (candidate.kind, candidate.form) not in seen:
            features.add("first of its kind")
        seen.add((candidate.kind, candidate.form))
        features.update(f"agrees: {_get_group(other)}" for other in found if _agree(candidate, other))
        features.update(
            f"other: {other.kind}"
            for other in found
            if other.form == "person" and other.kind not in _WEAK_KINDS and other.keys.isdisjoint(candidate.keys)
        )
        features.update(_describe_name(name, candidate.kind, title, prose, text, window))
        if block is not None:
            features.update(_describe_place(block, candidate, window))
            if paths[block.box.path_hash] > len(candidate.names):
                features.add(f"one of a list: {candidate.kind}")


def _get_group(candidate: AuthorCandidate) -> str:
    return candidate.kind if candidate.source == "visible" else candidate.source


def _agree(one: AuthorCandidate, other: AuthorCandidate) -> bool:
    return one is not other and _get_group(one) != _get_group(other) and not one.keys.isdisjoint(other.keys)


def _describe_name(name: str, kind: str, title: str, prose: Sequence[str], text: str, window: _Window) -> Iterator[str]:
    if name in title:
        yield f"in headline: {kind}"
    family_name = name.partition(",")[0].split()[-1]
    if sum(family_name in text for text in prose) >= _MIN_MENTIONS:
        yield f"mentioned: {kind}"
    if any(_occurs(part.lower(), text, 1 + part.islower()) for part in name.split()):
        yield f"common word: {kind}"
    if name.isupper():
        yield "capitals"
    ends = (
        *window.blocks[window.head + 1 : window.first + 3],
        *window.blocks[max(0, window.last - 2) : window.last + _BLOCKS_AFTER_BODY],
    )
    if any(block.text.startswith(f"{name} ") and len(block.text) > len(name) + 20 for block in ends):
        yield f"biography: {kind}"


def _occurs(word: str, text: str, times: int) -> bool:
    """Return whether a word in lower case is in the text so many times, apart from punctuation."""
    if not word.islower():
        return False
    at = text.find(word)
    while at >= 0 and times:
        start, end = at, at + len(word)
        while start and text[start - 1] in _PUNCTUATION:
            start -= 1
        while end < len(text) and text[end] in _PUNCTUATION:
            end += 1
        is_word = (start == 0 or text[start - 1].isspace()) and (end == len(text) or text[end].isspace())
        times -= is_word
        at = text.find(word, end if is_word else at + 1)
    return not times


def _describe_place(block: Block, candidate: AuthorCandidate, window: _Window) -> Iterator[str]:
    kind, text = candidate.kind, block.text
    yield f"{kind}: {window.find_place(block)}"
    yield from (f"zone: {name}" for name, bit in _ZONE_NAMES.items() if block.zone & bit)
    if block.kind in (BlockKind.HEADING, BlockKind.CAPTION):
        yield f"{block.kind}: {kind}"
    if find_dates(text):
        yield f"dated: {kind}"
    if CREDIT_WORD.search(text):
        yield "credit"
    if block.link_density > 0.7:
        yield f"link: {kind}"
    if len(text) <= sum(map(len, candidate.names)) + 3:
        yield f"whole line: {kind}"
    if window.is_next_to_contact(block):
        yield f"contact: {kind}"
