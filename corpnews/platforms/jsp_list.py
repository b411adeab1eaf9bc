"""Newsrooms whose script fetches the list page by page as HTML: `ajax_list.jsp?cid=12&page_index=1&page_size=6`."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, ClassVar

from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.listing import Found
from corpnews.discovery.way import Way
from corpnews.extraction.page import Page
from corpnews.platforms.listed import listed
from corpnews.platforms.paging import number_in, with_parameters
from corpnews.platforms.scripts import literals, scripts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start

LIST = re.compile(r"""["']([^\s"'<>]{0,300}\.jsp(?:\?[^\s"'<>]{0,300})?)["']""")
# Characters after the URL in which the script names the parameters.
NEAR = 600
INDEX, SIZE = "page_index", "page_size"
# Options of the script's call that are no parameters of the query.
OF_REQUEST = frozenset(("url", "type", "method", "dataType", "async", "cache", "contentType", "timeout"))
MANY = 100


class JspList(Way):
    """A hundred items a page, until a page is empty."""

    name: ClassVar[str] = "jsp-list"

    def openings(self, start: Start) -> Iterator[Ask]:
        for url in dict.fromkeys(lists_of(start.page)):
            yield Ask(with_parameters(url, **{INDEX: 1, SIZE: MANY}), self.name)

    def read(self, answer: Answer, start: Start) -> Found:
        if answer.body.lstrip()[:1] in (b"{", b"["):
            raise WayEnded("the response is JSON, not HTML")
        page = Page.from_html(answer.body, start.page.url, answer.content_type)
        articles = tuple(link for link in listed(page, page.root.iter("a")) if link.title and not link.title.isdigit())
        if not articles:
            return Found()
        further = with_parameters(answer.ask.url, **{INDEX: (number_in(answer.ask.url, INDEX) or 1) + 1})
        return Found(articles, (Ask(further, self.name),))


def lists_of(page: Page) -> Iterator[str]:
    """The URLs from which the page's scripts fetch lists, with the parameters that the scripts set."""
    for script in scripts_of(page):
        if INDEX not in script or SIZE not in script:
            continue
        for match in LIST.finditer(script):
            call = script[match.start() : match.end() + NEAR]
            url = page.absolute(unescape(match[1]))
            if url and INDEX in call and SIZE in call:
                said = {} if "?" in url else {name: value for name, value in literals(call).items() if name not in OF_REQUEST}
                yield with_parameters(url, **said)
