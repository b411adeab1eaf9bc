"""The scope of a newsroom: its hosts, and its section of the site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from corpnews.web.sites import get_host, get_site
from corpnews.web.url_features import OTHER_SEGMENTS, has_news_segment, is_blog_url, is_period_url, split_path_without_edition
from corpnews.web.urls import is_asset_url, is_json_url, is_pdf_url

if TYPE_CHECKING:
    from collections.abc import Callable

# News wires, which publish copies of companies' releases.
NEWS_WIRE_HOSTS = frozenset(("prnewswire.com", "businesswire.com", "globenewswire.com"))
_LISTING_STEPS = frozenset(("page", "archive", "archives", "all", "latest", "list"))


def _know_no_url(_: str) -> bool | None:
    return None


@dataclass(frozen=True)
class Scope:
    """Which URLs belong to a newsroom. `section` is the path of its listing, without edition, year and page number.

    `wire_hosts` are the hosts of news wires whose copies of releases count as the newsroom's; `sibling_hosts` are the company's
    other hosts, if its releases are there. `is_article_url` is what the newsroom itself knows of its URLs: whether one is an
    article's, or None.
    """

    start_url: str
    host: str
    section: tuple[str, ...]
    wire_hosts: frozenset[str] = frozenset()
    sibling_hosts: frozenset[str] = frozenset()
    is_article_url: Callable[[str], bool | None] = _know_no_url

    @classmethod
    def from_start_url(
        cls,
        start_url: str,
        wires: frozenset[str] = frozenset(),
        is_article_url: Callable[[str], bool | None] = _know_no_url,
    ) -> Scope:
        """
        >>> Scope.from_start_url("https://www.example.com/en/news/2024/index.html").section
        ('news',)
        """
        path = split_path_without_edition(start_url)
        while len(path) > 1 and (path[-1].isdigit() or path[-1] in _LISTING_STEPS or (is_period_url(f"/{path[-1]}"))):
            path = path[:-1]
        return cls(start_url, get_host(start_url), path, wires, is_article_url=is_article_url)

    def contains(self, url: str) -> bool:
        """Whether `url` is a page, not a file, on the newsroom's hosts or on a wire's."""
        return (self.is_on_host(url) or get_host(url) in self.wire_hosts) and not is_asset_url(url)

    def may_list(self, url: str) -> bool:
        """Whether `url` may be a listing of the newsroom: a page, or JSON that a script makes a list of."""
        return self.contains(url) or (is_json_url(url) and self.is_on_host(url))

    def contains_entry(self, url: str) -> bool:
        """Whether an entry of the newsroom's own list may lead to `url`: to a page, not a file, of the company or on a wire."""
        return self.contains(url) or (self.is_on_company_site(url) and not is_asset_url(url))

    def is_on_host(self, url: str) -> bool:
        """Whether `url` is on one of the newsroom's own hosts."""
        host = get_host(url)
        return host == self.host or host in self.sibling_hosts

    def is_on_company_site(self, url: str) -> bool:
        """Whether `url` is on the company's site, whatever it is: a page, feed, sitemap or data."""
        return get_site(get_host(url)) == get_site(self.host)

    def allows(self, url: str) -> bool:
        """Whether the crawl may request `url`: on the company's site or on a wire's host."""
        return self.is_on_company_site(url) or get_host(url) in self.wire_hosts

    def contains_document(self, url: str) -> bool:
        """Whether `url` is a PDF on the company's site: it may be a release."""
        return is_pdf_url(url) and self.is_on_company_site(url)

    def is_below_section(self, url: str) -> bool:
        """Whether `url` is below the newsroom's section, in any edition."""
        path = split_path_without_edition(url)
        return bool(self.section) and len(path) > len(self.section) and path[: len(self.section)] == self.section

    def is_above_section(self, url: str) -> bool:
        """Whether the newsroom's section is below `url`, in any edition."""
        path = split_path_without_edition(url)
        return len(path) < len(self.section) and path == self.section[: len(path)]

    def url_pattern(self, url: str) -> tuple[str, ...]:
        """Return what URLs of one kind share: the newsroom's section, else the path above the last step with "#" for numbers."""
        if self.is_below_section(url):
            return self.section
        return tuple("#" if any(map(str.isdigit, step)) else step for step in split_path_without_edition(url)[:-1])

    def is_other_blog(self, url: str) -> bool:
        """Whether `url` is that of a blog or of a post, and the newsroom is no blog itself."""
        return is_blog_url(url) and not any(step.startswith("blog") for step in self.section)

    @cached_property
    def is_news(self) -> bool:
        """Whether the section's path or the subdomain names a newsroom."""
        return has_news_segment(self.section) or has_news_segment(tuple(self.host.split(".")[:-2]))

    @cached_property
    def is_other(self) -> bool:
        """Whether the section's path names something else: products, services, jobs."""
        return not self.is_news and not OTHER_SEGMENTS.isdisjoint(self.section)
