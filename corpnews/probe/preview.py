"""Articles as text for a terminal: fields, body, and what was removed from the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from corpnews.web.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from corpnews.items import Article

_MAX_BODY_LENGTH: Final = 2_000  # characters
_MAX_TEXT_LENGTH: Final = 160  # characters
_FIELDS: Final = (
    "company", "language", "authors", "section", "dateline", "contacts", "tickers", "wire", "images", "videos", "attachments",
    "translations", "keywords", "summary", "about", "legal_notice",
)  # fmt: skip


def render_preview(articles: Sequence[Article]) -> Iterator[RenderableType]:
    """Yield what to print of each article, the newest first."""
    for article in sorted(articles, key=lambda each: each.date_published or "", reverse=True):
        yield Rule(style="dim")
        date = article.date_published or "no date"
        yield Text.assemble((date, "cyan" if article.date_published else "yellow"), "  ", (article.headline, "bold"))
        if article.subheadline:
            yield Text(article.subheadline, style="italic")
        yield Text(article.url, style="blue")
        for name in _FIELDS:
            if value := getattr(article, name):
                yield Text.assemble((f"{name}: ", "cyan"), _shorten(_format_field(value)))
        for warning in article.crawl.warnings:
            yield Text(f"warning: {warning}", style="yellow")
        yield Padding(Text(_shorten(article.body, _MAX_BODY_LENGTH)), (1, 0, 1, 2))
        for removed in article.crawl.removed:
            pages = f" ({removed.reason}, on {plural(removed.pages, 'page')})"
            yield Text.assemble(("removed: ", "red"), (_shorten(removed.text), "dim strike"), (pages, "dim"))


def _format_field(value: Any) -> str:
    """Format a field's value on one line: the text itself, or the values of lists and objects without their keys."""
    plain = msgspec.to_builtins(value)
    if isinstance(plain, dict):
        return " | ".join(str(each) for each in plain.values() if each)
    if isinstance(plain, list | tuple):
        return "; ".join(map(_format_field, plain))
    return " ".join(str(plain).split())


def _shorten(text: str, length: int = _MAX_TEXT_LENGTH) -> str:
    return text if len(text) <= length else f"{text[:length].rstrip()}…"
