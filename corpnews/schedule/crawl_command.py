"""`scrapy crawl` in a fork: as scrapy.cmdline runs it, but for the search for all commands, which costs as much as the crawl of
an unchanged newsroom.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from scrapy.cmdline import ScrapyArgumentParser, execute
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError
from scrapy.utils.project import get_project_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.settings import Settings


def execute_crawl(words: Sequence[str]) -> NoReturn:
    """Run `scrapy crawl` with the words that follow it, and end the process with its exit status."""
    settings = get_project_settings()
    command = _load_command(settings)
    if command is None:  # the project is another one, with its own command or Scrapy's
        execute(["scrapy", "crawl", *words], settings)
        sys.exit()
    parser = ScrapyArgumentParser(conflict_handler="resolve")
    settings.setdict(command.default_settings, priority="command")
    command.settings = settings
    command.add_options(parser)
    options, arguments = parser.parse_known_args([*words])
    try:
        command.process_options(arguments, options)
        command.crawler_process = AsyncCrawlerProcess(settings)
        command.run(arguments, options)
    except UsageError as error:
        parser.error(str(error))
    sys.exit(command.exitcode)


def _load_command(settings: Settings) -> Any:
    """The command that the project's settings name, if it is this package's."""
    name = settings["COMMANDS_MODULE"]
    return import_module(f"{name}.crawl").Command() if name == "corpnews.commands" else None
