"""The article links of a listing page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from corpnews.discovery import urls
from corpnews.discovery.anchors import units
from corpnews.discovery.articles.datelines import DateStyle, date_line, most_precise
from corpnews.discovery.articles.gaps import read_gaps, read_years
from corpnews.discovery.articles.groups import article_records, grouped
from corpnews.discovery.articles.records import read_records, records_of
from corpnews.discovery.listing import ArticleLink
from corpnews.discovery.words import ALL, LANGUAGE_NAMES, NEXT, YEAR_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.discovery.anchors import Anchor
    from corpnews.discovery.articles.records import Record
    from corpnews.discovery.scope import Scope
    from corpnews.extraction.page import Page

REPEATED = 3
PROSE_DENSITY = 0.4
PROSE_UNITS = 3


def article_links(records: Iterable[Record]) -> list[ArticleLink]:
    """Return each article once, in document order."""
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.key, []).append(record)
    return [merged(same) for same in found.values()]


def listed_records(page: Page, scope: Scope, anchors: Sequence[Anchor]) -> list[Record]:
    """Return the list items of the page that are articles, in document order."""
    records = records_of(page, list(candidates(page, anchors)))
    style = DateStyle.of(page)
    read_records(page, records, style)
    groups = grouped(records, scope)
    for group in groups:
        read_gaps(page, group, style)
    read_years(page, records, style)
    return article_records(groups, scope)


def candidates(page: Page, anchors: Sequence[Anchor]) -> Iterator[Anchor]:
    """Yield the links that may be articles: no listings, no labels of other items, no links in running text."""
    labels, label_paths = repeated_labels(anchors)
    labels |= urls.parents_of({anchor.key for anchor in anchors if anchor.is_headline})
    for anchor in anchors:
        if anchor.key in labels or anchor.path in label_paths or names_listing(anchor) or in_sentence(page, anchor):
            continue
        # an id may look like a year: /news/2024 with a headline
        if not is_listing_url(anchor.url) or (anchor.is_headline and urls.is_period(anchor.url)):
            yield anchor


def in_sentence(page: Page, anchor: Anchor) -> bool:
    """Whether the link stands in running text, after three or more words."""
    block = page.layout.blocks[anchor.mark.index] if anchor.mark.index < len(page.layout.blocks) else None
    if block is None or block.link_density > PROSE_DENSITY or anchor.says_more:
        return False
    before, found, _ = block.text.partition(anchor.text)
    return bool(found) and units(before) >= PROSE_UNITS and date_line(before) is None


def repeated_labels(anchors: Sequence[Anchor]) -> tuple[set[str], set[int]]:
    """Return the targets that are linked repeatedly with one short text, and the tag paths where most links are such."""
    texts = Counter((anchor.key, anchor.path, anchor.label) for anchor in anchors if anchor.label and not anchor.says_more)
    places = Counter(anchor.path for anchor in anchors)
    copied = copied_lists(anchors)
    repeated = {(key, path) for (key, path, _), count in texts.items() if count >= REPEATED and path not in copied}
    labelled = Counter(anchor.path for anchor in anchors if (anchor.key, anchor.path) in repeated)
    return {key for key, _ in repeated}, {path for path, count in labelled.items() if count * 2 > places[path]}


def copied_lists(anchors: Sequence[Anchor]) -> set[int]:
    """Return the tag paths where most targets are linked equally often: copies of one list in several tabs, not labels."""
    counts: dict[int, list[int]] = {}
    for (_, path), count in Counter((anchor.key, anchor.path) for anchor in anchors).items():
        counts.setdefault(path, []).append(count)
    return {path for path, each in counts.items() if is_even(each)}


def is_even(counts: Sequence[int]) -> bool:
    """Whether more than two thirds of the counts are the same number, which is three or more.

    >>> is_even([3, 3, 3, 3]), is_even([12, 1, 1, 1]), is_even([9, 4, 3])
    (True, False, False)
    """
    usual, share = Counter(counts).most_common(1)[0]
    return usual >= REPEATED and len(counts) > 2 and share * 3 > len(counts) * 2


def names_listing(anchor: Anchor) -> bool:
    """Whether the link text is a page number, a year, "next", "all" or a language."""
    text = anchor.label
    if (text.isdigit() and len(text) < 5) or YEAR_NAME.match(text):
        return True
    return (text in NEXT and not anchor.says_more) or text in ALL or text in LANGUAGE_NAMES


def is_listing_url(url: str) -> bool:
    """Whether the URL is that of a listing: a label, page number, year or month, or the site's home page."""
    home = not urls.edition_free(url) and not urls.has_id(url)
    return home or urls.is_label(url) or urls.is_paged(url) or (urls.is_period(url) and not urls.is_calendar_day(url))


def merged(records: Sequence[Record]) -> ArticleLink:
    """Merge all items that link to one article: the longest title, the most precise date."""
    title = max((record.title or "" for record in records), key=len)
    date = most_precise([record.date for record in records if record.date])
    return ArticleLink(records[0].url, title or None, date)
