from __future__ import annotations

from corpnews.extraction.page import Page
from corpnews.extraction.translations import find_translations

URL = "https://www.acme.example/en/news/plant/"


def translations(head: str = "", body: str = "<p>Text.</p>", listed: tuple[tuple[str, str], ...] = ()) -> list[tuple[str, str]]:
    page = Page.from_html(f"<html lang='en'><head>{head}</head><body>{body}</body></html>", URL)
    return [(each.language, each.url) for each in find_translations(page, listed)]


def test_declared_editions_are_translations_but_the_page_itself_is_none() -> None:
    head = f"""<link rel="alternate" hreflang="en" href="{URL}"><link rel="alternate" hreflang="de-AT" href="/de/news/werk/">
    <link rel="alternate" hreflang="x-default" href="/news/plant/">
    <link rel="alternate" type="application/rss+xml" href="/feed/">"""
    assert translations(head) == [("de-AT", "https://www.acme.example/de/news/werk/")]


def test_language_switcher_leads_to_translations_and_a_link_in_the_text_does_not() -> None:
    switcher = "<header><nav><a hreflang='fr' href='/fr/news/usine/'>Français</a></nav></header>"
    text = "<article><h1>Plant</h1><p>More in <a hreflang='ja' href='https://other.example/ja/'>Japanese</a>.</p></article>"
    assert translations(body=switcher + text) == [("fr", "https://www.acme.example/fr/news/usine/")]


def test_what_a_sitemap_said_is_added_once() -> None:
    head = '<link rel="alternate" hreflang="de" href="/de/news/werk/">'
    listed = (("de", "https://www.acme.example/de/news/werk/"), ("zh_Hans", "https://www.acme.example/zh/news/1/"))
    assert translations(head, listed=listed) == [
        ("de", "https://www.acme.example/de/news/werk/"),
        ("zh-Hans", "https://www.acme.example/zh/news/1/"),
    ]
