"""The real `scrapy probe` against newsrooms on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers import QUICK, ROOT, Answer, Run, Site, crawl, headline, scrapy

if TYPE_CHECKING:
    from pathlib import Path


def probe(folder: Path, *arguments: str) -> Run:
    return scrapy(folder, "probe", *arguments, "-s", "AUTOTHROTTLE_ENABLED=0")


def newsroom_path(number: int) -> str:
    return f"/news/acme-opens-its-turbine-plant-number-{number}/"


@pytest.fixture
def newsroom(site: Site) -> Site:
    """Twelve releases in two listing pages, a feed of the newest three, a sitemap of all."""
    site.listing("/news/", range(1, 8), further="/news/page/2/")
    site.listing("/news/page/2/", range(8, 13))
    entries = "".join(f"<url><loc>{site.url}{site.release(number)}</loc></url>" for number in range(1, 13))
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    site.pages["/sitemap.xml"] = Answer(sitemap.encode(), headers={"Content-Type": "application/xml"})
    site.page("/", "<h1>Turbines</h1><p>For everybody.</p><p><a href='/shop/'>Shop</a></p>")
    return site


def test_sources_sample_and_spider_file_are_printed(newsroom: Site, tmp_path: Path) -> None:
    run = probe(tmp_path, f"{newsroom.url}/news/")
    assert run.code == 0, run.log
    rows = {
        cells[1].strip(): [cell.strip() for cell in cells[2:]]
        for cells in (line.split("│") for line in run.log.splitlines())
        if len(cells) > 5
    }
    assert rows["start page"][:3] == ["1", "7", "7"]
    assert rows["listing"][:3] == ["1", "5", "5"]
    assert rows["sitemap"][1:3] == ["12", "0"]
    assert sum(headline(number) in run.log for number in range(1, 13)) == 5
    assert f'start_urls = ["{newsroom.url}/news/"]' in run.log
    assert 'languages = ("en",)' in run.log


def test_only_the_sample_is_fetched_and_nothing_is_written(newsroom: Site, tmp_path: Path) -> None:
    run = probe(tmp_path, f"{newsroom.url}/news/")
    assert sum("turbine-plant" in path for path in newsroom.asked) == 5
    assert run.files == []


def test_releases_that_cannot_be_fetched_are_replaced_in_the_sample(newsroom: Site, tmp_path: Path) -> None:
    for number in (1, 2, 4):
        del newsroom.pages[newsroom_path(number)]
    run = probe(tmp_path, f"{newsroom.url}/news/")
    assert "A sample of 5 releases" in run.log
    assert sum("turbine-plant" in path for path in newsroom.asked) == 8


def test_spider_file_has_the_company_and_languages_of_the_pages(newsroom: Site, tmp_path: Path) -> None:
    said = b"<head><meta property='og:site_name' content='Acme \"Turbines\" &amp; S\xc3\xb6hne'>"
    for path, page in newsroom.pages.items():
        switcher = f"<header><a href='/de{path}'>Deutsch</a>".encode()
        body = page.body.replace(b"<head>", said).replace(b"<header>", switcher)
        newsroom.pages[path] = Answer(body, headers=page.headers)
    run = probe(tmp_path, f"{newsroom.url}/news/")
    assert r'company = "Acme \"Turbines\" & Söhne"' in run.log
    assert 'languages = ("en", "de")' in run.log


def test_home_page_leads_to_the_newsroom(newsroom: Site, tmp_path: Path) -> None:
    run = probe(tmp_path, newsroom.url)
    assert run.code == 0, run.log
    assert f"Newsroom  {newsroom.url}/news/" in run.log


def test_site_without_a_newsroom_is_reported_with_exit_status_1(site: Site, tmp_path: Path) -> None:
    site.page("/", "<h1>Turbines</h1><p>For everybody.</p>")
    run = probe(tmp_path, f"{site.url}/")
    assert run.code == 1
    assert "no articles found. Tried" in run.last_line
    assert "Traceback" not in run.log


@pytest.mark.parametrize(
    ("arguments", "message"), [((), "name one URL"), (("newsroom",), "'newsroom' is not the URL of a web page")]
)
def test_bad_argument_is_named_in_the_error(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "probe", *arguments)
    assert run.code == 2
    assert message in run.last_line


def test_map_shows_listings_with_their_releases_and_what_was_left_out(newsroom: Site, tmp_path: Path) -> None:
    page = newsroom.pages["/news/"]
    further = "<p>1–7 of 40 results</p><p><a href='/news/archive/'>All press releases</a></p>"
    newsroom.pages["/news/"] = Answer(page.body.replace(b"</ul>", f"</ul>{further}".encode()), headers=page.headers)
    newsroom.listing("/news/archive/", range(13, 16), further="/news/archive/page/2/")
    newsroom.pages["/news/archive/page/2/"] = Answer(b"down", 500)
    run = probe(tmp_path, f"{newsroom.url}/news/", "-s", "RETRY_ENABLED=0")
    assert run.code == 0, run.log
    said = " ".join(run.log.split())
    assert "Its listings" in said
    assert "/news/archive/" in said
    assert "1–7 of 40 results" in said
    assert "Left out" in said
    assert "HTTP 500" in said


def test_spider_file_is_written_under_a_free_name(newsroom: Site, tmp_path: Path) -> None:
    spiders = tmp_path / "ours"
    spiders.mkdir()
    (spiders / "__init__.py").touch()
    (tmp_path / "our_settings.py").write_text(
        "from corpnews.settings import *\nSPIDER_MODULES = ['ours']\nNEWSPIDER_MODULE = 'ours'\n"
    )
    variables = {"SCRAPY_SETTINGS_MODULE": "our_settings", "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    run = scrapy(tmp_path, "probe", f"{newsroom.url}/news/", "--write", "acme", *QUICK, **variables)
    assert run.code == 0, run.log
    assert 'name = "acme"' in (spiders / "acme.py").read_text()
    assert crawl(tmp_path, "acme", **variables).lines
    taken = scrapy(tmp_path, "probe", f"{newsroom.url}/news/", "--write", "acme", **variables)
    assert taken.code == 2
    assert "there is a newsroom 'acme' already" in taken.last_line
