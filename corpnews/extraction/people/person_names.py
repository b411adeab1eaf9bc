"""Parsing the names in bylines, and telling names of persons from others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates.locales import find_month_number
from corpnews.web.text import build_comparison_key, normalize_space, split_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_AUTHORS: Final = 12
_MAX_PERSON_NAME_LENGTH: Final = 60
MAX_BYLINE_LENGTH: Final = 160

# The words that start a byline, by language; Chinese, Japanese and Korean ones are followed by a colon, a slash or a space.
BYLINE_WORDS = (
    "(?:(?:re)?written|contributed|posted|published|submitted|words|story|text|article|post|review|report) by|by|"
    "(?:(?:ein|blog|text|artikel|beitrag) ?){0,2} ?von|"
    "(?:geschrieben|verfasst|veröffentlicht|erstellt|publiziert|eingestellt|gespeichert) von|von|vom|écrit par|publié par|"
    "rédigé par|par|escrito por|publicado por|por|a cura di|scritto da|pubblicato da|di|geschreven door|door|skrevet av|"
    "skrevet af|av|af|tekst|autora|autorin|autor|auteur|autore|authors?|contributors?|автор|текст|муаллиф|yazan|penulis|oleh|"
    "tác giả|bởi|โดย|بقلم|الكاتب|כותב|מאת"
)
# These start a byline only if a colon follows.
BYLINE_WORDS_BEFORE_COLON = (
    "interview|text (?:&|und|and) (?:fotos?|photos?|bilder)|text|words|story|kontakt und text|entrevista|reportage"
)
CJK_BYLINE_WORDS = "(?:本文|文章)?作者|撰文|撰稿人|撰稿|文|本报记者|记者|記者|通讯员|執筆|著者|筆者|글|기자"
_BYLINE_START = re.compile(
    rf"^(?:(?:{BYLINE_WORDS}|{CJK_BYLINE_WORDS})(?:\s*[:：/／]\s*|\s+(?=\S)|$)|(?:{BYLINE_WORDS_BEFORE_COLON})\s*:\s*)",
    re.IGNORECASE,
)
_MONTH_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
MONTH_ABBREVIATIONS = (
    "(?:jan|feb|mär|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|"
    "ene|abr|ago|dic|tháng|fév|avr|juin|juil|août|déc|gen|mag|giu|lug|set|ott)"
)
# The end of a byline: a bar, a bullet, a bracket (but one within the name), a date, an address, another field of the line.
_BYLINE_END = re.compile(
    r"\s*(?:[|｜•·●»\[<>]|[(（](?![^()]{1,20}\)\s[^\W\d_])|\s[-–—]\s|"
    rf",?\s{MONTH_ABBREVIATIONS}\w*\.?\s+\d|(?<!^)(?<!\w)\d|https?:|\s@\w+|\bon (?={MONTH_ABBREVIATIONS}|\w+day)|\S+@\S+|"
    r"\b(?:updated|published|posted|reviewed|edited|in(?! conversation with)|from|under|abgelegt|"
    r"illustrations?|illustriert|fotos?|photos?|bild(?:er)?|symbolbild|fotograf(?:ie|iert)?|photography|traducción|übersetz(?:t|ung))\b|"
    r"\s(?:on|am|den|le)\s+\w*(?:day|tag|woch|di|dimanche)\b|\s(?:mon|tues|wednes|thurs|fri|satur|sun)day\b).*$",
    re.IGNORECASE | re.DOTALL,
)
# A byline for narrow and one for wide screens: "Ann Lee By Ann Lee"
_REPEATED_BYLINE = re.compile(r"^(\S+ .{2,50}?) by \1\b.*$", re.IGNORECASE | re.DOTALL)
_FOOTNOTE_MARK = re.compile("[\u00b9\u00b2\u00b3\u2070-\u2079*†‡§]+(?=[\\s,;]|$)")
_BYLINE_WORD_AT_END = re.compile(r"\s(?:by|von|par|por|di|door|av|af)$", re.IGNORECASE)
_DATE_WORD_AT_END = re.compile(r"(?:^|\s)(?:am|on|um|le|el|den|op|il|à|at|em|kl\.?|от|vom)$")
_JOB_TITLE = re.compile(
    r"[,\s]+(?:(?:senior|chief|managing|staff|deputy|associate|executive|contributing|co|global|news)[\s-]+)*"
    r"(?:editor|reporter|writer|correspondent|director|manager|founder|expert|contributor|journalist|redakteur(?:in)?|journaliste|"
    r"president|ceo|cto|cmo|officer|specialist|analyst|strategist)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_COMMA_BETWEEN_NAMES = re.compile(r"\s*[,;、，]\s*(?:(?:and|und|&)\s+)?", re.IGNORECASE)
_AND_BETWEEN_NAMES = re.compile(
    r"\s+(?:&|and|und|et|och|og|и|im gespräch mit|in conversation with|mit|with)\s+|\s*/\s*", re.IGNORECASE
)
# A role before the name, in languages that set it there: "Chefredakteurin Ute Maier", "Online-Experte Jan Lang".
_ROLE_BEFORE_NAME = re.compile(
    r"^(?:\S+[\s-])?\S*?(?:expert[e]?|expertin|redakteur(?:in)?|korrespondent(?:in)?|reporter(?:in)?|volontär(?:in)?|autor(?:in)?|"
    r"journalist(?:e|in)?|kolumnist(?:in)?|editor|correspondent|columnist)\s+(?=[^\W\d_]+\s[^\W\d_])",
    re.IGNORECASE,
)
_FAMILY_NAME_FIRST = re.compile(
    r"^(?P<family>[^\W\d_a-z][\w'’-]+), (?P<given>(?:[^\W\d_a-z][^\W\d_A-Z]+|[A-Z]\.)(?:(?: [^\W\d_]+|(?: ?[A-Z]\.)){0,2}))$"
)
_CREDENTIAL = re.compile(r"^(?:[A-Z][A-Za-z.®-]{0,4}|[A-Z]{2,8}®?|Ph\.?D\.?|Jr\.?|Sr\.?|I{2,3})$")

_PROPER_NOUN = re.compile(r"^[(\"“„]?[^\W\d_][\w.'’‘-]*[)\"”“]?$")
_PARTICLE_WORDS = "de da das do dos del della di du la le el al bin ibn ben von van der den ter ten zu zum zur vom af av y e"
_NAME_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_CONTRACTIONS = frozenset(("zum", "zur"))  # with an article: a name has them in its midst only
_CJK_NAME = re.compile(
    "^(?:[\u4e00-\u9fff·]{2,5}|[\u4e00-\u9fff\u3040-\u30ff]{1,5} ?[\u4e00-\u9fff\u3040-\u30ff]{1,5}|[\uac00-\ud7af]{2,4})$"
)
# Account names without a person, and names of departments.
_GENERIC_ACCOUNT_LIST = """admin administrator root webmaster superuser user wordpress wpadmin guest unknown unbekannt none null
    bluesky facebook github instagram linkedin mastodon pinterest telegram threads tiktok twitter whatsapp xing youtube
    anonymous author authors autor auteur auteurs autoren posts post website site default test name username администратор админ
    管理员 管理員 佚名 网站管理员 匿名 未知 不详 网络 网络整理 注册 登录 登錄 登入 关注 關注
    订阅 发布于 发表于 首页 관리자 管理者 会員登録 ログイン"""
_GENERIC_ACCOUNTS = frozenset(_GENERIC_ACCOUNT_LIST.split())
_DEPARTMENT_LIST = """editor editors editorial editorialteam editorialstaff staff news newsdesk newsroom press pressoffice
    pressrelease redaktion redaction rédaction laredaction larédaction redaccion redacción redazione redactie redakcja
    redacao redação team teams marketing communications corporatecommunications pr blog blogteam contributor agencies agenturen
    nachrichten noticias notícias actualités новости 新闻 редакция 编辑 編輯 小编 本站 編集部"""
_DEPARTMENTS = frozenset(_DEPARTMENT_LIST.split())
_DEPARTMENT_WORD = re.compile(
    r"\b(?:team|redaktion|editorial|redaction|rédaction|redacción|redazione|newsroom|press office|communications|marketing)\b",
    re.IGNORECASE,
)
COMPANY_SUFFIX = re.compile(
    r"\b(?:inc|ltd|llc|gmbh|corp|corporation|plc|co|s\.?a|a\.?g|s\.?r\.?l|pvt|limited|company)\.?$|公司$|集团$|集團$|株式会社",
    re.IGNORECASE,
)
# Words of links about an author, and of other short lines.
LABEL_WORD = re.compile(
    r"\b(?:pdf|downloads?|print|version|"
    r"more|all|about|view|see|read|posts?|articles?|profile|follow|contact|show|biography|website|(?:the )?authors?|"
    r"comments?|related|links?|published|posted|modified|updated|reviewed|us|admin|administrator|webmaster|mehr|alle|über|beiträge|artikel|zeige|kommentare?|profil|veröffentlicht|"
    r"publiziert|voir|tous|plus|publié|todos|ver|más|publicado|tutti|altri|meer)\b",
    re.IGNORECASE,
)
# Words of labels with capitals, which look like names: "Case Study", "Investor Relations", "Salle de Presse".
WORDS_OF_LABELS: Final = split_terms(
    """
    news newsroom press media release releases report reports study studies stories update updates announcement announcements
    product products relations operations investor investors corporate insights event events blog customer customers centre center
    share energy industry service services solutions group region company summary facts sustainability innovation technology
    technologies career careers immediate supply awards
    aktuelles aktuell presse medien unternehmen nachrichten pressemitteilung pressemitteilungen meldung meldungen produkte
    karriere investoren bericht technik
    actualités communiqué communiqués entreprise produits rapport investisseurs
    noticias prensa empresa productos informe inversores
    notizie stampa azienda comunicato comunicati prodotti
    notícias imprensa produtos
    nieuws persbericht producten
    """
)
CREDIT_WORD = re.compile(
    r"©|\b(?:photos?|fotos?|fotografie|images?|bild(?:er|quelle)?|illustrations?|source|quelle|video|crédit|credits?)\b",
    re.IGNORECASE,
)
_URL_OR_EMAIL = re.compile(r"https?:|www\.|@|\.(?:com|org|net|html?)\b", re.IGNORECASE)


def parse_names(texts: Iterable[str], site_names: frozenset[str]) -> list[str]:
    """Return the names in the texts, without generic accounts and addresses; ", Company" is cut if `site_names` contains it."""
    names = []
    for stated in (name for text in texts for name in _split_names(text)):
        person, comma, organization = stated.rpartition(", ")
        name = person if comma and build_comparison_key(organization) in site_names else stated
        if _may_be_author_name(name):
            names.append(name)
    return names


def order_name(text: str) -> str:
    """Return a name of library data in the order in which it is spoken; other texts as they are.

    >>> order_name("Jong, Michiel de"), order_name("Roe, J."), order_name("Lee, MD"), order_name("Ann Lee, Jo Roe")
    ('Michiel de Jong', 'J. Roe', 'Lee, MD', 'Ann Lee, Jo Roe')
    """
    return _FAMILY_NAME_FIRST.sub(r"\g<given> \g<family>", text)


def _split_names(text: str) -> Iterator[str]:
    """Yield the single names of a byline.

    >>> list(_split_names("By Jane Doe and John Q. Public | 3 May 2024"))
    ['Jane Doe', 'John Q. Public']
    >>> list(_split_names("Ann Lee, MD, PhD")), list(_split_names("作者：张三、李四"))
    (['Ann Lee, MD, PhD'], ['张三', '李四'])
    """
    text = _FOOTNOTE_MARK.sub("", normalize_space(text[: 2 * MAX_BYLINE_LENGTH])[:MAX_BYLINE_LENGTH])
    if _URL_OR_EMAIL.match(text):
        return
    text = _REPEATED_BYLINE.sub(r"\1", _BYLINE_START.sub("", text))
    text = _ROLE_BEFORE_NAME.sub("", _DATE_WORD_AT_END.sub("", _BYLINE_END.sub("", text)))
    without_role = _JOB_TITLE.sub("", text)
    text = (without_role if "," in text or " " in without_role else text).strip(" ,;:-–—")
    name = ""
    for part in (one for several in _COMMA_BETWEEN_NAMES.split(text) for one in _split_at_and(several)):
        if name and _CREDENTIAL.match(part):
            name = f"{name}, {part}"
            continue
        if name:
            yield name
        name = part.strip(" ;:")
    if name:
        yield name


def _split_at_and(text: str) -> list[str]:
    """Split where "and" or a slash stands between full names: "Morgan & Lee" may be a company. "Ann Lee/AFP" is one.

    >>> _split_at_and("Jane Doe and John Roe"), _split_at_and("Center for Research and Evaluation"), _split_at_and("Ann Lee/AFP")
    (['Jane Doe', 'John Roe'], ['Center for Research and Evaluation'], ['Ann Lee'])
    """
    parts = [part.strip() for part in _AND_BETWEEN_NAMES.split(text)]
    if all(" " in part for part in parts):
        return parts
    first, slash, _ = text.partition("/")
    return [first.strip()] if slash and looks_like_name(first.strip()) else [text]


# The account that a random word names: "JzwEr1T".
_RANDOM_WORD = re.compile(r"(?=\w*[a-z][A-Z])\w*[A-Za-z]\d+[A-Za-z]\w*")
# A label such as "Date:" or "Who's who?", or code.
_LABEL_OR_CODE = re.compile(r"[:：?？!！]|[{}<>=\[\]_].*[{}<>=;]")


def _may_be_author_name(name: str) -> bool:
    """Return whether a text that is stated as an author's name can be one."""
    if (
        len(name) > _MAX_PERSON_NAME_LENGTH
        or _LABEL_OR_CODE.search(name)
        or _BYLINE_WORD_AT_END.search(name)
        or sum(map(str.isalpha, name)) < 2
        or name.count("(") != name.count(")")
        or _URL_OR_EMAIL.search(name)
        or _RANDOM_WORD.fullmatch(name)
    ):
        return False
    key = build_comparison_key(name)
    return key not in _GENERIC_ACCOUNTS and not key.endswith("admin") and not LABEL_WORD.search(name) and not _is_month_name(name)


