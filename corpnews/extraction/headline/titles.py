"""The titles that metadata, the listing's link and the URL state for a page."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from corpnews.extraction.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.extraction.facts import Facts
    from corpnews.extraction.page import Page

CJK: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
# Separators between headline and site name in a <title>.
SEPARATOR = re.compile(rf" ?(?:[|｜»«‹›·•_]+|::+|(?<= )[-–—:~/]+(?= )|—+|(?<=[{CJK}])[-－–](?!\d)|[-－–](?=[{CJK}])) ?")
NO_LETTER = re.compile(r"[\W_]+")
CUT_SHORT = re.compile(r"\s*(?:…|\.{3})\s*$")
MOST_PARTS: Final = 5
LONGEST_TITLE: Final = 400
# How much a title counts, by its source; titles of the same text count once.
WEIGHTS = {"json-ld": 1.0, "listing": 1.0, "meta": 0.8, "title": 0.8, "microdata": 0.8, "url": 0.5}


def words(text: str) -> frozenset[str]:
    """Return the words of `text` (in Chinese, Japanese and Korean its characters), without case and punctuation.

    >>> sorted(words("Acme-Werke: 年报"))
    ['acme', 'werke', '年', '报']
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return frozenset(WORD.findall(text.casefold()))


def likeness(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Return the Dice coefficient of two sets of words: 1 for equal sets, 0 for disjoint ones."""
    common = len(mine & theirs)
    return 2 * common / (len(mine) + len(theirs)) if common else 0.0


@dataclass(frozen=True, slots=True)
class Variant:
    """The words of a title or of some of its parts, and how much agreement with them counts."""

    words: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Title:
    """A stated title: the headline, perhaps with the site's name before or after it.

    Attributes:
        source: json-ld, meta, microdata, title, listing or url.
        weight: How much the title counts.
        variants: The whole title, then each run of its parts; runs with fewer words than the longest part count less.
        is_truncated: Whether the title ends in an ellipsis.
    """

    text: str
    source: str
    weight: float
    variants: tuple[Variant, ...]
    cut_short: bool = False

    def agreement(self, mine: frozenset[str]) -> float:
        """Return from 0 to 1 how well a text with these words fits the title; a URL may omit words of the headline."""
        if self.source == "url":
            return len(self.variants[0].words & mine) / len(self.variants[0].words)
        if self.cut_short and self.variants[0].words <= mine:
            return 1.0
        return max(variant.weight * likeness(mine, variant.words) for variant in self.variants)


def stated_titles(page: Page, facts: Facts, listed_title: str | None) -> list[Title]:
    """Return the stated titles of a page, the best first, without duplicates and without those that only name the site."""
    names = site_names(page, facts)
    titles: dict[str, Title] = {}
    for text, source in title_texts(page, facts, listed_title):
        title = make_title(folded(text)[:LONGEST_TITLE], source, names)
        if title is not None:
            titles.setdefault(title.text.casefold(), title)
    return list(titles.values())


def title_texts(page: Page, facts: Facts, listed_title: str | None) -> Iterator[tuple[str, str]]:
    if listed_title:
        yield listed_title, "listing"
    for claim in facts.headlines:
        yield claim.value, claim.source
    yield next((title.text or "" for title in page.root.iter("title")), ""), "title"
    yield title_of_path(page.url), "url"


def title_of_path(url: str) -> str:
    """Return the words of the last segment of a URL if they are three or more, else "".

    >>> title_of_path("https://example.com/news/2024/acme-opens-a-new-plant-1234.html")
    'acme opens a new plant'
    """
    try:
        steps = [step for step in unquote(urlsplit(url).path).split("/") if step]
    except ValueError:
        return ""
    found = [word for word in re.split(r"[-_.+ ]", steps[-1]) if word and not word.isdigit()] if steps else []
    found = found[:-1] if found and found[-1] in ("html", "htm", "php", "aspx", "jsp", "shtml") else found
    return " ".join(found) if len(found) > 2 else ""


def site_names(page: Page, facts: Facts) -> frozenset[str]:
    """Return the comparison keys of the site's names: in metadata, as publisher, and in the host."""
    claims = [claim.value for claim in (facts.site_name, facts.publisher) if claim]
    return frozenset(map(squeezed, [*claims, *page.host.removeprefix("www.").split(".")])) - {""}


def squeezed(text: str) -> str:
    """Return the letters and digits of the text, casefolded, for comparisons."""
    return NO_LETTER.sub("", text.casefold())


def make_title(text: str, source: str, names: frozenset[str]) -> Title | None:
    """Return the title without the site's names, or None if nothing else is in it.

    >>> make_title("Acme wins award | Acme AG", "title", frozenset({"acmeag"})).text
    'Acme wins award'
    """
    cut_short = CUT_SHORT.search(text) is not None
    text = CUT_SHORT.sub("", text)
    spans = [span for span in parts(text) if squeezed(text[slice(*span)]) not in names]
    found = [words(text[slice(*span)]) for span in spans]
    longest = max(map(len, found), default=0)
    if not longest:
        return None
    lengths = range(len(spans), 0, -1)
    runs = [frozenset().union(*found[i : i + length]) for length in lengths for i in range(len(spans) - length + 1)]
    variants = tuple(Variant(run, min(1.0, len(run) / longest)) for run in runs)
    return Title(text[spans[0][0] : spans[-1][1]], source, WEIGHTS[source], variants, cut_short)


def parts(text: str) -> list[tuple[int, int]]:
    """Return start and end of the parts of a title between separators; after the maximum number, the rest is one part."""
    found, start = [], 0
    for separator in islice(SEPARATOR.finditer(text), MOST_PARTS - 1):
        if separator.start() > start:
            found.append((start, separator.start()))
        start = separator.end()
    return [*found, (start, len(text))] if start < len(text) else found
