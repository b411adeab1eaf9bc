"""A parsed page, and what several of its readers share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import html as lxml_html
from w3lib.encoding import html_to_unicode
from w3lib.html import strip_html5_whitespace

from corpnews.extraction.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from corpnews.extraction.blocks import Layout

EMPTY_PAGE = "<html><body></body></html>"


class Page:
    """One page: its URL and its lxml tree, parsed once and never changed.

    In a crawl the tree is the response's own (`response.selector.root`); `from_html` parses saved bytes.
    """

    def __init__(self, url: str, root: HtmlElement) -> None:
        self.url = url
        self.root = root

    @classmethod
    def from_html(cls, html: bytes | str, url: str, content_type: str | None = None) -> Page:
        """Decode (header, byte order mark, meta, then UTF-8 with replacement) and parse `html`."""
        text = html if isinstance(html, str) else html_to_unicode(content_type, html)[1]
        # libxml2 stops at NUL; bytes in a named encoding keep it from guessing a second time
        data = text.replace("\x00", "").strip().encode("utf-8", "replace")
        parser = lxml_html.HTMLParser(recover=True, encoding="utf-8")
        root = lxml_html.document_fromstring(data or EMPTY_PAGE.encode(), parser=parser)
        return cls(url, root)

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
        href = strip_html5_whitespace(href or "")
        if not href or href.startswith("#"):
            return None
        try:
            url = urljoin(self.base_url, href)
            parts = urlsplit(url)
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        return parts._replace(fragment="").geturl()

    def links(self, rel: str) -> Iterator[HtmlElement]:
        """The page's link elements whose rel holds the word `rel`."""
        for element in self.root.iter("link"):
            if rel in (element.get("rel") or "").lower().split():
                yield element
