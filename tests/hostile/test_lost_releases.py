"""A newsroom that had releases is broken when all that it lists now lead to nothing, in whatever way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers import Answer, Site, crawl, headline, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KNOWN = range(20, 26)
LIMITS = ("-s", "DOWNLOAD_MAXSIZE=1000000", "-s", "REDIRECT_MAX_TIMES=2")


def test_known_newsroom_whose_new_releases_all_lead_to_nothing_is_broken(site: Site, tmp_path: Path) -> None:
    with serving(Site(), "127.0.0.2") as other:
        other.listing("/news/", range(1, 16))
        kinds: dict[str, Callable[[str], Answer]] = {
            "lead elsewhere)": lambda path: Answer(b"", 302, {"Location": f"{other.url}{path}"}),
            "lead elsewhere) ": lambda _: Answer(b"{}", headers={"Content-Type": "application/json"}),
            "are gone)": lambda _: Answer(b"", 302, {"Location": "/news/"}),
            "failed)": lambda path: Answer(b"", 302, {"Location": f"{path}?again"}) if "?" not in path else Answer(b""),
            "failed) ": lambda _: Answer(b"<p>" + b"x" * 2_000_000),
        }
        arguments = ("newsroom", "-a", f"url={site.url}/news/", *LIMITS)
        site.listing("/news/", KNOWN)
        assert len(crawl(tmp_path, *arguments).lines) == len(KNOWN)
        for at, (said, answer) in enumerate(kinds.items()):
            new = range(3 * at + 1, 3 * at + 4)
            items = "".join(f"<li><a href='{site.release(n)}'>{headline(n)}</a></li>" for n in (*new, *KNOWN))
            site.page("/news/", f"<h1>News</h1><ul>{items}</ul>", "News")
            for number in new:
                path = site.release(number)
                site.pages[path] = answer(path)
                site.pages[f"{path}?again"] = Answer(b"", 302, {"Location": path})
            run = crawl(tmp_path, *arguments, CORPNEWS_ALLOW_HOSTS="127.0.0.2")
            assert (run.code, run.verdict["verdict"]) == (5, "broken"), run.log
            assert f"no release on any of 3 pages (3 {said.strip()}" in run.last_line
    assert {line["headline"] for line in run.lines} == set(map(headline, KNOWN))


def test_page_of_a_list_that_leads_to_another_site_is_lost(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6), further="/news/page/2/")
    site.pages["/news/page/2/"] = Answer(b"", 302, {"Location": "http://www.other.example/"})
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert f"degraded: 1 listing page was lost: {site.url}/news/page/2/ (redirected to another site)" in run.last_line
