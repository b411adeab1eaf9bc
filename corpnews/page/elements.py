"""How the walk over a page treats an element: as a box, as part of a text, as a picture or player, or not at all."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.page.layout import Zone
from corpnews.page.zones import MAX_CLASS_LENGTH, get_zone_of_names, is_invisible_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

BOX_TAGS: Final = frozenset(
    "html body div p section article main header footer nav aside h1 h2 h3 h4 h5 h6 ul ol li dl dt dd menu dir table caption "
    "thead tbody tfoot tr td th colgroup col blockquote pre figure figcaption address form fieldset legend details summary "
    "center hgroup search dialog frameset frame optgroup listing noframes xmp plaintext marquee applet slot".split()
)
SKIPPED_TAGS: Final = frozenset(
    "script style template svg object embed select button input textarea option head canvas map iframe video audio noscript "
    "title datalist noembed rt rp amp-youtube amp-vimeo amp-video amp-iframe amp-brightcove lite-youtube lite-vimeo "
    "youtube-video".split()
)
PLAYER_TAGS: Final = frozenset(
    "iframe video audio embed object amp-youtube amp-vimeo amp-video amp-iframe amp-brightcove lite-youtube lite-vimeo "
    "youtube-video".split()
)
IMAGE_TAGS: Final = frozenset(("img", "amp-img", "amp-anim"))
# Elements that may have a copy of the page's text which browsers with scripts do not show, and the least length of one.
COPY_TAGS: Final = ("noscript", "template")
_MIN_COPY_LENGTH: Final = 200
_MAX_FIRST_ELEMENTS: Final = 200
_SPAN_TAGS: Final = (
    "abbr acronym bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q ruby s samp small span strike sub "
    "time tt u var"
).split()
# Tags that end a run of text and contain none themselves.
_VOID_TAGS: Final = ("meta", "link", "base", "hr")
_HEAD_TAGS: Final = frozenset("meta link base title script style noscript template object".split())

# What the walk does with an element by its tag; a tag that is not in the table is custom, see is_inline_custom.
AS_BOX, AS_TEXT, AS_SKIPPED, AS_STYLE, AS_MARKER, AS_SPAN, AS_SUPERSCRIPT, AS_FORMULA, AS_CUSTOM = range(9)
ROLE_BY_TAG: Final = {
    **dict.fromkeys(BOX_TAGS, AS_BOX),
    **dict.fromkeys(_SPAN_TAGS, AS_SPAN),
    **dict.fromkeys(("picture", "source", "wbr"), AS_TEXT),
    **dict.fromkeys(SKIPPED_TAGS, AS_SKIPPED),
    **dict.fromkeys(("a", "b", "strong"), AS_STYLE),
    **dict.fromkeys((*_VOID_TAGS, "br", *IMAGE_TAGS), AS_MARKER),
    "sup": AS_SUPERSCRIPT,
    "math": AS_FORMULA,
}
_HEADING_TAGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"))
_ACCORDION_CLASS = re.compile(r"accordion|\bfaq|question|collaps", re.IGNORECASE)
_TOOLTIP_CLASS = re.compile(r"(?:^|[\s_-])tooltip-?(?:text|content)?(?:$|\s)", re.IGNORECASE)
_SCREEN_READER_CLASS = re.compile(r"screen-?reader|sr-?only|visually-?hidden", re.IGNORECASE)
# What screen readers say of a link: "(opens in a new window)", "external link".
_NOTE_ON_LINK = re.compile(
    r"\s*(?:\(.*\)|.*\b(?:window|tab|fenster|fenêtre|onglet|ventana|pestaña|janela|finestra|scheda|venster|tabblad|okn\w+|karcie|"
    r"kartě|fönster|flik|vindue?|fane|ikkuna\w*|välilehte\w*|pencere\w*|sekme\w*|окн\w+|вкладк\w+|extern\w*)\b.*|"
    r".*(?:ウィンドウ|タブ|窗口|標籤|새 ?창|탭).*)",
    re.IGNORECASE | re.DOTALL,
)
_MAX_NOTE_LENGTH = 80
# Fonts that draw an icon in place of its name: <i class="material-icons">mail_outline</i>.
_ICON_FONT_CLASS = re.compile(r"\bmaterial-(?:icons|symbols)", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_BLOCK_CLASSES: Final = frozenset(("block", "d-block", "flex", "d-flex"))
# Descendants of a custom element that are looked at: one with more is taken for a box.
_MAX_SEARCHED_DESCENDANTS: Final = 12
_MAX_SUPERSCRIPT_LENGTH: Final = 3
_SUPERSCRIPTS: Final = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_MAX_TEXTS: Final = 200
_PARTS_OF_FIGURE: Final = 2

NO_GAP, SOFT_GAP, WIDE_GAP = range(3)


def is_text_of_skipped(element: _Element, tag: str) -> bool:
    """Return whether an element that usually has no text of the page has some.

    A declarative shadow root; a button that is the heading of an accordion; a head or button that has the page's content
    because a tag is missing.
    """
    if tag == "template":
        return element.get("shadowrootmode") is not None or element.get("shadowroot") is not None
    if tag == "button":
        parent = element.getparent()
        heads = element.get("aria-expanded") is not None and (
            (parent is not None and parent.tag in _HEADING_TAGS)
            or _ACCORDION_CLASS.search(element.get("class") or "") is not None
        )
        return heads or next(element.iter("main", "article"), None) is not None
    return tag == "head" and len(element) > 0 and isinstance(element[-1].tag, str) and element[-1].tag not in _HEAD_TAGS


def follows_image(element: _Element) -> bool:
    """Return whether the element is the copy, for browsers without scripts, of the image before or around it."""
    previous, parent = element.getprevious(), element.getparent()
    return (parent is not None and parent.tag in IMAGE_TAGS) or (
        previous is not None and next(previous.iter(*IMAGE_TAGS), None) is not None
    )


def is_inline_custom(element: _Element, tag: str) -> bool:
    """Return whether a custom or unknown element is part of a text, as Word's <st1:place> is.

    Others are boxes: those that contain boxes, and those with no text next to them.
    """
    if ":" in tag:
        return next(element.iterchildren("p", "div", "ul", "table"), None) is None
    inner = list(islice(element.iterdescendants(), _MAX_SEARCHED_DESCENDANTS))
    if len(inner) == _MAX_SEARCHED_DESCENDANTS or any(each.tag in BOX_TAGS for each in inner):
        return False
    previous, parent = element.getprevious(), element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else None
    return bool((before and not before.isspace()) or (element.tail and not element.tail.isspace()))


def is_comment_counter(element: _Element) -> bool:
    """Return whether an inline element is the number of comments on the paragraph in which it stands."""
    text = element.text
    return bool(text and text.isdigit() and get_zone_of_names(element.get("class") or "") & Zone.COMMENT)


class _InlineLook(NamedTuple):
    """What class names say of an inline element; unseen is what screen readers say."""

    is_icon: bool
    is_tooltip: bool
    is_apart: bool
    is_of_comments: bool
    is_unseen: bool


@lru_cache(maxsize=4_000)
def _describe_inline(classes: str) -> _InlineLook:
    zone = get_zone_of_names(classes)
    is_unseen = is_for_screen_readers(classes)
    is_block = not _BLOCK_CLASSES.isdisjoint(classes.split()) or is_unseen
    return _InlineLook(
        is_icon=_ICON_FONT_CLASS.search(classes) is not None,
        is_tooltip=_TOOLTIP_CLASS.search(classes) is not None,
        is_apart=is_block or bool(zone & Zone.META),
        is_of_comments=bool(zone & Zone.COMMENT),
        is_unseen=is_unseen,
    )


def is_for_screen_readers(classes: str) -> bool:
    """Return whether class names say that an element is to be read out, and not seen."""
    return _SCREEN_READER_CLASS.search(classes) is not None


def _is_note_on_link(element: _Element) -> bool:
    """Return whether an element that is read out says no more than where the link around it opens."""
    text = element.text or ""
    return len(text) <= _MAX_NOTE_LENGTH and len(element) == 0 and _NOTE_ON_LINK.fullmatch(text) is not None


def is_hidden_inline(element: _Element, attributes: dict[str, str]) -> bool:
    """Return whether an inline element is not shown, shows an icon in place of its text, or counts comments."""
    style, classes = attributes.get("style"), attributes.get("class")
    if "hidden" in attributes or attributes.get("role") == "tooltip" or (style and is_invisible_style(style)):
        return True
    if not classes:
        return False
    look = _describe_inline(classes[:MAX_CLASS_LENGTH])
    if look.is_icon or (look.is_of_comments and is_comment_counter(element)):
        return True
    if look.is_unseen and _is_note_on_link(element):
        return True
    return look.is_tooltip and len(element) == 0 and "title" not in attributes


def get_gap(element: _Element, tag: str, attributes: dict[str, str]) -> int:
    """Return how far an inline element stands apart from the text next to it when no space is between them.

    WIDE_GAP for labels, dates and what is styled as a block; SOFT_GAP for one of two neighbours with class names of their own.
    """
    classes, style = attributes.get("class"), attributes.get("style")
    if tag == "time" or (style and _BLOCK_STYLE.search(style)):
        return WIDE_GAP
    if not classes:
        return NO_GAP
    if _describe_inline(classes[:MAX_CLASS_LENGTH]).is_apart:
        return WIDE_GAP
    previous = element.getprevious()
    is_pair = previous is not None and not previous.tail and (previous.tag != tag or previous.get("class") is not None)
    if is_pair and previous is not None and _is_label_of_figure(element, previous):
        return WIDE_GAP
    return SOFT_GAP if is_pair else NO_GAP


def _is_label_of_figure(element: _Element, previous: _Element) -> bool:
    """Return whether the two elements are all that their box has, a figure and what it counts: "31%" and "fewer peaks"."""
    box, figure = element.getparent(), (previous.text or "").strip()
    is_whole = (
        box is not None and len(box) == _PARTS_OF_FIGURE and not (box.text or "").strip() and not (element.tail or "").strip()
    )
    return is_whole and previous.get("class") != element.get("class") and any(map(str.isdigit, figure))


def needs_space(before: str, after: str, gap: int) -> bool:
    """Return whether a space belongs between two texts, the last and the first character of which are given.

    >>> needs_space("l", "F", SOFT_GAP), needs_space("D", "F", SOFT_GAP), needs_space("4", "5", WIDE_GAP)
    (True, False, True)
    """
    if not ((before.isalnum() or (before == "%" and gap == WIDE_GAP)) and after.isalnum()):
        return False
    return (
        gap == WIDE_GAP or ((before.islower() or before.isdigit()) and after.isupper()) or (before.islower() and after.isdigit())
    )


def read_superscript(element: _Element) -> str | None:
    """Return a number in superscript as superscript characters, so that it stays apart from a figure before it; else None."""
    text = "".join(islice(element.itertext(), _MAX_SUPERSCRIPT_LENGTH + 1)).strip()
    is_number = len(text) <= _MAX_SUPERSCRIPT_LENGTH and text.lstrip("-−+").isdecimal() and text[-1:].isascii()
    is_fraction = (element.tail or "")[:1] in ("/", "⁄")
    return text.translate(_SUPERSCRIPTS) if is_number and not is_fraction else None


def read_formula(element: _Element) -> str:
    """Return a MathML formula as a line of text: 2.71×10⁻⁴."""
    pieces: list[str] = []
    for node in islice(element.iter(), _MAX_TEXTS):
        text = node.text if isinstance(node.tag, str) and node.tag not in ("annotation", "annotation-xml") else None
        if node.tag in ("msqrt", "mroot"):
            pieces.append("√")
        if text and text.strip():
            pieces.append(text.strip().translate(_SUPERSCRIPTS) if _is_exponent(node) else text.strip())
    return "".join(pieces)


def _is_exponent(node: _Element) -> bool:
    """Return whether a MathML element is, or is in a row that is, the second part of an <msup>."""
    for each in islice((node, *node.iterancestors()), 3):
        parent = each.getparent()
        if parent is not None and parent.tag == "msup":
            return parent[-1] is each
    return False


def is_copy_of_page(element: _Element) -> bool:
    """Return whether a <noscript> or <template> has paragraphs or a list of the page, not just a request to enable scripts."""
    if next(element.iter("p", "article", "h1", "li"), None) is None:
        return False
    return sum(len(text.strip()) for text in islice(element.itertext(), _MAX_TEXTS)) >= _MIN_COPY_LENGTH


def iter_first_inside(element: _Element, tag: str) -> Iterator[_Element]:
    """Yield the elements with a tag among the first in an element; one that is never closed has the rest of the page in it."""
    return (each for each in islice(element.iter(), _MAX_FIRST_ELEMENTS) if each.tag == tag)


def decode_protected_mail(code: str) -> str:
    """Return the mail address in the form that protects addresses from robots: hexadecimal, the first byte the key.

    >>> decode_protected_mail("42282d0223212f276c273a232f322e27")
    'jo@acme.example'
    """
    try:
        key, *letters = bytes.fromhex(code)
        mail = bytes(key ^ letter for letter in letters).decode()
    except ValueError:
        return ""
    return mail if mail.isprintable() else ""
