"""What `scrapy crawl-due` and `scrapy fleet work` have in common: the options of their runs."""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

if TYPE_CHECKING:
    import argparse

    from scrapy.settings import BaseSettings

    from corpnews.schedule.newsroom_runs import NewsroomRuns
    from corpnews.state import Store


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """Add what bounds a run, and where its log is written."""
    parser.add_argument("--time-limit", type=float, default=60, metavar="MINUTES", help="for each run, by default 60")
    parser.add_argument("--memory-limit", type=int, default=2048, metavar="MB", help="for each run, by default 2048")
    parser.add_argument("--logs", metavar="FOLDER", help="where the logs are written, by default logs in CORPNEWS_OUTPUT")


def build_runs(settings: BaseSettings, store: Store, opts: argparse.Namespace, at_once: int) -> NewsroomRuns:
    """The runs of the store's list, bounded by the options. Raises UsageError for bounds that allow no run."""
    from scrapy.spiderloader import get_spider_loader

    from corpnews.schedule.crawl_due import find_log_folder
    from corpnews.schedule.newsroom_runs import NewsroomRuns, RunLimits
    from corpnews.state.newsroom_list import NewsroomList

    if min(at_once, opts.memory_limit) < 1 or opts.time_limit <= 0:
        raise UsageError("the number of runs at once and their limits are above 0", print_help=False)
    limits = RunLimits(jobs=at_once, time_limit=ceil(opts.time_limit * 60), memory_limit=opts.memory_limit)
    given = dict(each.split("=", 1) for each in opts.set)
    logs = Path(opts.logs) if opts.logs else find_log_folder(settings)
    return NewsroomRuns(store, NewsroomList(store), get_spider_loader(settings), limits, given, logs)
