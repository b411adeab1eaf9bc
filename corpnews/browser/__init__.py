"""Rendering of listing pages in Chromium, for requests that ask for it."""
