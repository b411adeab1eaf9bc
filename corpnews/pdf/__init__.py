"""Processes that read PDFs, so that a hostile file can neither crash nor block the crawl.

What is changed here: the time and memory that a PDF may take. What is read from it: extraction/pdf_layout/.
"""
