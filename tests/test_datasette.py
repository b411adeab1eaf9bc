"""The commands of docs/analysis.md that open lines and store in Datasette."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.helpers import ROOT, crawl

is_installed = bool(find_spec("datasette") and find_spec("sqlite_utils"))


@pytest.mark.skipif(not is_installed, reason="pip install -e '.[analysis]'")
def test_lines_and_store_open_with_search_and_canned_queries(tmp_path: Path) -> None:
    assert crawl(tmp_path, "demo").code == 0
    document = (ROOT / "docs/analysis.md").read_text(encoding="utf-8")
    block = re.search(r"## Datasette\n.*?```sh\n(.*?)```", document, re.DOTALL)
    assert block
    _, fill, serve = block[1].strip().splitlines()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(("/bin/bash", "-c", fill), check=True, cwd=tmp_path, env={**os.environ, "PATH": path})
    (tmp_path / "docs").symlink_to(ROOT / "docs")

    def get(page: str, **parameters: str) -> list[dict[str, Any]]:
        query = urlencode({**parameters, "_shape": "array"})
        command = f"{serve} --get '{page}?{query}'"
        done = subprocess.run(
            ("/bin/bash", "-c", command), check=True, cwd=tmp_path, env={**os.environ, "PATH": path}, stdout=subprocess.PIPE
        )
        rows: list[dict[str, Any]] = json.loads(done.stdout)
        return rows

    assert len(get("/news/articles.json", _size="max")) == 18
    assert [row["published_on"] for row in get("/news/search.json", words="Baltic")] == ["2025-09-18"]
    assert len(get("/news/articles.json", _search="Baltic")) == 1
    assert len(get("/store/changed.json")) == 18
    assert get("/store/not_fine.json") == []
    assert get("/news/per_month.json")[0]["month"] == "2025-09"
