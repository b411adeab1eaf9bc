"""Pages with a headline, and what is found on them."""

from __future__ import annotations

from corpnews.extraction.headline import Headline, find_headline
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.page import Page

PROSE = (
    "<p>The company said on Monday that it will build a plant for wind turbines in the north, which opens in the next year.</p>"
    * 4
)


def headline(body: str, title: str = "", *, url: str = "https://acme.example/news/17", listed: str | None = None) -> Headline:
    page = Page.from_html(f"<html><head><title>{title}</title></head><body>{body}</body></html>", url)
    found = find_headline(page, read_structured_data(page), listed)
    assert found is not None
    return found
