"""Newsrooms of site builders and blog hosts without a source of their own: a feed in the head, numbered pages, "older" links."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from tests.platforms.look_alike import RELEASES, LookAlike, LookAlikeRelease, build_data_answer, build_page, find_detail_page
from tests.platforms.look_alike import get_page_items as get_items

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.helpers import Answer, Asked


@dataclass(frozen=True)
class SiteBuilder:
    """How a builder writes its newsrooms.

    `page_url` is the URL of page `number`, from 1, and `read_page` reads the number from the path and query of a request.
    `item` and `pager` are markup: of a release with its path, and of the link to the next page.
    """

    head: str
    listing: str
    folder: str
    size: int
    page_url: Callable[[int], str]
    item: Callable[[LookAlikeRelease, str], str]
    pager: Callable[[str], str]
    feed: str = ""
    ending: Callable[[LookAlikeRelease], str] = lambda release: release.slug

    def path_of(self, release: LookAlikeRelease) -> str:
        return self.folder + self.ending(release)

    def answer(self, asked: Asked) -> Answer | None:
        if self.feed and asked.path == self.feed:
            return build_data_answer(self._build_feed(), "application/rss+xml")
        last = -(-len(RELEASES) // self.size)
        for number in range(1, last + 1):
            if _is_same(asked.path, self.page_url(number) if number > 1 else self.listing):
                items = "".join(self.item(each, self.path_of(each)) for each in get_items(RELEASES, number - 1, self.size))
                pager = self.pager(self.page_url(number + 1)) if number < last else ""
                return build_page(f"<h1>Newsroom</h1>{items}{pager}", "Newsroom", self.head)
        return find_detail_page(urlsplit(asked.path).path.rstrip("/"), self.path_of, self._render)

    def _render(self, release: LookAlikeRelease) -> Answer:
        time = f'<time datetime="{release.day}">{release.day:%B %d, %Y}</time>'
        return build_page(
            f"<article><h1>{escape(release.headline)}</h1>{time}{release.html}</article>", release.headline, self.head
        )

    def _build_feed(self) -> str:
        """The newest releases only, as hosts deliver them."""
        items = "".join(
            f"<item><title>{each.headline}</title><link>https://www.acme.example{self.path_of(each)}</link></item>"
            for each in RELEASES[:5]
        )
        return f'<rss version="2.0"><channel><title>Acme</title>{items}</channel></rss>'

    def newsroom(self) -> LookAlike:
        return LookAlike("listing", self.listing, self.path_of, self.answer)


def _is_same(asked: str, url: str) -> bool:
    wanted, given = urlsplit(url), urlsplit(asked)
    return unquote(wanted.path) == unquote(given.path) and parse_qs(wanted.query) == parse_qs(given.query)


def _card(release: LookAlikeRelease, path: str, *, item: str, title: str, day: str) -> str:
    return (
        f'<div class="{item}"><h2 class="{title}"><a href="{path}">{escape(release.headline)}</a></h2>'
        f'<time class="{day}" datetime="{release.day}">{release.day:%b %d, %Y}</time><p>{release.paragraphs[0]}</p></div>'
    )


def _offset(number: int) -> str:
    """Squarespace's pages start below the time of an article, in milliseconds."""
    return f"/press?offset={1_731_888_000_000 - number * 16_416_000_000}&reversePaginate=false"


