"""A newsroom on webplus: the pager names the number of pages."""

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
    return f"/{release.day.year}/{release.day:%m%d}/c77a{3000 - release.number}/page.htm"


def answer(asked: Asked) -> Answer | None:
    path = urlsplit(asked.path).path
    listing = re.fullmatch(r"/77/list(\d*)\.htm", path)
    if not listing:
        return find_chinese_detail(path, path_of, "wp_articlecontent")
    number, pages = int(listing[1] or 1), -(-len(RELEASES) // PAGE_SIZE)
    list_ = f"<ul class='wp_article_list'>{render_items(get_page_items(RELEASES, number - 1, PAGE_SIZE), path_of)}</ul>"
    pager = f"<div class='wp_paging'><em class='curr_page'>{number}</em>/<em class='all_pages'>{pages}</em></div>"
    return build_page(f"<h1>新闻</h1>{list_}{pager}", "新闻") if number <= pages else None


def newsroom() -> LookAlike:
    return LookAlike("webplus", "/77/list.htm", path_of, answer)
