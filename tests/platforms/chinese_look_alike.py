"""Shared by the look-alikes of Chinese newsrooms: the first page is HTML, a script loads the others."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.platforms.look_alike import build_page, find_detail_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.helpers import Answer
    from tests.platforms.look_alike import LookAlikeRelease

PAGE_SIZE = 15


def render_item(release: LookAlikeRelease, path: str) -> str:
    cut = f"{escape(release.headline[:40])}..."
    return f'<li><a href="{path}" title="{escape(release.headline)}">{cut}</a><span>{release.day}</span></li>'


def render_items(shown: Sequence[LookAlikeRelease], path_of: Callable[[LookAlikeRelease], str]) -> str:
    return "".join(render_item(release, path_of(release)) for release in shown)


def find_chinese_detail(path: str, path_of: Callable[[LookAlikeRelease], str], body: str) -> Answer | None:
    """The detail page at a path; `body` is the class of its text."""

    def render(release: LookAlikeRelease) -> Answer:
        text = f'<div class="{body}" id="zoom">{release.html}</div>'
        return build_page(f"<h1>{escape(release.headline)}</h1><p>发布时间：{release.day}</p>{text}", release.headline)

    return find_detail_page(path, path_of, render)
