"""Contacts of a release: name, role, organisation, mail address and telephone number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from corpnews.extraction.release.mail_addresses import EMAIL_ADDRESS, reveal_email
from corpnews.extraction.release.phones import find_phone_numbers, format_phone, is_row_of_figures
from corpnews.items import Contact
from corpnews.web.text import build_comparison_key, has_cjk, normalize_space, split_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Maximum length of a line that is a role or an organisation.
_MAX_LABEL_LENGTH: Final = 100
_MAX_LOOSE_LINES: Final = 6
_MAX_WORDS_OF_ROLE: Final = 6
# A longer line is a paragraph, such as what a news service says of itself.
_MAX_LINE_LENGTH: Final = 320
_ROLE: Final = re.compile(
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
_LEGAL_FORM: Final = re.compile(
    r"\b(?:Inc|Ltd|LLC|L\.L\.C|PLC|plc|Corp|Corporation|Limited|GmbH|AG|SE|KGaA|S\.?A|N\.?V|B\.?V|S\.?p\.?A|S\.?r\.?l|A/S|AS|AB|ASA|Oyj?|"
    r"Group|Holdings?|A\.Ş|Ş\.?ti|Sp\. z o\.o|Ltda|S\.A\.S|SAS|e\.V)\.?$|"
    r"(?:公司|集团|集團|株式会社|주식회사)$|^(?:株式会社|주식회사|\(주\)|ООО|АО|ПАО)"
)
# What stands in sentences, addresses and remains of markup.
_NO_ORGANIZATION: Final = re.compile(r"[/<>]|\b(?:contact|visit|information|please)\b", re.IGNORECASE)
# A comma between a role and an organisation, not the one in "Acme, Inc."
_COMMA: Final = re.compile(r", (?=\S+ \S|\S*(?:公司|集团|集團|株式会社|주식회사))")
_PART: Final = re.compile(r"\s*[|;•·／]\s*|\s+[–—]\s+|\s+-\s+|\s+/\s+|\t")
# Between two names: "Jane Aker/Ola Berg".
_SLASH: Final = re.compile(r"\s?/\s?")
# The label of a further name in a line.
_COLLEAGUE: Final = "/"
_TOKEN: Final = re.compile(r",\s+|[，、]\s?")
_LABEL: Final = re.compile(r"^([^\W\d_][^:：@]{0,50}?)\s?[:：]\s*")
# A row of a table of two columns, the first of which says what the second is.
_LABELLED_ROW: Final = re.compile(r"([^|@\d:：]{1,20}) \| ([^|]+)")
_REACH_WORD: Final = re.compile(
    r"\b(?:tel|tél|tlf|tfn|puh|phone|mobile?|fax|e-?mail|e-?posta?|mail|sähköposti|courriel|correo|"
    r"тел|факс|моб|эл\.? ?почта)\b[.:]*",
    re.IGNORECASE,
)
# Stands for an address or number that was read, and the words between two of them or right before one: "or", ", tel."
_ADDRESS_MARK: Final = "\0"
_ADDRESS_WORDS: Final = re.compile(rf"(?<=\0)\W*\w{{1,5}}\W*(?=\0)|(?<=\W)(?:{_REACH_WORD.pattern})\s*(?=\0)", re.IGNORECASE)
_HONORIFIC: Final = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|dr|prof|herr|frau|mme|m|sr|sra|sig|dott|г-н|г-жа)\.?\s+|(?:herr|frau)\s+)+", re.IGNORECASE
)
_LATIN_NAME: Final = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]+(?:\s(?:van|von|de|der|den|del|di|da|dos|la|bin|al|el|ten|zu)){0,2}"
# A name in a sentence: "please contact Jane Aker at …".
_NAME_IN_SENTENCE: Final = re.compile(
    r"(?:\b[Cc]ontact(?:ez|er|ar|e|ing)?(?:\s(?:con|a|with))?|\b[Aa]n|\bbei|\b[Kk]ontakta|\b[Kk]ontakt)\s(?:(?:Mr|Mrs|Ms|Dr|Herrn?|Frau|M|Mme)\.?\s)?"
    rf"({_LATIN_NAME}(?:\s{_LATIN_NAME}){{1,2}})(?=[\s,(:]|$)"
)
_CJK_NAME: Final = re.compile(r"[\u3005\u3400-\u9fff]{2,4}(?:[ \u3000][\u3005\u3400-\u9fff]{1,3})?|[\uac00-\ud7af]{2,4}")
# "株式会社アクメ 広報部 石川": the department tells that a name follows.
_DEPARTMENT_MEMBER: Final = re.compile(
    r"(?:(?P<organization>\S+) )?(?P<department>\S+(?:部|課|室|係|担当|グループ|チーム|팀|실)) "
    r"(?P<name>(?!\S*[部課室係](?:\s|$))[\u3005\u3400-\u9fff]{1,4}(?: [\u3400-\u9fff]{1,3})?|[\uac00-\ud7af]{2,4})"
    r"(?: (?P<title>대리|과장|차장|부장|팀장|실장|매니저|책임|선임|수석|이사|상무|전무))?"
)
# A name in Hebrew or Arabic letters, which have no capitals, without the words of departments and organisations.
_UNCASED_NAME: Final = re.compile(
    r"(?!.*(?:شرك|مجموع|إدار|قسم|مكتب|علاقات|إعلام|اتصال|هاتف|بريد|مدير|رئيس|متحدث|חבר|מחלק|דובר|קשר|טלפון|מנכ|משרד))"
    r"[\u0590-\u05ff\u0621-\u064a'׳]{2,}(?: [\u0590-\u05ff\u0621-\u064a'׳]{2,}){1,3}"
)
_NAME_LABELS: Final = re.compile(
    r"contact|kontakt|contatto|ansprechpartner|^name$|^nom$|nombre|nome|联系人|联络人|聯絡人|聯繫人|担当|담당|문의|контакт|للتواصل|"
    r"جهة الاتصال",
    re.IGNORECASE,
)
_MAX_NAME_WORDS: Final = 5
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
    """
)
_DEPARTMENT_WORDS: Final = split_terms(
    "relations communications communication media press investor public affairs marketing department sales americas emea europe "
    "asia"
)


