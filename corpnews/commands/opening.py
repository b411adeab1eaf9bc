"""The settings and the store of a command, and the settings of runs of which nothing is kept."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError
from scrapy.utils.log import configure_logging

from corpnews.addon import apply_defaults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrapy.settings import BaseSettings

    from corpnews.state import Store

logger = logging.getLogger(__name__)


def prepare_settings(settings: BaseSettings | None) -> BaseSettings:
    """The settings of a command, with this package's defaults."""
    assert settings is not None  # noqa: S101 - scrapy.cmdline has set them by now
    apply_defaults(settings)
    return settings


def find_existing_store(settings: BaseSettings) -> str | Path:
    """The path or URL of the store. Raises UsageError if it is a file that is not there, so that none is made."""
    from corpnews.state import StoreError
    from corpnews.state.location import find_store

    try:
        where = find_store(settings)
    except StoreError as error:
        raise UsageError(str(error), print_help=False) from None
    if isinstance(where, Path) and not where.exists():
        raise UsageError(f"there is no run in the store {where}", print_help=False)
    return where


def open_store(settings: BaseSettings) -> Store:
    """Open the store that the settings name. Raises UsageError if it cannot be opened."""
    from corpnews.state import Store, StoreError
    from corpnews.state.location import find_store

    try:
        return Store.open(find_store(settings))
    except StoreError as error:
        raise UsageError(str(error), print_help=False) from None


def log_errors_only(settings: BaseSettings | None) -> None:
    """Let a run log errors only, unless the command line says otherwise; to be called before the process is created."""
    if settings is not None:
        settings.set("LOG_LEVEL", "ERROR", priority="project")


@contextmanager
def logging_usage_errors(settings: BaseSettings) -> Iterator[None]:
    """Write what is wrong with a command to LOG_FILE as well: nobody sees the standard error of a job of scrapyd."""
    try:
        yield
    except UsageError as error:
        if settings["LOG_FILE"]:
            configure_logging({"LOG_FILE": settings["LOG_FILE"], "LOG_FORMAT": settings["LOG_FORMAT"]})
            logger.error("%s", error)
        raise


def log_verdict_of_nothing(gave_articles: Callable[[], bool]) -> None:
    """Have the verdict on a trial run logged only if it gave no article: it is cut short, and what it gave is printed."""
    logging.getLogger("corpnews.extensions.run_report").addFilter(lambda _: not gave_articles())


@contextmanager
def keeping_nothing(settings: BaseSettings) -> Iterator[Path]:
    """Let a run write to a folder that is removed afterwards; options of the command line win."""
    settings.setdict({"FEEDS": {}, "CORPNEWS_STORE": "", "CORPNEWS_NOTIFY": ""}, priority="project")
    with TemporaryDirectory() as folder:
        settings.set("CORPNEWS_OUTPUT", folder, priority="cmdline")
        yield Path(folder)
