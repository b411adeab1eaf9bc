"""Q4: the JSON service behind the lists returns all releases of a year, with their text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from corpnews.discovery import ArticleLink, InlineArticle, Source, SourceError, SourceRequest, SourceResult
from corpnews.extraction.dates import find_dates
from corpnews.extraction.structured_data import json_values
from corpnews.extraction.structured_data.values import strip_html
from corpnews.web.urls import join_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from corpnews.discovery import SourceResponse, StartPage
    from corpnews.page.page import Page

_FEED_SERVICE: Final = "/feed/PressRelease.svc/"
_POST_SERVICE: Final = "/Services/PressReleaseService.svc/"
_LIST_METHOD, _YEARS_METHOD = "GetPressReleaseList", "GetPressReleaseYearList"
_Q4_ASSET_URL = re.compile(r"^https?://(?:[\w-]+\.)*(?:q4cdn|q4web|q4inc)\.com/")
_Q4_DETAIL_URL = re.compile(r"/(?:19|20)\d\d/[^/?#]+/default\.aspx$", re.IGNORECASE)
_Q4_MODULE_CLASS = re.compile(r"(?:^|\s)(?:evergreen|module)[-_]\w")
_CATEGORY_ID = re.compile(
    r"(?:categoryId|pressReleaseCategoryWorkflowId)[\"']?\s*[:=]\s*[\"']?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})",
    re.IGNORECASE,
)
_MAX_Q4_SCRIPT_LENGTH: Final = 500_000
_FIRST_YEAR: Final = "1990"
_ALL_YEARS: Final = "-1"
# Prefix of a year in a note: after this year, the year before is requested.
_YEAR_BY_YEAR_NOTE: Final = "from "

# Parameters of the service: 3 selects all releases, past and future; 1 (3 in the older service) returns text and summary.
_SELECT_ALL: Final = 3
_BODY_AND_SUMMARY: Final = 1
_POST_BODY_AND_SUMMARY: Final = 3


class Q4Source(Source):
    """All years at once, up to the service's cap, then year by year from the oldest year of that list."""

    name = "q4"
    platform = "Q4"
    has_full_text = True

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        if _is_q4_page(start.page):
            yield self._build_year_request(_ALL_YEARS, start, by_post=False)

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        by_post = response.request.body is not None
        years, releases = _get_method_result(response, _YEARS_METHOD), _get_method_result(response, _LIST_METHOD)
        if isinstance(years, list):
            older = _get_years_until(years, response.request.note)
            return SourceResult(next_requests=tuple(self._build_year_request(year, start, by_post=by_post) for year in older))
        if not isinstance(releases, list):
            return self._handle_unknown_response(response, start)
        links = tuple(link for release in json_values.as_mappings(releases) if (link := _parse_q4_item(release, start.page.url)))
        dated = [link.date.value[:4] for link in links if link.date]
        if not dated:
            return SourceResult(links)
        oldest = min(dated)
        if response.request.note == _ALL_YEARS:
            return SourceResult(links, (self._build_years_request(oldest, start, by_post=by_post),))
        if not response.request.note.startswith(_YEAR_BY_YEAR_NOTE) or oldest <= _FIRST_YEAR:
            return SourceResult(links)
        return SourceResult(links, (self._build_year_request(f"{_YEAR_BY_YEAR_NOTE}{int(oldest) - 1}", start, by_post=by_post),))

    def _handle_unknown_response(self, response: SourceResponse, start: StartPage) -> SourceResult:
        """Continue as after a failed request. Raises SourceError if there is no alternative."""
        requests = tuple(self.fallback_requests(response.request, start))
        if not requests:
            raise SourceError(f"the response is not a list of releases ({response.media_type})")
        return SourceResult(next_requests=requests)

    def fallback_requests(self, request: SourceRequest, start: StartPage) -> Iterable[SourceRequest]:
        """The older service, which takes POST; year by year if the list of years fails."""
        by_post = request.body is not None
        if f"/{_YEARS_METHOD}" in request.url:
            yield self._build_year_request(f"{_YEAR_BY_YEAR_NOTE}{request.note}", start, by_post=by_post)
        elif request.note == _ALL_YEARS and not by_post:
            yield self._build_year_request(_ALL_YEARS, start, by_post=True)

    def _build_year_request(self, note: str, start: StartPage, *, by_post: bool) -> SourceRequest:
        """The request for the releases of the year in the note."""
        year = note.removeprefix(_YEAR_BY_YEAR_NOTE)
        if by_post:
            return self._post(_LIST_METHOD, {"pressReleaseBodyType": _POST_BODY_AND_SUMMARY, "year": int(year)}, note, start)
        text = {"bodyType": str(_BODY_AND_SUMMARY), "pageSize": "-1", "pageNumber": "0", "tagList": "", "includeTags": "true"}
        return self._get(_LIST_METHOD, {**text, "year": year, "excludeSelection": "1"}, note, start)

    def _build_years_request(self, newest: str, start: StartPage, *, by_post: bool) -> SourceRequest:
        """The request for the list of years; the note carries `newest`, the first year to request."""
        return self._post(_YEARS_METHOD, {}, newest, start) if by_post else self._get(_YEARS_METHOD, {}, newest, start)

    def _get(self, method: str, parameters: Mapping[str, str], note: str, start: StartPage) -> SourceRequest:
        common = {"LanguageId": "1", "pressReleaseDateFilter": str(_SELECT_ALL), **_find_category(start.page, "categoryId")}
        query = urlencode({**common, **parameters})
        return SourceRequest(_build_service_url(start, f"{_FEED_SERVICE}{method}?{query}"), self.name, note=note)

    def _post(self, method: str, parameters: Mapping[str, object], note: str, start: StartPage) -> SourceRequest:
        common = {"ViewType": "2", "ViewDate": "", "RevisionNumber": "1", "LanguageId": "1", "Signature": ""}
        items = {"ItemCount": -1, "StartIndex": 0, "TagList": [], "IncludeTags": True}
        category = _find_category(start.page, "pressReleaseCategoryWorkflowId")
        body = {
            "serviceDto": {**common, **items},
            "pressReleaseSelection": _SELECT_ALL,
            "excludeSelection": 0,
            **category,
            **parameters,
        }
        url, headers = _build_service_url(start, f"{_POST_SERVICE}{method}"), (("Content-Type", "application/json"),)
        return SourceRequest(url, self.name, body=json.dumps(body), headers=headers, note=note)


