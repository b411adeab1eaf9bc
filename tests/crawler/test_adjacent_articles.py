"""What only the pages of releases lead to, in real crawls of a newsroom on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers import Answer, Run, Site, crawl, headline

if TYPE_CHECKING:
    from pathlib import Path


def headlines(run: Run) -> list[str]:
    return sorted(line["headline"] for line in run.lines)


def chain(site: Site, numbers: range) -> None:
    """Have the page of each release link to the releases before and after it."""
    paths = {number: site.release(number) for number in numbers}
    for number, path in paths.items():
        links = "".join(
            f"<a href='{paths[at]}'>{arrow}</a>" for at, arrow in ((number - 1, "→"), (number + 1, "←")) if at in paths
        )
        page = site.pages[path]
        site.pages[path] = Answer(page.body.replace(b"</article>", f"</article><div>{links}</div>".encode()))


def test_releases_that_only_the_pages_of_other_releases_lead_to_are_found(site: Site, tmp_path: Path) -> None:
    """The start page lists the newest ones, and has no link to the others."""
    site.listing("/news/", range(1, 8))
    chain(site, range(1, 13))
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert headlines(run) == sorted(headline(number) for number in range(1, 13))
    assert {line["source"]["via"] for line in run.lines} == {"listing", "article"}


def test_links_between_articles_are_not_followed_out_of_the_newsroom(site: Site, tmp_path: Path) -> None:
    """The list is that of one section; the posts of the blog stand between its releases."""
    items = "".join(f"<li><a href='{site.release(number)}'>{headline(number)}</a></li>" for number in range(1, 15, 2))
    chain(site, range(1, 15))
    site.page("/news/", f"<h1>News</h1><ul>{items}</ul>", "News")
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert headlines(run) == sorted(headline(number) for number in range(1, 15, 2))


def test_the_newsroom_is_found_where_the_home_page_lists_releases_and_only_their_pages_link_to_it(
    site: Site, tmp_path: Path
) -> None:
    site.listing("/news/", range(1, 13))
    site.listing("/", range(7, 13))
    site.pages["/"] = Answer(site.pages["/"].body.replace(b'<a href="/news/">News</a>', b""))
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/")
    assert headlines(run) == sorted(headline(number) for number in range(1, 13))
