"""A newsroom whose script fetches six releases at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.platforms.chinese_look_alike import find_chinese_detail, render_items
from tests.platforms.look_alike import RELEASES, LookAlike, build_data_answer, build_page, get_page_items

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked
    from tests.platforms.look_alike import LookAlikeRelease

LIST_OF_SCRIPT = "/en/ext/ajax_list.jsp"


def path_of(release: LookAlikeRelease) -> str:
    return f"/en/news/{15_785 + release.number}/index.html"


def answer(asked: Asked) -> Answer | None:
    parts = urlsplit(asked.path)
    if parts.path == "/en/news/":
        script = (
            "<script>function load(page){$.ajax({type:'get',url:\"/en/ext/ajax_list.jsp?cid=15785&page_index=\"+page+"
            "\"&page_size=6\",success:function(html){$('#list').append(html)}})}</script>"
        )
        return build_page(
            f"<h1>News</h1><ul id='list'>{render_items(RELEASES[:6], path_of)}</ul><a onclick='load(2)'>More</a>{script}",
            "News",
        )
    if parts.path != LIST_OF_SCRIPT:
        return find_chinese_detail(parts.path, path_of, "text")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if query.get("cid") != "15785":
        return None
    shown = get_page_items(RELEASES, int(query["page_index"]) - 1, int(query["page_size"]))
    return build_data_answer(render_items(shown, path_of), "text/html; charset=utf-8")


def newsroom() -> LookAlike:
    return LookAlike("jsp-list", "/en/news/", path_of, answer)