@dataclass
class _Draft:
    """A contact that is being read.

    Attributes:
        loose: The lines around the name that may be the organisation.
        colleagues: Names of further people that are reached in the same way.
        next_position: A role below the contact, which has one: that of the next contact.
        below_name: The line right below the name, without an address or number.
    """

    regions: Sequence[str]
    organizations: Sequence[str]
    name: str | None = None
    role: str | None = None
    organization: str | None = None
    email: str | None = None
    phone: str | None = None
    loose: list[str] = field(default_factory=list)
    colleagues: list[str] = field(default_factory=list)
    next_position: str = ""
    below_name: str = ""

    @property
    def is_reachable(self) -> bool:
        return bool(self.email or self.phone)

    def finish(self) -> Contact:
        organization = self.organization or next(filter(self._is_organization, self.loose), None)
        phone = format_phone(self.phone, self.regions) if self.phone else None
        role = self.role or (self.below_name if self.below_name != organization and self._may_be_role(self.below_name) else None)
        return Contact(self.name, role, organization, self.email, phone)

    def _may_be_role(self, line: str) -> bool:
        """Return whether the line right below a name, of a language whose roles are not known, is one: no place or address."""
        is_words = 0 < len(line.split()) <= _MAX_WORDS_OF_ROLE and "(" not in line and not any(map(str.isdigit, line))
        return is_words and not _NO_ORGANIZATION.search(line) and not is_contact_name(line) and not self._is_organization(line)

    def _is_organization(self, line: str) -> bool:
        """Return whether a line is the name of a known organisation, or that in the mail address."""
        if _NO_ORGANIZATION.search(line):
            return False
        key = build_comparison_key(line)
        domain = build_comparison_key(self.email.partition("@")[2].split(".")[0]) if self.email else ""
        known = [domain, *map(build_comparison_key, self.organizations)]
        first = build_comparison_key(line.split(maxsplit=1)[0])
        return any(len(name) > 2 and (name in key or key in name or (len(first) > 2 and first in name)) for name in known)


