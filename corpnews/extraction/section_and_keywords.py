"""The section and the keywords of an article."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates import find_dates
from corpnews.extraction.headline.stated_titles import get_site_names
from corpnews.extraction.label_texts import SECTION_CLASS, get_first_section, iter_topics
from corpnews.extraction.people.person_names import BYLINE_WORDS
from corpnews.extraction.tag_boxes import find_labelled_tags, find_listed_tags
from corpnews.page.layout import Zone
from corpnews.web.sites import get_host, get_site
from corpnews.web.text import build_comparison_key, get_short_text, normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from corpnews.extraction.headline import Headline
    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.layout import Block, BodyRegion, Box, ElementRef
    from corpnews.page.page import Page

_MAX_SECTION_LENGTH: Final = 60
_MAX_KEYWORDS: Final = 30
_MAX_BREADCRUMB_LENGTH: Final = 400
_MAX_BLOCKS_FROM_HEADLINE: Final = 6
_ZONES_OF_OTHER_CATEGORIES: Final = Zone.COMMENT | Zone.RELATED | Zone.ASIDE | Zone.NAV
_CATEGORY_URL = re.compile(
    r"/(?:[ck]ategor[a-z]{0,6}|rubri(?:k|que|ca)s?)/[^/?#]+(?:/[^/?#]+)*/?$|[?&][a-z_]{0,12}[ck]ategor[a-z]{0,6}=[^&#]+$",
    re.IGNORECASE,
)
_ZONES_WITHOUT_KEYWORDS: Final = Zone.COMMENT | Zone.RELATED | Zone.FOOTER | Zone.ASIDE
_KICKER_NAME = re.compile(r"(?<![a-z])(?:tag|categor(?:y|ies)|kicker|eyebrow|rubric|section|topic)(?![a-z])")
# Names of small boxes of all kinds; beside the headline and the day they hold the section.
_BADGE_NAME = re.compile(r"(?<![a-z])(?:tag|label|badge|pill|chip|topic|rounded-full)(?![a-z])")
_SHARE_NAME = re.compile(r"(?<![a-z])(?:social|shar(?:e|ing)|networks?)(?![a-z])")
_SEPARATORS_AROUND: Final = " ·•|/>›»–-"
_NO_LABEL = re.compile(r"\d|[:：,]$")
_MAX_BADGE_LENGTH: Final = 30
_BLOCKS_FROM_BADGE_TO_DATE: Final = 2
_BYLINE_OPENING = re.compile(rf"(?:{BYLINE_WORDS})\b", re.IGNORECASE)
_MAX_BLOCKS_UP_TO_LABEL: Final = 3
_MAX_LABEL_LINE_LENGTH: Final = 120
_MAX_PARTS_OF_LINE: Final = 12
_MIN_LINK_DENSITY_OF_KICKER: Final = 0.9
_ZONES_WITHOUT_TAGS: Final = _ZONES_WITHOUT_KEYWORDS | Zone.NAV | Zone.HEADER
_TAG_URL = re.compile(
    r"/(?:tags?|tagged|etiket(?:ler)?|etiquetas?|labels?|stichwort(?:e|er)?|schlagwort(?:e|er)?|keywords?)/[^/]+/?$"
)
_TAG_QUERY = re.compile(r"(?:^|&)(?:(?:\w+_)?tags?=[\w%]|Subject(?::|%3A)list=.)", re.IGNORECASE)
_BREADCRUMB_NAME = re.compile(r"bread-?crumb|mianbao|weizhi|wegweiser|(?<![a-z])(?:crumbs?|position)(?![a-z])")
# Each of these names has one of these parts.
_PARTS_OF_BREADCRUMB_NAMES: Final = ("crumb", "mianbao", "weizhi", "wegweiser", "position")
# A trail without the markup of one: "当前位置：首页 > 新闻中心", "Home > News > Company News".
_PATH_SEPARATOR = re.compile(r"\s?[>»›→＞]+\s?|\s[/|-]\s")
_ARROW = re.compile(r"[>»›→＞]")
_PATH_LABEL = re.compile(r"^[^:：]{2,20}[:：]\s?")
_MAX_PATH_LENGTH: Final = 250
_BLOCKS_UP_TO_PATH: Final = 25
_MIN_STEPS: Final = 2
_CURRENT_PAGE = frozenset("正文 内容 详情 详细内容 详细 文章内容 新闻详情 新闻内容 本文 details".split())
_TRAIL = re.compile(r"[^>»›→/]{2,20}[:：]\s?\S[^>»›→/]{0,40}\s?[>»›→/]")
_HOME_LABEL_LIST = """home homepage start startseite accueil inicio início inicial главная главнаястраница bosh boshsahifa
    首页 首頁 网站首页 主页 ホーム トップ トップページ top 홈 الرئيسية
    archive archives archiv archivo archivio arquivo архив アーカイブ 归档 歷史新聞 历史新闻
    uncategorized uncategorised unkategorisiert allgemein nonclassé noncatégorisé sincategoría sincategoria sincategorizar
    semcategoria nãocategorizado senzacategoria noncategorizzato geencategorie ongecategoriseerd okategoriserade ukategorisert
    ukategoriseret ikkekategoriseret luokittelematon bezkategorii brakkategorii nezařazené nezaradené egyéb kategoriánélkül
    fărăcategorie необрисано безрубрики безкатегорії рубрикинет некатегоризирано genel kategorisiz takberkategori chưaphânloại
    χωρίςκατηγορία ללאקטגוריה غيرمصنف دسته‌بندینشده ไม่มีหมวดหมู่ 미분류 未分类 未分類 default other others misc"""
_HOME_LABELS = frozenset(_HOME_LABEL_LIST.split())


def find_section(page: Page, data: StructuredData, headline: Headline | None) -> tuple[str, str] | None:
    """Return the section's name and its source (json-ld, meta, microdata or visible), or None."""
    excluded = get_site_names(page, data) | _HOME_LABELS
    for claim in data.sections:
        stated = get_first_section(claim.value)
        if _is_section_name(stated, excluded):
            return stated, claim.source
    if headline and headline.section:
        return headline.section, "visible"
    title = build_comparison_key(headline.text) if headline else ""
    trail = (text for text in reversed(list(_iter_breadcrumbs(page))) if build_comparison_key(text) not in title)
    # the label that the article itself bears says more than the place of the whole newsroom on the site
    visible = chain(_iter_category_links(page, headline), trail, _iter_path(page, headline))
    label = next((text for text in visible if _is_section_name(text, excluded | {title})), None)
    return (label.strip(_SEPARATORS_AROUND), "visible") if label else None


