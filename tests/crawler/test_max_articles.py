"""A run that is limited to a number of articles gives the newest ones, reads few others and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers import QUICK, Run, Site, crawl, headline

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("arguments", [(), ("-a", "sources=listing")], ids=["all sources", "the listing alone"])
@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_limited_run_ends(limit: int, arguments: tuple[str, ...], site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 4))
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-a", f"max_articles={limit}", *arguments)
    assert run.code == 0
    assert len(run.lines) == min(limit, 3)


def run(site: Site, folder: Path, limit: int) -> Run:
    return crawl(folder, "newsroom", "-a", f"url={site.url}/news/", "-a", f"max_articles={limit}", *QUICK)


def list_undated(site: Site, numbers: list[int]) -> None:
    """A list without dates; release 1 is the newest."""
    items = "".join(f"<li><a href='{site.release(number)}'>{headline(number)}</a></li>" for number in numbers)
    site.page("/news/", f"<h1>News</h1><ul>{items}</ul>", "News")


def count_details(site: Site) -> int:
    return sum("turbine-plant" in path for path in site.asked)


@pytest.mark.parametrize("limit", [1, 3])
@pytest.mark.parametrize(
    ("numbers", "most"),
    [(range(1, 21), 3), (range(20, 0, -1), 4), ([5, 2, 9, 1, 7, 3, 8, 4, 6, 10], 10)],
    ids=["newest first", "oldest first", "unsorted"],
)
def test_newest_come_out_of_a_list_without_dates(numbers: list[int], most: int, limit: int, site: Site, tmp_path: Path) -> None:
    list_undated(site, list(numbers))
    done = run(site, tmp_path, limit)
    assert done.code == 0, done.log
    assert sorted(line["headline"] for line in done.lines) == [headline(number) for number in range(1, limit + 1)]
    assert count_details(site) <= max(most, limit + most)


def test_dated_lists_are_read_no_further_than_needed(site: Site, tmp_path: Path) -> None:
    for page in range(1, 5):
        path = "/news/" if page == 1 else f"/news/page/{page}/"
        site.listing(path, range(6 * page - 5, 6 * page + 1), f"/news/page/{page + 1}/")
    done = run(site, tmp_path, 8)
    assert sorted(line["headline"] for line in done.lines) == sorted(headline(number) for number in range(1, 9))
    assert count_details(site) == 8
    assert "/news/page/4/" not in site.asked


def test_dated_list_that_begins_with_the_oldest_is_read_from_its_end(site: Site, tmp_path: Path) -> None:
    links = [f"<li><time>2024-05-{28 - n:02}</time> <a href='{site.release(n)}'>{headline(n)}</a></li>" for n in range(1, 13)]
    site.page("/news/", f"<h1>News</h1><ul>{''.join(links[:5:-1])}</ul><a rel='next' href='/news/?page=2'>Next</a>", "News")
    site.page("/news/?page=2", f"<h1>News</h1><ul>{''.join(links[5::-1])}</ul>", "News")
    done = run(site, tmp_path, 3)
    assert sorted(line["headline"] for line in done.lines) == [headline(number) for number in (1, 2, 3)]
    assert count_details(site) == 3


def test_articles_that_fail_are_made_up_for(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 8))
    del site.pages["/news/acme-opens-its-turbine-plant-number-2/"]
    assert sorted(line["headline"] for line in run(site, tmp_path, 3).lines) == [headline(number) for number in (1, 3, 4)]
