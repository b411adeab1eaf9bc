"""Pauses a host for as long as its Retry-After header says."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING, Final

from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_STATUSES: Final = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_MAX_PAUSE: Final = 60.0  # seconds
_MAX_PAUSES: Final = 180.0  # seconds in all for one host; its later Retry-After headers are ignored


class RetryAfterMiddleware:
    """Holds back the requests to a host that answered 429 or 503 with Retry-After; RetryMiddleware repeats the failed ones."""

    def __init__(self) -> None:
        self._resume_times: dict[str, float] = {}  # by host, on the monotonic clock
        self._paused: defaultdict[str, float] = defaultdict(float)  # seconds by host

    async def process_request(self, request: Request) -> None:
        if (pause := self._resume_times.get(urlparse_cached(request).netloc, 0) - monotonic()) > 0:
            await asyncio.sleep(pause)

    def process_response(self, request: Request, response: Response) -> Response:
        value = response.headers.get("Retry-After")
        if value and response.status in _STATUSES:
            self._pause(urlparse_cached(request).netloc, parse_retry_after(value.decode("latin-1"), datetime.now(UTC)))
        return response

    def _pause(self, host: str, seconds: float) -> None:
        resume_time = max(self._resume_times.get(host, 0), monotonic())
        longest = monotonic() + min(seconds, _MAX_PAUSE, resume_time - monotonic() + _MAX_PAUSES - self._paused[host])
        if longest > resume_time:
            self._paused[host] += longest - resume_time
            self._resume_times[host] = longest


def parse_retry_after(value: str, now: datetime) -> float:
    """The seconds to wait by a Retry-After header, which has a number of seconds or a date; 0 if it has neither.

    >>> parse_retry_after("Fri, 03 May 2024 10:00:30 GMT", datetime(2024, 5, 3, 10, tzinfo=UTC))
    30.0
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max((until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - now.timestamp(), 0.0)
