"""What the newsrooms of one vendor share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from corpnews.discovery.way import Way

PLATFORMS: Final[tuple[Way, ...]] = ()
