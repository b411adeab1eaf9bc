"""Author names that are marked up as such: by rel, itemprop, class or a link to the author's page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from corpnews.extraction.people.person_names import MAX_BYLINE_LENGTH
from corpnews.page.zones import MAX_CLASS_LENGTH
from corpnews.web.text import CAMEL_CASE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from corpnews.page.layout import Block

_MAX_AUTHOR_ELEMENTS: Final = 20
# Classes that say how an element looks: "has-link-color".
_STYLE_PREFIXES: Final = ("has-", "is-")

# Words of class names in several languages; those of the second say that a box contains something else about the author.
_AUTHOR_CLASS = re.compile(
    r"(?<![a-z])(?:authors?|byline|(?:posted|written|published|article|post|entry)-by|writer|creator|contributor|username|autor|autorin|autoren|auteur|autore|redacteur|"
    r"reporter|journalist|zuozhe|verfasser|yazar|penulis)(?![a-z])"
)
_OTHER_AUTHOR_CLASS = re.compile(
    r"(?<![a-z])(?:bio|description|desc|avatar|image|photo|job|title|role|position|social|links?|more|comment|comments|"
    r"count|posts|badge|label|level)(?![a-z])"
)
_AUTHOR_PAGE_URL = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|people|profiles?|profil|staff|contributors?|writers?|experts?|by|users?|members?|"
    r"reporters?|redaktion|redakteure?|team|yazar)/"
    r"(?!(?:index\.\w+|register|registration|sign-?(?:up|in)|log-?(?:in|out)|password|edit)\b)[^/?#]+/?$|"
    r"/@[^/?#]+/?$|[?&]author=\w+$"
)
_NAME_SEPARATOR = re.compile(r"[|·•\n]")
_PHRASE_TAGS = frozenset(("a", "span", "strong", "b", "em", "cite", "i", "small", "address"))


def find_marked_authors(block: Block) -> Iterator[str]:
    """Yield the texts of elements in and around the block that are marked as the author's name."""
    box = block.box
    may_have_phrases = box.chars <= MAX_BYLINE_LENGTH and (len(box.element) > 0 or box.tag in _PHRASE_TAGS)
    phrases = [part for part in box.element.iter() if _is_author_phrase(part)] if may_have_phrases else []
    if phrases:
        yield from (" ".join(part.itertext()) for part in _iter_innermost(phrases[:_MAX_AUTHOR_ELEMENTS]))
    elif any(_is_author_element(each.element) for each in (box, box.parent) if each and each.chars <= MAX_BYLINE_LENGTH):
        yield from (piece for text in box.element.itertext() for piece in _NAME_SEPARATOR.split(text))


def _is_author_phrase(element: _Element) -> bool:
    return element.tag in _PHRASE_TAGS and _is_author_element(element) and not _is_portrait(element)


def _is_portrait(element: _Element) -> bool:
    """Return whether the element holds a picture alone. (One without anything is the place of a name that is not given.)"""
    return next(element.iter("img", "svg"), None) is not None and not any(map(str.strip, element.itertext()))


def _iter_innermost(elements: list[_Element]) -> Iterator[_Element]:
    """Yield those of `elements`, which are in document order, that contain none of the others."""
    for element, following in zip(elements, [*elements[1:], None], strict=True):
        if following is None or element not in following.iterancestors():
            yield element


def _is_author_element(element: _Element) -> bool:
    if not (attributes := element.keys()):
        return False
    if "rel" in attributes and "author" in element.get("rel", "").split():
        return True
    if "itemprop" in attributes and element.get("itemprop") == "author":
        return True
    names, href = (element.get(name) if name in attributes else None for name in ("class", "href"))
    return (href is not None and _AUTHOR_PAGE_URL.search(href) is not None) or (
        names is not None and _is_author_class(names[:MAX_CLASS_LENGTH])
    )


@lru_cache(maxsize=2_000)
def _is_author_class(names: str) -> bool:
    """Return whether class names say that an element contains an author's name.

    >>> _is_author_class("entry__authorName"), _is_author_class("author-bio"), _is_author_class("authorized")
    (True, False, False)
    """
    names = " ".join(name for name in names.split() if not name.startswith(_STYLE_PREFIXES))
    names = CAMEL_CASE_BREAK.sub("-", names).lower().replace("_", "-")
    return _AUTHOR_CLASS.search(names) is not None and _OTHER_AUTHOR_CLASS.search(names) is None
