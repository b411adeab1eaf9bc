"""What `scrapy crawl` and `scrapy runspider` have in common: checks before a run, a quiet log, the exit status of a verdict."""

from __future__ import annotations

import gc
import logging
import signal
from typing import TYPE_CHECKING, Final

from scrapy.exceptions import UsageError

from corpnews.commands.opening import open_store

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

_VERBOSE_LOGGERS: Final = ("scrapy.addons", "scrapy.crawler", "scrapy.middleware")  # each logs pages of settings and class names


def check_run(
    spider: type[Spider],
    given: dict[str, str],
    settings: BaseSettings,
    *,
    opens_store: bool = True,
    are_settings_checked: bool = False,
) -> None:
    """Raise UsageError if an argument or a setting of a newsroom spider is wrong.

    `are_settings_checked` says that the project's settings are: then they are checked again only with a spider's own.
    """
    from corpnews.crawler import NewsroomSpider

    if not issubclass(spider, NewsroomSpider):
        return
    try:
        spider.arguments_type.parse(given)
        spider.selectors.check()
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from None
    if not are_settings_checked or spider.custom_settings or "update_settings" in vars(spider):
        settings = settings.copy()
        spider.update_settings(settings)
        check_settings_of_run(settings, opens_store=opens_store)


def check_settings_of_run(settings: BaseSettings, *, opens_store: bool) -> None:
    """Raise UsageError if a setting of this package is wrong, or the store that they name cannot be opened."""
    from corpnews.addon import apply_defaults, check_settings
    from corpnews.platforms.source_registry import load_sources

    apply_defaults(settings)
    try:
        check_settings(settings)
        load_sources()
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from None
    if opens_store:
        open_store(settings)


def prepare_run(settings: BaseSettings | None) -> None:
    """Quiet the log, and set up the process for one run."""
    if settings is not None and settings["LOG_LEVEL"] != "DEBUG":
        for name in _VERBOSE_LOGGERS:
            logging.getLogger(name).setLevel(logging.WARNING)
    # Loaded modules live until the end; leaving them out of garbage collection saves 3 % of a crawl's CPU time
    gc.freeze()
    _stop_on_hangup()


def _stop_on_hangup() -> None:
    """Have a run whose terminal is closed stop as on SIGTERM; under nohup it goes on."""
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))


def get_exit_status(crawler: Crawler) -> int:
    """The exit status for the verdict on a newsroom's run, 0 for other spiders."""
    from corpnews.crawler import NewsroomSpider
    from corpnews.extensions.run_report import VERDICT_STAT
    from corpnews.reporting.verdict import EXIT_STATUS, Verdict

    if not isinstance(crawler.spider, NewsroomSpider):
        return 0
    return EXIT_STATUS[crawler.stats.get_value(VERDICT_STAT, Verdict.FAILED)]
