"""The rooms of the house: what may import what, what the core must not do, and that a name stands in one file only."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import corpnews

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(corpnews.__file__).parent
# From the lowest floor to the highest: a room imports itself and rooms before it. docs/architecture.md has the same order.
ROOMS = """
    lazy web items schemas arrow_schema page extraction cleaning discovery state platforms reporting
    demo feeds pdf guard browser crawler pipelines middlewares extensions
    settings addon spiders archive probe schedule fleet commands data_frame api __main__
""".split()
CORE = frozenset("web items page extraction cleaning discovery platforms".split())
NOT_IN_THE_CORE = frozenset("scrapy twisted sqlalchemy socket urllib.request requests asyncio playwright".split())
CLOCKS = frozenset(("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"))
# Names that Scrapy and logging look for in many files.
CONVENTIONAL_NAMES = frozenset(("Command", "logger"))


@cache
def read_modules() -> dict[str, ast.Module]:
    """The syntax tree of every module of the package, by the name of its file."""
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}


def get_room(file: str) -> str:
    return file.partition("/")[0].removesuffix(".py")


def find_imports(module: ast.Module) -> Iterator[str]:
    """The dotted names of all imported modules, those inside functions and for type checkers too."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def find_public_names(module: ast.Module) -> Iterator[str]:
    """The names that the module defines at its top level, without those that start with an underscore."""
    for node in module.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names = [name.id for target in targets if target for name in ast.walk(target) if isinstance(name, ast.Name)]
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names = [node.name]
        yield from (name for name in names if not name.startswith("_"))


def test_imports_never_go_up() -> None:
    upward = set()
    for file, module in read_modules().items():
        for name in find_imports(module):
            package, _, rest = name.partition(".")
            room, imported = get_room(file), rest.partition(".")[0]
            if package == "corpnews" and imported in ROOMS and room in ROOMS and ROOMS.index(room) < ROOMS.index(imported):
                upward.add((room, imported))
    assert not upward


def test_every_room_has_its_place() -> None:
    assert {get_room(file) for file in read_modules()} - {"__init__"} <= set(ROOMS)


@pytest.mark.parametrize("file", [file for file in read_modules() if get_room(file) in CORE])
def test_core_needs_no_framework_network_or_clock(file: str) -> None:
    module = read_modules()[file]
    packages = {".".join(name.split(".")[:depth]) for name in find_imports(module) for depth in (1, 2)}
    calls = {ast.unparse(node.func) for node in ast.walk(module) if isinstance(node, ast.Call)}
    assert not packages & NOT_IN_THE_CORE
    assert not calls & CLOCKS


def test_public_name_stands_in_one_file_only() -> None:
    files = defaultdict(set)
    for file, module in read_modules().items():
        for name in find_public_names(module):
            files[name].add(file)
    repeated = {name: sorted(where) for name, where in files.items() if len(where) > 1 and name not in CONVENTIONAL_NAMES}
    assert not repeated


@pytest.mark.parametrize("file", [file for file in read_modules() if file.count("/") == 1 and file.endswith("/__init__.py")])
def test_every_room_says_what_it_is_for(file: str) -> None:
    assert ast.get_docstring(read_modules()[file])
