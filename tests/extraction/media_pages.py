"""Pages with images, files and players in and around the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.extraction.headline import find_headline
from corpnews.extraction.media import find_images
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.layout import BodyRegion
from corpnews.page.page import Page

if TYPE_CHECKING:
    from corpnews.items import Image

URL = "https://acme.example/news/17"
SENTENCE = "The company said on Monday that it will build a plant for wind turbines in the north, which opens in the next year."


def article(inside: str, *, head: str = "", before: str = "", after: str = "") -> tuple[Page, BodyRegion]:
    """A page whose body is the box with the id "body"."""
    html = f"""<html><head>{head}</head><body><nav><a href="/m.pdf"><img src="/menu.png">Menu</a></nav>
    <div><h1>Acme builds a plant in the north</h1>{before}
    <div id="body"><p>{SENTENCE}</p>{inside}<p>{SENTENCE}</p></div>{after}</div>
    <footer><img src="/foot.jpg"><a href="/terms.pdf">Terms</a></footer></body></html>"""
    page = Page.from_html(html, URL)
    box = next(box for box in page.layout.boxes if box.element.get("id") == "body")
    return page, BodyRegion(box, tuple(block for block in page.layout.blocks if box in block.box.ancestors()))


def images(inside: str, *, head: str = "", before: str = "", after: str = "") -> tuple[tuple[Image, ...], list[str]]:
    page, region = article(inside, head=head, before=before, after=after)
    facts = read_structured_data(page)
    found, captions = find_images(page, facts, region, find_headline(page, facts))
    return found, [page.layout.blocks[index].text for index in sorted(captions)]


def image_url(element: str) -> str | None:
    found, _ = images(element)
    return found[0].url.removeprefix("https://acme.example/") if found else None
