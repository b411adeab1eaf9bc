"""What earlier runs knew: which articles, how they looked, and how each run ended."""

from corpnews.store.errors import Busy, StoreError
from corpnews.store.records import Candidate, Known, KnownArticle, PastRun, Release, Validators, Visit
from corpnews.store.run import Run
from corpnews.store.store import Store

__all__ = [
    "Busy",
    "Candidate",
    "Known",
    "KnownArticle",
    "PastRun",
    "Release",
    "Run",
    "Store",
    "StoreError",
    "Validators",
    "Visit",
]
