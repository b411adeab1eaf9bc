"""How many releases a newsroom says it has: "1–10 of 72", "72 results", "Page 2 of 19", a pager's last number, `total`
in its data, the header X-WP-Total; and how many a year or month has: "2024 (13)", "May 2024 (3)".

Numbers are read by their shape: a range within a total, a number beside a word for releases or pages. A text that says anything
else besides is no count, nor is a number smaller than what the page lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import read_link_text
from corpnews.discovery.articles.listing_dates import parse_period_label
from corpnews.discovery.pagers.pagination import CALENDAR_NAME, PAGER_NAME
from corpnews.discovery.vocabulary import COUNT_WORDS, COUNTED_WORDS, PAGE_WORDS, PAGER_WORDS, TOTAL_WORDS
from corpnews.extraction.structured_data.json_values import as_integer
from corpnews.page.layout import Zone
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from corpnews.discovery.source import SourceResponse
    from corpnews.extraction.listing_entry import ArticleLink
    from corpnews.page.page import Page

_MAX_TEXT_LENGTH: Final = 90
_MAX_BLOCK_LENGTH: Final = 300
_MAX_BLOCKS: Final = 2_000
_MAX_ELEMENTS: Final = 40  # of a block, which are read one by one
_MAX_ARCHIVE_LINKS: Final = 500
_MAX_ARCHIVE_LABEL_LENGTH: Final = 42
_MAX_PAGERS: Final = 60
_MAX_PAGER_LENGTH: Final = 300
_DAYS_OF_A_MONTH: Final = 28  # so many numbers in a row are a calendar
_YEARS: Final = range(1970, 2060)
_TOTAL_HEADERS: Final = ("x-wp-total", "x-total-count", "x-total")
_MAX_OTHER_ROWS: Final = 0.1  # the share of the rows of data that may be something else than articles

_NUMBER = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+(?!\d)|\d{1,6}(?!\d)")
_COUNT_AT_END = re.compile(r"^(.{1,40}?)\s*[(（\[]\s*(\d{1,4})\s*[)）\]]$")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\s\w]")
_DASH = re.compile(r"\d\s*(?:[-‐–—~〜～]|\b(?:to|bis|à|a|al|até|till|til|do|tot|t/m|до)\b|至|到|から)\s*\d")
_COUNTED = r"(?:条|條|件|篇|项|項|则|則|건|개)"
_EAST_ASIAN_TOTAL = re.compile(
    rf"(?:共|总计|總計|总|總|全|計|合計|合计|총|전체|結果|结果)\s*(?:有|计|約|约)?[:：]?\s*(\d+)\s*{_COUNTED}|(\d+)\s*件中"
)
_EAST_ASIAN_PAGES = re.compile(r"(?:共|总|總|全|/|총)\s*(\d+)\s*(?:页|頁|ページ|페이지)")
_CAROUSEL_NAME = re.compile(r"swiper|slick|slide|carousel|owl-|splide|flickity|glide|bx-|cycle|orbit|gallery", re.IGNORECASE)

_EAST_ASIAN_TERMS = re.compile(
    r"共有?|总计?|總計?|全部?|計|合计|合計|约|約|条|條|件中?|篇|项|項|则|則|记录|記錄|新闻|新聞|信息|資訊|数据|资讯|文章|结果|結果|検索|表示|中の?|の?記事|ニュース|お知らせ|を|の|目"
    r"|第|页|頁|ページ|当前|當前|当前页|每页|显示|顯示|到|至|から|找到|个|個|총|전체|건|개|의|중|페이지|검색|결과|게시물|뉴스|보도자료"
)
_WIDE_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class AnnouncedCount:
    """What a newsroom says of the size of a list.

    Attributes:
        basis: What says it: words on the page, or the period that an archive's link leads to.
        url: The page that says it.
        number: Releases; 0 if only pages are counted.
        pages: Listing pages; 0 if unknown.
        others: The share of the counted entries that may be something else than releases.
    """

    basis: str
    url: str
    number: int = 0
    pages: int = 0
    others: float = 0.03


def find_announced_counts(
    response: SourceResponse, links: Sequence[ArticleLink], totals: Sequence[int] = ()
) -> list[AnnouncedCount]:
    """Return what a response that lists `links` says of the size of the list; several are of the same list.

    `totals` are the numbers in its data.
    """
    if not links:
        return []
    stated = [
        AnnouncedCount(f"a total of {total} in its data", response.url, total, others=_MAX_OTHER_ROWS) for total in totals[:1]
    ]
    if response.is_html:
        return [*_find_counts_on_page(response.page, len(links)), *stated]
    header = next((number for name in _TOTAL_HEADERS if (number := as_integer(response.headers.get(name)))), 0)
    return [AnnouncedCount(f"the header of {header}", response.url, header, others=_MAX_OTHER_ROWS)] if header else stated


def _find_counts_on_page(page: Page, listed: int) -> list[AnnouncedCount]:
    """Return the counts that the page states in words; plain numbers of releases only if they agree."""
    found = dict.fromkeys(count for text in _iter_texts(page) if (count := _parse_count(text, page.url, listed)))
    plain = {count.number for count in found if count.number and not _is_range(count.basis)}
    sure = [count for count in found if not count.number or len(plain) == 1 or _is_range(count.basis)]
    pages = _find_last_page(page)
    return [*sure, AnnouncedCount(f"page numbers up to {pages}", page.url, pages=pages)] if pages else sure


def _iter_texts(page: Page) -> Iterator[str]:
    """Yield the short texts with numbers that are in no link: of blocks, and of the elements of blocks that have links."""
    short = (block for block in page.layout.blocks if len(block.text) <= _MAX_BLOCK_LENGTH and not block.zone & Zone.HIDDEN)
    for block in islice((block for block in short if any(map(str.isdigit, block.text))), _MAX_BLOCKS):
        if not block.links:
            yield block.text
            continue
        yield normalize_space(" ".join(text for text, style in block.runs if style is None or style.href is None))
        for element in islice(block.box.element.iter("*"), _MAX_ELEMENTS):
            if element.tag != "a" and next(element.iter("a", "option"), None) is None:
                yield _read_text(element)


def _read_text(element: _Element) -> str:
    """Return the text of an element, its parts separated by spaces: `<b>3</b><a>1</a>` is "3 1"."""
    return normalize_space(" ".join(islice(element.itertext(), _MAX_ELEMENTS)))


def _parse_count(text: str, url: str, listed: int) -> AnnouncedCount | None:
    """Read a text of numbers and words around counts: releases, if there are as many as the page lists, or pages."""
    if len(text) > _MAX_TEXT_LENGTH or not any(map(str.isdigit, text)):
        return None
    plain = _NUMBER.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    words = {word.casefold() for word in _TOKEN.findall(_EAST_ASIAN_TERMS.sub(" ", plain)) if word.isalpha()}
    if not words <= COUNT_WORDS:
        return None
    numbers = [int(number) for number in re.findall(r"\d+", plain)]
    is_part = "/" in plain or not TOTAL_WORDS.isdisjoint(words)
    pages = 0
    if _WIDE_LETTER.search(plain):
        total, last = _EAST_ASIAN_TOTAL.search(plain), _EAST_ASIAN_PAGES.search(plain)
        number = int(total[1] or total[2]) if total else _parse_range(plain, numbers, listed, is_part=True)
        pages = int(last[1]) if last else 0
    elif len(numbers) == 2 and not PAGE_WORDS.isdisjoint(words):
        number, pages = 0, numbers[1] if is_part and 0 < numbers[0] <= numbers[1] else 0
    else:
        is_counted = PAGE_WORDS.isdisjoint(words) and not COUNTED_WORDS.isdisjoint(words)
        number = _parse_range(plain, numbers, listed, is_part=is_part)
        number = number or _parse_total(numbers, listed, is_counted=is_counted, is_part=is_part and bool(words))
    number = number if number >= max(2, listed) else 0
    return AnnouncedCount(text, url, number, pages) if number or pages else None


def _parse_range(plain: str, numbers: Sequence[int], listed: int, *, is_part: bool) -> int:
    """Return the total of "1–10 of 72" or "72: 1–10", if the range is as long as the list; else 0. 1-10-2024 is a date."""
    if len(numbers) != 3 or not _DASH.search(plain):
        return 0
    for first, last, total in (numbers, (*numbers[1:], numbers[0])):
        fits = last == total or _is_about(last - first + 1, listed)
        if 0 < first <= last <= total and fits and (is_part or total not in _YEARS):
            return total
    return 0


def _parse_total(numbers: Sequence[int], listed: int, *, is_counted: bool, is_part: bool) -> int:
    """Return the number of "72 results", or of "10 of 72" if the page lists ten; else 0."""
    is_whole = len(numbers) == 1 and is_counted and numbers[0] not in _YEARS
    is_of_list = len(numbers) == 2 and is_part and listed > 1 and _is_about(numbers[0], listed) and numbers[0] <= numbers[1]
    return numbers[-1] if is_whole or (is_of_list and (is_counted or numbers[1] not in _YEARS)) else 0


def _is_about(number: int, listed: int) -> bool:
    return abs(number - listed) <= max(1, listed // 4)


def _is_range(text: str) -> bool:
    return len(_NUMBER.findall(text)) > 1


def _find_last_page(page: Page) -> int:
    """Return the highest number of a pager such as "1 2 3 … 12", whether its numbers are links or not; else 0."""
    named = (element for element in page.root.iter("nav", "ul", "ol", "div", "p", "td", "form") if _is_pager(element))
    return max(map(_read_last_page, islice(named, _MAX_PAGERS)), default=0)


def _is_pager(element: _Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('aria-label') or ''}"
    return PAGER_NAME.search(names) is not None and not _CAROUSEL_NAME.search(names) and not CALENDAR_NAME.search(names)


def _read_last_page(element: _Element) -> int:
    text = _read_text(element)
    if len(text) > _MAX_PAGER_LENGTH:
        return 0
    tokens = [token for token in _TOKEN.findall(text.casefold()) if token.isalnum()]
    numbers = [int(token) for token in tokens if token.isdecimal() and len(token) < 5]
    words = {token for token in tokens if token.isalpha()}
    is_ascending = numbers == sorted(set(numbers)) and numbers[:1] in ([1], [2])
    if len(numbers) < 2 or not is_ascending or not words <= PAGER_WORDS:
        return 0
    return 0 if len(numbers) >= _DAYS_OF_A_MONTH or numbers[-1] in _YEARS else numbers[-1]


def find_archive_counts(page: Page) -> dict[str, AnnouncedCount]:
    """Return the years or months that the page links to with the number of their releases, whichever it has more of.

    Each is the basis of its count, too: "2024" or "2024-05".
    """
    counts: dict[str, AnnouncedCount] = {}
    for link in islice(page.layout.links, _MAX_ARCHIVE_LINKS):
        tail = (link.element.tail or "")[:12].partition(")")
        text = normalize_space(f"{read_link_text(link.element)} {tail[0]}{tail[1]}")
        found = _COUNT_AT_END.match(text) if len(text) < _MAX_ARCHIVE_LABEL_LENGTH else None
        url, period = page.resolve_url(link.element.get("href")), parse_period_label(found[1]) if found else ""
        if found and period and url:
            counts.setdefault(period, AnnouncedCount(period, url, int(found[2])))
    years = {period: count for period, count in counts.items() if len(period) == len("2024")}
    months = {period: count for period, count in counts.items() if period not in years}
    return max(years, months, key=len)
