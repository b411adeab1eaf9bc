"""Adobe Experience Manager (Edge Delivery Services): the JSON index of all pages of a folder."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import urlsplit

from w3lib.url import add_or_replace_parameter, url_query_parameter

from corpnews.discovery import urls
from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.data import json_values
from corpnews.discovery.listing import ArticleLink, Found
from corpnews.discovery.way import Way
from corpnews.extraction.dates import FoundDate
from corpnews.extraction.page import joined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start
    from corpnews.extraction.page import Page

INDEX: Final = "query-index.json"
LIMIT: Final = 500
MOST_FOLDERS: Final = 4
MOST_ANSWERS: Final = 100
# The script that every site on Edge Delivery Services loads (three names over the years), and its images, named by hash.
SCRIPTS = re.compile(r"/scripts/(?:aem|lib-franklin|lib-helix)\.js$")
PICTURES = re.compile(r"/media_[0-9a-f]{40,}\.")
NAMED = re.compile(r"[\"'`]((?:/[\w-]+){0,6}/query-index\.json)")
DATES = ("date", "publishDate", "publish-date", "publicationDate", "publication-date", "publisheddate", "releaseDate")
# Spreadsheets count days from this one.
DAY_ZERO: Final = datetime(1899, 12, 30, tzinfo=UTC)
SHEET_DAYS = re.compile(r"^([34567]\d{4})(?:\.\d+)?$")


class Aem(Way):
    """The index of the site, or of the folder that the newsroom is in."""

    name: ClassVar[str] = "aem"
    platform: ClassVar[str | None] = "AEM"

    def openings(self, start: Start) -> Iterable[Ask]:
        return self.of_folder(0, start) if is_from_edge(start.page) else ()

    def failed(self, ask: Ask, start: Start) -> Iterable[Ask]:
        return self.of_folder(int(ask.note) + 1, start) if ask.note else ()

    def of_folder(self, at: int, start: Start) -> Iterator[Ask]:
        """The request for index number `at`; the note carries that number."""
        for path in folders_of(start.page)[at : min(at + 1, MOST_FOLDERS)]:
            url = joined(start.page.url, f"{path}?limit={LIMIT}&offset=0")
            if url:
                yield Ask(url, self.name, note=str(at))

    def read(self, answer: Answer, start: Start) -> Found:
        sheets = sheets_of(answer.json)
        if not sheets:
            raise WayEnded("the response is not an index of pages")
        families = {start.scope.family(link.url) for link in start.listing.articles}
        rows = [row for sheet in sheets for row in json_values.objects(sheet["data"])]
        if rows and not any(json_values.address(answer.url, row.get("path")) for row in rows):
            raise WayEnded("no row of the index has a URL")
        links = [link for row in rows if (link := link_of(row, answer.url)) and is_of(link, start, families)]
        further = tuple(replace(answer.ask, url=url) for url in following(answer, sheets))
        if not links and not further:
            further = tuple(self.failed(answer.ask, start))
        links.sort(key=lambda link: link.date.value if link.date else "", reverse=True)
        return Found(tuple(links), further)


def is_from_edge(page: Page) -> bool:
    addresses = (element.get("src") or "" for element in page.root.iter("script", "img"))
    if any(SCRIPTS.search(address.partition("?")[0]) or PICTURES.search(address) for address in addresses):
        return True
    return any(INDEX in (script.text or "") for script in page.root.iter("script"))


def folders_of(page: Page) -> list[str]:
    """Paths of the index files: those named in the page's scripts, or one for each folder from the root down to the page."""
    named = [path for script in page.root.iter("script") for path in NAMED.findall(script.text or "")]
    steps = urlsplit(page.url).path.strip("/").split("/")
    above = ["/".join(("", *steps[:depth], INDEX)) for depth in range(len(steps) + 1)]
    return list(dict.fromkeys(named or (path.replace("//", "/") for path in above)))


def sheets_of(value: object) -> list[Mapping[str, Any]]:
    """The sheets of an index: the object itself, or its values in an index of several sheets."""
    index = json_values.mapping(value)
    candidates = [index, *map(json_values.mapping, index.values())]
    return [sheet for sheet in candidates if isinstance(sheet.get("data"), list)]


def following(answer: Answer, sheets: list[Mapping[str, Any]]) -> list[str]:
    """The URL of the next rows, if a sheet's total says that there are more."""
    at = json_values.number(url_query_parameter(answer.ask.url, "offset")) or 0
    counts = [len(json_values.items(sheet["data"])) for sheet in sheets]
    totals = [json_values.number(sheet.get("total")) or 0 for sheet in sheets]
    more = any(0 < at + count < min(total, MOST_ANSWERS * count) for count, total in zip(counts, totals, strict=True))
    return [add_or_replace_parameter(answer.ask.url, "offset", str(at + max(counts)))] if more else []


def link_of(row: Mapping[str, Any], base_url: str) -> ArticleLink | None:
    """The link in a row of the index; None for files and for pages marked noindex."""
    url = json_values.address(base_url, row.get("path"))
    title = json_values.text(row.get("title"))
    if not url or urls.is_asset(url) or "noindex" in json_values.string(row.get("robots")).lower():
        return None
    published = next((date for key in DATES if (date := sheet_date(row.get(key)))), None)
    return ArticleLink(url, None if title in ("", "0") else title, published, sheet_date(row.get("lastModified")))


def sheet_date(value: object) -> FoundDate | None:
    """The date in a cell: seconds since 1970, ISO 8601, or a number of days since the spreadsheet epoch.

    >>> sheet_date("45614").value, sheet_date("1731920400").value
    ('2024-11-18', '2024-11-18T09:00:00+00:00')
    """
    raw = str(value) if isinstance(value, (int, float)) else json_values.string(value)
    days = SHEET_DAYS.match(raw)
    if days:
        day = str((DAY_ZERO + timedelta(days=int(days[1]))).date())
        return FoundDate(day, "day", raw, 0, len(raw))
    return json_values.date(value)


def is_of(link: ArticleLink, start: Start, families: Collection[tuple[str, ...]]) -> bool:
    """Whether the page belongs to this newsroom: it is below the newsroom's path, or has the URL pattern of a listed article."""
    if start.scope.is_below(link.url):
        return True
    if families:
        return start.scope.family(link.url) in families
    return link.date is not None and urls.says_news(link.url) and not start.scope.section
