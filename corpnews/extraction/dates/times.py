"""Time of day next to a date."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Abbreviations with one meaning worldwide; IST, CST and BST have several.
_TIME_ZONE_OFFSETS = {
    "Z": "+00:00",
    "UTC": "+00:00",
    "GMT": "+00:00",
    "EST": "-05:00",
    "EDT": "-04:00",
    "PST": "-08:00",
    "PDT": "-07:00",
    "MDT": "-06:00",
    "CDT": "-05:00",
    "CET": "+01:00",
    "CEST": "+02:00",
    "EET": "+02:00",
    "EEST": "+03:00",
    "MSK": "+03:00",
    "JST": "+09:00",
    "KST": "+09:00",
    "HKT": "+08:00",
    "SGT": "+08:00",
    "AEST": "+10:00",
    "AEDT": "+11:00",
    "NZST": "+12:00",
    "NZDT": "+13:00",
}
_AFTERNOON = frozenset(("pm", "下午", "晚上", "午後", "오후", "μμ", "م", "ptg"))
_MORNING = frozenset(("am", "上午", "早上", "午前", "오전", "πμ", "ص", "pg"))
_CLOCK_WORD_PATTERN = (
    r"(?:(?:at|um|à|a las|às|as|alle(?: ore)?|ore|kl\.?|klo|kello|в|о|o|om|ob|u|v|saat|pukul|lúc|στις|ora|(?:o )?godz\.?"
    r"|الساعة|[-–])\s?)?"
)
_ZONE_PATTERN = r"(?:\s?\(?(?P<zone>(?:UTC|GMT)?\s?[+-](?:0\d|1[0-4]):?[0-5]\d(?!\d)|Z\b|[A-Z]{3,4}\b)\)?)?"
_CLOCK_PATTERN = (
    r"(?P<half>上午|早上|下午|晚上|午前|午後|오전|오후|[AP]M(?=\s?\d))?\s?"
    r"(?:(?P<h>[01]?\d|2[0-4])(?:(?:[:.時时点시]|\s?h)\s?(?P<m>[0-5]\d)[分분]?(?:[:.]?(?P<s>(?<=[:.분分])[0-5]\d)(?:[.,]\d{1,9})?秒?)?)"
    r"(?!\d)(?:\s?(?P<pm>[ap]\.?\s?m\b\.?|[μπ]\.?μ\b|[صم]\b|pt?g\b))?|(?P<h12>1[0-2]|0?[1-9])\s?(?P<pm12>[ap]\.?\s?m\b\.?))"
)
_TIME_AFTER_DATE = re.compile(
    rf"(?:T|\.?[\s,،|·•@()–/-]{{0,4}}(?:[^\W\d]{{1,12}}\.?,?\s)??{_CLOCK_WORD_PATTERN}){_CLOCK_PATTERN}{_ZONE_PATTERN}",
    re.IGNORECASE,
)
_TIME_BEFORE_DATE = re.compile(
    rf"(?<![\d:.,/-]){_CLOCK_PATTERN}{_ZONE_PATTERN}[\s,|·•–-]{{1,4}}(?:[^\W\d]{{2,12}},?\s)?$", re.IGNORECASE
)
_MAX_LENGTH_BEFORE = 32


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """`value` is the ISO 8601 time, with the UTC offset if stated, found from `start` to `end`."""

    value: str
    precision: str
    start: int
    end: int


def find_time_after(text: str, position: int) -> TimeOfDay | None:
    """Return the time that follows a date which ends at `position`."""
    found = _TIME_AFTER_DATE.match(text, position, position + 64)
    return _parse_time_match(found, 0) if found else None


def find_time_before(text: str, position: int) -> TimeOfDay | None:
    """Return the time right before a date which starts at `position`."""
    start = max(0, position - _MAX_LENGTH_BEFORE)
    found = _TIME_BEFORE_DATE.search(text[start:position])
    return _parse_time_match(found, start) if found else None


def _parse_time_match(found: re.Match[str], offset: int) -> TimeOfDay | None:
    half = (found["half"] or found["pm"] or found["pm12"] or "").lower().replace(".", "").replace(" ", "")
    hour = int(found["h"] or found["h12"])
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    if hour > 23:
        return None
    value = f"{hour:02}:{found['m'] or '00'}"
    if found["s"]:
        value += f":{found['s']}"
    zone = _parse_utc_offset(found["zone"])
    end = found.end() if zone or not found["zone"] else found.start("zone")
    return TimeOfDay(value + zone, "second" if found["s"] else "minute", offset + found.start(), offset + end)


def _parse_utc_offset(zone: str | None) -> str:
    """Return a time zone as an offset from UTC; "" if there is none or it is ambiguous.

    >>> _parse_utc_offset("GMT+0200"), _parse_utc_offset("EST"), _parse_utc_offset("IST")
    ('+02:00', '-05:00', '')
    """
    if not zone:
        return ""
    digits = zone.upper().removeprefix("UTC").removeprefix("GMT").strip()
    if digits[:1] in ("+", "-"):
        return f"{digits[:3]}:{digits[-2:]}"
    return _TIME_ZONE_OFFSETS.get(zone.upper(), "")
