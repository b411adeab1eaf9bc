"""A parsed page, and what several of its readers share."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html
from w3lib.html import strip_html5_whitespace

from corpnews.extraction.markup import fit_to_parse
from corpnews.extraction.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from corpnews.extraction.blocks import Layout

EMPTY_PAGE = b"<html><body></body></html>"
# A path from the host's root that needs no resolving: it has no steps up, and nothing that is not written so in a URL.
PLAIN_PATH = re.compile(r"/(?!/)[\w/%+~-]*(?:\.\w+)?(?:\?[\w%&=+-]+)?", re.ASCII)
# A whole URL that is written as it would be after it was taken apart and put together.
PLAIN_URL = re.compile(r"https?://[\w.-]+(?:/[\w/%+.,~:@!$&'()*=-]*(?:\?[\w%&=+.,~:/-]+)?)?", re.ASCII)
URL_CHARACTERS = ":/?#@!$&'()*+,;=%~"


def html_parser() -> etree.HTMLParser[etree._Element]:
    """A parser that makes lxml.html's elements without asking Python code for the class of each, half the time of a walk.

    It drops what no reader sees, and keeps no table of ids.
    """
    parser = etree.HTMLParser(
        recover=True, encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement))
    return parser


PARSER = html_parser()


def parsed(html: bytes) -> HtmlElement:
    """The root of the tree of `html`; that of an empty page where there is none, as in a bare doctype."""
    root = cast("HtmlElement | None", etree.fromstring(html, PARSER)) if html else None
    return root if root is not None else parsed(EMPTY_PAGE)


def readable(url: str) -> str:
    """`url`, escaped where it is no URL that could be taken apart or written down.

    >>> readable("https://[example.com/news"), readable("https://example.com/新闻")
    ('https://%5Bexample.com/news', 'https://example.com/新闻')
    """
    try:
        urlsplit(url)
        url.encode()
    except ValueError:
        return quote(url, safe=URL_CHARACTERS, errors="replace")
    return url


def joined(base: str, href: str) -> str | None:
    """The http(s) URL, without fragment, to which `href` leads from `base`, if to any."""
    if not href or href.startswith("#"):
        return None
    try:
        parts = urlsplit(href if href.startswith(("https://", "http://")) else urljoin(base, href))
        host = parts.hostname
    except ValueError:
        return None
    return parts._replace(fragment="").geturl() if parts.scheme in ("http", "https") and host else None


class Page:
    """One page: its URL and its lxml tree, parsed once and never changed.

    `is_cut_short` says that the page was longer than any article's, and only its start was read.
    """

    def __init__(self, url: str, root: HtmlElement, *, is_cut_short: bool = False) -> None:
        self.url = readable(url)
        self.root = root
        self.is_cut_short = is_cut_short
        self._absolute: dict[str, str | None] = {}

    @classmethod
    def from_html(cls, html: bytes | str, url: str, content_type: str | None = None) -> Page:
        """Parse `html`, whatever it is; `content_type` is the HTTP header, which may name the encoding."""
        data, is_cut_short = fit_to_parse(html, content_type)
        return cls(url, parsed(data), is_cut_short=is_cut_short)

    @cached_property
    def base_url(self) -> str:
        """The URL that the page's relative links start from."""
        href = next((base.get("href") for base in self.root.iter("base") if base.get("href")), "")
        try:
            return urljoin(self.url, strip_html5_whitespace(href or ""))
        except ValueError:
            return self.url

    @cached_property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").lower()

    @cached_property
    def layout(self) -> Layout:
        """The page's blocks of text, its boxes, links and pictures."""
        return segment(self.root)

    @cached_property
    def meta(self) -> dict[str, str]:
        """The content of the page's meta elements by lower-case name, property or itemprop; the first of a name wins."""
        found: dict[str, str] = {}
        for element in self.root.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop")
            content = (element.get("content") or "").strip()
            if name and content:
                found.setdefault(name.strip().lower(), content)
        return found

    @cached_property
    def language_tag(self) -> str | None:
        """What the page says its language is (`<html lang>`), unchecked."""
        return (self.root.get("lang") or self.root.get("xml:lang") or "").strip() or None

    def absolute(self, href: str | None) -> str | None:
        """`href` as an absolute http(s) URL without fragment, or None when it leads nowhere (mailto:, javascript:, #)."""
        if not href or href.startswith("#"):
            return None
        if href not in self._absolute:
            self._absolute[href] = self._resolved(href)
        return self._absolute[href]

    def _resolved(self, href: str) -> str | None:
        if PLAIN_URL.fullmatch(href):
            return href
        if self._origin and PLAIN_PATH.fullmatch(href):
            return f"{self._origin}{href}"
        return joined(self.base_url, strip_html5_whitespace(href))

    @cached_property
    def _origin(self) -> str | None:
        """The scheme and host that relative links start from, if they lead anywhere."""
        root = joined(self.base_url, "/")
        return root.removesuffix("/") if root else None

    def links(self, rel: str) -> Iterator[HtmlElement]:
        """The page's link elements whose rel holds the word `rel`."""
        for element in self.root.iter("link"):
            if rel in (element.get("rel") or "").lower().split():
                yield element
