"""What a run's omissions say in its verdict, and listings that name far fewer releases than they did."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from corpnews.discovery.completeness.omissions import Omission, OmissionKind
from corpnews.web.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.reporting.verdict import RunOutcome

_MAX_ADDRESSES: Final = 3
_MAX_SHRUNKEN_SHARE: Final = 0.5  # of the releases that a listing usually names
_MIN_LISTED: Final = 4  # releases; the half of fewer is no evidence
_MIN_WHOLE_SHARE: Final = 0.9  # of the releases of the last full crawl: a listing then merely has shorter pages


def describe_omissions(omissions: Sequence[Omission]) -> Iterator[str]:
    """Yield a phrase for each kind of omission, with the first three addresses.

    >>> list(describe_omissions([Omission(OmissionKind.LOST_PAGE, "https://acme.example/news/?page=2", "HTTP 500")]))
    ['1 listing page was lost: https://acme.example/news/?page=2 (HTTP 500)']
    """
    by_kind: defaultdict[tuple[OmissionKind, bool], list[Omission]] = defaultdict(list)
    for omission in omissions:
        by_kind[omission.kind, omission.is_minor].append(omission)
    for alike in by_kind.values():
        more = f" and {len(alike) - _MAX_ADDRESSES} more" if len(alike) > _MAX_ADDRESSES else ""
        named = [f"{each.url} ({each.detail})" if each.detail else each.url for each in alike[:_MAX_ADDRESSES]]
        yield f"{_describe_kind(alike[0], len(alike))}: {', '.join(named)}{more}"


def describe_omission(omission: Omission) -> str:
    """Describe one omission without its address."""
    return ": ".join(filter(None, (_describe_kind(omission, 1), omission.detail)))


def _describe_kind(omission: Omission, number: int) -> str:
    verb = "was" if number == 1 else "were"
    match omission.kind:
        case OmissionKind.LOST_PAGE:
            return f"{plural(number, 'listing page')} {verb} lost"
        case OmissionKind.NOT_FOLLOWED if omission.is_minor:
            return "similar links"
        case OmissionKind.NOT_FOLLOWED:
            return f"{plural(number, 'likely listing')} {verb} not followed for lack of requests"
        case OmissionKind.TRAP:
            return "the search ran out of requests"
        case OmissionKind.MISSING:
            return "fewer releases than announced"


def find_shrunken_listings(run: RunOutcome, history: Sequence[RunOutcome]) -> list[str]:
    """Return the listings that name half as many releases as usual or less, each with both numbers.

    A listing on which all releases are new has begun anew, as those of a year do. One whose releases were all found all the
    same, in a crawl of the whole newsroom, has shorter pages now.
    """
    shrunken = []
    for url, page in run.listed.items():
        usual = 0
        for at, earlier in enumerate(history):
            if url in earlier.listed and not _is_shrunken(earlier, url, usual, history[:at]):
                usual = earlier.listed[url].releases
        if _is_shrunken(run, url, usual, history):
            shrunken.append(f"{url} ({page.releases}, usually {usual})")
    return shrunken


def _is_shrunken(run: RunOutcome, url: str, usual: int, history: Sequence[RunOutcome]) -> bool:
    page = run.listed[url]
    if usual < _MIN_LISTED or page.releases > _MAX_SHRUNKEN_SHARE * usual or not page.known or run.is_accepted:
        return False
    full = next((earlier.counts.found for earlier in reversed(history) if earlier.is_full and earlier.is_fine), 0)
    return not (run.is_full and full and run.counts.found >= _MIN_WHOLE_SHARE * full)


def find_standing_omissions(run: RunOutcome, history: Sequence[RunOutcome]) -> tuple[Omission, ...]:
    """Return the run's omissions, and after a crawl of new releases alone those of the last full one, which still stand.

    A lost page that an earlier run had lost as well is no minor omission any more.
    """
    full = next((earlier for earlier in reversed(history) if earlier.is_full or earlier.is_accepted), None)
    before = full.omissions if full and not full.is_accepted else ()
    lost = {omission.url for omission in before if omission.kind is OmissionKind.LOST_PAGE}
    own = tuple(omission for omission in run.omissions if not omission.is_minor or omission.url in lost)
    standing = tuple(omission for omission in before if not omission.is_minor) if run.is_recent else ()
    return own + tuple(omission for omission in standing if omission not in own)
