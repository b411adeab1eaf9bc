"""The process that reads one PDF: bytes on standard input, its text or the reason why there is none as JSON on output.

It imports nothing that only pages need: loading that would take longer than most PDFs take to read.
"""

from __future__ import annotations

import ctypes
import json
import resource
import signal
import sys
from dataclasses import asdict
from typing import Final

from corpnews.extraction.pdf_layout.parts import UnreadablePdf
from corpnews.extraction.pdf_layout.read import read_pdf_layout

_CPU_SECONDS: Final = 20
_WALL_SECONDS: Final = 60
_MAX_MEMORY: Final = 1_500_000_000
_PR_SET_PDEATHSIG: Final = 1


def main() -> None:
    """Read the PDF within the limits; a breach of them ends the process by a signal."""
    _set_limits()
    try:
        result = asdict(read_pdf_layout(sys.stdin.buffer.read()))
    except UnreadablePdf as error:
        result = {"reason": str(error)}
    except MemoryError:
        result = {"reason": "the PDF needs too much memory"}
    json.dump(result, sys.stdout)


def _set_limits() -> None:
    """Limit time, memory and files; on Linux, end with the parent process."""
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.alarm(_WALL_SECONDS)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
