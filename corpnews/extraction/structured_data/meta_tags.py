"""Meta elements of a page: OpenGraph, Twitter, Dublin Core, citation, parsely, sailthru and plain names."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpnews.extraction.structured_data.values import split_keywords

if TYPE_CHECKING:
    from corpnews.extraction.structured_data.values import StatedValues
    from corpnews.page.page import Page

# For each field the names that state it, the most reliable first.
_NAMES_BY_FIELD = {
    "headline": "og:title twitter:title citation_title parsely-title sailthru.title dc.title dcterms.title headline "
    "title articletitle",
    "description": "og:description twitter:description description sailthru.description dc.description dcterms.description",
    "date_published": "article:published_time og:article:published_time og:published_time published_time datepublished "
    "rnews:datepublished published-date published_date "
    "parsely-pub-date sailthru.date cxenseparse:recs:publishtime dcterms.issued dc.date.issued "
    "citation_publication_date citation_online_date citation_date weibo:article:create_at pubdate publishdate publish-date "
    "publish_date publication_date originalpublicationdate article_date_original article.published bt:pubdate release_date "
    "og:release_date dc.date.created dcterms.created dcterms.date dc.date date",
    "date_modified": "article:modified_time og:article:modified_time og:updated_time og:modified_time updated_time datemodified "
    "dcterms.modified dc.date.modified weibo:article:update_at article.updated last-modified lastmod revised",
    "author": "article:author_name author byl citation_author parsely-author sailthru.author dc.creator dcterms.creator "
    "dc.creator.author cxenseparse:author article:author og:article:author shareaholic:article_author_name",
    "section": "article:section og:article:section parsely-section sailthru.section cxenseparse:taxonomy dc.type.section "
    "columnname",
    "keyword": "article:tag og:article:tag news_keywords parsely-tags sailthru.tags citation_keywords",
    "page_keyword": "keywords",
    "publisher": "article:publisher_name dc.publisher dcterms.publisher citation_publisher publisher",
    "site_name": "og:site_name application-name apple-mobile-web-app-title sitename",
    "image": "og:image:secure_url og:image og:image:url twitter:image twitter:image:src sailthru.image.full thumbnail",
    "video": "og:video:secure_url og:video:url og:video",
}
# Labels of twitter:data1 and twitter:data2 that say that these name the author.
_AUTHOR_LABELS = frozenset(
    "written by,author,by,verfasst von,geschrieben von,autor,écrit par,rédigé par,escrito por,scritto da,geschreven door,"
    "skrevet av,skrevet af,skriven av,napisane przez,автор,написано автором,作者,執筆者".split(",")
)
_FIELD_BY_NAME = {name: (field, rank) for field, names in _NAMES_BY_FIELD.items() for rank, name in enumerate(names.split())}


def read_meta_tags(page: Page) -> StatedValues:
    """Return the contents of the meta elements by field, those of the most reliable names first."""
    ranked: dict[str, list[tuple[int, str]]] = {}
    for element in page.elements["meta"]:
        name = element.get("property") or element.get("name")
        content = element.get("content")
        field = _FIELD_BY_NAME.get(name.strip().lower()) if name and content else None
        if field and content:
            values = split_keywords(content) if field[0].endswith("keyword") else [content]
            ranked.setdefault(field[0], []).extend((field[1], value) for value in values)
    for number in (1, 2):
        label, value = page.meta.get(f"twitter:label{number}", ""), page.meta.get(f"twitter:data{number}")
        if value and label.lower() in _AUTHOR_LABELS:
            ranked.setdefault("author", []).append((len(_FIELD_BY_NAME), value))
    return {field: [value for _, value in sorted(values, key=lambda pair: pair[0])] for field, values in ranked.items()}


def read_canonical_url(page: Page) -> str | None:
    """Return the canonical URL that the page declares.

    The site's home page is ignored: some templates declare it on all pages.
    """
    stated = [link.get("href") for link in page.find_links("canonical")]
    stated.append(page.meta.get("og:url"))
    for href in stated:
        url = page.resolve_url(href)
        if url and (urlsplit(url).path.strip("/") or urlsplit(url).query or not urlsplit(page.url).path.strip("/")):
            return url
    return None
