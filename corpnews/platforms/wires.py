"""News wires that publish copies of companies' releases."""

from __future__ import annotations

from typing import Final

NEWS_WIRE_HOSTS: Final = frozenset(("prnewswire.com", "businesswire.com", "globenewswire.com"))
