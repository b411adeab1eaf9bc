"""The numbers of a run, read from Scrapy's stats and from the planners of its search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.crawler.run_session import ERRORS_STAT, UNWRITTEN_STAT
from corpnews.crawler.search import OBSTACLES_STAT_PREFIX, SKIPPED_STAT_PREFIX
from corpnews.discovery import SkipReason
from corpnews.discovery.crawl_filter import ASTRAY_LINKS, FAILED_REQUESTS
from corpnews.guard.address_guard import REFUSED_STAT
from corpnews.middlewares.conditional_listings import UNCHANGED_LISTINGS_STAT
from corpnews.reporting.verdict import RunCounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.crawler import NewsroomSpider
    from corpnews.discovery import Planner
    from corpnews.discovery.completeness.omissions import Omission

# Stats that the report counts
BLOCKED_STAT: Final = "corpnews/responses/blocked"
DATED_STAT: Final = "corpnews/articles/dated"
UPDATED_STAT: Final = "corpnews/articles/updated"
WITHDRAWN_STAT: Final = "corpnews/articles/withdrawn"
LOGGED_ERRORS_STAT: Final = f"{ERRORS_STAT}/logged"


def read_counts(spider: NewsroomSpider, known: int) -> RunCounts:
    """How many pages, releases and fields a run met; `known` articles are in the store by its end."""
    stats, search = spider.crawler.stats.get_stats(), spider.search
    skipped = {reason: stats.get(f"{SKIPPED_STAT_PREFIX}{reason}", 0) for reason in SkipReason}
    articles = stats.get("item_scraped_count", 0)
    updated, withdrawn = stats.get(UPDATED_STAT, 0), stats.get(WITHDRAWN_STAT, 0)
    raised = sum(count for stat, count in stats.items() if stat.startswith(f"{ERRORS_STAT}/") and stat != LOGGED_ERRORS_STAT)
    without_headline, without_body = skipped[SkipReason.NO_HEADLINE], skipped[SkipReason.NO_BODY]
    return RunCounts(
        pages=stats.get("response_received_count", 0),
        blocked=stats.get(BLOCKED_STAT, 0),
        unchanged=stats.get("downloader/response_status_count/304", 0) - stats.get(UNCHANGED_LISTINGS_STAT, 0),
        found=_count_found(search.planners),
        expected=_count_expected(search.planners) if search.is_complete else 0,
        rejected=skipped[SkipReason.TOO_OLD] + skipped[SkipReason.WRONG_LANGUAGE],
        foreign=skipped[SkipReason.WRONG_LANGUAGE],
        known=known,
        failed=sum(skipped[reason] for reason in FAILED_REQUESTS),
        astray=sum(skipped[reason] for reason in ASTRAY_LINKS),
        gone=skipped[SkipReason.GONE],
        dead=len(spider.run.dead_links),
        refused=stats.get(REFUSED_STAT, 0),
        read=articles + skipped[SkipReason.NO_ARTICLE] + without_headline + without_body,
        headlines=articles + without_body,
        dates=stats.get(DATED_STAT, 0),
        bodies=articles + without_headline,
        new=max(articles - updated - withdrawn - stats.get(UNWRITTEN_STAT, 0), 0),
        updated=updated,
        withdrawn=withdrawn,
        errors=max(raised, stats.get(LOGGED_ERRORS_STAT, 0)),
    )


def read_obstacles(spider: NewsroomSpider) -> dict[str, int]:
    """How many walls and error pages stood in the place of articles, by their sort."""
    prefix, stats = OBSTACLES_STAT_PREFIX, spider.crawler.stats.get_stats()
    return {stat.removeprefix(prefix): count for stat, count in stats.items() if stat.startswith(prefix)}


def _count_found(planners: Sequence[Planner]) -> int:
    """How many different releases the sources listed, those beyond the run's limits included."""
    return len(set().union(*(planner.completeness.found for planner in planners)))


def _count_expected(planners: Sequence[Planner]) -> int:
    """How many releases there are by what the newsroom announces; 0 if it announces nothing."""
    if not any(planner.completeness.has_counts for planner in planners if planner.intake.is_unlimited):
        return 0
    return _count_found(planners) + sum(omission.number for omission in find_omissions(planners))


def find_omissions(planners: Sequence[Planner]) -> list[Omission]:
    """What the planners of a run did not get."""
    return [omission for planner in planners for omission in planner.find_omissions()]
