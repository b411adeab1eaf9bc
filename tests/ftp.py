"""An FTP server of the tests' own, whose files are those of a folder."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

USER, PASSWORD = "news", "s3cret/word"


@dataclass
class FtpServer:
    """Where the server is, and what it does after an upload, before the sender is told."""

    port: int
    after: Callable[[], None] | None = None

    @property
    def url(self) -> str:
        """The address, with the user and password."""
        return f"ftp://{USER}:s3cret%2Fword@127.0.0.1:{self.port}"


@contextmanager
def serving_ftp(folder: Path) -> Iterator[FtpServer]:
    """Serve the folder to a user who may write."""
    served = FtpServer(0)

    class Handler(FTPHandler):  # type: ignore[misc]  # it comes without types
        authorizer = DummyAuthorizer()

        def on_file_received(self, _: Any) -> None:
            if served.after:
                served.after()

    Handler.authorizer.add_user(USER, PASSWORD, str(folder), perm="elradfmw")
    server = FTPServer(("127.0.0.1", 0), Handler)
    served.port = server.address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"timeout": 0.1, "handle_exit": False}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.close_all()
        thread.join(10)
