"""The titles that metadata, the listing's link and the URL state for a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from corpnews.web.text import CJK_LETTERS, build_comparison_key, get_word_set, normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.page import Page

# Separators between headline and site name in a <title>.
_TITLE_SEPARATOR = re.compile(
    rf" ?(?:[|｜»«‹›·•_]+|::+|(?<= )[-–—:~/]+(?= )|—+|(?<=[{CJK_LETTERS}])[-－–](?!\d)|[-－–](?=[{CJK_LETTERS}])) ?"
)
_ELLIPSIS_AT_END = re.compile(r"\s*(?:…|\.{3})\s*$")
_MAX_TITLE_PARTS: Final = 5
_MAX_STATED_TITLE_LENGTH: Final = 400
_MIN_INITIALS: Final = 3
# What many sites give as the title of each release, next to their name.
_GENERIC_TITLE = re.compile(
    r"\b(?:(?:press|news|media) ?(?:releases?|room|details?|articles?)|news|presse(?:mitteilung(?:en)?|meldung(?:en)?)?|"
    r"communiqués? de presse|actualités?|comunicados?(?: de prensa)?|notas? de prensa|noticias?|notícias?|comunicat[io] stampa|"
    r"persbericht(?:en)?|nieuws|pressmeddelanden?|pressemeddelelser?|пресс-релизы?|новости)\b|新闻(?:中心|动态|稿)?|ニュース(?:リリース)?|"
    r"プレスリリース|お知らせ|보도자료|뉴스",
    re.IGNORECASE,
)
# What an editor or an archive calls the file, not the text in it: "EX-99.1", "Microsoft Word - release", "Untitled Document".
_FILE_TITLE = re.compile(
    r"(?:ex|exhibit|annex|appendix)[\s.-]*\d+(?:\.\d+)?|(?:untitled|unbenanntes)(?:[\s-]?(?:document|dokument|page)?\s?\d*)|"
    r"(?:new page|document|index)\s?\d*|microsoft (?:word|powerpoint) - .*|[\w%+-]+\.(?:docx?|html?|pdf|pptx?|indd|aspx?|php)",
    re.IGNORECASE,
)
_MIN_NAME_LENGTH: Final = 4
_MIN_SHARE_OF_NAME: Final = 0.55
# How much a title counts, by its source; titles of the same text count once.
_WEIGHT_BY_SOURCE = {"json-ld": 1.0, "listing": 1.0, "meta": 0.8, "title": 0.8, "microdata": 0.8, "url": 0.5}


def _compute_similarity(words: frozenset[str], others: frozenset[str]) -> float:
    """Return the Dice coefficient of two sets of words: 1 for equal sets, 0 for disjoint ones."""
    common = len(words & others)
    return 2 * common / (len(words) + len(others)) if common else 0.0


@dataclass(frozen=True, slots=True)
class TitleVariant:
    """The words of a title or of some of its parts, and how much agreement with them counts."""

    words: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class StatedTitle:
    """A stated title: the headline, perhaps with the site's name before or after it.

    Attributes:
        source: json-ld, meta, microdata, title, listing or url.
        weight: How much the title counts.
        variants: The whole title, then each run of its parts; runs with fewer words than the longest part count less.
        is_truncated: Whether the title ends in an ellipsis.
        whole: The title with the site's name, if it has it.
    """

    text: str
    source: str
    weight: float
    variants: tuple[TitleVariant, ...]
    is_truncated: bool = False
    whole: str = ""

    def compute_agreement(self, printed: str, words: frozenset[str]) -> float:
        """Return from 0 to 1 how well a printed text with these words fits the title; a URL may omit words of the headline.

        Some systems cut a title at its first bar or dash.
        """
        if self.source == "url":
            return len(self.variants[0].words & words) / len(self.variants[0].words)
        if self.is_truncated and self.variants[0].words <= words:
            return 1.0
        rest = printed[len(self.text) :]
        if printed.startswith(self.text) and (cut := _TITLE_SEPARATOR.match(rest)) and cut.end() < len(rest):
            return 1.0
        return max(variant.weight * _compute_similarity(words, variant.words) for variant in self.variants)


def find_stated_titles(page: Page, data: StructuredData, link_text: str | None) -> list[StatedTitle]:
    """Return the stated titles of a page, the best first, without duplicates and without those that only name the site."""
    names = get_site_names(page, data)
    titles: dict[str, StatedTitle] = {}
    for text, source in _iter_title_texts(page, data, link_text):
        title = _build_stated_title(normalize_space(text)[:_MAX_STATED_TITLE_LENGTH], source, names)
        if title is not None:
            titles.setdefault(title.text.casefold(), title)
    return list(titles.values())


def _iter_title_texts(page: Page, data: StructuredData, link_text: str | None) -> Iterator[tuple[str, str]]:
    if link_text:
        yield link_text, "listing"
    for claim in data.headlines:
        yield claim.value, claim.source
    yield page.title, "title"
    yield _get_title_from_url(page.url), "url"


def _get_title_from_url(url: str) -> str:
    """Return the words of the last segment of a URL if they are three or more, else "".

    >>> _get_title_from_url("https://example.com/news/2024/acme-opens-a-new-plant-1234.html")
    'acme opens a new plant'
    """
    try:
        steps = [step for step in unquote(urlsplit(url).path).split("/") if step]
    except ValueError:
        return ""
    words = [word for word in re.split(r"[-_.+ ]", steps[-1]) if word and not word.isdigit()] if steps else []
    words = words[:-1] if words and words[-1] in ("html", "htm", "php", "aspx", "jsp", "shtml") else words
    return " ".join(words) if len(words) > 2 else ""


def get_site_names(page: Page, data: StructuredData) -> frozenset[str]:
    """Return the comparison keys of the site's names: in metadata, as publisher, and the host and its parts."""
    claims = [claim.value for claim in (data.site_name, data.publisher) if claim]
    return (_get_names_of_host(page.host) | set(map(build_comparison_key, claims))) - {""}


