"""`scrapy check NAME…`: Scrapy's check of contracts, which names a newsroom that does not exist in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.commands import check
from scrapy.spiderloader import get_spider_loader

from corpnews.commands.newsroom_lookup import load_spider
from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse


class Command(OneLineErrors, check.Command):
    """The exit status is 2 if a newsroom does not exist."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if self.settings is not None and args:
            loader = get_spider_loader(self.settings)
            for name in args:
                load_spider(loader, name)