def _is_section_name(text: str, excluded: frozenset[str]) -> bool:
    key = build_comparison_key(text)
    return len(text) <= _MAX_SECTION_LENGTH and key not in excluded and any(map(str.isalpha, key)) and "http" not in key


def _iter_breadcrumbs(page: Page) -> Iterator[str]:
    """Yield the texts of the links in the page's first breadcrumb trail, from the top level down."""
    trail = next((box for box in page.layout.boxes if _is_breadcrumb_box(box)), None)
    if trail is not None:
        for link in trail.element.iter("a"):
            yield get_short_text(link)


def _iter_path(page: Page, headline: Headline | None) -> Iterator[str]:
    """Yield the steps of a line above the headline that leads from the home page to the article, from the last to the first."""
    if headline is None or headline.block is None:
        return
    title = build_comparison_key(headline.text)
    for block in page.layout.blocks[max(0, headline.block.index - _BLOCKS_UP_TO_PATH) : headline.block.index]:
        if len(block.text) > _MAX_PATH_LENGTH:
            continue
        home, *steps = _PATH_SEPARATOR.split(_PATH_LABEL.sub("", block.text))
        if len(steps) < _MIN_STEPS or build_comparison_key(home) not in _HOME_LABELS:
            continue
        names = [step for step in steps if build_comparison_key(step) not in title and step not in _CURRENT_PAGE]
        if _ARROW.search(block.text) or steps[-1] not in names:  # else it may be a menu
            yield from reversed(names)
            return