BUILDERS = {
    "Squarespace": SiteBuilder(
        '<script src="https://assets.squarespace.com/universal/scripts-compressed/common.js"></script>'
        '<link rel="alternate" type="application/rss+xml" href="/press?format=rss">',
        "/press", "/press/", 20, _offset,
        lambda release, path: _card(release, path, item="blog-item", title="blog-title", day="blog-date"),
        lambda url: f'<nav class="blog-list-pagination"><a class="older" href="{url}" rel="next">Older Posts</a></nav>',
        "/press?format=rss",
    ),
    "Ghost": SiteBuilder(
        '<meta name="generator" content="Ghost 5.82"><link rel="alternate" type="application/rss+xml" href="/rss/">',
        "/", "/", 12, lambda number: f"/page/{number}/",
        lambda release, path: _card(release, f"{path}/", item="gh-card post", title="gh-card-title", day="gh-card-date"),
        lambda url: f'<nav class="pagination"><a class="older-posts" href="{url}">Older Posts <span>→</span></a></nav>',
        "/rss/",
    ),
    "Shopify": SiteBuilder(
        '<script>var Shopify = {shop: "acme.myshopify.com"};</script>'
        '<link rel="alternate" type="application/atom+xml" href="/blogs/news.atom">',
        "/blogs/news", "/blogs/news/", 6, lambda number: f"/blogs/news?page={number}",
        lambda release, path: _card(release, path, item="article-card", title="card__heading", day="circle-divider"),
        lambda url: f'<nav class="pagination"><a class="pagination__item--prev" href="{url}" aria-label="Next page">›</a></nav>',
    ),
    "Wix": SiteBuilder(
        '<meta name="generator" content="Wix.com Website Builder">'
        '<link rel="alternate" type="application/rss+xml" href="/blog-feed.xml">',
        "/news", "/post/", 10, lambda number: f"/news/page/{number}",
        lambda release, path: _card(release, path, item="blog-post-list-item", title="post-title", day="post-metadata__date"),
        lambda url: f'<nav aria-label="Blog posts pages"><a href="{url}" data-hook="pagination__next" aria-label="Next page">'
        "<svg></svg></a></nav>",
        "/blog-feed.xml",
    ),
    "HubSpot": SiteBuilder(
        '<meta name="generator" content="HubSpot"><link rel="alternate" type="application/rss+xml" href="/newsroom/rss.xml">',
        "/newsroom", "/newsroom/", 9, lambda number: f"/newsroom/page/{number}",
        lambda release, path: _card(release, path, item="blog-index__post", title="blog-index__post-title", day="published"),
        lambda url: f'<div class="blog-pagination"><a class="blog-pagination__next-link" href="{url}">Next</a></div>',
        "/newsroom/rss.xml",
    ),
    "Webflow": SiteBuilder(
        '<meta name="generator" content="Webflow">',
        "/press-releases", "/press-releases/", 8, lambda number: f"/press-releases?5f1a2b3c_page={number}",
        lambda release, path: f'<div role="listitem" class="w-dyn-item"><a href="{path}" class="w-inline-block">'
        f"<div>{release.day:%B %d, %Y}</div><h3>{escape(release.headline)}</h3></a></div>",
        lambda url: f'<div role="navigation" class="w-pagination-wrapper"><a href="{url}" class="w-pagination-next" '
        'aria-label="Next Page"><div class="w-inline-block">Next</div></a></div>',
    ),
    "PressPage": SiteBuilder(
        '<link rel="stylesheet" href="https://content.presspage.com/templates/658/2042/729924/style.css">',
        "/news", "/", 10, lambda number: f"/news?page={number}",
        lambda release, path: _card(release, path, item="pp-newsitem", title="pp-headline", day="pp-date"),
        lambda url: f'<div class="pp-pager"><a href="{url}" class="pp-next">Next</a></div>',
    ),
    "PR Newswire": SiteBuilder(
        '<link rel="stylesheet" href="https://www.prnewswire.com/etc.clientlibs/prncom/style.css">',
        "/news/acme-turbines/", "/news-releases/", 25, lambda number: f"/news/acme-turbines/?page={number}&pagesize=25",
        lambda release, path: f'<div class="row newsCards"><div class="card"><a class="newsreleaseconsolidatelink" href="{path}">'
        f"<h3><small>{release.day:%b %d, %Y}, 08:00 ET</small> {escape(release.headline)}</h3></a></div></div>",
        lambda url: f'<ul class="pagination"><li><a href="{url}" aria-label="Next">&raquo;</a></li></ul>',
        ending=lambda release: f"{release.slug}-{302_300_000 - release.number}.html",
    ),
    "GlobeNewswire": SiteBuilder(
        '<meta property="og:site_name" content="GlobeNewswire News Room">',
        "/en/search/organization/Acme§Turbines", "/news-release/", 10,
        lambda number: f"/en/search/organization/Acme§Turbines?page={number}",
        lambda release, path: f'<li class="pagging-list-item"><div class="mainLink"><a data-autid="article-url" href="{path}">'
        f"{escape(release.headline)}</a></div><span>{release.day:%B %d, %Y} 08:00 ET</span></li>",
        lambda url: f'<div class="pagnition-container"><a class="pagnition-next" href="{url}">Next Page</a></div>',
        ending=lambda release: f"{release.day:%Y/%m/%d}/{2_983_456 - release.number}/0/en/{release.slug}.html",
    ),
    "Business Wire": SiteBuilder(
        '<meta property="og:site_name" content="Business Wire">',
        "/newsroom/acme-turbines", "/news/home/", 12, lambda number: f"/newsroom/acme-turbines?page={number}",
        lambda release, path: _card(release, path, item="bw-news-item", title="bw-title", day="bw-date"),
        lambda url: f'<nav class="pagination"><a href="{url}" aria-label="Next page">Next</a></nav>',
        ending=lambda release: f"{release.day:%Y%m%d}{5_000 + release.number:06}/en/{release.slug}",
    ),
}  # fmt: skip
