"""Captions and credits of images."""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from lxml import etree

from corpnews.extraction.agencies import NEWS_AGENCIES, PHOTO_AGENCIES
from corpnews.page.layout import BlockKind
from corpnews.web.text import get_short_text, has_cjk, normalize_space, split_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from corpnews.extraction.media.span import ArticleSpan
    from corpnews.page.layout import Block, Box, ElementRef, Layout

_MAX_CAPTION_LENGTH: Final = 900
# Maximum lengths of captions recognised by a prefix such as "Photo:", and of those recognised by layout alone.
_MAX_PREFIXED_CAPTION_LENGTH: Final = 300
_MAX_UNMARKED_CAPTION_LENGTH: Final = 140
_MAX_UNMARKED_CAPTION_LENGTH_CJK: Final = 60
_MAX_AGENCY_CREDIT_LENGTH: Final = 90
_MIN_STATED_LENGTH: Final = 12
_MAX_CAPTION_BLOCKS: Final = 4
# A line of links in the box of an image with caption buys or enlarges it.
_MAX_LINK_DENSITY: Final = 0.9
# A caption above its image is at most this many blocks before it.
_MAX_BLOCKS_ABOVE: Final = 2
_MAX_BOXES_IN_FIGURE: Final = 8
_MAX_CAPTION_BOXES: Final = 3
_MAX_ELEMENTS_TO_LINK: Final = 3
_MAX_SEARCHED_ELEMENTS: Final = 12
_MAX_LEVEL_OF_LEAD: Final = 2
# Parts of a <figure> that a <figcaption> describes although they are no pictures: they stay in the body with it.
_TEXT_FIGURE_TAGS: Final = ("table", "blockquote", "pre", "code", "ul", "ol", "p")
_COMPARED_PREFIX_LENGTH: Final = 8
_CAPTION_CLASS = re.compile(
    r"caption|credit|legende?|bildunterschrift|bildtext|didascalia|pie-?(?:de-?)?foto|byline-?img|tushuo", re.IGNORECASE
)
_PICTURE_CLASS = re.compile(r"(?<![a-z])(?:im(?:age|agen|agem)|photo|foto|bild|picture)(?![a-z])", re.IGNORECASE)
_CAPTION_PREFIX = re.compile(
    r"^[<〈\[(（【▲△↑◆*]*\s*(?:图\s*[:：为\d]|图片|圖\s*[:：為\d]|"
    r"(?:pictured|photo(?:s|graph)?|image|caption|foto|bild|фото)(?:[\s-]?(?:credits?|courtesy|rights?|quelle|nachweis))?\s*(?::|\d)|写真\s*[:：]|사진(?:\s?설명)?\s*[:=])|^[▲△↑]",
    re.IGNORECASE,
)
# The label of a figure, with a sign behind it: not "Figure 2 shows the hall".
_NUMBERED_PREFIX = re.compile(r"(?:figure|fig\.|abbildung|abb\.|figura|рис(?:унок|\.))\s?\d{1,3}[a-z]?\s?[:.)–—-]", re.IGNORECASE)
_AGENCY = f"(?:AP(?: Photo| Images)|{NEWS_AGENCIES}|{PHOTO_AGENCIES})"
# "Ann Lee / AFP / Getty Images", "Reuters/Ann Lee"
_AGENCY_CREDIT = re.compile(rf"[^.!?:/|]{{2,60}}\s?[/|]\s?{_AGENCY}\b[^.!?:]{{0,40}}|{_AGENCY}\s?/\s?[^.!?:]{{3,50}}")
# What points to the picture, and brackets around the whole caption.
_MARKS = re.compile(r"^[▲△▴↑]\s*|^[<〈](?=[^<>]*[>〉]$)|[>〉]$")
_HAS_TEXT_BEFORE = etree.XPath("boolean(preceding-sibling::node()[normalize-space()])")
# A line of its own below a caption: "© Jane Aker"
_CREDIT_LINE = re.compile(r"(?:©|\(c\)|(?:photo|foto|bild|image)(?:\s?credits?)?\s?[:：])\s?\S", re.IGNORECASE)
# A variable that a template left: "#image_title", "{{ caption }}"
_VARIABLE = re.compile(r"#\w+|\{\{.*\}\}|%\w+%")
# Words in names of photographers and agencies that have no capital.
_PARTICLES: Final = split_terms(
    "for via by of and the courtesy und für von der die das für de du des la le del della di e y et a per en"
)
_MIN_WORDS_OF_PHRASE: Final = 2
_MAX_WORDS_OF_NAME: Final = 4
_SENTENCE_END = re.compile(r"[.!?。！？…؟।:：;；][\"'”’»」』)）\]]*$")
_CENTRED_STYLE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CREDIT = re.compile(
    r"[\s(（\[|,–-]{0,4}"
    r"(?:(?:photo(?:graph)?s?|images?|picture|fotos?|bild|bilder)\s*(?:credits?|courtesy(?: of)?|by|von|di|de|par)?\s*[:：/©]|"
    r"(?:photo(?:s|graphs?)? by|(?:photo |image )?courtesy of|credits?\s*:|crédits?(?: photos?)?\s*:|"
    r"图源|图片来源|圖片來源|摄影|攝影|写真提供|사진 ?제공|사진\s*=|фото)\s*[:：/]?|©|\(c\))"
    r"\s*(?:©\s*)?(?P<credit>[^()（）\[\]]{2,80}?)\s*[)）\]]?\s*\.?$",
    re.IGNORECASE,
)


