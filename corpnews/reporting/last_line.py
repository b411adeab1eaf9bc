"""The last line of a run's log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.reporting.missing_releases import describe_omissions
from corpnews.reporting.verdict import Verdict
from corpnews.web.text import join_list, plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpnews.reporting.run_history import RunRecord

_ROBOTS_HINT = "robots.txt forbids to fetch these pages; with the site's permission, add -s ROBOTSTXT_OBEY=0. "


def format_summary(record: RunRecord, skipped: Mapping[str, int], *, unwritten: int = 0, is_forbidden: bool = False) -> str:
    """Format the verdict (unless it is `ok`), its reasons and the numbers of a run.

    Args:
        record: the run.
        skipped: the numbers of skipped pages and links, by reason in words.
        unwritten: how many articles could not be written.
        is_forbidden: whether robots.txt forbids pages that the run needs.
    """
    reasons = "; ".join(record.reasons).rstrip(".")
    hint = _ROBOTS_HINT if is_forbidden and reasons else ""
    verdict = "" if record.verdict is Verdict.OK else f"{record.verdict}: {reasons}. {hint}" if reasons else f"{record.verdict}, "
    counts = record.counts
    articles = counts.new + counts.updated + counts.withdrawn
    parts = [f"{plural(articles, 'article')} from {plural(counts.pages, 'page')}"]
    if unwritten:
        parts.append(f"{unwritten} could not be written, the next run publishes the others")
    if skipped:
        named = join_list([f"{count} {reason}" for reason, count in skipped.items()])
        parts.append(f"skipped {sum(skipped.values())} ({named})")
    if minor := [omission for omission in record.omissions if omission.is_minor]:
        parts.extend(describe_omissions(minor))
    if counts.errors:
        parts.append(f"{plural(counts.errors, 'error')} in the log above")
    if record.files:
        parts.append(f"written to {' and '.join(record.files)}")
    return f"{record.newsroom}: {verdict}{'; '.join(parts)}"
