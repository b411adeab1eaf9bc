"""Listings that a page's script draws: opened in Chromium, only where a request asks for it."""
