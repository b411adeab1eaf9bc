"""Shared by the look-alikes of Chinese newsrooms: the first page is HTML, a script loads the others."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.platforms.lookalike import LookAlike, document, releases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.helpers import Answer, Asked
    from tests.platforms.lookalike import Release

SIZE = 15
ALL = releases()


def item(release: Release, path: str) -> str:
    cut = f"{escape(release.headline[:40])}..."
    return f'<li><a href="{path}" title="{escape(release.headline)}">{cut}</a><span>{release.day}</span></li>'


def items(shown: Sequence[Release], path_of: Callable[[Release], str]) -> str:
    return "".join(item(release, path_of(release)) for release in shown)


def detail(release: Release, body: str) -> Answer:
    return document(f"<h1>{escape(release.headline)}</h1><p>发布时间：{release.day}</p>{body}", release.headline)


def found(path: str, path_of: Callable[[Release], str], body: str) -> Answer | None:
    """The detail page at a path; `body` is the class of its text."""
    release = next((release for release in ALL if path_of(release) == path), None)
    return detail(release, f'<div class="{body}" id="zoom">{release.html}</div>') if release else None


def look_alike(via: str, start: str, path_of: Callable[[Release], str], answer: Callable[[Asked], Answer | None]) -> LookAlike:
    return LookAlike(via, start, ALL, tuple(map(path_of, ALL)), answer)
