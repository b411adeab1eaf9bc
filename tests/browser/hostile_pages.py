"""Pages that obstruct a browser."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from tests.browser.script_newsrooms import JSON_HEADERS
from tests.helpers import Answer, headline

if TYPE_CHECKING:
    from tests.helpers import Asked, Site

EMPTY_LIST = "<h1>News</h1><ul id='list'></ul>"
# Renders three releases.
THREE_RELEASES = """
const item = (number) => `<li><time>2024-05-0${1 + number % 9}</time> ` +
  `<a href="/news/acme-opens-its-turbine-plant-number-${number}/">Acme opens its turbine plant number ${number}</a></li>`;
document.querySelector("#list").innerHTML = [1, 2, 3].map(item).join("");
"""
POLLING = "setInterval(() => fetch(`/api/news?${Math.random()}`), 100);"
ENDLESS = """
let number = 3;
new IntersectionObserver(() => setInterval(() => {
  document.querySelector("#list").insertAdjacentHTML("beforeend", item(++number));
}, 20)).observe(document.querySelector("#list"));
"""
DIALOGS = """
alert("Welcome"); confirm("Cookies?"); prompt("Your name?");
addEventListener("beforeunload", (event) => event.preventDefault());
"""
# Opens popups and navigates on load, and again on a click on a button that looks like a pager's.
POPUPS = """
const leave = () => { window.open("/popup/"); window.open("http://localhost:9/"); location.href = "/download.zip"; };
leave(); setTimeout(() => { location.href = "/elsewhere/"; }, 100);
document.querySelector("main").insertAdjacentHTML("beforeend", "<button onclick='leave()'>Load more</button>");
"""
HANGING = "setTimeout(() => { while (true); }, 1500);"
SILENT = "fetch('/never');"


def add_hostile_page(site: Site, *scripts: str) -> None:
    site.page("/news/", f"{EMPTY_LIST}<script>{THREE_RELEASES}{''.join(scripts)}</script>")
    site.answers.append(answer)


def answer(asked: Asked) -> Answer | None:
    if asked.path == "/never":
        time.sleep(20)
    if asked.path.startswith("/api/news"):
        return Answer(json.dumps({"news": [headline(1)]}).encode(), headers=JSON_HEADERS)
    return None
