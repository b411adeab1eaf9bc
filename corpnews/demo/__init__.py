"""The embedded newsroom of a fictitious company, crawled by `scrapy crawl demo`.

What is changed here: its releases and pages (site/).
"""
