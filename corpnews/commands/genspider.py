"""`scrapy genspider NAME URL`: write the file of a newsroom; with `-t basic` and the like, Scrapy's own templates."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import scrapy
from scrapy.commands import genspider
from scrapy.commands.genspider import sanitize_module_name
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from corpnews.commands.newsroom_lookup import check_newsroom_name, check_newsroom_url, is_inside_project, name_run_command
from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse

_COUNT_OF_ARGUMENTS: Final = 2
_SCRAPY_TEMPLATES: Final = Path(scrapy.__file__).parent / "templates" / "spiders"


class Command(OneLineErrors, genspider.Command):
    """The exit status is 2 if no file was written."""

    def syntax(self) -> str:
        return "[options] NAME URL"

    def short_desc(self) -> str:
        return "Write the file of a newsroom"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.set_defaults(template="newsroom")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the file, unless name or URL are wrong or the name is taken."""
        assert self.settings is not None  # noqa: S101 - scrapy.cmdline has set them by now
        is_inside = is_inside_project(self.settings)
        if not is_inside:
            self.settings.set("NEWSPIDER_MODULE", "", priority="cmdline")  # Scrapy then writes into the working directory
        if not (opts.list or opts.dump):
            if len(args) != _COUNT_OF_ARGUMENTS:
                raise UsageError("name the newsroom and its URL: scrapy genspider NAME URL", print_help=False)
            args = [_check_name(*args), check_newsroom_url(args[1]).replace('"', "%22")]  # the template has it in quotes
        super().run(args, opts)
        if not is_inside and not (opts.list or opts.dump):
            sys.stdout.write(f"To crawl it: {name_run_command(Path(f'{sanitize_module_name(args[0])}.py'), args[0])}\n")

    def _spider_exists(self, name: str) -> bool:
        known = [] if self.settings is None else get_spider_loader(self.settings).list()
        if super()._spider_exists(name) or name in known:  # the first says which file has it
            raise UsageError(f"there is a newsroom {name!r} already; --force replaces it", print_help=False)
        return False

    def _find_template(self, template: str) -> Path | None:
        """Return the file of a template of this project, or of Scrapy."""
        file = Path(template if template.endswith(".tmpl") else f"{template}.tmpl")
        found = next((path for path in (file, Path(self.templates_dir) / file, _SCRAPY_TEMPLATES / file) if path.exists()), None)
        if found is None:
            raise UsageError(f"there is no template {template!r}; there are newsroom, basic, crawl …", print_help=False)
        return found


def _check_name(name: str, url: str) -> str:
    if "/" in name and not set("/:") & set(url):
        raise UsageError(f"the name comes first: scrapy genspider {url} {name}", print_help=False)
    return check_newsroom_name(name)
