"""What becomes of a release between two runs: whether it is new, changed or gone, and when to look at it again.

Pure functions: what is known and what came go in, `now` is given.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import unified_diff
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from unicodedata import category, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.items import ArticleStatus
    from corpnews.state.records import KnownArticle

_DASH_TABLE: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
# What stands within a number is part of it, and so is the sign before it
_NUMBER_IN_TEXT: Final = re.compile(r"((?:(?<![^\s(])[-+])?\d+(?:[.,:/]\d+)*)")

_DAY: Final = timedelta(days=1)
# A release younger than the first is looked at again after the second. A little less than a day, a week and a month, so
# that a run which starts a minute earlier than yesterday's does not skip a day.
_REVISIT_INTERVALS: Final = (
    (2 * _DAY, timedelta(0)),
    (14 * _DAY, timedelta(hours=20)),
    (91 * _DAY, timedelta(days=6, hours=12)),
    (365 * _DAY, 29 * _DAY),
)

_MAX_DIFF_PARAGRAPHS: Final = 1000
MAX_DIFF_LENGTH: Final = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    """What the next line of an article says of it."""

    status: ArticleStatus
    version: int


class InsignificantCharacters(dict[int, int | None]):
    """For str.translate: what makes no difference to a reader is left out; per cent and currency signs make one."""

    def __missing__(self, code: int) -> int | None:
        kind = category(chr(code))
        self[code] = code if kind[0] in "LMN" or kind == "Sc" or chr(code) in "%‰" else None
        return self[code]


_INSIGNIFICANT_CHARACTERS: Final = InsignificantCharacters()


def fold_text(text: str) -> str:
    """The text without white space, typography, letter case and punctuation; numbers stay apart.

    >>> fold_text("“Sales  fell by –1.5 %…”")
    'salesfellby -1.5 %'
    """
    pieces = _NUMBER_IN_TEXT.split(normalize("NFKC", text).translate(_DASH_TABLE).casefold())
    words = (piece.translate(_INSIGNIFICANT_CHARACTERS) for piece in pieces[::2])
    numbers = [f" {number} " for number in pieces[1::2]]
    return "".join(word + number for word, number in zip(words, [*numbers, ""], strict=True))


def compute_content_hash(headline: str, body: str) -> str:
    """A hash of what the release says, the same however it is set in type.

    >>> compute_content_hash("Plant opens", "It cost €1.5 m.") == compute_content_hash("Plant Opens", "It  cost €1.5\u00a0m .")
    True
    """
    return sha256(f"{fold_text(headline)}\n{fold_text(body)}".encode("utf-8", "replace")).hexdigest()[:32]


def compare_with_known(known: KnownArticle | None, content: str) -> Change | None:
    """What to say of an article that came, by its content_hash; None where there is nothing to say.

    One that was withdrawn and is there again has changed, even if its text has not.
    """
    if known is None:
        return Change("new", 1)
    if known.status != "withdrawn" and known.content_hash == content:
        return None
    return Change("updated", known.version + 1)


def check_withdrawal(known: KnownArticle, run: int) -> Change | None:
    """What to say of an article that the run found gone: withdrawn, if an earlier run found it gone too and none came between.

    The caller knows which answers mean gone (404, 410, a redirect to the listing); that a site is down does not.
    """
    if known.status == "withdrawn" or not known.missing or known.missing_in == run:
        return None
    return Change("withdrawn", known.version)


def is_same_page(old: tuple[str, str], new: tuple[str, str]) -> bool:
    """Whether two versions, each a body and what its page held beside it, differ only in what was taken for the body.

    The more is known of a site, the better its furniture is told from its releases: that changes no release.
    """
    (old_body, old_rest), (new_body, new_rest) = old, new
    before, after = ({fold_text(text) for text in _split_body_paragraphs(body)} for body in (old_body, new_body))
    left, stood = fold_text(new_rest), fold_text(old_rest)
    return all(each in left for each in before - after) and all(each in stood for each in after - before)


def get_next_visit(date_published: str | None, first_seen: datetime, now: datetime) -> datetime | None:
    """When to look at a release again that was looked at now; None for never."""
    age = now - get_latest_publication(date_published, first_seen)
    return next((now + pause for younger_than, pause in _REVISIT_INTERVALS if age < younger_than), None)


def is_visit_due(known: KnownArticle, now: datetime) -> bool:
    """Whether to look at the article again."""
    return known.due is not None and known.due <= now


def get_latest_publication(date_published: str | None, first_seen: datetime) -> datetime:
    """The latest moment at which the release may have been published.

    >>> get_latest_publication("2024-02", datetime(2026, 11, 23, tzinfo=UTC)).isoformat()
    '2024-02-29T23:59:59+00:00'
    """
    if not date_published:
        return first_seen
    if "T" in date_published:
        stated = datetime.fromisoformat(date_published)
        return min(first_seen, stated if stated.tzinfo else stated.replace(tzinfo=UTC))
    year, month, day = (*map(int, date_published.split("-")), 0, 0)[:3]
    month = month or 12
    return min(first_seen, datetime(year, month, day or monthrange(year, month)[1], 23, 59, 59, tzinfo=UTC))


def build_diff(old: tuple[str, str], new: tuple[str, str]) -> str:
    r"""What changed between two versions, each a headline and a body: a unified diff by paragraphs, cut where it is long.

    >>> print(build_diff(("Plant opens", "In May.\n\nIt is large."), ("Plant opens", "In June.\n\nIt is large.")))
    @@ -2 +2 @@
    -In May.
    +In June.
    """
    before, after = ([headline, *_split_body_paragraphs(body)][:_MAX_DIFF_PARAGRAPHS] for headline, body in (old, new))
    lines = list(unified_diff(before, after, n=0, lineterm=""))[2:]
    said = "\n".join(lines)
    return said if len(said) <= MAX_DIFF_LENGTH else f"{said[:MAX_DIFF_LENGTH]}…"


def _split_body_paragraphs(body: str) -> Iterator[str]:
    """The paragraphs of a body, which blank lines part."""
    return filter(None, body.split("\n\n"))
