"""Saved pages of invented newsrooms, each with a golden: the article as a reader sees it, written by hand."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpnews.cleaning.article import Provenance, build_article
from corpnews.extraction.extract import extract_page
from corpnews.extraction.listing_entry import ListingEntry
from corpnews.items import Article, ArticleSource
from corpnews.page.page import Page
from tests.cleaning.oracle import body_words, html_words, markdown_words

PAGES = Path(__file__).parent / "pages"
NAMES = sorted({file.stem for file in PAGES.iterdir()})
AS_THEY_ARE = ("headline", "subheadline", "date_published", "date_precision", "language")
FIELDS = (*AS_THEY_ARE, "body", "authors", "images", "attachments", "about", "contacts")
# The keys of a golden that are input: the URL, the Content-Type header, the title in the listing.
GIVEN = {"url", "content_type", "listed_title"}


@cache
def golden(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return read


@cache
def article(name: str) -> Article:
    given = golden(name)
    page = Page.from_html((PAGES / f"{name}.html").read_bytes(), given["url"], given.get("content_type"))
    draft = extract_page(page, entry=ListingEntry(given.get("listed_title")))
    return build_article(draft, Provenance("golden", "Golden", ArticleSource("listing"), "2026-11-23T06:10:00Z"))


def fields_of_golden(found: Article) -> dict[str, Any]:
    """The article in the fields of a golden."""
    return {
        **{name: getattr(found, name) for name in AS_THEY_ARE},
        "body": found.body.split("\n\n"),
        "authors": list(found.authors),
        "images": [{name: getattr(image, name) for name in ("url", "caption", "credit", "alt")} for image in found.images],
        "attachments": [{name: getattr(file, name) for name in ("url", "title", "media_type")} for file in found.attachments],
        "about": [about.organization for about in found.about],
        "contacts": [contact.email for contact in found.contacts],
    }


@pytest.mark.parametrize(("name", "field"), [(name, field) for name in NAMES for field in FIELDS])
def test_article_equals_the_golden(name: str, field: str) -> None:
    assert fields_of_golden(article(name))[field] == golden(name)[field]


@pytest.mark.parametrize("name", NAMES)
def test_markdown_and_html_have_the_words_of_the_body(name: str) -> None:
    found = article(name)
    assert markdown_words(found.body_markdown) == html_words(found.body_html) == body_words(found.body)


def test_every_page_has_a_golden_with_all_fields() -> None:
    for name in NAMES:
        assert {file.suffix for file in PAGES.glob(f"{name}.*")} == {".html", ".json"}, name
        assert set(golden(name)) - GIVEN == set(FIELDS), name
