"""A newsroom on Hanweb: the page shows fifteen releases, a proxy returns the others as XML."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.platforms.chinese_look_alike import PAGE_SIZE, find_chinese_detail, render_item, render_items
from tests.platforms.look_alike import RELEASES, LookAlike, build_data_answer, build_page

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked
    from tests.platforms.look_alike import LookAlikeRelease

FORM = {"col": "1", "appid": "1", "webid": "3", "path": "/", "columnid": "119", "sourceContentType": "1", "unitid": "4711"}


def path_of(release: LookAlikeRelease) -> str:
    return f"/art/{release.day.year}/{release.day.month}/{release.day.day}/art_119_{50_000 - release.number}.html"


def script_of_pager(*, is_get: bool) -> str:
    """The script of the pager, with its parameters in the URL of the records (GET) or in the call (POST)."""
    query = "&amp;".join(f"{name}={value}" for name, value in FORM.items())
    if is_get:
        group = f'<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&{query}"></a>]]></nextgroup>'
        return f"<script type='text/xml'><datastore>{group}</datastore></script><script>$('#4711').jpage({{perPage:15}})</script>"
    parameters = ",".join(f"{name}:'{value}'" for name, value in FORM.items())
    return (
        "<script>$('#4711').jpage({theme:'default',totalRecord:66,perPage:15,groupSize:3,"
        f"proxyUrl:'/module/web/jpage/dataproxy.jsp',ajaxParam:{{{parameters}}},type:'post'}});</script>"
    )


def answer(asked: Asked, *, is_get: bool) -> Answer | None:
    parts = urlsplit(asked.path)
    if parts.path == "/col/col119/index.html":
        list_ = f'<div id="4711"><ul>{render_items(RELEASES[:PAGE_SIZE], path_of)}</ul></div>'
        return build_page(f"<h1>公司新闻</h1>{list_}{script_of_pager(is_get=is_get)}", "公司新闻")
    if parts.path != "/module/web/jpage/dataproxy.jsp":
        return find_chinese_detail(parts.path, path_of, "bt_content")
    query = parse_qs(parts.query)
    form = query if is_get else parse_qs(asked.body.decode())
    if asked.method != ("GET" if is_get else "POST") or {name: form.get(name, [""])[0] for name in FORM} != FORM:
        return build_data_answer("<html>error</html>", "text/html")
    shown = RELEASES[int(query["startrecord"][0]) - 1 : int(query["endrecord"][0])]
    records = "".join(f"<record><![CDATA[{render_item(release, path_of(release))}]]></record>" for release in shown)
    head = f"<totalrecord>{len(RELEASES)}</totalrecord><totalpage>5</totalpage>"
    return build_data_answer(
        f'<?xml version="1.0"?><datastore>{head}<recordset>{records}</recordset></datastore>', "text/xml; charset=utf-8"
    )


def newsroom(*, is_get: bool = False) -> LookAlike:
    """A newsroom on Hanweb whose script uses POST or GET."""
    return LookAlike("hanweb", "/col/col119/index.html", path_of, partial(answer, is_get=is_get))
