"""Captions and credits of images."""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from lxml import etree

from corpnews.extraction.media.span import is_inside_box
from corpnews.page.layout import BlockKind
from corpnews.web.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.extraction.media.span import ArticleSpan
    from corpnews.page.layout import Block, Box, ElementRef, Layout

_MAX_CAPTION_LENGTH: Final = 900
# Maximum lengths of captions recognised by a prefix such as "Photo:", and of those recognised by layout alone.
_MAX_PREFIXED_CAPTION_LENGTH: Final = 300
_MAX_UNMARKED_CAPTION_LENGTH: Final = 140
_MAX_UNMARKED_CAPTION_LENGTH_CJK: Final = 60
_MAX_CAPTION_BLOCKS: Final = 4
_COMPARED_PREFIX_LENGTH: Final = 8
_CAPTION_CLASS = re.compile(
    r"caption|credit|legende?|bildunterschrift|bildtext|didascalia|pie-?(?:de-?)?foto|byline-?img|tushuo", re.IGNORECASE
)
_CAPTION_PREFIX = re.compile(
    r"^[\[(（【▲△↑◆*]*\s*(?:图\s*[:：为\d]|图片|圖\s*[:：為\d]|"
    r"(?:pictured|photo(?:s|graph)?|image|caption|foto|bild|фото)\s*(?::|\d)|写真\s*[:：]|사진\s*[:=])|^[▲△↑]",
    re.IGNORECASE,
)
_HAS_TEXT_BEFORE = etree.XPath("boolean(preceding-sibling::node()[normalize-space()])")
_SENTENCE_END = re.compile(r"[.!?。！？…؟।:：;；][\"'”’»」』)）\]]*$")
_CENTRED_STYLE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CREDIT = re.compile(
    r"[\s(（\[|,–-]{0,4}"
    r"(?:(?:photo(?:graph)?s?|images?|picture|fotos?|bild|bilder)\s*(?:credits?|courtesy(?: of)?|by|von|di|de|par)?\s*[:：/©]|"
    r"(?:photo(?:s|graphs?)? by|(?:photo |image )?courtesy of|credits?\s*:|crédits?(?: photos?)?\s*:|"
    r"图源|图片来源|圖片來源|摄影|攝影|写真提供|사진 ?제공|사진\s*=|фото)\s*[:：/]?|©|\(c\))"
    r"\s*(?P<credit>[^()（）\[\]]{2,80}?)\s*[)）\]]?\s*\.?$",
    re.IGNORECASE,
)


def find_captions(image: ElementRef, layout: Layout, span: ArticleSpan) -> tuple[Block, ...]:
    """Return the blocks that are the image's caption: by markup, or by layout where the CMS has no markup for captions."""
    near = layout.blocks[image.index : image.index + _MAX_CAPTION_BLOCKS]
    figure = _find_picture_box(image.box)
    inside = tuple(block for block in near if figure and is_inside_box(block.box, figure))
    if inside:
        return inside
    classed = tuple(_take_marked_captions(near))
    if classed:
        return classed
    if not near or near[0].index >= span.end:
        return ()
    below, continued = near[0], len(near) > 1 and near[1].is_after_line_break
    is_caption = _looks_like_caption(below, image) or (not continued and _is_line_below(below, image))
    return (below,) if is_caption else ()


def _find_picture_box(box: Box) -> Box | None:
    """Return the box around the image and its caption: a <figure>, or a box with a caption class and little text."""
    for around in islice(box.ancestors(), 3):
        if around.chars > _MAX_CAPTION_LENGTH:
            return None
        if around.tag == "figure":
            return around
        if around.chars and _has_caption_class(around):
            return around
    return None


def _take_marked_captions(near: list[Block]) -> Iterator[Block]:
    """Yield the first of `near` as long as they are marked as captions or credits."""
    for block in near:
        if len(block.text) > _MAX_CAPTION_LENGTH or not _is_marked_caption(block):
            return
        yield block


