"""What earlier runs know: the SQL store, its history and journal, change detection, duplicates.

What is changed here: when an article counts as changed, how often old articles are revisited, the tables of the store.
"""

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
