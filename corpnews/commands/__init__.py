"""Scrapy commands: parse options, call a lower floor, print.

What is changed here: the options and output of `scrapy crawl`, `extract`, `probe` and `report`.
"""