def parse_contacts(lines: Iterable[str], regions: Sequence[str] = (), organizations: Sequence[str] = ()) -> Iterator[Contact]:
    """Yield the contacts that the lines name: each has a mail address or a telephone number, and what is stated next to it.

    Args:
        lines: The lines of a contact section.
        regions: Regions in which national telephone numbers may be, the likeliest first.
        organizations: Names of organisations that the release is about.

    >>> list(parse_contacts(["Jane Aker", "Head of Press, Acme AG", "+47 5550 0100", "jane@acme.example"]))
    [Contact(name='Jane Aker', role='Head of Press', organization='Acme AG', email='jane@acme.example', phone='+4755500100')]
    """
    draft, is_below_name = _Draft(regions, organizations), False
    for line in lines:
        is_other = len(line) > _MAX_LINE_LENGTH or is_row_of_figures(line)
        is_row = _LABELLED_ROW.fullmatch(line) is not None
        for label, part in () if is_other else _split_line(reveal_email(line)):
            if label == _COLLEAGUE:
                draft.colleagues.append(_HONORIFIC.sub("", part.strip()))
                continue
            mails, phones, name, position = _read_part(label, part)
            is_next_name = name is not None and draft.name is not None and name != draft.name
            is_next = is_next_name or (mails and draft.email) or (phones and draft.phone and label and not mails and not name)
            if draft.is_reachable and is_next:
                yield draft.finish()
                colleagues = draft.colleagues if mails and not name else []
                position_above = draft.next_position
                draft = _Draft(regions, organizations, next(iter(colleagues), None), colleagues=colleagues[1:])
                _add_position(draft, position_above)
            for further in mails[1:]:
                yield Contact(name=draft.colleagues.pop(0) if draft.colleagues else None, email=further)
            if name and draft.name and not draft.is_reachable:
                draft.loose.append(name)
            if draft.name and not name and is_below_name and not (mails or phones or (label and not is_row)):
                draft.below_name = position or part.strip(" ,.()")
            if name and position[:1].islower() and not draft.name:
                draft.below_name = position
            is_below_name = name is not None and not position
            draft.name = draft.name or name
            _add_position(draft, position)
            draft.email, draft.phone = draft.email or next(iter(mails), None), draft.phone or next(iter(phones), None)
    if draft.is_reachable:
        yield draft.finish()


