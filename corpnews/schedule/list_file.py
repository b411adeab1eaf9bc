"""Files that list newsrooms: CSV, TSV, JSON Lines, or text with a URL a line."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from corpnews.crawler import NewsroomSpider
from corpnews.crawler.arguments import NewsroomUrlArguments, is_scheme_missing, parse_http_url, parse_newsroom_name
from corpnews.spiders.newsroom import AnyNewsroomSpider
from corpnews.state.newsroom_list import ListedNewsroom

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from scrapy.spiderloader import SpiderLoaderProtocol

# Columns that are arguments of the run; `name`, `url` and `every` are read apart
_ARGUMENT_COLUMNS: Final = ("company", "languages", "since", "max_articles", "wire", "render", "sources")
COLUMNS: Final = ("name", "url", *_ARGUMENT_COLUMNS, "every")
_DURATION: Final = re.compile(r"(\d{1,5})\s*(m|h|d)")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days"}
_SEPARATORS: Final = {".csv": ",", ".tsv": "\t"}
_NOT_IN_NAMES: Final = re.compile(r"[^\w.-]+")


class RowError(ValueError):
    """A row that names no newsroom which can be crawled; the message says why."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list as it was written; `place` names the file and the line."""

    place: str
    values: Mapping[str, str]


def read_list_file(path: Path) -> Iterator[ListRow]:
    """Yield the rows of a list, blank lines and comments ("# …") left out. Raises OSError, RowError for what is no list."""
    text = path.read_text(encoding="utf-8-sig")
    if separator := _SEPARATORS.get(path.suffix.lower()):
        yield from _read_table(path, text, separator)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            place = f"{path}:{number}"
            yield ListRow(place, _parse_json_row(place, line) if line.lstrip().startswith("{") else {"url": line.strip()})


def _read_table(path: Path, text: str, separator: str) -> Iterator[ListRow]:
    reader = csv.DictReader(text.splitlines(), delimiter=separator, restkey="", restval="")
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    if not {"url", "name"} & set(names):
        raise RowError(f"{path}:1: the first line names the columns: {', '.join(COLUMNS)}; url or name must be among them")
    reader.fieldnames = names
    for row in reader:
        place = f"{path}:{reader.line_num}"
        if row.pop("", None):
            raise RowError(f"{place}: there are more cells than columns")
        values = {name: value.strip() for name, value in row.items() if value and value.strip()}
        if values:
            yield ListRow(place, values)


def _parse_json_row(place: str, line: str) -> dict[str, str]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise RowError(f"{place}: this is no JSON ({error})") from None
    return {name: _format_json_value(value) for name, value in row.items() if value not in (None, "", [], False)}


def _format_json_value(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else "1" if value is True else str(value)


def parse_rows(
    rows: Iterable[ListRow], listed: Sequence[ListedNewsroom], loader: SpiderLoaderProtocol
) -> tuple[list[ListedNewsroom], list[str]]:
    """Parse rows into newsrooms, and say of each row that cannot be crawled why.

    A URL that is `listed` keeps its name. A row without a name is named after its host, with its path where the host's name
    is another newsroom's.
    """
    urls = {each.name: get_newsroom_url(each) for each in listed}
    parsed, errors = dict[str, ListedNewsroom](), list[str]()
    for row in rows:
        try:
            newsroom = _parse_row(row.values, urls, loader)
        except ValueError as error:
            errors.append(f"{row.place}: {error}")
            continue
        urls[newsroom.name] = get_newsroom_url(newsroom)
        parsed[newsroom.name] = newsroom
    return list(parsed.values()), errors


def _parse_row(values: Mapping[str, str], urls: Mapping[str, str], loader: SpiderLoaderProtocol) -> ListedNewsroom:
    if unknown := values.keys() - set(COLUMNS):
        raise RowError(f"unknown column {min(unknown)!r} ({', '.join(COLUMNS)})")
    every = _parse_duration(values["every"]) if "every" in values else None
    arguments = {name: values[name] for name in _ARGUMENT_COLUMNS if name in values}
    now = datetime.now(UTC)
    if "url" not in values:
        name = values["name"]
        _check_spider(name, arguments, loader)
        return ListedNewsroom(name, name, arguments, every, now)
    url = NewsroomUrlArguments.parse({**arguments, "url": values["url"]}).url
    name = parse_newsroom_name(values["name"]) if "name" in values else _choose_name(url, urls)
    if urls.get(name, url) != url:
        raise RowError(f"the name {name!r} is taken by {urls[name] or 'a spider of the project'}")
    if is_scheme_missing(values["url"]):  # each run then tries https and, where no server answers, http
        url = url.removeprefix("https://")
    return ListedNewsroom(name, AnyNewsroomSpider.name, {**arguments, "url": url, "name": name}, every, now)


def get_newsroom_url(newsroom: ListedNewsroom) -> str:
    """Return the URL of the newsroom's listing, with a scheme; "" if it is a spider of the project."""
    url = newsroom.arguments.get("url", "")
    return url and parse_http_url(url)


def _check_spider(name: str, arguments: Mapping[str, str], loader: SpiderLoaderProtocol) -> None:
    """Raise RowError if no newsroom of the project has the name, ValueError if it does not take the arguments."""
    if name not in loader.list() or not issubclass(spider := loader.load(name), NewsroomSpider):
        raise RowError(f"{name!r} is no newsroom of the project, and there is no url")
    spider.arguments_type.parse(arguments)


def _choose_name(url: str, urls: Mapping[str, str]) -> str:
    """The name of the newsroom at `url`: the one that it is listed under, its host, or host and path."""
    host = urlsplit(url).hostname or ""
    if known := next((name for name, listed in urls.items() if listed == url), None):
        return known
    return host if host not in urls else _NOT_IN_NAMES.sub("-", f"{host}{urlsplit(url).path}".rstrip("/"))[:100]


def _parse_duration(text: str) -> timedelta:
    """Parse how often a newsroom is crawled.

    >>> _parse_duration("6h")
    datetime.timedelta(seconds=21600)
    """
    match = _DURATION.fullmatch(text.strip().lower())
    if not match or not int(match[1]):
        raise RowError(f"every: {text!r} is no duration such as 30m, 6h or 1d")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def find_list_errors(listed: Iterable[ListedNewsroom], loader: SpiderLoaderProtocol) -> Iterator[str]:
    """Say of each listed newsroom that can no longer be crawled why: its spider is gone, or takes other arguments."""
    for newsroom in listed:
        try:
            _check_spider(newsroom.spider, newsroom.arguments, loader)
        except ValueError as error:
            yield f"{newsroom.name}: {error}"
