"""`scrapy schema`: print the schema of the output lines."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping


def _format_json_schema() -> str:
    from corpnews.items import Article

    return json.dumps(Article.json_schema(), indent=2)


def _format_arrow_schema() -> str:
    try:
        from corpnews.arrow_schema import SCHEMA
    except ImportError:
        raise UsageError("Arrow's schema needs pyarrow: pip install 'corpnews[parquet]'", print_help=False) from None
    return str(SCHEMA)


def _format_spark_schema() -> str:
    from corpnews.schemas import build_spark_schema

    return build_spark_schema()


def _format_sql_schema() -> str:
    from corpnews.schemas import build_sql_schema

    return build_sql_schema()


_FORMATS: Final[Mapping[str, Callable[[], str]]] = {
    "json": _format_json_schema,
    "arrow": _format_arrow_schema,
    "spark": _format_spark_schema,
    "sql": _format_sql_schema,
}


class Command(OneLineErrors, ScrapyCommand):
    """Exit status: 2 for a command that cannot be run."""

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Print the schema of the output lines"

    def long_desc(self) -> str:
        return "Print the schema of the output lines: as JSON Schema, for Arrow, as Spark's DDL, or as DuckDB's CREATE TABLE."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--format", choices=list(_FORMATS), default="json", help="by default json")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("`scrapy schema` takes no arguments", print_help=False)
        sys.stdout.write(f"{_FORMATS[opts.format]()}\n")
