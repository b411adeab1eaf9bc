"""pyproject.toml declares what the package imports, and nothing else."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.helpers import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# SQLAlchemy and Scrapy import them, or their package is that of many distributions
USED_BY_NAME = {"boto3", "google-cloud-storage", "opentelemetry-exporter-otlp-proto-http"}
NOT_FOR_USERS = {"analysis", "bench", "scrapyd", "test"}


def normalize(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=,; ]", name)[0]).lower()


def test_imports_are_the_declared_dependencies() -> None:
    imported = set()
    for path in (ROOT / "corpnews").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            imported |= {name.partition(".")[0] for name in [*names, getattr(node, "module", None) or ""] if name}
    imported -= {*sys.stdlib_module_names, "corpnews", "_typeshed", "opentelemetry"}
    extras = (names for extra, names in PROJECT["optional-dependencies"].items() if extra not in NOT_FOR_USERS)
    declared = {normalize(name) for names in (PROJECT["dependencies"], *extras) for name in names}
    distributions = packages_distributions()
    assert {normalize(distributions[name][0]) for name in imported} == declared - USED_BY_NAME
