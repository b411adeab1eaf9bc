"""Dates in text, date of publication, date of the last modification."""

from corpnews.extraction.dates.locales import detect_date_order, get_date_languages
from corpnews.extraction.dates.parse import FoundDate, find_dates
from corpnews.extraction.dates.published import find_modification_date, find_publication_date

__all__ = [
    "FoundDate",
    "detect_date_order",
    "find_dates",
    "find_modification_date",
    "find_publication_date",
    "get_date_languages",
]
