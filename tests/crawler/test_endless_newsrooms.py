"""Newsrooms without an end: the run ends within its budget, with all releases, and its last line names the trap."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import pytest

from corpnews.discovery.traps import SessionCopies
from corpnews.extraction.dates.published import parse_stated_date
from corpnews.extraction.listing_entry import ArticleLink
from tests.helpers import Answer, Asked, Run, Site, crawl, headline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BUDGET = 40
RELEASES = 6


def run(site: Site, folder: Path) -> Run:
    return crawl(folder, "newsroom", "-a", f"url={site.url}/news/", "-s", f"CORPNEWS_MAX_SEARCH_REQUESTS={BUDGET}")


def page_of(site: Site, main: str) -> Answer:
    site.page("/made-up", main, "News")
    return site.pages.pop("/made-up")


def write_list(site: Site, query: str = "") -> str:
    links = ((site.release(number), number) for number in range(1, RELEASES + 1))
    items = (f"<li><time>2024-05-{28 - n:02}</time> <a href='{path}{query}'>{headline(n)}</a></li>" for path, n in links)
    return f"<h1>News</h1><ul>{''.join(items)}</ul>"


def add_calendar(site: Site) -> None:
    """Each month lists an event of its own and links to the next month."""

    def answer(asked: Asked) -> Answer | None:
        month = re.fullmatch(r"/news/\?month=(\d+)", asked.path)
        event = re.fullmatch(r"/news/open-day-at-the-turbine-plant-in-month-(\d+)/", asked.path)
        if event:
            return site.pages[site.release(int(event[1]) + 100, "2024-01-01")]
        if not month and asked.path != "/news/":
            return None
        at = int(month[1]) if month else 0
        title = f"Open day at the turbine plant in month {at}"
        events = f"<ul><li><time>2024-01-01</time> <a href='/news/{title.lower().replace(' ', '-')}/'>{title}</a></li></ul>"
        further = f"<nav class='pagination'><a rel='next' href='/news/?month={at + 1}'>Next</a></nav>"
        return page_of(site, f"{write_list(site)}{events}{further}")

    site.answers.append(answer)


def add_sessions(site: Site) -> None:
    """Each page of the list gives its links another session."""

    def answer(asked: Asked) -> Answer | None:
        path = asked.path.partition("?")[0]
        if path != "/news/":
            return site.pages.get(path)
        visit = f"?visit={len(site.asked):08x}"
        further = f"<nav class='pagination'><a rel='next' href='/news/{visit}&amp;page=2'>Next</a></nav>"
        return page_of(site, f"{write_list(site, visit)}{further}")

    site.answers.append(answer)


def add_sessions_in_paths(site: Site) -> None:
    """Each page of the list has another session in the path of its links."""

    def answer(asked: Asked) -> Answer | None:
        path = re.sub(r"^/\(S\(\w+\)\)", "", asked.path.partition("?")[0])
        if path != "/news/":
            return site.pages.get(path)
        session = f"/(S({len(site.asked):08x}))"
        links = write_list(site).replace("href='", f"href='{session}")
        further = f"<nav class='pagination'><a rel='next' href='{session}/news/?page={len(site.asked)}'>Next</a></nav>"
        return page_of(site, f"{links}{further}")

    site.answers.append(answer)


def add_tags(site: Site) -> None:
    """A cloud of ten thousand tags, each of which lists a release."""
    names = ["".join(letters) for letters in product("abcdefghij", repeat=4)]
    cloud = " ".join(f"<a href='/news/tag/{name}/'>{name}</a>" for name in names)

    def answer(asked: Asked) -> Answer | None:
        if asked.path == "/news/":
            return page_of(site, f"{write_list(site)}<div class='tags'>{cloud}</div>")
        return page_of(site, write_list(site)) if asked.path.startswith("/news/tag/") else None

    site.answers.append(answer)


def add_similar_hubs(site: Site) -> None:
    """Each hub leads to three hubs below itself, which show the same."""

    def answer(asked: Asked) -> Answer | None:
        if not re.fullmatch(r"/news/(?:(?:regions|topics|archive)/)*", asked.path):
            return None
        below = "".join(
            f"<section><h2>{name.title()}</h2><a href='{asked.path}{name}/'>View all</a></section>"
            for name in ("regions", "topics", "archive")
        )
        return page_of(site, f"{write_list(site)}{below}")

    site.answers.append(answer)


@pytest.mark.parametrize(
    ("add_trap", "said"),
    [
        (add_calendar, "degraded: the search ran out of requests: {url}/news/?month=* (a calendar without an end, 39 requests)"),
        (add_sessions, f"{RELEASES} articles from"),
        (add_sessions_in_paths, f"{RELEASES} articles from"),
        (add_tags, "similar links: {url}/news/tag/** (9989 links not followed, 10 like them listed nothing new)"),
        (add_similar_hubs, "pages that list what another page lists)"),
    ],
)
def test_run_ends_within_its_budget_with_all_releases_and_names_the_trap(
    add_trap: Callable[[Site], None], said: str, site: Site, tmp_path: Path
) -> None:
    add_trap(site)
    done = run(site, tmp_path)
    assert len([path for path in site.asked if "turbine-plant" not in path]) <= BUDGET + 10
    assert {headline(number) for number in range(1, RELEASES + 1)} <= {line["headline"] for line in done.lines}
    assert said.format(url=site.url) in done.last_line


def test_pages_that_differ_in_a_session_alone_are_named(site: Site, tmp_path: Path) -> None:
    add_sessions(site)
    assert "lists known articles under URLs with other queries, such as session ids" in run(site, tmp_path).log


@pytest.mark.parametrize("shape", ["{path};v={session}/", "/s-{session}{path}/", "{path}/{session}/"])
def test_copies_under_another_session_are_known_wherever_it_stands_in_the_path(shape: str) -> None:
    def list_links(session: str) -> list[ArticleLink]:
        days = ((shape.format(path=f"/news/plant-{n}", session=session), f"2024-05-0{n}") for n in range(1, 5))
        return [ArticleLink(f"https://acme.example{path}", f"Open on {day}", parse_stated_date(day)) for path, day in days]

    copies = SessionCopies()
    assert not copies.contains_all(list_links("4f1a09bc"), "https://acme.example/news/")
    assert copies.contains_all(list_links("77ab31fe"), "https://acme.example/news/")


def test_other_articles_with_the_same_titles_are_no_copies() -> None:
    def list_links(first: int, date: str) -> list[ArticleLink]:
        url = "https://acme.example/news/a{}b{}c{}d4/"
        return [ArticleLink(url.format(first, n, n), f"Results of quarter {n}", parse_stated_date(date)) for n in range(1, 5)]

    for first, second in (("2023-05-01", "2024-05-01"), ("", "")):
        copies = SessionCopies()
        assert not copies.contains_all(list_links(1, first), "https://acme.example/news/")
        assert not copies.contains_all(list_links(2, second), "https://acme.example/news/")
