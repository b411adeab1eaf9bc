"""Zones of a page: what an element's tag, role, class and id say about its content."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from corpnews.page.layout import Zone

if TYPE_CHECKING:
    from lxml.etree import _Element

    from corpnews.page.layout import Box

_ZONE_BY_TAG = {
    "nav": Zone.NAV,
    "menu": Zone.NAV,
    "header": Zone.HEADER,
    "footer": Zone.FOOTER,
    "aside": Zone.ASIDE,
    "form": Zone.FORM,
    "dialog": Zone.HIDDEN,
    "article": Zone.BODY,
    "main": Zone.BODY,
}

_ZONE_BY_ROLE = {
    "navigation": Zone.NAV,
    "menu": Zone.NAV,
    "menubar": Zone.NAV,
    "banner": Zone.HEADER,
    "contentinfo": Zone.FOOTER,
    "complementary": Zone.ASIDE,
    "search": Zone.FORM,
    "dialog": Zone.HIDDEN,
    "alertdialog": Zone.HIDDEN,
    "main": Zone.BODY,
    "article": Zone.BODY,
}

# Of boxes that ask for consent to cookies; the tools that make them give them their own names.
_CONSENT_NAMES: Final = (
    "cookie cookies consent gdpr dsgvo eprivacy cookiebanner cookiebar cookiebox cookieconsent cookiedialog cookiehint "
    "cookieinfo cookielaw cookielayer cookiemessage cookiemodal cookienote cookienotice cookieoverlay cookiepopup "
    "cookiesettings cookiewarning cookiefirst cookiehub cookiescript cookieyes cookiebot axeptio cky cmpbox cybot didomi "
    "iubenda klaro onetrust osano rcb tarteaucitron termly trustarc truste usercentrics"
)
# Words of class names and ids in common templates; a name is split at hyphens, underscores and capitals first.
_ZONE_WORDS: Final = {
    Zone.NAV: (
        "nav navbar navigation menu submenu menubar breadcrumb breadcrumbs crumb crumbs pagination pager paging "
        "pagenav toc tabs skip sitemap langs language languages lang topnav subnav sidenav mainnav megamenu hamburger "
        "offcanvas prevnext nextprev prev next previous wegweiser weizhi daohang"
    ),
    Zone.HEADER: "header masthead topbar banner logo branding",
    Zone.FOOTER: "footer foot copyright copyrights colophon imprint beian",
    Zone.ASIDE: "sidebar side aside rail",
    Zone.HIDDEN: f"popup modal overlay lightbox dialog toast tooltip offscreen visuallyhidden {_CONSENT_NAMES}",
    Zone.FORM: "search searchbox searchform newsletter subscribe subscription signup login register captcha poll",
    Zone.SHARE: (
        "share shares sharing sharer social socials sns addthis addtoany bdsharebuttonbox jiathis bshare sociable "
        "follow print printer fontsize weixin wechat qrcode tools toolbar toolbox backto goback"
    ),
    Zone.RELATED: (
        "related relatedposts recommended recommend recommendation recommendations similar suggested teaser teasers "
        "popular trending recent readmore morenews xiangguan tuijian linked promo"
    ),
    Zone.COMMENT: "comment comments commentlist respond disqus discussion reply replies",
    Zone.AD: (
        "ad ads advert advertisement advertising sponsor sponsored adsbygoogle dfp taboola outbrain anzeige werbung reklama cta"
    ),
    Zone.META: (
        "meta byline date time author authors tag tags category categories info views hits postmeta published posted timestamp"
    ),
    Zone.BODY: (
        "article articlebody body content entry post story text news detail details maincontent release press main "
        "single richtext wysiwyg editor prose neirong xiangqing zhengwen"
    ),
}
_ZONE_BY_WORD = {word: zone for zone, words in _ZONE_WORDS.items() for word in words.split()}
_DIALOG_ROLES: Final = frozenset(("dialog", "alertdialog"))
_CONSENT_WORDS: Final = frozenset(_CONSENT_NAMES.split())
# Attributes that get_zone_of_state reads; most elements have none of them.
STATE_ATTRIBUTES: Final = frozenset(("role", "hidden", "aria-hidden", "aria-modal", "style"))
# Longer lists of class names are topics of an article.
MAX_NAMES_LENGTH: Final = 200
# Longer class attributes are cut: what is read of them is cached.
MAX_CLASS_LENGTH: Final = 500
_NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# The head of an item that opens is text of the page.
_HEAD_OF_ITEM = re.compile(
    r"(?<![a-z])(?:accordion|toggle|collaps\w+|faq|expand\w+)[-_ ]{0,2}(?:[a-z]+[-_]{1,2})?header(?![a-z])", re.IGNORECASE
)
_INVISIBLE_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


# Class names of a box that contains more than this share of the page's text outside links are ignored.
_MAX_ZONE_SHARE: Final = 0.5
_MIN_LARGE_BOX_CHARS: Final = 300
_ZONES_OF_LARGE_BOXES: Final = Zone.BODY | Zone.COMMENT | Zone.HIDDEN


@lru_cache(maxsize=20_000)
def get_zone_of_names(names: str) -> int:
    """Return the zone bits of the words in class names and ids; names with a colon (responsive variants) are ignored.

    >>> get_zone_of_names("post-share entryFooter") == Zone.SHARE | Zone.FOOTER | Zone.BODY
    True
    """
    if ":" in names:
        names = " ".join(name for name in names.split() if ":" not in name)
    zone = Zone.NONE
    if "eader" in names:
        names = _HEAD_OF_ITEM.sub(" ", names)
    for word in map(str.lower, _NAME_WORD.findall(names)):
        if word in _ZONE_BY_WORD:
            zone |= _ZONE_BY_WORD[word]
    return zone


def get_zone_of_tag(tag: str, classes: str) -> int:
    """Return the zone bits of an element's tag and class names."""
    return _ZONE_BY_TAG.get(tag, Zone.NONE) | get_zone_of_names(classes[:MAX_NAMES_LENGTH])


