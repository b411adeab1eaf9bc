"""Feeds and sitemaps: of the releases, or of the whole site."""

from __future__ import annotations

import gzip
from html import escape
from typing import TYPE_CHECKING

from tests.generator.site import SiteAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.generator.builder import Builder
    from tests.generator.neighbours import Neighbour
    from tests.generator.releases import Release

FEED_LENGTH = 10
PROLOG = '<?xml version="1.0" encoding="utf-8"?>'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
Entry = tuple[str, str, str]  # path, title, day


def add_feed(builder: Builder, releases: Sequence[Release], neighbours: Sequence[Neighbour]) -> None:
    """Add the feed that the traits want, and declare it in the head of all pages added from now on."""
    kind = builder.traits["feed"]
    if kind == "none":
        return
    entries: list[Entry] = [
        (release.path, release.headline, f"{release.day}") for release in releases[:FEED_LENGTH] if not release.is_dead
    ]
    if kind == "whole_site":
        posts = (each for each in neighbours if each.section == "blog")
        entries = sorted(
            (*entries, *((each.path, each.title, each.day) for each in posts)), key=lambda entry: entry[2], reverse=True
        )
    path = f"{builder.section}/feed/" if kind == "undeclared" else "/feed.xml"
    if kind != "undeclared":
        builder.frame.head += f'<link rel="alternate" type="application/rss+xml" href="{path}">'
    items = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(builder.site.locate(link))}</link><pubDate>{day}</pubDate></item>"
        for link, title, day in entries
    )
    feed = f'{PROLOG}<rss version="2.0"><channel><title>{escape(builder.frame.company)}</title>{items}</channel></rss>'
    builder.site.add(path, SiteAnswer(feed.encode(), "application/rss+xml"))


def add_sitemap(builder: Builder, releases: Sequence[Release], neighbours: Sequence[Neighbour]) -> None:
    kind = builder.traits["sitemap"]
    if kind == "none":
        return
    listed = [(release.path, f"{release.day}") for release in releases]
    if kind == "newest":
        listed = listed[:FEED_LENGTH]
    if kind == "whole_site":
        listed += [(each.path, each.day) for each in neighbours]
    sitemap = write_urlset(builder, listed)
    match kind:
        case "index":
            builder.site.add("/post-sitemap.xml", SiteAnswer(sitemap, "text/xml"))
            builder.site.add("/page-sitemap.xml", SiteAnswer(write_urlset(builder, [("/about/", "2026-01-01")]), "text/xml"))
            parts = "".join(f"<sitemap><loc>{builder.site.url}/{name}-sitemap.xml</loc></sitemap>" for name in ("post", "page"))
            index = f"{PROLOG}<sitemapindex {NAMESPACE}>{parts}</sitemapindex>"
            builder.site.add(builder.rng.choice(("/sitemap.xml", "/sitemap_index.xml")), SiteAnswer(index.encode(), "text/xml"))
        case "robots_gz":
            builder.site.add("/map/all.xml.gz", SiteAnswer(gzip.compress(sitemap, mtime=0), "application/x-gzip"))
            robots = f"User-agent: *\nDisallow: /search\nSitemap: {builder.site.url}/map/all.xml.gz\n"
            builder.site.add("/robots.txt", SiteAnswer(robots.encode(), "text/plain"))
        case _:
            builder.site.add("/sitemap.xml", SiteAnswer(sitemap, "application/xml"))


def write_urlset(builder: Builder, listed: Sequence[tuple[str, str]]) -> bytes:
    urls = "".join(
        f"<url><loc>{escape(builder.site.locate(path))}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in listed
    )
    return f"{PROLOG}<urlset {NAMESPACE}>{urls}</urlset>".encode()
