"""A hostile PDF ends its own process with a reason, and never blocks the run."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
import zlib
from pathlib import Path
from subprocess import DEVNULL
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpnews.extraction.pdf_layout.parts import PdfText, UnreadablePdf
from corpnews.pdf import reader
from corpnews.pdf.reader import MAX_PDF_PROCESSES, read_pdf
from tests.helpers import environment, start_python
from tests.pdfs import Press, book, by_hand, prose, release, stream

if TYPE_CHECKING:
    from collections.abc import Callable

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def one_page(content: bytes, *more: bytes, box: bytes = b"0 0 595 842", entries: bytes = b"") -> bytes:
    """A PDF of one page with this content stream; its further objects are numbered from 6."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%b>>>>" % (box, entries)
    return by_hand(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, FONT, *more)


def deep_tree(depth: int) -> bytes:
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (number + 1, number - 1) for number in range(2, depth)]
    return by_hand(CATALOG, *nodes, b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]>>" % (depth - 1))


def squeezed(data: bytes, times: int) -> bytes:
    """A stream of `times` times `data`, compressed twice."""
    packer = zlib.compressobj(1)
    once = b"".join((*(packer.compress(data) for _ in range(times)), packer.flush()))
    return stream(zlib.compress(once, 9), b"/Filter[/FlateDecode/FlateDecode]")


def encrypted() -> bytes:
    press = Press()
    press.canvas = Canvas(press.out, encrypt=StandardEncryption("secret"))
    press.text(prose(0))
    return press.done()


