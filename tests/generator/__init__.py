"""Newsrooms made by seed, with their truth: for finding the kinds of newsrooms that discovery fails on.

A newsroom is a choice on each axis of `traits.AXES` (layout, pager, addresses …), made by the seed alone. It is served from
memory, by `offline_crawl` without Scrapy, or on loopback to a real crawl.
"""

from tests.generator.newsroom import GeneratedNewsroom, generate_newsroom

__all__ = ["GeneratedNewsroom", "generate_newsroom"]
