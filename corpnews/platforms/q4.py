"""Q4: the JSON service behind the lists returns all releases of a year, with their text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import urlencode

from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.data import json_values
from corpnews.discovery.listing import ArticleLink, Found, Written
from corpnews.discovery.way import Way
from corpnews.extraction.dates import find_dates
from corpnews.extraction.facts.values import plain
from corpnews.extraction.page import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start
    from corpnews.extraction.page import Page

FEED: Final = "/feed/PressRelease.svc/"
SERVICE: Final = "/Services/PressReleaseService.svc/"
LIST, YEARS = "GetPressReleaseList", "GetPressReleaseYearList"
ASSETS = re.compile(r"^https?://(?:[\w-]+\.)*(?:q4cdn|q4web|q4inc)\.com/")
DETAIL = re.compile(r"/(?:19|20)\d\d/[^/?#]+/default\.aspx$", re.IGNORECASE)
MODULES = re.compile(r"(?:^|\s)(?:evergreen|module)[-_]\w")
CATEGORY = re.compile(
    r"(?:categoryId|pressReleaseCategoryWorkflowId)[\"']?\s*[:=]\s*[\"']?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})",
    re.IGNORECASE,
)
LONGEST_SCRIPT: Final = 500_000
FIRST_YEAR: Final = "1990"
ALL_YEARS: Final = "-1"
# Prefix of a year in a note: after this year, the year before is requested.
BY_ONE: Final = "from "

# Parameters of the service: 3 selects all releases, past and future; 1 (3 in the older service) returns text and summary.
ALL: Final = 3
WITH_TEXT: Final = 1
WITH_TEXT_OF_OLD: Final = 3


class Q4(Way):
    """All years at once, up to the service's cap, then year by year from the oldest year of that list."""

    name: ClassVar[str] = "q4"
    platform: ClassVar[str | None] = "Q4"
    is_whole: ClassVar[bool] = True

    def openings(self, start: Start) -> Iterable[Ask]:
        if is_q4(start.page):
            yield self.of_year(ALL_YEARS, start, by_post=False)

    def read(self, answer: Answer, start: Start) -> Found:
        by_post = answer.ask.body is not None
        years, releases = result_of(answer, YEARS), result_of(answer, LIST)
        if isinstance(years, list):
            older = years_of(years, answer.ask.note)
            return Found(following=tuple(self.of_year(year, start, by_post=by_post) for year in older))
        if not isinstance(releases, list):
            return self.misled(answer, start)
        links = tuple(link for release in json_values.objects(releases) if (link := link_of(release, start.page.url)))
        given = [link.date.value[:4] for link in links if link.date]
        if not given:
            return Found(links)
        if answer.ask.note == ALL_YEARS:
            return Found(links, (self.of_years(min(given), start, by_post=by_post),))
        further = self.of_year(f"{BY_ONE}{int(min(given)) - 1}", start, by_post=by_post)
        return Found(links, (further,) if answer.ask.note.startswith(BY_ONE) and min(given) > FIRST_YEAR else ())

    def misled(self, answer: Answer, start: Start) -> Found:
        """Continue as after a failed request. Raises SourceError if there is no alternative."""
        further = tuple(self.failed(answer.ask, start))
        if not further:
            raise WayEnded(f"the response is not a list of releases ({answer.media_type})")
        return Found(following=further)

    def failed(self, ask: Ask, start: Start) -> Iterable[Ask]:
        """The older service, which takes POST; year by year if the list of years fails."""
        by_post = ask.body is not None
        if f"/{YEARS}" in ask.url:
            yield self.of_year(f"{BY_ONE}{ask.note}", start, by_post=by_post)
        elif ask.note == ALL_YEARS and not by_post:
            yield self.of_year(ALL_YEARS, start, by_post=True)

    def of_year(self, note: str, start: Start, *, by_post: bool) -> Ask:
        """The request for the releases of the year in the note."""
        year = note.removeprefix(BY_ONE)
        if by_post:
            return self.post(LIST, {"pressReleaseBodyType": WITH_TEXT_OF_OLD, "year": int(year)}, note, start)
        text = {"bodyType": str(WITH_TEXT), "pageSize": "-1", "pageNumber": "0", "tagList": "", "includeTags": "true"}
        return self.get(LIST, {**text, "year": year, "excludeSelection": "1"}, note, start)

    def of_years(self, newest: str, start: Start, *, by_post: bool) -> Ask:
        """The request for the list of years; the note carries `newest`, the first year to request."""
        return self.post(YEARS, {}, newest, start) if by_post else self.get(YEARS, {}, newest, start)

    def get(self, method: str, asked: Mapping[str, str], note: str, start: Start) -> Ask:
        of_all = {"LanguageId": "1", "pressReleaseDateFilter": str(ALL), **category_of(start.page, "categoryId")}
        return Ask(service(start, f"{FEED}{method}?{urlencode({**of_all, **asked})}"), self.name, note=note)

    def post(self, method: str, asked: Mapping[str, object], note: str, start: Start) -> Ask:
        of_all = {"ViewType": "2", "ViewDate": "", "RevisionNumber": "1", "LanguageId": "1", "Signature": ""}
        items = {"ItemCount": -1, "StartIndex": 0, "TagList": [], "IncludeTags": True}
        category = category_of(start.page, "pressReleaseCategoryWorkflowId")
        body = {"serviceDto": {**of_all, **items}, "pressReleaseSelection": ALL, "excludeSelection": 0, **category, **asked}
        headers = (("Content-Type", "application/json"),)
        return Ask(service(start, f"{SERVICE}{method}"), self.name, body=json.dumps(body), headers=headers, note=note)


