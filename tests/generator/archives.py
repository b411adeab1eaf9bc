"""Archives: lists by year or month beside the list of the newest releases."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from tests.generator.builder import Listing, add_query
from tests.generator.items import write_month
from tests.generator.pagers import add_listing, all_on_one

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.generator.builder import Builder
    from tests.generator.releases import Release

SHOWN_ON_START_PAGE = 6


def add_archive(builder: Builder, listing: Listing) -> None:
    """Add a list that shows the newest releases, and a menu to the lists of all periods."""
    kind = builder.traits["archive"]
    by_month = kind.startswith("month")
    key = month_of if by_month else year_of
    periods = [(period, list(group)) for period, group in groupby(listing.releases, key=key)]
    paths = {period: period_path(builder, period, at) for at, (period, _) in enumerate(periods)}
    menu = MENUS[kind](builder, [(period, label_of(builder, kind, period, group), paths[period]) for period, group in periods])
    place = builder.rng.choice(("before", "after", "aside"))
    around = {place: f"{getattr(listing, place)}{menu}"}
    fields = {"before": listing.before, "after": listing.after, "aside": listing.aside, **around}
    all_on_one(
        builder, Listing(listing.path, listing.title, listing.releases, **fields), [listing.releases[:SHOWN_ON_START_PAGE]]
    )
    for period, releases in periods:
        own = Listing(paths[period], f"{listing.title} {period}", releases, **fields)
        if builder.traits["archive_levels"] == "two":
            add_months(builder, own)
        else:
            add_listing(builder, own)


def add_months(builder: Builder, year: Listing) -> None:
    """Add a year's page that only links to its months, and the lists of the months."""
    months = [(month, list(group)) for month, group in groupby(year.releases, key=month_of)]
    paths = [f"{builder.section}/{month}/" for month, _ in months]
    labels = [write_month(builder.language, group[0]) for _, group in months]
    menu = years(builder, [(path, label, path) for label, path in zip(labels, paths, strict=True)])
    builder.site.add(year.path, builder.listing_page(replace(year, before=f"{year.before}{menu}"), []))
    for (month, releases), path in zip(months, paths, strict=True):
        add_listing(builder, replace(year, path=path, title=f"{year.title} {month}", releases=releases))


def year_of(release: Release) -> str:
    return str(release.day.year)


def month_of(release: Release) -> str:
    return f"{release.day:%Y-%m}"


def period_path(builder: Builder, period: str, at: int) -> str:
    section, start = builder.section, builder.start_path
    if builder.traits["archive"] == "year_form":
        return add_query(start, f"year={period}")
    match builder.traits["archive_address"]:
        case "query":
            year, _, month = period.partition("-")
            return add_query(start, f"year={year}&month={month}" if month else f"year={year}")
        case "file":
            return f"{section}/archive-{period}.html"
        case "nameless":
            return f"/c/{5510 + 3 * at}/"
    return f"{section}/{period.replace('-', '/')}/"


def label_of(builder: Builder, kind: str, period: str, releases: list[Release]) -> str:
    if kind == "months_counted":
        return f"{period} ({len(releases)})"
    return write_month(builder.language, releases[0]) if kind == "month_names" else period


Periods = list[tuple[str, str, str]]  # period, label, path


def years(builder: Builder, periods: Periods) -> str:
    links = "".join(f'<li><a href="{escape(builder.href(path))}">{label}</a></li>' for _, label, path in periods)
    return f'<ul class="years">{links}</ul>'


def year_images(builder: Builder, periods: Periods) -> str:
    """Images as links; some newsrooms give them a text."""
    has_text = builder.traits["size"] == "some"
    return "".join(
        f'<a href="{escape(builder.href(path))}"><img src="/img/y{period}.gif" alt="{label if has_text else ""}"></a>'
        for period, label, path in periods
    )


def year_select(builder: Builder, periods: Periods) -> str:
    options = "".join(f'<option value="{escape(builder.href(path))}">{label}</option>' for _, label, path in periods)
    return (
        f'<select onchange="window.location=this.value"><option value="">{builder.language["archive"]}</option>{options}</select>'
    )


def year_form(builder: Builder, periods: Periods) -> str:
    options = "".join(f'<option value="{period}">{label}</option>' for period, label, _ in periods)
    action, _, query = builder.start_path.partition("?")
    pairs = (pair.split("=") for pair in query.split("&") if pair)
    hidden = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in pairs)
    return f'<form method="get" action="{action}">{hidden}<select name="year">{options}</select><button>OK</button></form>'


def year_table(builder: Builder, periods: Periods) -> str:
    cells = "".join(f'<td><a href="{escape(builder.href(path))}"><font>{label}</font></a></td>' for _, label, path in periods)
    return f'<table cellpadding="2"><tr>{cells}</tr></table>'


def months_counted(builder: Builder, periods: Periods) -> str:
    lines = []
    for _, label, path in periods:
        month, _, count = label.partition(" ")
        lines.append(f'<li><a href="{escape(builder.href(path))}">{month}</a> {count}</li>')
    return f'<ul class="arch">{"".join(lines)}</ul>'


MENUS: dict[str, Callable[[Builder, Periods], str]] = {
    "years": years, "year_images": year_images, "year_select": year_select, "year_form": year_form, "year_table": year_table,
    "months_counted": months_counted, "month_names": years,
}  # fmt: skip
