"""Properties that hold for every page: our own pages are mutated as in broken_pages.py, and extracted."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from corpnews.cleaning.article import Provenance, build_valid_article
from corpnews.discovery import Scope, classify, read_listing
from corpnews.extraction.extract import NotAnArticle, extract_page
from corpnews.extraction.site_template import MAX_SAMPLED_PAGES, SiteTemplate
from corpnews.items import Article, ArticleSource
from corpnews.page.elements import SKIPPED_TAGS, is_text_of_skipped
from corpnews.page.page import Page
from corpnews.web.text import INVISIBLE_CHARACTERS
from tests.extraction.broken_pages import iter_broken_pages, read_golden_pages
from tests.helpers import environment

URL = "https://acme.example/news/acme-opens-a-plant"
ORIGIN = Provenance("acme", "Acme", ArticleSource("file"), "2026-11-23T06:10:00Z")
ANY_PAGE = settings(max_examples=80, deadline=None, derandomize=True)
WRITTEN_TAGS = frozenset("p h2 h3 h4 h5 h6 ul ol li table tr td pre blockquote br a strong div".split())


def read(html: bytes, template: SiteTemplate | None = None, url: str = URL) -> Article | None:
    """Return the page's article, or None for NotAnArticle."""
    page = Page.from_html(html, url)
    if template is not None:
        template.observe(page)
    try:
        return build_valid_article(extract_page(page, template), ORIGIN)
    except NotAnArticle:
        return None


def texts(value: Any) -> list[str]:
    """Return all strings in a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []


def is_web_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def get_visible_text(page: Page) -> str:
    """Return the visible text of the page without white space."""
    pieces = []
    walker = etree.iterwalk(page.root, events=("start", "end"))
    for event, element in walker:
        if event == "start" and element.tag in SKIPPED_TAGS and not is_text_of_skipped(element, element.tag):
            walker.skip_subtree()
        elif event == "start":
            pieces.append(element.text or "")
        else:
            pieces.append(element.tail or "")
    return remove_space("".join(pieces))


def remove_space(text: str) -> str:
    return "".join(INVISIBLE_CHARACTERS.sub("", text).replace("|", "").split())


@ANY_PAGE
@given(iter_broken_pages())
def test_article_has_the_types_of_its_annotations(html: bytes) -> None:
    article = read(html)
    if article is None:
        return
    assert Article.from_dict(article.to_dict()) == article
    json.dumps(asdict(article), ensure_ascii=False, allow_nan=False).encode()
    assert article.headline.strip()


@ANY_PAGE
@given(iter_broken_pages())
def test_no_text_contains_control_characters(html: bytes) -> None:
    article = read(html)
    for text in texts(asdict(article)) if article else []:
        odd = {character for character in text if unicodedata.category(character) in ("Cc", "Cs")} - {"\n"}
        assert not odd, text[:200]


@ANY_PAGE
@given(iter_broken_pages())
def test_urls_are_http_urls_and_dates_are_dates(html: bytes) -> None:
    article = read(html)
    if article is None:
        return
    urls = [file.url for files in (article.images, article.videos, article.attachments) for file in files]
    assert all(map(is_web_address, urls))
    assert article.canonical_url is None or is_web_address(article.canonical_url)
    for date in (article.date_published, article.date_modified):
        if date:
            datetime.fromisoformat(f"{date}-01-01"[:10] if len(date) < 10 else date)


@ANY_PAGE
@given(iter_broken_pages())
def test_html_of_the_body_contains_no_script(html: bytes) -> None:
    article = read(html)
    if article is None:
        return
    for element in lxml_html.fragment_fromstring(article.body_html, create_parent=True).iter():
        assert element.tag in WRITTEN_TAGS
        assert set(element.keys()) <= {"href"}
        assert "href" not in element.keys() or is_web_address(element.get("href", ""))  # noqa: SIM118 - an element's items are its children


@ANY_PAGE
@given(iter_broken_pages())
def test_body_consists_of_visible_text(html: bytes) -> None:
    article = read(html)
    if article is None:
        return
    shown = get_visible_text(Page.from_html(html, URL))
    for line in article.body.splitlines():
        assert remove_space(line) in shown


@ANY_PAGE
@given(iter_broken_pages())
def test_same_page_gives_the_same_article(html: bytes) -> None:
    assert read(html, SiteTemplate()) == read(html, SiteTemplate())


@ANY_PAGE
@given(iter_broken_pages())
def test_discovery_reads_any_page(html: bytes) -> None:
    page, scope = Page.from_html(html, URL), Scope.from_start_url("https://acme.example/news/")
    listing = read_listing(page, scope)
    assert all(is_web_address(link.url) for link in listing.articles)
    assert classify(page, scope).reason


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(iter_broken_pages(), min_size=1, max_size=12))
def test_template_observes_any_page_and_counts_are_bounded_by_its_pages(pages: list[bytes]) -> None:
    template = SiteTemplate()
    blocks = 0
    for number, html in enumerate(pages):
        page = Page.from_html(html, f"{URL}-{number}")
        blocks += len(page.layout.blocks)
        template.observe(page)
        article = read(html, template, page.url)
        assert article is None or article.url == page.url
    assert template.pages <= len(pages)
    assert len(template.pages_by_text) <= blocks
    assert max(template.pages_by_text.values(), default=0) <= template.pages


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(iter_broken_pages(), max_size=4), st.lists(iter_broken_pages(), max_size=4))
def test_templates_of_any_pages_can_be_merged_and_serialized(some: list[bytes], more: list[bytes]) -> None:
    one, other = (
        SiteTemplate.from_pages((html, f"{URL}-{number}") for number, html in enumerate(some)),
        SiteTemplate.from_pages((html, URL) for html in more),
    )
    most, least = one.pages + other.pages, max(one.pages, other.pages)
    one.merge(other)
    assert least <= one.pages <= most
    assert SiteTemplate.from_bytes(one.to_bytes()) == one


def test_template_stays_bounded() -> None:
    template = SiteTemplate()
    sizes = []
    for number in range(5 * MAX_SAMPLED_PAGES):
        text = "".join(f"<p>What page {number} says in line {line} stands on no other page.</p>" for line in range(20))
        template.observe(Page.from_html(f"<div class='a b'>{text}<img src=/{number}.png>", f"{URL}-{number}"))
        held = (
            template.pages_by_text,
            template.pages_by_media,
            template.blocks_by_path,
            template.texts_by_path,
            template.sample,
        )
        sizes.append(sum(len(each) for each in held))
    assert max(sizes) <= 25 * MAX_SAMPLED_PAGES


READ_ALL = """
from tests.extraction.test_properties import SiteTemplate, read, read_golden_pages
template = SiteTemplate()
pages = [*enumerate(read_golden_pages())] * 2
print([read(html, template, f"https://acme.example/news/{number}") for number, html in pages])
"""


def test_another_process_gives_the_same_articles() -> None:
    """The iteration order of sets differs between processes and must not decide anything."""
    runs = [
        subprocess.run([sys.executable, "-c", READ_ALL], env=environment(PYTHONHASHSEED=seed), capture_output=True, check=True)
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout
    assert len(runs[0].stdout) > 10 * len(read_golden_pages())
