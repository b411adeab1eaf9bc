"""The links of a page that lead to other pages of the newsroom."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from corpnews.discovery.script_links import find_called_address, find_opening_functions, resolve_call
from corpnews.discovery.vocabulary import READ_MORE_LABELS, READ_MORE_PREFIXES
from corpnews.page.layout import Box, ElementRef, find_first_blocks
from corpnews.web.text import iter_first_texts, normalize_label, normalize_space
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

    from corpnews.page.page import Page

MAX_LINK_LABEL_LENGTH = 60
# What stands between spaces, from its first letter or digit on
_WORD = re.compile(r"[^\W_]\S*")
# Characters of scripts that put no spaces between words, and all characters from the first East Asian one on
_WIDE_CHARACTER = re.compile("[\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7af]")
_WIDE_AND_MORE = re.compile("[\u2e80-\U0010ffff]")
_MAX_LINK_TEXT_LENGTH = 4000
_MAX_CHARS_OF_CLICKABLE_BOX = 500  # with links in it
_CLICK_ATTRIBUTES = ("data-href", "data-url", "data-link")
_CUSTOM_ATTRIBUTES = ("href", "to", "url")  # of the cards and buttons of component libraries: <acme-card href="…">
_ADDRESS_ATTRIBUTES = frozenset(("onclick", *_CLICK_ATTRIBUTES, *_CUSTOM_ATTRIBUTES))
_MAX_INLINE_DEPTH = 40
_MAX_SIBLINGS_BEFORE = 40  # of a button: the nearest text says what it opens


@lru_cache(maxsize=20_000)  # as many as a large page has links, whose texts several readers count one after the other
def count_words(text: str) -> float:
    """Count the words of a text; two characters of a script without spaces count as one word.

    >>> count_words("Acme opens new plant"), count_words("公司新闻动态")
    (4.0, 3.0)
    """
    if text.isascii():
        return float(len(_WORD.findall(text)))
    return len(_WIDE_CHARACTER.findall(text)) / 2 + len(_WORD.findall(_WIDE_AND_MORE.sub(" ", text)))


def read_link_text(element: _Element) -> str:
    """Return a link's text, cut after 4,000 characters."""
    if not len(element):
        return normalize_space(element.text or "")
    pieces, length = [], 0
    for piece in iter_first_texts(element):
        pieces.append(piece)
        length += len(piece)
        if length > _MAX_LINK_TEXT_LENGTH:
            break
    return normalize_space("".join(pieces))


@dataclass(eq=False)
class Anchor:
    """A link to another page.

    Attributes:
        path: A hash of the tags above it.
        label: The text in the form of the vocabulary's labels; empty if it is too long for a label.
        is_read_more: Whether the text has no word or does not name the target: "read more", or a label such as "Open" that links
            to other targets at the same path have too.
    """

    url: str
    key: str
    link_ref: ElementRef
    path: int
    text: str = field(init=False)
    label: str = field(init=False)
    word_count: float = field(init=False)
    is_read_more: bool = field(init=False)

    def __post_init__(self) -> None:
        element = self.link_ref.element
        self.text = read_link_text(element) or normalize_space(element.get("aria-label") or "")
        self.label = normalize_label(self.text) if len(self.text) <= MAX_LINK_LABEL_LENGTH else ""
        self.word_count = count_words(self.text)
        is_usual = self.label in READ_MORE_LABELS or self.label.startswith(READ_MORE_PREFIXES)
        self.is_read_more = not self.word_count or is_usual

    @property
    def box(self) -> Box:
        return self.link_ref.box

    @property
    def is_box(self) -> bool:
        """Whether the link element is a box itself, not inline text in a box."""
        return self.link_ref.element is self.box.element

    def find_text(self, text: str) -> str:
        """Return the link's text as it stands in `text`, a block's, which may have spaces between elements; "" if it does not."""
        if self.text in text:
            return self.text
        places = [at for at, character in enumerate(text) if character != " "]
        own = self.text.replace(" ", "")
        at = text.replace(" ", "").find(own)
        return text[places[at] : places[at + len(own) - 1] + 1] if at >= 0 and own else ""

    @property
    def is_headline(self) -> bool:
        """Whether the text has four words or more, or three before the mark of a cut."""
        least = 3 if self.text.endswith(("…", "...")) else 4
        return self.word_count >= least and not self.is_read_more