def find_captions(image: ElementRef, layout: Layout, span: ArticleSpan, following: ElementRef | None = None) -> tuple[Block, ...]:
    """Return the blocks that are the image's caption: by markup, or by layout where the CMS has no markup for captions.

    `following` is the page's next image: what stands below that is its own caption.
    """
    end = image.index + _MAX_CAPTION_BLOCKS
    if following is not None and following.index > image.index:
        end = min(end, following.index)
    near = layout.blocks[image.index : end]
    figure = _find_picture_box(image.box)
    if figure is not None:
        around = layout.blocks[max(0, image.index - _MAX_BLOCKS_ABOVE) : image.index + _MAX_CAPTION_BLOCKS]
        inside = [block for block in around if block.box.is_inside(figure)]
        marked = [block for block in inside if is_marked_caption(block)]
        texts = [block for block in marked if block.link_density < _MAX_LINK_DENSITY]
        if inside:
            return tuple(texts or marked or inside)
    classed = tuple(_take_marked_captions(near))
    if classed:
        return classed
    if not near or near[0].index >= span.end:
        return ()
    below, continued = near[0], len(near) > 1 and near[1].is_after_line_break
    is_caption = _looks_like_caption(below, image) or (not continued and _is_line_below(below, image))
    credit = (
        near[1:2] if len(near) > 1 and len(near[1].text) <= _MAX_AGENCY_CREDIT_LENGTH and _CREDIT_LINE.match(near[1].text) else []
    )
    return (below, *credit) if is_caption else ()


def is_caption_of_no_image(block: Block) -> bool:
    """Return whether the block is the caption in a <figure> of nothing else, as of a film or of a picture that a script loads.

    Or whether it is no more than a photographer and an agency.
    """
    if len(block.text) <= _MAX_AGENCY_CREDIT_LENGTH and not block.links and _AGENCY_CREDIT.fullmatch(block.text):
        return True
    if block.kind is not BlockKind.CAPTION:
        return False
    figure = next((box for box in islice(block.box.ancestors(), _MAX_BOXES_IN_FIGURE) if box.tag == "figure"), None)
    if figure is None or figure.chars > _MAX_CAPTION_LENGTH:
        return False
    caption = block.box.element
    return all(caption in each.iterancestors() for each in figure.element.iter(*_TEXT_FIGURE_TAGS))


def _find_picture_box(box: Box) -> Box | None:
    """Return the box around the image and its caption: a <figure>, or a box with a caption class and little text."""
    for level, around in enumerate(islice(box.ancestors(), _MAX_BOXES_IN_FIGURE)):
        if around.chars > _MAX_CAPTION_LENGTH:
            return None
        if around.tag == "figure":
            return around
        if around.chars and level < _MAX_CAPTION_BOXES and _has_caption_class(around.element):
            return around
    return None


def _take_marked_captions(near: list[Block]) -> Iterator[Block]:
    """Yield the first of `near` as long as they are marked as captions or credits."""
    for block in near:
        if len(block.text) > _MAX_CAPTION_LENGTH or not is_marked_caption(block):
            return
        yield block


def is_marked_caption(block: Block) -> bool:
    """Return whether markup says that the block is a caption or a credit."""
    if block.kind is BlockKind.CAPTION:
        return True
    if block.kind is BlockKind.HEADING and block.level <= _MAX_LEVEL_OF_LEAD:  # a lead in the box of the main picture
        return False
    boxes = [box for box in (block.box, block.box.parent) if box is not None and box.chars <= _MAX_CAPTION_LENGTH]
    return any(_has_caption_class(box.element) for box in boxes) or _is_inside_marked_element(block)


def _is_inside_marked_element(block: Block) -> bool:
    """Return whether the block is all the text of its box, and of an inline element with a caption class in it."""
    if block.box.chars != len(block.text):
        return False
    elements = islice(block.box.element.iterdescendants("span", "em", "i", "small"), _MAX_SEARCHED_ELEMENTS)
    return any(_has_caption_class(each) and get_short_text(each) == block.text for each in elements)


def _has_caption_class(element: _Element) -> bool:
    """Return whether a class name says caption; utility classes such as prose-figcaption:text-white do not count."""
    names = (element.get("class") or "").split()
    return element.get("itemprop") == "caption" or any(_CAPTION_CLASS.search(name) for name in names if ":" not in name)