def _split_line(line: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a line and their labels: "Jane Aker | Tel: 5550 0100"."""
    if (row := _LABELLED_ROW.fullmatch(line)) and not is_contact_name(row[1]):
        line = f"{row[1]}: {row[2]}"
    for part in _PART.split(line) if len(line) <= _MAX_LABEL_LENGTH * 4 else (line,):
        is_position = part.rstrip().endswith((":", "：")) and (_ROLE.search(part) or _LEGAL_FORM.search(part.strip(" :：")))
        found = None if is_position else _LABEL.match(part)
        names = _SLASH.split(part[found.end() :] if found else part)
        if len(names) > 1 and all(is_contact_name(_HONORIFIC.sub("", name.strip())) for name in names):
            yield from zip(("", *(_COLLEAGUE for _ in names)), names, strict=False)
        elif found and "," in found[1] and parse_contact_name(found[1].partition(",")[0]):
            yield "", f"{found[1]}, {part[found.end() :]}"  # "Jane Aker, Head of Press: jane@acme.example"
        elif part.strip():
            yield (found[1], part) if found else ("", part)


def _read_part(label: str, part: str) -> tuple[list[str], list[str], str | None, str]:
    """Return mail addresses, telephone numbers and the name in a part of a line, and what is left for role and organisation."""
    mails = EMAIL_ADDRESS.findall(part)
    text = EMAIL_ADDRESS.sub(_ADDRESS_MARK, part)
    phones = find_phone_numbers(text)
    for number in phones:
        text = text.replace(number, _ADDRESS_MARK)
    text = _ADDRESS_WORDS.sub("", text).replace(_ADDRESS_MARK, " ")
    sentence = _NAME_IN_SENTENCE.search(text)
    if sentence and (mails or phones or len(text.split()) > 6):
        return mails, phones, sentence[1], ""
    rest = text[len(label) :].lstrip(" :：") if label else text
    if member := _DEPARTMENT_MEMBER.fullmatch(rest.strip(" ,.()")):
        department = " ".join(filter(None, (member["department"], member["title"])))
        return mails, phones, member["name"], ", ".join(filter(None, (department, member["organization"])))
    first, *others = _TOKEN.split(rest.strip(" ,.()"), maxsplit=1)
    candidate = _HONORIFIC.sub("", first.strip())
    is_cjk_name = has_cjk(candidate) and _NAME_LABELS.search(label) and _CJK_NAME.fullmatch(candidate)
    if is_contact_name(candidate) or is_cjk_name or (not label and _UNCASED_NAME.fullmatch(candidate)):
        return mails, phones, candidate, normalize_space("".join(others)).strip(" ,.()")
    words = rest.split(maxsplit=2) if (mails or phones) and not label else []
    if len(words) > 2 and is_contact_name(name := " ".join(words[:2])) and _ROLE.search(words[2]):
        return mails, phones, name, normalize_space(_REACH_WORD.sub(" ", words[2])).strip(" ,.()")  # the lines of a cell
    cjk = _CJK_NAME.match(candidate) if has_cjk(candidate) and _NAME_LABELS.search(label) else None
    if cjk and _ROLE.search(candidate[cjk.end() :]):
        return mails, phones, cjk[0], candidate[cjk.end() :].strip()
    return mails, phones, None, "" if label and (mails or phones) else rest.strip(" ,")


def _add_position(draft: _Draft, text: str) -> None:
    """Add the role and the organisation that a text consists of, such as "Head of Press, Acme AG"."""
    if text.endswith((":", "：")):
        text = text.rstrip(":： ") if _ROLE.search(text) else ""
    if not text or len(text) > _MAX_LABEL_LENGTH:
        return
    if draft.is_reachable:
        if draft.role and _ROLE.search(text):
            draft.next_position = draft.next_position or text
        return
    role, organization = text, ""
    if _LEGAL_FORM.search(text):
        *before, organization = _COMMA.split(text)
        role = ", ".join(before)
    else:
        *before, last = _TOKEN.split(text)
        if before and _ROLE.search(", ".join(before)) and _may_be_organization(last):
            role, organization = ", ".join(before), last
    if _ROLE.search(role):
        draft.role = draft.role or role
    elif role and not any(map(str.isdigit, role)) and len(draft.loose) < _MAX_LOOSE_LINES:
        draft.loose.append(role)
    draft.organization = draft.organization or organization or None


def _may_be_organization(text: str) -> bool:
    words = text.split()
    is_name = 1 <= len(words) <= 5 and words[0][:1].isupper() and not any(map(str.isdigit, text))
    return is_name and not _ROLE.search(text) and _DEPARTMENT_WORDS.isdisjoint(map(str.lower, words))


def parse_contact_name(line: str) -> str | None:
    """Return the person's name that a line consists of, without a form of address.

    >>> parse_contact_name("Mr. Joe Chen"), parse_contact_name("Press office")
    ('Joe Chen', None)
    """
    name = _HONORIFIC.sub("", line.strip())
    return name if is_contact_name(name) else None


def is_position(line: str) -> bool:
    """Return whether a line is a role or an organisation: "Head of Press, Acme AG"."""
    return _ROLE.search(line) is not None or _LEGAL_FORM.search(line) is not None


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
    is_other = any(word.lower().rstrip(".") in _NOT_NAME_WORDS for word in words)
    return not (is_other or _LEGAL_FORM.search(line) or _ROLE.search(line))


def _is_plain_word(word: str) -> bool:
    return word.replace("-", "").replace("'", "").replace("’", "").rstrip(".").isalpha()
