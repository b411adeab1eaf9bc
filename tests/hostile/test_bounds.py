"""What a server or page makes large ends within bounds."""

from __future__ import annotations

import gc
import random
import re
import socket
import threading
import time
import tracemalloc
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

import corpnews
from tests.helpers import SENTENCES, Answer, crawl, headline

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers import Asked, Site

URL = "https://acme.example/news/1"
TEXT = "The company opens a plant in Oslo and hires engineers for it in spring. "


def serve_endless_headers(listener: socket.socket) -> None:
    with suppress(OSError):  # the other end has hung up, or the test has ended
        while True:
            connection, _ = listener.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\n")
                for number in count():
                    connection.sendall(b"X-%d: %s\r\n" % (number, b"x" * 8000))


def test_headers_without_end_are_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve_endless_headers, args=(listener,), daemon=True).start()
        began = time.monotonic()
        run = crawl(tmp_path, "newsroom", "-a", f"url=http://127.0.0.1:{listener.getsockname()[1]}/news/")
    assert time.monotonic() - began < 60
    assert "too large" in run.last_line
    assert "Traceback" not in run.log


def test_text_of_any_length_gives_a_line_of_bounded_length() -> None:
    for body in (
        f"<p>{TEXT * 100_000}</p>",
        f"<p>{TEXT * 3}</p>" * 30_000,
        f"<p>{TEXT}<a href='/{'x' * 2000}'>more</a></p>" * 3_000,
    ):
        page = f"<main><article><h1>Plant opens</h1><time>2024-05-01</time>{body}</article></main>"
        article = corpnews.extract(page, "https://acme.example/news/plant-opens")
        assert len(article.body) <= 1_100_000
        assert len(article.body_markdown) + len(article.body_html) <= 3_000_000
        assert article.crawl.warnings == ("the text was too long and is cut short",)


def test_characters_that_turn_the_direction_of_a_text_are_dropped() -> None:
    text = f"<h1>Plant \u202egnp.exe\u202c \u2066opens\u2069</h1><p>{SENTENCES[0]}\u202eevil\u202c</p>"
    article = corpnews.extract(f"<main><article>{text}</article></main>", "https://acme.example/news/plant-opens")
    assert article.headline == "Plant gnp.exe opens"
    assert article.body.endswith("evil")


def test_nothing_is_kept_of_pages_with_long_attributes_and_lines() -> None:
    def read_page(number: int) -> None:
        names = f"page-{number} " + "author title " * 10_000
        line = f"{number} May 2024. NOT FOR DISTRIBUTION. " + TEXT * 2_000
        text = f"<p class='{names}'><span class='{names}'>By Jane Doe</span></p><p>{line}</p>" + f"<p>{TEXT}</p>" * 3
        corpnews.extract(f"<body><div class='a {names}'><div id='{names}'><h1>Acme opens</h1></div>{text}</div></body>", URL)

    read_page(1)
    tracemalloc.start()
    for number in range(2, 6):
        read_page(number)
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 200_000  # of pages of 0.7 MB each


def test_run_ends_where_each_visit_gives_the_same_releases_new_urls(site: Site, tmp_path: Path) -> None:
    letters = random.Random(1)
    site.listing("/news/", range(6))

    def answer(asked: Asked) -> Answer | None:
        page = site.pages.get(re.sub(r"[a-z]{9}\.html$", "", asked.path))
        name = "".join(letters.choices("abcdefghijkl", k=9))
        return Answer(re.sub(rb"(href=['\"]/news/[^'\"]*)", rb"\1" + f"{name}.html".encode(), page.body)) if page else None

    site.answers.append(answer)
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-s", "CORPNEWS_MAX_PAGES_WITHOUT_NEWS=30")
    assert {line["headline"] for line in run.lines if not line.get("duplicate_of")} == set(map(headline, range(6)))
    assert len(site.asked) < 300
    assert (run.code, run.verdict["verdict"]) == (3, "degraded")
