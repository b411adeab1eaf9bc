"""A newsroom on webplus: the pager names the number of pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.platforms.chinese import ALL, SIZE, found, items, look_alike
from tests.platforms.lookalike import chunk, document

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked
    from tests.platforms.lookalike import LookAlike, Release


def path_of(release: Release) -> str:
    return f"/{release.day.year}/{release.day:%m%d}/c77a{3000 - release.number}/page.htm"


def answer(asked: Asked) -> Answer | None:
    path = urlsplit(asked.path).path
    listing = re.fullmatch(r"/77/list(\d*)\.htm", path)
    if not listing:
        return found(path, path_of, "wp_articlecontent")
    number, pages = int(listing[1] or 1), -(-len(ALL) // SIZE)
    list_ = f"<ul class='wp_article_list'>{items(chunk(ALL, number - 1, SIZE), path_of)}</ul>"
    pager = f"<div class='wp_paging'><em class='curr_page'>{number}</em>/<em class='all_pages'>{pages}</em></div>"
    return document(f"<h1>新闻</h1>{list_}{pager}", "新闻") if number <= pages else None


def newsroom() -> LookAlike:
    return look_alike("webplus", "/77/list.htm", path_of, answer)
