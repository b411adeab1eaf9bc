"""The verdict as a Spidermon monitor, and Spidermon's notifiers for it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy.utils.misc import load_object
from spidermon import Monitor, MonitorSuite
from spidermon.runners import MonitorRunner

from corpnews.extensions.run_verdict import REASONS_STAT, VERDICT_STAT
from corpnews.reporting.verdict import EXIT_STATUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler

_NOTIFIER_ACTIONS = {
    "slack": "spidermon.contrib.actions.slack.SendSlackMessage",
    "telegram": "spidermon.contrib.actions.telegram.SendTelegramMessage",
    "discord": "spidermon.contrib.actions.discord.SendDiscordMessage",
    "email": "corpnews.reporting.mail.EmailNotifier",
    "sentry": "spidermon.contrib.actions.sentry.SendSentryMessage",
}

logger = logging.getLogger(__name__)


class VerdictMonitor(Monitor):  # type: ignore[misc]  # spidermon has no types
    """Fails with the verdict and its reasons, where the run did not end as it should."""

    def test_verdict(self) -> None:
        """The run ended as it should."""
        stats = self.data.stats
        if EXIT_STATUS[stats[VERDICT_STAT]]:
            self.fail(f"{stats[VERDICT_STAT]}: {'; '.join(stats[REASONS_STAT])}")


def load_notifiers(notifiers: Sequence[str]) -> list[type]:
    """The actions of the notifiers, each a name in ACTIONS or the path of another Spidermon action. Raises ValueError."""
    try:
        return [load_object(_NOTIFIER_ACTIONS.get(name, name)) for name in notifiers]
    except ImportError as error:
        message = f"NOTIFY: {error}; the notifiers need what `pip install 'corpnews[notify]'` installs"
    except (ValueError, NameError) as error:
        message = f"NOTIFY: {error}; known are {', '.join(_NOTIFIER_ACTIONS)}"
    raise ValueError(message)


def build_notification_suite(crawler: Crawler, notifiers: Sequence[str]) -> MonitorSuite:
    """The monitor and who is told when it fails. Raises spidermon.exceptions.NotConfigured that names a setting that lacks."""
    return MonitorSuite(monitors=[VerdictMonitor], monitors_failed_actions=load_notifiers(notifiers), crawler=crawler)


def send_notifications(monitors: MonitorSuite, crawler: Crawler, newsroom: str) -> None:
    """Look at how the run ended and tell whom it concerns; a notice that could not be sent is an error in the log."""
    # Spidermon's own runner for spiders calls what Scrapy has deprecated; this one says nothing by itself
    result = MonitorRunner().run(
        monitors,
        stats=crawler.stats.get_stats(),
        stats_history=[],
        crawler=crawler,
        spider=crawler.spider,
        sc_spider_name=newsroom,
        job=None,
    )
    for sent in result.monitors_failed_action_results:
        if sent.error:
            logger.error("No notice by %s: %s", sent.item.name, sent.error.rstrip().rpartition("\n")[2])
