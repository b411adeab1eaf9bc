"""The settings and the store of a command that is no crawl."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from corpnews.addon import apply_defaults

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

    from corpnews.state import Store


def prepare_settings(settings: BaseSettings | None) -> BaseSettings:
    """The settings of a command, with this package's defaults."""
    assert settings is not None  # noqa: S101 - scrapy.cmdline has set them by now
    apply_defaults(settings)
    return settings


def open_store(settings: BaseSettings) -> Store:
    """Open the store that the settings name. Raises UsageError if it cannot be opened."""
    from corpnews.state import Store, StoreError
    from corpnews.state.location import find_store

    try:
        return Store.open(find_store(settings))
    except StoreError as error:
        raise UsageError(str(error), print_help=False) from None
