"""The features of a page by which the classifier's model tells what it is."""

from __future__ import annotations

import re
from collections import Counter
from math import log1p
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.discovery.anchors import count_words
from corpnews.discovery.page_classifier.notices import NO_SHORT_BODY, ShortBody, read_short_body
from corpnews.discovery.page_classifier.status_phrases import StatusMatch, iter_title_parts, match_status_phrases
from corpnews.discovery.vocabulary import NEWS_LABELS, PRESS_LABELS
from corpnews.page.layout import BlockKind, Zone
from corpnews.web import url_features, urls
from corpnews.web.text import get_word_set, has_cjk, normalize_label, split_terms
from corpnews.web.url_features import OTHER_SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from corpnews.discovery.scope import Scope
    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.page.layout import Block
    from corpnews.page.page import Page

ARTICLE_SCHEMA_TYPES: Final = split_terms("""
Article NewsArticle BlogPosting PressRelease Report ReportageNewsArticle AnalysisNewsArticle TechArticle LiveBlogPosting
SocialMediaPosting
""")
FRAME_ZONES: Final = Zone.NAV | Zone.HEADER | Zone.FOOTER | Zone.SHARE | Zone.HIDDEN
_SIDE_ZONES: Final = Zone.ASIDE | Zone.RELATED | Zone.COMMENT | Zone.AD
_MIN_PROSE_LENGTH: Final = 45  # characters of a block
_MIN_TEXT_LENGTH: Final = 20  # characters; labels are shorter
_MIN_TEASER_LENGTH: Final = 15
_CJK_DENSITY: Final = 2.5  # how many letters of other scripts one of Chinese, Japanese or Korean stands for
_MAX_PROSE_LINK_DENSITY: Final = 0.4
_MIN_LINK_DENSITY: Final = 0.6
_MAX_DATE_LINE_LENGTH: Final = 40
_MAX_STATUS_TEXT: Final = 1_500  # characters; what stands in the place of a release says so at its start
_MAX_STATUS_PROSE: Final = 4_000  # characters; a page with more prose is none that only states something
_MAX_TITLE_LENGTH: Final = 200
_MAX_HEADINGS: Final = 3
_MAX_COUNT: Final = 12
_LONG_HEADLINE_WORDS: Final = 6
_MIN_TITLE_WORDS: Final = 3
_MAX_BLOCKS_WITH_TITLE: Final = 150
_DATE_DIGITS: Final = re.compile(r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}")
_TEXT_INPUTS: Final = frozenset(("text", "email", "tel", "number", "date"))


class PageClaims(NamedTuple):
    """What is known of a page besides its tree.

    Attributes:
        headline: The headline, as extracted; None if the page has no headline or no text.
        types: The schema.org types that it declares.
        is_dated: Whether it states its date of publication outside its text.
        title: The text of the link that led to it; None if nobody knows.
        body: The extracted body, where that is short and offers no file.
    """

    headline: str | None = None
    types: Collection[str] = ()
    is_dated: bool = False
    title: str | None = None
    body: ShortBody = NO_SHORT_BODY

    @classmethod
    def from_extracted(cls, extracted: ExtractedPage, title: str | None = None, *, is_dated: bool | None = None) -> PageClaims:
        if is_dated is None:
            is_dated = extracted.date_published is not None
        return cls(extracted.headline.text, extracted.types, is_dated, title, read_short_body(extracted))


NO_CLAIMS: Final = PageClaims()


