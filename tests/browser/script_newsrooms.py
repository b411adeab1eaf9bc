"""Newsrooms of a fictitious company, whose listings are rendered by scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.helpers import Answer, headline

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.helpers import Asked, Site

RELEASES = 64
PORTION = 8
JSON_HEADERS = {"Content-Type": "application/json; charset=utf-8"}
# Resources that no listing needs: an image, a font, a video, a tracker on another host.
UNNEEDED_RESOURCES = """<img src="/hero.jpg"><video src="/film.mp4" autoplay muted></video>
<style>@font-face { font-family: Acme; src: url(/acme.woff2) } body { font-family: Acme }</style>
<link rel="stylesheet" href="/site.css"><script async src="http://localhost:9/tracker.js"></script>
<iframe src="/frame.html"></iframe>"""


def get_release_day(number: int) -> str:
    """The date of a release, within three years."""
    return f"{2022 + number % 3}-{1 + number % 12:02}-{1 + number % 28:02}"


def get_portion(site: Site, page: int) -> list[dict[str, str]]:
    """The releases of page `page` of the endpoint, counted from 1; none past the end."""
    numbers = range(RELEASES - (page - 1) * PORTION, max(RELEASES - page * PORTION, 0), -1)
    return [
        {"headline": headline(number), "url": site.release(number, get_release_day(number)), "date": get_release_day(number)}
        for number in numbers
    ]


def build_endpoint(site: Site, shape: Callable[[Site, int], Any]) -> Callable[[Asked], Answer | None]:
    """Responds to /api/releases?page=n with the result of `shape`."""

    def answer(asked: Asked) -> Answer | None:
        parts = urlsplit(asked.path)
        if parts.path != "/api/releases":
            return None
        page = int(parse_qs(parts.query).get("page", ["1"])[0])
        shaped = shape(site, page)
        if isinstance(shaped, str):
            return Answer(shaped.encode())
        return Answer(json.dumps(shaped).encode(), headers=JSON_HEADERS)

    return answer


def render_portion(site: Site, page: int) -> str:
    """A portion as HTML."""
    return "".join(
        f"<li><time>{each['date']}</time> <a href='{each['url']}'>{each['headline']}</a></li>" for each in get_portion(site, page)
    )


def add_first_page_only(site: Site) -> None:
    """The same without the button: the page shows only the newest releases of the endpoint."""
    add_client_rendered(site)
    script = site.pages["/app.js"].body.replace(b"state.more ?", b"false ?")
    site.pages["/app.js"] = Answer(script, headers=site.pages["/app.js"].headers)


def add_client_rendered(site: Site) -> None:
    """A script fills the root element with a first page of JSON; a button loads the next ones."""
    body = """<div id="root"></div><script type="module" src="/app.js"></script>"""
    noscript = "<noscript>You need to enable JavaScript to run this app.</noscript>"
    site.pages["/news/"] = Answer(
        f"<!doctype html><html><head><title>Acme</title></head><body>{noscript}{body}{UNNEEDED_RESOURCES}</body></html>".encode()
    )
    app = """
const root = document.getElementById("root");
const state = { page: 0, items: [], more: true };
const h = (tag, props, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};
const Item = (item) => h("li", { className: "card" }, h("time", {}, item.date), h("a", { href: item.url }, item.headline));
const render = () => root.replaceChildren(
  h("header", {}, h("a", { href: "/" }, "Acme Turbines"), h("a", { href: "/about/" }, "About us")),
  h("main", {}, h("h1", {}, "News"), h("ul", {}, ...state.items.map(Item)),
    ...(state.more ? [h("button", { onclick: load }, "Show more")] : [])));
async function load() {
  const answer = await (await fetch(`/api/releases?page=${state.page + 1}`)).json();
  state.page += 1;
  state.items.push(...answer.items);
  state.more = state.page < answer.totalPages;
  render();
}
render();
setTimeout(load, 300);
"""
    site.pages["/app.js"] = Answer(app.encode(), headers={"Content-Type": "text/javascript"})
    pages = -(-RELEASES // PORTION)
    site.answers.append(
        build_endpoint(site, lambda site, page: {"items": get_portion(site, page), "page": page, "totalPages": pages})
    )


def add_load_more(site: Site) -> None:
    """A listing in a frame that comes with its page; a button, in Spanish, brings HTML."""
    script = """
