from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers import Site, serving
from tests.state import postgresql

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).parents[2] / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that are marked `first` before the others."""
    items.sort(key=lambda item: item.get_closest_marker("first") is None)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback, without pages as yet."""
    with serving(Site()) as site:
        yield site


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of saved newsrooms and truth sets beside the repository."""
    if not SHARED.is_dir():
        reason = f"needs the saved newsrooms in {SHARED}"
        if os.environ.get("CORPNEWS_REQUIRE_SHARED"):
            pytest.fail(reason)
        pytest.skip(reason)
    return SHARED


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
