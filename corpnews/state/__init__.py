"""What earlier runs knew: which articles, how they looked, and how each run ended."""

from corpnews.state.errors import NewsroomBusyError, StoreError
from corpnews.state.newsroom_store import NewsroomStore
from corpnews.state.records import ArticleRecord, DuplicateCandidate, KnownArticle, KnownPage, PageVisit, PastRun, Validators
from corpnews.state.store import Store

__all__ = [
    "ArticleRecord",
    "DuplicateCandidate",
    "KnownArticle",
    "KnownPage",
    "NewsroomBusyError",
    "NewsroomStore",
    "PageVisit",
    "PastRun",
    "Store",
    "StoreError",
    "Validators",
]
