"""Crawls of whole company sites: newsrooms spread over hosts, in two languages, or with several URLs per release."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers import SENTENCES, Answer, Site, crawl, headline

if TYPE_CHECKING:
    from pathlib import Path

HOST = "http://www.example.com"
NUMBERS = range(1, 9)
GERMAN = (
    "Das Unternehmen teilte am Montag mit, dass Werk Nummer {number} vom nächsten Frühjahr an {number} Turbinen bauen wird.",
    "Die Arbeiten auf dem Gelände {number} beginnen im Herbst, und die ersten Ingenieure sind schon in die Stadt gezogen.",
)


def put(site: Site, path: str, main: str, title: str, *, language: str = "en", switcher: str = "") -> None:
    """Add a page by its absolute URL: the crawl reaches the site as a proxy."""
    menu = '<ul><li><a href="/products/">Products</a></li><li><a href="/about/">About us</a></li></ul>'
    html = f"""<!doctype html><html lang="{language}"><head><title>{title}</title></head><body><div>{menu}{switcher}</div>
    <div class="content">{main}</div><div class="foot"><p>Acme builds turbines for all who need some.</p></div></body></html>"""
    site.pages[path if path.startswith("http") else f"{HOST}{path}"] = Answer(html.encode())


def prose(number: int, sentences: tuple[str, ...] = SENTENCES) -> str:
    return "".join(f"<p>{sentence.format(number=number, day='Monday')}</p>" for sentence in sentences)


def release(number: int, text: str = "", title: str = "") -> str:
    return f"<h1>{title or headline(number)}</h1><p class='date'>2024-05-{number:02}</p>{text or prose(number)}"


def items(links: dict[str, str]) -> str:
    lines = (
        f"<li><a href='{url}'>{title}</a> <span>2024-05-{at:02}</span></li>" for at, (url, title) in enumerate(links.items(), 1)
    )
    return f"<h1>News</h1><ul>{''.join(lines)}</ul>"


def german(number: int) -> str:
    return f"Acme eröffnet das Turbinenwerk Nummer {number}"


@pytest.fixture
def two_languages(site: Site) -> Site:
    """Each release in English and German; a switcher of two letters, and nothing declared."""
    for prefix, language in (("/en", "en"), ("/de", "de")):
        title = headline if language == "en" else german
        for path in ("", *(f"plant-number-{number}/" for number in NUMBERS)):
            switcher = f"<p><a href='/en/news/{path}'>EN</a> | <a href='/de/news/{path}'>DE</a></p>"
            number = int(path.strip("/").rpartition("-")[2]) if path else 0
            text = prose(number, GERMAN if language == "de" else SENTENCES)
            links = {f"{prefix}/news/plant-number-{each}/": title(each) for each in NUMBERS}
            main = release(number, text, title(number)) if path else items(links)
            put(site, f"{prefix}/news/{path}", main, "Acme", language=language, switcher=switcher)
    return site


def test_newsroom_on_its_own_host_lists_releases_of_the_main_host(site: Site, tmp_path: Path) -> None:
    for number in NUMBERS:
        put(site, f"/press/plant-number-{number}/", release(number), headline(number))
    listing = items({f"{HOST}/press/plant-number-{number}/": headline(number) for number in NUMBERS})
    put(site, "http://newsroom.example.com/", listing, "Newsroom")
    run = crawl(tmp_path, "newsroom", "-a", "url=http://newsroom.example.com/", proxy=site.url)
    assert run.code == 0, run.log
    assert sorted(line["headline"] for line in run.lines) == sorted(map(headline, NUMBERS))


def test_editions_are_crawled_and_linked_to_each_other(two_languages: Site, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", f"url={HOST}/en/news/", proxy=two_languages.url)
    lines = {line["url"]: line for line in run.lines}
    assert len(lines) == 2 * len(NUMBERS)
    for url, line in lines.items():
        (other,) = line["translations"]
        assert lines[other["url"]]["language"] == other["language"] != line["language"]
        assert other["url"].rpartition("/news/")[2] == url.rpartition("/news/")[2]


def test_languages_that_urls_do_not_name_are_detected_in_the_text(site: Site, tmp_path: Path) -> None:
    for number in NUMBERS:
        put(site, f"/news/{number}00.html", release(number), headline(number))
        put(site, f"/news/{number}01.html", release(number, prose(number, GERMAN), german(number)), german(number))
    pairs = ({f"/news/{number}00.html": headline(number), f"/news/{number}01.html": german(number)} for number in NUMBERS)
    put(site, "/news/", items({url: title for pair in pairs for url, title in pair.items()}), "News")
    run = crawl(tmp_path, "newsroom", "-a", f"url={HOST}/news/", "-a", "languages=de", proxy=site.url)
    assert sorted(line["headline"] for line in run.lines) == sorted(map(german, NUMBERS))
    assert {line["language"] for line in run.lines} == {"de"}


def test_release_with_different_urls_in_feed_and_listing_is_fetched_and_written_once(site: Site, tmp_path: Path) -> None:
    entries = ""
    for number in NUMBERS:
        path = f"/news/plant-number-{number}"
        for variant in (f"{path}/?utm_source=list", f"{path}?source=rss"):
            put(site, variant, release(number), headline(number))
        entries += f"<item><title>{headline(number)}</title><link>{HOST}{path}?source=rss</link></item>"
    site.pages[f"{HOST}/feed/"] = Answer(f"<rss version='2.0'><channel>{entries}</channel></rss>".encode(), headers={})
    listing = items({f"/news/plant-number-{number}/?utm_source=list": headline(number) for number in NUMBERS})
    put(site, "/news/", f"{listing}<p><a href='/feed/'>RSS</a></p>", "News")
    run = crawl(tmp_path, "newsroom", "-a", f"url={HOST}/news/", proxy=site.url)
    assert sorted(line["headline"] for line in run.lines) == sorted(map(headline, NUMBERS))
    assert sum("plant-number" in path for path in site.asked) == len(NUMBERS)
