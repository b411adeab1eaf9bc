"""Packages that import the names they re-export when one is first used, so that a command loads what it needs alone; and whether
an optional package is installed, without importing it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def lazy_names(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package; `modules` has the names that each module defines, with spaces between them."""
    places = {name: module for module, names in modules.items() for name in names.split()}

    def get(name: str) -> Any:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(places[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    return get


def has_package(name: str) -> bool:
    """Whether a package, or a module in one, is installed.

    >>> has_package("json.decoder"), has_package("no_such_package.module")
    (True, False)
    """
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # the package that it is in
        return False
