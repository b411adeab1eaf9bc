"""Tags of an article in a box that is named after tags, next to the headline or below the text."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.page.layout import Zone, find_first_blocks
from corpnews.web.text import get_short_text, normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.extraction.headline import Headline
    from corpnews.page.layout import BodyRegion, Box
    from corpnews.page.page import Page

# "post-tags", "tagList", "article__topics", "tag-pill"; a cloud has the tags of the whole site.
_TAGS_NAME: Final = re.compile(
    r"(?<![a-z])(?:tags|topics|keywords|hashtags|tag[-_]?(?:list|wrap(?:per)?|links|box|container|group|items?|pills?))(?![a-z])"
)
_OTHER_NAME: Final = re.compile(r"cloud|categor|title|popular")
_ZONES_OF_OTHERS: Final = Zone.COMMENT | Zone.RELATED | Zone.ASIDE | Zone.AD
# Boxes named "tags", and <nav aria-label="Tags">.
_ZONES_OF_TAGS: Final = Zone.META | Zone.NAV
_MAX_NAMES_LENGTH: Final = 200
_MAX_LIST_LENGTH: Final = 400
_MAX_TAG_LENGTH: Final = 60
_MAX_WORDS_OF_TAG: Final = 7
_MAX_TAGS: Final = 30
_BLOCKS_ABOVE_HEADLINE: Final = 3
_BLOCKS_BELOW_HEADLINE: Final = 5
_BLOCKS_BELOW_BODY: Final = 12
_MAX_LINE_LENGTH: Final = 300
# What a line of tags begins with.
_LABEL: Final = re.compile(
    r"(?:related |article )?(?:tags?|tagged|keywords?|topics|schlagw[oö]rter|schlagworte|stichw[oö]rter|stichworte|themen|tagi|"
    r"etiquetas|temas|mots[ -]clés|nøkkelord|nyckelord|avainsanat|trefwoorden|теги|метки|ключевые слова|"
    r"关键词|關鍵字|關鍵詞|关键字|标签|標籤|キーワード|タグ|태그|키워드)\s?[:：]\s?",
    re.IGNORECASE,
)
_SEPARATOR: Final = re.compile(r"\s?[,，、;；|#•·]\s?")
_SIGNS: Final = "#,;|/·• \t"


def find_listed_tags(page: Page, headline: Headline | None, region: BodyRegion | None) -> tuple[str, ...]:
    """Return the items of the first box near the headline, in the text or below it that is named after tags."""
    named = [box for box in page.layout.boxes if _is_named_after_tags(box)]
    if not named:
        return ()
    first = find_first_blocks(page.layout.blocks)
    head = headline.block.index if headline and headline.block else None
    found: list[Box] = []
    for box in named:
        at = first.get(box)
        near_head = head is not None and at is not None and -_BLOCKS_ABOVE_HEADLINE <= at - head <= _BLOCKS_BELOW_HEADLINE
        near_end = region is not None and at is not None and region.first < at <= region.last + _BLOCKS_BELOW_BODY
        if (near_head or near_end) and not any(box.is_inside(outer) for outer in found):
            found.append(box)
    return next(filter(None, (tuple(_iter_items(box)) for box in found)), ())


def find_labelled_tags(page: Page, headline: Headline | None, region: BodyRegion | None) -> tuple[str, ...]:
    """Return the items of the first line near the headline or below the text that a label says to be tags: "Tags: wind, jobs"."""
    blocks = page.layout.blocks
    head = headline.block.index if headline and headline.block else None
    near_head = blocks[max(0, head - _BLOCKS_ABOVE_HEADLINE) : head + _BLOCKS_BELOW_HEADLINE + 1] if head is not None else []
    near_end = blocks[region.last : region.last + _BLOCKS_BELOW_BODY + 1] if region is not None else []
    for block in (*near_head, *near_end):
        if len(block.text) > _MAX_LINE_LENGTH or block.zone & _ZONES_OF_OTHERS or not (label := _LABEL.match(block.text)):
            continue
        links = [get_short_text(link.element) for link in page.layout.links if link.index == block.index]
        items = [_LABEL.sub("", text).strip(_SIGNS) for text in (links or _SEPARATOR.split(block.text[label.end() :]))]
        if items := [item for item in items if item]:
            return tuple(items[:_MAX_TAGS]) if all(map(_may_be_tag, items)) else ()
    return ()


def _may_be_tag(text: str) -> bool:
    return len(text) <= _MAX_TAG_LENGTH and len(text.split()) <= _MAX_WORDS_OF_TAG


def _is_named_after_tags(box: Box) -> bool:
    may_be = box.own_zone & _ZONES_OF_TAGS or "opic" in box.class_names or "eyword" in box.class_names
    if not may_be or box.zone & _ZONES_OF_OTHERS or not 0 < box.chars <= _MAX_LIST_LENGTH:
        return False
    names = f"{box.class_names} {box.element.get('id', '')} {box.element.get('aria-label', '')}"[:_MAX_NAMES_LENGTH].lower()
    return _TAGS_NAME.search(names) is not None and _OTHER_NAME.search(names) is None


def _iter_items(box: Box) -> Iterator[str]:
    """Yield the texts of the box's links; if it has none those of its elements, without a label. None if one is a sentence."""
    found = list(islice(box.element.iter("a"), _MAX_TAGS))
    if any("category" in f"{link.get('rel')} {link.get('href')}" for link in found):  # as some themes call their categories
        return
    links = [normalize_space("".join(link.itertext())) for link in found]
    texts = links or [normalize_space(text) for text in islice(box.element.itertext(), 4 * _MAX_TAGS)]
    items = [text.strip(_SIGNS) for text in texts if text.strip(_SIGNS) and not text.endswith((":", "："))]
    if all(map(_may_be_tag, items)):
        yield from items
