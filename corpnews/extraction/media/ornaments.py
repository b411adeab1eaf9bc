"""Images that are none of an article: ornaments, teasers of other pages, portraits of its author and of people to contact."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.extraction.media.image_urls import get_file_name
from corpnews.extraction.people.person_names import looks_like_name
from corpnews.extraction.release.mail_addresses import EMAIL_ADDRESS, reveal_email
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from corpnews.page.layout import ElementRef

_MIN_IMAGE_SIZE: Final = 50
_MAX_BOXES_TO_CARD: Final = 4
_MAX_CARD_LENGTH: Final = 200
_ORNAMENT_NAME = re.compile(
    r"(?<![a-z])(?:icons?|ico|logos?|avatars?|headshots?|gravatar|sprites?|pixel|tracking|tracker|emojis?|smil(?:ey|ies)|qr|qr-?codes?|erweima|"
    r"badges?|buttons?|btn|share|arrows?|bullets?|spacer|captcha|flags?|rating|stars?|beacon|counter|divider)(?![a-z])",
    re.IGNORECASE,
)
_COUNTER = re.compile(r"\.gif\?[^#]*=")
# What precedes the name in "Headshot of Jane Aker, editor".
_PORTRAIT: Final = re.compile(
    r"(?:[^\W\d_]+ )?(?:pictures?|photos?|headshot|portrait|porträt|images?|avatar|profile|foto|[^\W\d_]*bild|author|autor)"
    r"(?: (?:of|von|de|di|av))?:? ",
    re.IGNORECASE,
)


def is_ornament(element: _Element) -> bool:
    """Return whether an image is too small, or has a class such as icon, logo or avatar."""
    for name in ("width", "height"):
        size = (element.get(name) or "").strip().removesuffix("px")
        if size.isdigit() and size.isascii() and int(size) < _MIN_IMAGE_SIZE:
            return True
    parent = element.getparent()
    names = f"{element.get('class') or ''} {element.get('id') or ''} {parent.get('class') or '' if parent is not None else ''}"
    return _ORNAMENT_NAME.search(names.replace("_", "-")) is not None


def is_teaser(ref: ElementRef) -> bool:
    """Return whether an image is part of a link with text, that is, of a teaser for another page."""
    box = ref.box
    return 2 * box.link_chars > box.chars and next(ref.element.iterancestors("a"), None) is not None


def has_ornamental_name(url: str) -> bool:
    """Return whether the image is an ornament by its name, or a counter: a GIF that is asked for with parameters."""
    if _COUNTER.search(url.lower()):
        return True
    return _ORNAMENT_NAME.search(get_file_name(url)) is not None or url.lower().split("?")[0].endswith(".svg")


def is_portrait_of_contact(ref: ElementRef) -> bool:
    """Return whether the image is in a small box with a mail address: the card of a person to contact."""
    cards = (box for box in islice(ref.box.ancestors(), _MAX_BOXES_TO_CARD) if 0 < box.chars <= _MAX_CARD_LENGTH)
    return any(EMAIL_ADDRESS.search(reveal_email(" ".join(box.element.itertext()))) for box in cards)


def is_portrait_of_author(element: _Element, authors: Iterable[str], title: str) -> bool:
    """Return whether the alternative text of an image names an author, a person, and no more, or says that it is a portrait.

    An author whom the headline names, too, may well be the one that the article is about.
    """
    alt = normalize_space(element.get("alt") or "").casefold()
    for author in authors if alt else ():
        before, found, after = alt.partition(author.casefold())
        if found and looks_like_name(author) and author not in title:
            return (not before and not after) or (_PORTRAIT.fullmatch(before) is not None and not after[:1].isalnum())
    return False
