"""Names as by-lines write them, made plain; and what is no author's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.headline.titles import squeezed
from corpnews.extraction.segment import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_AUTHORS: Final = 12
LONGEST_NAME: Final = 60
LONGEST_BYLINE: Final = 160

# The words that open a by-line, by language; Chinese, Japanese and Korean ones stand before a colon, a slash or a space.
WORDS = (
    "written by|posted by|published by|words by|story by|text by|by|ein beitrag von|von|écrit par|par|escrito por|publicado por|"
    "por|a cura di|di|door|av|af|tekst|autora|autorin|autor|auteur|autore|authors?|автор|текст|муаллиф|yazan|penulis|oleh|"
    "tác giả|بقلم|الكاتب|כותב|מאת"
)
CJK_WORDS = "作者|撰文|撰稿人|撰稿|文|本报记者|记者|記者|通讯员|執筆|著者|筆者|글|기자"
OPENING = re.compile(rf"^(?:{WORDS}|{CJK_WORDS})(?:\s*[:：/／]\s*|\s+(?=\S)|$)", re.IGNORECASE)
MONTH = (
    "(?:jan|feb|mär|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|"
    "ene|abr|ago|dic|fév|avr|juin|juil|août|déc|gen|mag|giu|lug|set|ott)"
)
# What ends a by-line: a bar, a bullet, a bracket, a date, an address, another of the line's fields.
TAIL = re.compile(
    rf"\s*(?:[|｜•·●/(（\[<>]|\s[-–—]\s|,?\s{MONTH}\w*\.?\s+\d|\d|https?:|\bon (?={MONTH}|\w+day)|\S+@\S+|"
    r"\b(?:updated|published|posted|reviewed|edited|in)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
ROLE = re.compile(
    r"[,\s]+(?:(?:senior|chief|managing|staff|deputy|associate|executive|contributing|co|global|news)[\s-]+)*"
    r"(?:editor|reporter|writer|correspondent|director|manager|founder|expert|contributor|journalist|redakteur(?:in)?|journaliste|"
    r"president|ceo|cto|cmo|officer|specialist|analyst|strategist)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
BETWEEN = re.compile(r"\s*(?:,|;|、|，|\s&\s|\s(?:and|und|et|och|og|и)\s)\s*", re.IGNORECASE)
CREDENTIAL = re.compile(r"^(?:[A-Z][A-Za-z.®-]{0,4}|[A-Z]{2,8}®?|Ph\.?D\.?|Jr\.?|Sr\.?|I{2,3})$")

PROPER = re.compile(r"^[^\W\d_][\w.'’‘-]*$")
PARTICLE_WORDS = "de da das do dos del della di du la le el al bin ibn ben von van der den ter ten zu zum zur vom af av y e"
PARTICLES = frozenset(PARTICLE_WORDS.split())
CJK_NAME = re.compile(
    "^(?:[\u4e00-\u9fff·]{2,5}|[\u4e00-\u9fff\u3040-\u30ff]{1,5} ?[\u4e00-\u9fff\u3040-\u30ff]{1,5}|[\uac00-\ud7af]{2,4})$"
)
ACCOUNT_NAMES = """admin administrator root webmaster superuser user wordpress wpadmin editor editors editorial editorialteam
    editorialstaff staff author authors anonymous guest unknown none null news newsroom press pressoffice pressrelease redaktion
    redaction redaccion redazione redactie team marketing communications corporatecommunications pr website site blog posts
    administrador администратор админ редакция 管理员 管理員 编辑 編輯 小编 本站 佚名 网站管理员 匿名 관리자 管理者 編集部"""
ACCOUNTS = frozenset(ACCOUNT_NAMES.split())
COMPANY = re.compile(
    r"\b(?:inc|ltd|llc|gmbh|corp|corporation|plc|co|s\.?a|a\.?g|s\.?r\.?l|pvt|limited|company)\.?$|公司$|集团$|集團$|株式会社",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net|html?)\b", re.IGNORECASE)


def cleaned(texts: Iterable[str], nobody: frozenset[str]) -> tuple[str, ...]:
    """The names in the texts, each once, without accounts, companies and addresses; `nobody` are squeezed names of the site."""
    found: dict[str, str] = {}
    for text in texts:
        for name in split_names(text):
            key = squeezed(name)
            if key and key not in ACCOUNTS and key not in nobody and is_possible(name):
                found.setdefault(key, name)
    return tuple(found.values())[:MOST_AUTHORS]


def split_names(text: str) -> Iterator[str]:
    """The single names of a by-line.

    >>> list(split_names("By Jane Doe and John Q. Public | 3 May 2024"))
    ['Jane Doe', 'John Q. Public']
    >>> list(split_names("Ann Lee, MD, PhD")), list(split_names("作者：张三、李四"))
    (['Ann Lee, MD, PhD'], ['张三', '李四'])
    """
    text = folded(text[: 2 * LONGEST_BYLINE])[:LONGEST_BYLINE]
    if ADDRESS.match(text):
        return
    text = ROLE.sub("", TAIL.sub("", OPENING.sub("", text))).strip(" ,;:-–—")
    name = ""
    for part in BETWEEN.split(text):
        if name and CREDENTIAL.match(part):
            name = f"{name}, {part}"
            continue
        if name:
            yield name
        name = part.strip(" ;:")
    if name:
        yield name


def is_possible(name: str) -> bool:
    """Whether a text that is stated to be an author's name can be one."""
    is_account = name.isascii() and name.islower() and " " not in name
    if is_account or len(name) > LONGEST_NAME or not any(map(str.isalpha, name)):
        return False
    return not ADDRESS.search(name) and not COMPANY.search(name)


def looks_like_a_name(text: str) -> bool:
    """Whether a text found on the page looks like a person's name.

    >>> looks_like_a_name("Vera van der Meer"), looks_like_a_name("Read more"), looks_like_a_name("王小明")
    (True, False, True)
    """
    if CJK_NAME.match(text):
        return True
    parts = text.partition(",")[0].split()
    proper = [part for part in parts if part.casefold() not in PARTICLES]
    return 2 <= len(proper) <= len(parts) <= 6 and all(PROPER.match(part) and part[0].isupper() for part in proper)
