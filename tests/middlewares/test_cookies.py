from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers import Answer, Asked, Site, crawl

if TYPE_CHECKING:
    from pathlib import Path

import pytest


@pytest.mark.parametrize(("count", "length"), [(3, 15_000), (400, 2_000), (5_000, 10)])
def test_cookies_stay_within_what_a_server_takes(count: int, length: int, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6))
    sent: list[str] = []

    def answer(asked: Asked) -> Answer | None:
        sent.append(asked.headers.get("cookie", ""))
        return None

    site.answers.append(answer)
    page = site.pages["/news/"]
    cookies = {"Set-Cookie": "session=1; Path=/\r\n" + "\r\n".join(f"Set-Cookie: c{n}={'x' * length}" for n in range(count))}
    site.pages["/news/"] = Answer(page.body, headers={**page.headers, **cookies})
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", TLDEXTRACT_CACHE=str(tmp_path / "suffixes"))
    assert len(run.lines) == 5, run.log
    assert any("session=1" in each for each in sent)
    assert max(map(len, sent)) <= 8192
    assert "publicsuffix" not in run.log
    assert "Traceback" not in run.log
