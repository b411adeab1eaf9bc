"""The template of a site: what its pages have in common.

A text at the same path of tags and classes on many pages is boilerplate, however article-like it looks; a path with another
text on each page contains the articles. Both are counted for each page of a site, listing pages included.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from corpnews.extraction.media.images import get_image_url
from corpnews.extraction.structured_data.values import strip_html
from corpnews.page.layout import hash_text
from corpnews.page.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpnews.page.layout import Block

# After this many pages all counts are halved: the old design of a site is forgotten, and memory stays bounded.
MAX_COUNTED_PAGES = 400
# The same at this many texts, which ordinary pages do not reach.
MAX_COUNTED_TEXTS = 300_000
# A page with fewer new characters outside links than this is an earlier page under another URL.
_MIN_NEW_PROSE = 60
# An image or description of this many pages belongs to the site; a release may have two URLs.
_MIN_SITE_WIDE_PAGES = 3

# The serialized template: signature, number of the format, and, compressed, the numbers of pages and of each table's keys
# followed by the keys and counts of each table.
TEMPLATE_SIGNATURE: Final = b"corpnews site template"
TEMPLATE_FORMAT: Final = 1
_HEADER_STRUCT: Final = struct.Struct("<6I")
_KEY_TYPE: Final = np.dtype("<u8")
_COUNT_TYPE: Final = np.dtype("<u4")


def _iter_media_and_descriptions(page: Page) -> Iterator[str]:
    """Yield the URLs of the page's images, and its descriptions."""
    for image in page.layout.images:
        url = get_image_url(image.element, page)
        if url:
            yield url
    for name in ("og:image", "twitter:image"):
        yield page.resolve_url(page.meta.get(name)) or ""
    for name in ("description", "og:description"):
        yield strip_html(page.meta.get(name, ""))


