"""Notifications about runs, sent to a mail server and a webhook on loopback."""

from __future__ import annotations

import json
import socketserver
import threading
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest

from corpnews.reporting.notifications import parse_notify_urls
from tests.helpers import Answer, Asked, Site, crawl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it is given."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), MailSession)
        self.commands: list[str] = []
        self.mails: list[bytes] = []

    @property
    def url(self) -> str:
        """The Apprise URL of mail to two people."""
        return (
            f"mailto://127.0.0.1:{self.server_address[1]}"
            "?mode=insecure&from=crawler@acme.example&to=ada@acme.example,bo@acme.example"
        )


class MailSession(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.wfile.write(b"220 acme.example\r\n")
        for line in self.rfile:
            command = line.decode().strip()
            self.server.commands.append(command)
            if command.upper() == "DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.wfile.write(b"221 bye\r\n" if command.upper() == "QUIT" else b"250 ok\r\n")
            if command.upper() == "QUIT":
                return


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def webhook(site: Site) -> list[dict[str, str]]:
    """The messages that a webhook at `/hook` of the site has received."""
    received: list[dict[str, str]] = []

    def receive(asked: Asked) -> Answer | None:
        if not asked.path.startswith("/hook"):
            return None
        received.append(json.loads(asked.body))
        return Answer(b"ok")

    site.answers.append(receive)
    return received


def run_with(notify: str, site: Site, folder: Path) -> tuple[int, str]:
    run = crawl(folder, "newsroom", "-a", f"url={site.url}/news/", "-s", f"CORPNEWS_NOTIFY={notify}")
    return run.code, run.log


def test_failed_run_is_told_by_mail_and_webhook_with_its_reasons(
    mail_server: MailServer, webhook: list[dict[str, str]], site: Site, tmp_path: Path
) -> None:
    site.page("/news/", "<h1>News</h1>", "News")
    code, log = run_with(f"{mail_server.url},{site.url.replace('http', 'json')}/hook", site, tmp_path)
    assert code == 1, log
    recipients = {command[8:] for command in mail_server.commands if command.startswith("rcpt")}
    assert recipients == {"<ada@acme.example>", "<bo@acme.example>"}
    mail = message_from_bytes(mail_server.mails[0], policy=policy.default)
    assert mail["Subject"] == "127.0.0.1: failed"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "no articles found. Tried" in body.get_content()
    (message,) = webhook
    assert (message["title"], message["type"]) == ("127.0.0.1: failed", "failure")
    assert message["message"].startswith("no articles found. Tried")


def test_run_that_went_well_is_not_told(webhook: list[dict[str, str]], site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 4))
    code, _ = run_with(f"{site.url.replace('http', 'json')}/hook", site, tmp_path)
    assert (code, webhook) == (0, [])


def test_notification_that_cannot_be_sent_is_an_error_in_the_log(site: Site, tmp_path: Path) -> None:
    site.page("/news/", "<h1>News</h1>", "News")
    code, log = run_with("json://ada:secret@127.0.0.1:9/hook", site, tmp_path)
    assert code == 1
    assert "ERROR No notification sent to json://ada:****@127.0.0.1:9/hook" in log
    assert "secret" not in log


@pytest.mark.parametrize("url", ["pigeon://acme", "slack://secret", "ada@acme.example"])
def test_url_that_is_none_is_named_without_its_password_and_nothing_runs(url: str, site: Site, tmp_path: Path) -> None:
    code, log = run_with(f"json://127.0.0.1/hook,{url}" if "://" in url else url, site, tmp_path)
    assert code == 2
    line = log.rstrip().rpartition("\n")[2]
    assert "CORPNEWS_NOTIFY" in line
    assert url.partition("://")[0] in line
    assert "secret" not in log
    assert site.asked == []


def test_commas_separate_urls_and_stand_within_them() -> None:
    mail = "mailto://acme.example?from=crawler@acme.example&to=ada@acme.example,bo@acme.example"
    assert len(parse_notify_urls(f"json://acme.example/hook,{mail} , xml://acme.example")) == 3
    assert len(parse_notify_urls([mail])) == 1
