"""Texts in the place of a release that speak of themselves or of the visitor: notices below its headline, and gates."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.discovery.page_classifier.status_phrases import PhraseIndex, StatusMatch, iter_status_tables, match_status_phrases
from corpnews.page.layout import Zone
from corpnews.web.text import CJK_LETTERS, get_short_text, has_cjk, normalize_label, split_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpnews.discovery.page_classifier.page_features import PageContent
    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.page.page import Page

_MAX_LENGTH: Final = 500  # characters of a body that may be a notice
_CJK_DENSITY: Final = 2.5  # how many letters of other scripts one of Chinese, Japanese or Korean stands for
NOTICE_SORT: Final = "notice"  # of phrases that refer to the text itself
_PURPOSE_SORT: Final = "purpose"
UNNAMED_SORTS: Final = frozenset((NOTICE_SORT, _PURPOSE_SORT))  # that do not say what stands in a text's place
# Of these, one phrase is enough in a text that says nothing of its headline
_TELLING_SORTS: Final = frozenset((NOTICE_SORT, "javascript"))
GATE_SORT: Final = "visitor_gate"
_MIN_SHARE: Final = 0.3  # of a body that says nothing of its headline; "the order includes maintenance" has less
_MIN_PARAGRAPH_SHARE: Final = 0.4  # of a paragraph in a body that does
_MIN_STEMS: Final = 2  # of a headline; fewer may be missing in the release's own text
# What a template shows that was filled with nothing
_PLACEHOLDER: Final = re.compile(
    r"\{\{.*\}\}|\$\{.*\}|\[object Object\]|undefined|null|none|nan|\[?no (?:content|text)\]?", re.IGNORECASE
)
_MAX_GATE_LENGTH: Final = 4_000  # characters of prose
_MIN_GATE_PHRASES: Final = 2
_MIN_TITLE_STEMS: Final = 3
_MAX_SHARED_STEMS: Final = 0.34  # of the title of a release that a text is not of
_MAX_BUTTON_LENGTH: Final = 80  # characters
_STEM: Final = re.compile(rf"\b[^\W\d_{CJK_LETTERS}]{{4}}|(?=([{CJK_LETTERS}]{{2}}))")


class ShortBody(NamedTuple):
    """A body so short that it may be a notice.

    Attributes:
        texts: Its texts.
        has_media: Whether the page has pictures or films, which may be the release.
    """

    texts: tuple[str, ...]
    has_media: bool


NO_SHORT_BODY: Final = ShortBody((), has_media=False)


def read_short_body(extracted: ExtractedPage) -> ShortBody:
    """Return a body so short that it may be a notice; an empty one if it is longer, or a file has the release's text."""
    texts = tuple(block.text for block in extracted.region.blocks if block.text != extracted.headline.text)
    length = sum(map(len, texts))
    if extracted.attachments or length > _MAX_LENGTH or length * (_CJK_DENSITY if any(map(has_cjk, texts)) else 1) > _MAX_LENGTH:
        return NO_SHORT_BODY
    return ShortBody(texts, has_media=bool(extracted.images or extracted.videos))


@cache
def _read_tables() -> dict[str, str]:
    return tomllib.loads(files(__package__).joinpath("notices.toml").read_text("utf-8"))


@cache
def _read_index() -> PhraseIndex:
    tables = _read_tables()
    return PhraseIndex(((NOTICE_SORT, tables["phrases"]), (_PURPOSE_SORT, tables["purposes"]), *iter_status_tables()))


@cache
def _read_registration_index() -> PhraseIndex:
    return PhraseIndex(((_PURPOSE_SORT, _read_tables()["registrations"]),))


@cache
def _read_gate_index() -> PhraseIndex:
    return PhraseIndex(((GATE_SORT, _read_tables()["gates"]),))


@cache
def _read_gate_buttons() -> tuple[str, ...]:
    return tuple(split_labels(_read_tables()["gate_buttons"]))


