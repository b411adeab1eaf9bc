"""A newsroom by InvestorRoom: five releases a page by default, and quick links that look like releases."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.platforms.look_alike import RELEASES, LookAlike, build_page, find_detail_page

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked
    from tests.platforms.look_alike import LookAlikeRelease

LISTING = "/news-releases"
HEAD = '<link rel="stylesheet" href="https://filecache.mediaroom.example/mr5mr_acme/style.css">'
QUICK = """<div class="wd_quick_links"><h3>Quick links</h3><ul><li><a href="/annual-report-of-the-company">The annual report
of the company</a></li><li><a href="/governance-of-acme-turbines">How Acme Turbines is governed</a></li></ul></div>"""


def path_of(release: LookAlikeRelease) -> str:
    return f"/{release.day}-{release.slug}"


def item(release: LookAlikeRelease) -> str:
    return f"""<li class="wd_item"><div class="wd_item_wrapper"><div class="wd_date">{release.day:%b %d, %Y}</div>
      <div class="wd_title"><a href="{path_of(release)}#assets_20295_{release.number}">{escape(release.headline)}</a></div>
      <div class="wd_summary"><p>{release.paragraphs[0]}</p></div></div></li>"""


def listing(asked: Asked, longest: int) -> Answer:
    query = {name: values[-1] for name, values in parse_qs(urlsplit(asked.path).query).items()}
    size, first = min(longest, int(query.get("l", 5))), int(query.get("o", 0))
    items = "".join(map(item, RELEASES[first : first + size]))
    further = (
        f'<a class="wd_next" aria-label="Show next page" href="{LISTING}?l={size}&amp;o={first + size}">Next</a>'
        if first + size < len(RELEASES)
        else ""
    )
    main = f'<h1>News releases</h1><div class="wd_newsfeed_releases"><ul class="wd_item_list">{items}</ul>{further}</div>{QUICK}'
    return build_page(main, "News releases", HEAD)


def detail(release: LookAlikeRelease) -> Answer:
    return build_page(
        f"""<div class="wd_newsfeed_releases-detail"><h1 class="wd_title wd_language_left">{escape(release.headline)}</h1>
        <div class="wd_date">{release.day:%b %d, %Y}</div><div class="wd_body wd_news_body">{release.html}</div></div>{QUICK}""",
        release.headline,
        HEAD,
    )


def answer(asked: Asked, longest: int) -> Answer | None:
    path = urlsplit(asked.path).path
    if path == LISTING:
        return listing(asked, longest)
    return find_detail_page(path, path_of, detail)


def newsroom(longest: int = 100) -> LookAlike:
    """A newsroom by InvestorRoom with at most `longest` releases a page."""
    return LookAlike("investorroom", LISTING, path_of, partial(answer, longest=longest))
