"""The documentation agrees with the code."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from corpnews.crawler.arguments import SpiderArguments
from corpnews.items import Article, CrawlInfo
from corpnews.platforms.source_registry import load_sources
from tests.helpers import ROOT, scrapy

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w/]+(?:/|\.(?:py|toml|json|md))")
PACKAGE = ROOT / "corpnews"
SYSTEMD_ANALYZE = shutil.which("systemd-analyze") or ""


def read_document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(document: Path) -> None:
    missing = [target for target in LINK.findall(document.read_text(encoding="utf-8")) if not (document.parent / target).exists()]
    assert not missing


def read_code_blocks(document: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", read_document(document), re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(not SYSTEMD_ANALYZE, reason="needs systemd-analyze")
def test_units_are_right_for_systemd(tmp_path: Path) -> None:
    blocks = [block for block in read_code_blocks("docs/operations.md", "ini") if re.search(r"^\[(Unit|Service|Timer)\]", block)]
    assert len(blocks) == 3
    units = []
    for number, block in enumerate(blocks):
        unit = tmp_path / (f"corpnews-{number}@.timer" if "[Timer]" in block else f"corpnews-{number}@.service")
        # the program, user and timed service of the example are not here
        text = re.sub(r"(?m)^(User|WorkingDirectory|EnvironmentFile)=.*\n", "", block).replace(
            "/srv/corpnews/.venv/bin/scrapy", "/bin/true"
        )
        unit.write_text(text.replace("[Timer]", "[Timer]\nUnit=corpnews-0@%i.service"), encoding="utf-8")
        units.append(str(unit).replace("@.", "@1."))
        Path(units[-1]).symlink_to(unit)
    verified = subprocess.run([SYSTEMD_ANALYZE, "verify", *units], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")


def test_deployment_runs_a_command_that_there_is(tmp_path: Path) -> None:
    (block,) = read_code_blocks("docs/operations.md", "yaml")
    deployment = yaml.safe_load(block)
    pod = deployment["spec"]["template"]
    assert pod["metadata"]["labels"] == deployment["spec"]["selector"]["matchLabels"]
    (container,) = pod["spec"]["containers"]
    program, *words = container["command"]
    run = scrapy(tmp_path, *words)  # with a SQLite store: what it refuses comes after its options
    assert (program, run.code, "a fleet needs a PostgreSQL store" in run.last_line) == ("scrapy", 2, True)
    assert pod["spec"]["terminationGracePeriodSeconds"] > 30


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
