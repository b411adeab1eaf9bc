"""Pages whose content is in a data file of their own, which a script is to show: which file that is, and the page with its data.

Nuxt 3 (_payload.json) names the file for browsers to preload, Nuxt 2 (payload.js) has it in a folder of the page's own path. Of
other frameworks it is known how the file's URL follows from the page's.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from corpnews.web.sites import get_host
from corpnews.web.urls import join_url

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_FILES: Final = 3
_MAX_SHELL_LENGTH: Final = 300  # bytes of text outside what every page has
_TAG: Final = re.compile(rb"<(/?)([a-zA-Z][\w-]*)[^<>]*>")
_UNSEEN: Final = frozenset(b"head script style template noscript nav header footer svg".split())
_LINK: Final = re.compile(rb"<(?:link|script)\b[^<>]{0,2000}>")
_ADDRESS: Final = re.compile(rb"\b(?:href|src)\s*=\s*[\"']?([^\"'\s<>]{1,1000})")
_FETCHED: Final = re.compile(rb"\bas\s*=\s*[\"']?fetch\b")
# What a page has of which the data are in a file, and the file's path, of the page's path and the sign's own group.
_ROUTES: Final = (
    (re.compile(rb"__sveltekit_()"), "{path}/__data.json"),
    (re.compile(rb"\bwindow\.pagePath\s*=()"), "/page-data{path}/page-data.json"),  # Gatsby
    # a page of Next.js that was not built yet
    (re.compile(rb"\"buildId\":\"([\w-]{1,80})\"[^<>]{0,200}\"isFallback\":true"), "/_next/data/{sign}{path}.json"),
)
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")


def find_data_files(html: bytes, url: str) -> list[str]:
    """Return the URLs of the files with the content of a page that says next to nothing itself; empty for other pages."""
    found = list(dict.fromkeys(_iter_data_files(html, url)))[:_MAX_FILES]
    return found if found and _is_shell(html) else []


def _iter_data_files(html: bytes, url: str) -> Iterator[str]:
    path = urlsplit(url).path.rstrip("/")
    for element in _LINK.findall(html):
        address = _ADDRESS.search(element)
        named = join_url(url, address[1].decode("utf-8", "replace").replace("&amp;", "&")) if address else None
        if named is None or get_host(named) != get_host(url):
            continue
        folder = urlsplit(named).path.rpartition("/")[0]
        if _FETCHED.search(element) or (path and folder != path and folder.endswith(path)):
            yield named
    for sign, route in _ROUTES:
        if (found := sign.search(html)) and (named := join_url(url, route.format(path=path, sign=found[1].decode()))):
            yield named


def _is_shell(html: bytes) -> bool:
    """Whether the page has hardly any text outside its menus, and may be filled by a script."""
    length, at, unseen = 0, 0, b""
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if unseen:
            unseen = b"" if tag[1] and name == unseen else unseen
        else:
            length += len(html[at : tag.start()].strip())
            if length > _MAX_SHELL_LENGTH:
                return False
            unseen = name if name in _UNSEEN and not tag[1] else b""
        at = tag.end()
    return True


def add_data(html: bytes, data: str) -> bytes:
    """Return the page with the content of a data file in a script at its end, in ASCII as the page's charset may be any."""
    try:
        text, kind = json.dumps(json.loads(data)), ' type="application/json"'
    except (ValueError, RecursionError):
        text, kind = _NOT_ASCII.sub(lambda character: json.dumps(character[0])[1:-1], data), ""
    text = text.replace("</", "<\\/")
    return html + f"<script{kind}>{text}</script>".encode("ascii", "ignore")
