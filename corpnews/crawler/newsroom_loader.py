"""The loader of the project's newsrooms: a file with an error stops no other newsroom."""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages
from typing import TYPE_CHECKING

from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)


class NewsroomLoader(SpiderLoader):
    """Loads each file of the packages in SPIDER_MODULES by itself; Scrapy's own leaves out all that follow one with an error."""

    def __init__(self, settings: BaseSettings) -> None:
        modules = [name for package in settings.getlist("SPIDER_MODULES") for name in _find_modules(package)]
        readable = list(filter(_can_import, modules))
        super().__init__(BaseSettings({"SPIDER_MODULES": readable}))


def _find_modules(package: str) -> Iterator[str]:
    folders = getattr(import_module(package), "__path__", None)
    if folders is None:  # a module with its spiders in it
        yield package
    else:
        yield from (each.name for each in walk_packages(folders, f"{package}.") if not each.ispkg)


def _can_import(module: str) -> bool:
    """Whether a module can be imported; if not, what is wrong is logged in a line."""
    try:
        import_module(module)
    except Exception as error:  # noqa: BLE001 - it is code of the user's, which may raise anything
        spec = find_spec(module)
        logger.error("The newsrooms in %s are left out: %s: %s", spec and spec.origin, type(error).__name__, error)
        return False
    return True
