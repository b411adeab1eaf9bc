"""A newsroom by Investis: a list for each year, with "load more" within a year."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.platforms.look_alike import RELEASES, LookAlike, build_page, find_detail_page, get_page_items

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked
    from tests.platforms.look_alike import LookAlikeRelease

LISTING = "/news-releases"
SIZE = 10
YEARS = (2025, 2024, 2023, 2022, 2021)  # the first year has no releases yet
MAKER = '<div class="credit">Delivered by <a href="https://www.investis.example">Investis</a></div>'


def path_of(release: LookAlikeRelease) -> str:
    return f"{LISTING}/{release.day.year}/{release.day:%m-%d-%Y}-{10_000_000 + release.number}"


def item(release: LookAlikeRelease) -> str:
    return f"""<li class="news"><span class="day">{release.day:%d %B %Y}</span>
      <h3><a href="{path_of(release)}">{escape(release.headline)}</a></h3></li>"""


def listing(year: int, page: int) -> Answer:
    of_year = [release for release in RELEASES if release.day.year == year]
    shown = get_page_items(of_year, page - 1, SIZE)
    years = "".join(f'<option value="{LISTING}/{each}">{each}</option>' for each in YEARS)
    more = f'<a class="button" href="{LISTING}/{year}?page={page + 1}">Load more</a>' if page * SIZE < len(of_year) else ""
    items = f"<ul>{''.join(map(item, shown))}</ul>" if shown else "<p>Information will appear here in due course.</p>"
    return build_page(f"<h1>News releases</h1><select>{years}</select>{items}{more}{MAKER}", "News releases")


def detail(release: LookAlikeRelease) -> Answer:
    return build_page(
        f"<h1>{escape(release.headline)}</h1><p class='day'>{release.day:%d %B %Y}</p>{release.html}{MAKER}", release.headline
    )


def answer(asked: Asked) -> Answer | None:
    parts = urlsplit(asked.path)
    steps = parts.path.removeprefix(LISTING).strip("/").split("/")
    if parts.path.startswith(LISTING) and len(steps) == 1 and (not steps[0] or steps[0].isdigit()):
        return listing(int(steps[0] or 2024), int(parse_qs(parts.query).get("page", ["1"])[-1]))
    return find_detail_page(parts.path, path_of, detail)


def newsroom() -> LookAlike:
    return LookAlike("listing", LISTING, path_of, answer)
