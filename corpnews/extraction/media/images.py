"""Images of an article with caption, credit and alternative text."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from corpnews.extraction.media.captions import find_captions, is_marked_caption, split_credit
from corpnews.extraction.media.image_urls import (
    IMAGE_FILE_NAME,
    get_file_name,
    get_full_image_url,
    get_image_url,
    get_picture_name,
    get_shown_address,
    links_to_page,
)
from corpnews.extraction.media.ornaments import (
    has_ornamental_name,
    is_ornament,
    is_portrait_of_author,
    is_portrait_of_contact,
    is_teaser,
)
from corpnews.extraction.media.span import ZONES_OUTSIDE_ARTICLE, ArticleSpan
from corpnews.items import Image
from corpnews.page.layout import BodyRegion, Zone
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from corpnews.extraction.headline import Headline
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.layout import Block, ElementRef
    from corpnews.page.page import Page

MAX_IMAGES: Final = 100
_MAX_BLOCKS_TO_PICTURE: Final = 4
# Maximum distance of the picture that the page's data state from headline and body, in blocks.
_MAX_BLOCKS_TO_STATED: Final = 4
_MIN_PICTURE_NAME: Final = 8
# Files of such a name in several places are sizes of one picture.
_MIN_TELLING_NAME: Final = 14
_STOCK_IMAGE_NAME = re.compile(r"(?<![a-z])(?:default|share|social|og|opengraph|fallback|placeholder)(?![a-z])", re.IGNORECASE)
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
    selected: frozenset[_Element] = frozenset(),
    *,
    authors: tuple[str, ...] = (),
    template: SiteTemplate | None = None,
) -> tuple[tuple[Image, ...], frozenset[int]]:
    """Return the article's images in document order, and the indexes of the blocks that are their captions.

    These are the `selected` <img> elements, if there are any. An image that only structured data names is used if the article
    itself has none. None is a portrait of one of the `authors`, or on many pages of the site by its template.
    """
    wanted = _WantedImages(page, ArticleSpan.of(page, region, headline), _get_stated_urls(page, data), template)
    reader = _ImageReader(page, wanted, selected, authors, headline.text if headline else "")
    for ref, following in zip_longest(page.layout.images, page.layout.images[1:]):
        reader.read(ref, following)
    found = tuple(reader.images.values())[:MAX_IMAGES] or tuple(_find_stated_image(page, data, template))
    return found, frozenset(reader.captions)


@dataclass(slots=True)
class _ImageReader:
    """Reads the images of a page one by one, and keeps those of the article.

    Attributes:
        wanted: Which images these are, but for `selected` ones.
        authors, title: Of the article.
        images: The images so far by picture.
        captions: The indexes of the blocks that are captions.
        figures: The figures of which an image was taken.
    """

    page: Page
    wanted: _WantedImages
    selected: frozenset[_Element]
    authors: tuple[str, ...]
    title: str
    images: dict[str, Image] = field(default_factory=dict)
    captions: set[int] = field(default_factory=set)
    figures: set[_Element] = field(default_factory=set)

    def read(self, ref: ElementRef, following: ElementRef | None) -> None:
        """Add an image if it is the article's; `following` is the next one on the page."""
        url = self._get_url(ref)
        figure = None if url is None else next(ref.element.iterancestors("figure"), None)
        is_copy = figure in self.figures and ref.box.own_zone & Zone.HIDDEN and not self.selected
        if url is None or is_copy:
            return
        below = find_captions(ref, self.page.layout, self.wanted.span, following)
        if not self.selected and is_portrait_of_author(ref.element, self.authors, self.title):
            self.captions.update(block.index for block in below)  # the author's name is none of the text
        elif self.selected or not self._is_ornament(ref, url, is_described=_is_described(figure, below)):
            self.captions.update(block.index for block in below)
            self._add(ref, url, below)
            if figure is not None:
                self.figures.add(figure)

    def _get_url(self, ref: ElementRef) -> str | None:
        if self.selected:
            return get_full_image_url(ref.element, self.page) if ref.element in self.selected else None
        return self.wanted.get_url(ref)

    def _is_ornament(self, ref: ElementRef, url: str, *, is_described: bool) -> bool:
        return self.wanted.is_site_wide(ref, url) or (has_ornamental_name(url) and not is_described)

    def _add(self, ref: ElementRef, url: str, below: tuple[Block, ...]) -> None:
        if below and is_marked_caption(below[-1]):  # the next picture of a gallery that ends the text stands below its caption
            span = self.wanted.span
            self.wanted = replace(self.wanted, span=replace(span, end=max(span.end, below[-1].index + 1)))
        caption, credit = split_credit(" ".join(block.text for block in below) or _get_scripted_caption(ref.element))
        key, image = _identify_picture(url), Image(url, caption, credit, _get_alt_text(ref.element, url))
        known = self.images.get(key)
        if known and caption and known.caption not in (None, caption) and known.url != url:
            self.images[url] = image  # another picture of that name
        elif known is None or (caption and known.caption is None):
            self.images[key] = image


