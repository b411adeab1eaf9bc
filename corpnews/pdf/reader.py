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
# The package is found wherever the run has it from; loading it must take less time than reading a PDF.
WORKER_CODE: Final = "import sys; sys.path.append(sys.argv[1]); from corpnews.pdf.worker import main; main()"
PACKAGE_FOLDER: Final = str(Path(__file__).parents[2])

_turns: WeakKeyDictionary[AbstractEventLoop, Semaphore] = WeakKeyDictionary()


async def read_pdf(data: bytes) -> PdfText:
    """Read a PDF in a worker process; two are read at a time.

    Raises:
        UnreadablePdf: it is too large, no PDF, broken, encrypted, without text, or takes too long.
    """
    if len(data) > MAX_PDF_BYTES:
        raise UnreadablePdf(f"the PDF is larger than {MAX_PDF_BYTES // 1_000_000} MB")
    if PDF_SIGNATURE not in data[:_SIGNATURE_WITHIN]:
        raise UnreadablePdf("the file is no PDF")
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(MAX_PDF_PROCESSES)):
        result = json.loads(await _run_worker(data))
    if "reason" in result:
        raise UnreadablePdf(result["reason"])
    return PdfText(**result | {"removed": tuple(result["removed"])})


async def _run_worker(data: bytes) -> bytes:
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-c", WORKER_CODE, PACKAGE_FOLDER, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    try:
        async with asyncio.timeout(_MAX_SECONDS):
            output, _ = await worker.communicate(data)
    except TimeoutError:
        raise UnreadablePdf("the PDF takes too long to read") from None
    finally:
        if worker.returncode is None:
            worker.kill()
            await worker.wait()
    if worker.returncode:
        raise UnreadablePdf("the PDF takes too long to read" if -worker.returncode in _TIMEOUT_SIGNALS else "the PDF is broken")
    return output
