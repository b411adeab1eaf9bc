"""Pages of an article with dates, and the date of publication that is found on them."""

from __future__ import annotations

from corpnews.extraction.dates import ArticleDates, FoundDate
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.layout import Block, BlockKind, BodyRegion
from corpnews.page.page import Page

PROSE = (
    "<p>Northwind Turbines opened its new test stand on the river bank, where up to forty engineers will try out gears and "
    "blades from the spring of next year on.</p>"
    "<p>The company has built water turbines since 1998; the plant of March 4, 2011 was its largest.</p>"
)


NAVIGATION = "<nav><a href='/'>Home</a> <a href='/news/'>News</a></nav>"


def article_page(
    before: str = "",
    after: str = "",
    end: str = "",
    *,
    head: str = "",
    body: str = PROSE,
    url: str = "https://example.com/news/stand",
    lang: str = "en",
) -> Page:
    """A page with `before` and `after` around the headline, and `end` after the body."""
    html = (
        f"<html lang='{lang}'><head>{head}</head><body>{NAVIGATION}<main>{before}<h1>Northwind opens its test stand</h1>{after}"
        f"<div class='text'>{body}</div>{end}</main><footer><p>© 2026 Northwind, 01/02/2026</p></footer></body></html>"
    )
    return Page.from_html(html, url)


def parts(page: Page) -> tuple[Block, BodyRegion]:
    """The headline and the body of the page."""
    headline = next(block for block in page.layout.blocks if block.kind is BlockKind.HEADING)
    box = next(box for box in page.layout.boxes if box.element.get("class") == "text")
    inside = [block for block in page.layout.blocks if any(around is box for around in block.box.ancestors())]
    return headline, BodyRegion(box, tuple(inside))


def published(page: Page, listed: FoundDate | None = None) -> tuple[str, str] | None:
    found = ArticleDates(page, read_structured_data(page), *parts(page)).find_published(listed)
    return (found[0].value, found[1]) if found else None


def json_ld(day: str, changed: str = "") -> str:
    modified = f', "dateModified": "{changed}"' if changed else ""
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{day}"{modified}}}</script>'


def day_of(page: Page) -> str | None:
    """The date of publication that is found by the page's headline alone."""
    headline = next(block for block in page.layout.blocks if block.level == 1)
    found = ArticleDates(page, read_structured_data(page), headline, None).find_published()
    return found[0].value if found else None
