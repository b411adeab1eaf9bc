"""Legal notices and embargoes without a heading: recognised by how their first sentence begins."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

_MAX_OPENING: Final = 300
_MAX_EMBARGO_LENGTH: Final = 160
_SLOTS: Final = {"<words>": r"(?: \S+){0,30}?", "<few>": r"(?: \S+){0,6}?"}


@cache
def _load_openings() -> dict[str, re.Pattern[str]]:
    """Return the patterns of legal_openings.toml by their kinds."""
    data = tomllib.loads(files(__package__).joinpath("legal_openings.toml").read_text(encoding="utf-8"))
    slots = {**_SLOTS, "<release>": data["release"]}
    joined = {kind: "|".join(data[kind]) for kind in ("legal_notice", "embargo")}
    for slot, pattern in slots.items():
        joined = {kind: openings.replace(slot, pattern) for kind, openings in joined.items()}
    return {kind: re.compile(rf"^[\W_]*(?:{openings})", re.IGNORECASE) for kind, openings in joined.items()}


def is_legal_paragraph(text: str) -> bool:
    """Return whether a paragraph is a legal notice, by its first words.

    >>> is_legal_paragraph("NOT FOR DISTRIBUTION IN THE UNITED STATES"), is_legal_paragraph("This release is about a plant.")
    (True, False)
    """
    return _opens_legal_notice(text[:_MAX_OPENING]) and not is_embargo(text)


@lru_cache(maxsize=2_000)
def _opens_legal_notice(opening: str) -> bool:
    return _load_openings()["legal_notice"].match(opening) is not None


def is_embargo(text: str) -> bool:
    """Return whether a line says until when a release is not to be published.

    >>> is_embargo("EMBARGOED UNTIL 00:01 GMT, 4 May 2024"), is_embargo("The embargo on steel ends, Acme said on Monday.")
    (True, False)
    """
    return (
        len(text) <= _MAX_EMBARGO_LENGTH and _load_openings()["embargo"].match(text) is not None and any(map(str.isdigit, text))
    )
