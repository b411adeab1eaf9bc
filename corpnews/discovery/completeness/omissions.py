"""What a run may have left out: releases that the newsroom announces, pages that were lost, traps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OmissionKind(StrEnum):
    MISSING = "missing"
    LOST_PAGE = "lost_page"
    NOT_FOLLOWED = "not_followed"
    TRAP = "trap"


@dataclass(frozen=True, slots=True)
class Omission:
    """Releases, or pages that may list some, that a run did not get.

    Attributes:
        url: The page that announces them, that was lost or was not followed; of a trap the pattern of its URLs.
        detail: What is missing, or why, as a phrase.
        number: How many releases are missing, if that is known.
        is_minor: Whether a later page of the same list was read, so that no older releases are lost.
    """

    kind: OmissionKind
    url: str
    detail: str
    number: int = 0
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class ListedPage:
    """How many releases a listing page named, and how many of them earlier runs knew."""

    releases: int
    known: int
