"""The base of vendors whose lists of releases are JSON that a script of the newsroom fetches, a part a request."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any, ClassVar

from corpnews.discovery import ArticleLink, Source, SourceError, SourceRequest, SourceResult
from corpnews.extraction.structured_data import json_values
from corpnews.platforms.numbered_pages import MAX_NUMBERED_PAGES, get_query_number, set_query_parameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpnews.discovery import SourceResponse, StartPage
    from corpnews.page.page import Page


class JsonListSource(Source):
    """Rows at a place in JSON, with a total.

    Attributes:
        rows_path, total_path: the keys that lead to the rows and to their total.
        position: the query parameter that says which part of the list is wanted: a number of rows, or of pages from 1.
        title_keys, url_keys, date_keys: the keys of a row, the surest first.
    """

    rows_path: ClassVar[tuple[str, ...]]
    total_path: ClassVar[tuple[str, ...]]
    position: ClassVar[str]
    counts_pages: ClassVar[bool] = False
    title_keys: ClassVar[tuple[str, ...]] = ("title",)
    url_keys: ClassVar[tuple[str, ...]] = ("url",)
    date_keys: ClassVar[tuple[str, ...]] = ("date",)

    def find_list_url(self, page: Page) -> str | None:
        """The URL of the list's first part; None if the page is not the vendor's."""
        raise NotImplementedError

    def read_rows(self, rows: Sequence[Mapping[str, Any]], start: StartPage) -> tuple[ArticleLink, ...]:
        """The articles of the rows."""
        return tuple(link for row in rows if (link := self.read_row(row, start)))

    def find_rows(self, value: object) -> object:
        """What should be the list of rows in the JSON of a response."""
        return _follow(value, self.rows_path)

    def find_total(self, value: object) -> int:
        """The number of all rows; 0 if the response does not say it."""
        return json_values.as_integer(_follow(value, self.total_path)) or 0

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        url = self.find_list_url(start.page)
        return [SourceRequest(url, self.name)] if url else []

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        rows = self.find_rows(response.json)
        if not isinstance(rows, list):
            raise SourceError("the response is not a list of releases")
        links = self.read_rows(json_values.as_mappings(rows), start)
        if rows and not links:
            raise SourceError("no row of the list is a release")
        # the note counts the rows before these: servers may return fewer than requested
        seen = (json_values.as_integer(response.request.note) or 0) + len(rows)
        total, most = self.find_total(response.json), MAX_NUMBERED_PAGES * len(rows)
        totals = (total,) if 0 < total < most and len(links) == len(rows) else ()
        if not rows or seen >= min(total, most):
            return SourceResult(links, totals=totals)
        page = get_query_number(response.request.url, self.position) or 1
        url = set_query_parameters(response.request.url, **{self.position: page + 1 if self.counts_pages else seen})
        return SourceResult(links, (replace(response.request, url=url, note=str(seen)),), totals=totals)

    def read_row(self, row: Mapping[str, Any], start: StartPage) -> ArticleLink | None:
        """The link of a row, with the first of its URLs that is on the newsroom's hosts; None if there is none."""
        urls = (json_values.as_url(start.page.url, row.get(key)) for key in self.url_keys)
        url = next((url for url in urls if url and start.scope.contains(url)), None)
        title = json_values.as_text(json_values.get_first(row, self.title_keys))
        dates = (json_values.as_date(row.get(key)) for key in self.date_keys)
        return ArticleLink(url, title, next(filter(None, dates), None)) if url else None


def _follow(value: object, path: Iterable[str]) -> object:
    """What stands at the keys of the path, each inside the one before; None if nothing does."""
    return reduce(lambda node, key: json_values.as_mapping(node).get(key), path, value)
