"""What the pages of one site have in common.

A text that stands at the same place of many pages is furniture, however article-like it looks; a place that holds other
prose on each page is where the articles are. Both are learned from the pages of a site as they come by, from listing
pages too, and cost a few hashes a block.
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

# After so many pages every count is halved: what is gone from the site is forgotten, and memory is bounded.
MEMORY = 400
# The same when so many texts are known, which those of ordinary pages do not come to.
MOST_TEXTS = 300_000
# A page that brings less new prose than this (characters) is an earlier page under another address.
LITTLE = 60
# What so many pages show is the site's; a release may stand under two addresses.
OFTEN = 3

# How a template is written: the mark, the format's number and, compressed, the numbers of pages and of each table's keys,
# then the keys and the counts of each table.
MARK: Final = b"corpnews site template"
FORMAT: Final = 1
HEAD: Final = struct.Struct("<6I")
KEY: Final = np.dtype("<u8")
COUNT: Final = np.dtype("<u4")


def things_shown(page: Page) -> Iterator[str]:
    """The addresses of the page's pictures, and its descriptions."""
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
    """Counts, over the pages of a site, of texts, of texts at their places, and of what stands at each place.

    `pages` is the number of pages counted. `standing` counts pages by the hash of a text with its place, `shown` by that of
    a picture's address or a description; `places` counts blocks by place, `fresh` those whose text was new there.
    """

    pages: int = 0
    standing: dict[int, int] = field(default_factory=dict)
    shown: dict[int, int] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    fresh: dict[int, int] = field(default_factory=dict)
    urls: set[int] = field(default_factory=set)
    # Since the template was read: the pages counted before that have come again, and the texts that were not known before.
    earlier: frozenset[int] = field(default=frozenset(), compare=False)
    again: set[int] = field(default_factory=set, compare=False)
    arrived: set[int] = field(default_factory=set, compare=False)

    def observe(self, page: Page) -> None:
        """Count the page, unless its URL was counted before or it only repeats one that was.

        Of a page that was counted before the template was kept, what is new on the site is counted: a redesign shows on all.
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
        """Add what another template has counted on other pages of the site, such as another process's share of them."""
        self.pages += other.pages
        self.urls |= other.urls
        for counts, more in zip(self._counts(), other._counts(), strict=True):
            for key, count in more.items():
                counts[key] = counts.get(key, 0) + count
        self._keep_small()

    def to_bytes(self) -> bytes:
        """The template, about ten bytes a text, to be kept until the next run or sent to another process."""
        tables = (*self._counts(), dict.fromkeys(self.urls, 1))
        pieces = [HEAD.pack(self.pages, *map(len, tables))]
        for table in tables:
            pieces.append(np.fromiter(table, KEY, len(table)).tobytes())
            pieces.append(np.fromiter(table.values(), COUNT, len(table)).tobytes())
        return MARK + bytes((FORMAT,)) + zlib.compress(b"".join(pieces))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The template that `to_bytes` wrote.

        >>> SiteTemplate.from_bytes(b"GIF89a")
        Traceback (most recent call last):
        ValueError: not a site template
        """
        mark, number, packed = data[: len(MARK)], data[len(MARK) : len(MARK) + 1], data[len(MARK) + 1 :]
        if mark != MARK:
            message = "not a site template"
            raise ValueError(message)
        if number not in (b"", bytes((FORMAT,))):
            message = f"a site template of format {number[0]}; this version of corpnews reads format {FORMAT}"
            raise ValueError(message)
        try:
            pages, (*counts, urls) = unpacked(zlib.decompress(packed))
        except (zlib.error, struct.error, ValueError):
            message = "the site template is damaged"
            raise ValueError(message) from None
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
        """On how many of the counted pages the block's text stands at the block's place."""
        return self.standing.get(block.key, 0)

    def is_shown_often(self, thing: str) -> bool:
        """Whether the picture's address or the description is that of many pages rather than of one release."""
        return self.shown.get(text_key(thing), 0) >= OFTEN

    def variety(self, block: Block) -> float:
        """The share of new texts among the blocks that stood at the block's place: 1 where each page says something else."""
        place = block.box.place
        return self.fresh.get(place, 0) / max(1, self.places.get(place, 0))


def unpacked(plain: bytes) -> tuple[int, list[dict[int, int]]]:
    """The number of pages, and the tables of numbers by key."""
    pages, *sizes = HEAD.unpack_from(plain)
    tables, at = [], HEAD.size
    for size in sizes:
        middle = at + size * KEY.itemsize
        keys, counts = np.frombuffer(plain, KEY, size, at), np.frombuffer(plain, COUNT, size, middle)
        tables.append(dict(zip(keys.tolist(), counts.tolist(), strict=True)))
        at = middle + size * COUNT.itemsize
    return pages, tables
