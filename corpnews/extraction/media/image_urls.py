"""URLs of images: those behind lazy loading, of previews, and the names of their files."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from corpnews.page.page import Page

_MAX_ELEMENTS_TO_LINK: Final = 3
# Attributes in which lazy loading keeps the URL, the most common first.
_LAZY_ATTRIBUTES = (
    "data-src data-original data-lazy-src data-lazy data-url data-actualsrc data-echo data-orig-file data-orig-src".split()
)
_SRCSET_ATTRIBUTES = ("data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER_URL = re.compile(
    r"^data:|(?:^|/)(?:null|undefined)$|^https?://[^?#]{0,200}/medias/\w+/swatch$|(?:^|[/_-])(?:spacer|blank|placeholder|loading|lazy|lazyload|pixel|transparent|1x1|grey|gray|empty|dummy|none)[\w-]*\.(?:gif|png|svg|jpe?g)",
    re.IGNORECASE,
)
IMAGE_FILE_NAME: Final = re.compile(r"^[^/\\]{1,200}\.(?:jpe?g|png|gif|webp|bmp|svg|tiff?|avif|heic)$", re.IGNORECASE)
# What sizes and formats of one picture have in common: "hall-1024x768.jpeg.webp", "hall-scaled.jpg".
_SIZE_AND_FORMAT: Final = re.compile(r"(?:[-_](?:\d{2,4}x\d{2,4}|scaled))?(?:\.[a-z]{3,4}){1,3}$")

# What a server that makes sizes of pictures is asked for.
_INNER_URL: Final = re.compile(r"(?:^|&)(?:url|src|image|img|file)=([^&]*(?:/|%2F)[^&]*)", re.IGNORECASE)
# What TYPO3 calls the sizes of a picture.
_PROCESSED: Final = re.compile(r"csm_(.+)_[0-9a-f]{10}")


def get_full_image_url(element: _Element, page: Page) -> str | None:
    """Return the URL of the image; of a preview, whose name has that of the image to which it links in it, that image's."""
    url = get_image_url(element, page)
    link = _find_link(element)
    full = page.resolve_url(link.get("href")) if link is not None else None
    if url is None or full is None or not IMAGE_FILE_NAME.match(get_file_name(full)):
        return url
    name, shown = (get_file_name(each).rpartition(".")[0] for each in (full, url))
    return full if name in shown and name != shown else url


def get_image_url(element: _Element, page: Page) -> str | None:
    """Return the URL of the image, not of a placeholder that lazy loading replaces."""
    for stated in _iterate_image_urls(element):
        if not _PLACEHOLDER_URL.search(stated):
            url = page.resolve_url(stated)
            if url:
                return url
    return None


def _iterate_image_urls(element: _Element) -> Iterator[str]:
    """Yield the URLs that an <img> and the elements around it state, the best first."""
    for name in _LAZY_ATTRIBUTES:
        stated = element.get(name)
        if stated and not stated.startswith(("{", "[")):
            yield stated
    yield element.get("src") or "data:"
    picture = next(element.iterancestors("picture"), None)
    for source in (element, *(picture.iter("source") if picture is not None else ())):
        for name in _SRCSET_ATTRIBUTES:
            yield _get_largest_source(source.get(name) or "") or "data:"
    fallback = element.getnext()
    if fallback is not None and fallback.tag == "noscript":
        for image in fallback.iter("img"):
            yield image.get("src") or "data:"


def _get_largest_source(srcset: str) -> str:
    """Return the URL with the largest size in a srcset.

    >>> _get_largest_source("small.jpg 300w, large.jpg 1200w, middle.jpg 600w")
    'large.jpg'
    """
    best, best_size = "", -1.0
    for candidate in re.split(r",\s+|,(?=https?:|/)", srcset):
        url, _, size = candidate.strip().partition(" ")
        number = re.match(r"\d+(?:\.\d+)?", size.strip())
        value = float(number[0]) if number else 1.0
        if url and value > best_size:
            best, best_size = url.rstrip(","), value
    return best


def links_to_page(element: _Element) -> bool:
    """Return whether an image is a link to another page, not to a larger image."""
    link = _find_link(element)
    href = (link.get("href") or "").partition("?")[0] if link is not None else ""
    return bool(href) and not IMAGE_FILE_NAME.match(get_file_name(href))


def _find_link(element: _Element) -> _Element | None:
    return next((each for each in islice(element.iterancestors(), _MAX_ELEMENTS_TO_LINK) if each.tag == "a"), None)


def get_shown_address(url: str) -> str:
    """Return the address of an image without its query, or that of the picture for which a server is asked in the query.

    >>> get_shown_address("https://acme.example/_next/image?url=%2Fi%2Fhall.jpg&w=640"), get_shown_address("/i/hall.jpg?w=640")
    ('/i/hall.jpg', '/i/hall.jpg')
    """
    address, _, query = url.partition("?")
    inner = _INNER_URL.search(query) if query else None
    return unquote(inner[1]).partition("?")[0] if inner else address


@lru_cache(maxsize=500)
def get_file_name(url: str) -> str:
    return unquote(urlsplit(get_shown_address(url)).path.rsplit("/", 1)[-1])


@lru_cache(maxsize=500)
def get_picture_name(url: str) -> str:
    """Return the name that the files of all sizes of a picture share.

    >>> get_picture_name("https://acme.example/hall-1024x768.jpeg.webp"), get_picture_name("/_processed_/csm_hall_20179ae2ff.jpg")
    ('hall', 'hall')
    """
    name = _SIZE_AND_FORMAT.sub("", get_file_name(url).lower())
    processed = _PROCESSED.fullmatch(name)
    return processed[1] if processed else name
