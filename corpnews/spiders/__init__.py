"""One file a newsroom, and `newsroom` for any URL.

What is changed here: a newsroom that is crawled regularly, or needs a selector: spiders/NAME.py, of 5 to 15 lines.
"""
