"""A newsroom of a company that does not exist: what `scrapy crawl demo` crawls."""
