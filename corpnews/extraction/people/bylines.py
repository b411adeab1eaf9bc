"""Author names after the words of a byline, such as "by" or "von"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates import find_dates
from corpnews.extraction.people.person_names import (
    BYLINE_WORDS,
    BYLINE_WORDS_BEFORE_COLON,
    CJK_BYLINE_WORDS,
    MONTH_ABBREVIATIONS,
)
from corpnews.page.layout import Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.page.layout import Block

_BYLINE = re.compile(
    rf"^(?:(?:{BYLINE_WORDS})(?:\s*[:：]\s*|\s+)|(?:{BYLINE_WORDS_BEFORE_COLON})\s*[:：]\s*)(?P<names>\S.*)$", re.IGNORECASE
)
# In a line with dates and other data, a name must be capitalized.
_BYLINE_WITHIN = re.compile(
    r"(?i:(?<!powered )(?<!designed )(?<!hosted )(?<!developed )(?<!theme )(?<!template )(?<!website )"
    r"(?<!provided )(?<!issued )\b"
    r"(?:by|von|par|por|di|door|автор:?))\s+"
    r"(?P<names>(?:[^\W\d_a-zà-ÿа-я][\w.'’-]+\s?){2,4})"
)
# "A column by Ann Lee", "Ein Interview von Jan Lang"
_PIECE_BYLINE = re.compile(
    r"^(?i:an?|eine?|une?|una?)\s(?:[^\W\d]+[\s-]){1,3}(?:by|von|de|di|par|por)\s(?P<names>(?:[^\W\d_a-zà-ÿа-я][\w.'’-]+\s?){2,4}.*)$"
)
_SENTENCE_BYLINE = re.compile(
    r"\b(?i:(?:post|article|story|blog|piece) (?:was |is )?(?:written|authored|contributed) by)\s+"
    r"(?P<names>(?:[^\W\d_a-zà-ÿа-я][\w.'’-]+\s?){2,4})"
)
_PART_SIGNS: Final = "|·•»"
_PART_BREAK = re.compile(rf"\s*[{_PART_SIGNS}]\s*")
_BYLINE_WORD_ONLY = re.compile(rf"^(?:{BYLINE_WORDS}|{CJK_BYLINE_WORDS})\s*[:：]?$", re.IGNORECASE)
_CJK_BYLINE = re.compile(
    rf"(?:^|[\s|(（【])(?P<word>{CJK_BYLINE_WORDS})(?:\s*[:：/／|]\s*|\s+)(?P<names>[\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7af·]{{2,8}}"
    r"(?:[、 ][\u4e00-\u9fff·]{2,4}(?=$|[、\s]))*|"
    r"(?:(?<=[:：/／|])|(?<=[:：/／|] ))[A-Za-z][\w.'’-]{1,20}(?:\s[A-Z][\w.'’-]{1,20}){0,2}(?=\s|$))"
)
# After these, a space stands between two names; after Japanese ones between the names of one person.
_CHINESE_BYLINE_WORDS: Final = ("作者", "本文作者", "文章作者", "撰文", "撰稿", "撰稿人", "记者", "本报记者", "通讯员")
_KOREAN_REPORTER = re.compile(r"(?P<names>[\uac00-\ud7af]{2,4})\s*기자")
_HAS_DIGIT = re.compile(r"\d")
# The account name in a line of data: the text between the byline word and the next item.
_ACCOUNT_BYLINE = re.compile(
    rf"(?:^|[\s|·•~,])(?:by|von|vom|par|por|door|av|af|autor|author|автор)\s*:?\s+"
    rf"(?P<names>(?!(?:the|a|an|de[rmn]?|die|das|le|la|les|el|los|uns|us|c(?:ie)?nto)\s)(?!\d)[^\s|·•~,:]+(?:\s[^\s|·•~,:\d]+){{0,3}}?)"
    r"(?=\s*(?:$|[|·•~,(/])|\s+(?:[–—-]|\d|(?:on|am|at|um|in|im|le|el|em|den|under|unter|filed|posted|published|leave)\b|"
    rf"{MONTH_ABBREVIATIONS}[^\W\d]*\.?\s+\d))",
    re.IGNORECASE,
)
_ACCOUNT_BEFORE_DATE = re.compile(r"(?P<names>[^\W\d_]+(?:(?<=[^\WA-Z\d_])[A-Z]|\d)\w*)[\s,|·•–-]{1,4}(?=\w)")
_MAX_BYLINE_LINE_LENGTH: Final = 110
_MAX_BYLINE_WORDS_LENGTH: Final = 30  # of the words alone
_SENTENCE_ENDINGS: Final = (".", "!", "?")


def find_byline_names(block: Block) -> Iterator[str]:
    """Yield the names in a block that is a byline as a whole, or that names an author next to dates and other data."""
    text = block.spaced_text.lstrip(" -–—·|*")
    found = _BYLINE.match(text) or _PIECE_BYLINE.match(text)
    if not found and not text.isascii():
        found = _CJK_BYLINE.search(text) or _KOREAN_REPORTER.search(text)
    if not found and any(sign in text for sign in _PART_SIGNS):
        found = next(filter(None, map(_BYLINE.match, _PART_BREAK.split(text)[1:])), None)
    if not found and _is_metadata_block(block):
        found = _BYLINE_WITHIN.search(text)
    if not found and "by" in text.lower():
        found = _SENTENCE_BYLINE.search(text)
    if found and found.re is _CJK_BYLINE and found["word"] in _CHINESE_BYLINE_WORDS and not found["names"].isascii():
        yield from found["names"].split()
    elif found:
        yield found["names"]


def is_byline_word(text: str) -> bool:
    """Return whether a text is only the word that starts a byline; the name is in the next block."""
    return len(text) <= _MAX_BYLINE_WORDS_LENGTH and _BYLINE_WORD_ONLY.match(text) is not None


def find_account_name(block: Block) -> str | None:
    """Return the account name in a line of data: "Posted on May 3 by jdoe | 2 comments", "JaneDoe 3 May 2024"."""
    text = block.spaced_text
    if not _is_short_line(text):
        return None
    dates = find_dates(text)
    account = _ACCOUNT_BEFORE_DATE.match(text) if block.zone & Zone.META else None
    if account and any(date.start == account.end() for date in dates):
        return account["names"]
    found = _ACCOUNT_BYLINE.search(text) if dates or block.zone & Zone.META else None
    return found["names"] if found and (dates or found.span() == (0, len(text))) else None


def _is_metadata_block(block: Block) -> bool:
    """Return whether the block may be a line of dates and authors; a sentence is one only if it contains a whole date."""
    text = block.text
    if block.zone & Zone.META or not _HAS_DIGIT.search(text):
        return bool(block.zone & Zone.META)
    return _is_short_line(text) or (
        len(text) <= _MAX_BYLINE_LINE_LENGTH and any(date.precision == "day" for date in find_dates(text))
    )


def _is_short_line(text: str) -> bool:
    """Return whether the text is short and no sentence."""
    return len(text) <= _MAX_BYLINE_LINE_LENGTH and not text.endswith(_SENTENCE_ENDINGS)