WORDS = b"BT /F 12 Tf 72 700 Td (Acme builds a plant.) Tj ET\n"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R/Y 7 0 R>>>>"
HOSTILE = {
    "garbage after the signature": (b"%PDF-1.7\n" + bytes(range(256)) * 400, "broken"),
    "only the signature": (b"%PDF-", "broken"),
    "cut short": (release(9)[:1500], "broken"),
    "encrypted": (encrypted(), "encrypted"),
    "no pages": (by_hand(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"), "broken"),
    "a tree of pages that leads to itself": (by_hand(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"), "broken|no text"),
    "a catalog that is its pages": (by_hand(b"<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 2000000000>>"), "broken|no text"),
    "a deep tree of pages": (deep_tree(20_000), "broken|no text"),
    "numbers nested deep": (one_page(stream(b"[" * 200_000)), "broken|no text"),
    "a table of contents that leads to itself": (
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
        "broken",
    ),
}


def read(data: bytes) -> PdfText:
    return asyncio.run(read_pdf(data))


def outcome(data: bytes) -> str:
    """The text of a PDF, or the reason why there is none."""
    try:
        return read(data).html
    except UnreadablePdf as error:
        return str(error)


@pytest.mark.parametrize(("data", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_unreadable_file_gives_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadablePdf, match=f"the PDF (?:is |holds )?(?:{reason})"):
        read(data)


@pytest.mark.parametrize("data", [b"", b"<html><p>Not found</p></html>", b"\x00" * 2000 + b"%PDF-1.7"])
def test_what_is_no_pdf_is_refused_without_a_process(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")
    with pytest.raises(UnreadablePdf, match="the file is no PDF"):
        read(data)


def test_pdf_that_is_too_large_is_refused() -> None:
    with pytest.raises(UnreadablePdf, match="the PDF is larger than 30 MB"):
        read(b"%PDF-1.7" + bytes(reader.MAX_PDF_BYTES))


def test_page_of_a_huge_size_is_read() -> None:
    assert read(one_page(stream(WORDS), box=b"-99999999 -99999999 99999999 99999999")).html == "<p>Acme builds a plant.</p>"


FORMS = [stream(b"/X Do /Y Do " + WORDS, FORM)] * 2
# Built by the test that needs it: each of them takes a while
BOMBS: dict[str, Callable[[], bytes]] = {
    "letters without end": lambda: one_page(squeezed(WORDS * 100_000, 10)),
    "nothing, two gigabytes of it": lambda: one_page(squeezed(b" " * 20_000_000, 100)),
    "forms that draw themselves over and over": lambda: one_page(stream(b"/X Do"), *FORMS, entries=b"/XObject<</X 6 0 R>>"),
}


@pytest.mark.parametrize("build", BOMBS.values(), ids=BOMBS)
def test_bomb_ends_within_the_limits(build: Callable[[], bytes]) -> None:
    data = build()
    assert len(data) < 1_000_000
    started = time.monotonic()
    assert re.search("<p>|broken|memory|too long", outcome(data)[:100_000])
    assert time.monotonic() - started < 60


ENDLESS = reader.WORKER_CODE.replace(
    "main()", "from corpnews.pdf import worker; worker._CPU_SECONDS = 1; worker._set_limits(); {}"
)


@pytest.mark.parametrize(("work", "seconds"), [("exec('while True: pass')", 60.0), ("import time; time.sleep(99)", 0.5)])
def test_process_that_does_not_end_is_ended(work: str, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "WORKER_CODE", ENDLESS.format(work))
    monkeypatch.setattr(reader, "_MAX_SECONDS", seconds)
    started = time.monotonic()
    with pytest.raises(UnreadablePdf, match="the PDF takes too long to read"):
        read(release(1))
    assert time.monotonic() - started < 30
    assert not children()


def test_file_of_five_hundred_pages_is_read_up_to_its_limit() -> None:
    data = book(500)
    started = time.monotonic()
    done = read(data)
    assert (done.is_truncated, done.pages) == (True, 501)
    assert time.monotonic() - started < 30


def test_two_pdfs_are_read_at_a_time_and_all_are_read() -> None:
    data = release(6)

    async def all_of_them() -> list[PdfText]:
        return await asyncio.gather(*(read_pdf(data) for _ in range(3 * MAX_PDF_PROCESSES)))

    done = asyncio.run(all_of_them())
    assert len(done) == 6
    assert len({each.html for each in done}) == 1


def test_process_ends_when_its_task_is_cancelled() -> None:
    async def give_up() -> None:
        task = asyncio.ensure_future(read_pdf(BOMBS["letters without end"]()))
        await asyncio.to_thread(wait_until, lambda: bool(children()))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(asyncio.wait_for(give_up(), 30))
    assert not children()


def test_process_ends_with_a_run_that_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "bomb.pdf"
    file.write_bytes(BOMBS["letters without end"]())
    run = start_python("-c", READ, str(file), stdout=DEVNULL)
    try:
        wait_until(lambda: bool(children(run.pid)))
        (child,) = children(run.pid)
        time.sleep(0.5)
    finally:
        run.kill()
        run.wait()
    wait_until(lambda: not Path(f"/proc/{child}").exists())


def wait_until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def children(parent: int | None = None) -> list[str]:
    """The processes that this one, or `parent`, has started to read PDFs."""
    folder = Path(f"/proc/{parent or 'self'}/task")
    started = " ".join(file.read_text() for file in folder.glob("*/children")).split()
    return [pid for pid in started if "\0-P\0-c\0" in Path(f"/proc/{pid}/cmdline").read_text()]


READ = """
import asyncio, sys
from pathlib import Path
from corpnews.pdf.reader import read_pdf
print(asyncio.run(read_pdf(Path(sys.argv[1]).read_bytes())).title)
"""


def test_process_loads_pdfium_and_nothing_that_pages_need() -> None:
    code = reader.WORKER_CODE.replace("main()", "print(*sys.modules)")
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, reader.PACKAGE_FOLDER], capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(done.stdout.split())
    assert "pypdfium2" in loaded
    assert loaded.isdisjoint(("scrapy", "twisted", "lxml", "numpy", "asyncio"))


def test_reading_works_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise RuntimeError('not to be imported')")
    file = tmp_path / "release.pdf"
    file.write_bytes(release(1))
    done = subprocess.run(
        [sys.executable, "-P", "-W", "error", "-c", READ, str(file)],
        cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("Acme builds a turbine plant in the north\n", "")
