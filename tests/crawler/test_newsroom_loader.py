from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.settings import Settings

from corpnews.crawler.newsroom_loader import NewsroomLoader

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NEWSROOM = "from corpnews import NewsroomSpider\nclass Newsroom(NewsroomSpider):\n    name = '{name}'\n"


def test_file_with_an_error_stops_no_other_newsroom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    package = tmp_path / "loaded_newsrooms"
    (package / "more").mkdir(parents=True)
    for name, source in {
        "__init__": "",
        "acme": NEWSROOM.format(name="acme"),
        "broken": "class Broken(:\n",
        "unknown": "class Unknown(Missing):\n    name = 'unknown'\n",
        "zeta": NEWSROOM.format(name="zeta"),
        "more/__init__": "",
        "more/iota": NEWSROOM.format(name="iota"),
    }.items():
        (package / f"{name}.py").write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    loader = NewsroomLoader.from_settings(Settings({"SPIDER_MODULES": [package.name]}))
    assert sorted(loader.list()) == ["acme", "iota", "zeta"]
    assert [record.getMessage() for record in caplog.records] == [
        f"The newsrooms in {package}/broken.py are left out: SyntaxError: invalid syntax (broken.py, line 1)",
        f"The newsrooms in {package}/unknown.py are left out: NameError: name 'Missing' is not defined",
    ]
