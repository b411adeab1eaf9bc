from __future__ import annotations

import pytest

from corpnews.extraction.translations import find_translations
from corpnews.page.page import Page

URL = "https://www.example.com/en/news/plant/"


def translations(
    head: str = "", body: str = "<p>Text.</p>", listed: tuple[tuple[str, str], ...] = (), url: str = URL
) -> list[tuple[str, str]]:
    page = Page.from_html(f"<html lang='en'><head>{head}</head><body>{body}</body></html>", url)
    return [(each.language, each.url) for each in find_translations(page, listed)]


def test_declared_editions_are_translations_except_the_page_itself() -> None:
    head = f"""<link rel="alternate" hreflang="en" href="{URL}"><link rel="alternate" hreflang="de-AT" href="/de/news/werk/">
    <link rel="alternate" hreflang="x-default" href="/news/plant/">
    <link rel="alternate" type="application/rss+xml" href="/feed/">"""
    assert translations(head) == [("de-AT", "https://www.example.com/de/news/werk/")]


def test_links_of_the_language_switcher_are_translations_and_links_in_the_text_are_not() -> None:
    switcher = "<header><nav><a hreflang='fr' href='/fr/news/usine/'>Français</a></nav></header>"
    text = "<article><h1>Plant</h1><p>More in <a hreflang='ja' href='https://other.example/ja/'>Japanese</a>.</p></article>"
    assert translations(body=switcher + text) == [("fr", "https://www.example.com/fr/news/usine/")]


def test_translation_from_the_sitemap_is_added_once() -> None:
    head = '<link rel="alternate" hreflang="de" href="/de/news/werk/">'
    listed = (("de", "https://www.example.com/de/news/werk/"), ("zh_Hans", "https://www.example.com/zh/news/1/"))
    assert translations(head, listed=listed) == [
        ("de", "https://www.example.com/de/news/werk/"),
        ("zh-Hans", "https://www.example.com/zh/news/1/"),
    ]


@pytest.mark.parametrize(
    "switcher",
    [
        "<div class='top'>EN | <a href='/de/news/plant/'>DE</a></div>",
        "<div><a title='DE' href='/de/news/plant/'><i class='globe'></i></a></div>",
        "<ul><li><a href='/de/news/plant/'><img src='/flags/1.png' alt='Deutsch'></a></li></ul>",
        "<p><a href='/de/news/plant/'><img src='/flags/1.png' alt=''></a></p>",
        "<div><a href='/de/news/plant/'><span class='flag-1'></span></a></div>",
        "<select><option value='/en/news/plant/'>English</option><option value='/de/news/plant/'>Deutsch</option></select>",
        "<p>This release is also there in <a href='/de/news/plant/'>German</a>.</p>",
    ],
)
def test_page_with_the_same_path_in_another_edition_is_a_translation(switcher: str) -> None:
    assert translations(body=f"{switcher}<h1>Plant</h1><p>Text.</p>") == [("de", "https://www.example.com/de/news/plant/")]


@pytest.mark.parametrize(
    ("here", "there", "label"),
    [
        ("https://www.example.com/news/plant/", "https://www.example.com/de/news/plant/", ""),
        ("https://www.example.com/news.php?id=12&lang=en", "https://www.example.com/news.php?lang=de&id=12", ""),
        ("https://www.example.com/news/plant/", "https://de.example.com/news/plant/", ""),
        ("https://www.example.com/news/工厂/", "https://www.example.com/de/news/%E5%B7%A5%E5%8E%82/", ""),
        ("https://www.example.com/en-us/news/12", "https://www.example.com/de-de/news/12", ""),
        ("https://www.example.com/en/news/plant/", "https://www.example.com/de/presse/werk/", "Deutsch"),
        ("https://www.example.com/en/news/plant/", "https://www.example.com/de/presse/werk/", "DE"),
        ("https://www.example.com/x/plant/", "https://www.example.com/x/plant/?locale=de_DE", "Deutsch"),
    ],
)
def test_edition_follows_from_path_query_host_or_language_name(here: str, there: str, label: str) -> None:
    (found,) = translations(body=f"<div><a href='{there}'>{label}</a></div><h1>Plant</h1><p>Text.</p>", url=here)
    assert found[0][:2] == "de" and found[1] == there  # noqa: PT018


@pytest.mark.parametrize(
    ("href", "label"),
    [
        ("/de/", "Deutsch"),
        ("/de/index.html", "DE"),
        ("/de/news/", "Deutsch"),
        ("/de/unternehmen/presse", "Deutsch"),
        ("/en/courses/english", "English"),
        ("/de/files/plant.pdf", "Deutsch"),
        ("https://m.example.com/en/news/plant/", "Mobile site"),
        ("https://shop.example.com/en/news/plant/", "Shop"),
        ("https://share.example/de/news/plant/", "Share"),
        ("/en/news/plant/?print=1", "Print"),
        ("/en/news/plant/?utm_source=head", "English"),
        ("/en/news/other-plant/", "Next"),
    ],
)
def test_link_to_another_page_is_no_translation(href: str, label: str) -> None:
    assert translations(body=f"<nav><a href='{href}'>{label}</a></nav><h1>Plant</h1><p>Text.</p>") == []


def test_declared_home_page_of_another_edition_is_no_translation() -> None:
    head = """<link rel="alternate" hreflang="de" href="/de/"><link rel="alternate" hreflang="fr" href="https://acme-fr.example/">
    <link rel="alternate" hreflang="en" href="http://example.com/en/news/plant">"""
    assert translations(head) == []


def test_newsroom_of_another_edition_is_no_translation() -> None:
    switcher = (
        "<header><nav><a hreflang='de' href='/de/news/'>Deutsch</a> <a lang='zh' href='/zh/xinwen/'>中文</a></nav></header>"
    )
    assert translations(body=switcher + "<article><h1>Plant</h1><p>Text.</p></article>") == []


def test_link_of_a_menu_that_is_declared_to_be_in_the_pages_own_language_is_no_translation() -> None:
    menu = "<nav><a lang='en-GB' href='/tv/'>TV</a> <a hreflang='de' href='/de/aktuell/werk/'>Deutsch</a></nav>"
    assert translations(body=f"{menu}<h1>Plant</h1><p>Text.</p>") == [("de", "https://www.example.com/de/aktuell/werk/")]
