"""Separating the headline from a kicker, a deck or the site's name in the same heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates import find_dates
from corpnews.extraction.headline.stated_titles import split_title
from corpnews.web.text import build_comparison_key, normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.headline.stated_titles import StatedTitle
    from corpnews.page.layout import Block

# Separators between kicker, headline and site name; a colon separates only a single word.
_KICKER_SEPARATOR = re.compile(r"\s*[|｜»•·/]+\s*|\s+[-–—]+\s+")
_LABEL_BEFORE_COLON = re.compile(r"[^\W\d]+\s?[:：]\s*")
_DATE_SEPARATOR = re.compile(r"\s*(?:[-–—:|·•/]+|\s)\s*")
_NUMERIC_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{2,4}")
# A weekday or a label before a date, and a time zone or a bracket after it: "Fri, 3 May 2024 ET | Acme opens".
_END_OF_DATE = re.compile(r"[^\W\d_\s]{0,4}[\s.,)\]）】]{0,3}[^\W\d_]{0,8}\.?(?:[(（]\w{1,3}[)）])?\s*[-–—|]\s")
_MAX_LABEL_OF_DATE: Final = 16
_SEPARATOR_AFTER_DATE = re.compile(r"\s*[-–—:|]")
_SEPARATOR_BEFORE_DATE = re.compile(r"\s*(?:[-–—|·•/]+|\()\s*$")
# The number of an official document, and the medium from which a text is: "… 国能发〔2022〕104号", "… 来源于：新华社".
_TAIL_OF_HEADLINE = re.compile(
    r"\s+[^\s〔\[]{2,12}[〔\[（]20\d\d[〕\]）]\s?第?\d{1,5}号$|[\s（(【]*(?:(?:文章|信息|新闻|本文|稿件)?来源(?:于)?|來源|转载自|轉載自)\s?[:：][^:：]{1,30}$"
)
# "Home > News > …", "» …"; one sign between two texts may be the headline's own.
_BREADCRUMB = re.compile(r"(?:[>»›]\s+|(?:[^>»›]{1,40}\s[>»›]\s+){2,5})(?=[^>»›]{6,}$)")
_MAX_HEADLINE_PIECES: Final = 12
_MIN_HEADLINE_LENGTH: Final = 6


def trim_headline(
    blocks: Sequence[Block], text: str, titles: Sequence[StatedTitle], site: frozenset[str]
) -> tuple[str, str | None]:
    """Return the part of the text that is the headline, and the deck after it if there is one.

    Args:
        blocks: The blocks of the heading.
        text: Their text.
        titles: The stated titles, which tell what part of the text is the headline.
        site: Comparison keys of the site's names.
    """
    text = _remove_repetition(_remove_date(_remove_breadcrumb(text, titles), titles))
    if (tail := _TAIL_OF_HEADLINE.search(text)) and tail.start() >= _MIN_HEADLINE_LENGTH:
        text = text[: tail.start()]
    own = [title for title in titles if title.source != "url"]
    stated = {build_comparison_key(title.text) for title in own}
    line = _cut_at_separator(text, titles, site)
    if line != text or build_comparison_key(text) in stated:
        return line, None
    stated.update(build_comparison_key(title.whole[start:end]) for title in own for start, end in split_title(title.whole))
    parts = list(_iter_text_pieces(blocks))[:_MAX_HEADLINE_PIECES]
    for cut in range(1, len(parts)):
        before, after = " ".join(parts[:cut]), " ".join(parts[cut:])
        if build_comparison_key(after) in stated and len(after) >= _MIN_HEADLINE_LENGTH:
            return after, None
        if build_comparison_key(before) in stated and len(before) >= _MIN_HEADLINE_LENGTH:
            deck = _remove_date(after, titles)
            return before, None if deck in ("", *(date.raw for date in find_dates(deck))) else deck
    return text, None


def _remove_breadcrumb(text: str, titles: Sequence[StatedTitle]) -> str:
    """Return a headline without the path to it in the same heading, unless a title states it with the path.

    >>> _remove_breadcrumb("Home > News > Acme opens its plant", ()), _remove_breadcrumb("Quality > quantity", ())
    ('Acme opens its plant', 'Quality > quantity')
    """
    trail = _BREADCRUMB.match(text)
    is_stated = any(
        build_comparison_key(text) == build_comparison_key(title.whole) for title in titles if title.source != "title"
    )
    return text[trail.end() :] if trail and not is_stated else text


def _cut_at_separator(text: str, titles: Sequence[StatedTitle], site: frozenset[str]) -> str:
    """Return the headline without the kicker before it or the site's name after it.

    What metadata and listing state is believed before the <title>. The site's name before a dash stays if they have it too.
    """
    spans = list(_iter_separators(text))
    after_name = next((text[:start] for start, end in spans if build_comparison_key(text[end:]) in site), None)
    best = [title for title in titles if title.source not in ("url", "title")]
    if after_name is None and build_comparison_key(text) in {build_comparison_key(title.whole) for title in best}:
        return text
    for sources in (best, [title for title in titles if title.source != "url"]):
        stated = {build_comparison_key(title.text) for title in sources}
        if build_comparison_key(text) in stated:
            return text
        for _, end in spans:
            if build_comparison_key(text[end:]) in stated and len(text) - end >= _MIN_HEADLINE_LENGTH:
                return text[end:]
    return text if after_name is None else after_name


def _remove_date(text: str, titles: Sequence[StatedTitle]) -> str:
    """Return a headline without the date before or after it, unless a stated title has the date too and it is more than a stamp.

    >>> _remove_date("23.01.2022 - Acme opens its plant", ()), _remove_date("Acme opens its plant | May 3, 2024", ())
    ('Acme opens its plant', 'Acme opens its plant')
    """
    for date in find_dates(text):
        before, after = text[: date.start], text[date.start + len(date.raw.rstrip()) :]
        is_stamp = not before and _NUMERIC_DATE.fullmatch(date.raw) and _SEPARATOR_AFTER_DATE.match(after)
        is_stated = any(
            build_comparison_key(date.raw) in build_comparison_key(title.whole) for title in titles if title.source != "url"
        )
        if date.precision == "month" or (is_stated and not is_stamp):
            continue
        if len(before) <= _MAX_LABEL_OF_DATE and (dressed := _END_OF_DATE.match(after)) and len(after) >= _MIN_HEADLINE_LENGTH:
            return after[dressed.end() :].strip()
        if not before.strip() and _DATE_SEPARATOR.match(after) and len(after) >= _MIN_HEADLINE_LENGTH:
            return _DATE_SEPARATOR.sub("", after, count=1).strip()
        if not after.strip(" .)") and _SEPARATOR_BEFORE_DATE.search(before) and len(before) >= _MIN_HEADLINE_LENGTH:
            return _SEPARATOR_BEFORE_DATE.sub("", before).strip()
    return text


def _remove_repetition(text: str) -> str:
    """Return a headline that a template says twice in a row only once.

    >>> tuple(map(_remove_repetition, ("Plant opens Plant opens", "Plant opensPlant opens", "Bora Bora")))
    ('Plant opens', 'Plant opens', 'Bora Bora')
    """
    middle = len(text) // 2
    if len(text) % 2 == 0 and middle >= _MIN_HEADLINE_LENGTH and text[:middle] == text[middle:]:
        return text[:middle]
    words = text.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half > 1 and not len(words) % 2 and words[:half] == words[half:] else text


def _iter_separators(text: str) -> Iterator[tuple[int, int]]:
    label = _LABEL_BEFORE_COLON.match(text)
    for found in (*([label] if label else ()), *_KICKER_SEPARATOR.finditer(text)):
        if 0 < found.end() < len(text):
            yield found.span()


def _iter_text_pieces(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the texts of the elements inside the blocks."""
    for block in blocks:
        whole = block.box.chars <= len(block.text)
        for text in block.box.element.itertext() if whole else (block.text,):
            if normalize_space(text):
                yield normalize_space(text)
