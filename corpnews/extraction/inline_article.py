"""Articles whose text a source delivers with the link, such as a feed: they are read as a page that contains nothing else."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates import ArticleDates
from corpnews.extraction.dates.published import is_later_date
from corpnews.extraction.extract import NotAnArticle, name_sources, sample_text
from corpnews.extraction.extracted_page import ExtractedPage
from corpnews.extraction.headline import Headline
from corpnews.extraction.headline.subheadline import find_subheadline
from corpnews.extraction.media import find_attachments, find_images, find_videos
from corpnews.extraction.media.attachments import MAX_ATTACHMENTS, get_link_title, get_media_type
from corpnews.extraction.media.images import MAX_IMAGES
from corpnews.extraction.people import find_authors
from corpnews.extraction.section_and_keywords import find_keywords, find_section
from corpnews.extraction.selectors import find_element_region
from corpnews.extraction.structured_data import Claim, StructuredData
from corpnews.extraction.structured_data.values import strip_html
from corpnews.extraction.translations import find_translations
from corpnews.items import Attachment
from corpnews.page.bounds import prepare_html
from corpnews.page.charset import NUL
from corpnews.page.layout import BodyRegion, Zone
from corpnews.page.page import Page, parse_html
from corpnews.web.languages import detect_language, normalize_language_tag
from corpnews.web.text import build_comparison_key, get_short_text

if TYPE_CHECKING:
    from corpnews.extraction.dates import FoundDate
    from corpnews.extraction.listing_entry import ArticleLink, InlineArticle
    from corpnews.page.layout import ElementRef

_BODY_CLASS: Final = "article-body"
# A text without any of these tags is plain text with blank lines between its paragraphs.
_BLOCK_TAG = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|table|section|article|figure|blockquote|pre)\b", re.IGNORECASE)
# The parser ignores everything after these tags.
_END_OF_PAGE = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
# Shortcodes of editor plug-ins that were not run: [name attribute="…"], and [name] … [/name].
_SHORTCODE = re.compile(r"\[/[a-z][\w-]{0,60}\]|\[[a-z][\w-]{0,60}(?:\s+[\w-]{1,60}=[^\[\]]{0,2000})\s*/?\]", re.IGNORECASE)
_CLOSED_SHORTCODE = re.compile(r"\[/([a-z][\w-]{0,60})\]", re.IGNORECASE)
_BARE_SHORTCODE = re.compile(r"\[([a-z][\w-]{0,60})\]", re.IGNORECASE)
# Zones of an editor's text that are not the release; asides and footers in it are quotes and notes.
_BOILERPLATE_ZONES: Final = Zone.NAV | Zone.HIDDEN | Zone.FORM | Zone.SHARE | Zone.RELATED | Zone.COMMENT | Zone.AD
# The text may start with the title once more, within this many blocks.
_MAX_BLOCKS_BEFORE_TITLE: Final = 4
# The claims of the source are given to the readers as structured data; this is replaced by the source's name at the end.
_INLINE_CLAIM_SOURCE: Final = "json-ld"


def extract_inline(link: ArticleLink, via: str) -> ExtractedPage:
    """Extract the article that came with `link`. Its body is not yet cleaned of boilerplate.

    Args:
        link: The link with its inline article.
        via: Name of the source of the link.

    Raises:
        NotAnArticle: There is no title or no text.
    """
    article, title = link.inline_article, strip_html(link.title or "")
    if article is None or not title:
        raise NotAnArticle("no headline" if article else "no text")
    page = _build_inline_page(link, article, title)
    headline, region = _build_inline_headline(page, title, via), _find_inline_body(page)
    if region is None:
        raise NotAnArticle("no text")
    data = _build_structured_data(article)
    date = (link.date, via) if link.date else ArticleDates(page, data, headline.block, region).find_published()
    authors, section = find_authors(page, data, headline, region), find_section(page, data, headline)
    images, captions = find_images(page, data, region, headline)
    sources = name_sources(headline, date, authors, section)
    return ExtractedPage(
        page=page,
        headline=headline,
        region=region,
        canonical_url=None,
        summary=strip_html(article.summary or "") or None,
        language=normalize_language_tag(link.language) or detect_language(sample_text(title, region), page.language_tag),
        date_published=date[0] if date else None,
        date_modified=_find_inline_modification_date(link, page, headline, region),
        authors=authors[0] if authors else (),
        section=section[0] if section else None,
        keywords=find_keywords(page, data),
        images=images,
        videos=find_videos(page, data, region),
        attachments=_collect_attachments(page, region, article),
        captions=captions,
        sources={name: via if source == _INLINE_CLAIM_SOURCE else source for name, source in sources.items()},
        translations=find_translations(page, link.translations),
    )


def _build_inline_page(link: ArticleLink, article: InlineArticle, title: str) -> Page:
    """Return a page that contains only the article, under the link's URL."""
    html, is_truncated = prepare_html(_split_paragraphs(_remove_shortcodes(_END_OF_PAGE.sub("", article.html))))
    figures = "".join(_render_figure(*image) for image in article.images[:MAX_IMAGES])
    root = parse_html(
        _encode_html(
            f'<html lang="{normalize_language_tag(link.language) or ""}"><body><article><h1>{escape(title)}</h1>'
            f'<div class="{_BODY_CLASS}">{figures}</div></article></body></html>'
        )
    )
    text, body = parse_html(html), next(root.iter("div"))
    for part in text.iter("body"):
        part.tag = "div"
    body[:0] = [part for part in text if part.tag != "head"]
    return Page(link.url, root, is_truncated=is_truncated)


