"""Pages whose content is in a data file of their own."""

from __future__ import annotations

import json

import pytest

from corpnews.page.data_files import add_data, find_data_files
from corpnews.page.page import Page

URL = "https://www.acme.example/news/plant-opens/"
SHELL = "<html><head>{head}</head><body><nav><a href='/products'>Products</a></nav><div id=app></div>{body}</body></html>"
TEXT = "<p>The plant on the river makes two hundred turbines a year from next spring on, the company said.</p>" * 4
POST = {"title": "Acme opens a plant in Zürich </script>", "body": "The plant makes turbines."}


def build_shell(head: str = "", body: str = "") -> bytes:
    return SHELL.format(head=head, body=body).encode()


FILES = {
    "/news/_payload.json?v=1&x=2": build_shell('<link rel="preload" as="fetch" href="/news/_payload.json?v=1&amp;x=2">'),
    "/s/17/news/plant-opens/payload.js": build_shell(body='<script defer src="/s/17/news/plant-opens/payload.js"></script>'),
    "/news/plant-opens/__data.json": build_shell(body="<script>__sveltekit_1x = {}</script>"),
    "/page-data/news/plant-opens/page-data.json": build_shell(body="<script>window.pagePath='/news/plant-opens/';</script>"),
    "/_next/data/x-7/news/plant-opens.json": build_shell(body='<script>{"buildId":"x-7","a":1,"isFallback":true}</script>'),
}


@pytest.mark.parametrize("path", FILES)
def test_file_is_named_by_an_empty_page_or_follows_from_its_url(path: str) -> None:
    assert find_data_files(FILES[path], URL) == [f"https://www.acme.example{path}"]


@pytest.mark.parametrize(
    "html",
    [
        build_shell(body=f"<script>__sveltekit_1x = {{}}</script>{TEXT}"),
        build_shell('<link rel="preload" as="fetch" href="https://cdn.example/data.json">'),
        build_shell('<script src="/app/main.js"></script>'),
        b"",
    ],
)
def test_pages_with_text_and_pages_without_a_file_on_their_host_have_none(html: bytes) -> None:
    assert find_data_files(html, URL) == []


def test_page_carries_the_data_of_its_file() -> None:
    page = Page.from_html(add_data(build_shell(), json.dumps({"post": POST})), URL)
    assert page.embedded_values == ({"post": POST},)


def test_page_carries_the_data_of_a_file_that_is_a_script() -> None:
    state = '(function(a){return {post:{title:"Zürich <\\u002Fscript>",tags:[a,a],draft:null}}}("Über uns, (heute)"))'
    script = f'JSONP("/news", {state});'
    page = Page.from_html(add_data(build_shell(), script), URL)
    assert page.embedded_values == (
        {"post": {"title": "Zürich </script>", "tags": ["Über uns, (heute)", "Über uns, (heute)"], "draft": None}},
    )


def test_page_carries_the_data_of_a_file_with_an_indexed_list_for_each_part() -> None:
    parts = [
        {"type": "data", "data": [{"menu": 1}, [2], "Products"]},
        {"type": "data", "data": [{"post": 1}, {"title": 2}, "Plant"]},
    ]
    page = Page.from_html(add_data(build_shell(), json.dumps({"type": "data", "nodes": parts})), URL)
    assert page.embedded_values == ([{"menu": ["Products"]}, {"post": {"title": "Plant"}}],)
