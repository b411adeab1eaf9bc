"""What the saved pages of one site tell of each other, learned before any of them is extracted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from corpnews.discovery.anchors import count_words, read_link_text
from corpnews.extraction.company import CompanyNames
from corpnews.extraction.site_template import SiteTemplate
from corpnews.page.layout import Zone
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.page.page import Page

# A page to which the menus of so many pages, and of this share of all, lead is a section of the site. Each language has a menu.
_MIN_PAGES_WITH_MENU: Final = 5
_MIN_SHARE_OF_PAGES: Final = 0.25
_MENU_ZONES: Final = Zone.NAV | Zone.HEADER | Zone.FOOTER
_MAX_LABEL_WORDS: Final = 3  # of more words is the headline of a release that a menu shows


@dataclass(slots=True)
class SiteFacts:
    """The template, the company's name and the menu of a site.

    Attributes:
        folder: The folder that holds the site's pages; empty if they come from elsewhere.
        pages: The number of pages observed.
        pages_by_menu_link: The number of pages whose menus lead to a page, by its key.
    """

    folder: str = ""
    template: SiteTemplate = field(default_factory=SiteTemplate)
    company_names: CompanyNames = field(default_factory=CompanyNames)
    pages: int = 0
    pages_by_menu_link: Counter[str] = field(default_factory=Counter)

    def observe(self, page: Page) -> None:
        """Count a page of the site."""
        self.template.observe(page)
        self.company_names.observe(page)
        self.pages += 1
        self.pages_by_menu_link.update(set(map(self._get_key, _iter_menu_links(page))))

    def merge(self, other: SiteFacts) -> None:
        """Add what other pages of the site tell."""
        self.template.merge(other.template)
        self.company_names.merge(other.company_names)
        self.pages += other.pages
        self.pages_by_menu_link.update(other.pages_by_menu_link)

    def is_in_menu(self, url: str) -> bool:
        """Return whether the menu of the site leads to the page."""
        return self.pages_by_menu_link[self._get_key(url)] >= max(_MIN_PAGES_WITH_MENU, _MIN_SHARE_OF_PAGES * self.pages)

    def _get_key(self, url: str) -> str:
        """Return the article key; in a folder without the host, which some links of a copied site name and others do not."""
        if not self.folder:
            return article_key(url)
        return article_key(get_path_in_folder(url, self.folder) if url.startswith("file:") else urlsplit(url).path)


def get_path_in_folder(url: str, folder: str) -> str:
    """Return the path from the root of the site to a page of it that is saved in a folder, or to which a page there links.

    >>> get_path_in_folder("file:///saved/acme/news/1.html", "/saved/acme")
    '/news/1.html'
    >>> get_path_in_folder("file:///news/1.html", "/saved/acme")
    '/news/1.html'
    """
    return url.removeprefix(Path(folder).absolute().as_uri()).removeprefix("file://")


def _iter_menu_links(page: Page) -> Iterator[str]:
    """Yield the URLs of the links with short labels in the page's navigation, header and footer."""
    for link in page.layout.links:
        if link.box.zone & _MENU_ZONES and 0 < count_words(read_link_text(link.element)) <= _MAX_LABEL_WORDS:
            try:
                url = urljoin(page.base_url, link.element.get("href") or "")
                urlsplit(url)
            except ValueError:
                continue
            yield url
