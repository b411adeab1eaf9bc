"""The source "browser": listings that a script renders, read from the rendered page or from the JSON that it fetched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from corpnews.discovery.app_shell import is_app_shell
from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.data.json_lists import articles_in
from corpnews.discovery.data.json_portions import next_portion
from corpnews.discovery.finder import find
from corpnews.discovery.listing import Found
from corpnews.discovery.urls import article_key
from corpnews.discovery.way import Way

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.listing import ArticleLink
    from corpnews.discovery.way import Start

DATA: Final = "data"  # the note of a request for JSON


class Drawn(Way):
    """The start page, rendered by a browser if it is an empty shell. Further pages of its JSON need no browser."""

    name: ClassVar[str] = "browser"
    is_full: ClassVar[bool] = False  # the browser's time is limited

    def openings(self, start: Start) -> Iterable[Ask]:
        """Request the start page from the browser, unless it was rendered or lists articles without a browser."""
        if start.answer.ask.renders:
            yield Ask(start.answer.url, self.name)
        elif not start.listing.articles and is_app_shell(start.page):
            yield Ask(start.answer.url, self.name, renders=True)

    def read(self, response: Answer, start: Start) -> Found:
        if response.ask.note == DATA:
            return Found(articles_in(response.json, start.answer.url), portions((response,), start))
        listing = find(response.page, start.scope)
        known = [link.url for link in listing.articles]
        lists = [(each, links) for each in response.fetched if (links := listed(each, start, known))]
        articles = united(link for _, links in lists for link in links)
        if articles and holds(articles, listing.articles):
            return Found(united((*articles, *listing.articles)), portions([each for each, _ in lists], start, known))
        if not listing.articles:
            raise WayEnded("no links to articles, though a browser rendered it")
        return Found(listing.articles, tuple(Ask(url, self.name, renders=True) for url in listing.next_pages))


def listed(response: Answer, start: Start, known: Collection[str]) -> tuple[ArticleLink, ...]:
    """Return the articles of a data response; empty if it is not JSON. Links in it are relative to the start page."""
    try:
        return articles_in(response.json, start.answer.url, known)
    except WayEnded:
        return ()


def united(links: Iterable[ArticleLink]) -> tuple[ArticleLink, ...]:
    """Return the first link of each article."""
    found: dict[str, ArticleLink] = {}
    for link in links:
        found.setdefault(article_key(link.url), link)
    return tuple(found.values())


def holds(articles: Sequence[ArticleLink], shown: Sequence[ArticleLink]) -> bool:
    """Whether at least half of the links that the page shows are among the articles of the JSON."""
    keys = {article_key(link.url) for link in articles}
    return 2 * sum(article_key(link.url) in keys for link in shown) >= len(shown)


def portions(responses: Sequence[Answer], start: Start, known: Collection[str] = ()) -> tuple[Ask, ...]:
    """Build the requests for the pages after the data responses, without a browser; not for those that were fetched already."""
    had = {(response.ask.url, response.ask.body) for response in responses}
    requests = [request for response in responses if (request := next_portion(response, start.answer.url, known))]
    return tuple(
        {
            (request.url, request.body): replace(request, way=Drawn.name, note=DATA)
            for request in requests
            if (request.url, request.body) not in had
        }.values()
    )
