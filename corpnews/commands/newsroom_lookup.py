"""Newsrooms by the name or URL on the command line, and the files of new ones."""

from __future__ import annotations

import ast
import re
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

from scrapy.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy import Spider
    from scrapy.settings import BaseSettings
    from scrapy.spiderloader import SpiderLoaderProtocol

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


def load_spider(loader: SpiderLoaderProtocol, name: str) -> type[Spider]:
    """Load the newsroom of this name. Raises UsageError."""
    try:
        return loader.load(name)
    except KeyError:
        near = get_close_matches(name, loader.list(), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise UsageError(f"no newsroom is named {name!r}{hint} (`scrapy list` shows all)", print_help=False) from None


def read_declared_names(modules: Iterable[str]) -> list[str] | None:
    """Read the names of the spiders in packages from their source; None if a class has none that is a plain string."""
    names = []
    for module in modules:
        package = import_module(module)
        for file in (Path(folder, each.name + ".py") for folder in package.__path__ for each in iter_modules([folder])):
            try:
                classes = [node for node in ast.parse(file.read_bytes()).body if isinstance(node, ast.ClassDef)]
            except (OSError, SyntaxError):  # a package, or a file with an error, of which Scrapy warns
                return None
            for each in (node for node in classes if _is_spider(node)):
                if (name := _read_name(each)) is None:
                    return None
                names.append(name)
    return names


def _is_spider(node: ast.ClassDef) -> bool:
    """Whether the class is a spider by the name of a base."""
    return any(ast.unparse(base).endswith("Spider") for base in node.bases)


def _read_name(node: ast.ClassDef) -> str | None:
    values = [
        each.value for each in node.body if isinstance(each, ast.Assign) and [ast.unparse(to) for to in each.targets] == ["name"]
    ]
    found = values[0].value if len(values) == 1 and isinstance(values[0], ast.Constant) else None
    return found if isinstance(found, str) else None


def check_newsroom_url(url: str) -> str:
    """Return the URL as a browser would take it. Raises UsageError."""
    from corpnews.crawler.arguments import parse_http_url

    try:
        return parse_http_url(url)
    except ValueError as expected:
        raise UsageError(f"{url!r} is not {expected}", print_help=False) from None


def check_newsroom_name(name: str) -> str:
    """Return the name if a newsroom's file may bear it. Raises UsageError."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} is not a name of letters, digits, '_', '-' and '.' that starts with a letter", print_help=False
        )
    return name


def find_free_spider_file(name: str, settings: BaseSettings, loader: SpiderLoaderProtocol) -> Path:
    """Return the path for the file of a new newsroom. Raises UsageError if the name is taken or not one."""
    check_newsroom_name(name)
    folder = Path(import_module(settings["NEWSPIDER_MODULE"]).__file__ or "").parent
    file = folder / f"{re.sub(r'[-.]', '_', name)}.py"
    if name in loader.list() or file.exists():
        raise UsageError(f"there is a newsroom {name!r} already", print_help=False)
    return file
