"""Articles whose text a source delivers with the link, such as a feed: they are read as a page that contains nothing else."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from corpnews.extraction.blocks import Region, Zone
from corpnews.extraction.dates import modification_date, publication_date
from corpnews.extraction.dates.published import is_later
from corpnews.extraction.draft import Draft
from corpnews.extraction.extract import NotAnArticle, sample
from corpnews.extraction.facts import Claim, Facts
from corpnews.extraction.facts.values import plain
from corpnews.extraction.headline import Headline
from corpnews.extraction.headline.subheadline import deck_below
from corpnews.extraction.headline.titles import squeezed
from corpnews.extraction.labels import find_keywords, find_section
from corpnews.extraction.language import declared_tag, detect_language
from corpnews.extraction.markup import NUL, fit_to_parse
from corpnews.extraction.media import find_attachments, find_images, find_videos
from corpnews.extraction.media.attachments import MOST_ATTACHMENTS, media_type_of, title_of
from corpnews.extraction.media.images import MOST_IMAGES
from corpnews.extraction.page import Page, parsed
from corpnews.extraction.people import find_authors
from corpnews.extraction.selectors import region_of
from corpnews.extraction.text import text_inside
from corpnews.extraction.translations import find_translations
from corpnews.items import Attachment

if TYPE_CHECKING:
    from corpnews.discovery.listing import ArticleLink, Written
    from corpnews.extraction.blocks import Mark
    from corpnews.extraction.dates import FoundDate

BODY: Final = "article-body"
# A text without any of these tags is plain text with blank lines between its paragraphs.
BLOCK_TAG = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|table|section|article|figure|blockquote|pre)\b", re.IGNORECASE)
# The parser ignores everything after these tags.
PAGE_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
# Shortcodes of editor plug-ins that were not run: [name attribute="…"], and [name] … [/name].
SHORTCODE = re.compile(r"\[/[a-z][\w-]{0,60}\]|\[[a-z][\w-]{0,60}(?:\s+[\w-]{1,60}=[^\[\]]{0,2000})\s*/?\]", re.IGNORECASE)
CLOSED = re.compile(r"\[/([a-z][\w-]{0,60})\]", re.IGNORECASE)
BARE = re.compile(r"\[([a-z][\w-]{0,60})\]", re.IGNORECASE)
# Zones of an editor's text that are not the release; asides and footers in it are quotes and notes.
FURNITURE: Final = Zone.NAV | Zone.HIDDEN | Zone.FORM | Zone.SHARE | Zone.RELATED | Zone.COMMENT | Zone.AD
# The text may start with the title once more, within this many blocks.
MOST_BEFORE_TITLE: Final = 4
# The claims of the source are given to the readers as structured data; this is replaced by the source's name at the end.
STATED: Final = "json-ld"


def extract_written(link: ArticleLink, via: str) -> Draft:
    """Extract the article that came with `link`. Its body is not yet cleaned of boilerplate.

    Args:
        link: The link with its inline article.
        via: Name of the source of the link.

    Raises:
        NotAnArticle: There is no title or no text.
    """
    written, title = link.written, plain(link.title or "")
    if written is None or not title:
        raise NotAnArticle("no headline" if written else "no text")
    page = page_of(link, written, title)
    headline, region = headline_of(page, title, via), body_of(page)
    if region is None:
        raise NotAnArticle("no text")
    facts = facts_of(written)
    dated = (link.date, via) if link.date else publication_date(page, facts, headline.block, region)
    authors, section = find_authors(page, facts, headline, region), find_section(page, facts, headline)
    images, captions = find_images(page, facts, region, headline)
    found = {"headline": via, "date_published": dated, "authors": authors, "section": section}
    sources = {name: value if isinstance(value, str) else value[1] for name, value in found.items() if value}
    return Draft(
        page=page,
        headline=headline,
        region=region,
        canonical_url=None,
        summary=plain(written.summary or "") or None,
        language=declared_tag(link.language) or detect_language(page, sample(title, region)),
        date_published=dated[0] if dated else None,
        date_modified=modified(link, page, headline, region),
        authors=authors[0] if authors else (),
        section=section[0] if section else None,
        keywords=find_keywords(page, facts),
        images=images,
        videos=find_videos(page, facts, region),
        attachments=attachments_of(page, region, written),
        captions=captions,
        publisher=None,
        types=(),
        template=None,
        sources={name: via if source == STATED else source for name, source in sources.items()},
        translations=find_translations(page, link.translations),
    )


def page_of(link: ArticleLink, written: Written, title: str) -> Page:
    """Return a page that contains only the article, under the link's URL."""
    html, is_cut_short = fit_to_parse(paragraphed(without_shortcodes(PAGE_END.sub("", written.html))))
    figures = "".join(figure(*image) for image in written.images[:MOST_IMAGES])
    root = parsed(
        parseable(
            f'<html lang="{declared_tag(link.language) or ""}"><body><article><h1>{escape(title)}</h1>'
            f'<div class="{BODY}">{figures}</div></article></body></html>'
        )
    )
    text, body = parsed(html), next(root.iter("div"))
    for part in text.iter("body"):
        part.tag = "div"
    body[:0] = [part for part in text if part.tag != "head"]
    return Page(link.url, root, is_cut_short=is_cut_short)


