"""Pages that are no listing of articles: nothing comes out of them."""

from __future__ import annotations

import pytest

from corpnews.discovery import Scope, read_listing
from tests.discovery.listing_pages import build_listing_page

HOST = "https://www.example.com"
PRODUCTS = "".join(
    f"<div class='card'><a href='/products/drills/rotary-hammer-drill-model-{n}00/'><img src='/p{n}.jpg'></a><h3><a "
    f"href='/products/drills/rotary-hammer-drill-model-{n}00/'>Rotary hammer drill with dust bag model {n}00</a></h3>"
    f"<p>A drill for concrete and stone that weighs no more than a bag of sugar and runs for a day.</p>"
    f"<span class='price'>€ {n}99.00</span></div>"
    for n in range(1, 9)
)
TILES = "".join(
    f"<div class='tile'><h3>{name}</h3>"
    f"<p>We help our customers to save energy in their buildings, plants and data centres every day.</p>"
    f"<a href='/{name.lower().replace(' ', '-')}/'>Learn more</a></div>"
    for name in (
        "Energy consulting for buildings",
        "Remote monitoring of machines",
        "Spare parts within a day",
        "Training for your technicians",
    )
)
TEAM = "".join(
    f"<li><a href='/about/team/{name.lower().replace(' ', '-')}/'><b>{name}</b></a><p>Member of the board</p></li>"
    for name in ("Maria Rossi", "John Smith", "Wei Zhang", "Aiko Tanaka", "Peter Novak")
)
JOBS = "".join(
    f"<tr><td>"
    f"<a href='/careers/jobs/{n}-senior-engineer-for-electric-motors/'>Senior engineer for electric motors (m/f/d)</a></td>"
    f"<td>Gdansk</td><td>0{n} May 2024</td></tr>"
    for n in range(1, 7)
)
SERVICES = "".join(
    f"<li><a href='/services/permits/apply-for-a-permit-to-build-{n}/'>Apply for a permit to build no. {n}</a></li>"
    for n in range(12)
)
ABOUT = (
    "<h1>About Acme</h1>"
    + "<p>Acme was founded in 1921. See <a href='/products/'>our products</a>, our <a href='/contact/'>offices</a>.</p>" * 9
)

PAGES = {
    "home page": ("/", f"<section>{TILES}</section>"),
    "about page": ("/about/", ABOUT),
    "product grid": ("/products/drills/", f"<div class='grid'>{PRODUCTS}</div>"),
    "product grid of a shop": ("/shop/", f"<div class='grid'>{PRODUCTS}</div>"),
    "service tiles": ("/what-we-do/", f"<section>{TILES}</section>"),
    "services": ("/services/", f"<ul>{SERVICES}</ul>"),
    "team": ("/about/team/", f"<ul>{TEAM}</ul>"),
    "jobs": ("/careers/", f"<table>{JOBS}</table>"),
    "empty newsroom": ("/news/", "<h1>News</h1><p>There are no news at present.</p>"),
    "newsroom drawn by a script": (
        "/newsroom/",
        "<div id='app'>Loading…</div><noscript>Please enable JavaScript to see our news.</noscript>",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_no_article_comes_out_of_a_page_that_lists_none(name: str) -> None:
    path, content = PAGES[name]
    assert read_listing(build_listing_page(content, HOST + path), Scope.from_start_url(HOST + path)).articles == ()


def test_the_latest_news_of_a_home_page_come_out_and_its_products_do_not() -> None:
    news = "".join(
        f"<li><span>0{n} May 2024</span><a href='/news/acme-opens-plant-number-{n}/'>Acme opens plant number {n}</a></li>"
        for n in (1, 2, 3)
    )
    listing = read_listing(
        build_listing_page(f"<div class='grid'>{PRODUCTS}</div><ul class='latest'>{news}</ul>", f"{HOST}/"),
        Scope.from_start_url(f"{HOST}/"),
    )
    assert [link.url for link in listing.articles] == [f"{HOST}/news/acme-opens-plant-number-{n}/" for n in (1, 2, 3)]
