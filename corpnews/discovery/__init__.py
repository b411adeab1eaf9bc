"""Discovery: which pages list a newsroom's releases, and which links lead to them. It needs no selectors."""

from corpnews.discovery.asks import Answer, Ask
from corpnews.discovery.earlier import Earlier
from corpnews.discovery.finder import find, first_page
from corpnews.discovery.frontier import Frontier, Lead
from corpnews.discovery.limits import Limits
from corpnews.discovery.listing import ArticleLink, Listing
from corpnews.discovery.page_kind import PageKind, page_kind
from corpnews.discovery.plan import Plan
from corpnews.discovery.scope import Scope
from corpnews.discovery.urls import article_key
from corpnews.discovery.way import Start, Way

__all__ = [
    "Answer", "ArticleLink", "Ask", "Earlier", "Frontier", "Lead", "Limits", "Listing", "PageKind", "Plan", "Scope", "Start",
    "Way", "article_key", "find", "first_page", "page_kind",
]  # fmt: skip