def _is_breadcrumb_box(box: Box) -> bool:
    if not box.link_chars or box.chars > _MAX_BREADCRUMB_LENGTH:
        return False
    element = box.element
    names = f"{box.class_names} {element.get('id', '')} {element.get('aria-label', '')}".lower()
    if not any(map(names.__contains__, _PARTS_OF_BREADCRUMB_NAMES)) or not _BREADCRUMB_NAME.search(names):
        return False
    return bool(box.own_zone & Zone.NAV) or _TRAIL.match(normalize_space("".join(element.itertext()))) is not None


def _iter_category_links(page: Page, headline: Headline | None) -> Iterator[str]:
    """Yield the texts of links to a category: of those close to the headline, else of those in the page's only box with such."""
    if headline is None or headline.block is None:
        return
    at = headline.block.index
    links = [
        link for link in page.layout.links if not link.box.zone & _ZONES_OF_OTHER_CATEGORIES and _is_category_link(link, page)
    ]
    near = [link for link in links if abs(link.index - at) <= _MAX_BLOCKS_FROM_HEADLINE]
    yield from filter(None, (_find_kicker(page, at),))
    for link in near or (links if len({link.box for link in links}) == 1 else ()):
        yield get_short_text(link.element)
    yield from _iter_labels(page, at, headline.text)


def _iter_labels(page: Page, at: int, title: str) -> Iterator[str]:
    """Yield the texts next to the headline `title`, at index `at`, that are no links and whose box is named after a category."""
    around = page.layout.blocks[max(0, at - _MAX_BLOCKS_UP_TO_LABEL) : at + _MAX_BLOCKS_FROM_HEADLINE + 1]
    for block in around:
        if len(block.text) > _MAX_LABEL_LINE_LENGTH or block.zone & _ZONES_OF_OTHER_CATEGORIES:
            continue
        parent = block.box.parent
        whole = (block.box, parent) if parent is not None and parent.chars == block.box.chars else (block.box,)
        parts = (*(box.element for box in whole), *islice(block.box.element.iterdescendants("span", "div"), _MAX_PARTS_OF_LINE))
        for part in parts:
            names = (part.get("class") or "").lower()
            if _SHARE_NAME.search(names):
                continue
            if SECTION_CLASS.search(names) or (_BADGE_NAME.search(names) and _is_badge(part, block, page)):
                texts = [text for text in map(normalize_space, islice(part.itertext(), _MAX_PARTS_OF_LINE)) if len(text) > 1]
                is_byline = bool(texts) and _BYLINE_OPENING.match(texts[0]) is not None
                if not is_byline and not (block.index == at and any(text in title for text in texts)):
                    yield from (text for text in texts if not _NO_LABEL.search(text))


def _is_badge(element: _Element, block: Block, page: Page) -> bool:
    """Return whether an element is a short text next to a day, and the only one of its class in its line."""
    text = get_short_text(element)
    parent, names = element.getparent(), element.get("class")
    is_single = parent is None or sum(each.get("class") == names for each in islice(parent, _MAX_PARTS_OF_LINE)) == 1
    near = page.layout.blocks[max(0, block.index - _BLOCKS_FROM_BADGE_TO_DATE) : block.index + _BLOCKS_FROM_BADGE_TO_DATE + 1]
    return (
        len(text) <= _MAX_BADGE_LENGTH
        and is_single
        and any(len(each.text) <= _MAX_LABEL_LINE_LENGTH and find_dates(each.spaced_text) for each in near)
    )


def _find_kicker(page: Page, at: int) -> str:
    """Return the linked label right above the headline, at index `at`, whose box or link is named after tags or sections."""
    above = page.layout.blocks[at - 1] if at else None
    if above is None or above.zone & _ZONES_OF_OTHER_CATEGORIES or above.link_density < _MIN_LINK_DENSITY_OF_KICKER:
        return ""
    links = [link for link in page.layout.links if link.index == above.index]
    names = f"{above.box.class_names} {' '.join(link.element.get('class') or '' for link in links)}".lower()
    return above.text if len(links) == 1 and _KICKER_NAME.search(names) else ""


