"""The dateline that opens a release: "BOSTON, May 4, 2024 –"."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.extraction.agencies import NEWS_AGENCIES
from corpnews.extraction.dates import find_dates
from corpnews.items import Dateline
from corpnews.web.text import has_cjk, split_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.extraction.dates import FoundDate

# Maximum length of a dateline, in characters of the first text.
_MAX_DATELINE_LENGTH: Final = 160
_MAX_LOCATION_LENGTH: Final = 60
# A place in capitals without a region opens a paragraph of at least this length: shorter lines are labels.
_MIN_PARAGRAPH_LENGTH: Final = 100
_MAX_LOCATION_WORDS: Final = 8
_MAX_CJK_LOCATION_LENGTH: Final = 14
# A dateline is in one of this many first lines, as subheadlines may precede it.
_MAX_LINES: Final = 6
_WIRE_NAME: Final = re.compile(
    r"\([^()/]{2,40}\)|/ ?[^()/]{2,30} ?/|PR ?Newswire|PRWEB|GLOBE ?NEWSWIRE|BUSINESS ?WIRE|ACCESS ?WIRE", re.IGNORECASE
)
# What a name in brackets must contain to be a wire's or an agency's where the dateline has no date.
_WIRE_OR_AGENCY: Final = re.compile(rf"(?i:wire|news|prweb)|\b(?:{NEWS_AGENCIES}|ots|EQS|DGAP|CNW|RNS)\b")
_TIME: Final = re.compile(r"^[\s,]{0,3}(?:at )?\d{1,2}[:.]\d{2}(?: ?(?:[ap]\.?m\.?|uhr|[A-Z]{2,4}\b)){0,2}", re.IGNORECASE)
_DASH: Final = re.compile(r"^[\s,.)\]）】]{0,4}(?:[–—―‒:：/－]|-{1,2}(?=\s|$)|\|)")
_LOCATION_AND_DASH: Final = re.compile(r"^[\s,.–—―-]{0,5}([^–—―:：]{2,60}?)\s?(?:[–—―]|-{1,2}(?=\s))")
_TRIMMED_CHARACTERS: Final = " ,;:-–—－=(（)）【】[]|/\u3000，、،"
# What may stand between place and date, and after a year or time: Paris, le 3 mai; 3 мая 2024 г.; 10:30 CET/CEST
_ARTICLE_BEFORE_DATE: Final = re.compile(r",\s*(?:le|den|el|am|on|a|il|em)$", re.IGNORECASE)
_YEAR_SUFFIX: Final = re.compile(r"^\s?(?:г|r|р)\.?(?=[\s,)–—-])|^/[A-Z]{2,5}\b")
_ABBREVIATED_REGION: Final = re.compile(r",\s[A-Z][a-z]{1,4}\.$|\b[A-Z]\.[A-Z]\.$")
_WORD: Final = re.compile(r"[^\s,/.()&●•■▪◆*]+")
_BREAKS: Final = re.compile(r"[!?。！？;\d\"“”]|[^\W\d_]{4,}\. ")
_CJK_SENTENCE: Final = re.compile("[はがをの的了是在]")
# Words in lower case that names of places contain.
_LINKING_WORDS: Final = split_terms(
    "de del della di da do dos das la le les los las el sur am an der den bei im of upon on the and und y et e i al "
    "ob nad près in"
)
# Words that open other lines with a date.
_LABELS: Final = split_terms(
    """
    news press release releases media announcement published publish updated update date posted
    blog by photo source for immediate corporate statement results report quarter webinar
    conference event events deadline edition issue version status stand pressemitteilung
    medienmitteilung presse mitteilung aktuelles communiqué actualité comunicado nota comunicato
    notizia redaktion monday tuesday wednesday thursday friday saturday sunday montag dienstag
    mittwoch donnerstag freitag samstag sonntag от дата пресс-релиз новости 新闻 新闻稿 发布 发布时间 时间 日期
    来源 公司新闻 ニュース プレスリリース お知らせ 보도자료
    """
)


def find_dateline(lines: Iterable[str], languages: Sequence[str] = ()) -> Dateline | None:
    """Return location and date with which one of the first lines begins, followed by a dash, or of which it consists."""
    read = (_parse_dateline(line, languages) for line in islice(lines, _MAX_LINES))
    return next(filter(None, read), None)


def is_dateline_alone(line: str) -> bool:
    """Return whether the line is a dateline and nothing else: "Boston, MA — May 4, 2018".

    >>> is_dateline_alone("Boston, MA — May 4, 2018"), is_dateline_alone("BOSTON, May 4, 2018 – Acme")
    (True, False)
    """
    date = next(iter(find_dates(line)), None) if len(line) <= _MAX_LOCATION_LENGTH * 2 else None
    if date is None or line[date.end :].strip(f"{_TRIMMED_CHARACTERS}."):
        return False
    found = _parse_dateline(line)
    return found is not None and "," in (found.location or "")


def _parse_dateline(line: str, languages: Sequence[str] = ()) -> Dateline | None:
    """Return the dateline at the start of the text, without names of news wires; None if there is none.

    >>> _parse_dateline("NORDVIK, Norway (Acme Wire), May 3, 2024 -- Acme has opened its plant.")
    Dateline(location='NORDVIK, Norway', date='2024-05-03')
    >>> _parse_dateline("October 09, 2013 - Dallas, TX - Acme has opened its plant.")
    Dateline(location='Dallas, TX', date='2013-10-09')
    >>> _parse_dateline("Fund size as at 28 February 2017 – NZD 33 billion")
    >>> _parse_dateline("TALLOW CREEK, Kan. – Acme has opened its plant.")
    Dateline(location='TALLOW CREEK, Kan.', date=None)
    """
    text = line[:_MAX_DATELINE_LENGTH]
    date = next(iter(find_dates(text, languages)), None)
    if date is None or date.precision in {"month", "year"} or date.start > _MAX_LOCATION_LENGTH + 40:
        return _parse_location_alone(text)
    return _parse_location_and_date(text, date) or _parse_location_alone(text)


def _parse_location_and_date(text: str, date: FoundDate) -> Dateline | None:
    before, after = text[: date.start], _YEAR_SUFFIX.sub("", _TIME.sub("", _WIRE_NAME.sub("", text[date.end :])))
    location = _trim(_WIRE_NAME.sub("", before).lstrip("(（【[").split("(")[0])
    is_enclosed = "(" in before or before[:1] in "（【["
    has_wire = (
        (is_enclosed and after[:1] in (")", "）", "】", "]"))
        or _WIRE_NAME.search(before) is not None
        or _WIRE_NAME.match(text[date.end :].lstrip(" ,-–—")) is not None
    )
    if not location:
        return _parse_location_after(after, date)
    if not _is_location(location):
        return None
    is_alone = not after.strip(f"{_TRIMMED_CHARACTERS}.")
    if is_alone and not (has_wire or _is_unmistakable(location)):
        return None
    return Dateline(location, date.value) if is_alone or _DASH.match(after) or has_wire else None


def _parse_location_after(after: str, date: FoundDate) -> Dateline | None:
    """Return the dateline of a text that opens with the date; `after` is what follows it."""
    found = _LOCATION_AND_DASH.match(after)
    location = _trim(found[1]) if found else ""
    if location and _is_location(location):
        return Dateline(location, date.value)
    return Dateline(None, date.value) if _DASH.match(after) and after.strip(f"{_TRIMMED_CHARACTERS}.") else None


def _parse_location_alone(text: str) -> Dateline | None:
    """Return the dateline of a text that opens with a place in capitals, or with a place and the name of a wire, and a dash."""
    opening, wire, rest = text, _WIRE_NAME.search(text[:_MAX_LOCATION_LENGTH]), ""
    if wire is not None and _WIRE_OR_AGENCY.search(wire[0]) and re.match(r"\s?[–—-]", text[wire.end() :]):
        opening, rest = text[: wire.start()], text[wire.end() :]
    else:
        found = re.match(r"^([^–—]{2,60}?)\s?(?:[–—]|-{1,2}(?=\s))\s*\S", text)
        opening, rest = (found[1], "–") if found else ("", "")
        first = opening.split(",")[0]
        is_long_enough = "," in opening or len(text) >= _MIN_PARAGRAPH_LENGTH
        if not (first.isupper() and len(first) > len("USA") and is_long_enough):
            return None
    location = _trim(opening)
    return Dateline(location, None) if rest and location and _is_location(location) else None


def _trim(location: str) -> str:
    """Return the place without the punctuation around it; an abbreviated region keeps its full stop."""
    trimmed = _ARTICLE_BEFORE_DATE.sub("", location.strip(_TRIMMED_CHARACTERS))
    return trimmed if _ABBREVIATED_REGION.search(trimmed) else trimmed.strip(f"{_TRIMMED_CHARACTERS}.")


def _is_location(text: str) -> bool:
    """Return whether the text reads like the name of a place.

    >>> _is_location("Frankfurt am Main"), _is_location("Press release"), _is_location("Fund size as at"), _is_location("北京")
    (True, False, False, True)
    """
    if len(text) > _MAX_LOCATION_LENGTH or _BREAKS.search(text):
        return False
    if has_cjk(text):
        return len(text) <= _MAX_CJK_LOCATION_LENGTH and not _CJK_SENTENCE.search(text) and text.strip() not in _LABELS
    words = _WORD.findall(text)
    if not 1 <= len(words) <= _MAX_LOCATION_WORDS or any(word.lower() in _LABELS for word in words):
        return False
    is_name = words[0][:1].isupper() or not words[0][:1].islower()
    return is_name and all(not word[:1].islower() or word.lower() in _LINKING_WORDS for word in words)


def _is_unmistakable(location: str) -> bool:
    """Return whether a line of place and date alone can have no other sense: a city with its region, or one word."""
    return "," in location or location.isupper() or has_cjk(location) or len(location.split()) == 1
