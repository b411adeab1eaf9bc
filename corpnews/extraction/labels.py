"""The section and the keywords of an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.blocks import Zone
from corpnews.extraction.headline.titles import site_names, squeezed
from corpnews.extraction.text import text_inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpnews.extraction.blocks import Box, Mark
    from corpnews.extraction.facts import Facts
    from corpnews.extraction.headline import Headline
    from corpnews.extraction.page import Page

LONGEST_LABEL: Final = 60
MOST_KEYWORDS: Final = 30
LONGEST_TRAIL: Final = 400
NEAR_HEADLINE: Final = 6
OTHERS: Final = Zone.COMMENT | Zone.RELATED | Zone.FOOTER | Zone.ASIDE
CRUMBS = re.compile(r"bread-?crumb|mianbao|weizhi|wegweiser|(?<![a-z])(?:crumbs?|position)(?![a-z])")
HOME_NAMES = """home homepage start startseite accueil inicio início inicial главная главнаястраница bosh boshsahifa
    首页 首頁 网站首页 主页 ホーム トップ トップページ top 홈 الرئيسية
    archive archives archiv archivo archivio arquivo архив アーカイブ 归档 歷史新聞 历史新闻
    uncategorized uncategorised unkategorisiert allgemein nonclassé sincategoría 未分类 未分類 default"""
HOME = frozenset(HOME_NAMES.split())


def find_section(page: Page, facts: Facts, headline: Headline | None) -> tuple[str, str] | None:
    """Return the section's name and its source (json-ld, meta, microdata or visible), or None."""
    nobody = site_names(page, facts) | HOME
    for claim in facts.sections:
        if is_label(claim.value, nobody):
            return claim.value, claim.source
    if headline and headline.section:
        return headline.section, "visible"
    shown = [*reversed(list(crumbs(page))), *category_links(page, headline)]
    title = squeezed(headline.text) if headline else ""
    label = next((text for text in shown if is_label(text, nobody) and squeezed(text) not in title), None)
    return (label, "visible") if label else None


def is_label(text: str, nobody: frozenset[str]) -> bool:
    key = squeezed(text)
    return len(text) <= LONGEST_LABEL and key not in nobody and any(map(str.isalpha, key)) and "http" not in key


def crumbs(page: Page) -> Iterator[str]:
    """Yield the texts of the links in the page's first breadcrumb trail, from the top level down."""
    trail = next(filter(is_trail, page.layout.boxes), None)
    if trail is not None:
        for link in trail.element.iter("a"):
            yield text_inside(link)


def is_trail(box: Box) -> bool:
    if not box.hint & Zone.NAV or not box.link_chars or box.chars > LONGEST_TRAIL:
        return False
    element = box.element
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('aria-label') or ''}"
    return len(names) > 2 and CRUMBS.search(names.lower()) is not None


def category_links(page: Page, headline: Headline | None) -> Iterator[str]:
    """Yield the texts of links close to the headline whose rel is "category"."""
    if headline is None or headline.block is None:
        return
    at = headline.block.index
    for link in page.layout.links:
        if abs(link.index - at) <= NEAR_HEADLINE and "category" in words_of_rel(link):
            yield text_inside(link.element)


def words_of_rel(link: Mark) -> list[str]:
    return (link.element.get("rel") or "").lower().split()


def find_keywords(page: Page, facts: Facts) -> tuple[str, ...]:
    """Return the article's keywords: those stated for it, else its tag links, else meta keywords that occur in the text."""
    tags = (
        text_inside(link.element)
        for link in page.layout.links
        if "tag" in (rel := words_of_rel(link)) and "category" not in rel and not link.box.zone & OTHERS
    )
    nobody = site_names(page, facts) | HOME
    return (
        labels((claim.value for claim in facts.keywords), nobody)
        or labels(tags, nobody)
        or labels(written_keywords(page, facts), nobody)
    )


def labels(texts: Iterable[str], nobody: frozenset[str]) -> tuple[str, ...]:
    """Return the texts that may be keywords, without duplicates."""
    found: dict[str, str] = {}
    for text in texts:
        if is_label(text, nobody):
            found.setdefault(squeezed(text), text.strip("# "))
    return tuple(found.values())[:MOST_KEYWORDS]


def written_keywords(page: Page, facts: Facts) -> list[str]:
    """Return the meta keywords that occur in the page's text, if most do: many templates give all pages the same keywords."""
    stated = [claim.value for claim in facts.page_keywords]
    if not stated:
        return []
    prose = "\n".join(block.text for block in page.layout.blocks if not block.link_chars and not block.zone & OTHERS).casefold()
    written = [word for word in stated if word.casefold() in prose]
    return written if 2 * len(written) > len(stated) else []