def _is_category_link(link: ElementRef, page: Page) -> bool:
    """Return whether a link leads to the site's page of a category, by its URL or its `rel`."""
    href = link.element.get("href") or ""
    lower = href.lower()
    may_be_category = "ategor" in lower or "rubri" in lower
    is_category = (may_be_category and _CATEGORY_URL.search(href) is not None) or "category" in _get_rel_words(link)
    return is_category and get_site(get_host(page.resolve_url(href) or "")) == get_site(get_host(page.url))


def _get_rel_words(link: ElementRef) -> Sequence[str]:
    rel = link.element.get("rel")
    return rel.lower().split() if rel else ()


def find_keywords(
    page: Page, data: StructuredData, headline: Headline | None = None, region: BodyRegion | None = None
) -> tuple[str, ...]:
    """Return the article's keywords: those stated for it, else its tag links, else meta keywords that occur in the text.

    The headline is none.
    """
    tags = (get_short_text(link.element) for link in page.layout.links if _is_tag_link(link))
    excluded = get_site_names(page, data) | _HOME_LABELS | ({build_comparison_key(headline.text)} if headline else set())
    return (
        _collect_labels(iter_topics([claim.value for claim in data.keywords]), excluded)
        or _collect_labels(tags, excluded)
        or _collect_labels(_iter_listed_tags(page), excluded)
        or _collect_labels(find_listed_tags(page, headline, region), excluded)
        or _collect_labels(find_labelled_tags(page, headline, region), excluded)
        or _collect_labels(_find_page_keywords_in_text(page, data), excluded)
    )


def _iter_listed_tags(page: Page) -> Iterator[str]:
    """Yield the texts of the links to the site's pages of tags, if they stand in one list."""
    listed = [link for link in page.layout.links if _may_hold_tags(link.box.zone) and _leads_to_tag(link, page)]
    if len({link.box.parent if link.box.tag == "li" else link.box for link in listed}) == 1:
        yield from (get_short_text(link.element) for link in listed)


def _is_tag_link(link: ElementRef) -> bool:
    """Return whether a link is declared as one to a tag; themes call those to a category so, too, in a box of that name."""
    if not (rel := _get_rel_words(link)):
        return False
    zone = link.box.zone
    if "tag" not in rel or "category" in rel or "category" in link.box.class_names.lower():
        return False
    is_page_footer = zone & Zone.FOOTER and not zone & Zone.BODY
    return not zone & _ZONES_WITHOUT_KEYWORDS & ~Zone.FOOTER and not is_page_footer


def _may_hold_tags(zone: int) -> bool:
    """Return whether a zone is neither another article's nor the page's; the footer of the article is its own."""
    return not zone & (_ZONES_WITHOUT_TAGS & ~Zone.FOOTER if zone & Zone.BODY else _ZONES_WITHOUT_TAGS)


def _leads_to_tag(link: ElementRef, page: Page) -> bool:
    """Return whether a link leads to the site's page of a tag, by its URL."""
    href, _, query = (link.element.get("href") or "").partition("?")
    is_tag = _TAG_URL.search(href) is not None or _TAG_QUERY.search(query) is not None
    return is_tag and get_host(page.resolve_url(href) or "") == get_host(page.url)


def _collect_labels(texts: Iterable[str], excluded: frozenset[str]) -> tuple[str, ...]:
    """Return the texts that may be keywords, without duplicates."""
    found: dict[str, str] = {}
    for text in texts:
        if _is_section_name(text, excluded):
            found.setdefault(build_comparison_key(text), text.strip("# "))
    return tuple(found.values())[:_MAX_KEYWORDS]


def _find_page_keywords_in_text(page: Page, data: StructuredData) -> list[str]:
    """Return the meta keywords that occur in the page's text, if most do: many templates give all pages the same keywords."""
    stated = [claim.value for claim in data.page_keywords]
    if not stated:
        return []
    prose = "\n".join(
        block.text for block in page.layout.blocks if not block.link_chars and not block.zone & _ZONES_WITHOUT_KEYWORDS
    ).casefold()
    used = [word for word in stated if word.casefold() in prose]
    return used if 2 * len(used) > len(stated) else []
