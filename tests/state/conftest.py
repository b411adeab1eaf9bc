from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from corpnews.state import Store
from tests.state import postgresql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def server() -> Iterator[postgresql.Server]:
    """A PostgreSQL server."""
    binaries = postgresql.programs()
    if binaries is None:
        reason = "needs PostgreSQL's programs (Debian: postgresql)"
        if os.environ.get("CORPNEWS_REQUIRE_POSTGRES"):
            pytest.fail(reason)
        pytest.skip(reason)
    with postgresql.serving(binaries) as serving:
        yield serving


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store may be made; each test that asks for it runs with either database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite3'}"
    serving: postgresql.Server = request.getfixturevalue("server")
    return serving.new_schema()


@pytest.fixture
def store(address: str) -> Store:
    return Store.open(address)
