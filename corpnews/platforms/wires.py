"""News wires, on which companies have copies of their releases published."""

from __future__ import annotations

from typing import Final

WIRES: Final = frozenset(("prnewswire.com", "businesswire.com", "globenewswire.com"))
