"""Notifications about runs, sent by Apprise to the URLs in CORPNEWS_NOTIFY."""

from __future__ import annotations

import asyncio
import logging
import re
import warnings
from typing import TYPE_CHECKING, Final

from apprise import Apprise, NotifyBase, NotifyType

from corpnews.reporting.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Between two URLs; a comma may also stand within one (mailto://…?to=ada@acme.example,bo@acme.example)
_SEPARATOR: Final = re.compile(r"[\s,]+(?=[a-z0-9+.-]+://)", re.IGNORECASE)

logger = logging.getLogger(__name__)


def parse_notify_urls(urls: str | Iterable[str]) -> list[NotifyBase]:
    """Parse Apprise URLs, given as a list or as text with commas or white space between them.

    Raises:
        ValueError: Apprise knows no such service; the message shows the URL's scheme alone, as the rest may be a password.
    """
    separate = _SEPARATOR.split(urls.strip()) if isinstance(urls, str) else urls
    logging.getLogger("apprise").disabled = True  # it logs in several lines what the ValueError says in one
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Apprise imports a module that Python deprecates
            return [_parse_notify_url(url) for url in separate]
    finally:
        logging.getLogger("apprise").disabled = False


def _parse_notify_url(url: str) -> NotifyBase:
    service = Apprise.instantiate(url)
    if not isinstance(service, NotifyBase):
        scheme, separator, _ = url.partition("://")
        shown = f"{scheme}://…" if separator else url
        raise ValueError(f"CORPNEWS_NOTIFY: {shown!r} is not the complete URL of a service (see https://appriseit.com/services/)")
    return service


async def send_notifications(services: Sequence[NotifyBase], title: str, body: str, *, verdict: Verdict) -> None:
    """Send a notification to all services at once, and log an error for each that does not take it."""
    kind = NotifyType.WARNING if verdict is Verdict.DEGRADED else NotifyType.FAILURE
    calls = (service.async_notify(title=title, body=body, notify_type=kind) for service in services)
    for service, result in zip(services, await asyncio.gather(*calls, return_exceptions=True), strict=True):
        if result is not True:
            reason = f": {result}" if isinstance(result, Exception) else ""
            url = str(service.url(privacy=True))
            logger.error("No notification sent to %s%s", url.partition("?")[0], reason)
