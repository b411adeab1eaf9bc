"""Dates in text, date of publication, date of the last modification."""

from corpnews.extraction.dates.order import day_first_in
from corpnews.extraction.dates.parse import FoundDate, find_dates
from corpnews.extraction.dates.published import modification_date, publication_date

__all__ = ["FoundDate", "day_first_in", "find_dates", "modification_date", "publication_date"]
