"""The template of a site: what its pages have in common.

A text at the same path of tags and classes on many pages is boilerplate where all around it is the same on each page too; a place
with another text on each page contains the articles, and what recurs amid them is theirs.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import numpy as np

from corpnews.extraction.media.attachments import get_media_type
from corpnews.extraction.media.image_urls import get_image_url, links_to_page
from corpnews.extraction.media.images import mark_link
from corpnews.extraction.structured_data import read_structured_data
from corpnews.extraction.structured_data.values import strip_html
from corpnews.page.layout import hash_text
from corpnews.page.page import Page
from corpnews.web.text import build_comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from corpnews.page.layout import Block, Box

# The sample of pages that is kept: those of the latest runs, and of one run those with the smallest hashes of their URLs. So the
# sample depends neither on the order of the pages nor on how templates are merged, and the old design of a site is forgotten.
MAX_SAMPLED_PAGES: Final = 150
# Of one page, this many texts and images are kept; ordinary pages have fewer.
MAX_TEXTS_PER_PAGE: Final = 4_000
# Shorter texts do not tell one page from another: labels, counters of views.
_MIN_TELLING_CHARS: Final = 12
# An image, file or description of this many pages belongs to the site; a release may have two URLs.
_MIN_SITE_WIDE_PAGES: Final = 3
# The author that so many pages state, and this share of the pages that state any, is the site's: its web agency, an uploader.
# The name of an account is on fewer.
_MIN_PAGES_OF_SITE_AUTHOR: Final = 10
_MIN_SHARE_OF_SITE_AUTHOR: Final = 0.5
_MIN_PAGES_OF_ACCOUNT: Final = 3
_ANY_AUTHOR: Final = "author: "

# The serialized template: signature, number of the format, and, compressed, the numbers of pages and of distinct keys; the keys;
# for each page its numbers, then the places of its keys among the distinct ones.
TEMPLATE_SIGNATURE: Final = b"corpnews site template"
TEMPLATE_FORMAT: Final = 2
_HEADER_STRUCT: Final = struct.Struct("<2I")
_PAGE_STRUCT: Final = struct.Struct("<QQ3I")
_KEY_TYPE: Final = np.dtype("<u8")
_PLACE_TYPE: Final = np.dtype("<u4")
_PATH_SHIFT: Final = 32  # a Block.key is its path above so many bits of its text


class SampledPage(NamedTuple):
    """What the template keeps of a page.

    Attributes:
        run: Number of the run that counted the page, from 0.
        content: Hash of the page's texts: equal for one page under two URLs.
        texts: Block.key of its texts, sorted.
        media: Hashes of the URLs of its images and files, its descriptions and the single author that its data state, sorted.
    """

    run: int
    content: int
    texts: tuple[int, ...]
    media: tuple[int, ...]


def _sample_page(page: Page, run: int) -> SampledPage:
    blocks = page.layout.blocks
    telling = {block.text for block in blocks if len(block.text) - block.link_chars >= _MIN_TELLING_CHARS}
    texts = sorted({block.key for block in blocks[:MAX_TEXTS_PER_PAGE]})
    media = sorted({hash_text(each) for each in (*_iter_media_and_descriptions(page), *_iter_author_marks(page))})
    return SampledPage(run, hash_text("\n".join(sorted(telling))), tuple(texts), tuple(media[:MAX_TEXTS_PER_PAGE]))


def _iter_media_and_descriptions(page: Page) -> Iterator[str]:
    """Yield the URLs of the page's images, marked if they link to a page, and of the files that it links to; its descriptions."""
    for image in page.layout.images:
        url = get_image_url(image.element, page)
        if url:
            yield mark_link(url) if links_to_page(image.element) else url
    for link in page.layout.links:
        href = link.element.get("href") or ""
        if "." in href.rpartition("/")[2] and get_media_type(link.element):
            yield page.resolve_url(href) or ""
    for name in ("og:image", "twitter:image"):
        yield page.resolve_url(page.meta.get(name)) or ""
    for name in ("description", "og:description"):
        yield strip_html(page.meta.get(name, ""))