def _encode_html(html: str) -> bytes:
    """Encode the text for the parser; lone surrogates and NUL, which JSON can contain, are replaced or removed."""
    return html.encode("utf-8", "replace").replace(NUL, b"")


def _remove_shortcodes(html: str) -> str:
    """Remove the shortcodes of editor plug-ins.

    >>> _remove_shortcodes('[row][column width="1/2"]Acme [sic] builds[/column][/row] a plant [1].')
    'Acme [sic] builds a plant [1].'
    """
    if "[" not in html:
        return html
    closed = {name.lower() for name in _CLOSED_SHORTCODE.findall(html)}
    html = _SHORTCODE.sub("", html)
    return _BARE_SHORTCODE.sub(lambda found: "" if found[1].lower() in closed else found[0], html)


def _split_paragraphs(html: str) -> str:
    """Put the paragraphs of a plain text into <p> elements."""
    if _BLOCK_TAG.search(html):
        return html
    return "".join(f"<p>{text}</p>" for text in _BLANK_LINE.split(html.replace("\r\n", "\n").strip()))


def _render_figure(url: str, caption: str | None) -> str:
    text = f"<figcaption>{escape(strip_html(caption))}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(url)}">{text}</figure>'


def _build_inline_headline(page: Page, title: str, via: str) -> Headline:
    """Return the title as headline, with the blocks at the start of the text that repeat it, and the subheadline."""
    first, *below = page.layout.blocks[: _MAX_BLOCKS_BEFORE_TITLE + 1]
    again = [block for block in below if build_comparison_key(block.text) == build_comparison_key(title)]
    deck = find_subheadline(page.layout.blocks, [first])
    return Headline(title, via, first, " ".join(block.text for block in deck) or None, None, (first, *again, *deck))


def _find_inline_body(page: Page) -> BodyRegion | None:
    """Return the blocks of the text without those of boilerplate zones, or all blocks if no other is left."""
    region = find_element_region(page, next(page.root.iter("div")))
    if region is None:
        return None
    to_itself = {link.index for link in page.layout.links if _is_link_to_article(link, page)}
    own = tuple(block for block in region.blocks if not block.zone & _BOILERPLATE_ZONES and block.index not in to_itself)
    return BodyRegion(region.box, own or region.blocks)


def _is_link_to_article(link: ElementRef, page: Page) -> bool:
    """Return whether a link consists of the title and leads to the article itself: "The post … appeared first on …"."""
    url = page.resolve_url(link.element.get("href")) or ""
    is_same = url.partition("?")[0].rstrip("/") == page.url.partition("?")[0].rstrip("/")
    return is_same and build_comparison_key(get_short_text(link.element)) == build_comparison_key(page.layout.blocks[0].text)


def _build_structured_data(article: InlineArticle) -> StructuredData:
    """Return what the source says about the article as structured data, so that each reader judges it as it does a page's."""

    def claims(*values: str | None) -> tuple[Claim, ...]:
        return tuple(Claim(value, _INLINE_CLAIM_SOURCE) for value in (strip_html(value or "") for value in values) if value)

    return StructuredData(authors=claims(*article.authors), sections=claims(article.section), keywords=claims(*article.keywords))


def _find_inline_modification_date(link: ArticleLink, page: Page, headline: Headline, region: BodyRegion) -> FoundDate | None:
    """Return the date of the last change, if it is later than the publication."""
    if link.modified:
        return link.modified if link.date is None or is_later_date(link.modified, link.date) else None
    return ArticleDates(page, StructuredData(), headline.block, region).find_modified(link.date)


def _collect_attachments(page: Page, region: BodyRegion, article: InlineArticle) -> tuple[Attachment, ...]:
    """Return the files that the text links to and those that the source adds, without duplicates."""
    found = {each.url: each for each in find_attachments(page, region)}
    added = (
        f'<a href="{escape(url)}">{escape(strip_html(title or ""))}</a>' for url, title in article.attachments[:MAX_ATTACHMENTS]
    )
    for link in parse_html(_encode_html("".join(added))).iter("a"):
        url = page.resolve_url(link.get("href"))
        if url:
            found.setdefault(url, Attachment(url, get_link_title(link), get_media_type(link)))
    return tuple(found.values())[:MAX_ATTACHMENTS]
