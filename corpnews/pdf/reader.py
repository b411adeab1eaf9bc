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

from corpnews.extraction.pdf.parts import ReadPdf, UnreadablePdf

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Semaphore

MOST_BYTES: Final = 30_000_000
MOST_AT_ONCE: Final = 2
# The signature of a PDF is within its first bytes.
MARK: Final = b"%PDF-"
MARKED_WITHIN: Final = 1024
# The worker limits itself; this is for one that cannot.
SECONDS: Final = 90
TOO_LONG: Final = (SIGALRM, SIGKILL, SIGXCPU)
# The package without its __init__, which takes longer to load than most PDFs take to read.
CHILD: Final = """
import sys, types
sys.modules["corpnews"] = package = types.ModuleType("corpnews")
package.__path__ = [sys.argv[1]]
from corpnews.pdf.child import main
main()
"""
FOLDER: Final = str(Path(__file__).parents[1])

_turns: WeakKeyDictionary[AbstractEventLoop, Semaphore] = WeakKeyDictionary()


async def read_pdf(data: bytes) -> ReadPdf:
    """Read a PDF in a worker process; two are read at a time.

    Raises:
        UnreadablePdf: it is too large, no PDF, broken, encrypted, without text, or takes too long.
    """
    if len(data) > MOST_BYTES:
        message = f"the PDF is larger than {MOST_BYTES // 1_000_000} MB"
        raise UnreadablePdf(message)
    if MARK not in data[:MARKED_WITHIN]:
        raise UnreadablePdf("the file is no PDF")
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(MOST_AT_ONCE)):
        said = json.loads(await _said_by_child(data))
    if "reason" in said:
        raise UnreadablePdf(said["reason"])
    return ReadPdf(**said | {"removed": tuple(said["removed"])})


async def _said_by_child(data: bytes) -> bytes:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-c", CHILD, FOLDER, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    try:
        async with asyncio.timeout(SECONDS):
            said, _ = await child.communicate(data)
    except TimeoutError:
        raise UnreadablePdf("the PDF takes too long to read") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        raise UnreadablePdf("the PDF takes too long to read" if -child.returncode in TOO_LONG else "the PDF is broken")
    return said