@dataclass(slots=True)
class SiteTemplate:
    """Counts of texts, images and descriptions over the pages of a site.

    Attributes:
        pages: Number of pages counted.
        pages_by_text: Number of pages by Block.key, a hash of a text and its path.
        pages_by_media: Number of pages by the hash of an image's URL or of a description.
        blocks_by_path: Number of blocks by Box.path_hash.
        new_texts_by_path: Number of these whose text had not been counted at the path before.
        urls: Hashes of the URLs of the pages counted.
        loaded_urls: Those that were counted before the template was loaded by `from_bytes`.
        revisited_urls: Those of `loaded_urls` that were observed again since.
        new_texts: Keys of texts that were first counted since the template was loaded.
    """

    pages: int = 0
    pages_by_text: dict[int, int] = field(default_factory=dict)
    pages_by_media: dict[int, int] = field(default_factory=dict)
    blocks_by_path: dict[int, int] = field(default_factory=dict)
    new_texts_by_path: dict[int, int] = field(default_factory=dict)
    urls: set[int] = field(default_factory=set)

    loaded_urls: frozenset[int] = field(default=frozenset(), compare=False)
    revisited_urls: set[int] = field(default_factory=set, compare=False)
    new_texts: set[int] = field(default_factory=set, compare=False)

    @classmethod
    def from_pages(cls, pages: Iterable[Page | tuple[bytes | str, str]]) -> Self:
        """Learn the template of a site from the HTML and URL of some of its pages, listing pages included.

        Six pages are a good start; the pages that will be extracted should be among them.

        >>> SiteTemplate.from_pages([("<p>Acme builds turbines.</p>", f"https://acme.example/{n}") for n in range(6)]).pages
        1
        """
        template = cls()
        for page in pages:
            template.observe(page if isinstance(page, Page) else Page.from_html(*page))
        return template

    def observe(self, page: Page) -> None:
        """Count the page, unless its URL was counted before or it repeats a page that was.

        Of a page that was counted before the template was loaded, only texts that are new on the site count: those of a redesign.
        """
        url = hash_text(page.url)
        blocks = page.layout.blocks
        if (url in self.urls and url not in self.loaded_urls) or url in self.revisited_urls or not blocks:
            return
        known = {block.key: block for block in blocks}
        if url in self.loaded_urls:
            self.revisited_urls.add(url)
            self._count({key: block for key, block in known.items() if key not in self.pages_by_text or key in self.new_texts})
            return
        if self.pages and self._repeats(known):
            return
        self.pages += 1
        self.urls.add(url)
        self._count(known)
        for thing in {hash_text(thing) for thing in _iter_media_and_descriptions(page)}:
            self.pages_by_media[thing] = self.pages_by_media.get(thing, 0) + 1
        self._keep_small()

    def merge(self, other: SiteTemplate) -> None:
        """Add the counts that another template, for example of another process, has of other pages of the site."""
        self.pages += other.pages
        self.urls |= other.urls
        for counts, more in zip(self._counts(), other._counts(), strict=True):
            for key, count in more.items():
                counts[key] = counts.get(key, 0) + count
        self._keep_small()

    def to_bytes(self) -> bytes:
        """Serialize the template for the next run or another process; about ten bytes per text."""
        tables = (*self._counts(), dict.fromkeys(self.urls, 1))
        pieces = [_HEADER_STRUCT.pack(self.pages, *map(len, tables))]
        for table in tables:
            pieces.append(np.fromiter(table, _KEY_TYPE, len(table)).tobytes())
            pieces.append(np.fromiter(table.values(), _COUNT_TYPE, len(table)).tobytes())
        return TEMPLATE_SIGNATURE + bytes((TEMPLATE_FORMAT,)) + zlib.compress(b"".join(pieces))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Load the template that `to_bytes` serialized.

        Raises:
            ValueError: `data` is no site template, has another format, or is damaged.

        >>> SiteTemplate.from_bytes(b"GIF89a")
        Traceback (most recent call last):
        ValueError: not a site template
        """
        if not data.startswith(TEMPLATE_SIGNATURE):
            raise ValueError("not a site template")
        head = len(TEMPLATE_SIGNATURE)
        number, packed = data[head : head + 1], data[head + 1 :]
        if number not in (b"", bytes((TEMPLATE_FORMAT,))):
            raise ValueError(f"a site template of format {number[0]}; this version of corpnews reads format {TEMPLATE_FORMAT}")
        try:
            pages, (*counts, urls) = _unpack_tables(zlib.decompress(packed))
        except (zlib.error, struct.error, ValueError):
            raise ValueError("the site template is damaged") from None
        texts, media, blocks, new_texts = counts
        return cls(pages, texts, media, blocks, new_texts, set(urls), frozenset(urls))

    def _counts(self) -> tuple[dict[int, int], ...]:
        return self.pages_by_text, self.pages_by_media, self.blocks_by_path, self.new_texts_by_path

    def _repeats(self, blocks: dict[int, Block]) -> bool:
        new = sum(len(block.text) - block.link_chars for key, block in blocks.items() if key not in self.pages_by_text)
        return new < _MIN_NEW_PROSE

    def _count(self, blocks: dict[int, Block]) -> None:
        for key, block in blocks.items():
            path = block.box.path_hash
            seen = self.pages_by_text.get(key, 0)
            self.pages_by_text[key] = seen + 1
            self.blocks_by_path[path] = self.blocks_by_path.get(path, 0) + 1
            if not seen:
                self.new_texts_by_path[path] = self.new_texts_by_path.get(path, 0) + 1
                if self.loaded_urls:
                    self.new_texts.add(key)

    def _keep_small(self) -> None:
        while self.pages >= MAX_COUNTED_PAGES or len(self.pages_by_text) >= MAX_COUNTED_TEXTS:
            self._forget()

    def _forget(self) -> None:
        self.pages //= 2
        self.urls.clear()
        for counts in self._counts():
            kept = {key: count // 2 for key, count in counts.items() if count > 1}
            counts.clear()
            counts.update(kept)

    def count_pages_with(self, block: Block) -> int:
        """Return on how many of the counted pages the block's text is at the block's path."""
        return self.pages_by_text.get(block.key, 0)

    def is_site_wide(self, thing: str) -> bool:
        """Return whether an image URL or a description is on so many pages that it does not belong to one release."""
        return self.pages_by_media.get(hash_text(thing), 0) >= _MIN_SITE_WIDE_PAGES

    def get_variety(self, block: Block) -> float:
        """Return the share of new texts among the blocks counted at the block's path: 1 if each page has another text there."""
        path = block.box.path_hash
        return self.new_texts_by_path.get(path, 0) / max(1, self.blocks_by_path.get(path, 0))


def _unpack_tables(plain: bytes) -> tuple[int, list[dict[int, int]]]:
    """Return the number of pages, and the tables of counts by key."""
    pages, *sizes = _HEADER_STRUCT.unpack_from(plain)
    tables, at = [], _HEADER_STRUCT.size
    for size in sizes:
        middle = at + size * _KEY_TYPE.itemsize
        keys, counts = np.frombuffer(plain, _KEY_TYPE, size, at), np.frombuffer(plain, _COUNT_TYPE, size, middle)
        tables.append(dict(zip(keys.tolist(), counts.tolist(), strict=True)))
        at = middle + size * _COUNT_TYPE.itemsize
    return pages, tables
