"""Saved pages and WARC files → articles, in processes: the work of `scrapy extract`. Nothing here uses the network.

What is changed here: the kinds of input, how pages are grouped by site, how work is shared among processes.
"""
