"""Roles and organisations in the lines of a contact section."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.web.text import build_comparison_key, split_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_WORDS_OF_ROLE: Final = 6
ROLE: Final = re.compile(
    r"\b(?:head|director|manager|officer|chief|president|vp|svp|evp|ceo|cfo|cmo|spokes(?:person|man|woman)|specialist|coordinator|lead|partner|"
    r"secretary|adviser|advisor|associate|executive|consultant|department|dept|"
    r"leiter(?:in)?|sprecher(?:in)?|(?:presse|unternehmens|konzern)sprecher(?:in)?|referent(?:in)?|geschäftsführer(?:in)?|"
    r"directeur|directrice|responsable|attachée? de presse|chargée? de|porte-parole|"
    r"director[ae]?|jef[ea] de|portavoz|gerente|coordenador[ae]?|assessor[ae]?|diretor[ae]?|"
    r"responsabile|addett[oa] stampa|direttore|direttrice|portavoce|"
    r"woordvoerder|manager communicatie|rzecznik|rzeczniczka|kierownik|dyrektor|basın danışmanı|müdürü?|sözcüsü|"
    r"руководитель|директор|пресс-секретарь|начальник|менеджер|координатор|советник|консультант|специалист)\b|"
    r"经理|总监|部长|部長|課長|主任|广報|広報担当|부장|팀장|과장|매니저|이사|مدير|رئيس|متحدث",
    re.IGNORECASE,
)
LEGAL_FORM: Final = re.compile(
    r"\b(?:Inc|Ltd|LLC|L\.L\.C|PLC|plc|Corp|Corporation|Limited|GmbH|AG|SE|KGaA|S\.?A|N\.?V|B\.?V|S\.?p\.?A|S\.?r\.?l|A/S|AS|AB|ASA|Oyj?|"
    r"Group|Holdings?|A\.Ş|Ş\.?ti|Sp\. z o\.o|Ltda|S\.A\.S|SAS|e\.V)\.?$|"
    r"(?:公司|集团|集團|株式会社|주식회사)$|^(?:株式会社|주식회사|\(주\)|ООО|АО|ПАО)"
)
# What stands in sentences, addresses and remains of markup.
NO_ORGANIZATION: Final = re.compile(r"[/<>]|\b(?:contact|visit|information|please)\b", re.IGNORECASE)
# A comma between a role and an organisation, not the one in "Acme, Inc."
_COMMA: Final = re.compile(r", (?=\S+ \S|\S*(?:公司|集团|集團|株式会社|주식회사))")
_MIN_NAME_LENGTH: Final = 2
TOKEN: Final = re.compile(r",\s+|[，、]\s?")
_DEPARTMENT_WORDS: Final = split_terms(
    "relations communications communication media press investor public affairs marketing department sales finance broking "
    "research development strategy operations kommunikation öffentlichkeitsarbeit americas emea europe asia"
)


def is_position(line: str) -> bool:
    """Return whether a line is a role or an organisation: "Head of Press, Acme AG"."""
    return ROLE.search(line) is not None or LEGAL_FORM.search(line) is not None


def is_sentence(line: str) -> bool:
    """Return whether a line is a sentence that mentions a role: "For questions please turn to our head of press."."""
    return line.endswith(".") and len(line.split()) > _MAX_WORDS_OF_ROLE and not LEGAL_FORM.search(line)


def names_department(text: str) -> bool:
    """Return whether a text says in which department a person works: "Corporate Finance"."""
    return not _DEPARTMENT_WORDS.isdisjoint(text.lower().split())


def may_be_role(line: str) -> bool:
    """Return whether a line is as short as a role, without what stands in addresses, sentences and remains of markup."""
    is_words = 0 < len(line.split()) <= _MAX_WORDS_OF_ROLE and "(" not in line and not any(map(str.isdigit, line))
    return is_words and not NO_ORGANIZATION.search(line)


def split_position(text: str, organizations: Sequence[str] = ()) -> tuple[str, str]:
    """Return the role, or what may be one, and the organisation that a text consists of.

    >>> split_position("Head of Press, Acme AG"), split_position("Acme Spokesperson", ("Acme",))
    (('Head of Press', 'Acme AG'), ('Spokesperson', 'Acme'))
    """
    if LEGAL_FORM.search(text):
        *before, organization = _COMMA.split(text)
        return ", ".join(before), organization
    *before, last = TOKEN.split(text)
    if before and ROLE.search(", ".join(before)) and _may_be_organization(last):
        return ", ".join(before), last
    return _split_at_name(text, organizations)


def _split_at_name(text: str, organizations: Sequence[str]) -> tuple[str, str]:
    """Split a text that begins or ends with the name of one of the organisations, if the rest is a role."""
    for name in organizations:
        at = len(name)
        is_around = len(text) > at > _MIN_NAME_LENGTH
        if is_around and text[:at].casefold() == name.casefold() and text[at] == " " and ROLE.search(text[at:]):
            return text[at:].strip(), text[:at]
        if is_around and text[-at:].casefold() == name.casefold() and text[-at - 1] == " " and ROLE.search(text[:-at]):
            return text[:-at].strip(" ,-–—@"), text[-at:]
    return text, ""


def is_name_of(line: str, organizations: Sequence[str], email: str | None) -> bool:
    """Return whether a line is the name of one of the organisations, or of that in the mail address."""
    if NO_ORGANIZATION.search(line):
        return False
    key = build_comparison_key(line)
    domain = build_comparison_key(email.partition("@")[2].split(".")[0]) if email else ""
    known = [domain, *map(build_comparison_key, organizations)]
    first = build_comparison_key(line.split(maxsplit=1)[0])
    return any(
        len(name) > _MIN_NAME_LENGTH and (name in key or key in name or (len(first) > _MIN_NAME_LENGTH and first in name))
        for name in known
    )


def _may_be_organization(text: str) -> bool:
    words = text.split()
    is_name = 1 <= len(words) <= 5 and words[0][:1].isupper() and not any(map(str.isdigit, text))
    return is_name and not ROLE.search(text) and _DEPARTMENT_WORDS.isdisjoint(map(str.lower, words))
