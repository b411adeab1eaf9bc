"""Shared by the look-alikes of Chinese newsrooms: the first page is HTML, a script loads the others."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.platforms.look_alike import LookAlike, build_page, build_releases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.helpers import Answer, Asked
    from tests.platforms.look_alike import LookAlikeRelease

PAGE_SIZE = 15
CHINESE_RELEASES = build_releases()


def render_item(release: LookAlikeRelease, path: str) -> str:
    cut = f"{escape(release.headline[:40])}..."
    return f'<li><a href="{path}" title="{escape(release.headline)}">{cut}</a><span>{release.day}</span></li>'


def render_items(shown: Sequence[LookAlikeRelease], path_of: Callable[[LookAlikeRelease], str]) -> str:
    return "".join(render_item(release, path_of(release)) for release in shown)


def render_detail(release: LookAlikeRelease, body: str) -> Answer:
    return build_page(f"<h1>{escape(release.headline)}</h1><p>发布时间：{release.day}</p>{body}", release.headline)


def find_detail_page(path: str, path_of: Callable[[LookAlikeRelease], str], body: str) -> Answer | None:
    """The detail page at a path; `body` is the class of its text."""
    release = next((release for release in CHINESE_RELEASES if path_of(release) == path), None)
    return render_detail(release, f'<div class="{body}" id="zoom">{release.html}</div>') if release else None


def build_chinese_look_alike(
    via: str, start: str, path_of: Callable[[LookAlikeRelease], str], answer: Callable[[Asked], Answer | None]
) -> LookAlike:
    return LookAlike(via, start, CHINESE_RELEASES, tuple(map(path_of, CHINESE_RELEASES)), answer)
