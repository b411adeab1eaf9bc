"""Cost of a run on a store that holds a million articles, compared with an empty one.

    python -m tests.benchmarks.store_size                       SQLite and, where it is installed, PostgreSQL
    python -m tests.benchmarks.store_size SQLite --articles 100000

Takes a few minutes and, for a million articles, two gigabytes of temporary files. A round is a newsroom's first run (releases
are recorded in batches, after a search for duplicates) and its second (links are looked up, some releases are revisited).
Rounds on the two stores take turns; each figure is the minimum. The time is that of the store's calls alone; the last line is
that of a whole `scrapy crawl` of as many releases.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from sqlalchemy import create_engine, text

from corpnews.state import Store
from corpnews.state.duplicates import Fingerprint, compute_min_hashes
from tests.benchmarks.large_newsroom import large_newsroom, title
from tests.helpers import crawl, serving
from tests.state import postgresql
from tests.state.releases import MONDAY, TUESDAY, WEDNESDAY, OpenRun, release, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.state import ArticleRecord

RELEASES: Final = 400
WORDS: Final = 400
BATCH: Final = 100
LINKS_A_LISTING: Final = 20
LOOKED_AT_AGAIN: Final = 40
ARTICLES_A_NEWSROOM: Final = 500
BYTES_A_TEXT: Final = 1000  # compressed
BYTES_BESIDE: Final = 400
MARKS: Final = 7
CRAWLS: Final = 3

COUNT: Final = {
    "sqlite": "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :articles) SELECT n FROM c)",
    "postgresql": "(SELECT n FROM generate_series(1, :articles) AS numbers(n))",
}
TEXT_HASH: Final = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "md5(random()::text)"}
BYTES_HASH: Final = {"sqlite": "randomblob(16)", "postgresql": "decode(md5(random()::text), 'hex')"}
NUMBER_HASH: Final = {"sqlite": "random()", "postgresql": "('x' || substr(md5(random()::text), 1, 16))::bit(64)::bigint"}
FILL: Final = (
    "INSERT INTO corpnews_newsrooms (number, name) SELECT n, 'newsroom ' || n FROM {count} AS c WHERE n <= :newsrooms",
    """INSERT INTO corpnews_articles (number, newsroom, id, url, headline, language, date_published, content_hash, status,
    version, first_seen, last_seen, checked, due, missing) SELECT n, 1 + n % :newsrooms, {text},
    'https://company.example/news/2024/a-release-of-the-usual-length-' || n, 'A headline of the usual length, number ' || n,
    'en', '2024-05-03', {text}, 'new', 1, :now, :now, :now, CASE WHEN n % 10 = 0 THEN :now END, 0 FROM {count} AS c""",
    "INSERT INTO corpnews_texts (article, body, removed) SELECT n, :body, :removed FROM {count} AS c",
    """INSERT INTO corpnews_pages (newsroom, key, article, checked, etag)
    SELECT 1 + n % :newsrooms, {bytes}, n, :now, {text} FROM {count} AS c""",
    *["INSERT INTO corpnews_marks (mark, article) SELECT {number} AS mark, n FROM {count} AS c ORDER BY mark"] * MARKS,
)


def fill(address: str, articles: int) -> None:
    """Fill the store's tables by SQL."""
    engine = create_engine(address)
    kind = engine.dialect.name
    words = {"count": COUNT[kind], "text": TEXT_HASH[kind], "bytes": BYTES_HASH[kind], "number": NUMBER_HASH[kind]}
    given = {
        "articles": articles,
        "newsrooms": max(1, articles // ARTICLES_A_NEWSROOM),
        "now": int(MONDAY.timestamp()),
        "body": Random(1).randbytes(BYTES_A_TEXT),
        "removed": Random(2).randbytes(BYTES_BESIDE),
    }
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if kind == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))  # every reference is right: none need be checked
        for statement in FILL:
            needed = {name: value for name, value in given.items() if f":{name}" in statement.format(**words)}
            connection.execute(text(statement.format(**words)), needed)
        if kind == "postgresql":
            for table in ("newsrooms", "articles"):
                connection.execute(
                    text(f"SELECT setval('corpnews_{table}_number_seq', (SELECT max(number) FROM corpnews_{table}))")  # noqa: S608
                )
        connection.execute(text("VACUUM ANALYZE" if kind == "postgresql" else "ANALYZE"))
    engine.dispose()


def releases(round_: int) -> list[ArticleRecord]:
    """A newsroom's releases; none has the id of another newsroom's."""
    made = []
    for number in range(RELEASES):
        random = Random(round_ * RELEASES + number)
        body = " ".join(f"word{int(random.paretovariate(0.5)) % 30_000}" for _ in range(WORDS))
        found = compute_min_hashes(Fingerprint(title(number), body))
        made.append(release(round_ * RELEASES + number, headline=title(number), body=body, hashes=found))
    return made


