"""Sitemaps: all pages of a site, of which the newsroom's articles are kept."""

from corpnews.discovery.sitemaps.sitemap_source import SitemapSource

__all__ = ["SitemapSource"]
