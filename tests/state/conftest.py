from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpnews.state import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.state import postgresql


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
