"""Adobe Experience Manager (Edge Delivery Services): the JSON index of all pages of a folder."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from corpnews.discovery import ArticleLink, Source, SourceError, SourceRequest, SourceResult
from corpnews.discovery.data.json_paging import build_next_json_request
from corpnews.extraction.dates import FoundDate
from corpnews.extraction.structured_data import json_values
from corpnews.web import url_features, urls
from corpnews.web.urls import join_url

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from corpnews.discovery import SourceResponse, StartPage
    from corpnews.page.page import Page

_INDEX_FILE: Final = "query-index.json"
_ROWS_PER_REQUEST: Final = 500
_MAX_FOLDERS: Final = 4
# The script that every site on Edge Delivery Services loads (three names over the years), and its images, named by hash.
_AEM_SCRIPT = re.compile(r"/scripts/(?:aem|lib-franklin|lib-helix)\.js$")
_AEM_PICTURE = re.compile(r"/media_[0-9a-f]{40,}\.")
_INDEX_PATH_IN_SCRIPT = re.compile(r"[\"'`]((?:/[\w-]+){0,6}/query-index\.json)")
_DATE_KEYS = ("date", "publishDate", "publish-date", "publicationDate", "publication-date", "publisheddate", "releaseDate")
# Spreadsheets count days from this one.
_SPREADSHEET_EPOCH: Final = datetime(1899, 12, 30, tzinfo=UTC)
_SPREADSHEET_DAY = re.compile(r"^([34567]\d{4})(?:\.\d+)?$")


class AemSource(Source):
    """The index of the site, or of the folder that the newsroom is in."""

    name = "aem"
    platform = "AEM"

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        return self._build_index_requests(0, start) if _is_aem_page(start.page) else ()

    def fallback_requests(self, request: SourceRequest, start: StartPage) -> Iterable[SourceRequest]:
        return self._build_index_requests(int(request.note) + 1, start) if request.note else ()

    def _build_index_requests(self, number: int, start: StartPage) -> Iterator[SourceRequest]:
        """The request for index `number`; the note carries that number."""
        for path in _find_index_paths(start.page)[number : min(number + 1, _MAX_FOLDERS)]:
            if url := join_url(start.page.url, f"{path}?limit={_ROWS_PER_REQUEST}&offset=0"):
                yield SourceRequest(url, self.name, note=str(number))

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        sheets = _get_index_sheets(response.json)
        if not sheets:
            raise SourceError("the response is not an index of pages")
        url_patterns = {start.scope.url_pattern(link.url) for link in start.listing.articles}
        rows = [row for sheet in sheets for row in json_values.as_mappings(sheet["data"])]
        if rows and not any(json_values.as_url(response.url, row.get("path")) for row in rows):
            raise SourceError("no row of the index has a URL")
        links = [
            link for row in rows if (link := _parse_aem_row(row, response.url)) and _is_newsroom_page(link, start, url_patterns)
        ]
        following = build_next_json_request(response, max(len(sheet["data"]) for sheet in sheets))
        requests = [following] if following else [] if links else self.fallback_requests(response.request, start)
        links.sort(key=lambda link: link.date.value if link.date else "", reverse=True)
        return SourceResult(tuple(links), tuple(requests))


def _is_aem_page(page: Page) -> bool:
    sources = (element.get("src") or "" for element in page.root.iter("script", "img"))
    if any(_AEM_SCRIPT.search(url.partition("?")[0]) or _AEM_PICTURE.search(url) for url in sources):
        return True
    return any(_INDEX_FILE in (script.text or "") for script in page.root.iter("script"))


def _find_index_paths(page: Page) -> list[str]:
    """Paths of the index files: those named in the page's scripts, or one for each folder from the root down to the page."""
    named = [path for script in page.root.iter("script") for path in _INDEX_PATH_IN_SCRIPT.findall(script.text or "")]
    steps = urlsplit(page.url).path.strip("/").split("/")
    above = ["/".join(("", *steps[:depth], _INDEX_FILE)) for depth in range(len(steps) + 1)]
    return list(dict.fromkeys(named or (path.replace("//", "/") for path in above)))


def _get_index_sheets(value: object) -> list[Mapping[str, Any]]:
    """The sheets of an index: the object itself, or its values in an index of several sheets."""
    index = json_values.as_mapping(value)
    candidates = [index, *map(json_values.as_mapping, index.values())]
    return [sheet for sheet in candidates if isinstance(sheet.get("data"), list)]


def _parse_aem_row(row: Mapping[str, Any], base_url: str) -> ArticleLink | None:
    """The link in a row of the index; None for files and for pages marked noindex."""
    url = json_values.as_url(base_url, row.get("path"))
    title = json_values.as_text(row.get("title"))
    if not url or urls.is_asset_url(url) or "noindex" in json_values.as_string(row.get("robots")).lower():
        return None
    published = next((date for key in _DATE_KEYS if (date := _parse_spreadsheet_date(row.get(key)))), None)
    return ArticleLink(url, None if title in ("", "0") else title, published, _parse_spreadsheet_date(row.get("lastModified")))


def _parse_spreadsheet_date(value: object) -> FoundDate | None:
    """The date in a cell: seconds since 1970, ISO 8601, or a number of days since the spreadsheet epoch.

    >>> _parse_spreadsheet_date("45614").value, _parse_spreadsheet_date("1731920400").value
    ('2024-11-18', '2024-11-18T09:00:00+00:00')
    """
    raw = str(value) if isinstance(value, (int, float)) else json_values.as_string(value)
    if days := _SPREADSHEET_DAY.match(raw):
        day = str((_SPREADSHEET_EPOCH + timedelta(days=int(days[1]))).date())
        return FoundDate(day, "day", raw, 0, len(raw))
    return json_values.as_date(value)


def _is_newsroom_page(link: ArticleLink, start: StartPage, url_patterns: Collection[tuple[str, ...]]) -> bool:
    """Whether the page belongs to this newsroom: it is below the newsroom's path, or has the URL pattern of a listed article."""
    if start.scope.is_below_section(link.url):
        return True
    if url_patterns:
        return start.scope.url_pattern(link.url) in url_patterns
    return link.date is not None and url_features.is_news_url(link.url) and not start.scope.section
