"""Text of a PDF, read in a worker process."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path
from signal import SIGALRM, SIGKILL, SIGXCPU
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from corpnews.extraction.pdf_layout.parts import PdfText, UnreadablePdf

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Semaphore

MAX_PDF_BYTES: Final = 30_000_000
MAX_PDF_PROCESSES: Final = 2
# The signature of a PDF is within its first bytes.
PDF_SIGNATURE: Final = b"%PDF-"
_SIGNATURE_WITHIN: Final = 1024
# The worker limits itself; this is for one that cannot.
_MAX_SECONDS: Final = 90
_TIMEOUT_SIGNALS: Final = (SIGALRM, SIGKILL, SIGXCPU)
# The package without its __init__, which takes longer to load than most PDFs take to read.
WORKER_CODE: Final = """
import sys, types
sys.modules["corpnews"] = package = types.ModuleType("corpnews")
package.__path__ = [sys.argv[1]]
from corpnews.pdf.worker import main
main()
"""
PACKAGE_FOLDER: Final = str(Path(__file__).parents[1])

_turns: WeakKeyDictionary[AbstractEventLoop, Semaphore] = WeakKeyDictionary()


async def read_pdf(data: bytes) -> PdfText:
    """Read a PDF in a worker process; two are read at a time.

    Raises:
        UnreadablePdf: it is too large, no PDF, broken, encrypted, without text, or takes too long.
    """
    if len(data) > MAX_PDF_BYTES:
        message = f"the PDF is larger than {MAX_PDF_BYTES // 1_000_000} MB"
        raise UnreadablePdf(message)
    if PDF_SIGNATURE not in data[:_SIGNATURE_WITHIN]:
        raise UnreadablePdf("the file is no PDF")
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(MAX_PDF_PROCESSES)):
        said = json.loads(await _run_worker(data))
    if "reason" in said:
        raise UnreadablePdf(said["reason"])
    return PdfText(**said | {"removed": tuple(said["removed"])})


async def _run_worker(data: bytes) -> bytes:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-c", WORKER_CODE, PACKAGE_FOLDER, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    try:
        async with asyncio.timeout(_MAX_SECONDS):
            said, _ = await child.communicate(data)
    except TimeoutError:
        raise UnreadablePdf("the PDF takes too long to read") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        raise UnreadablePdf("the PDF takes too long to read" if -child.returncode in _TIMEOUT_SIGNALS else "the PDF is broken")
    return said
