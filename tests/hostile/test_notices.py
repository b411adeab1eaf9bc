"""Below a release's headline may stand, in the place of its text, a notice or the question who the visitor is."""

from __future__ import annotations

import tomllib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers import Answer, Site, crawl, headline
from tests.hostile.test_walls import GOOD, list_links

if TYPE_CHECKING:
    from tests.helpers import Run

TEXTS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("notices.toml").read_text(encoding="utf-8"))
SIGN_ON = (
    "<html><body onload='document.forms[0].submit()'><form action='https://sso.example/' method='post'>"
    "<input type='hidden' name='SAMLRequest' value='PHNhbWw+'></form></body></html>"
)
SERVER_PAGE = "<html><head><title>IIS Windows Server</title></head><body><img src='iis.png'></body></html>"
BANNER = (
    "<div class='banner'><p>We use cookies. By continuing you agree to our terms, and you confirm that you have read them.</p>"
    "<button>I agree</button><button>Reject all</button></div>"
)


def run_with(site: Site, folder: Path, mains: dict[str, str]) -> Run:
    """Crawl a newsroom of good releases and of pages with these contents, by the title of the link to them."""
    links = {title: f"/news/{number}-of-the-others/" for number, title in enumerate(mains)}
    list_links(site, links)
    for title, path in links.items():
        site.page(path, mains[title], title)
    return crawl(folder, "newsroom", "-a", f"url={site.url}/news/")


@pytest.mark.parametrize("frame", ["<h1>{}</h1><time>2024-05-20</time>", "<h1>{}</h1>"])
def test_notice_below_a_headline_is_no_release(frame: str, site: Site, tmp_path: Path) -> None:
    mains = {}
    for number, notice in enumerate(TEXTS["notices"]):
        text, button = notice.split(" # ")
        title = f"Borealis and Acme build turbine number {number} in Tromso"
        mains[title] = f"<article>{frame.format(title)}<div><p>{escape(text)}</p><a href='/x/'>{button}</a></div></article>"
    done = run_with(site, tmp_path, mains)
    assert sorted(line["headline"] for line in done.lines) == sorted(map(headline, GOOD))
    assert (done.code, sum(done.verdict["obstacles"].values())) == (3, len(TEXTS["notices"]))


@pytest.mark.parametrize("text", ["{{ release.text }}", "undefined", "Halló! Þessi síða er lokuð í dag."])
def test_page_whose_data_only_have_the_title_is_no_release(text: str, site: Site, tmp_path: Path) -> None:
    title = "Borealis and Acme agree on joint works"
    list_links(site, {title: "/news/agree/"})
    head = f"<title>{title}</title><meta property='og:title' content='{title}'><meta property='og:type' content='article'>"
    dated = "<meta property='article:published_time' content='2024-05-20T08:00:00Z'>"
    site.pages["/news/agree/"] = Answer(
        f"<html><head>{head}{dated}</head><body><h1>Halló</h1><p>{text}</p></body></html>".encode()
    )
    done = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert sorted(line["headline"] for line in done.lines) == sorted(map(headline, GOOD))
    assert (done.code, done.verdict["verdict"]) == (3, "degraded")


def test_releases_that_share_their_only_sentence_come_out(site: Site, tmp_path: Path) -> None:
    titles = [f"Borealis and Acme build {what} in Tromso" for what in ("a turbine", "two pumps", "the new works", "a school")]
    text = "<p>The order covers several years and includes maintenance, training and spare parts.</p>"
    mains = {title: f"<article><h1>{title}</h1><time>2024-05-20</time>{text}</article>" for title in titles}
    done = run_with(site, tmp_path, mains)
    assert set(titles) <= {line["headline"] for line in done.lines}
    assert (done.code, done.verdict["verdict"]) == (0, "ok")


def test_picture_whose_headline_is_in_the_data_only_is_a_release(site: Site, tmp_path: Path) -> None:
    title = "Borealis and Acme agree on joint works"
    list_links(site, {title: "/news/agree/"})
    picture = "<time>2024-05-20</time><img src='/agreement.jpg' width=900 height=1200><p>Our photographer was on the spot.</p>"
    site.pages["/news/agree/"] = Answer(f"<title>{title}</title><article>{picture}</article>".encode())
    done = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert title in {line["headline"] for line in done.lines}


@pytest.mark.parametrize("above", ["<h1>{}</h1><time>2024-05-20</time>", ""])
def test_page_that_asks_visitors_who_they_are_is_no_release(above: str, site: Site, tmp_path: Path) -> None:
    mains = {}
    for number, gate in enumerate(TEXTS["gates"]):
        heading, text, button = gate.split(" # ")
        title = f"Borealis and Acme build turbine number {number} in Tromso"
        mains[title] = f"{above.format(title)}<h2>{heading}</h2><p>{text}</p><button>{button}</button>"
    done = run_with(site, tmp_path, mains)
    assert sorted(line["headline"] for line in done.lines) == sorted(map(headline, GOOD))
    assert (done.code, sum(done.verdict["obstacles"].values())) == (3, len(TEXTS["gates"]))
    assert done.verdict["obstacles"]["visitor_gate"] >= len(TEXTS["gates"]) - 1


def test_releases_that_speak_like_notices_come_out(site: Site, tmp_path: Path) -> None:
    mains = {}
    for release in TEXTS["releases"]:
        title, text = release.split(" # ")
        mains[title] = f"<article><h1>{title}</h1><time>2024-05-20</time><p>{text}</p></article>{BANNER}"
    done = run_with(site, tmp_path, mains)
    assert mains.keys() - {line["headline"] for line in done.lines} == set()
    assert (done.code, done.verdict["verdict"]) == (0, "ok")


@pytest.mark.parametrize(("page", "sort"), [(SIGN_ON, "single_sign_on"), (SERVER_PAGE, "server_default")])
def test_page_without_text_may_be_a_wall(page: str, sort: str, site: Site, tmp_path: Path) -> None:
    list_links(site, {"Borealis and Acme agree on joint works": "/news/agree/"})
    site.pages["/news/agree/"] = Answer(page.encode())
    done = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert (done.code, done.verdict["obstacles"]) == (3, {sort: 1})


def test_release_in_another_language_than_the_link_to_it_comes_out(site: Site, tmp_path: Path) -> None:
    title = "Borealis baut Turbinen für Tromsø"
    text = (
        f"<p>{title} und verkauft Anteile nur an professionelle Anleger. Borealis teilte mit, dass die Turbinen für Tromsø im "
        "Mai fertig werden und der Hafen sie im Herbst verschifft.</p><p>Die folgenden Informationen richten sich nicht an "
        "US-Personen mit Wohnsitz in den Vereinigten Staaten.</p>"
    )
    main = f"<article><h1>{title}</h1><time>2024-05-20</time>{text}</article>{BANNER}"
    done = run_with(site, tmp_path, {"New wind power plant agreed with the northern harbour": main})
    assert title in {line["headline"] for line in done.lines}
