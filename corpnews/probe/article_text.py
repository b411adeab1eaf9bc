"""Articles as text for a terminal: fields, body, and what was removed from the page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from corpnews.reporting.profile import format_field
from corpnews.web.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from corpnews.items import Article, RemovedText

_MAX_BODY_LENGTH: Final = 2_000  # characters
_MAX_TEXT_LENGTH: Final = 160  # characters
_FIELDS: Final = (
    "company", "language", "authors", "section", "dateline", "contacts", "tickers", "wire", "images", "videos", "attachments",
    "translations", "keywords", "summary", "about", "legal_notice",
)  # fmt: skip


def render_preview(articles: Sequence[Article]) -> Iterator[RenderableType]:
    """Yield what to print of each article, the newest first; what was removed from several of them comes once, at the end."""
    pages = Counter(text for article in articles for text in {each.text for each in article.crawl.removed})
    for article in sorted(articles, key=lambda each: each.date_published or "", reverse=True):
        yield Rule(style="dim")
        date = article.date_published or "no date"
        yield Text.assemble((date, "cyan" if article.date_published else "yellow"), "  ", (article.headline, "bold"))
        if article.subheadline:
            yield Text(article.subheadline, style="italic")
        yield Text(article.url, style="blue")
        yield _build_field_table(article)
        for warning in article.crawl.warnings:
            yield Text(f"warning: {warning}", style="yellow")
        yield Padding(Text(_shorten(article.body, _MAX_BODY_LENGTH)), (1, 0, 1, 2))
        yield from (_format_removed(each) for each in article.crawl.removed if pages[each.text] == 1)
    if common := {each.text: each for article in articles for each in article.crawl.removed if pages[each.text] > 1}:
        yield Rule("removed from several of them", style="dim", align="left")
        yield from map(_format_removed, common.values())


def _build_field_table(article: Article) -> Table:
    """Build a table of the fields that the article has."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for name in _FIELDS:
        if value := getattr(article, name):
            table.add_row(name, Text(format_field(value, _MAX_TEXT_LENGTH)))
    return table


def _format_removed(removed: RemovedText) -> Text:
    pages = f" ({removed.reason}, on {plural(removed.pages, 'page')})"
    return Text.assemble(("removed: ", "red"), (_shorten(removed.text), "dim strike"), (pages, "dim"))


def _shorten(text: str, length: int = _MAX_TEXT_LENGTH) -> str:
    return text if len(text) <= length else f"{text[:length].rstrip()}…"