def _is_q4_page(page: Page) -> bool:
    """Whether the page loads Q4's files, links to releases with Q4's URLs, or has Q4's modules and an .aspx URL."""
    urls = [element.get("src") or element.get("href") or "" for element in page.root.iter("script", "link", "img", "a")]
    if any(_Q4_ASSET_URL.match(url) or _Q4_DETAIL_URL.search(url) or "PressRelease.svc" in url for url in urls):
        return True
    modules = any(_Q4_MODULE_CLASS.search(element.get("class") or "") for element in page.root.iter("div", "section", "span"))
    return modules and any(url.lower().endswith(".aspx") for url in (page.url, *urls))


def _build_service_url(start: StartPage, path: str) -> str:
    return join_url(start.page.url, path) or start.page.url


def _find_category(page: Page, parameter: str) -> dict[str, str]:
    """The release category that the page's script requests; empty for all categories."""
    texts = (script.text or "" for script in page.root.iter("script"))
    found = next((found for text in texts if (found := _CATEGORY_ID.search(text[:_MAX_Q4_SCRIPT_LENGTH]))), None)
    return {parameter: found[1]} if found else {}


def _get_method_result(response: SourceResponse, method: str) -> object:
    """The result of the service's method; None if the response is not from this method."""
    try:
        return json_values.as_mapping(response.json).get(f"{method}Result")
    except SourceError:
        return None


def _get_years_until(years: object, newest: str) -> list[str]:
    """The years up to `newest`, newest first; an entry is a number or an object with one."""
    entries = (next(iter(each.values()), None) if isinstance(each, dict) else each for each in json_values.as_list(years))
    known = {str(number) for each in entries if (number := json_values.as_integer(each))}
    return sorted((year for year in known if _FIRST_YEAR <= year <= newest), reverse=True)


def _parse_q4_item(release: Mapping[str, Any], base_url: str) -> ArticleLink | None:
    """The link to the release's page or PDF; to another site only if the newsroom has no page for it."""
    candidates = (json_values.as_url(base_url, release.get(key)) for key in ("LinkToDetailPage", "LinkToUrl"))
    url = next(filter(None, candidates), None)
    if not url:
        return None
    title = json_values.as_text(release.get("Headline"))
    dates = find_dates(json_values.as_string(release.get("PressReleaseDate"))[:40], order="mdy")  # without a time zone
    return ArticleLink(url, title, next(iter(dates), None), inline_article=_parse_q4_article(release))


def _parse_q4_article(release: Mapping[str, Any]) -> InlineArticle | None:
    html = json_values.as_string(release.get("Body"))
    if not strip_html(html):
        return None
    keywords = [tag for each in json_values.as_list(release.get("TagsList")) if (tag := json_values.as_text(each))]
    summary = json_values.as_text(release.get("ShortBody"))
    return InlineArticle(html, summary=summary, keywords=tuple(keywords), attachments=tuple(_parse_q4_attachments(release)))


def _parse_q4_attachments(release: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    for each in json_values.as_mappings(release.get("Attachments")):
        if url := json_values.as_string(json_values.get_first(each, ("Url", "URL", "DocumentPath", "Path"))):
            yield url, json_values.as_text(json_values.get_first(each, ("Title", "Name", "DocumentTitle")))
    if document := json_values.as_string(release.get("DocumentPath")):
        yield document, None
