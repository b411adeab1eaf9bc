"""Images of an article with caption, credit and alternative text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from corpnews.extraction.media.captions import find_captions, is_marked_caption, split_credit
from corpnews.extraction.media.span import ArticleSpan
from corpnews.extraction.release.mail_addresses import EMAIL_ADDRESS, reveal_email
from corpnews.items import Image
from corpnews.page.layout import BodyRegion, Zone
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from corpnews.extraction.headline import Headline
    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.layout import ElementRef
    from corpnews.page.page import Page

MAX_IMAGES: Final = 100
_MIN_IMAGE_SIZE: Final = 50
_MAX_BOXES_TO_CARD: Final = 4
_MAX_CARD_LENGTH: Final = 200
_MAX_ELEMENTS_TO_LINK: Final = 3
_MAX_BLOCKS_TO_PICTURE: Final = 4
# Attributes in which lazy loading keeps the URL, the most common first.
_LAZY_ATTRIBUTES = (
    "data-src data-original data-lazy-src data-lazy data-url data-actualsrc data-echo data-orig-file data-orig-src".split()
)
_SRCSET_ATTRIBUTES = ("data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER_URL = re.compile(
    r"^data:|(?:^|[/_-])(?:spacer|blank|placeholder|loading|lazy|lazyload|pixel|transparent|1x1|grey|gray|empty|dummy|none)[\w-]*\.(?:gif|png|svg|jpe?g)",
    re.IGNORECASE,
)
_ORNAMENT_NAME = re.compile(
    r"(?<![a-z])(?:icons?|ico|logos?|avatars?|headshots?|gravatar|sprites?|pixel|tracking|tracker|emojis?|smil(?:ey|ies)|qr|qr-?codes?|erweima|"
    r"badges?|buttons?|btn|share|arrows?|bullets?|spacer|captcha|flags?|rating|stars?|beacon|counter|divider)(?![a-z])",
    re.IGNORECASE,
)
_COUNTER = re.compile(r"\.gif\?[^#]*=")
_STOCK_IMAGE_NAME = re.compile(r"(?<![a-z])(?:default|share|social|og|opengraph|fallback|placeholder)(?![a-z])", re.IGNORECASE)
_IMAGE_FILE_NAME = re.compile(r"^[^/\\]{1,200}\.(?:jpe?g|png|gif|webp|bmp|svg|tiff?|avif|heic)$", re.IGNORECASE)
_MEANINGLESS_ALT = re.compile(
    r"^(?:(?:image|img|photo|picture|pic|bild|foto|dsc[nf]?|微信图片|图片|untitled|unnamed|screenshot)[\s\d_()-]*|"
    r"[\W\d_]+|[0-9a-f-]{16,})$",
    re.IGNORECASE,
)


def find_images(
    page: Page,
    data: StructuredData,
    region: BodyRegion | None,
    headline: Headline | None,
    selected: frozenset[HtmlElement] = frozenset(),
) -> tuple[tuple[Image, ...], frozenset[int]]:
    """Return the article's images in document order, and the indexes of the blocks that are their captions.

    These are the `selected` <img> elements, if there are any. An image that only structured data names is used if the article
    itself has none.
    """
    span = ArticleSpan.of(page, region, headline)
    images: dict[str, Image] = {}
    captions: set[int] = set()
    figures: set[HtmlElement] = set()  # those of which an image was taken
    for ref, following in zip_longest(page.layout.images, page.layout.images[1:]):
        figure = next(ref.element.iterancestors("figure"), None)
        if figure in figures and ref.box.own_zone & Zone.HIDDEN and not selected:
            continue
        wanted = ref.element in selected if selected else _is_article_image(ref, span)
        url = _get_full_image_url(ref.element, page) if wanted else None
        if url is None or (not selected and _has_ornamental_name(url)):
            continue
        if figure is not None:
            figures.add(figure)
        below = find_captions(ref, page.layout, span, following)
        captions.update(block.index for block in below)
        if below and is_marked_caption(below[-1]):  # the next picture of a gallery that ends the text stands below its caption
            span = replace(span, end=max(span.end, below[-1].index + 1))
        caption, credit = split_credit(" ".join(block.text for block in below) or _get_scripted_caption(ref.element))
        images.setdefault(urlsplit(url)._replace(query="").geturl(), Image(url, caption, credit, _get_alt_text(ref.element, url)))
    found = tuple(images.values())[:MAX_IMAGES] or tuple(_find_stated_image(page, data))
    return found, frozenset(captions)


def _get_scripted_caption(element: HtmlElement) -> str:
    """Return the caption that a script makes of the title: <img class="caption" title="The new hall">."""
    return normalize_space(element.get("title") or "") if "caption" in (element.get("class") or "").split() else ""


def find_picture_place(page: Page, headline: Headline | None) -> BodyRegion | None:
    """Return the headline as the text of a release that consists of pictures below it; None if there are none."""
    if headline is None or not headline.blocks:
        return None
    span, box = ArticleSpan.of(page, None, headline), headline.blocks[-1].box
    last = headline.blocks[-1].index
    below = (
        ref for ref in page.layout.images if last < ref.index <= last + _MAX_BLOCKS_TO_PICTURE and _is_article_image(ref, span)
    )
    is_shown = any((url := get_image_url(ref.element, page)) and not _has_ornamental_name(url) for ref in below)
    return BodyRegion(box.parent or box, headline.blocks) if is_shown else None


def _is_article_image(ref: ElementRef, span: ArticleSpan) -> bool:
    return span.contains(ref) and not (_is_ornament(ref.element) or _is_teaser(ref) or _is_portrait_of_contact(ref))


def _is_portrait_of_contact(ref: ElementRef) -> bool:
    """Return whether the image is in a small box with a mail address: the card of a person to contact."""
    cards = (box for box in islice(ref.box.ancestors(), _MAX_BOXES_TO_CARD) if 0 < box.chars <= _MAX_CARD_LENGTH)
    return any(EMAIL_ADDRESS.search(reveal_email(" ".join(box.element.itertext()))) for box in cards)


def _find_stated_image(page: Page, data: StructuredData) -> Iterator[Image]:
    """Yield the first image of the structured data that is neither a logo nor the site's default image."""
    for claim in data.images:
        url = page.resolve_url(claim.value)
        if url and not _has_ornamental_name(url) and not _STOCK_IMAGE_NAME.search(_get_file_name(url)):
            yield Image(url)
            return


