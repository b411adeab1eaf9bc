"""Dates in text, date of publication, date of the last modification."""

from corpnews.extraction.dates.date_match import FoundDate
from corpnews.extraction.dates.locales import detect_date_order, get_date_languages
from corpnews.extraction.dates.parse import find_dates, may_have_date
from corpnews.extraction.dates.published import ArticleDates

__all__ = [
    "ArticleDates",
    "FoundDate",
    "detect_date_order",
    "find_dates",
    "get_date_languages",
    "may_have_date",
]
