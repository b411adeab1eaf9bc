"""Sitemaps: they list all pages of a site, of which the newsroom's articles are selected."""

from corpnews.discovery.sitemaps.sitemap_source import SitemapSource

__all__ = ["SitemapSource"]