def parseable(html: str) -> bytes:
    """Encode the text for the parser; lone surrogates and NUL, which JSON can contain, are replaced or removed."""
    return html.encode("utf-8", "replace").replace(NUL, b"")


def without_shortcodes(html: str) -> str:
    """Remove the shortcodes of editor plug-ins.

    >>> without_shortcodes('[row][column width="1/2"]Acme [sic] builds[/column][/row] a plant [1].')
    'Acme [sic] builds a plant [1].'
    """
    if "[" not in html:
        return html
    closed = {name.lower() for name in CLOSED.findall(html)}
    html = SHORTCODE.sub("", html)
    return BARE.sub(lambda found: "" if found[1].lower() in closed else found[0], html)


def paragraphed(html: str) -> str:
    """Put the paragraphs of a plain text into <p> elements."""
    if BLOCK_TAG.search(html):
        return html
    return "".join(f"<p>{text}</p>" for text in BLANK_LINE.split(html.replace("\r\n", "\n").strip()))


def figure(url: str, caption: str | None) -> str:
    text = f"<figcaption>{escape(plain(caption))}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(url)}">{text}</figure>'


def headline_of(page: Page, title: str, via: str) -> Headline:
    """Return the title as headline, with the blocks at the start of the text that repeat it, and the subheadline."""
    first, *below = page.layout.blocks[: MOST_BEFORE_TITLE + 1]
    again = [block for block in below if squeezed(block.text) == squeezed(title)]
    deck = deck_below(page.layout.blocks, [first])
    return Headline(title, via, first, " ".join(block.text for block in deck) or None, None, (first, *again, *deck))


def body_of(page: Page) -> Region | None:
    """Return the blocks of the text without those of boilerplate zones, or all blocks if no other is left."""
    region = region_of(page, next(page.root.iter("div")))
    if region is None:
        return None
    to_itself = {link.index for link in page.layout.links if leads_home(link, page)}
    own = tuple(block for block in region.blocks if not block.zone & FURNITURE and block.index not in to_itself)
    return Region(region.box, own or region.blocks)


def leads_home(link: Mark, page: Page) -> bool:
    """Return whether a link consists of the title and leads to the article itself: "The post … appeared first on …"."""
    url = page.absolute(link.element.get("href")) or ""
    is_same = url.partition("?")[0].rstrip("/") == page.url.partition("?")[0].rstrip("/")
    return is_same and squeezed(text_inside(link.element)) == squeezed(page.layout.blocks[0].text)


def facts_of(written: Written) -> Facts:
    """Return what the source says about the article as structured data, so that each reader judges it as it does a page's."""

    def claims(*values: str | None) -> tuple[Claim, ...]:
        return tuple(Claim(value, STATED) for value in (plain(value or "") for value in values) if value)

    return Facts(authors=claims(*written.authors), sections=claims(written.section), keywords=claims(*written.keywords))


def modified(link: ArticleLink, page: Page, headline: Headline, region: Region) -> FoundDate | None:
    """Return the date of the last change, if it is later than the publication."""
    if link.modified:
        return link.modified if link.date is None or is_later(link.modified, link.date) else None
    return modification_date(page, Facts(), headline.block, region, link.date)


def attachments_of(page: Page, region: Region, written: Written) -> tuple[Attachment, ...]:
    """Return the files that the text links to and those that the source adds, without duplicates."""
    found = {each.url: each for each in find_attachments(page, region)}
    beside = (
        f'<a href="{escape(url)}">{escape(plain(title or ""))}</a>' for url, title in written.attachments[:MOST_ATTACHMENTS]
    )
    for link in parsed(parseable("".join(beside))).iter("a"):
        url = page.absolute(link.get("href"))
        if url:
            found.setdefault(url, Attachment(url, title_of(link), media_type_of(link)))
    return tuple(found.values())[:MOST_ATTACHMENTS]
