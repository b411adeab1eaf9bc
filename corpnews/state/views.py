"""Views of a store for people who query it with SQL: times are readable, and the newsroom has its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

# Each database's words for a time in seconds since 1970 as text, and for yesterday's beginning in UTC, in the same seconds
_TIME: Final[Mapping[str, str]] = {
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%SZ', {0}, 'unixepoch')",
    "postgresql": "to_char(to_timestamp({0}) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24\\:MI\\:SS\"Z\"')",
}
_YESTERDAY: Final[Mapping[str, str]] = {
    "sqlite": "CAST(strftime('%s', 'now', 'start of day', '-1 day') AS INTEGER)",
    "postgresql": "EXTRACT(EPOCH FROM date_trunc('day', now() AT TIME ZONE 'UTC') - INTERVAL '1 day')",
}
_LATEST: Final = """
    CREATE VIEW corpnews_latest AS
    SELECT corpnews_newsrooms.name AS newsroom, id, url, headline, language, date_published,
        CASE WHEN length(date_published) >= 10 THEN substr(date_published, 1, 10) END AS published_on,
        status, version, duplicate_of, {first_seen} AS first_seen, {changed} AS changed, {last_seen} AS last_seen
    FROM corpnews_articles JOIN corpnews_newsrooms ON corpnews_newsrooms.number = corpnews_articles.newsroom
"""
_CHANGED: Final = """
    CREATE VIEW corpnews_changed AS
    SELECT corpnews_latest.* FROM corpnews_latest JOIN corpnews_articles ON corpnews_articles.id = corpnews_latest.id
    WHERE corpnews_articles.changed >= {yesterday}
"""


def create_views(connection: Connection) -> None:
    """Create `corpnews_latest`, each article as it is now, and `corpnews_changed`, those that changed since yesterday began."""
    dialect = connection.dialect.name
    times = {name: _TIME[dialect].format(name) for name in ("first_seen", "changed", "last_seen")}
    connection.execute(text(_LATEST.format(**times)))
    connection.execute(text(_CHANGED.format(yesterday=_YESTERDAY[dialect])))