def get_zone_of_state(element: _Element) -> int:
    """Return the zone bits of an element's role, and Zone.HIDDEN if its attributes hide it."""
    zone = _ZONE_BY_ROLE.get(element.get("role", "").lower(), Zone.NONE)
    is_hidden = is_hidden_by_state(element) or element.get("aria-hidden") == "true" or element.get("aria-modal") == "true"
    return zone | Zone.HIDDEN if is_hidden else zone


def is_dialog(box: Box) -> bool:
    """Return whether the box is a dialog by its role, or the consent to cookies by its names; not if it has most of the text."""
    if not box.zone & box.own_zone & Zone.HIDDEN:
        return False
    element = box.element
    is_dialog_by_role = element.get("role", "").lower() in _DIALOG_ROLES or element.get("aria-modal") == "true"
    names = f"{box.class_names} {element.get('id', '')}"[:MAX_NAMES_LENGTH]
    return box.tag == "dialog" or is_dialog_by_role or not _CONSENT_WORDS.isdisjoint(map(str.lower, _NAME_WORD.findall(names)))


def is_hidden_by_state(element: _Element) -> bool:
    """Return whether the element's own attributes hide it.

    The body of an article, by schema.org's name, is not hidden: a script shows it, to subscribers or after the advertisements.
    """
    is_hidden = element.get("hidden") is not None or is_invisible_style(element.get("style") or "")
    return is_hidden and "articleBody" not in (element.get("id"), element.get("itemprop"))


def is_invisible_style(style: str) -> bool:
    """Return whether a style attribute hides its element; animations that fade in start with hidden elements, too."""
    return _INVISIBLE_STYLE.search(style) is not None and "animation" not in style


def inherit_zones(boxes: list[Box]) -> None:
    """Set each box's zone from its own bits and its ancestors'.

    A box with most of the page's text keeps Zone.BODY alone. If the page's <h1> is elsewhere, it also keeps what says that it is
    a dialog or comments, or a <nav>: a menu may describe each of its pages. It keeps all its zones if its text is short: on a
    page of one line, the footer has most of the text. A <form> around the <h1> is the page's own, as ASP.NET has it.
    """
    most = _MAX_ZONE_SHARE * (boxes[0].chars - boxes[0].link_chars) if boxes else 0
    around_title = {box for title in boxes if title.tag == "h1" for box in title.ancestors()}
    for box in boxes:
        zone, parent, chars = box.own_zone, box.parent, box.chars - box.link_chars
        if zone and (parent is None or box.tag == "body" or chars > most):
            is_beside_title = bool(around_title) and box not in around_title
            if not is_beside_title:
                zone &= Zone.BODY
            elif chars > _MIN_LARGE_BOX_CHARS:
                zone &= _ZONES_OF_LARGE_BOXES | (Zone.NAV if box.tag == "nav" else Zone.NONE)
        elif box.tag == "form" and box in around_title:
            zone &= ~Zone.FORM
        box.zone = zone if parent is None else parent.zone | zone
