"""Walls of 40 kinds in ten languages give no line, are counted by their sort, and no run that met one is `ok`."""

from __future__ import annotations

import tomllib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.helpers import Answer, Site, crawl, headline
from tests.hostile.wall_pages import LANGUAGES, WALLS, build_wall

if TYPE_CHECKING:
    from tests.helpers import Run

KINDS = tuple(WALLS)
GOOD = range(1, 6)
RELEASES: list[str] = tomllib.loads(Path(__file__).with_name("about_walls.toml").read_text(encoding="utf-8"))["releases"]


def list_links(site: Site, links: dict[str, str]) -> None:
    """A listing of the good releases and of these links, by title."""
    items = [f"<li><time>2024-05-20</time> <a href='{path}'>{escape(title)}</a></li>" for title, path in links.items()]
    items += [f"<li><time>2024-05-{28 - n:02}</time> <a href='{site.release(n)}'>{headline(n)}</a></li>" for n in GOOD]
    site.page("/news/", f"<h1>News</h1><ul>{''.join(items)}</ul>", "News")


def run(site: Site, folder: Path) -> Run:
    return crawl(folder, "newsroom", "-a", f"url={site.url}/news/")


def build_links(kinds: tuple[str, ...]) -> dict[str, str]:
    """The title and path of a release for each kind."""
    return {
        f"Borealis and Acme agree on joint works number {n}": f"/news/borealis-and-acme-agree-{n}/" for n in range(len(kinds))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_wall_of_each_kind_gives_no_line_beside_good_releases(language: str, site: Site, tmp_path: Path) -> None:
    links = build_links(KINDS)
    list_links(site, links)
    for kind, path in zip(KINDS, links.values(), strict=True):
        site.pages[path] = Answer(build_wall(kind, language).encode())
    done = run(site, tmp_path)
    assert sorted(line["headline"] for line in done.lines) == sorted(map(headline, GOOD))
    assert (done.code, done.verdict["verdict"]) == (3, "degraded")
    assert sum(done.verdict["obstacles"].values()) >= len(KINDS) - 4
    assert len(done.verdict["obstacles"]) >= 10
    assert "releases were not to be seen: " in done.last_line


@pytest.mark.parametrize("query", ["?next={}", ""])
def test_wall_to_which_a_release_redirects_gives_no_line(query: str, site: Site, tmp_path: Path) -> None:
    links = build_links(KINDS)
    list_links(site, links)
    for number, (kind, path) in enumerate(zip(KINDS, links.values(), strict=True)):
        language = LANGUAGES[(number + len(query)) % len(LANGUAGES)]
        gate = f"/gate/{kind}{query.format(quote(path, safe=''))}"
        site.pages[path] = Answer(b"", 302, {"Location": gate})
        site.pages[gate] = Answer(build_wall(kind, language).encode())
    done = run(site, tmp_path)
    assert sorted(line["headline"] for line in done.lines) == sorted(map(headline, GOOD))
    assert (done.code, done.verdict["verdict"]) == (3, "degraded")


def test_single_wall_is_enough_for_a_run_to_be_degraded(site: Site, tmp_path: Path) -> None:
    list_links(site, {"Borealis and Acme agree on joint works": "/news/borealis-and-acme-agree/"})
    site.pages["/news/borealis-and-acme-agree/"] = Answer(build_wall("consent", "fr").encode())
    done = run(site, tmp_path)
    assert (done.code, done.verdict["obstacles"]) == (3, {"consent": 1})
    assert "degraded: 1 release was not to be seen: a consent page (1). 5 articles" in done.last_line


def test_release_that_a_site_of_another_company_is_to_lead_back_to_is_behind_a_sign_on(site: Site, tmp_path: Path) -> None:
    path = "/news/borealis-and-acme-agree/"
    list_links(site, {"Borealis and Acme agree on joint works": path})
    site.pages[path] = Answer(b"", 302, {"Location": f"https://login.sso.example/authorize?redirect_uri={quote(path, safe='')}"})
    done = run(site, tmp_path)
    assert (done.code, done.verdict["obstacles"]) == (3, {"single_sign_on": 1})


@pytest.mark.parametrize(("number", "kind"), list(enumerate(KINDS)))
def test_newsroom_of_which_each_release_is_walled_has_failed(number: int, kind: str, site: Site, tmp_path: Path) -> None:
    page = Answer(build_wall(kind, LANGUAGES[number % len(LANGUAGES)]).encode())
    site.listing("/news/", range(1, 5))
    for release in range(1, 5):
        site.pages[site.release(release)] = page
    done = run(site, tmp_path)
    assert done.code in (1, 4)
    assert done.files == []


def test_releases_about_cookies_sign_on_robots_and_outages_come_out(site: Site, tmp_path: Path) -> None:
    links = {}
    for number, release in enumerate(RELEASES):
        title, texts = release.split(" # ")
        text = "".join(f"<p>{each}</p>" for each in texts.split(" | "))
        site.page(f"/news/{number}/", f"<article><h1>{title}</h1><time>2024-05-20</time>{text}</article>", title)
        links[title] = f"/news/{number}/"
    list_links(site, links)
    done = run(site, tmp_path)
    assert links.keys() - {line["headline"] for line in done.lines} == set()
    assert (done.code, done.verdict["verdict"]) == (0, "ok")