def is_q4(page: Page) -> bool:
    """Whether the page loads Q4's files, links to releases with Q4's URLs, or has Q4's modules and an .aspx URL."""
    addresses = [element.get("src") or element.get("href") or "" for element in page.root.iter("script", "link", "img", "a")]
    if any(ASSETS.match(address) or DETAIL.search(address) or "PressRelease.svc" in address for address in addresses):
        return True
    modules = any(MODULES.search(element.get("class") or "") for element in page.root.iter("div", "section", "span"))
    return modules and any(address.lower().endswith(".aspx") for address in (page.url, *addresses))


def service(start: Start, path: str) -> str:
    return joined(start.page.url, path) or start.page.url


def category_of(page: Page, parameter: str) -> dict[str, str]:
    """The release category that the page's script requests; empty for all categories."""
    texts = (script.text or "" for script in page.root.iter("script"))
    found = next((found for text in texts if (found := CATEGORY.search(text[:LONGEST_SCRIPT]))), None)
    return {parameter: found[1]} if found else {}


def result_of(answer: Answer, method: str) -> object:
    """The result of the service's method; None if the response is not from this method."""
    try:
        return json_values.mapping(answer.json).get(f"{method}Result")
    except WayEnded:
        return None


def years_of(years: object, newest: str) -> list[str]:
    """The years up to `newest`, newest first; an entry is a number or an object with one."""
    entries = (next(iter(each.values()), None) if isinstance(each, dict) else each for each in json_values.items(years))
    known = {str(number) for each in entries if (number := json_values.number(each))}
    return sorted((year for year in known if FIRST_YEAR <= year <= newest), reverse=True)


def link_of(release: Mapping[str, Any], base_url: str) -> ArticleLink | None:
    """The link to the release's page or PDF; to another site only if the newsroom has no page for it."""
    addresses = (json_values.address(base_url, release.get(key)) for key in ("LinkToDetailPage", "LinkToUrl"))
    url = next(filter(None, addresses), None)
    if not url:
        return None
    # month first, without a time zone
    dates = find_dates(json_values.string(release.get("PressReleaseDate"))[:40], day_first=False)
    return ArticleLink(url, json_values.text(release.get("Headline")), next(iter(dates), None), written=written(release))


def written(release: Mapping[str, Any]) -> Written | None:
    html = json_values.string(release.get("Body"))
    if not plain(html):
        return None
    tags = [tag for each in json_values.items(release.get("TagsList")) if (tag := json_values.text(each))]
    summary = json_values.text(release.get("ShortBody"))
    return Written(html, summary=summary, keywords=tuple(tags), attachments=tuple(attachments(release)))


def attachments(release: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    for each in json_values.objects(release.get("Attachments")):
        url = json_values.string(json_values.first(each, ("Url", "URL", "DocumentPath", "Path")))
        if url:
            yield url, json_values.text(json_values.first(each, ("Title", "Name", "DocumentTitle")))
    document = json_values.string(release.get("DocumentPath"))
    if document:
        yield document, None
