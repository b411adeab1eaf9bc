"""Newsrooms on Hanweb's JCMS: a script fetches the list from jpage's dataproxy as XML records with HTML."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, ClassVar, NamedTuple
from urllib.parse import urlencode

from w3lib.encoding import html_to_unicode
from w3lib.url import url_query_cleaner

from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.listing import Found
from corpnews.discovery.way import Way
from corpnews.extraction.page import Page
from corpnews.platforms.listed import links_like, listed
from corpnews.platforms.paging import number_in, with_parameters
from corpnews.platforms.scripts import literals, scripts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start

PROXY = re.compile(r"""[^\s'"<>()]{0,200}dataproxy\.(?:jsp|do)(?:\?[^\s'"<>]{0,1000})?""")
PARAMETERS = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")
SAYS_GET = re.compile(r"""(?:type|method)["']?\s*[:=]\s*["']get\b""", re.IGNORECASE)
RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[(.*?)\]\]>|(.*?))\s*</record>", re.DOTALL | re.IGNORECASE)
TOTAL = re.compile(r"<totalrecord>\s*(\d{1,7})\s*</totalrecord>", re.IGNORECASE)
DETAIL = re.compile(r"/art_\d+_\d+\.html?$")
FORM = (("Content-Type", "application/x-www-form-urlencoded"),)
MANY = 100


class Hanweb(Way):
    """A hundred records a request, made as the page's own script does."""

    name: ClassVar[str] = "hanweb"
    platform: ClassVar[str | None] = "Hanweb"

    def openings(self, start: Start) -> Iterator[Ask]:
        for proxy in dict.fromkeys(proxies_of(start.page)):
            yield asked(proxy, 1)

    def read(self, answer: Answer, start: Start) -> Found:
        _, text = html_to_unicode(answer.content_type, answer.body, default_encoding="utf8")
        records = [unescape(plain) if plain else cdata for cdata, plain in RECORD.findall(text)]
        if not records and "<datastore" not in text:
            raise WayEnded("the response has no records")
        page = Page.from_html("".join(f"<div>{framed(record)}</div>" for record in records), start.page.url)
        last = (number_in(answer.url, "startrecord") or number_in(answer.ask.url, "startrecord") or 1) + len(records) - 1
        total = TOTAL.search(text)
        goes_on = bool(records) and (last < int(total[1]) if total else len(records) >= MANY)
        proxy = Proxy(answer.ask.url, answer.ask.body)
        return Found(
            tuple(listed(page, links_like(page, DETAIL) or page.root.iter("a"))), (asked(proxy, last + 1),) if goes_on else ()
        )


class Proxy(NamedTuple):
    """The endpoint of the records; `form` is the body of a POST."""

    url: str
    form: str | None


def asked(proxy: Proxy, first: int) -> Ask:
    url = with_parameters(proxy.url, startrecord=first, endrecord=first + MANY - 1, perpage=MANY)
    return Ask(url, Hanweb.name, body=proxy.form, headers=FORM if proxy.form is not None else ())


def proxies_of(page: Page) -> Iterator[Proxy]:
    """The endpoints of the page's lists; their parameters stand in the URL's query or in the script that calls it.

    URLs with parameters take precedence: a page may name the same endpoint again without them.
    """
    scripts = [script for script in scripts_of(page) if "dataproxy." in script]
    found = [(unescape(match[0]), script) for script in scripts for match in PROXY.finditer(script)]
    whole = [address for address, _ in found if "columnid=" in address.lower()]
    for address in whole:
        if url := page.absolute(address):
            yield Proxy(url_query_cleaner(url, ("page",), remove=True), None)
    for address, script in found if not whole else ():
        parameters = {name: value for name, value in literals(script).items() if name in PARAMETERS}
        url = page.absolute(address)
        if url and "columnid" in parameters:
            yield called(url, parameters, is_get=bool(SAYS_GET.search(script)))


def called(url: str, parameters: dict[str, str], *, is_get: bool) -> Proxy:
    """The endpoint with the parameters that the script sends."""
    if is_get:
        return Proxy(with_parameters(url, **parameters), None)
    return Proxy(url, urlencode(parameters))


def framed(record: str) -> str:
    """The record, within a table if it is a row or cell: the parser drops such tags elsewhere."""
    return f"<table>{record}</table>" if record.lstrip()[:3].lower() in ("<tr", "<td") else record
