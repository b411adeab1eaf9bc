"""The name of the company whose site it is, by what all observed pages say: one name for all articles of a run."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from corpnews.extraction.headline.stated_titles import split_title
from corpnews.extraction.people.person_names import COMPANY_SUFFIX, looks_like_name
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.layout import Zone
from corpnews.web.sites import get_site
from corpnews.web.text import build_comparison_key, get_short_text, normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.page import Page

# What a page's statement of the name counts, by its kind.
_WEIGHTS: Final = {
    "publisher": 3.0, "site name": 3.0, "copyright": 2.0, "home link": 2.0, "logo": 1.0, "title": 1.5, "author": 0.1,
}  # fmt: skip
_HOST_WEIGHT: Final = 3.0
# A name in the title alone and in the metadata is one setting of the site's software: some forget to change it.
_SHOWN: Final = ("copyright", "home link", "logo")
_STATED: Final = ("publisher", "site name", "title")
_LATIN_LETTER: Final = re.compile("[a-z]", re.IGNORECASE)
_SUFFIX_WEIGHT: Final = 1.0
# A part of the title is the headline unless it is in this share of so many titles.
_MIN_PAGES_WITH_TITLE_PART: Final = 3
_MIN_SHARE_OF_TITLES: Final = 0.3
_MIN_COMMON_START: Final = 6
_MIN_SCORE: Final = 2.5
# Of files whose URL on the web is unknown no host tells the company; a part of nearly all titles does.
_MIN_SCORE_WITHOUT_HOST: Final = 1.35
_MIN_HOST_KEY_LENGTH: Final = 3
_MAX_NAME_LENGTH: Final = 60
_MAX_OBSERVED_PAGES: Final = 60
_MAX_COPYRIGHT_LINE: Final = 250
_LAST_BLOCKS: Final = 40
_FIRST_LINKS: Final = 12
_BRAND_CLASS: Final = re.compile(r"(?<![a-z])(?:brand|logo|site-?(?:title|name))(?![a-z])")
_COPYRIGHT_SIGNS: Final = ("©", "(c)", "copyright", "版权所有", "版權所有")
_RESERVATION: Final = "all rights reserved"
_SIGNS_OF_OWNER: Final = (*_COPYRIGHT_SIGNS, _RESERVATION)
_COPYRIGHT_SIGN: Final = "|".join(map(re.escape, _COPYRIGHT_SIGNS))
_COPYRIGHT_OWNER = re.compile(
    rf"(?:{_COPYRIGHT_SIGN})[\s©:：,–—-]*(?:(?:19|20)\d\d[\s,–—~/©-]*)*(?:by\s|of\s|-\s)?(?P<name>[^|·•©\d][^|·•©]{{1,59}})",
    re.IGNORECASE,
)
# "Acme Ltd © 2024", "Acme — Power for all — 2024 ©", "成都阿克米有限公司 版权所有"
_OWNER_BEFORE_COPYRIGHT = re.compile(
    rf"(?P<name>[^|·•©\d:：]{{2,59}}?)[\s,，–—-]*(?:(?:19|20)\d\d[\s,，–—-]*)*(?:{_COPYRIGHT_SIGN}|{_RESERVATION})",
    re.IGNORECASE,
)
# "АО «Акме»": the name is what the quotation marks enclose.
_QUOTED_OWNER = re.compile(r"[^«„“\"]{2,40}[«„“\"](?P<name>[^«»„“”\"]{2,59})[»“”\"]")
_END_OF_OWNER = re.compile(
    r"[\s.,，。]*\b(?:all rights|alle rechte|tous droits|todos los|tutti i|powered|designed|site by|"
    r"website|privacy|copyright|版权|icp)\b.*$|"
    r"[\s,]+(?:19|20)\d\d\b.*$|(?<=公司)\s.*$|\swww\..*$|"
    r"[\s.,，。]*(?:版权所有|版權所有|保留所有|备案|.ICP).*$|(?<!\bCo)\.\s.*$",
    re.IGNORECASE,
)
# The address behind the legal form of a company, and a form of two letters that has lost its last dot.
_ADDRESS_OF_OWNER = re.compile(r"\b(KG|AG|SE|GmbH|B\.V\.?|N\.V\.?|SAS|SARL|S\.A\.?|S\.L\.?|S\.p\.A\.?|A/S|Oyj?),\s.*$")
_FORM_WITHOUT_DOT = re.compile(r"(?<=\s)(?:B\.V|N\.V|S\.A|S\.L|S\.p\.A|S\.r\.l)$")
_GENERIC_PART = re.compile(
    r"^(?:home(?: ?page)?|news(?:room)?|press(?: releases?| room)?|media(?: cent(?:er|re))?|blog|about(?: us)?|latest news|"
    r"startseite|accueil|inicio|首页|首頁|新闻(?:中心|动态)?|公司新闻|ホーム|ニュース|admin|website|site|archives?)$",
    re.IGNORECASE,
)
_SLOGAN_SEPARATOR = re.compile(r"\s[–—|·•-]\s|:\s")
# "Acme — Power for all"
_SLOGAN = re.compile(r"\s[–—-]\s.*$")
_ADDRESS = re.compile(r"https?:", re.IGNORECASE)
_HOME_PATH = re.compile(r"/?(?:(?:index|default|home)\.\w+)?")
_SLASHES_OF_HOME: Final = (2, 3)  # of a URL with scheme and host
_LOGO_WORD = re.compile(r"(?:\b(?:company|corporate|brand|site|header|main) )?\blogo(?:type)?\b", re.IGNORECASE)
# "Go to the Acme homepage", "Zur Startseite von Acme"
_HOME_WORDS = re.compile(
    r"^(?:(?:go|back|return|link) (?:back )?to|visit) (?:the )?(?=.*\bhome(?:[ -]?page)?\b)|\bhome ?-?page\b(?: of\b)?|"
    r"\shome$|^(?:zurück )?zur startseite\b(?: (?:von|der|des)\b)?|^(?:retour à |aller à )?(?:l['’])?accueil(?: d[eu]\b)?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class CompanyNames:
    """Counts the names that pages of a site give to their owner.

    Attributes:
        pages: Number of pages observed.
        counts: By kind of statement, on how many pages each name is so given, by its comparison key.
        spellings: The spellings of each name.
        people: Comparison keys of the authors, who are not the company.
    """

    pages: int = 0
    hosts: Counter[str] = field(default_factory=Counter)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    spellings: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    people: set[str] = field(default_factory=set)

    def observe(self, page: Page) -> None:
        """Count what the page says."""
        if self.pages >= _MAX_OBSERVED_PAGES:
            return
        data = read_structured_data(page)
        self.pages += 1
        self.hosts[page.host] += 1
        self.people |= {build_comparison_key(claim.value) for claim in data.authors}
        for kind, name in {(kind, _trim_name(text)) for kind, text in _iter_statements(page, data)}:
            key = build_comparison_key(name)
            if key and len(name) <= _MAX_NAME_LENGTH and not _GENERIC_PART.match(name):
                self.counts[kind][key] += 1
                self.spellings[key][name] += kind != "author"  # authors spell it like a name of a user: only if nothing else does

    def merge(self, other: CompanyNames) -> None:
        """Add what other pages of the site say."""
        self.pages += other.pages
        self.hosts += other.hosts
        self.people |= other.people
        for kind, counts in other.counts.items():
            self.counts[kind] += counts
        for key, spellings in other.spellings.items():
            self.spellings[key].update(spellings)

    @property
    def name(self) -> str | None:
        """The likeliest name, in whatever order the pages came; None if they give none."""
        score, best = max(((self._score(key), key) for key in self.spellings), default=(0.0, ""))
        least = _MIN_SCORE if any(self.hosts) else _MIN_SCORE_WITHOUT_HOST
        host = _find_most_common(self.hosts) if self.hosts else ""
        return _without_slogan(_find_most_common(self.spellings[best]), host) if score >= least else self._find_spelled_host(host)

    def _find_spelled_host(self, host: str) -> str | None:
        """Return the host as the metadata spells it, with capitals: "Acme.com"."""
        for key in map(build_comparison_key, (host, host.removeprefix("www."), get_site(host))):
            stated = self.counts["site name"][key] + self.counts["publisher"][key]
            spelling = _find_most_common(self.spellings[key]) if key and stated else ""
            if not spelling.islower() and spelling:
                return spelling
        return None

    def _score(self, key: str) -> float:
        host = _find_most_common(self.hosts)
        if key in {
            build_comparison_key(host),
            build_comparison_key(host.removeprefix("www.")),
            build_comparison_key(get_site(host)),
        }:
            return 0.0
        is_of_host = _matches_host(key, self.spellings[key], host) or self._is_foreign_to_hosts(key)
        has_suffix = any(map(COMPANY_SUFFIX.search, self.spellings[key]))
        is_person = key in self.people and any(map(looks_like_name, self.spellings[key]))
        if is_person and not is_of_host and not has_suffix:
            return 0.0
        score = sum(weight * self._get_share(kind, key) for kind, weight in _WEIGHTS.items())
        return score + (_HOST_WEIGHT if is_of_host and score else 0) + (_SUFFIX_WEIGHT if has_suffix and score else 0)

    def _is_foreign_to_hosts(self, key: str) -> bool:
        """Whether the name is in a script that no host is in, and most pages both show and state it."""
        is_common = {kind: counts[key] > self.pages / 2 for kind, counts in self.counts.items()}
        is_agreed = all(any(is_common.get(kind) for kind in kinds) for kinds in (_SHOWN, _STATED))
        return is_agreed and not any(map(_LATIN_LETTER.search, self.spellings[key]))

    def _get_share(self, kind: str, key: str) -> float:
        """Return the share of pages that give the name so; a part of few titles is a headline."""
        share = self.counts[kind][key] / self.pages if kind in self.counts else 0.0
        is_headline = kind == "title" and (self.pages < _MIN_PAGES_WITH_TITLE_PART or share < _MIN_SHARE_OF_TITLES)
        return 0.0 if is_headline else share


def _without_slogan(name: str, host: str) -> str:
    """Return the part of a name that is in the host's registered name, or is that; a part behind it is a slogan.

    >>> _without_slogan("Acme Group - Power for all", "www.acmegroup.example"), _without_slogan("Acme.", "acme.example")
    ('Acme Group', 'Acme')
    """
    label = _get_host_key(host)
    first, *others = (part.strip() for part in _SLOGAN_SEPARATOR.split(name))
    key = build_comparison_key(first)
    if build_comparison_key(name) == label or len(label) < _MIN_HOST_KEY_LENGTH:
        return name.removesuffix(".") if " " not in name else name
    if others and len(key) >= _MIN_HOST_KEY_LENGTH and (key in label or label in key):
        return first
    return next((part for part in others if build_comparison_key(part) == label), name)


def _find_most_common(counts: Counter[str]) -> str:
    """Return the text with the highest count; of several the last one in the order of their characters."""
    return max(counts, key=lambda text: (counts[text], text))


def find_company_name(page: Page) -> str | None:
    """Return the name of the site's owner by one page alone."""
    names = CompanyNames()
    names.observe(page)
    return names.name


