"""`scrapy extract`: saved pages → the same lines as a crawl writes."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import sys
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.log import configure_logging

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from corpnews.archive.summary import ExtractionSummary

logger = logging.getLogger(__name__)


class Command(ScrapyCommand):
    """Exit status: 2 for a command that cannot be run, 1 if no article was found or an input was not read to its end."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] INPUT..."

    def short_desc(self) -> str:
        return "Extract the articles of saved pages"

    def long_desc(self) -> str:
        return (
            "Extract the articles of saved pages, without a network: .html files (or .html.gz, or folders of them), "
            "page lists (.jsonl: one object a line with id, url, html = file relative to the list) and WARC files."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-o", "--output", metavar="FILE", help="write to FILE, replacing it, instead of to the standard output"
        )
        parser.add_argument("-j", "--jobs", metavar="N", help="number of processes; by default as many as are worth starting")
        parser.add_argument(
            "--no-template", action="store_true", help="extract each page by itself, without learning a template of its site"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        from corpnews.crawler.arguments import parse_count

        super().process_options(args, opts)
        if unknown := next((each for each in args if each.startswith("-")), None):
            _raise_usage_error(f"there is no option {unknown}")
        if not args:
            _raise_usage_error("name the saved pages: files, folders, page lists or WARC files")
        if opts.output and any(_is_same_file(opts.output, each) for each in args):
            _raise_usage_error(f"{opts.output} is an input; write to another file")
        try:
            opts.jobs = opts.jobs and parse_count(opts.jobs)
        except ValueError as expected:
            _raise_usage_error(f"--jobs: {opts.jobs!r} is not {expected}")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from corpnews.archive.summary import ExtractionSummary

        configure_logging(self.settings)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        summary = ExtractionSummary()
        if failure := _extract_to_output(args, opts, summary):
            logger.error("%s; %s", failure, summary.format_total())
        else:
            logger.info("%s", summary.format_total(opts.output))
        self.exitcode = int(bool(failure) or not summary.is_complete)


class _NoArticleError(Exception):
    """Raised to leave an earlier output file as it is."""


def _extract_to_output(args: list[str], opts: argparse.Namespace, summary: ExtractionSummary) -> str:
    """Extract all inputs; return what went wrong, empty if nothing did. The output file appears only if nothing did."""
    try:
        with _open_output(opts.output) as lines, summary:
            _extract_inputs(args, opts, summary, lines)
            if not summary.articles:
                raise _NoArticleError
    except _NoArticleError:
        return "no article was found"
    except KeyboardInterrupt:
        return "stopped before the end"
    except BrokenProcessPool:
        return "a worker process was killed or ran out of memory"
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return "the reader of the output has closed it"
    except (OSError, sqlite3.Error) as error:
        return str(error)
    return ""


def _extract_inputs(inputs: list[str], opts: argparse.Namespace, summary: ExtractionSummary, lines: IO[bytes]) -> None:
    """Locate all pages, then write the lines of their articles."""
    from corpnews.archive.inputs import locate_pages
    from corpnews.archive.page_location import SkippedInput
    from corpnews.archive.process_pool import choose_process_count, extract_archive
    from corpnews.archive.site_index import open_temporary_index

    with open_temporary_index() as index:
        for found in locate_pages(inputs):
            if isinstance(found, SkippedInput):
                summary.count_unread_input(found)
            else:
                index.add(found)
                summary.count_page()
        index.finish()
        summary.begin_extraction()
        jobs = opts.jobs or choose_process_count(summary.pages)
        for result in extract_archive(index, jobs, use_template=not opts.no_template):
            lines.writelines(result.lines)
            summary.count_result(result)


@contextmanager
def _open_output(path: str | None) -> Iterator[IO[bytes]]:
    """Open the output: a file that appears under its name when it is complete, or the standard output."""
    from corpnews.feeds import write_atomically

    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        with write_atomically(Path(path)) as lines:
            yield lines


def _is_same_file(output_path: str, input_path: str) -> bool:
    return Path(output_path).exists() and Path(input_path).exists() and Path(output_path).samefile(input_path)


def _raise_usage_error(message: str) -> None:
    raise UsageError(message, print_help=False)
