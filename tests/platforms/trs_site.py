"""A newsroom on TRS: pages are numbered from 0, a script renders the links to them."""

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
    return f"/xwzx/gsyw/{release.day:%Y%m}/t{release.day:%Y%m%d}_{90_000 - release.number}.html"


def answer(asked: Asked) -> Answer | None:
    path = urlsplit(asked.path).path
    listing = re.fullmatch(r"/xwzx/gsyw/(?:index(?:_(\d+))?\.html)?", path)
    if not listing:
        return found(path, path_of, "TRS_Editor")
    number, pages = int(listing[1] or 0), -(-len(ALL) // SIZE)
    if number >= pages:
        return None
    list_ = f"<ul class='list'>{items(chunk(ALL, number, SIZE), path_of)}</ul>"
    pager = f'<div class=\'page\'><script>createPageHTML({pages}, {number}, "index", "html");</script></div>'
    return document(f"<h1>公司要闻</h1>{list_}{pager}", "公司要闻")


def newsroom() -> LookAlike:
    return look_alike("trs", "/xwzx/gsyw/", path_of, answer)
