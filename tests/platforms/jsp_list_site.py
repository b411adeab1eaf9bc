"""A newsroom whose script fetches six releases at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.platforms.chinese import ALL, found, items, look_alike
from tests.platforms.lookalike import chunk, data, document

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked
    from tests.platforms.lookalike import LookAlike, Release

LIST_OF_SCRIPT = "/en/ext/ajax_list.jsp"


def path_of(release: Release) -> str:
    return f"/en/news/{15_785 + release.number}/index.html"


def answer(asked: Asked) -> Answer | None:
    parts = urlsplit(asked.path)
    if parts.path == "/en/news/":
        script = (
            "<script>function load(page){$.ajax({type:'get',url:\"/en/ext/ajax_list.jsp?cid=15785&page_index=\"+page+"
            "\"&page_size=6\",success:function(html){$('#list').append(html)}})}</script>"
        )
        return document(f"<h1>News</h1><ul id='list'>{items(ALL[:6], path_of)}</ul><a onclick='load(2)'>More</a>{script}", "News")
    if parts.path != LIST_OF_SCRIPT:
        return found(parts.path, path_of, "text")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if query.get("cid") != "15785":
        return None
    shown = chunk(ALL, int(query["page_index"]) - 1, int(query["page_size"]))
    return data(items(shown, path_of), "text/html; charset=utf-8")


def newsroom() -> LookAlike:
    return look_alike("jsp-list", "/en/news/", path_of, answer)
