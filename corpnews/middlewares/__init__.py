"""Scrapy middlewares, for what no setting of Scrapy does.

What is changed here: how requests and responses are treated between Scrapy and the spider.
"""
