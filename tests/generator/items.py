"""The items of a list of releases: link styles, and places of the date."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from tests.generator.vendors import ITEM_CONTAINERS, ITEMS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.generator.languages import Language
    from tests.generator.releases import Release

TOPICS = 3
CONTAINERS = {
    "headline": ('<ul class="list">', "</ul>"),
    "table_row": ('<table class="list">', "</table>"),
    "open_table": ('<table class="list">', "</table>"),
    "definition": ("<dl>", "</dl>"),
    "layout_table": ('<table width="100%"><tr><td><table>', "</table></td></tr></table>"),
}


class ItemWriter:
    """Writes the items of one newsroom's lists.

    `href` spells a path as the newsroom's links do; `date_pattern` is one of the language's date formats.
    """

    def __init__(self, link: str, date: str, date_pattern: str, href: Callable[[str], str], topics: str = "") -> None:
        self.link = link
        self.write_item: Callable[[Release, str, str], str] = ITEMS[link] if link in ITEMS else getattr(self, link)
        self.place_of_date = date
        self.date_pattern = date_pattern
        self.href = href
        self.topics = topics

    def write_items(self, releases: Sequence[Release]) -> str:
        """Return the items without their container, as a fragment has them."""
        return "".join(
            self.write_item(release, self.write_date(release), escape(self.href(release.path))) for release in releases
        )

    def write_list(self, releases: Sequence[Release]) -> str:
        before, after = {**CONTAINERS, **ITEM_CONTAINERS}.get(self.link, ('<div class="items">', "</div>"))
        if self.place_of_date != "month_heading":
            return f"{before}{self.write_items(releases)}{after}"
        groups = groupby(releases, key=lambda release: write_month(release.language, release))
        return "".join(f"<h4>{month}</h4>{before}{self.write_items(list(group))}{after}" for month, group in groups)

    def write_topic(self, release: Release) -> str:
        """Write a link to the topic of the release, where topics have pages."""
        if not self.topics:
            return ""
        at, titles = release.number % TOPICS, release.language.labels["sections"]
        return f'<a class="topic" href="{escape(self.href(f"{self.topics}{at + 1}/"))}">{escape(titles[at])}</a> '

    def write_date(self, release: Release) -> str:
        return f"{self.write_day(release)}{self.write_topic(release)}"

    def write_day(self, release: Release) -> str:
        day, words = release.day, release.language
        text = words.format_date(day, self.date_pattern)
        match self.place_of_date:
            case "none" | "month_heading":
                return ""
            case "time_tag":
                return f'<time datetime="{day}">{text}</time>'
            case "tile":
                month = words.months[day.month - 1][:3]
                return f'<div class="tile"><b>{day.day}</b><span>{month}</span><i>{day.year}</i></div>'
            case _:
                return f'<span class="date">{text}</span>'

    def write_hero(self, release: Release) -> str:
        """Write the newest release in a box of its own, above the list."""
        date, href = self.write_date(release), escape(self.href(release.path))
        image = f'<a href="{href}"><img src="/img/hero.jpg" alt=""></a>'
        text = self.around(date, f"<h2>{write_link(release, href)}</h2>")
        return f'<div class="hero">{image}<div class="hero-text">{text}<p>{escape(release.teaser)}…</p></div></div>'

    def around(self, date: str, rest: str) -> str:
        return f"{rest} {date}" if self.place_of_date == "after" else f"{date} {rest}"

    def headline(self, release: Release, date: str, href: str) -> str:
        return f"<li>{self.around(date, write_link(release, href))}</li>"

    def heading_link(self, release: Release, date: str, href: str) -> str:
        heading = f'<h3><a href="{href}">{escape(release.headline)}</a></h3>'
        return f'<article class="item">{self.around(date, heading)}<p>{escape(release.teaser)}…</p></article>'

    def card(self, release: Release, date: str, href: str) -> str:
        inner = self.around(date, f"<h3>{escape(release.headline)}</h3>")
        image = f'<img src="/img/{release.number}.jpg" alt="">'
        return f'<a class="card" href="{href}">{image}<div>{inner}<p>{escape(release.teaser)}…</p></div></a>'

    def stretched(self, release: Release, date: str, href: str) -> str:
        inner = self.around(date, f"<h3>{escape(release.headline)}</h3>")
        return f'<div class="card"><a class="cover" href="{href}"></a>{inner}</div>'

    def data_href(self, release: Release, date: str, href: str) -> str:
        inner = self.around(date, f"<b>{escape(release.headline)}</b>")
        return f'<div class="row" data-href="{href}">{inner}</div>'

    def onclick(self, release: Release, date: str, href: str) -> str:
        inner = self.around(date, f"<strong>{escape(release.headline)}</strong>")
        return f'<div class="row" onclick="window.location.href=\'{href}\'">{inner}</div>'

    def read_more(self, release: Release, date: str, href: str) -> str:
        inner = self.around(date, f"<h2>{escape(release.headline)}</h2>")
        label = escape(release.language["read_more"])
        return f'<div class="entry">{inner}<p>{escape(release.teaser)}…</p><a href="{href}">{label}</a></div>'

    def open_table(self, release: Release, date: str, href: str) -> str:
        label = escape(release.language["open"])
        return f'<tr><td>{date}</td><td>{escape(release.headline)}</td><td><a href="{href}">{label}</a></td></tr>'

    def table_row(self, release: Release, date: str, href: str) -> str:
        return f"<tr><td>{date}</td><td>{write_link(release, href)}</td></tr>"

    def definition(self, release: Release, date: str, href: str) -> str:
        return f"<dt>{date}</dt><dd>{write_link(release, href)}</dd>"

    def image_and_headline(self, release: Release, date: str, href: str) -> str:
        heading = f'<h4><a href="{href}">{escape(release.headline)}</a></h4>'
        more = f'<a class="more" href="{href}">{escape(release.language["read_more"])}</a>'
        image = f'<a href="{href}"><img src="/img/{release.number}.jpg" alt=""></a>'
        return f'<div class="teaser">{image}{self.around(date, heading)}{more}</div>'

    def cut_title(self, release: Release, date: str, href: str) -> str:
        cut = f'<a href="{href}" title="{escape(release.headline)}">{escape(release.headline[:24])}...</a>'
        return f'<p class="line">{self.around(date, cut)}</p>'

    def layout_table(self, release: Release, date: str, href: str) -> str:
        bullet = '<td width="10"><img src="/img/dot.gif"></td>'
        text = self.around(date, write_link(release, href))
        return f'<tr>{bullet}<td><font size="2">{text}</font></td></tr><tr><td colspan="2" height="1"></td></tr>'

    def flat_lines(self, release: Release, date: str, href: str) -> str:
        return f"{self.around(date, write_link(release, href))}<br>"


def write_link(release: Release, href: str) -> str:
    return f'<a href="{href}">{escape(release.headline)}</a>'


def write_month(language: Language, release: Release) -> str:
    if language.code in ("ja", "zh"):
        return f"{release.day.year}年{release.day.month}月"
    return f"{language.months[release.day.month - 1].capitalize()} {release.day.year}"