def _iter_author_marks(page: Page) -> Iterator[str]:
    """Yield a mark that the page's data state an author, and one with the name if they state a single one."""
    stated = {build_comparison_key(claim.value) for claim in read_structured_data(page).authors}
    if stated:
        yield _ANY_AUTHOR
    if len(stated) == 1:
        yield _ANY_AUTHOR + stated.pop()


@dataclass(slots=True)
class SiteTemplate:
    """Counts of texts, images, descriptions and stated authors over a sample of a site's pages.

    Attributes:
        sample: The sampled pages by the hash of their URL.
        run: Number of this run; `from_bytes` begins another one.
        pages_by_text: Number of sampled pages by Block.key.
        pages_by_path: Number of sampled pages by Box.path_hash.
        texts_by_path: Number of distinct texts by Box.path_hash.
        blocks_by_path: Number of texts by Box.path_hash, those of each page counted.
        pages_by_media: Number of sampled pages by the hash of the URL of an image or a file, a description or a stated author.
    """

    sample: dict[int, SampledPage] = field(default_factory=dict)
    run: int = field(default=0, compare=False)

    pages_by_text: Counter[int] = field(default_factory=Counter, compare=False)
    pages_by_path: Counter[int] = field(default_factory=Counter, compare=False)
    texts_by_path: Counter[int] = field(default_factory=Counter, compare=False)
    blocks_by_path: Counter[int] = field(default_factory=Counter, compare=False)
    pages_by_media: Counter[int] = field(default_factory=Counter, compare=False)
    _url_by_content: dict[int, int] = field(default_factory=dict, compare=False)

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

    @property
    def pages(self) -> int:
        """The number of sampled pages."""
        return len(self.sample)

    def observe(self, page: Page) -> None:
        """Count the page; one page under two URLs counts once, and one that has changed since an earlier run replaces itself."""
        url = hash_text(page.url)
        known = self.sample.get(url)
        if page.layout.blocks and (known is None or known.run < self.run):
            self._take(url, _sample_page(page, self.run))

    def merge(self, other: SiteTemplate) -> None:
        """Add the pages of another template, for example of another process. All pages in any grouping give the same template."""
        for url, page in other.sample.items():
            self._take(url, page)
        self.run = max(self.run, other.run)

    def to_bytes(self) -> bytes:
        """Serialize the template for the next run or another process; about ten bytes per text."""
        pages = sorted(self.sample.items())
        listed = [np.array((*page.texts, *page.media), _KEY_TYPE) for _, page in pages]
        keys = np.unique(np.concatenate(listed)) if listed else np.array((), _KEY_TYPE)
        pieces = [_HEADER_STRUCT.pack(len(pages), len(keys)), keys.tobytes()]
        for (url, page), own in zip(pages, listed, strict=True):
            places = np.searchsorted(keys, own).astype(_PLACE_TYPE)
            pieces += (_PAGE_STRUCT.pack(url, page.content, page.run, len(page.texts), len(page.media)), places.tobytes())
        return TEMPLATE_SIGNATURE + bytes((TEMPLATE_FORMAT,)) + zlib.compress(b"".join(pieces))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Load the template that `to_bytes` serialized, to go on with it in another run.

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
            sample = dict(_unpack_pages(zlib.decompress(packed)))
        except (zlib.error, struct.error, ValueError, IndexError):
            raise ValueError("the site template is damaged") from None
        template = cls(run=max((page.run for page in sample.values()), default=-1) + 1)
        for url, page in sample.items():
            template._add(url, page)
        return template

    def count_pages_with(self, block: Block) -> int:
        """Return on how many of the sampled pages the block's text is at the block's path."""
        return self.pages_by_text.get(block.key, 0)

    def count_pages_at(self, box: Box) -> int:
        """Return on how many of the sampled pages the box's path has a text."""
        return self.pages_by_path.get(box.path_hash, 0)

    def get_variety(self, box: Box) -> float:
        """Return the share of distinct texts among those at the box's path: 1 if each page has another text there."""
        path = box.path_hash
        return self.texts_by_path.get(path, 0) / max(1, self.blocks_by_path.get(path, 0))

    def is_site_wide(self, thing: str) -> bool:
        """Return whether a description, or the URL of an image or a file, is on too many pages to belong to one release."""
        return self.pages_by_media.get(hash_text(thing), 0) >= _MIN_SITE_WIDE_PAGES

    def is_site_author(self, name: str) -> bool:
        """Return whether the data of most pages that state an author state this one alone, or of some an account's name."""
        own = self.pages_by_media.get(hash_text(_ANY_AUTHOR + build_comparison_key(name)), 0)
        if name.islower() and " " not in name:
            return own >= _MIN_PAGES_OF_ACCOUNT
        stated = self.pages_by_media.get(hash_text(_ANY_AUTHOR), 0)
        return own >= max(_MIN_PAGES_OF_SITE_AUTHOR, _MIN_SHARE_OF_SITE_AUTHOR * stated)

    def _take(self, url: int, page: SampledPage) -> None:
        """Sample the page, unless the sample has it or has a full number of pages that go before it."""
        known, twin = self.sample.get(url), self._url_by_content.get(page.content, url)
        if known is not None and (known[1:] == page[1:] or known >= page):
            return
        if twin != url:
            if _rank(twin, self.sample[twin]) >= _rank(url, page):
                return
            self._remove(twin)
        if known is not None:
            self._remove(url)
        self._add(url, page)
        if len(self.sample) > MAX_SAMPLED_PAGES:
            self._remove(min(self.sample, key=lambda each: _rank(each, self.sample[each])))

    def _add(self, url: int, page: SampledPage) -> None:
        self.sample[url] = page
        self._url_by_content[page.content] = url
        paths = [key >> _PATH_SHIFT for key in page.texts]
        self.texts_by_path.update(key >> _PATH_SHIFT for key in page.texts if key not in self.pages_by_text)
        self.pages_by_text.update(page.texts)
        self.blocks_by_path.update(paths)
        self.pages_by_path.update(set(paths))
        self.pages_by_media.update(page.media)

    def _remove(self, url: int) -> None:
        page = self.sample.pop(url)
        if self._url_by_content.get(page.content) == url:
            del self._url_by_content[page.content]
        paths = [key >> _PATH_SHIFT for key in page.texts]
        _subtract(self.pages_by_text, page.texts)
        _subtract(
            self.texts_by_path, (path for path, key in zip(paths, page.texts, strict=True) if key not in self.pages_by_text)
        )
        _subtract(self.blocks_by_path, paths)
        _subtract(self.pages_by_path, set(paths))
        _subtract(self.pages_by_media, page.media)


def _rank(url: int, page: SampledPage) -> tuple[int, int]:
    """Return the rank of a page; the sample consists of those with the highest."""
    return page.run, -url


def _subtract(counts: Counter[int], keys: Iterable[int]) -> None:
    for key in keys:
        counts[key] -= 1
        if not counts[key]:
            del counts[key]


def _unpack_pages(plain: bytes) -> Iterator[tuple[int, SampledPage]]:
    count, size = _HEADER_STRUCT.unpack_from(plain)
    keys: NDArray[np.uint64] = np.frombuffer(plain, _KEY_TYPE, size, _HEADER_STRUCT.size)
    at = _HEADER_STRUCT.size + keys.nbytes
    for _ in range(count):
        url, content, run, texts, media = _PAGE_STRUCT.unpack_from(plain, at)
        places = np.frombuffer(plain, _PLACE_TYPE, texts + media, at + _PAGE_STRUCT.size)
        own = keys[places].tolist()
        yield url, SampledPage(run, content, tuple(own[:texts]), tuple(own[texts:]))
        at += _PAGE_STRUCT.size + places.nbytes
    if at != len(plain):
        raise ValueError("data after the last page")
