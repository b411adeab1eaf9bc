"""With CORPNEWS_FULL_TESTS=1 tests of fleets and archives have as many newsrooms and pages, and take as long, as they should."""

from __future__ import annotations

import os

import pytest

IS_FULL = bool(os.environ.get("CORPNEWS_FULL_TESTS"))
NEEDS_FULL = pytest.mark.skipif(not IS_FULL, reason="takes minutes: CORPNEWS_FULL_TESTS=1")
