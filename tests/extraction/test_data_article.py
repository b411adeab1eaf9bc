from __future__ import annotations

import json
from typing import Any

import pytest

from corpnews import NotAnArticle, extract

URL = "https://acme.example/news/oslo-plant"
PARAGRAPHS = (
    "Acme opened its plant in Oslo on Monday. It makes turbines for places where the wind is weak.",
    "“We have waited five years for this day,” said Ada Lovelace, who leads the plant.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
MORE = "".join(
    f"<p>Hall {number} will make {number} hundred turbines a year for towns at the coast.</p>" for number in range(2, 9)
)
POST = {"title": "Acme opens a plant in Oslo", "date": "2024-05-03T08:00:00Z", "body": BODY}


def page(state: object, shell: str = "<div id='__next'></div>") -> str:
    footer = "<footer><p>© 2024 Acme</p><a href='/products/'>Products</a> <a href='/about/'>About us</a></footer>"
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
    return f"<html lang='en'><head><title>Acme</title></head><body>{shell}{script}{footer}</body></html>"


@pytest.mark.parametrize(
    "state",
    [
        {"props": {"pageProps": {"post": POST}}},
        {"data": {"article": {"fields": {**POST, "body": {"nodeType": "document", "content": [
            {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": text}]} for text in PARAGRAPHS]}}}}},
        {"posts": [{**POST, "slug": slug, "body": body} for slug, body in
                   (("graz-plant", "<p>Another text. " * 40), ("oslo-plant", BODY), ("lyon-plant", "<p>A third text. " * 40))]},
    ],
    ids=["HTML", "rich text", "the one of several posts with the page's slug"],
)  # fmt: skip
def test_article_that_is_only_in_the_data_is_extracted(state: dict[str, Any]) -> None:
    article = extract(page(state), URL)
    assert (article.headline, article.date_published, article.body) == (
        "Acme opens a plant in Oslo", "2024-05-03T08:00:00+00:00", "\n\n".join(PARAGRAPHS)
    )  # fmt: skip


def test_page_with_its_text_in_html_is_read_from_that() -> None:
    shell = f"<main><h1>Acme opens a plant in Oslo</h1><time>2024-05-03</time>{BODY}{MORE}</main>"
    article = extract(page({"teasers": [{**POST, "title": "Another release", "body": "<p>Another text. " * 80}]}, shell), URL)
    assert article.headline == "Acme opens a plant in Oslo"


def test_list_of_other_articles_is_no_article() -> None:
    posts = [{**POST, "slug": f"release-{number}"} for number in range(5)]
    with pytest.raises(NotAnArticle):
        extract(page({"latest": posts}), URL)


def test_page_without_text_and_data_is_no_article() -> None:
    with pytest.raises(NotAnArticle):
        extract(page({"buildId": "x" * 60}), URL)
