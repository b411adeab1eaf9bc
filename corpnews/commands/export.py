"""`scrapy export`: the present state of all releases, from the lines of earlier runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from corpnews.commands.newsroom_lookup import suggest_name
from corpnews.commands.opening import prepare_settings
from corpnews.commands.usage_errors import OneLineErrors
from corpnews.lazy import has_package

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from scrapy.settings import BaseSettings

_LINES: Final = "jsonl"
_FORMATS: Final = (_LINES, "csv", "parquet")


class Command(OneLineErrors, ScrapyCommand):
    """Exit status: 2 for a command that cannot be run; then no file is touched."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] NEWSROOM … | --all"

    def short_desc(self) -> str:
        return "Write the last line of each release"

    def long_desc(self) -> str:
        return (
            "Write the present state of all releases of newsrooms: the last line of each, out of the files in CORPNEWS_OUTPUT. "
            "To standard output as JSON Lines, or with -o to a file: .jsonl, .csv or .parquet."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="of all newsrooms")
        parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="a file that ends in .jsonl, .csv or .parquet")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from corpnews.feeds.published_lines import LineError, read_latest_lines
        from corpnews.web.text import plural

        if bool(args) == opts.all:
            raise UsageError("name the newsrooms, or give --all", print_help=False)
        if opts.output and _get_format(opts.output) not in _FORMATS:
            raise UsageError(f"{opts.output} does not end in {', '.join(f'.{each}' for each in _FORMATS)}", print_help=False)
        if opts.output and _get_format(opts.output) == "parquet" and not has_package("pyarrow"):
            raise UsageError("Parquet needs pyarrow: pip install 'corpnews[parquet]'", print_help=False)
        settings = prepare_settings(self.settings)
        try:
            lines = read_latest_lines(_find_files(settings, args))
            if opts.output:
                count = _write_file(lines, opts.output, settings)
                sys.stderr.write(f"{plural(count, 'release')} in {opts.output}\n")
            else:
                sys.stdout.buffer.writelines(lines)
        except (LineError, OSError) as error:
            raise UsageError(str(error), print_help=False) from None


def _find_files(settings: BaseSettings, newsrooms: Sequence[str]) -> list[Path]:
    """The files with lines of these newsrooms, of all if none is named. Raises UsageError if there are none."""
    from corpnews.feeds.published_lines import find_line_files
    from corpnews.state.location import find_output_folder

    output = settings["CORPNEWS_OUTPUT"]
    if not (folder := find_output_folder(settings)):
        raise UsageError(f"the lines are in {output}: read them there (docs/analysis.md)", print_help=False)
    names = sorted(path.name for path in folder.glob("*") if path.is_dir())
    files = {name: find_line_files(folder / name) for name in newsrooms or names}
    if newsrooms and (missing := next((name for name, found in files.items() if not found), None)):
        raise UsageError(f"there are no lines in {folder / missing}{suggest_name(missing, names)}", print_help=False)
    found = [path for paths in files.values() for path in paths]
    if not found:
        raise UsageError(f"there are no lines in {output}", print_help=False)
    return found


def _get_format(target: Path) -> str:
    return target.suffix.removeprefix(".").lower()


def _write_file(lines: Iterable[bytes], target: Path, settings: BaseSettings) -> int:
    """Write the lines in the format of the file's ending; returns how many there are."""
    import msgspec
    from scrapy.utils.misc import load_object

    from corpnews.feeds import write_atomically

    name = _get_format(target)
    with write_atomically(target) as file:
        if name == _LINES:
            return _write_each(lines, file.write)
        exporter = load_object(settings["FEED_EXPORTERS"][name])(file)
        exporter.start_exporting()
        number = _write_each(lines, lambda line: exporter.export_item(msgspec.json.decode(line)))
        exporter.finish_exporting()
        return number


def _write_each(lines: Iterable[bytes], write: Callable[[bytes], object]) -> int:
    number = 0
    for line in lines:
        write(line)
        number += 1
    return number
