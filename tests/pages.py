"""Detail pages of an invented site, and the way from a page to its article, without a crawl."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.cleaning.article import Provenance, build_article
from corpnews.extraction.extract import extract_page
from corpnews.extraction.selectors import NO_SELECTORS, Selectors
from corpnews.items import Article, ArticleSource
from corpnews.page.page import Page

if TYPE_CHECKING:
    from corpnews.extraction.site_template import SiteTemplate

HEADLINE = "Acme builds a turbine plant in the north"
URL = "https://acme.example/news/acme-builds-a-turbine-plant-in-the-north"
PROSE = (
    "Acme said on Monday that it will build a plant for water turbines in Nordvik, where four hundred people will find work.",
    "The first turbines are to leave the hall in the spring after next; until then they are made in two old workshops.",
    "“The river has waited for us long enough,” said the head of the works council, who grew up on its bank.",
    "The town pays for the road and the bridge, and the company for the school bus that will use both of them.",
)
MENU = "<ul><li><a href='/'>Home</a></li><li><a href='/products/'>Products</a></li><li><a href='/news/'>News</a></li></ul>"
ORIGIN = Provenance("acme", "Acme", ArticleSource("listing", "https://acme.example/news/"), "2026-11-23T06:10:00Z")


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def detail(
    body: str = paragraphs(*PROSE),
    *,
    headline: str = HEADLINE,
    before: str = "",
    after: str = "",
    head: str = "",
    url: str = URL,
    lang: str = "en",
) -> Page:
    """A detail page: `body` below its headline, with `before` and `after` around the two, in the site's frame."""
    return Page.from_html(
        f"""<html lang="{lang}"><head><title>{headline} | Acme</title>{head}</head><body>
        <header><a href="/">Acme Turbines</a><nav>{MENU}</nav></header>
        <main>{before}<h1>{headline}</h1><div class="text">{body}</div>{after}</main>
        <footer><p>Acme builds turbines for people who live where water runs, from the fell to the fjord.</p>
        <p><a href="/privacy/">Privacy</a> <a href="/contact/">Contact</a></p><p>© 2026 Acme</p></footer></body></html>""",
        url,
    )


def listing(*headlines: str, url: str = "https://acme.example/news/") -> Page:
    """A listing page in the same frame."""
    items = "".join(f"<li><a href='/news/{number}'>{headline}</a></li>" for number, headline in enumerate(headlines))
    return detail(f"<ul>{items}</ul>", headline="News", url=url)


def read(
    page: Page, template: SiteTemplate | None = None, *, selectors: Selectors = NO_SELECTORS, origin: Provenance = ORIGIN
) -> Article:
    return build_article(extract_page(page, template, selectors=selectors), origin)


def lines(article: Article) -> list[str]:
    """The body's lines: paragraphs, list items, rows."""
    return [line for line in article.body.split("\n") if line]