class PageContent:
    """The blocks of a page outside its frame, sorted by what they are."""

    def __init__(self, page: Page) -> None:
        self.prose: list[Block] = []
        self.headings: list[Block] = []
        self.teasers: list[Block] = []
        self.date_lines: list[Block] = []
        self.texts: list[str] = []
        self.chars = 0
        self.link_chars = 0
        for block in page.layout.blocks:
            zone = block.zone
            if zone & FRAME_ZONES:
                continue
            self.texts.append(block.text)
            if not zone & _SIDE_ZONES:
                self._sort(block)
        if not self.texts:  # a dialog is all that the page shows
            self.texts = [block.text for block in page.layout.blocks]
        self.has_text = any(len(text) > _MIN_TEXT_LENGTH for text in self.texts)
        self.prose_chars = sum(len(block.text) for block in self.prose)

    def _sort(self, block: Block) -> None:
        text, length = block.text, len(block.text)
        self.chars += length
        self.link_chars += block.link_chars
        is_heading, density = block.kind is BlockKind.HEADING, block.link_chars / max(1, length)
        if is_heading and block.level <= _MAX_HEADINGS:
            self.headings.append(block)
        if density >= _MIN_LINK_DENSITY:
            if _is_longer(text, _MIN_TEASER_LENGTH):
                self.teasers.append(block)
        elif length < _MAX_DATE_LINE_LENGTH:
            if _DATE_DIGITS.search(text):
                self.date_lines.append(block)
        elif is_heading or density >= _MAX_PROSE_LINK_DENSITY or block.zone & Zone.FORM:
            return
        elif _is_longer(text, _MIN_PROSE_LENGTH):
            self.prose.append(block)


class StatusWords(NamedTuple):
    """The phrases of walls and errors on a page: the best match of a heading or a part of the title, and that of the text."""

    title: StatusMatch
    heading: StatusMatch
    text: StatusMatch


def read_status_words(page: Page, content: PageContent, headline: str | None) -> StatusWords:
    """Find the phrases of walls and errors in the title, the headings and, if the page is short, in its text."""
    title = page.title[:_MAX_TITLE_LENGTH]
    headings = [block.text[:_MAX_TITLE_LENGTH] for block in content.headings[:_MAX_HEADINGS]]
    headings.extend([headline[:_MAX_TITLE_LENGTH]] if headline else ())
    text = "" if content.prose_chars > _MAX_STATUS_PROSE else "\n".join(content.texts)[:_MAX_STATUS_TEXT]
    return StatusWords(
        _match_best(list(iter_title_parts(title))),
        _match_best(headings),
        match_status_phrases(text),
    )


def _match_best(texts: list[str]) -> StatusMatch:
    if not match_status_phrases("\n".join(texts)).phrases:
        return StatusMatch((), 0.0)
    return max(map(match_status_phrases, texts), key=lambda match: match.share)


def get_page_features(page: Page, scope: Scope, claims: PageClaims, content: PageContent) -> Mapping[str, float]:
    """Return the model's features of a page by name."""
    return {
        **_get_text_features(page, content),
        **_get_word_features(read_status_words(page, content, claims.headline)),
        **_get_claim_features(page, claims),
        **_get_form_features(page),
        **_get_url_features(page.url, scope),
    }


def _get_text_features(page: Page, content: PageContent) -> dict[str, float]:
    longest = max((len(block.text) for block in content.prose), default=0)
    return {
        "no prose": not content.prose,
        "prose under 250": content.prose_chars < 250,
        "prose under 600": content.prose_chars < 600,
        "prose over 1500": content.prose_chars > 1_500,
        "prose": log1p(content.prose_chars) / 10,
        "prose blocks": min(len(content.prose), _MAX_COUNT) / _MAX_COUNT,
        "longest prose": log1p(longest) / 10,
        "link share": content.link_chars / max(1, content.chars),
        "teasers": min(len(content.teasers), _MAX_COUNT) / _MAX_COUNT,
        "teasers alike": _count_most_alike(content.teasers),
        "dates alike": _count_most_alike(content.date_lines),
        "headings": min(len(content.headings), _MAX_COUNT) / _MAX_COUNT,
        "headings alike": _count_most_alike(content.headings),
        "few blocks": len(page.layout.blocks) < 10,
        "few links": len(page.layout.links) < 6,
        "images": min(len(page.layout.images), _MAX_COUNT) / _MAX_COUNT,
    }


def _is_longer(text: str, length: int) -> bool:
    return len(text) > length or (len(text) * _CJK_DENSITY > length and has_cjk(text))


def _count_most_alike(blocks: list[Block]) -> float:
    """Return how many blocks, from 0 to 1, have the most frequent path; lists repeat it for each item."""
    counts = Counter(block.box.path_hash for block in blocks)
    return min(max(counts.values(), default=0), _MAX_COUNT) / _MAX_COUNT


