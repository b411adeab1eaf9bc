"""A newsroom by Equisolve: ten releases a page; past the last page, the first one again."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.helpers import Answer
from tests.platforms.look_alike import RELEASES, LookAlike, build_page, find_detail_page, get_page_items

if TYPE_CHECKING:
    from tests.helpers import Asked
    from tests.platforms.look_alike import LookAlikeRelease

LISTING = "/news-events/press-releases"
HEAD = '<script src="https://assets.equisolve.example/theme.js"></script>'
SIZE = 10


def path_of(release: LookAlikeRelease) -> str:
    return f"{LISTING}/detail/{900 - release.number}/{release.slug}"


def item(release: LookAlikeRelease) -> str:
    return f"""<article class="media"><div class="media-body"><div class="date">
      <time datetime="{release.day} 16:05:00">{release.day:%b %d, %Y}</time></div>
      <h2 class="media-heading"><a href="{path_of(release)}">{escape(release.headline)}</a></h2></div></article>"""


def listing(asked: Asked) -> Answer:
    page = int(parse_qs(urlsplit(asked.path).query).get("page", ["1"])[-1])
    shown = get_page_items(RELEASES, page - 1, SIZE)
    if not shown:
        return Answer(b"", 302, {"Location": LISTING})
    near = range(max(1, page - 2), min(-(-len(RELEASES) // SIZE), page + 2) + 1)
    numbers = "".join(f'<li><a href="{LISTING}?page={each}">{each}</a></li>' for each in near)
    main = f'<h1>Press releases</h1>{"".join(map(item, shown))}<ul class="pagination">{numbers}</ul>'
    return build_page(main, "Press releases", HEAD)


def detail(release: LookAlikeRelease) -> Answer:
    return build_page(
        f"""<article class="full-news-article"><h1 class="article-heading">{escape(release.headline)}</h1>
        <time class="date" datetime="{release.day} 16:05:00">{release.day:%B %d, %Y} 4:05 pm</time>{release.html}</article>""",
        release.headline,
        HEAD,
    )


def answer(asked: Asked) -> Answer | None:
    path = urlsplit(asked.path).path
    if path == LISTING:
        return listing(asked)
    return find_detail_page(path, path_of, detail)


def newsroom() -> LookAlike:
    return LookAlike("listing", LISTING, path_of, answer)