@dataclass(frozen=True, slots=True)
class _WantedImages:
    """Which of the page's images are the article's; `stated` are the URLs that the page's data name, by picture."""

    page: Page
    span: ArticleSpan
    stated: dict[str, str]
    template: SiteTemplate | None

    def get_url(self, ref: ElementRef) -> str | None:
        """Return the URL of an image of the article, else None.

        The main picture may stand outside the boxes of headline and text; its URL is then the one that the data state, which is
        that of the largest size.
        """
        if _is_article_image(ref, self.span):
            return get_full_image_url(ref.element, self.page)
        return self._find_stated_url(ref) if self.stated and self._is_near(ref) and not is_teaser(ref) else None

    def _find_stated_url(self, ref: ElementRef) -> str | None:
        url = get_image_url(ref.element, self.page)
        return self.stated.get(get_picture_name(url)) if url else None

    def _is_near(self, ref: ElementRef) -> bool:
        """Return whether an image is close to the headline and the start of the text, in a box of no other kind."""
        first, last = self.span.title - _MAX_BLOCKS_TO_STATED, max(self.span.title, self.span.body) + 1
        return first <= ref.index <= last and not ref.box.zone & (ZONES_OUTSIDE_ARTICLE | Zone.HIDDEN)

    def is_site_wide(self, ref: ElementRef, url: str) -> bool:
        """Return whether the image is on too many pages; where it links to one, it is the picture of that page's article."""
        if self.template is None:
            return False
        marks = (url, mark_link(url)) if links_to_page(ref.element) else (url,)
        return any(map(self.template.is_site_wide, marks))


def mark_link(url: str) -> str:
    """Return the text under which a site's template counts an image that is a link to a page."""
    return f"link: {url}"


def _get_stated_urls(page: Page, data: StructuredData) -> dict[str, str]:
    """Return the URLs of the pictures in the page's data by their names, without names that all pages may use."""
    urls = [url for claim in reversed(data.images) if (url := page.resolve_url(claim.value))]
    return {name: url for url in urls if len(name := get_picture_name(url)) >= _MIN_PICTURE_NAME}


def _is_described(figure: _Element | None, captions: tuple[Block, ...]) -> bool:
    """Return whether an image has a figure and a caption of its own: so it is no ornament, even if it shows a logo."""
    return bool(captions) and figure is not None and sum(1 for _ in figure.iter("img")) == 1


def _identify_picture(url: str) -> str:
    """Return what a picture's URLs have in common: the name of its files, if it is long enough to be that of one picture."""
    name = get_picture_name(url)
    is_named = len(name) >= _MIN_TELLING_NAME and IMAGE_FILE_NAME.match(get_file_name(url)) is not None
    return name if is_named else get_shown_address(url)


def _get_scripted_caption(element: _Element) -> str:
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
    is_shown = any((url := get_image_url(ref.element, page)) and not has_ornamental_name(url) for ref in below)
    return BodyRegion(box.parent or box, headline.blocks) if is_shown else None


def _is_article_image(ref: ElementRef, span: ArticleSpan) -> bool:
    return span.contains(ref) and not (is_ornament(ref.element) or is_teaser(ref) or is_portrait_of_contact(ref))


def _find_stated_image(page: Page, data: StructuredData, template: SiteTemplate | None) -> Iterator[Image]:
    """Yield the first image of the structured data that is neither a logo nor the site's default image."""
    for claim in data.images:
        url = page.resolve_url(claim.value)
        if url and not has_ornamental_name(url) and not _STOCK_IMAGE_NAME.search(get_file_name(url)):
            if template is None or not template.is_site_wide(url):
                yield Image(url)
            return


def _get_alt_text(element: _Element, url: str) -> str | None:
    """Return the image's alternative text, unless it is a file name or a word such as "image"."""
    alt = normalize_space(html.unescape(element.get("alt") or ""))
    if not alt or IMAGE_FILE_NAME.match(alt) or _MEANINGLESS_ALT.match(alt) or alt == get_file_name(url).rpartition(".")[0]:
        return None
    return alt
