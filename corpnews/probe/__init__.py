"""`scrapy probe`: queries each source of a newsroom a few times, extracts a sample of releases, and prints tables.

What is changed here: how a newsroom is found from a home page, the size of the sample, what is printed.
"""
