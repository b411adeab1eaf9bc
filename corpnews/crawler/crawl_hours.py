"""The hours in which a newsroom may be crawled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self

_HOURS = re.compile(r"(\d{1,2})(?::(\d\d))?\s*-\s*(\d{1,2})(?::(\d\d))?")


@dataclass(frozen=True, slots=True)
class CrawlHours:
    """A part of the day; all of it if both times are the same.

    >>> night = CrawlHours.parse("22-6:30")
    >>> str(night), night.count_seconds_left(datetime(2024, 5, 3, 6))
    ('22:00-06:30', 1800.0)
    """

    begin: time
    end: time

    def __str__(self) -> str:
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse hours such as 22-6 or 22:30-06:00; all of the day if `text` is empty. Raises ValueError."""
        if not text.strip():
            return cls(time(), time())
        match = _HOURS.fullmatch(text.strip())
        if not match:
            raise ValueError("hours such as 22-6 or 22:30-06:00")
        begin_hour, begin_minute, end_hour, end_minute = (int(group or 0) for group in match.groups())
        return cls(time(begin_hour % 24, begin_minute), time(end_hour % 24, end_minute))

    def count_seconds_left(self, now: datetime) -> float | None:
        """How long they still last, 0 outside of them; None if they never end."""
        if self.begin == self.end:
            return None
        clock = now.time()
        is_within = self.begin <= clock < self.end if self.begin < self.end else not self.end <= clock < self.begin
        if not is_within:
            return 0.0
        end = datetime.combine(now.date(), self.end, now.tzinfo)
        return ((end if end > now else end + timedelta(days=1)) - now).total_seconds()
