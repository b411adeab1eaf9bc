from __future__ import annotations

import pytest

from corpnews.discovery.app_shell import is_app_shell
from corpnews.page.page import Page

APP = "<script type='module' src='/assets/app.js'></script>"
FRAME = """<header><a href='/'>Acme Turbines</a><nav><a href='/products/'>Products</a> <a href='/news/'>News</a></nav></header>
<main>{main}</main><footer><p>Acme Turbines builds turbines for people who need turbines, wherever there is wind.</p></footer>"""


def shell(body: str) -> bool:
    return is_app_shell(
        Page.from_html(f"<html><head><title>Acme</title></head><body>{body}</body></html>", "https://acme.example/news/")
    )


def framed(main: str) -> bool:
    return shell(FRAME.format(main=main) + APP)


@pytest.mark.parametrize(
    "body",
    [
        "<div id='root'></div>",
        "<div id='__next'><div></div></div>",
        "<app-root></app-root>",
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id='site'></div>",
        "<noscript>Pour utiliser ce site, activez JavaScript.</noscript><main></main>",
    ],
)
def test_empty_root_is_a_shell(body: str) -> None:
    assert shell(body + APP)


@pytest.mark.parametrize(
    "main",
    [
        "<h1>News</h1><p>Loading…</p>",
        "<h1>新闻中心</h1><div>加载中...</div>",
        "<h1>Presse</h1><p>Wird geladen …</p>",
        "<h1>News</h1><ul aria-busy='true'></ul>",
        "<h1>News</h1><div class='news-card card--skeleton'></div><div class='news-card card--skeleton'></div>",
        "<h1>News</h1><div class='press-list'><div class='spinner'></div></div>",
        "<h1>News</h1><ul><li v-for='item in items'><a :href='item.url'>{{ item.title }}</a></li></ul>",
        "<h1>News</h1><div id='news-list' data-endpoint='/api/news'></div>",
        "<h1>News</h1><script type='text/x-handlebars-template' id='row'><li>{{title}}</li></script><ul></ul>",
    ],
)
def test_listing_that_waits_for_its_items_is_a_shell(main: str) -> None:
    assert framed(main)


@pytest.mark.parametrize(
    "main",
    [
        "<h1>News</h1><p>There are no news items at the moment.</p>",
        "<h1>News</h1><div class='news-list'></div><p>No news yet.</p>",
        "<h1>新闻</h1><p>暂无新闻</p><div id='news-list'></div>",
        "<h1>About us</h1><p>" + "Acme has built turbines since 1901, in plants on three continents. " * 20 + "</p>",
        "<h1>Page not found</h1><p>The page that you were looking for is not here.</p>",
        "<div class='preloader'><div class='spinner'></div></div><h1>News</h1><p>Our newsroom opens in May.</p>",
    ],
)
def test_ordinary_empty_page_is_no_shell(main: str) -> None:
    assert not framed(main)


def test_page_without_scripts_is_no_shell() -> None:
    assert not shell("<div id='root'></div><p>Loading…</p><script type='application/ld+json'>{}</script>")
