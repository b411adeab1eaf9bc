"""Articles as a pandas DataFrame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pandas import DataFrame, to_datetime

from corpnews.schemas import get_columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.items import Article


def to_pandas(articles: Iterable[Article]) -> DataFrame:
    """Return a DataFrame with a row for each article and a column for each field; `published_on` holds days or NaT.

    >>> to_pandas([]).columns[:3].tolist()
    ['id', 'release_id', 'url']
    """
    frame = DataFrame([article.to_dict() for article in articles], columns=[column.name for column in get_columns()])
    frame["published_on"] = to_datetime(frame["published_on"], format="ISO8601")
    return frame
