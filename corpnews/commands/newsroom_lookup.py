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
from scrapy.utils.conf import closest_scrapy_cfg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scrapy import Spider
    from scrapy.settings import BaseSettings
    from scrapy.spiderloader import SpiderLoaderProtocol

    from corpnews.crawler.arguments import SpiderArguments

_OUR_SPIDERS: Final = "corpnews.spiders"
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


def load_spider(loader: SpiderLoaderProtocol, name: str) -> type[Spider]:
    """Load the newsroom of this name. Raises UsageError."""
    try:
        return loader.load(name)
    except KeyError:
        raise _describe_unknown_newsroom(name, loader.list()) from None


def _describe_unknown_newsroom(name: str, names: Iterable[str]) -> UsageError:
    hint = suggest_name(name, names)
    return UsageError(f"no newsroom is named {name!r}{hint} (`scrapy list` shows all)", print_help=False)


def suggest_name(name: str, names: Iterable[str]) -> str:
    """Return a question for the name that is most like a mistyped one; "" if none is.

    >>> suggest_name("dmeo", ["auxair", "demo"]), suggest_name("rapid7", ["auxair", "demo"])
    ("; did you mean 'demo'?", '')
    """
    near = get_close_matches(name, names, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def check_declared_arguments(name: str, given: Mapping[str, str], modules: Iterable[str]) -> bool:
    """Check a newsroom's name and arguments by the source of its file, without importing it, which takes a second.

    Returns whether they were checked; what the source does not tell is left to be checked when the newsroom is loaded.
    Raises UsageError.
    """
    declared = read_declared_spiders(modules)
    if declared is None:
        return False
    if name not in declared:
        raise _describe_unknown_newsroom(name, declared)
    arguments_type = _find_arguments_type(declared[name])
    try:
        if arguments_type:
            arguments_type.parse(given)
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from None
    return arguments_type is not None


def _find_arguments_type(node: ast.ClassDef) -> type[SpiderArguments] | None:
    """The type of a newsroom's arguments; None if its class does not tell, or is no newsroom's."""
    from corpnews.crawler import arguments

    if [ast.unparse(base) for base in node.bases] != ["NewsroomSpider"]:
        return None
    named = _read_assigned(node, "arguments_type")
    if named is None:
        return arguments.SpiderArguments
    return getattr(arguments, named.id, None) if isinstance(named, ast.Name) else None


def read_declared_spiders(modules: Iterable[str]) -> dict[str, ast.ClassDef] | None:
    """Read the classes of the spiders in packages, by name, from their source; None if a name is no plain string."""
    spiders = {}
    for module in modules:
        package = import_module(module)
        if not hasattr(package, "__path__"):  # a module with its spiders in it
            return None
        for file in (Path(folder, each.name + ".py") for folder in package.__path__ for each in iter_modules([folder])):
            try:
                classes = [node for node in ast.parse(file.read_bytes()).body if isinstance(node, ast.ClassDef)]
            except (OSError, SyntaxError):  # a package, or a file with an error, of which Scrapy warns
                return None
            for each in (node for node in classes if _is_spider(node)):
                if (name := _read_name(each)) is None:
                    return None
                spiders[name] = each
    return spiders


def _is_spider(node: ast.ClassDef) -> bool:
    """Whether the class is a spider by the name of a base."""
    return any(ast.unparse(base).endswith("Spider") for base in node.bases)


def _read_name(node: ast.ClassDef) -> str | None:
    assigned = _read_assigned(node, "name")
    found = assigned.value if isinstance(assigned, ast.Constant) else None
    return found if isinstance(found, str) else None


def _read_assigned(node: ast.ClassDef, name: str) -> ast.expr | None:
    """What the class assigns to an attribute, if it does so once."""
    assigned = [each for each in node.body if isinstance(each, ast.Assign)]
    values = [each.value for each in assigned if [ast.unparse(target) for target in each.targets] == [name]]
    return values[0] if len(values) == 1 else None


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


def is_inside_project(settings: BaseSettings) -> bool:
    """Whether new newsrooms belong into the project's package; outside a clone, ours is where pip has installed it."""
    return settings["NEWSPIDER_MODULE"] != _OUR_SPIDERS or bool(closest_scrapy_cfg())


def name_run_command(file: Path, name: str) -> str:
    """The command that crawls a newsroom with a new file."""
    return f"scrapy crawl {name}" if file.is_absolute() else f"corpnews runspider {file}"


def find_free_spider_file(name: str, settings: BaseSettings, loader: SpiderLoaderProtocol) -> Path:
    """Return the path for the file of a new newsroom. Raises UsageError if the name is taken or not one."""
    check_newsroom_name(name)
    is_in_package = is_inside_project(settings)
    folder = Path(import_module(settings["NEWSPIDER_MODULE"]).__file__ or "").parent if is_in_package else Path()
    file = folder / f"{re.sub(r'[-.]', '_', name)}.py"
    if name in loader.list() or file.exists():
        raise UsageError(f"there is a newsroom {name!r} already", print_help=False)
    return file