def _matches_host(key: str, spellings: Counter[str], host: str) -> bool:
    """Return whether the host's registered name is the company's name, the start of it, or its initials."""
    label = _get_host_key(host)
    if len(key) < _MIN_HOST_KEY_LENGTH or len(label) < _MIN_HOST_KEY_LENGTH:
        return False
    initials = {"".join(word[0] for word in name.split()).lower() for name in spellings}
    return key in label or label in key or label in initials or key[:_MIN_COMMON_START] == label[:_MIN_COMMON_START]


def _get_host_key(host: str) -> str:
    return build_comparison_key(get_site(host).partition(".")[0])


def _iter_stated_names(page: Page, data: StructuredData) -> Iterator[tuple[str, str]]:
    """Yield the names in the page's metadata; that of an author only if it is the host's, and no person whose site this is."""
    if data.publisher and not _ADDRESS.match(data.publisher.value):
        yield "publisher", data.publisher.value
    if data.site_name and not _ADDRESS.match(data.site_name.value):
        yield "site name", data.site_name.value
    for claim in data.authors:
        if build_comparison_key(claim.value) == _get_host_key(page.host) and not looks_like_name(claim.value):
            yield "author", claim.value


def _iter_statements(page: Page, data: StructuredData) -> Iterator[tuple[str, str]]:
    """Yield what the page says of its owner, with the kind of statement."""
    yield from _iter_stated_names(page, data)
    title = normalize_space(page.title)
    parts = [title[slice(*span)] for span in split_title(title)]
    yield from (("title", part) for part in {*parts[:1], *filter(COMPANY_SUFFIX.search, parts[1:-1]), *parts[-1:]})
    for block in page.layout.blocks[-_LAST_BLOCKS:]:
        if len(block.text) <= _MAX_COPYRIGHT_LINE and _may_name_owner(block.text.lower()):
            for found in filter(None, (_COPYRIGHT_OWNER.search(block.text), _OWNER_BEFORE_COPYRIGHT.match(block.text))):
                owner = _ADDRESS_OF_OWNER.sub(r"\1", _SLOGAN.sub("", _END_OF_OWNER.sub("", found["name"])))
                owner = f"{owner}." if _FORM_WITHOUT_DOT.search(owner) else owner
                yield from (("copyright", name) for name in (owner, *_QUOTED_OWNER.findall(owner)))
    for link in page.layout.links[:_FIRST_LINKS]:
        names = f"{link.element.get('class') or ''} {link.box.class_names}"
        if _is_home_link(link.element, page) and (link.box.tag == "h1" or _BRAND_CLASS.search(names.lower())):
            yield "home link", _HOME_WORDS.sub("", get_short_text(link.element))
    for image in page.layout.images:
        alt = image.element.get("alt") or ""
        if alt and _is_home_link(image.element.getparent(), page):
            yield "home link", _HOME_WORDS.sub("", _LOGO_WORD.sub("", alt))
        elif image.box.zone & (Zone.HEADER | Zone.NAV) and _LOGO_WORD.search(alt):
            yield "logo", _LOGO_WORD.sub("", alt)


def _may_name_owner(lower: str) -> bool:
    """Return whether a line in lower case has a sign of copyright; most lines have none, and need no search for the owner."""
    return any(map(lower.__contains__, _SIGNS_OF_OWNER))


def _is_home_link(element: _Element | None, page: Page) -> bool:
    """Return whether the element is a link to the home page of the page's site."""
    href = element.get("href") if element is not None and element.tag == "a" else None
    resolved = (page.resolve_url(href) or "") if href else ""
    if resolved.partition("?")[0].count("/") not in _SLASHES_OF_HOME:  # most links lead further, and need no splitting
        return False
    url = urlsplit(resolved)
    return url.hostname == page.host and _HOME_PATH.fullmatch(url.path) is not None


def _trim_name(text: str) -> str:
    """Return a name without what separates it from other texts.

    >>> _trim_name(" Acme Corp. | Home"), _trim_name("- Acme AG -")
    ('Acme Corp.', 'Acme AG')
    """
    return normalize_space(text).partition("|")[0].strip(" |-–—:：,;·•®™\"'“”「」")