def _is_marked_caption(block: Block) -> bool:
    if block.kind is BlockKind.CAPTION:
        return True
    boxes = [box for box in (block.box, block.box.parent) if box is not None and box.chars <= _MAX_CAPTION_LENGTH]
    return any(_has_caption_class(box) for box in boxes)


def _has_caption_class(box: Box) -> bool:
    """Return whether a class name says caption; utility classes such as prose-figcaption:text-white do not count."""
    return any(_CAPTION_CLASS.search(name) for name in (box.element.get("class") or "").split() if ":" not in name)


def _looks_like_caption(block: Block, image: ElementRef) -> bool:
    """Return whether the block is a short text but no sentence, in the image's paragraph, or centred or italic below it."""
    if (
        block.kind is BlockKind.HEADING
        or block.kind is BlockKind.TABLE_ROW
        or len(block.text) > _MAX_PREFIXED_CAPTION_LENGTH
        or block.link_density > 0.3
    ):
        return False
    if _CAPTION_PREFIX.match(block.text):
        return True
    longest = _MAX_UNMARKED_CAPTION_LENGTH_CJK if has_cjk(block.text) else _MAX_UNMARKED_CAPTION_LENGTH
    if len(block.text) > longest or _SENTENCE_END.search(block.text):
        return False
    if block.box is image.box:
        return block.box.tag in ("p", "div", "td", "center", "li") and _starts_paragraph(image, block)
    return block.bold_chars == 0 and _follows_picture(block, image) and (_is_centred(block.box) or _is_italic_or_small(block))


def _is_line_below(block: Block, image: ElementRef) -> bool:
    """Return whether the block is one short line after the image and a single <br>, in text that has no paragraphs."""
    longest = _MAX_UNMARKED_CAPTION_LENGTH_CJK if has_cjk(block.text) else _MAX_UNMARKED_CAPTION_LENGTH
    if block.box is not image.box or len(block.text) > longest or _SENTENCE_END.search(block.text) or block.bold_chars:
        return False
    after = image.element.getnext()
    if after is None or after.tag != "br" or (image.element.tail or "").strip():
        return False
    start = (after.tail or "").strip()[:_COMPARED_PREFIX_LENGTH]
    return bool(start) and block.text.startswith(start)


def _starts_paragraph(image: ElementRef, block: Block) -> bool:
    """Return whether the image's paragraph has no text before the image."""
    between = takewhile(lambda element: element is not block.box.element, image.element.iterancestors())
    return block.box.chars <= 2 * _MAX_UNMARKED_CAPTION_LENGTH and not any(
        _HAS_TEXT_BEFORE(element) for element in (image.element, *between)
    )


def _follows_picture(block: Block, image: ElementRef) -> bool:
    """Return whether the block's box is next to the image's box, or the image's box has no other text."""
    return block.box.parent in (image.box, image.box.parent) and image.box.chars <= len(block.text)


def _is_centred(box: Box) -> bool:
    element = box.element
    return (
        element.tag == "center"
        or (element.get("align") or "").lower() == "center"
        or "center" in (element.get("class") or "").lower()
        or _CENTRED_STYLE.search(element.get("style") or "") is not None
    )


def _is_italic_or_small(block: Block) -> bool:
    """Return whether all of the block's text is in italics or small print."""
    element = block.box.element
    only = element[0] if len(element) == 1 and not (element.text or "").strip() else None
    return only is not None and only.tag in ("em", "i", "small") and not (only.tail or "").strip()


def split_credit(text: str) -> tuple[str | None, str | None]:
    """Split a caption into its text and the credit at its end.

    >>> split_credit("The new plant (Photo: Jane Doe)"), split_credit("© Acme AG")
    (('The new plant', 'Jane Doe'), (None, 'Acme AG'))
    """
    found = _CREDIT.search(text)
    if not found:
        return text or None, None
    return text[: found.start()].strip() or None, found["credit"].strip()
