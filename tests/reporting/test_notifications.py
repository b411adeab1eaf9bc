"""A notice by e-mail, taken in by a mail server on loopback."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest

from tests.helpers import Site, crawl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("jinja2", reason="needs the extra `notify`")
pytest.importorskip("premailer", reason="needs the extra `notify`")


class Server(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it is given."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.orders: list[str] = []
        self.mails: list[bytes] = []


class Session(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.wfile.write(b"220 acme.example\r\n")
        for line in self.rfile:
            order = line.decode().strip()
            self.server.orders.append(order)
            if order.upper() == "DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.wfile.write(b"221 bye\r\n" if order.upper() == "QUIT" else b"250 ok\r\n")
            if order.upper() == "QUIT":
                return


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def notify(**settings: str) -> list[str]:
    return [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]


def test_broken_run_is_told_of_with_its_reasons(server: Server, site: Site, tmp_path: Path) -> None:
    site.page("/news/", "<h1>News</h1>", "News")
    settings = notify(
        NOTIFY="email",
        SPIDERMON_EMAIL_SENDER="crawler@acme.example",
        SPIDERMON_EMAIL_TO="ada@acme.example,bo@acme.example",
        SPIDERMON_SMTP_HOST="127.0.0.1",
        SPIDERMON_SMTP_PORT=str(server.server_address[1]),
    )
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", *settings)
    assert run.code == 1
    (raw,) = server.mails
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail["Subject"] == "127.0.0.1: failed"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "no articles found. Tried" in body.get_content()
    assert [order for order in server.orders if order.startswith("rcpt")] == [
        "rcpt TO:<ada@acme.example>",
        "rcpt TO:<bo@acme.example>",
    ]


def test_notice_that_cannot_be_sent_is_an_error_in_the_log(site: Site, tmp_path: Path) -> None:
    site.page("/news/", "<h1>News</h1>", "News")
    settings = notify(
        NOTIFY="email",
        SPIDERMON_EMAIL_TO="ada@acme.example",
        SPIDERMON_EMAIL_SENDER="crawler@acme.example",
        SPIDERMON_SMTP_HOST="127.0.0.1",
        SPIDERMON_SMTP_PORT="9",
    )
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", *settings)
    assert run.code == 1
    assert "No notice by EmailNotifier: ConnectionRefusedError" in run.log
    assert "no articles found" in run.last_line
