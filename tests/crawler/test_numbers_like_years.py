"""Releases whose addresses are numbers, of which many look like years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers import SENTENCES, Site, crawl, headline, serving

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = range(1, 2101)
PER_PAGE = 100


def build_site() -> Site:
    """Build a newsroom of 2,100 releases at /news/1 … /news/2100, the newest first on its pages."""
    site = Site()
    for number in NUMBERS:
        text = "".join(f"<p>{sentence.format(number=number, day='Monday')}</p>" for sentence in SENTENCES)
        time = f"<time datetime='{day(number)}'>{day(number)}</time>"
        site.page(f"/news/{number}", f"<article><h1>{headline(number)}</h1>{time}{text}</article>", headline(number))
    pages = [NUMBERS[::-1][at : at + PER_PAGE] for at in range(0, len(NUMBERS), PER_PAGE)]
    for at, numbers in enumerate(pages):
        items = "".join(f"<li><time>{day(each)}</time> <a href='/news/{each}'>{headline(each)}</a></li>" for each in numbers)
        older = (
            f"<nav class='pagination'><a rel='next' href='/news/?page={at + 2}'>Older</a></nav>" if at + 1 < len(pages) else ""
        )
        site.page(f"/news/?page={at + 1}" if at else "/news/", f"<h1>News</h1><ul>{items}</ul>{older}", "News")
    return site


def day(number: int) -> str:
    """Return a day that is the later the higher the number is."""
    return f"{2018 + number // 336}-{1 + number % 336 // 28:02}-{1 + number % 28:02}"


def test_two_thousand_releases_with_numbers_like_years_come_out(tmp_path: Path) -> None:
    with serving(build_site()) as site:
        run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16")
        found = {line["url"] for line in run.lines}
    assert found == {f"{site.url}/news/{number}" for number in NUMBERS}, run.log[-2000:]
