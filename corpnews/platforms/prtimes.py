"""PR TIMES: the JSON behind the list on a company's page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from corpnews.platforms.json_list_source import JsonListSource
from corpnews.web.urls import join_url

if TYPE_CHECKING:
    from corpnews.page.page import Page

_COMPANY_PATH = re.compile(r"/main/html/searchrlp/company_id/(\d{1,9})(?:[/?#]|$)")
_RELEASE_PATH = re.compile(r"/main/html/rd/p/\d{9}\.\d{9}\.html")


class PrTimesSource(JsonListSource):
    """All releases of the company, a hundred a request."""

    name = "prtimes"
    platform = "PR TIMES"
    rows_path = ("data", "data")
    total_path = ("data", "total")
    position = "skip"
    date_keys: ClassVar[tuple[str, ...]] = ("release_comple_date", "released_at", "updated_at")

    def find_list_url(self, page: Page) -> str | None:
        company = _COMPANY_PATH.search(page.url)
        if not company or not _is_prtimes_page(page):
            return None
        return join_url(page.url, f"/api/company_content.php/companies/{company[1]}/press_releases?skip=0&limit=100")


def _is_prtimes_page(page: Page) -> bool:
    """Whether the page links to a release as the vendor builds their URLs, or is an empty shell for a script to fill."""
    links = [element.get("href") or "" for element in page.root.iter("a")]
    return any(_RELEASE_PATH.search(href) for href in links) or page.root.find(".//script[@id='__NEXT_DATA__']") is not None
