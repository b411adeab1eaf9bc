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

from corpnews.extraction.blocks import text_key
from corpnews.extraction.facts.values import plain
from corpnews.extraction.media.images import picture_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.extraction.blocks import Block
    from corpnews.extraction.page import Page

# After this many pages all counts are halved: the old design of a site is forgotten, and memory stays bounded.
MEMORY = 400
# The same at this many texts, which ordinary pages do not reach.
MOST_TEXTS = 300_000
# A page with fewer new characters outside links than this is an earlier page under another URL.
LITTLE = 60
# An image or description of this many pages belongs to the site; a release may have two URLs.
OFTEN = 3

# The serialized template: signature, number of the format, and, compressed, the numbers of pages and of each table's keys
# followed by the keys and counts of each table.
MARK: Final = b"corpnews site template"
FORMAT: Final = 1
HEAD: Final = struct.Struct("<6I")
KEY: Final = np.dtype("<u8")
COUNT: Final = np.dtype("<u4")


def things_shown(page: Page) -> Iterator[str]:
    """Yield the URLs of the page's images, and its descriptions."""
    for mark in page.layout.images:
        url = picture_url(mark.element, page)
        if url:
            yield url
    for name in ("og:image", "twitter:image"):
        yield page.absolute(page.meta.get(name)) or ""
    for name in ("description", "og:description"):
        yield plain(page.meta.get(name, ""))


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
    standing: dict[int, int] = field(default_factory=dict)
    shown: dict[int, int] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    fresh: dict[int, int] = field(default_factory=dict)
    urls: set[int] = field(default_factory=set)

    earlier: frozenset[int] = field(default=frozenset(), compare=False)
    again: set[int] = field(default_factory=set, compare=False)
    arrived: set[int] = field(default_factory=set, compare=False)

    def observe(self, page: Page) -> None:
        """Count the page, unless its URL was counted before or it repeats a page that was.

        Of a page that was counted before the template was loaded, only texts that are new on the site count: those of a redesign.
        """
        url = text_key(page.url)
        blocks = page.layout.blocks
        if (url in self.urls and url not in self.earlier) or url in self.again or not blocks:
            return
        known = {block.key: block for block in blocks}
        if url in self.earlier:
            self.again.add(url)
            self._count({key: block for key, block in known.items() if key not in self.standing or key in self.arrived})
            return
        if self.pages and self._repeats(known):
            return
        self.pages += 1
        self.urls.add(url)
        self._count(known)
        for thing in {text_key(thing) for thing in things_shown(page)}:
            self.shown[thing] = self.shown.get(thing, 0) + 1
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
        pieces = [HEAD.pack(self.pages, *map(len, tables))]
        for table in tables:
            pieces.append(np.fromiter(table, KEY, len(table)).tobytes())
            pieces.append(np.fromiter(table.values(), COUNT, len(table)).tobytes())
        return MARK + bytes((FORMAT,)) + zlib.compress(b"".join(pieces))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Load the template that `to_bytes` serialized.

        Raises:
            ValueError: `data` is no site template, has another format, or is damaged.

        >>> SiteTemplate.from_bytes(b"GIF89a")
        Traceback (most recent call last):
        ValueError: not a site template
        """
        mark, number, packed = data[: len(MARK)], data[len(MARK) : len(MARK) + 1], data[len(MARK) + 1 :]
        if mark != MARK:
            raise ValueError("not a site template")
        if number not in (b"", bytes((FORMAT,))):
            raise ValueError(f"a site template of format {number[0]}; this version of corpnews reads format {FORMAT}")
        try:
            pages, (*counts, urls) = unpacked(zlib.decompress(packed))
        except (zlib.error, struct.error, ValueError):
            raise ValueError("the site template is damaged") from None
        standing, shown, places, fresh = counts
        return cls(pages, standing, shown, places, fresh, set(urls), frozenset(urls))

    def _counts(self) -> tuple[dict[int, int], ...]:
        return self.standing, self.shown, self.places, self.fresh

    def _repeats(self, blocks: dict[int, Block]) -> bool:
        new = sum(len(block.text) - block.link_chars for key, block in blocks.items() if key not in self.standing)
        return new < LITTLE

    def _count(self, blocks: dict[int, Block]) -> None:
        for key, block in blocks.items():
            place = block.box.place
            seen = self.standing.get(key, 0)
            self.standing[key] = seen + 1
            self.places[place] = self.places.get(place, 0) + 1
            if not seen:
                self.fresh[place] = self.fresh.get(place, 0) + 1
                if self.earlier:
                    self.arrived.add(key)

    def _keep_small(self) -> None:
        while self.pages >= MEMORY or len(self.standing) >= MOST_TEXTS:
            self._forget()

    def _forget(self) -> None:
        self.pages //= 2
        self.urls.clear()
        for counts in self._counts():
            kept = {key: count // 2 for key, count in counts.items() if count > 1}
            counts.clear()
            counts.update(kept)

    def pages_with(self, block: Block) -> int:
        """Return on how many of the counted pages the block's text is at the block's path."""
        return self.standing.get(block.key, 0)

    def is_shown_often(self, thing: str) -> bool:
        """Return whether an image URL or a description is on so many pages that it does not belong to one release."""
        return self.shown.get(text_key(thing), 0) >= OFTEN

    def variety(self, block: Block) -> float:
        """Return the share of new texts among the blocks counted at the block's path: 1 if each page has another text there."""
        place = block.box.place
        return self.fresh.get(place, 0) / max(1, self.places.get(place, 0))


def unpacked(plain: bytes) -> tuple[int, list[dict[int, int]]]:
    """Return the number of pages, and the tables of counts by key."""
    pages, *sizes = HEAD.unpack_from(plain)
    tables, at = [], HEAD.size
    for size in sizes:
        middle = at + size * KEY.itemsize
        keys, counts = np.frombuffer(plain, KEY, size, at), np.frombuffer(plain, COUNT, size, middle)
        tables.append(dict(zip(keys.tolist(), counts.tolist(), strict=True)))
        at = middle + size * COUNT.itemsize
    return pages, tables
