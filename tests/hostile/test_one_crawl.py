"""One crawl of a newsroom that is hostile in all ways at once, in the browser too."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from tests.browser.rendering_runs import has_browser
from tests.helpers import Answer, crawl
from tests.hostile.hostile_cases import (
    build_answers,
    build_files,
    build_good_headlines,
    build_pages,
    build_walls,
    build_ways_inside,
)
from tests.hostile.inner_network import INTRANET, inner_network
from tests.hostile.test_browser import build_script
from tests.hostile.test_no_way_inside import NAMES_INSIDE, RESOLVER, add_newsroom

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.inner_network import InnerNetwork

GOOD = 20
BY_SCRIPT = range(GOOD + 1, GOOD + 4)  # releases that the start page has from a script
LIMITS = (
    "DOWNLOAD_TIMEOUT=2", "RETRY_TIMES=1", "DOWNLOAD_MAXSIZE=4194304", "CORPNEWS_MAX_SEARCH_REQUESTS=60",
    "CLOSESPIDER_TIMEOUT=300", "MEMUSAGE_LIMIT_MB=512", "MEMUSAGE_CHECK_INTERVAL_SECONDS=1",
)  # fmt: skip


def build_hostile_newsroom(network: InnerNetwork) -> int:
    """Hide the good releases among hostile ones; returns how many cases there are."""
    answers = build_answers() | build_pages() | build_walls() | build_ways_inside(network.port, network.other_port)
    files = build_files(network.port)
    hostile = {f"/news/acme-and-borealis-agree-on-{n}-turbines/": answer for n, answer in enumerate(answers.values())}
    add_newsroom(network, hostile, releases=GOOD)
    network.site.pages.update(files)
    page = network.site.pages["/news/"]
    head = b"<link rel='alternate' type='application/rss+xml' href='/feed/'></head>"
    endless = b"<nav class='pagination'><a rel='next' href='/news/?sid=0001&amp;page=2'>Older</a></nav></main>"
    script = build_script(network.site, network.port, network.other_port, BY_SCRIPT).encode()
    page = Answer(page.body.replace(b"</head>", head).replace(b"</main>", script + endless))
    network.site.pages["/news/"] = page
    network.site.answers.append(lambda asked: answer_endlessly(asked.path, page))
    return len(answers) + len(files) + 1


def answer_endlessly(path: str, page: Answer) -> Answer | None:
    """The listing again, with another session and a further page."""
    match = re.fullmatch(r"/news/\?sid=\w+&page=(\d+)", path)
    if not match:
        return None
    number = int(match[1])
    return Answer(page.body.replace(b"sid=0001&amp;page=2", b"sid=%04x&amp;page=%d" % (number, number + 1)))


def test_hostile_newsroom_gives_its_good_releases_and_reaches_nothing_inside(tmp_path: Path) -> None:
    with inner_network() as network:
        cases = build_hostile_newsroom(network)
        assert cases >= 80
        began = time.monotonic()
        arguments = [part for limit in LIMITS for part in ("-s", limit)]
        arguments += ["-a", "render=1"] if has_browser() else []
        variables = network.environment(**NAMES_INSIDE)
        run = crawl(tmp_path, "newsroom", "-a", f"url={network.url}/news/", *RESOLVER, *arguments, **variables)
        assert time.monotonic() - began < 300
        assert network.contacts == []
        assert ("/api/inside-1" in network.site.asked) == has_browser()
    assert "memusage" not in run.log
    assert (run.code, run.verdict["verdict"]) == (3, "degraded")
    assert "stopped for" not in run.last_line
    headlines = [line["headline"] for line in run.lines]
    assert sorted(title for title in headlines if "its turbine plant number" in title) == build_good_headlines(
        BY_SCRIPT[-1] if has_browser() else GOOD
    )
    for refused in (f"{INTRANET} is loopback", "169.254.169.254 is link-local", "10.0.0.1 is private"):
        assert refused in run.log
    assert "secret" not in "".join(line["body"] for line in run.lines)
    assert "Traceback" not in run.log
