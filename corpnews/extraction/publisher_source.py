"""The medium or agency that the page names as the source of the article: "来源：新华社", "Source: Reuters"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates import find_dates
from corpnews.extraction.headline.stated_titles import get_site_names
from corpnews.page.layout import BlockKind, Zone
from corpnews.web.text import build_comparison_key, get_short_text, normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.extraction.headline import Headline
    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.layout import Block, BodyRegion
    from corpnews.page.page import Page

_BLOCKS_ABOVE_HEADLINE: Final = 3
_BLOCKS_BELOW_HEADLINE: Final = 8
_BLOCKS_AT_END: Final = 4
_MAX_LINE_LENGTH: Final = 160
_MAX_NAME_LENGTH: Final = 60
_LABEL = re.compile(
    r"(?:(?:文章|信息|新闻|本文|稿件)?(?:来源|來源|出处|出處|稿源)|出典|출처|(?<![^\W\d_])(?:source|quelle|fuente|fonte|bron|källa|kilde|źródło|"
    r"источник|джерело|manba|kaynak|sumber))\s*[:：]\s*(?P<name>[^|｜\n]+)",
    re.IGNORECASE,
)
# The next item of the line.
_NEXT_ITEM = re.compile(
    r"\s*(?:作者|编辑|編輯|责任|責任|责编|时间|時間|日期|发布|發布|发表|更新|浏览|瀏覽|点击|點擊|阅读|人气|字体|字号|分享|记者|"
    r"\b(?:author|autor|date|datum|published|views|by|photo|foto)\b|[·•/【\[(（]|\s{2,}|\s[-–—]\s).*$",
    re.IGNORECASE | re.DOTALL,
)
_NO_SOURCE_LIST = """本站 本网 本網 原创 原創 互联网 网络 網絡 未知 不详 转载 admin internet unknown web
    website own eigene nosotros company 本站原创 公司 管理员 网站 none null"""
_NO_SOURCES = frozenset(_NO_SOURCE_LIST.split())
# Of the public sector's sites in China, by their standard for page metadata.
_META_NAME: Final = "contentsource"
_ADDRESS = re.compile(r"^https?$|https?:|www\.|@")


def find_publisher_source(
    page: Page, data: StructuredData, headline: Headline | None, region: BodyRegion | None, captions: frozenset[int] = frozenset()
) -> str | None:
    """Return the source that a line around the headline or at the end of the text names, or a meta element.

    The site itself is none, nor is a picture's source: `captions` are the indexes of the blocks that are captions.
    """
    unwanted = get_site_names(page, data) | _NO_SOURCES
    for name in _iter_names(page, headline, region, captions):
        key = build_comparison_key(name)
        if len(key) > 1 and len(name) <= _MAX_NAME_LENGTH and key not in unwanted and not _ADDRESS.search(name):
            return name
    return None


def _iter_names(page: Page, headline: Headline | None, region: BodyRegion | None, captions: frozenset[int]) -> Iterator[str]:
    for block in _iter_lines(page.layout.blocks, headline, region):
        if block.index not in captions and (found := _find_label(block.spaced_text)):
            name = _trim_source(found["name"])
            # What follows a link to the source is the next item: "Source: [Reuters] [Report]"
            linked = (get_short_text(link.element) for link in page.layout.links if link.index == block.index)
            yield next((text for text in linked if text and name.startswith(text)), name)
    yield normalize_space(page.meta.get(_META_NAME, ""))


def _iter_lines(blocks: list[Block], headline: Headline | None, region: BodyRegion | None) -> Iterator[Block]:
    """Yield the short lines around the headline, then those at the end of the text; a caption's source is the picture's."""
    spans = []
    if headline and headline.block:
        spans.append((headline.block.index - _BLOCKS_ABOVE_HEADLINE, headline.block.index + _BLOCKS_BELOW_HEADLINE))
    if region:
        spans.append((region.last - _BLOCKS_AT_END, region.last + _BLOCKS_AT_END))
    for first, last in spans:
        for block in blocks[max(0, first) : last]:
            is_own = not block.zone & (Zone.COMMENT | Zone.RELATED | Zone.NAV) and block.kind is not BlockKind.CAPTION
            if is_own and len(block.text) <= _MAX_LINE_LENGTH:
                yield block


def _find_label(text: str) -> re.Match[str] | None:
    """Return the label of a source with the name after it; most lines have no colon, and need no search."""
    return _LABEL.search(text) if ":" in text or "：" in text else None


def _trim_source(text: str) -> str:
    """Return the source without the items after it.

    >>> _trim_source("新华社 作者：张三"), _trim_source("Reuters, May 3, 2024")
    ('新华社', 'Reuters')
    """
    text = _NEXT_ITEM.sub("", text)
    date = next(iter(find_dates(text)), None)
    return (text[: date.start] if date else text).strip(" ,，;；.。:：")
