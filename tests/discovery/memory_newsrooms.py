"""Newsrooms whose pages are in memory, and a search of them without Scrapy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corpnews.discovery import CrawlFilter, Frontier, Planner, Scope, SourceRequest, SourceResponse, read_start_page
from corpnews.discovery.sources.listing_source import ListingSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpnews.discovery.source import Source

HOST = "https://www.acme.example"
MENU = "".join(
    f"<li><a href='/{path}/'>{label}</a></li>"
    for path, label in (
        ("news", "Newsroom"),
        ("products", "Products"),
        ("about", "About us"),
        ("careers", "Careers"),
        ("blog", "Blog"),
        ("contact", "Contact"),
    )
)
CITIES = "Oslo Graz Lyon Leeds Porto Malmo Gdansk Bilbao Tampere Aarhus Bergen Linz Nantes Derby Braga Lund Torun Vigo".split()


def release(number: int) -> tuple[str, str]:
    city = CITIES[number % len(CITIES)]
    return f"/{city.lower()}-gets-plant-number-{number}-of-acme/", f"{city} gets plant number {number} of Acme Turbines"


def items(numbers: Iterable[int], *, dated: bool = True) -> str:
    day = "<span>2024-05-{:02}</span> " if dated else ""
    rows = (f"<li>{day.format(28 - number)}<a href='{release(number)[0]}'>{release(number)[1]}</a></li>" for number in numbers)
    return f"<ul class='list'>{''.join(rows)}</ul>"


def page(main: str, head: str = "") -> str:
    return (
        f"<html lang='en'><head><title>News | Acme</title>{head}</head><body><header><nav><ul>{MENU}</ul></nav></header>"
        f"<main>{main}</main><footer><p>© 2024 Acme</p><ul>{MENU}</ul></footer></body></html>"
    )


def crawl(
    files: Mapping[str, str], start: str = "/news/", sources: Sequence[Source] = (ListingSource(),)
) -> tuple[set[int], list[str]]:
    """Query the sources of a site of `files`; returns the numbers of the releases found, and the paths requested."""
    paths, requested = crawl_paths(files, start, sources)
    numbers = {number for number in range(100) if release(number)[0] in paths}
    assert len(paths) == len(numbers), f"no releases: {paths - {release(number)[0] for number in numbers}}"
    return numbers, requested


def crawl_paths(
    files: Mapping[str, str], start: str, sources: Sequence[Source] = (ListingSource(),)
) -> tuple[set[str], list[str]]:
    """Query the sources of a site of `files`; returns the paths of the article candidates, and those requested."""
    planner, requested = start_planner(files[start], start, sources), []
    queue = planner.begin().requests
    while queue:
        request = queue.pop(0)
        path = " ".join(filter(None, (request.url.removeprefix(HOST), request.body)))
        requested.append(path)
        is_there = path in files
        answer = replace(respond(path, files.get(path, "")), request=request, url=request.url)
        actions = planner.receive(answer) if is_there else planner.receive_failure(request, "HTTP 404", 404)
        queue += actions.requests
    return {candidate.link.url.removeprefix(HOST) for candidate in planner.frontier.next_batch(1000)}, requested


def respond(path: str, html: str) -> SourceResponse:
    kind = "application/json" if path.endswith(".json") else "text/html; charset=utf-8"
    return SourceResponse(SourceRequest(HOST + path, "listing"), HOST + path, html.encode(), kind)


def start_planner(html: str, path: str, sources: Sequence[Source] = (ListingSource(),)) -> Planner:
    """The planner of a newsroom with this start page, which has the listing or other sources."""
    start = read_start_page(respond(path, html), Scope.from_start_url(HOST + path))
    return Planner(start, sources, Frontier(), CrawlFilter())


OTHERS = {
    "/": page("<h1>Acme</h1><p>We build turbines.</p>"),
    "/products/": page(
        "<h1>Products</h1><ul>"
        + "".join(f"<li><a href='/products/{n}/'>Turbine series {n}00</a></li>" for n in range(9))
        + "</ul>"
    ),
    "/blog/": page(
        "<h1>Blog</h1><ul>"
        + "".join(f"<li><a href='/blog/how-we-work-{n}/'>How we work together, part {n}</a></li>" for n in range(9))
    ),
    "/about/": page("<h1>About us</h1><p>Acme was founded in a garage.</p>"),
    "/careers/": page("<h1>Careers</h1><p>Join us.</p>"),
    "/contact/": page("<h1>Contact</h1><p>Write to us.</p>"),
}