class TagPaths:
    """Hashes of the tag names above boxes and links; classes do not count."""

    def __init__(self) -> None:
        self.of_box: dict[int, int] = {}

    def box(self, box: Box) -> int:
        known = self.of_box.get(id(box))
        if known is None:
            above = self.box(box.parent) if box.parent else 0
            known = self.of_box[id(box)] = hash((above, box.tag))
        return known

    def link(self, mark: ElementRef) -> int:
        inline: list[object] = []
        around = mark.element.getparent()
        while around is not None and around is not mark.box.element and len(inline) < _MAX_INLINE_DEPTH:
            inline.append(around.tag)
            around = around.getparent()
        return hash((self.box(mark.box), *inline))


def _find_clickable_boxes(page: Page) -> list[tuple[str, ElementRef]]:
    """Return the boxes that a script makes clickable, each with its URL; links in them are to something else, as to a topic."""
    boxes = []
    for box in page.layout.boxes:
        if _ADDRESS_ATTRIBUTES.isdisjoint(box.element.keys()):
            continue
        if box.link_chars and not 2 * box.link_chars < box.chars <= _MAX_CHARS_OF_CLICKABLE_BOX:
            continue
        names = _CLICK_ATTRIBUTES + (_CUSTOM_ATTRIBUTES if "-" in box.tag else ())
        data = (value for name in names if (value := box.element.get(name)))
        href = find_called_address(box.element.get("onclick") or "") or next(data, None)
        if href and not (box.link_chars and any(link.get("href") == href for link in box.element.iter("a"))):
            boxes.append((href, box))
    firsts = find_first_blocks(page.layout.blocks if boxes else ())
    return [(href, ElementRef(box.element, box, firsts[box])) for href, box in boxes if box in firsts]


def _find_opening_buttons(page: Page) -> list[tuple[str, ElementRef]]:
    """Return the buttons that open a page by script, each with its URL, at the block before it."""
    opened = ((find_called_address(button.get("onclick") or ""), button) for button in page.root.iter("button", "input"))
    buttons = [(href, button) for href, button in opened if href]
    boxes = {box.element: box for box in page.layout.boxes} if buttons else {}
    lasts = {box.element: last for box, last in find_first_blocks(reversed(page.layout.blocks if buttons else ())).items()}
    found = []
    for href, button in buttons:
        box = next((boxes[above] for above in button.iterancestors() if above in boxes), None)
        before = chain(islice(button.itersiblings(preceding=True), _MAX_SIBLINGS_BEFORE), button.iterancestors())
        if box is not None and (index := next((lasts[each] for each in before if each in lasts), None)) is not None:
            found.append((href, ElementRef(button, box, index)))
    return found


def iter_anchors(page: Page, is_wanted: Callable[[str], bool], *, with_own: bool = False) -> Iterator[Anchor]:
    """Yield the links whose URLs are wanted, in document order; those to the page itself only `with_own`."""
    paths, here, functions = TagPaths(), article_key(page.url), find_opening_functions(page)
    called = (resolve_call(mark.element, functions) if functions else None for mark in page.layout.links)
    links = [(href or mark.element.get("href"), mark) for href, mark in zip(called, page.layout.links, strict=True)]
    scripted = (*_find_clickable_boxes(page), *_find_opening_buttons(page))
    for href, mark in sorted((*links, *scripted), key=lambda link: link[1].index):
        url = page.resolve_url(href)
        if url is None or not is_wanted(url):
            continue
        key = article_key(url)
        if with_own or key != here:
            yield Anchor(url, key, mark, paths.link(mark))