class Clock:
    """Seconds by what they were spent on."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    @contextmanager
    def on(self, what: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.spent[what] += time.perf_counter() - start


def look_up(run: OpenRun, clock: Clock, first: int) -> None:
    """Look up the links of all listing pages."""
    for start in range(first, first + RELEASES, LINKS_A_LISTING):
        with clock.on("links looked up"):
            run.history.find_pages([visit(number).key for number in range(start, start + LINKS_A_LISTING)])


def first_run(run: OpenRun, clock: Clock, found: list[ArticleRecord]) -> None:
    look_up(run, clock, int(found[0].id))
    for number, each in enumerate(found, 1):
        with clock.on("duplicates searched"):
            run.similar(each)
        run.journal.add_article(each)
        run.journal.add_visit(visit(int(each.id), due=TUESDAY if number <= LOOKED_AT_AGAIN else None))
        if number % BATCH == 0:
            with clock.on("releases written"):
                run.journal.flush()


def second_run(run: OpenRun, clock: Clock, found: list[ArticleRecord]) -> None:
    look_up(run, clock, int(found[0].id))
    run.journal.mark_listed([each.id for each in found])
    with clock.on("due read"):
        due = run.history.find_due(TUESDAY, LOOKED_AT_AGAIN)
    for each in due:
        run.journal.add_visit(visit(int(each.id), at=TUESDAY, due=WEDNESDAY))
    with clock.on("visits written"):
        run.journal.flush()


def measure(address: str, round_: int) -> dict[str, float]:
    """The seconds that a newsroom's two runs take."""
    clock, found = Clock(), releases(round_)
    store = Store.open(address)
    for a_run in (first_run, second_run):
        with clock.on("begun and ended"):
            run = OpenRun(store, f"round {round_}", MONDAY)
        a_run(run, clock, found)
        with clock.on("begun and ended"):
            run.journal.save_learned(b"template" * 1000, {"sources": ["listing"]})
            run.history.past_runs()
            run.journal.finish(TUESDAY, "ok", [], {})
    return clock.spent


def compare(empty: str, full: str, articles: int, rounds: int) -> None:
    Store.open(empty)
    start = time.perf_counter()
    Store.open(full)
    fill(full, articles)
    print(f"  {articles:,} articles filled in within {time.perf_counter() - start:.0f} s")
    spent: dict[str, list[dict[str, float]]] = {empty: [], full: []}
    for round_ in range(-1, rounds):
        for address, rows in spent.items():
            row = measure(address, round_ + 1)
            if round_ >= 0:  # the first only warms up
                rows.append(row)
    print(f"  {'ms':24}{'empty':>10}{'full':>10}{'ratio':>8}")
    totals = [min(sum(row.values()) for row in rows) for rows in spent.values()]
    for what in spent[empty][0]:
        print_line(what, *(min(row[what] for row in rows) for rows in spent.values()))
    print_line("all", *totals)
    crawls = [[crawl_seconds(address) for address in (empty, full)] for _ in range(CRAWLS)]
    print_line("a whole crawl", *(min(seconds) for seconds in zip(*crawls, strict=True)))


def crawl_seconds(address: str) -> float:
    """How long the crawl of a newsroom takes that the store does not know: its port is new each time."""
    with serving(large_newsroom(RELEASES)) as site, tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        run = crawl(Path(folder), "newsroom", "-a", f"url={site.url}/news/", "-s", f"CORPNEWS_STORE={address}")
        seconds = time.perf_counter() - start
    assert f"{RELEASES} articles from " in run.last_line, run.log
    return seconds


def print_line(what: str, empty: float, full: float) -> None:
    print(f"  {what:24}{empty * 1000:10.1f}{full * 1000:10.1f}{full / empty:8.2f}")


def in_sqlite(articles: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        empty, full = (Path(name) / f"{each}.sqlite3" for each in ("empty", "full"))
        compare(f"sqlite:///{empty}", f"sqlite:///{full}", articles, rounds)
        print(f"  {full.stat().st_size / 1e6:.0f} MB")


def in_postgresql(articles: int, rounds: int) -> None:
    binaries = postgresql.programs()
    if binaries is None:
        print("  not installed")
        return
    with postgresql.serving(binaries) as server:
        compare(server.new_schema(), server.new_schema(), articles, rounds)


DATABASES: Final = {"SQLite": in_sqlite, "PostgreSQL": in_postgresql}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "databases", nargs="*", metavar="DATABASE", default=[*DATABASES], help="SQLite, PostgreSQL; both by default"
    )
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    for name in arguments.databases:
        print(name)
        DATABASES[name](arguments.articles, arguments.rounds)


if __name__ == "__main__":
    main()
