"""A generated newsroom of any number of releases. Pages have the usual size: 70 kB, 400 elements, 110 links, 2,500 characters."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from tests.helpers import Answer, Site

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.helpers import Asked

RELEASES_A_LISTING = 20
NEWEST = date(2024, 12, 20)
LISTING = re.compile(r"/news/page/(\d+)/")
NUMBER = re.compile(r"-number-(\d+)-")
SUBJECTS = "The company|The board|A supplier from the region|The town council|The head of the plant|The works council".split("|")
VERBS = "announced|promised|said on Monday|explained|has decided|told shareholders".split("|")
OBJECTS = """that its turbine hall will open next spring|that four hundred people will find work in the valley|that the harbour
gets a second crane|that no contract had been signed before the summer|that the old workshop becomes a school for welders|that the
order is worth ninety million euros over six years""".replace("\n", " ").split("|")
ENDS = "as planned|after a long debate|to the surprise of many|with help from the state|for the first time|once more".split("|")
PLACES = "Nordvik Haugen Lillesund Brekke Storfjord Tangen Solheim Vestby Eidsund Langnes".split()
PRODUCTS = "turbine gearbox rotor blade generator crane weir penstock valve governor sluice".split()
SCRIPT = ";".join(f"window.settings[{number}]={{'colour':'#{number:06x}','wait':{number}}}" for number in range(400))
STYLE = "".join(f".card-{number}>.inner{{margin:{number}px;padding:0 {number}px}}" for number in range(300))


def menu(random: Random, items: int) -> str:
    links = (f"<li class='menu-item'><a href='/{name}/'><span>{name.title()}</span></a></li>" for name in words(random, items))
    return f"<ul class='menu'>{''.join(links)}</ul>"


def words(random: Random, count: int) -> Iterator[str]:
    for number in range(count):
        yield f"{random.choice(PRODUCTS)}-{random.choice(PLACES).lower()}-{number}"


def paragraph(random: Random, sentences: int) -> str:
    said = (" ".join(map(random.choice, (SUBJECTS, VERBS, OBJECTS, ENDS))) + "." for _ in range(sentences))
    return f"<p>{' '.join(said)}</p>"


def title(number: int) -> str:
    return f"Acme delivers {PRODUCTS[number % 11]} number {number} to {PLACES[number % 10]}"


def path(number: int) -> str:
    return f"/news/{title(number).lower().replace(' ', '-')}/"


def day(number: int) -> date:
    return NEWEST - timedelta(days=number)


def framed(main: str, name: str, head: str = "") -> Answer:
    """A page with the site's frame around `main`."""
    random = Random(1)
    menus = "".join(f"<div class='flyout'><h3>{place}</h3>{menu(random, 9)}</div>" for place in PLACES)
    return Answer(
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name} | Acme</title>{head}<style>{STYLE}</style>
        <script>{SCRIPT}</script></head><body><header><a class="logo" href="/">Acme</a><nav class="main">{menus}</nav></header>
        <main>{main}</main><footer><p>Acme builds turbines for people who live where water runs, from the fell to the fjord.</p>
        {menu(random, 15)}<p>© 2024 Acme</p></footer><script>{SCRIPT}</script></body></html>""".encode()
    )


def release(number: int) -> Answer:
    random = Random(number)
    stated = {"@type": "NewsArticle", "headline": title(number), "datePublished": day(number).isoformat()}
    body = "".join(paragraph(random, 3) for _ in range(8))
    related = "".join(f"<div class='card'>{teaser(other)}</div>" for other in (number + 1, number + 2, number + 3))
    return framed(
        f"""<article class="release"><h1>{title(number)}</h1><div class="meta">{day(number):%d %B %Y}</div>
        <div class="text"><p>NORDVIK, {day(number):%B %d, %Y} – {body.removeprefix("<p>")}<h3>About Acme</h3>
        <p>Acme makes turbines and has four thousand employees in nine countries.</p></div></article>
        <section class="related"><h2>More news</h2>{related}</section>""",
        title(number),
        f"<script type='application/ld+json'>{json.dumps(stated)}</script>",
    )


def teaser(number: int) -> str:
    return f"<time>{day(number):%d %B %Y}</time><h3><a href='{path(number)}'>{title(number)}</a></h3>"


def listing(numbers: Sequence[int], further: str) -> Answer:
    items = "".join(f"<li>{teaser(number)}</li>" for number in numbers)
    return framed(f"<h1>News</h1><ul class='list'>{items}</ul>{further}", "News")


def large_newsroom(releases: int) -> Site:
    """Listings at /news/, /news/page/2/ …, and the releases that they link to, each generated when it is requested."""

    def answer(asked: Asked) -> Answer | None:
        if asked.path == "/news/" or (page := LISTING.fullmatch(asked.path)):
            return listing_page(int(page[1]) if asked.path != "/news/" and page else 1, releases)
        number = NUMBER.search(asked.path)
        # three more, to which the last teasers link
        return (
            release(int(number[1])) if number and int(number[1]) < releases + 3 and asked.path == path(int(number[1])) else None
        )

    return Site(answers=[answer])


def listing_page(at: int, releases: int) -> Answer | None:
    """Return listing page number `at`, counted from 1."""
    first, last = (at - 1) * RELEASES_A_LISTING, min(at * RELEASES_A_LISTING, releases)
    if first >= releases:
        return None
    further = f"<nav class='pagination'><a rel='next' href='/news/page/{at + 1}/'>Older</a></nav>" if last < releases else ""
    return listing(range(first, last), further)
