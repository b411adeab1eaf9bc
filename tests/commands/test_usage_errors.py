from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scrapy.cmdline import execute

if TYPE_CHECKING:
    from pathlib import Path


def execute_wrong(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *command: str) -> str:
    """Run a command that cannot be run; return what it says."""
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "corpnews.settings")
    monkeypatch.setattr("sys.argv", ["scrapy", *command])
    with pytest.raises(SystemExit) as exit_:
        execute()
    said = capsys.readouterr()
    assert exit_.value.code == 2
    assert said.out == ""
    return said.err


@pytest.mark.parametrize(
    ("command", "error"),
    [
        ("crawl", "name one newsroom: scrapy crawl NAME (`scrapy list` shows all)"),
        ("crawl demo harvestx", "name one newsroom: scrapy crawl NAME (`scrapy list` shows all)"),
        ("crawl demmo", "no newsroom is named 'demmo'; did you mean 'demo'? (`scrapy list` shows all)"),
        ("crawl demo --frob", "there is no option --frob; `scrapy crawl --help` shows all"),
        ("crawl demo -a max_articles=ten", "argument 'max_articles': 'ten' is not a whole number above 0"),
        ("crawl demo -a", "argument -a: expected one argument"),
        ("crawl demo -L LOUD", "'LOUD' is no level of the log; there are DEBUG, INFO, WARNING, ERROR, CRITICAL"),
        ("crawl demo -s CORPNEWS_KEEP_RUNS=x", "CORPNEWS_KEEP_RUNS: 'x' is not a number of days above 0"),
        ("crawl demo -s CORPNEWS_STORE=/dev/null/x", "the store sqlite:////dev/null/x cannot be opened: File exists"),
        ("crawl demo -s FEEDS=[1]", "-s FEEDS=[1], CORPNEWS_OUTPUT="),
        ("shell nosuch://x", "nosuch://x: a shell opens URLs of http, https, file, and files by their path"),
        ("report --frob", "there is no option --frob; `scrapy report --help` shows all"),
        ("check demmo", "no newsroom is named 'demmo'; did you mean 'demo'? (`scrapy list` shows all)"),
        ("list demo", "`scrapy list` takes no arguments"),
        ("fetch", "name one URL with its scheme: scrapy fetch https://…"),
        ("parse example.com", "name one URL with its scheme: scrapy parse https://…"),
        ("runspider acme.py", "name the Python file of a newsroom: scrapy runspider FILE.py; there is no file acme.py"),
        ("runspider newsroom_typo.py", "newsroom_typo.py cannot be loaded: NameError: name 'Newsroom' is not defined"),
        ("runspider newsroom_acme.py -a max_article=1", "unknown argument 'max_article'; did you mean 'max_articles'?"),
        ("runspider newsroom_acme.py -s CORPNEWS_FOO=1", "unknown setting CORPNEWS_FOO; there are CORPNEWS_BROWSER_TIMEOUT"),
        ("schema --format yaml", "argument --format: invalid choice: 'yaml' (choose from 'json', 'arrow', 'spark', 'sql')"),
        ("newsrooms add nosuch.csv", "nosuch.csv: there is no such file"),
        ("extract notes.md", "notes.md: not one of the kinds of file that can be read: .html .htm"),
    ],
)
def test_command_that_cannot_be_run_says_why_in_one_line(
    command: str, error: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.md").touch()
    (tmp_path / "newsroom_typo.py").write_text("class Acme(Newsroom): ...")
    (tmp_path / "newsroom_acme.py").write_text("import corpnews\nclass Acme(corpnews.NewsroomSpider):\n    name = 'acme'\n")
    said = execute_wrong(monkeypatch, capsys, *command.split(), "-s", f"CORPNEWS_OUTPUT={tmp_path}")
    assert said.startswith(f"scrapy: error: {error}")
    assert said.count("\n") == 1


def test_help_of_a_command_begins_with_its_syntax(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "corpnews.settings")
    monkeypatch.setattr("sys.argv", ["scrapy", "report", "-h"])
    with pytest.raises(SystemExit):
        execute()
    assert capsys.readouterr().out.startswith("Usage\n=====\n  scrapy report [options] [NEWSROOM...]\n")
