"""Contacts of a release: names, mail addresses and telephone numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates import find_dates
from corpnews.items import Contact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EMAIL_ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
# A number that is no account of a messenger.
_PHONE_NUMBER: Final = re.compile(r"(?<!QQ[:： ])\+?\(?(?<!\d)\d[\d ()./–—-]{6,24}\d")
# Minimum number of digits: fewer are a range of years, a date or an amount.
_MIN_PHONE_DIGITS: Final = 9
# A line with more numbers, or more cells with numbers, is part of a table.
_MAX_NUMBERS: Final = 16
_MAX_CELLS: Final = 3
_NUMBER: Final = re.compile(r"\d+")
# Maximum length of a line that is a role or an organisation.
_MAX_LABEL_LENGTH: Final = 100
_ROLE: Final = re.compile(
    r"\b(?:head|director|manager|officer|chief|president|spokes(?:person|man|woman)|specialist|coordinator|lead|partner|"
    r"leiter(?:in)?|sprecher(?:in)?|pressesprecher(?:in)?|directeur|directrice|responsable|attachée? de presse|chargée? de|"
    r"director[ae]?|jef[ea] de|responsabile|addett[oa] stampa|руководитель|директор|пресс-секретарь)\b|"
    r"经理|总监|部长|広報部|부장|팀장",
    re.IGNORECASE,
)
_LEGAL_FORM: Final = re.compile(
    r"\b(?:Inc|Ltd|LLC|L\.L\.C|PLC|plc|Corp|Corporation|Limited|GmbH|AG|SE|KGaA|S\.?A|N\.?V|B\.?V|S\.?p\.?A|S\.?r\.?l|A/S|AB|ASA|Oyj?|"
    r"Group|Holdings?)\.?$|(?:公司|集团|集團|株式会社|주식회사)$"
)
# A comma between a role and an organisation, not the one in "Acme, Inc."
_COMMA: Final = re.compile(r", (?=\S+ \S|\S*(?:公司|集团|集團|株式会社|주식회사))")
# Words in names of departments, titles and companies, which are capitalised like names of people.
_NOT_NAME_WORDS: Final = frozenset(
    "communications communication relations press media investors investor public department team office group corporate "
    "company marketing head director manager officer chief president vice contact contacts inquiries enquiries pr ir inc "
    "ltd llc gmbh ag sa plc corp corporation limited holding holdings international global technologies solutions systems "
    "services industries energy".split()
)


def parse_contacts(lines: Iterable[str]) -> Iterator[Contact]:
    """Yield the contacts that the lines name: each has a mail address or a telephone number, and what is stated above it.

    >>> list(parse_contacts(["Jane Aker", "Head of Press, Acme AG", "+47 5550 0100", "jane@acme.example"]))
    [Contact(name='Jane Aker', role='Head of Press', organization='Acme AG', email='jane@acme.example', phone='+47 5550 0100')]
    """
    found = Contact()
    for line in lines:
        mails = _EMAIL_ADDRESS.findall(line)
        phones = _find_phone_numbers(_EMAIL_ADDRESS.sub(" ", line))
        name = line if _is_contact_name(line) else None
        starts_anew = (name and name != found.name) or (mails and found.email) or (phones and found.phone)
        if starts_anew and (found.email or found.phone):
            yield found
            found = Contact()
        for further in mails[1:]:
            yield Contact(email=further)
        if name or mails or phones:
            email, phone = next(iter(mails), None), next(iter(phones), None)
            found = replace(found, name=found.name or name, email=found.email or email, phone=found.phone or phone)
        elif not (found.email or found.phone):
            found = _add_position(found, line)
    if found.email or found.phone:
        yield found


def _find_phone_numbers(line: str) -> list[str]:
    """Return the telephone numbers in the line; none if it is a row of figures.

    >>> list(map(_find_phone_numbers, ("Tel. 857—990—4240", "QQ:1038774994", "Sales | 1 | 2 | 345 678 901 | 4")))
    [['857—990—4240'], [], []]
    """
    is_row = sum(map(bool, map(_NUMBER.search, line.split(" | ")))) > _MAX_CELLS or len(_NUMBER.findall(line)) > _MAX_NUMBERS
    found = [] if is_row else filter(_is_phone_number, _PHONE_NUMBER.findall(line))
    return [number.strip() if ")" in number else number.strip(" (") for number in found]


def _add_position(contact: Contact, line: str) -> Contact:
    """Return the contact with the role and the organisation that a line consists of, such as "Head of Press, Acme AG"."""
    if len(line) > _MAX_LABEL_LENGTH or line.endswith((":", "：")):
        return contact
    role, organization = line, ""
    if _LEGAL_FORM.search(line):
        *before, organization = _COMMA.split(line)
        role = ", ".join(before)
    is_role = _ROLE.search(role) is not None
    return replace(
        contact, role=contact.role or (role if is_role else None), organization=contact.organization or organization or None
    )


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
