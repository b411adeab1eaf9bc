"""What earlier runs know: the SQL store, its history and journal, change detection, duplicates.

What is changed here: how often old articles are revisited (revisit.py), what counts as a change (changes.py), the tables.
"""

from typing import TYPE_CHECKING

from corpnews.lazy import lazy_names

if TYPE_CHECKING:
    from corpnews.state.errors import NewsroomBusyError, StoreError
    from corpnews.state.history import History
    from corpnews.state.journal import Journal
    from corpnews.state.overview import NewsroomOverview
    from corpnews.state.records import (
        ArticleRecord,
        KnownArticle,
        KnownListing,
        KnownPage,
        PageVisit,
        PastRun,
        StoredText,
        Validators,
    )
    from corpnews.state.store import Store, StoreRun

__all__ = [
    "ArticleRecord", "History", "Journal", "KnownArticle", "KnownListing", "KnownPage", "NewsroomBusyError", "NewsroomOverview",
    "PageVisit", "PastRun", "Store", "StoreError", "StoreRun", "StoredText", "Validators",
]  # fmt: skip

if not TYPE_CHECKING:  # type checkers would take any name for one of these
    __getattr__ = lazy_names(
        __name__,
        {
            "corpnews.state.errors": "NewsroomBusyError StoreError",
            "corpnews.state.history": "History",
            "corpnews.state.journal": "Journal",
            "corpnews.state.overview": "NewsroomOverview",
            "corpnews.state.records": "ArticleRecord KnownArticle KnownListing KnownPage PageVisit PastRun StoredText Validators",
            "corpnews.state.store": "Store StoreRun",
        },
    )