def match_notice(headline: str, body: ShortBody) -> StatusMatch | None:
    """Return what a short body says of walls and errors if it is a notice, or its release is cut off by one.

    Words alone tell no notice from a release about log-ins. But a release says more of what its headline says.
    """
    whole = _read_index().match("\n".join(body.texts))
    if body.texts and all(map(_PLACEHOLDER.fullmatch, body.texts)):
        return whole
    stems = _get_stems(headline)
    is_related = len(stems) < _MIN_STEMS or not stems.isdisjoint(_get_stems("\n".join(body.texts)))
    if not is_related and not match_status_phrases(headline).phrases and _is_notice(whole, "\n".join(body.texts)):
        return whole
    matches = map(_read_index().match, body.texts)
    return next((each for each in matches if each.share >= _MIN_PARAGRAPH_SHARE and _speaks_of_text(each)), None)


def _speaks_of_text(match: StatusMatch) -> bool:
    return any(phrase.sort == NOTICE_SORT for phrase in match.phrases)


def _is_notice(match: StatusMatch, text: str) -> bool:
    """Return whether a text that says nothing of its headline is a notice, by the phrases in it."""
    sorts = {phrase.sort for phrase in match.phrases}
    if _PURPOSE_SORT in sorts and ("login" in sorts or _read_registration_index().match(text).phrases):
        return True
    sorts -= {_PURPOSE_SORT}
    return not sorts.isdisjoint(_TELLING_SORTS) or (bool(sorts) and match.share >= _MIN_SHARE)


def has_title_in_data_only(page: Page, title: str, headline: str, body: ShortBody) -> bool:
    """Return whether a page with a short text bears the title of the link to it in its data only: its text is another one.

    A text below a headline of its own, which it repeats, may be the release in another language.
    """
    stems, own = _get_stems(title), _get_stems(headline)
    is_own_text = len(own) >= _MIN_TITLE_STEMS and not own.isdisjoint(_get_stems("\n".join(body.texts)))
    if len(stems) < _MIN_TITLE_STEMS or not body.texts or body.has_media or is_own_text:
        return False
    stated, shown = (
        f"{page.title} {page.meta.get('og:title', '')}".casefold(),
        "\n".join(block.text for block in page.layout.blocks).casefold(),
    )
    if not all(text.casefold() in shown for text in body.texts):
        return False  # the release is in the page's data as well
    least = (1 - _MAX_SHARED_STEMS) * len(stems)
    return sum(stem in stated for stem in stems) >= least and sum(stem in shown for stem in stems) <= len(stems) - least


def match_gate(page: Page, content: PageContent, titles: Iterable[str]) -> StatusMatch | None:
    """Return what the page says of its visitors if it asks who they are before it shows the release with these titles.

    The release itself says more of one of its titles, whatever its legal notes say and its banners ask.
    """
    if not 0 < content.prose_chars <= _MAX_GATE_LENGTH:
        return None
    text = "\n".join(block.text for block in content.prose)
    folded = text.casefold()
    if any(_may_be_of(title, folded) for title in titles):
        return None
    match = _read_gate_index().match("\n".join([text, *(block.text for block in content.headings)]))
    return match if len(match.phrases) >= _MIN_GATE_PHRASES and any(map(_is_gate_button, _iter_controls(page))) else None


def _may_be_of(title: str, text: str) -> bool:
    """Return whether the casefolded text says something of the title, or the title is too short to tell."""
    stems = _get_stems(title)
    return len(stems) < _MIN_TITLE_STEMS or sum(stem in text for stem in stems) > _MAX_SHARED_STEMS * len(stems)


def _iter_controls(page: Page) -> Iterator[str]:
    """Yield the labels of the page's buttons, and of links and fields outside its frame."""
    yield from (field.get("value") or "" for field in page.elements["input"])
    yield from map(get_short_text, page.elements["button"])
    for block in page.layout.blocks:
        if not block.zone & (Zone.NAV | Zone.HEADER | Zone.FOOTER) and len(block.text) <= _MAX_BUTTON_LENGTH:
            yield block.text
    yield from (get_short_text(link.element) for link in page.layout.links if not link.box.zone & Zone.NAV)


def _is_gate_button(label: str) -> bool:
    if not label or len(label) > _MAX_BUTTON_LENGTH:
        return False
    words = f"{normalize_label(label)} "
    return any(words.startswith(f"{button} ") for button in _read_gate_buttons())


def _get_stems(text: str) -> frozenset[str]:
    """Return the first letters of the longer words, and the pairs of letters in scripts without spaces."""
    return frozenset(found[1] or found[0] for found in _STEM.finditer(text.casefold()))
