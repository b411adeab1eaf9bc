"""The embedded newsroom of a fictitious company, crawled by `scrapy crawl demo`."""
