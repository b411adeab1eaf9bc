"""Page in, articles and older listings out: a newsroom's walk without selectors."""

from corpnews.discovery.finder import find
from corpnews.discovery.listing import ArticleLink, Listing
from corpnews.discovery.page_kind import PageKind, page_kind
from corpnews.discovery.scope import Scope
from corpnews.discovery.urls import article_key
from corpnews.discovery.walk import Walk

__all__ = ["ArticleLink", "Listing", "PageKind", "Scope", "Walk", "article_key", "find", "page_kind"]