@lru_cache(maxsize=1_000)
def _get_names_of_host(host: str) -> frozenset[str]:
    host = host.removeprefix("www.")
    return frozenset(map(build_comparison_key, (host, *host.split("."))))


def is_site_name(text: str, names: frozenset[str]) -> bool:
    """Return whether a part of a title only names the site: as its names do, by more than half a name, or by its initials.

    >>> is_site_name("Acme Bearings Online", frozenset({"acmebearings"})), is_site_name("Acme", frozenset({"acmebearings"}))
    (True, True)
    >>> is_site_name("Acme press release", frozenset({"acme"})), is_site_name("Newsroom", frozenset())
    (True, True)
    >>> is_site_name("North Sea Ferry Association", frozenset({"nsfa"})), is_site_name("Acme opens", frozenset({"acme"}))
    (True, False)
    """
    key = build_comparison_key(_GENERIC_TITLE.sub("", text))
    if not key or key in names:
        return True
    initials = "".join(word[0] for word in re.split(r"[\s-]+", text.casefold()) if word)
    return any(
        (len(name) >= _MIN_INITIALS and initials.startswith(name))
        or (len(key) >= _MIN_NAME_LENGTH and name.startswith(key))
        or (len(name) > _MIN_NAME_LENGTH and key.startswith(name) and len(name) > _MIN_SHARE_OF_NAME * len(key))
        for name in names
    )


def is_file_title(text: str) -> bool:
    """Return whether a text only names a file or its number in a filing.

    >>> is_file_title("EX-99.1"), is_file_title("Exhibit 99.1"), is_file_title("Exhibit 99.1 is a record")
    (True, True, False)
    """
    return _FILE_TITLE.fullmatch(text.strip()) is not None


def _build_stated_title(text: str, source: str, names: frozenset[str]) -> StatedTitle | None:
    """Return the title without the site's names, or None if nothing else is in it.

    >>> _build_stated_title("Acme wins award | Acme AG", "title", frozenset({"acmeag"})).text
    'Acme wins award'
    """
    if is_file_title(text):
        return None
    cut_short = _ELLIPSIS_AT_END.search(text) is not None
    text = _ELLIPSIS_AT_END.sub("", text)
    spans = [span for span in split_title(text) if not is_site_name(text[slice(*span)], names)]
    words = [get_word_set(text[slice(*span)]) for span in spans]
    longest = max(map(len, words), default=0)
    if not longest:
        return None
    lengths = range(len(spans), 0, -1)
    runs = [frozenset().union(*words[i : i + length]) for length in lengths for i in range(len(spans) - length + 1)]
    variants = tuple(TitleVariant(run, min(1.0, len(run) / longest)) for run in runs)
    return StatedTitle(text[spans[0][0] : spans[-1][1]], source, _WEIGHT_BY_SOURCE[source], variants, cut_short, text)


def split_title(text: str) -> list[tuple[int, int]]:
    """Return start and end of the parts of a title between separators; after the maximum number, the rest is one part."""
    parts, start = [], 0
    for separator in islice(_TITLE_SEPARATOR.finditer(text), _MAX_TITLE_PARTS - 1):
        if separator.start() > start:
            parts.append((start, separator.start()))
        start = separator.end()
    return [*parts, (start, len(text))] if start < len(text) else parts
