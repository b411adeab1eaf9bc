"""Sitemaps: all pages of a site, of which the newsroom's articles are kept."""

from corpnews.discovery.sitemaps.ways import Sitemaps

__all__ = ["Sitemaps"]
