"""A newsroom on TRS: pages are numbered from 0, a script renders the links to them."""

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
    return f"/xwzx/gsyw/{release.day:%Y%m}/t{release.day:%Y%m%d}_{90_000 - release.number}.html"


def answer(asked: Asked) -> Answer | None:
    path = urlsplit(asked.path).path
    listing = re.fullmatch(r"/xwzx/gsyw/(?:index(?:_(\d+))?\.html)?", path)
    if not listing:
        return find_chinese_detail(path, path_of, "TRS_Editor")
    number, pages = int(listing[1] or 0), -(-len(RELEASES) // PAGE_SIZE)
    if number >= pages:
        return None
    list_ = f"<ul class='list'>{render_items(get_page_items(RELEASES, number, PAGE_SIZE), path_of)}</ul>"
    pager = f'<div class=\'page\'><script>createPageHTML({pages}, {number}, "index", "html");</script></div>'
    return build_page(f"<h1>公司要闻</h1>{list_}{pager}", "公司要闻")


def newsroom() -> LookAlike:
    return LookAlike("trs", "/xwzx/gsyw/", path_of, answer)