let page = 0;
const button = document.querySelector(".cargar");
const load = async () => {
  button.disabled = true;
  const html = await (await fetch(`/api/releases?page=${++page}`)).text();
  document.querySelector("#list .loading")?.remove();
  document.querySelector("#list").insertAdjacentHTML("beforeend", html);
  button.disabled = false;
  if (!html) button.remove();
};
button.addEventListener("click", load);
load();
"""
    box = "<h1>Noticias</h1><ul id='list'><li class='loading'>Cargando…</li></ul><button class='cargar'>Cargar más</button>"
    site.page("/news/", f"{box}{UNNEEDED_RESOURCES}<script>{script}</script>")
    site.answers.append(build_endpoint(site, render_portion))


def add_infinite_scroll(site: Site) -> None:
    """A listing that grows when it is scrolled to its end."""
    script = """
let page = 0, busy = false, more = true;
new IntersectionObserver(async (entries) => {
  if (busy || !more || !entries.some((entry) => entry.isIntersecting)) return;
  busy = true;
  const html = await (await fetch(`/api/releases?page=${++page}`)).text();
  more = html !== "";
  document.querySelector("#list").insertAdjacentHTML("beforeend", html);
  setTimeout(() => { busy = false; }, 50);
}, { rootMargin: "100px" }).observe(document.querySelector("#end"));
"""
    style = "<style>#list li { height: 12em } footer { height: 8em }</style>"
    box = "<h1>News</h1><ul id='list' aria-busy='true'></ul><div id='end'></div>"
    site.page("/news/", f"{style}{box}{UNNEEDED_RESOURCES}<script>{script}</script>")
    site.answers.append(build_endpoint(site, render_portion))


def add_same_page_pager(site: Site) -> None:
    """A listing whose pages replace each other at the same URL, by buttons."""
    script = """
const last = 8;
const show = async (page) => {
  document.querySelector("#list").innerHTML = await (await fetch(`/api/releases?page=${page}`)).text();
  document.querySelector(".pagination").innerHTML =
    `<button aria-label="Previous" ${page === 1 ? "disabled" : ""}>‹</button><span>${page} / ${last}</span>` +
    `<button aria-label="Next" ${page === last ? "disabled" : ""}>›</button>`;
  const [back, forth] = document.querySelectorAll(".pagination button");
  back.onclick = () => show(page - 1);
  forth.onclick = () => show(page + 1);
};
show(1);
"""
    box = "<h1>News</h1><ul id='list'><li>Loading…</li></ul><nav class='pagination'></nav>"
    site.page("/news/", f"{box}{UNNEEDED_RESOURCES}<script>{script}</script>")
    site.answers.append(build_endpoint(site, render_portion))


def add_year_tabs(site: Site) -> None:
    """A tab for each year, and within it pages by number, the last ones behind an ellipsis."""
    script = """
const list = document.querySelector("#list"), pager = document.querySelector(".pager");
const show = async (year, page) => {
  const { html, pages } = await (await fetch(`/api/releases?year=${year}&page=${page}`)).json();
  list.innerHTML = html;
  pager.innerHTML = [...Array(pages).keys()].map((at) => at + 1).filter((at) => Math.abs(at - page) < 2 || at === pages)
    .map((at) => `<li>${at}</li>`).join("");
  for (const item of pager.children) item.onclick = () => show(year, +item.textContent);
};
for (const tab of document.querySelectorAll(".years button")) tab.onclick = () => show(tab.textContent, 1);
show("2024", 1);
"""
    tabs = "".join(f"<button>{year}</button>" for year in (2024, 2023, 2022))
    box = f"<h1>News</h1><div class='years'>{tabs}</div><ul id='list'><li>Loading…</li></ul><ul class='pager'></ul>"
    site.page("/news/", f"{box}{UNNEEDED_RESOURCES}<script>{script}</script>")
    site.answers.append(build_year_endpoint(site))


def build_year_endpoint(site: Site) -> Callable[[Asked], Answer | None]:
    """Responds to /api/releases?year=y&page=n with a portion of the year's releases as HTML in JSON."""

    def answer(asked: Asked) -> Answer | None:
        query = parse_qs(urlsplit(asked.path).query)
        if "year" not in query:
            return None
        numbers = [number for number in range(1, RELEASES + 1) if get_release_day(number).startswith(query["year"][0])]
        start = (int(query["page"][0]) - 1) * 4
        rows = "".join(render_row(site, number) for number in numbers[start : start + 4])
        return Answer(json.dumps({"html": rows, "pages": -(-len(numbers) // 4)}).encode(), headers=JSON_HEADERS)

    return answer


def render_row(site: Site, number: int) -> str:
    day = get_release_day(number)
    return f"<li><time>{day}</time> <a href='{site.release(number, day)}'>{headline(number)}</a></li>"
