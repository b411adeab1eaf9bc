"""The report on all newsrooms as one HTML file: a table, and behind each row what the store has of the newsroom.

The file loads nothing: style, scripts and data are in it. What a newsroom's row does not show is compressed and read by the
browser when somebody opens the newsroom.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from corpnews.items import format_utc, get_day
from corpnews.reporting.health import judge_newsroom
from corpnews.reporting.missing_releases import describe_omission
from corpnews.reporting.profile import COUNTED_FIELDS, NewsroomProfile
from corpnews.reporting.run_history import build_outcome
from corpnews.web.text import plural

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from corpnews.reporting.health import NewsroomHealth
    from corpnews.state import NewsroomOverview, PastRun

_FOLDER: Final = Path(__file__).parent / "html"
MAX_DETAIL_BYTES: Final = 9_000_000  # of all newsrooms, compressed; a third more in the file
_BLOCKS_SHOWN: Final = 15
_FEW_RUNS: Final = 10
_DAYS_PER_YEAR: Final = 365


def render_html_report(overviews: Sequence[NewsroomOverview], now: datetime, under_way: Collection[str]) -> str:
    """Render the report on the newsrooms, what needs a person first; `under_way` are those that are being crawled."""
    judged = []
    for overview in overviews:
        health = judge_newsroom(overview.newsroom, overview.runs, now, is_under_way=overview.newsroom in under_way)
        if health:
            judged.append((overview, health))
    judged.sort(key=lambda each: each[1].urgency)
    most = MAX_DETAIL_BYTES // max(1, len(judged))
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html.jinja").render(
        generated=format_utc(now),
        rows=[_build_row(overview, health, now) for overview, health in judged],
        details=[_compress_details(overview, most) for overview, _ in judged],
        fine=sum(health.is_fine for _, health in judged),
        releases=sum(overview.articles for overview, _ in judged),
        read=_read_asset,
    )


def _read_asset(name: str) -> Markup:
    """Read a file of this package that stands in the page as it is."""
    return Markup((_FOLDER / name).read_text(encoding="utf-8"))  # noqa: S704 - it is the project's own


def _build_row(overview: NewsroomOverview, health: NewsroomHealth, now: datetime) -> dict[str, Any]:
    """Build what the table shows of a newsroom."""
    newest = get_day(overview.newest)
    return {
        "newsroom": overview.newsroom,
        "verdict": str(health.record.verdict),
        "is_fine": health.is_fine,
        "started": health.record.started,
        "new": health.record.counts.new,
        "releases": overview.articles,
        "newest": newest or overview.newest or "",
        "days": _describe_age((now.date() - now.fromisoformat(newest).date()).days) if newest and newest[0].isdigit() else "",
        "reasons": "; ".join(health.reasons),
    }


def _describe_age(days: int) -> str:
    """Describe how long ago a day was, in days, or in years from two years on.

    >>> _describe_age(0), _describe_age(1), _describe_age(400), _describe_age(984)
    ('today', '1 day ago', '400 days ago', '2.7 years ago')
    """
    if days <= 0:
        return "today" if days == 0 else "in the future"
    return f"{plural(days, 'day')} ago" if days < 2 * _DAYS_PER_YEAR else f"{days / _DAYS_PER_YEAR:.1f} years ago"


def _compress_details(overview: NewsroomOverview, most: int) -> str:
    """Build what is shown of a newsroom when it is opened, in at most so many bytes: samples go first, then old runs."""
    profile = NewsroomProfile.from_json(overview.profile)
    samples, runs = profile.samples, overview.runs
    while True:
        details = _build_details(overview, profile, runs) | {"samples": samples}
        data = zlib.compress(msgspec.json.encode(details), 9)
        if len(data) <= most or not (samples or len(runs) > _FEW_RUNS):
            return b64encode(data).decode()
        samples, runs = samples[:-1], runs if samples else runs[:_FEW_RUNS]


def _build_details(overview: NewsroomOverview, profile: NewsroomProfile, runs: Sequence[PastRun]) -> dict[str, Any]:
    removed = sorted(profile.removed.items(), key=lambda each: (-each[1], each[0]))[:_BLOCKS_SHOWN]
    last = next((run for run in runs if run.ended), runs[0])
    return {
        "months": sorted(overview.months.items()),
        "undated": overview.articles - overview.months.total(),
        "withdrawn": overview.withdrawn,
        "updated": overview.updated,
        "duplicates": overview.duplicates,
        "duplicateSample": overview.duplicate_sample,
        "lines": profile.lines,
        "fields": [(name, profile.fields[name]) for name in COUNTED_FIELDS],
        "removed": [(text, reason, lines) for (text, reason), lines in removed],
        "runs": [_build_run_row(run) for run in runs],
        "omissions": _describe_omissions(last),
    }


def _build_run_row(run: PastRun) -> tuple[Any, ...]:
    numbers = (run.counts.get(name, 0) for name in ("new", "updated", "withdrawn", "pages", "failed", "gone"))
    verdict = run.verdict or ("failed" if run.ended else "not ended")
    return (format_utc(run.started), verdict, *numbers, "; ".join(run.reasons))


def _describe_omissions(run: PastRun) -> list[tuple[str, str]]:
    return [(describe_omission(omission), omission.url) for omission in build_outcome(run).omissions]
