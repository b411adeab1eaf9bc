"""Contacts below the text that no heading announces: names, roles, addresses and numbers, each on a line of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.release.contacts import is_position, parse_contact_name
from corpnews.extraction.release.mail_addresses import EMAIL_ADDRESS, reveal_email
from corpnews.extraction.release.phones import find_phone_numbers
from corpnews.web.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_LINES: Final = 16
_MAX_LINE_LENGTH: Final = 160
_MAX_POSITION_LENGTH: Final = 80
_MAX_WORDS: Final = 6  # beside mail addresses, numbers and URLs
_MAX_CJK_CHARACTERS: Final = 24
_URL: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ADDRESS_LABEL: Final = re.compile(
    r"^(?:[\w.&-]{1,20} ){0,3}"
    r"(?:address|adresse|anschrift|dirección|indirizzo|endereço|adres|адрес|website|web|site|internet|url|сайт|office)\s?[:：]|"
    r"^\w{0,6}(?:地址|网址|網址|官网|所在地|住所|办事处|辦事處|주소|홈페이지|العنوان|الموقع)",
    re.IGNORECASE,
)
_SENTENCE_END: Final = (".", "!", "?", "。", "！", "？")


def count_bare_contacts(texts: Sequence[str]) -> int:
    """Return how many of the last lines tell nothing but whom to contact, one of them by a mail address or a number.

    >>> count_bare_contacts(["Acme builds a plant in Bergen.", "Jane Aker", "Head of Press, Acme AG", "Tel: +47 5550 0100"])
    3
    """
    count, is_reached = 0, False
    for text in reversed(texts[-_MAX_LINES:]):
        if _is_reach_line(text):
            is_reached = True
        elif not _is_detail(text):
            break
        count += 1
    return count if is_reached else 0


def _is_reach_line(text: str) -> bool:
    """Return whether a line has a mail address or a telephone number, and little else."""
    if len(text) > _MAX_LINE_LENGTH or text.endswith(_SENTENCE_END):
        return False
    line = reveal_email(text)
    numbers = find_phone_numbers(_URL.sub(" ", EMAIL_ADDRESS.sub(" ", line)))
    return bool(numbers or EMAIL_ADDRESS.search(line)) and _is_short(line, numbers)


def _is_detail(text: str) -> bool:
    """Return whether a line is a name, a role, an organisation, an address with a label, or a URL."""
    if len(text) > _MAX_LINE_LENGTH or text.endswith(_SENTENCE_END):
        return False
    if _ADDRESS_LABEL.match(text) or (_URL.search(text) and _is_short(text)):
        return True
    return len(text) <= _MAX_POSITION_LENGTH and (parse_contact_name(text) is not None or is_position(text))


def _is_short(line: str, numbers: Sequence[str] = ()) -> bool:
    for number in numbers:
        line = line.replace(number, " ")
    rest = _URL.sub(" ", EMAIL_ADDRESS.sub(" ", line))
    return len(rest) <= _MAX_CJK_CHARACTERS if has_cjk(rest) else len(rest.split()) <= _MAX_WORDS
