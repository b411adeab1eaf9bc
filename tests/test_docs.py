"""The documentation agrees with the code."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from corpnews.crawler.arguments import SpiderArguments
from corpnews.items import Article, CrawlInfo
from corpnews.platforms.source_registry import load_sources
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w/]+(?:/|\.(?:py|toml|json|md))")
PACKAGE = ROOT / "corpnews"


def read_document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(document: Path) -> None:
    missing = [target for target in LINK.findall(document.read_text(encoding="utf-8")) if not (document.parent / target).exists()]
    assert not missing


def test_readme_is_short() -> None:
    assert len(read_document("README.md").splitlines()) <= 160


def test_files_of_the_architecture_exist() -> None:
    paths = {text for text in CODE.findall(read_document("docs/architecture.md")) if PATH.fullmatch(text)}
    assert len(paths) > 20
    assert not [path for path in sorted(paths) if not (PACKAGE / path).exists() and not (ROOT / path).exists()]


def test_all_fields_are_described() -> None:
    described = set(CODE.findall(read_document("docs/output.md")))
    names = {field.name for kind in (Article, CrawlInfo) for field in fields(kind)} - {"crawl"}
    assert names <= described


def test_all_arguments_are_described() -> None:
    described = set(re.findall(r"^\| `-a (\w+)=", read_document("docs/crawling.md"), re.MULTILINE))
    assert described == {field.name for field in fields(SpiderArguments)}


def test_all_sources_are_described() -> None:
    rows = re.findall(r"^\| (`.+?) \|", read_document("docs/sources.md"), re.MULTILINE)
    assert {name for row in rows for name in CODE.findall(row)} == {source.name for source in load_sources()}
