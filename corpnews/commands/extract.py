"""`scrapy extract`: saved pages → the same lines as a crawl writes."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import sys
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.log import configure_logging

from corpnews.commands.usage_errors import OneLineErrors
from corpnews.lazy import has_package

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from corpnews.archive.extraction_summary import ExtractionSummary
    from corpnews.archive.page_location import PageLocation, SkippedInput
    from corpnews.feeds.exporters import LineWriter

_OUTPUT_SUFFIXES: Final = ("", ".jsonl", ".jl", ".ndjson", ".csv", ".parquet")
_TEXT_SUFFIXES: Final = ("", ".txt", ".csv", ".list", ".urls")
_MAX_URL_LENGTH: Final = 2000
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

logger = logging.getLogger(__name__)


class Command(OneLineErrors, ScrapyCommand):
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
            "page lists (.jsonl: one object a line with id, url, html = file relative to the list) and WARC files; "
            "- is one page on the standard input. Of folders and WARC files the pages that are no articles are left out."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-o",
            "--output",
            metavar="FILE",
            help="write to FILE, replacing it, instead of to the standard output: .jsonl, .csv or .parquet",
        )
        parser.add_argument("-j", "--jobs", metavar="N", help="number of processes; by default as many as are worth starting")
        parser.add_argument("--url", help="the URL of the page, if the input is a single one")
        parser.add_argument("--base-url", metavar="URL", help="the URL of the folder, for pages in it that do not tell theirs")
        parser.add_argument(
            "--no-template", action="store_true", help="extract each page by itself, without learning a template of its site"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        from corpnews.crawler.arguments import parse_count

        super().process_options(args, opts)
        _check_inputs(args, opts)
        if opts.output and (Path(opts.output).is_dir() or opts.output.endswith(os.sep)):
            _raise_usage_error(f"{opts.output} is a folder; name a file in it")
        if opts.output and any(_is_same_file(opts.output, each) for each in args):
            _raise_usage_error(f"{opts.output} is an input; write to another file")
        _check_output(opts.output)
        try:
            opts.jobs = opts.jobs and parse_count(opts.jobs)
        except ValueError as expected:
            _raise_usage_error(f"--jobs: {opts.jobs!r} is not {expected}")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from corpnews.archive.extraction_summary import ExtractionSummary

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


def _extract_inputs(inputs: list[str], opts: argparse.Namespace, summary: ExtractionSummary, lines: LineWriter) -> None:
    """Locate all pages, then write the lines of their articles."""
    from corpnews.archive.page_location import SkippedInput
    from corpnews.archive.process_pool import choose_process_count, extract_archive
    from corpnews.archive.site_index import open_temporary_index

    with TemporaryDirectory() as folder, open_temporary_index() as index:
        for found in _locate_inputs(inputs, opts, folder):
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


def _locate_inputs(inputs: list[str], opts: argparse.Namespace, folder: str) -> Iterator[PageLocation | SkippedInput]:
    """Locate the pages; that of the standard input is copied into the folder."""
    from corpnews.archive.inputs import locate_pages
    from corpnews.archive.page_location import PageLocation

    if inputs == ["-"]:
        page = Path(folder, "page.html")
        page.write_bytes(sys.stdin.buffer.read())
        inputs = [str(page)]
    for found in locate_pages(inputs, opts.base_url or ""):
        yield replace(found, url=opts.url) if opts.url and isinstance(found, PageLocation) else found


def _check_inputs(args: list[str], opts: argparse.Namespace) -> None:
    """Raise UsageError if nothing could be read."""
    from corpnews.archive.inputs import UNREADABLE_KIND, is_readable_kind

    if url := next((each for each in args if each.startswith(("http://", "https://"))), None):
        _raise_usage_error(f"{url} is no saved page; to fetch a newsroom: scrapy crawl newsroom -a url={url}")
    if not args:
        _raise_usage_error("name the saved pages: files, folders, page lists or WARC files")
    if "-" in args and len(args) > 1:
        _raise_usage_error("- is one page on the standard input, and no other input goes with it")
    if opts.url and (len(args) > 1 or Path(args[0]).is_dir()):
        _raise_usage_error("--url is that of a single page; for a folder there is --base-url")
    if missing := _find_missing(args):
        _raise_usage_error(f"{missing}: there is no such file")
    if urls := next(filter(_is_list_of_urls, map(Path, args)), None):
        _raise_usage_error(f"{urls} is a list of URLs; to fetch newsrooms: scrapy newsrooms add {urls}, then scrapy crawl-due")
    if args != ["-"] and not any(Path(each).is_dir() or is_readable_kind(Path(each)) for each in args):
        _raise_usage_error(f"{args[0]}: {UNREADABLE_KIND}")


def _find_missing(inputs: list[str]) -> str:
    """The first input, if none is there."""
    return "" if any(each == "-" or Path(each).exists() for each in inputs) else inputs[0]


def _is_list_of_urls(path: Path) -> bool:
    """Whether a file of text begins with the URL of a page that is still to be fetched."""
    if path.suffix.lower() not in _TEXT_SUFFIXES or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.readline(_MAX_URL_LENGTH).lstrip(_BYTE_ORDER_MARK).startswith((b"http://", b"https://"))


def _check_output(path: str | None) -> None:
    """Raise UsageError if nothing could be written to this path, or another format is wanted."""
    if not path:
        return
    suffix = Path(path).suffix.lower()
    if suffix not in _OUTPUT_SUFFIXES:
        _raise_usage_error(f"{path}: {suffix!r} is no format of lines; there are {', '.join(filter(None, _OUTPUT_SUFFIXES))}")
    if suffix == ".parquet" and not has_package("pyarrow"):
        _raise_usage_error("Parquet needs pyarrow: pip install 'corpnews[parquet]'")


@contextmanager
def _open_output(path: str | None) -> Iterator[LineWriter]:
    """Open the output: a file that appears under its name when it is complete, or the standard output."""
    from corpnews.feeds import write_atomically
    from corpnews.feeds.exporters import open_line_writer

    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        with write_atomically(Path(path)) as file, open_line_writer(file, Path(path).suffix.lower()) as lines:
            yield lines


def _is_same_file(output_path: str, input_path: str) -> bool:
    return Path(output_path).exists() and Path(input_path).exists() and Path(output_path).samefile(input_path)


def _raise_usage_error(message: str) -> None:
    raise UsageError(message, print_help=False)
