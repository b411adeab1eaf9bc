"""A newsroom by Notified: ten releases of this year, more through the filter above the list."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from tests.platforms.look_alike import RELEASES, LookAlike, build_page, find_detail_page, get_page_items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.helpers import Answer, Asked
    from tests.platforms.look_alike import LookAlikeRelease

LISTING = "/news-releases"
BLOCK = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"
HEAD = '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">'
YEARS = ("_none", "2024", "2023", "2022", "2021")


def path_of(release: LookAlikeRelease) -> str:
    return f"{LISTING}/news-release-details/{release.slug}"


def row(release: LookAlikeRelease) -> str:
    return f"""<article class="node node--type-nir-news node--view-mode-full">
      <div class="nir-widget--field nir-widget--news--date-time">{release.day:%m/%d/%y} - 3:35 PM EST</div>
      <div class="nir-widget--field nir-widget--news--headline">
        <a href="{path_of(release)}" hreflang="en">{escape(release.headline)}</a></div>
      <div class="nir-widget--field nir-widget--news--read-more"><a href="/static-files/{release.number:032x}">PDF</a></div>
    </article>"""


def filter_form(year: str, size: int, offered: Sequence[str]) -> str:
    years = "".join(
        f'<option value="{each}"{" selected" if each == year else ""}>{each if each != "_none" else "- Any -"}</option>'
        for each in offered
    )
    sizes = "".join(f'<option value="{each}"{" selected" if each == size else ""}>{each}</option>' for each in (10, 25, 50))
    return f"""<form class="nir-widget-form" action="{LISTING}" method="get">
      <select name="{BLOCK}_year[value]">{years}</select><select name="{BLOCK}_items_per_page">{sizes}</select>
      <input type="hidden" name="{BLOCK}_widget_id" value="{BLOCK}"><input type="hidden" name="form_build_id" value="form-Xy_1">
      <input type="hidden" name="form_id" value="widget_form_base"><input type="submit" name="op" value="Filter"></form>"""


def pager(here: int, pages: int, first: int, query: str) -> str:
    link = f"{LISTING}?{query}page="
    numbers = "".join(f'<li><a href="{link}{n + first}">{n + 1}</a></li>' for n in range(pages) if abs(n - here) < 4)
    last = f'<li><a href="{link}{pages - 1 + first}" title="Go to last page"><span>Last »</span></a></li>'
    return f'<nav class="pager"><ul class="pager__items">{numbers}{last}</ul></nav>' if pages > 1 else ""


def listing(asked: Asked, first: int, years: Sequence[str]) -> Answer:
    """The list for the query of its filter; past the end, a row without link."""
    query = {name: values[-1] for name, values in parse_qs(urlsplit(asked.path).query).items()}
    is_filtered = query.get("form_id") == "widget_form_base"
    year = query.get(f"{BLOCK}_year[value]", "2024") if is_filtered else "2024"
    size = int(query.get(f"{BLOCK}_items_per_page", "10")) if is_filtered else 10
    chosen = [release for release in RELEASES if year in ("_none", str(release.day.year))]
    here = int(query.get("page", first)) - first
    shown: Sequence[LookAlikeRelease] = get_page_items(chosen, here, size)
    rows = "".join(map(row, shown)) or '<article class="node--type-nir-news"><div>No items to display</div></article>'
    link_query = "".join(f"{quote(name)}={quote(value)}&" for name, value in query.items() if name != "page")
    pages = pager(here, -(-len(chosen) // size), first, link_query)
    main = f'<h1>News releases</h1><div class="nir-widget--list">{filter_form(year, size, years)}{rows}{pages}</div>'
    return build_page(main, "News releases", HEAD)


def detail(release: LookAlikeRelease) -> Answer:
    return build_page(
        f"""<h1>{escape(release.headline)}</h1><div class="nir-widget--news--date-time">{release.day:%b %d, %Y}</div>
        <div class="full-release-body">{release.html}</div>""",
        release.headline,
        HEAD,
    )


def answer(asked: Asked, first: int, years: Sequence[str]) -> Answer | None:
    path = urlsplit(asked.path).path
    if path == LISTING:
        return listing(asked, first, years)
    return find_detail_page(path, path_of, detail)


def newsroom(first: int = 0, years: Sequence[str] = YEARS) -> LookAlike:
    """A newsroom by Notified; `first` is the number of its first page, `years` are the options of its filter."""
    return LookAlike("notified", LISTING, path_of, partial(answer, first=first, years=years))