def _is_month_name(name: str) -> bool:
    """Return whether a text is the name of a month; Jan may be a person.

    >>> _is_month_name("Oktober"), _is_month_name("Marta"), _is_month_name("Jan")
    (True, False, False)
    """
    return len(name) > len("Jan.") and find_month_number(name, _MONTH_LANGUAGES, anywhere=False) is not None


def classify_name(name: str, site_names: frozenset[str]) -> str:
    """Return what an author's name looks like: "site", "department", "company", "person" (a full name) or "account".

    >>> [classify_name(name, frozenset({"acme"})) for name in ("Vera van der Meer", "jdoe84", "Acme")]
    ['person', 'account', 'site']
    """
    key = build_comparison_key(name)
    if key in site_names:
        return "site"
    if key in _DEPARTMENTS or _DEPARTMENT_WORD.search(name):
        return "department"
    if COMPANY_SUFFIX.search(name):
        return "company"
    return "person" if looks_like_name(name) else "account"


def looks_like_name(text: str) -> bool:
    """Return whether a visible text looks like the name of a person.

    >>> looks_like_name("Vera van der Meer"), looks_like_name("Read more"), looks_like_name("王小明")
    (True, False, True)
    """
    if _CJK_NAME.match(text):
        return True
    parts = text.partition(",")[0].split()
    proper = [part for part in parts if part not in _NAME_PARTICLES]
    if parts and parts[0].lower() in _CONTRACTIONS:  # "Zum Hintergrund"
        return False
    return 2 <= len(proper) <= len(parts) <= 6 and all(_PROPER_NOUN.match(part) and part[0].isupper() for part in proper)
