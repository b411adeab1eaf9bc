"""`scrapy fleet`: workers on any number of hosts that share the list of newsrooms in one PostgreSQL store."""

from __future__ import annotations

import asyncio
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from corpnews.commands.opening import prepare_settings
from corpnews.commands.run_options import add_run_options, build_runs
from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from scrapy.settings import BaseSettings

_ACTIONS = frozenset(("init", "work", "status", "run"))
# What these say of a database that is gone, the command says in one line
_QUIET_LOGGERS = (
    "procrastinate.worker.corpnews_sites",
    "procrastinate.worker.corpnews_plan",
    "procrastinate.utils",
    "psycopg.pool",
    "asyncio",
)


class Command(OneLineErrors, ScrapyCommand):
    """Exit status: 2 if the command cannot be run or a worker loses its database, 1 if `status` finds a newsroom not well."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "init | work [--at-once N] | status [--json] | run NAME …"

    def short_desc(self) -> str:
        return "Crawl the newsrooms of the list with workers on any number of hosts"

    def long_desc(self) -> str:
        return (
            "Crawl the newsrooms of the list (see `scrapy newsrooms`) with workers on any number of hosts, which share the list "
            "and a queue in one PostgreSQL store (CORPNEWS_STORE). `init` makes the tables, or upgrades them to this version. "
            "`work` crawls what is due until SIGTERM. `status` shows what is under way, late or not well. `run` makes "
            "newsrooms due now."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--at-once", type=int, default=4, metavar="N", help="work: newsrooms crawled at once, by default 4")
        parser.add_argument("--json", action="store_true", help="status: print one JSON line per newsroom instead of a table")
        add_run_options(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from corpnews.state import StoreError

        action, *words = args or [""]
        if action not in _ACTIONS or (action == "run") != bool(words):
            raise UsageError(f"say what to do: scrapy fleet {self.syntax()}", print_help=False)
        for name in _QUIET_LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        settings = prepare_settings(self.settings)
        try:
            self.exitcode = _act(action, words, settings, opts)
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from None


def _act(action: str, words: Sequence[str], settings: BaseSettings, opts: argparse.Namespace) -> int:
    """Do what `scrapy fleet <action>` does; returns the exit status. Raises StoreError, UsageError."""
    from corpnews.state import Store
    from corpnews.state.database import parse_store_url

    where = _find_database(settings)
    try:
        from corpnews.fleet import queue
    except ImportError:
        raise UsageError("a fleet needs Procrastinate: pip install 'corpnews[fleet]'", print_help=False) from None
    if action == "init":
        store = Store.open(where)
        queue.init_queue(store)
        sys.stdout.write("the tables of the store and the queue are those of this version\n")
        return 0
    store = Store.open(where, may_upgrade=False, keeps_connections=True)
    queue.check_tables(store)
    runs = build_runs(settings, store, opts, opts.at_once)
    app = queue.create_queue(parse_store_url(where))
    if action == "work":
        from corpnews.fleet.worker import FleetWorker

        asyncio.run(FleetWorker(app, runs).work())
        return 0
    if action == "run":
        from corpnews.fleet.due_sites import run_now

        asyncio.run(run_now(app, runs, words, datetime.now(UTC)))
        return 0
    from corpnews.fleet import status

    found = asyncio.run(status.read_fleet_status(app, runs, datetime.now(UTC)))
    status.print_fleet_status(found, as_json=opts.json)
    return int(not found.is_fine)


def _find_database(settings: BaseSettings) -> str:
    """Where the store is. Raises UsageError unless it is a PostgreSQL database, StoreError."""
    from corpnews.state.database import parse_store_url
    from corpnews.state.location import find_store

    where = find_store(settings)
    if isinstance(where, Path) or parse_store_url(where).drivername == "sqlite":
        raise UsageError("a fleet needs a PostgreSQL store: CORPNEWS_STORE=postgresql+psycopg://user@host/name", print_help=False)
    return where
