"""Contacts of a release: names, mail addresses and telephone numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates import find_dates
from corpnews.items import Contact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EMAIL_ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
_PHONE_NUMBER: Final = re.compile(r"\+?\(?\d[\d ()./–-]{6,24}\d")
# Minimum number of digits: fewer are a range of years, a date or an amount.
_MIN_PHONE_DIGITS: Final = 9
# Words in names of departments, titles and companies, which are capitalised like names of people.
_NOT_NAME_WORDS: Final = frozenset(
    "communications communication relations press media investors investor public department team office group corporate "
    "company marketing head director manager officer chief president vice contact contacts inquiries enquiries pr ir inc "
    "ltd llc gmbh ag sa plc corp corporation limited holding holdings international global technologies solutions systems "
    "services industries energy".split()
)


def parse_contacts(lines: Iterable[str]) -> Iterator[Contact]:
    """Yield the contacts that the lines name: each has a mail address or a telephone number, and the name above it, if any.

    >>> list(parse_contacts(["Jane Aker", "+47 5550 0100", "jane@acme.example"]))
    [Contact(name='Jane Aker', role=None, organization=None, email='jane@acme.example', phone='+47 5550 0100')]
    """
    name = email = phone = None
    for line in lines:
        mails = _EMAIL_ADDRESS.findall(line)
        phones = [found.strip() for found in _PHONE_NUMBER.findall(_EMAIL_ADDRESS.sub(" ", line)) if _is_phone_number(found)]
        starts_anew = (_is_contact_name(line) and line != name) or (mails and email) or (phones and phone)
        if starts_anew and (email or phone):
            yield Contact(name=name, email=email, phone=phone)
            name = email = phone = None
        if name is None and _is_contact_name(line):
            name = line
        for further in mails[1:]:
            yield Contact(email=further)
        email = email or next(iter(mails), None)
        phone = phone or next(iter(phones), None)
    if email or phone:
        yield Contact(name=name, email=email, phone=phone)


def _is_phone_number(text: str) -> bool:
    """Return whether a run of digits is long enough for a telephone number and is no date.

    >>> _is_phone_number("(555) 010-0199"), _is_phone_number("2012-2014"), _is_phone_number("10 000 000")
    (True, False, False)
    """
    return sum(map(str.isdecimal, text)) >= _MIN_PHONE_DIGITS and not find_dates(text)


def _is_contact_name(line: str) -> bool:
    """Return whether the line is a person's name: two to four capitalised words, none of a department or company.

    >>> tuple(map(_is_contact_name, ("Maria van der Berg", "Head of Communications", "Contoso Ltd., 12 Main Street")))
    (True, False, False)
    """
    words = line.split()
    capitals = [word for word in words if word[:1].isupper()]
    if not 2 <= len(words) <= 4 or len(capitals) < 2 or capitals[0] is not words[0]:
        return False
    return all(map(_is_plain_word, words)) and not any(word.lower().rstrip(".") in _NOT_NAME_WORDS for word in words)


def _is_plain_word(word: str) -> bool:
    return word.replace("-", "").replace("'", "").replace("’", "").rstrip(".").isalpha()
