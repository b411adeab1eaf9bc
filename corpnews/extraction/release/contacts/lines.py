"""The parts of a line in a contact section, and what stands in each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.extraction.release.contacts.draft import MAX_LABEL_LENGTH
from corpnews.extraction.release.contacts.names import (
    CJK_NAME,
    DEPARTMENT_MEMBER,
    HONORIFIC,
    NAME_IN_SENTENCE,
    NAME_LABELS,
    UNCASED_NAME,
    is_contact_name,
    is_name_in_address,
    parse_contact_name,
)
from corpnews.extraction.release.contacts.positions import LEGAL_FORM, ROLE, TOKEN
from corpnews.extraction.release.mail_addresses import EMAIL_ADDRESS
from corpnews.extraction.release.phones import find_phone_numbers
from corpnews.web.text import has_cjk, normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MIN_WORDS_OF_SENTENCE: Final = 6
_PART: Final = re.compile(r"\s*[|;•·／]\s*|\s+[–—]\s+|\s+-\s+|\s+/\s+|\t")
# Between two names: "Jane Aker/Ola Berg".
_SLASH: Final = re.compile(r"\s?/\s?")
# The label of a further name in a line.
COLLEAGUE: Final = "/"
# "Jane Aker (Acme AG)", the last of several people.
_IN_BRACKETS: Final = re.compile(r"([^()]+?)\s?\(([^()]{3,80})\)")
# The name before an employer or a position: "Jane Aker for Acme AG", "Jane Aker (Head of Press)".
_OF_ORGANIZATION: Final = re.compile(r"(.{3,60}?)\s(?:(?:for|für|pour)\s|\()([^()]{3,80})\)?")
_LABEL: Final = re.compile(r"^([^\W\d_][^:：@]{0,50}?)\s?[:：]\s*")
# A row of a table of two columns, the first of which says what the second is.
LABELLED_ROW: Final = re.compile(r"([^|@\d:：]{1,20}) \| ([^|]+)")
_REACH_WORD: Final = re.compile(
    r"\b(?:tel|tél|tlf|tfn|puh|phone|mobile?|fax|e-?mail|e-?posta?|mail|sähköposti|courriel|correo|"
    r"тел|факс|моб|эл\.? ?почта)\b[.:]*",
    re.IGNORECASE,
)
# Stands for an address or number that was read, and the words between two of them or right before one: "or", ", tel."
_ADDRESS_MARK: Final = "\0"
_ADDRESS_WORDS: Final = re.compile(rf"(?<=\0)\W*\w{{1,5}}\W*(?=\0)|(?<=\W)(?:{_REACH_WORD.pattern})\s*(?=\0)", re.IGNORECASE)
# Around a name or a position in a line.
_MARGIN: Final = " ,.()/-–—"


class PartContent(NamedTuple):
    """What a part of a line says of a contact; `position` is what is left for role and organisation."""

    emails: list[str]
    phones: list[str]
    name: str | None
    position: str


def split_line(line: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a line and their labels: "Jane Aker | Tel: 5550 0100"; COLLEAGUE is the label of a further name."""
    if (row := LABELLED_ROW.fullmatch(line)) and not is_contact_name(row[1]):
        line = f"{row[1]}: {row[2]}"
    if people := _split_people(line):
        yield from people
        return
    for part in _PART.split(line) if len(line) <= MAX_LABEL_LENGTH * 4 else (line,):
        is_position = part.rstrip().endswith((":", "：")) and (ROLE.search(part) or LEGAL_FORM.search(part.strip(" :：")))
        found = None if is_position else _LABEL.match(part)
        if people := _split_people(part[found.end() :] if found else part):
            yield from people
        elif found and "," in found[1] and parse_contact_name(found[1].partition(",")[0]):
            yield "", f"{found[1]}, {part[found.end() :]}"  # "Jane Aker, Head of Press: jane@acme.example"
        elif part.strip():
            yield (found[1], part) if found else ("", part)


