"""Rendering of listing pages with Playwright in Chromium, for requests that ask for it.

What is changed here: what the browser clicks, how long it waits, which of its requests are blocked.
"""
