"""Detects listing pages that are empty until a script has filled them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import units
from corpnews.discovery.words import NEWS_STEMS, label_of, labels, words
from corpnews.extraction.blocks import Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from corpnews.extraction.page import Page

FRAME: Final = Zone.NAV | Zone.HEADER | Zone.FOOTER | Zone.HIDDEN | Zone.FORM
# Most words outside navigation and links: of an empty shell, and of one with a loading notice.
EMPTY_UNITS: Final = 30.0
WAITING_UNITS: Final = 150.0
LONGEST_LABEL: Final = 60
SHORTEST_SCRIPT: Final = 150
DATA_TYPES = re.compile(r"json|importmap|speculationrules", re.IGNORECASE)
TEMPLATE_TYPES = re.compile(r"template|tmpl|handlebars|mustache|x-jsrender|ejs", re.IGNORECASE)

# Classes and ids of the element into which frameworks render.
ROOTS = words("root app __next __nuxt ___gatsby react-root reactroot app-root approot main-app spa-root application svelte q-app")
LOADING = labels("""
loading|please wait|loading please wait|loading news|loading content|loading results|loading articles|loading press releases
加载中|正在加载|载入中|請稍候|载入中请稍候|加载中请稍候|載入中
読み込み中|読み込み中です|ロード中|로딩 중|로딩중|불러오는 중|불러오는 중입니다
wird geladen|laden|lädt|inhalte werden geladen|bitte warten|chargement|chargement en cours|veuillez patienter|cargando|espere
carregando|a carregar|caricamento|caricamento in corso|attendere|загрузка|идет загрузка|идёт загрузка|завантаження
جار التحميل|جاري التحميل|يتم التحميل|bezig met laden|laden even geduld|laddar|laster|indlæser|ladataan|ładowanie|wczytywanie
načítání|betöltés|se încarcă|yükleniyor|memuat|đang tải|กำลังโหลด|φόρτωση|טוען|लोड हो रहा है
""")
# Grey bars that stand for content to come.
SKELETON = re.compile(r"skeleton|shimmer|placeholder-(?:glow|wave|item)|content-placeholder", re.IGNORECASE)
SPINNER = re.compile(r"spinner|loader|loading", re.IGNORECASE)
LIST_NAME = re.compile(r"list|result|item|feed|grid|container|content|wrapper", re.IGNORECASE)
UNFILLED = re.compile(r"\{\{[^{}]{1,200}\}\}|\$\{[^{}]{1,200}\}|<%=")
REPEATERS = frozenset("v-for x-for ng-repeat data-ng-repeat *ngfor @for".split())
NOTHING_LISTED = re.compile(
    r"\b(?:no|none|nothing|keine?|aucune?|ning[uú]n|nenhum|nessun|non ci sono|geen|inga|ingen|brak|nincs|yok|tidak ada|không)\b"
    r"|没有|暂无|暫無|沒有|ありません|없습니다|нет |не найден|لا يوجد|لا توجد|ไม่พบ|אין ",
    re.IGNORECASE,
)


def is_app_shell(page: Page) -> bool:
    """Whether a page without article links may have some once its scripts have run.

    A page that states that there is no news, or has prose of its own, is not a shell.
    """
    if not has_scripts(page):
        return False
    said = [block.text for block in page.layout.blocks if not block.zone & FRAME and block.link_density < 0.5]
    length = sum(map(units, said))
    if length > WAITING_UNITS:
        return False
    if any(map(is_loading, said)) or any(map(is_waiting, elements(page))):
        return True
    if length > EMPTY_UNITS or any(map(NOTHING_LISTED.search, said)):
        return False
    return needs_script(page) or any(is_empty(element) and is_root(element) for element in elements(page))


def has_scripts(page: Page) -> bool:
    return any(
        script.get("src") or len(script.text or "") >= SHORTEST_SCRIPT
        for script in page.root.iter("script")
        if not DATA_TYPES.search(script.get("type") or "")
    )


def is_loading(text: str) -> bool:
    """Whether a text is only a loading notice, or a template's placeholder that was not filled in."""
    return (len(text) <= LONGEST_LABEL and label_of(text) in LOADING) or UNFILLED.search(text) is not None


def needs_script(page: Page) -> bool:
    """Whether the page states that it needs JavaScript, or contains templates for a script."""
    if any("javascript" in "".join(each.itertext()).lower() for each in page.root.iter("noscript")):
        return True
    return any(TEMPLATE_TYPES.search(each.get("type") or "") for each in page.root.iter("script"))


def elements(page: Page) -> Iterator[HtmlElement]:
    body = page.root.find("body")
    yield from (page.root if body is None else body).iter("*")


def is_waiting(element: HtmlElement) -> bool:
    """Whether an element is marked as busy, as a placeholder, or as a template that is repeated for each item."""
    if element.get("aria-busy") == "true" or not REPEATERS.isdisjoint(name.lower() for name in element.attrib):
        return True
    names = names_of(element)
    if SKELETON.search(names):
        return True
    above = element.getparent()
    listed = above is not None and is_list(names_of(above)) and is_empty(above)
    return listed and SPINNER.search(names) is not None


def is_root(element: HtmlElement) -> bool:
    """Whether the element is a framework's root element or custom element, or is named as a list of news."""
    if "-" in str(element.tag):
        above = element.getparent()
        return above is not None and above.tag in ("body", "main")
    names = names_of(element)
    return not ROOTS.isdisjoint(names.lower().split()) or is_list(names)


def is_list(names: str) -> bool:
    """Whether class and id name a list of news.

    >>> is_list("press-release-list"), is_list("news-teaser"), is_list("product-list")
    (True, False, False)
    """
    return NEWS_STEMS.search(names.lower()) is not None and LIST_NAME.search(names) is not None


def names_of(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def is_empty(element: HtmlElement) -> bool:
    """Whether the element has neither text nor image."""
    return not any(text.strip() for text in element.itertext()) and next(element.iter("img", "input", "iframe"), None) is None