def _get_full_image_url(element: HtmlElement, page: Page) -> str | None:
    """Return the URL of the image; of a preview, whose name has that of the image to which it links in it, that image's."""
    url = get_image_url(element, page)
    link = next((each for each in islice(element.iterancestors(), _MAX_ELEMENTS_TO_LINK) if each.tag == "a"), None)
    full = page.resolve_url(link.get("href")) if link is not None else None
    if url is None or full is None or not _IMAGE_FILE_NAME.match(_get_file_name(full)):
        return url
    name, shown = (_get_file_name(each).rpartition(".")[0] for each in (full, url))
    return full if name in shown and name != shown else url


def get_image_url(element: HtmlElement, page: Page) -> str | None:
    """Return the URL of the image, not of a placeholder that lazy loading replaces."""
    for stated in _iterate_image_urls(element):
        if not _PLACEHOLDER_URL.search(stated):
            url = page.resolve_url(stated)
            if url:
                return url
    return None


def _iterate_image_urls(element: HtmlElement) -> Iterator[str]:
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


def _is_ornament(element: HtmlElement) -> bool:
    """Return whether an image is too small, or has a class such as icon, logo or avatar."""
    for name in ("width", "height"):
        size = (element.get(name) or "").strip().removesuffix("px")
        if size.isdigit() and size.isascii() and int(size) < _MIN_IMAGE_SIZE:
            return True
    parent = element.getparent()
    names = f"{element.get('class') or ''} {element.get('id') or ''} {parent.get('class') or '' if parent is not None else ''}"
    return _ORNAMENT_NAME.search(names.replace("_", "-")) is not None


def _is_teaser(ref: ElementRef) -> bool:
    """Return whether an image is part of a link with text, that is, of a teaser for another page."""
    box = ref.box
    return 2 * box.link_chars > box.chars and next(ref.element.iterancestors("a"), None) is not None


def _has_ornamental_name(url: str) -> bool:
    """Return whether the image is an ornament by its name, or a counter: a GIF that is asked for with parameters."""
    if _COUNTER.search(url.lower()):
        return True
    return _ORNAMENT_NAME.search(_get_file_name(url)) is not None or url.lower().split("?")[0].endswith(".svg")


def _get_file_name(url: str) -> str:
    return unquote(urlsplit(url).path.rsplit("/", 1)[-1])


def _get_alt_text(element: HtmlElement, url: str) -> str | None:
    """Return the image's alternative text, unless it is a file name or a word such as "image"."""
    alt = normalize_space(element.get("alt") or "")
    if not alt or _IMAGE_FILE_NAME.match(alt) or _MEANINGLESS_ALT.match(alt) or alt == _get_file_name(url).rpartition(".")[0]:
        return None
    return alt