def _split_people(text: str) -> list[tuple[str, str]]:
    """Return the names between slashes, and the position in brackets behind the last one; none if there is another text.

    >>> _split_people("Mr. Ola Berg / Jane Aker (Acme AG)")
    [('', 'Ola Berg'), ('/', 'Jane Aker'), ('', 'Acme AG')]
    """
    if "/" not in text or len(text) > MAX_LABEL_LENGTH:
        return []
    names = [HONORIFIC.sub("", name.strip()) for name in _SLASH.split(text.strip(" ()")) if name.strip()]
    bracketed = _IN_BRACKETS.fullmatch(f"{names[-1]})" if names[-1].count("(") > names[-1].count(")") else names[-1])
    if bracketed:
        names[-1] = bracketed[1]
    if len(names) < 2 or not all(map(is_contact_name, names)):
        return []
    position = [("", bracketed[2])] if bracketed else []
    return [("", names[0]), *((COLLEAGUE, name) for name in names[1:]), *position]


def read_part(label: str, part: str, emails: Sequence[str] = ()) -> PartContent:
    """Return what a part of a line says; `emails` are the mail addresses of the whole line.

    >>> read_part("Contact", "Contact: Acme AG, Jane Aker, jaker@acme.example", ("jaker@acme.example",))
    PartContent(emails=['jaker@acme.example'], phones=[], name='Jane Aker', position='Acme AG')
    """
    own = EMAIL_ADDRESS.findall(part)
    text = EMAIL_ADDRESS.sub(_ADDRESS_MARK, part)
    phones = find_phone_numbers(text)
    for number in phones:
        text = text.replace(number, _ADDRESS_MARK)
    text = _ADDRESS_WORDS.sub("", text).replace(_ADDRESS_MARK, " ")
    is_reaching = bool(own or phones)
    sentence = NAME_IN_SENTENCE.search(text)
    if sentence and (is_reaching or len(text.split()) > _MIN_WORDS_OF_SENTENCE):
        return PartContent(own, phones, sentence[1], "")
    rest = text[len(label) :].lstrip(" :：") if label else text
    name, position = _find_name(label, rest, emails, is_reaching=is_reaching)
    if name is None:
        position = "" if label and is_reaching else rest.strip(" ,")
    return PartContent(own, phones, name, position)


def _find_name(label: str, text: str, emails: Sequence[str], *, is_reaching: bool) -> tuple[str | None, str]:
    """Return the name in a text, or None, and what is left for role and organisation."""
    if member := DEPARTMENT_MEMBER.fullmatch(text.strip(_MARGIN)):
        department = " ".join(filter(None, (member["department"], member["title"])))
        return member["name"], ", ".join(filter(None, (department, member["organization"])))
    first, *others = TOKEN.split(text.strip(_MARGIN))
    first = HONORIFIC.sub("", first.strip())
    employee = _OF_ORGANIZATION.fullmatch(first)
    if employee and is_contact_name(employee[1]):
        return employee[1], employee[2]
    is_cjk_name = has_cjk(first) and NAME_LABELS.search(label) and CJK_NAME.fullmatch(first)
    if is_contact_name(first) or is_cjk_name or (not label and UNCASED_NAME.fullmatch(first)):
        return first, normalize_space(", ".join(others)).strip(_MARGIN)
    if is_reaching and not label and (found := _split_cell(text)):
        return found
    cjk = CJK_NAME.match(first) if has_cjk(first) and NAME_LABELS.search(label) else None
    if cjk and ROLE.search(first[cjk.end() :]):
        return cjk[0], first[cjk.end() :].strip()
    named = (HONORIFIC.sub("", token.strip()) for token in others)  # "Acme AG, Jane Aker"
    name = next(
        (each for each in named if is_contact_name(each) and any(is_name_in_address(each, mail) for mail in emails)), None
    )
    return name, ", ".join(each for each in (first, *others) if each and not each.endswith(name)) if name else ""


def _split_cell(text: str) -> tuple[str, str] | None:
    """Return the name and the role of a text that was the lines of a cell: "Jane Aker Head of Press Tel"."""
    words = text.split(maxsplit=2)
    if len(words) > 2 and is_contact_name(name := " ".join(words[:2])) and ROLE.search(words[2]):
        return name, normalize_space(_REACH_WORD.sub(" ", words[2])).strip(_MARGIN)
    return None
