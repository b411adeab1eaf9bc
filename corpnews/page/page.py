"""A page, parsed once, with what all of its readers share: layout, meta elements, resolved URLs."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urljoin, urlsplit

from lxml import etree
from w3lib.encoding import resolve_encoding
from w3lib.html import strip_html5_whitespace

from corpnews.page.bounds import prepare_html
from corpnews.page.embedded_data import iter_embedded_values
from corpnews.page.layout_builder import build_layout
from corpnews.web.urls import PLAIN_URL, join_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from corpnews.page.layout import Layout

_EMPTY_HTML = b"<html><body></body></html>"
# An absolute path that urljoin would leave as it is: no ".." and no character that must be escaped.
_PLAIN_PATH = re.compile(r"/(?!/)[\w/%+~-]*(?:\.\w+)?(?:\?[\w%&=+-]+)?", re.ASCII)
_PLAIN_QUERY = re.compile(r"\?[\w%&=+-]+", re.ASCII)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{1,20})", re.ASCII | re.IGNORECASE)
_URL_CHARACTERS = ":/?#@!$&'()*+,;=%~"
# Elements without text of the page, for which several readers look; each search walks over the whole page.
_TAGS_OUTSIDE_LAYOUT = ("base", "button", "input", "link", "meta", "option", "script", "title")


def _build_html_parser() -> etree.HTMLParser[etree._Element]:
    """Return a parser that drops comments and processing instructions and keeps no table of ids.

    Its elements are lxml's plain ones: those of lxml.html are objects of Python classes, which cost more to make.
    """
    return etree.HTMLParser(
        recover=True, encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )


_HTML_PARSER = _build_html_parser()


def parse_html(html: bytes) -> _Element:
    """Parse UTF-8 `html` and return the root; that of an empty page if there is no element, as in a mere doctype."""
    root = cast("_Element | None", etree.fromstring(html, _HTML_PARSER)) if html else None
    return root if root is not None else parse_html(_EMPTY_HTML)


def _make_valid_url(url: str) -> str:
    """Return `url`, percent-encoded if urlsplit or UTF-8 refuse it.

    >>> _make_valid_url("https://[example.com/news"), _make_valid_url("https://example.com/新闻")
    ('https://%5Bexample.com/news', 'https://example.com/新闻')
    """
    try:
        urlsplit(url)
        url.encode()
    except ValueError:
        return quote(url, safe=_URL_CHARACTERS, errors="replace")
    return url


class Page:
    """A page: its URL and its lxml tree, which is parsed once and never changed.

    Attributes:
        url: The page's URL; percent-encoded where it is invalid.
        root: The root of the tree.
        is_truncated: Whether the page exceeded the bounds of bounds.py and only its start was parsed.
    """

    def __init__(self, url: str, root: _Element, *, is_truncated: bool = False, inserted_at: str = "") -> None:
        self.url = _make_valid_url(url)
        self.root = root
        self.is_truncated = is_truncated
        self._inserted_at = inserted_at
        self._absolute: dict[str, str | None] = {}

    @classmethod
    def from_html(cls, html: bytes | str, url: str, content_type: str | None = None, *, inserted_at: str = "") -> Page:
        """Parse `html`; any input gives a page, which is empty for binary data.

        Args:
            html: The page; bytes are decoded as the bytes themselves, `content_type` or the page declare.
            url: The URL of the page, from which relative links start.
            content_type: The HTTP header Content-Type.
            inserted_at: The base URL of the page that inserts this one, if it is a fragment and has no title.
        """
        data, is_truncated = prepare_html(html, content_type)
        return cls(url, parse_html(data), is_truncated=is_truncated, inserted_at=inserted_at)

    @cached_property
    def base_url(self) -> str:
        """The base URL of the page's relative links."""
        href = next((base.get("href") for base in self.elements["base"] if base.get("href")), "")
        if not href and self._inserted_at and not self.title:
            return self._inserted_at
        try:
            url = urljoin(self.url, strip_html5_whitespace(href or ""))
            return url if urlsplit(url).port != 0 else self.url
        except ValueError:  # the port, too, may be invalid
            return self.url

    @cached_property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").lower()

    @cached_property
    def layout(self) -> Layout:
        """The page's boxes, blocks, links, images and players."""
        return build_layout(self.root)

    @cached_property
    def elements(self) -> dict[str, list[_Element]]:
        """The elements of _TAGS_OUTSIDE_LAYOUT by tag, in document order, found in one walk."""
        found: dict[str, list[_Element]] = {tag: [] for tag in _TAGS_OUTSIDE_LAYOUT}
        for element in self.root.iter(*found):
            found[str(element.tag)].append(element)
        return found

    @cached_property
    def embedded_values(self) -> tuple[object, ...]:
        """The JSON values that the page carries for its own scripts, decoded once."""
        return tuple(iter_embedded_values(self.root))

    @cached_property
    def meta(self) -> dict[str, str]:
        """The contents of the page's meta elements by lower-case property, name or itemprop; the first of each name."""
        found: dict[str, str] = {}
        for element in self.elements["meta"]:
            name = element.get("property") or element.get("name") or element.get("itemprop")
            content = (element.get("content") or "").strip()
            if name and content:
                found.setdefault(name.strip().lower(), content)
        return found

    @cached_property
    def title(self) -> str:
        """The text of the page's first <title>, as it is."""
        return next((element.text or "" for element in self.elements["title"]), "")

    @cached_property
    def language_tag(self) -> str | None:
        """The value of `<html lang>`, unchecked."""
        return (self.root.get("lang") or self.root.get("xml:lang") or "").strip() or None

    @cached_property
    def declared_url(self) -> str | None:
        """The URL that the page declares as its own, by its canonical link, `og:url` or `<base>`."""
        candidates = [*(link.get("href") for link in self.find_links("canonical")), self.meta.get("og:url")]
        candidates += [base.get("href") for base in self.elements["base"]]
        return next(filter(None, map(self.resolve_url, candidates)), None)

    def resolve_url(self, href: str | None) -> str | None:
        """Return `href` as an absolute http(s) URL without fragment, or None for mailto:, javascript:, # and errors."""
        if not href or href.startswith("#"):
            return None
        if href not in self._absolute:
            self._absolute[href] = self._resolved(href)
        return self._absolute[href]

    def _resolved(self, href: str) -> str | None:
        if PLAIN_URL.fullmatch(href):
            return href
        if self._origin and _PLAIN_PATH.fullmatch(href):
            return f"{self._origin}{href}"
        if self._base_path and _PLAIN_QUERY.fullmatch(href):
            return f"{self._base_path}{href}"
        url = join_url(self.base_url, strip_html5_whitespace(href))
        return url if url is None or url.isascii() else self._encode_query(url)

    def _encode_query(self, url: str) -> str:
        """Return `url` with the query percent-encoded in the page's charset, as browsers send it; the path is always UTF-8."""
        rest, mark, query = url.partition("?")
        return rest + mark + quote(query, safe=_URL_CHARACTERS, encoding=self._declared_charset, errors="xmlcharrefreplace")

    @cached_property
    def _declared_charset(self) -> str:
        """The charset that the page's meta elements declare; UTF-8 if none does."""
        types = (f"charset={meta.get('charset') or ''};{meta.get('content') or ''}" for meta in self.elements["meta"])
        found = (match for text in types for match in _CHARSET.finditer(text))
        return next(filter(None, (resolve_encoding(match[1]) for match in found)), "utf-8")

    @cached_property
    def _origin(self) -> str | None:
        """The scheme and host of the base URL, if it is an http(s) URL."""
        root = join_url(self.base_url, "/")
        return root.removesuffix("/") if root else None

    @cached_property
    def _base_path(self) -> str | None:
        """The base URL without its query, if it is an http(s) URL."""
        url = join_url(self.base_url, "?q")
        return url.removesuffix("?q") if url else None

    def find_links(self, rel: str) -> Iterator[_Element]:
        """Yield the page's <link> elements whose rel contains the word `rel`."""
        for words, element in self._rels:
            if rel in words:
                yield element

    @cached_property
    def _rels(self) -> tuple[tuple[list[str], _Element], ...]:
        """The page's <link> elements, each after the words of its rel."""
        return tuple(((element.get("rel") or "").lower().split(), element) for element in self.elements["link"])