def _looks_like_caption(block: Block, image: ElementRef) -> bool:
    """Return whether the block is a short text but no sentence, in the image's paragraph, or centred or italic below it."""
    if (
        block.kind is BlockKind.HEADING
        or block.kind is BlockKind.TABLE_ROW
        or len(block.text) > _MAX_PREFIXED_CAPTION_LENGTH
        or block.link_density > 0.3
    ):
        return False
    if _says_caption(block) or (block.box is image.box and _CREDIT.search(block.text) and _starts_paragraph(image, block)):
        return True
    if not _is_short_line(block.text):
        return False
    if any(_states(text, block.text) for text in map(normalize_space, _iter_stated_texts(image.element))):
        return True
    if block.box is image.box:
        return block.box.tag in ("p", "div", "td", "center", "li") and _starts_paragraph(image, block)
    is_apart = block.box.tag == "td" or _is_centred(block.box) or _is_italic_or_small(block) or _is_in_picture_box(block.box)
    return block.bold_chars == 0 and is_apart and _follows_picture(block, image)


def _says_caption(block: Block) -> bool:
    """Return whether a line says that it belongs to a picture: "Photo: …", "Figure 2: …", "© Jane Aker", no page's copyright."""
    if _CAPTION_PREFIX.match(block.text) or _NUMBERED_PREFIX.match(block.text):
        return True
    is_short = len(block.text) <= _MAX_AGENCY_CREDIT_LENGTH and not any(map(str.isdigit, block.text))
    return is_short and not block.links and _CREDIT_LINE.match(block.text) is not None


def _states(stated: str, text: str) -> bool:
    """Return whether what an image's attribute states is a text, or begins with it: "The new hall - photo: Acme"."""
    return stated == text or (len(text) >= _MIN_STATED_LENGTH and stated.startswith(text) and not stated[len(text)].isalnum())


def _iter_stated_texts(image: _Element) -> Iterator[str]:
    """Yield what attributes of an image, and of the link around it, say of it."""
    link = next((each for each in islice(image.iterancestors(), _MAX_ELEMENTS_TO_LINK) if each.tag == "a"), None)
    yield from (image.get("alt") or "", image.get("title") or "", (link.get("title") or "") if link is not None else "")


def _is_short_line(text: str) -> bool:
    """Return whether a text is as short as captions are, and no sentence; each image of a long text asks."""
    if len(text) > _MAX_UNMARKED_CAPTION_LENGTH:
        return False
    longest = _MAX_UNMARKED_CAPTION_LENGTH_CJK if has_cjk(text) else _MAX_UNMARKED_CAPTION_LENGTH
    return len(text) <= longest and _SENTENCE_END.search(text) is None


def _is_line_below(block: Block, image: ElementRef) -> bool:
    """Return whether the block is one short line after the image and a single <br>, in text that has no paragraphs."""
    if block.box is not image.box or block.bold_chars or not _is_short_line(block.text):
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
    """Return whether the block is next to the image's box, in boxes of no other text, or the whole text of the image's table."""
    own = takewhile(lambda box: box.chars <= len(block.text), islice(block.box.ancestors(), _MAX_CAPTION_BOXES))
    widest = [block.box, *own][-1]
    if widest.tag == "table" and image.box.is_inside(widest):
        return True
    return widest.parent in (image.box, image.box.parent) and image.box.chars <= len(block.text)


def _is_in_picture_box(box: Box) -> bool:
    """Return whether the box around has no other text, and is named after a picture."""
    return box.parent is not None and box.parent.chars <= box.chars and _PICTURE_CLASS.search(box.parent.class_names) is not None


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

    >>> split_credit("The new plant (Photo: Jane Doe)"), split_credit("© Acme AG"), split_credit("Photo: Two halls at the coast")
    (('The new plant', 'Jane Doe'), (None, 'Acme AG'), ('Two halls at the coast', None))
    """
    text = _MARKS.sub("", text)
    if _VARIABLE.fullmatch(text):
        return None, None
    found = _CREDIT.search(text)
    if not found:
        is_credit = len(re.split(r"[/|]", text)[0].split()) <= _MAX_WORDS_OF_NAME and _AGENCY_CREDIT.fullmatch(text)
        return (None, text.lstrip("© ")) if is_credit else (text or None, None)
    caption, credit = text[: found.start()].strip(), found["credit"].strip(" '‘’")
    return (credit, None) if not caption and _is_phrase(credit) else (caption or None, credit)


def _is_phrase(text: str) -> bool:
    """Return whether a text says what a picture shows, by its words without a capital: "Jane Aker at the opening in Oslo"."""
    words = [word for word in text.split() if word.isalpha() and word.islower() and word not in _PARTICLES]
    return len(words) >= _MIN_WORDS_OF_PHRASE and "/" not in text
