"""Saved pages of an invented company: as files, as page lists, as WARC records."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from tests.helpers import SENTENCES, headline

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SITE_SLOGAN = "Acme has built turbines in the north since the great flood, and will build them there until the next one comes."
FETCHED_AT = "2026-11-20T05:04:03Z"


def release_url(number: int, host: str = "www.acme.example") -> str:
    return f"https://{host}/news/acme-opens-its-turbine-plant-number-{number}/"


def release_body(number: int) -> str:
    return "\n\n".join(sentence.format(number=number, day="Monday") for sentence in SENTENCES)


def release_html(number: int, *, ballast: int = 0) -> str:
    """The page of a release, with navigation and slogan of its site; `ballast` is the size of a script on it."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in release_body(number).split("\n\n"))
    site_name = "<meta property='og:site_name' content='Acme Ltd'>"
    head = f"<title>{headline(number)}</title>{site_name}<script>/*{'x' * ballast}*/</script>"
    menu = "<nav><a href='/'>Home</a> <a href='/news/'>News</a></nav>"
    claim = f"<div class='claim'><h3>Our turbines</h3><p>{SITE_SLOGAN}</p></div>"
    return f"<html><head>{head}</head><body>{menu}<div><h1>{headline(number)}</h1>{text}</div>{claim}</body></html>"


def write_page_list(folder: Path, numbers: Iterable[int], host: str = "www.acme.example") -> Path:
    """Write a page list of releases, and their pages next to it."""
    (folder / "html").mkdir(exist_ok=True)
    rows = []
    for number in numbers:
        file = f"html/{host}-{number}.html.gz"
        (folder / file).write_bytes(gzip.compress(release_html(number).encode()))
        rows.append({"id": f"{host}-{number}", "url": release_url(number, host), "html": file})
    path = folder / f"{host}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def build_warc_record(
    address: str, payload: bytes | str, *, status: str = "200 OK", media_type: str = "text/html; charset=utf-8", more: str = ""
) -> bytes:
    """Build a WARC record of an HTTP response."""
    content = payload.encode() if isinstance(payload, str) else payload
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{more}\r\n".encode() + content
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: {FETCHED_AT}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def build_release_records(numbers: Iterable[int], *, ballast: int = 0) -> list[bytes]:
    return [build_warc_record(release_url(number), release_html(number, ballast=ballast)) for number in numbers]


def compress_records(records: Iterable[bytes]) -> bytes:
    """Compress each record by itself, as in a .warc.gz."""
    return b"".join(map(gzip.compress, records))
