"""`scrapy list`: the names of all newsrooms, read from their files without importing them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands import list as scrapy_list
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from corpnews.commands.newsroom_lookup import read_declared_spiders
from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse


class Command(OneLineErrors, scrapy_list.Command):
    """Loads the newsrooms, as Scrapy does, only if a file does not state its names as plain strings."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 - Scrapy's signature
        if args:
            raise UsageError("`scrapy list` takes no arguments", print_help=False)
        assert self.settings is not None  # noqa: S101 - scrapy.cmdline has set them by now
        names = read_declared_spiders(self.settings.getlist("SPIDER_MODULES"))
        for name in sorted(get_spider_loader(self.settings).list() if names is None else names):
            sys.stdout.write(f"{name}\n")