def _get_word_features(words: StatusWords) -> dict[str, float]:
    title, heading, text = words
    return {
        "status in title": bool(title.phrases),
        "title is status": title.share,
        "status in heading": bool(heading.phrases),
        "heading is status": heading.share,
        "status in text": min(len(text.phrases), 5) / 5,
        "text is status": text.share,
    }


def _get_claim_features(page: Page, claims: PageClaims) -> dict[str, float]:
    headline = claims.headline or ""
    label = normalize_label(headline)
    has_title = bears_title(page, claims.title, headline)
    meta = page.meta
    return {
        "article type": not ARTICLE_SCHEMA_TYPES.isdisjoint(claims.types),
        "article meta": meta.get("og:type", "").lower().startswith("article") or "article:published_time" in meta,
        "dated": claims.is_dated,
        "no headline": not headline,
        "long headline": count_words(headline) >= _LONG_HEADLINE_WORDS,
        "headline words": min(count_words(headline), _MAX_COUNT) / _MAX_COUNT,
        "headline names news": label in PRESS_LABELS or label in NEWS_LABELS,
        "noindex": "noindex" in meta.get("robots", "").lower(),
        "title of link": has_title is True,
        "other title than link": has_title is False,
    }


def bears_title(page: Page, title: str | None, headline: str) -> bool | None:
    """Return whether one of the page's first texts has most words of the link's title; None for a title of one or two words."""
    wanted = get_word_set(title or "")
    return _has_most_words(page, headline, wanted) if len(wanted) >= _MIN_TITLE_WORDS else None


def bears_slug(page: Page, url: str, headline: str) -> bool | None:
    """Return whether one of the page's first texts has most words of a URL's last step; None if that has one or two."""
    slug = get_word_set(" ".join(urls.SLUG_WORD.findall("".join(urls.split_path(url)[-1:]))))
    return _has_most_words(page, headline, slug) if len(slug) >= _MIN_TITLE_WORDS else None


def _has_most_words(page: Page, headline: str, wanted: frozenset[str]) -> bool:
    first = page.layout.blocks[:_MAX_BLOCKS_WITH_TITLE]
    texts = [headline, *(block.text for block in first if not block.zone & Zone.NAV)]
    limit = len(wanted) / 2
    return any(len(wanted & get_word_set(text[:_MAX_TITLE_LENGTH])) > limit for text in texts if len(text) > limit)


def _get_form_features(page: Page) -> dict[str, float]:
    has_password, texts, buttons = False, 0, 0
    for field in (*page.elements["input"], *page.elements["button"]):
        kind = (field.get("type") or "text").lower()
        buttons += field.tag == "button"
        has_password = has_password or kind == "password"
        texts += kind in _TEXT_INPUTS and field.tag == "input"
    return {"password": has_password, "text fields": min(texts, 4) / 4, "buttons": min(buttons, 4) / 4}


def _get_url_features(url: str, scope: Scope) -> dict[str, float]:
    path = url_features.split_path_without_edition(url)
    has_news, is_below = url_features.has_news_segment(path), scope.is_below_section(url)
    return {
        "other url": not OTHER_SEGMENTS.isdisjoint(path) and not has_news and not is_below,
        "other url in section": not OTHER_SEGMENTS.isdisjoint(path) and (has_news or is_below),
        "label url": url_features.is_label_url(url),
        "paged url": url_features.has_page_number_in_path(url) or any(map(url_features.is_page_parameter, urls.get_query(url))),
        "period url": url_features.is_period_url(url) and not url_features.is_day_url(url),
        "newsroom url": is_newsroom_url(url),
        "date in path": url_features.has_date_in_path(url),
        "slug": url_features.has_slug(url),
        "id": url_features.has_article_id(url),
    }


def is_newsroom_url(url: str) -> bool:
    """Whether the last step of the URL's path consists of newsroom words only, such as `press-releases`.

    >>> is_newsroom_url("https://acme.example/en/press-releases/"), is_newsroom_url("https://acme.example/news/?id=17")
    (True, False)
    """
    words = urls.SLUG_WORD.findall("".join(url_features.split_path_without_edition(url)[-1:]))
    return bool(words) and "?" not in url and all(word.isalpha() and url_features.has_news_segment((word,)) for word in words)
