"""A newsroom on VSB: page numbers count down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.platforms.chinese_look_alike import PAGE_SIZE, find_chinese_detail, render_items
from tests.platforms.look_alike import RELEASES, LookAlike, build_page, get_page_items

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked
    from tests.platforms.look_alike import LookAlikeRelease


def path_of(release: LookAlikeRelease) -> str:
    return f"/info/1012/{8000 - release.number}.htm"


def answer(asked: Asked) -> Answer | None:
    """Five pages: /xwzx.htm is the first, /xwzx/4.htm the next, /xwzx/1.htm the last."""
    path = urlsplit(asked.path).path
    listing = re.fullmatch(r"/xwzx(?:/([1-4]))?\.htm", path)
    if not listing:
        return find_chinese_detail(path, path_of, "v_news_content")
    number = 5 - int(listing[1] or 5)
    up = ".." if listing[1] else "."
    releases = get_page_items(RELEASES, number, PAGE_SIZE)
    list_ = f"<ul class='list'>{render_items(releases, lambda release: up + path_of(release))}</ul>"
    below = 4 - number
    older = f"<a href='{'' if listing[1] else 'xwzx/'}{below}.htm'>下页</a>" if below else ""
    return build_page(f"<h1>新闻中心</h1>{list_}<div class='pages'>{older}</div>", "新闻中心")


def newsroom() -> LookAlike:
    return LookAlike("listing", "/xwzx.htm", path_of, answer)
