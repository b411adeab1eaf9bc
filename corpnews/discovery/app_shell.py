"""Detects listing pages that are empty until a script has filled them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import count_words
from corpnews.discovery.vocabulary import LOADING_LABELS
from corpnews.page.layout import Zone
from corpnews.web.text import normalize_label, split_terms
from corpnews.web.url_features import NEWS_STEM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from corpnews.page.page import Page

_PAGE_FRAME: Final = Zone.NAV | Zone.HEADER | Zone.FOOTER | Zone.HIDDEN | Zone.FORM
# Most words outside navigation and links: of an empty shell, and of one with a loading notice.
_MAX_EMPTY_SHELL_WORDS: Final = 30.0
_MAX_LOADING_SHELL_WORDS: Final = 150.0
_MAX_LOADING_TEXT_LENGTH: Final = 60
_MIN_SCRIPT_LENGTH: Final = 150
_DATA_TYPES = re.compile(r"json|importmap|speculationrules", re.IGNORECASE)
_TEMPLATE_TYPES = re.compile(r"template|tmpl|handlebars|mustache|x-jsrender|ejs", re.IGNORECASE)

# Classes and ids of the element into which frameworks render.
_APP_ROOT_NAMES = split_terms(
    "root app __next __nuxt ___gatsby react-root reactroot app-root approot main-app spa-root application svelte q-app"
)
# Grey bars that stand for content to come.
_SKELETON_NAME = re.compile(r"skeleton|shimmer|placeholder-(?:glow|wave|item)|content-placeholder", re.IGNORECASE)
_SPINNER_NAME = re.compile(r"spinner|loader|loading", re.IGNORECASE)
_LIST_NAME = re.compile(r"list|result|item|feed|grid|container|content|wrapper", re.IGNORECASE)
_UNFILLED_TEMPLATE = re.compile(r"\{\{[^{}]{1,200}\}\}|\$\{[^{}]{1,200}\}|<%=")
_REPEATER_ATTRIBUTES = frozenset("v-for x-for ng-repeat data-ng-repeat *ngfor @for".split())
_NO_RESULTS_TEXT = re.compile(
    r"\b(?:no|none|nothing|keine?|aucune?|ning[uú]n|nenhum|nessun|non ci sono|geen|inga|ingen|brak|nincs|yok|tidak ada|không)\b"
    r"|没有|暂无|暫無|沒有|ありません|없습니다|нет |не найден|لا يوجد|لا توجد|ไม่พบ|אין ",
    re.IGNORECASE,
)


def is_app_shell(page: Page) -> bool:
    """Whether a page without article links may have some once its scripts have run.

    A page that states that there is no news, or has prose of its own, is not a shell.
    """
    if not _has_scripts(page):
        return False
    said = [block.text for block in page.layout.blocks if not block.zone & _PAGE_FRAME and block.link_density < 0.5]
    length = sum(map(count_words, said))
    if length > _MAX_LOADING_SHELL_WORDS:
        return False
    if any(map(_is_loading_text, said)) or any(map(_is_loading_placeholder, _iter_body_elements(page))):
        return True
    if length > _MAX_EMPTY_SHELL_WORDS or any(map(_NO_RESULTS_TEXT.search, said)):
        return False
    return _requires_script(page) or any(
        _is_empty_element(element) and _is_app_root(element) for element in _iter_body_elements(page)
    )


def _has_scripts(page: Page) -> bool:
    return any(
        script.get("src") or len(script.text or "") >= _MIN_SCRIPT_LENGTH
        for script in page.root.iter("script")
        if not _DATA_TYPES.search(script.get("type") or "")
    )


def _is_loading_text(text: str) -> bool:
    """Whether a text is only a loading notice, or a template's placeholder that was not filled in."""
    return (len(text) <= _MAX_LOADING_TEXT_LENGTH and normalize_label(text) in LOADING_LABELS) or _UNFILLED_TEMPLATE.search(
        text
    ) is not None


def _requires_script(page: Page) -> bool:
    """Whether the page states that it needs JavaScript, or contains templates for a script."""
    if any("javascript" in "".join(each.itertext()).lower() for each in page.root.iter("noscript")):
        return True
    return any(_TEMPLATE_TYPES.search(each.get("type") or "") for each in page.root.iter("script"))


def _iter_body_elements(page: Page) -> Iterator[_Element]:
    body = page.root.find("body")
    yield from (page.root if body is None else body).iter("*")


def _is_loading_placeholder(element: _Element) -> bool:
    """Whether an element is marked as busy, as a placeholder, or as a template that is repeated for each item."""
    if element.get("aria-busy") == "true" or not _REPEATER_ATTRIBUTES.isdisjoint(name.lower() for name in element.attrib):
        return True
    names = _get_class_and_id(element)
    if _SKELETON_NAME.search(names):
        return True
    above = element.getparent()
    listed = above is not None and _is_news_list_name(_get_class_and_id(above)) and _is_empty_element(above)
    return listed and _SPINNER_NAME.search(names) is not None


def _is_app_root(element: _Element) -> bool:
    """Whether the element is a framework's root element or custom element, or is named as a list of news."""
    if "-" in str(element.tag):
        above = element.getparent()
        return above is not None and above.tag in ("body", "main")
    names = _get_class_and_id(element)
    return not _APP_ROOT_NAMES.isdisjoint(names.lower().split()) or _is_news_list_name(names)


def _is_news_list_name(names: str) -> bool:
    """Whether class and id name a list of news.

    >>> _is_news_list_name("press-release-list"), _is_news_list_name("news-teaser"), _is_news_list_name("product-list")
    (True, False, False)
    """
    return NEWS_STEM.search(names.lower()) is not None and _LIST_NAME.search(names) is not None


def _get_class_and_id(element: _Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_empty_element(element: _Element) -> bool:
    return not any(text.strip() for text in element.itertext()) and next(element.iter("img", "input", "iframe"), None) is None
