"""Dates in text, date of publication, date of the last modification."""

from corpnews.extraction.dates.locales import detect_day_first
from corpnews.extraction.dates.parse import FoundDate, find_dates
from corpnews.extraction.dates.published import find_modification_date, find_publication_date

__all__ = ["FoundDate", "detect_day_first", "find_dates", "find_modification_date", "find_publication_date"]
