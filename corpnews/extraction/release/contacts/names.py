"""Names of people in the lines of a contact section."""

from __future__ import annotations

import re
from typing import Final

from corpnews.extraction.release.contacts.positions import LEGAL_FORM, ROLE
from corpnews.web.text import split_terms

HONORIFIC: Final = re.compile(
    r"^(?:(?:mr|mrs|ms|dr|prof|mme|m|sr|sra|sig|dott|г-н|г-жа)(?:\.\s*|\s+)|(?:miss|herr|frau)\s+)+", re.IGNORECASE
)
_LATIN_NAME: Final = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]+(?:\s(?:van|von|de|der|den|del|di|da|dos|la|bin|al|el|ten|zu)){0,2}"
# A name in a sentence: "please contact Jane Aker at …".
NAME_IN_SENTENCE: Final = re.compile(
    r"(?:\b[Cc]ontact(?:ez|er|ar|e|ing)?(?:\s(?:con|a|with))?|\b[Aa]n|\bbei|\b[Kk]ontakta|\b[Kk]ontakt)\s(?:(?:Mr|Mrs|Ms|Dr|Herrn?|Frau|M|Mme)\.?\s)?"
    rf"({_LATIN_NAME}(?:\s{_LATIN_NAME}){{1,2}})(?=[\s,(:]|$)"
)
CJK_NAME: Final = re.compile(r"[\u3005\u3400-\u9fff]{2,4}(?:[ \u3000][\u3005\u3400-\u9fff]{1,3})?|[\uac00-\ud7af]{2,4}")
# "株式会社アクメ 広報部 石川": the department tells that a name follows.
DEPARTMENT_MEMBER: Final = re.compile(
    r"(?:(?P<organization>\S+) )?(?P<department>\S+(?:部|課|室|係|担当|グループ|チーム|팀|실)) "
    r"(?P<name>(?!\S*[部課室係](?:\s|$))[\u3005\u3400-\u9fff]{1,4}(?: [\u3400-\u9fff]{1,3})?|[\uac00-\ud7af]{2,4})"
    r"(?: (?P<title>대리|과장|차장|부장|팀장|실장|매니저|책임|선임|수석|이사|상무|전무))?"
)
# A name in Hebrew or Arabic letters, which have no capitals, without the words of departments and organisations.
UNCASED_NAME: Final = re.compile(
    r"(?!.*(?:شرك|مجموع|إدار|قسم|مكتب|علاقات|إعلام|اتصال|هاتف|بريد|مدير|رئيس|متحدث|חבר|מחלק|דובר|קשר|טלפון|מנכ|משרד))"
    r"[\u0590-\u05ff\u0621-\u064a'׳]{2,}(?: [\u0590-\u05ff\u0621-\u064a'׳]{2,}){1,3}"
)
NAME_LABELS: Final = re.compile(
    r"contact|kontakt|contatto|ansprechpartner|^name$|^nom$|nombre|nome|联系人|联络人|聯絡人|聯繫人|担当|담당|문의|контакт|للتواصل|"
    r"جهة الاتصال",
    re.IGNORECASE,
)
_MAX_NAME_WORDS: Final = 5
# Words of names that have no capital.
_PARTICLES: Final = split_terms(
    "van von vom de der den del della delle di da das do dos du la le las los el al bin ibn ben ten ter zu zum zur af av y e i"
)
# "BioGenesis", not "McReynolds", "DeLuca" or "O'Neill".
_WORD_IN_WORD: Final = re.compile(r"(?!Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz)[^\W\d_]+[a-zß-ÿ][A-ZÀ-ÖØ-Þ]")
_MIN_TELLING_WORD: Final = 3
# Words in names of departments, titles and companies, which are capitalised like names of people.
_NOT_NAME_WORDS: Final = split_terms(
    """
    communications communication relations press media investors investor public department team office group corporate company
    marketing head director manager officer chief president vice contact contacts inquiries enquiries pr ir inc ltd llc gmbh ag sa
    plc corp corporation limited holding holdings international global technologies solutions systems services industries energy
    street road avenue lane square drive boulevard suite floor building house po box rue place via calle straße strasse allee
    platz pressestelle presse kommunikation unternehmenskommunikation service kontakt phone email mail mobile tel website web
    news room newsroom information further more affairs external bureau desk ufficio stampa prensa comunicación comunicação
    imprensa agency
    for für your our their ihre unsere now take request departement ministerium ministry bundesamt amt council committee institute
    """
)


def parse_contact_name(line: str) -> str | None:
    """Return the person's name that a line consists of, without a form of address.

    >>> parse_contact_name("Mr. Joe Chen"), parse_contact_name("Press office")
    ('Joe Chen', None)
    """
    name = HONORIFIC.sub("", line.strip())
    return name if is_contact_name(name) else None


def is_contact_name(line: str) -> bool:
    """Return whether the line is a person's name: two to four capitalised words, none of a department or company.

    >>> tuple(map(is_contact_name, ("Maria van der Berg", "Head of Communications", "Contoso Ltd., 12 Main Street")))
    (True, False, False)
    """
    words = line.split(maxsplit=_MAX_NAME_WORDS)
    if not 2 <= len(words) <= _MAX_NAME_WORDS or not words[0][0].isupper():
        return False
    if sum(word[0].isupper() for word in words) < 2 or not all(map(_is_plain_word, words)):
        return False
    if any(word.islower() and word not in _PARTICLES for word in words) or any(map(_WORD_IN_WORD.match, words)):
        return False
    is_other = any(word.lower().rstrip(".") in _NOT_NAME_WORDS for word in words)
    return not (is_other or LEGAL_FORM.search(line) or ROLE.search(line))


def _is_plain_word(word: str) -> bool:
    return word.replace("-", "").replace("'", "").replace("’", "").rstrip(".").isalpha()


def is_name_in_address(name: str, email: str) -> bool:
    """Return whether a mail address is made of a person's name.

    >>> is_name_in_address("Jane Aker", "jaker@acme.example"), is_name_in_address("Jane Aker", "press@acme.example")
    (True, False)
    """
    account = email.partition("@")[0].lower()
    return any(word in account for word in re.findall(r"[^\W\d_]+", name.lower()) if len(word) >= _MIN_TELLING_WORD)
