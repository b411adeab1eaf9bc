"""Objects of a JSON list of unknown schema, read as entries: link, headline, date and language."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from corpnews.discovery.anchors import count_words
from corpnews.extraction.listing_entry import ArticleLink
from corpnews.extraction.structured_data import json_values
from corpnews.extraction.structured_data.json_values import normalize_key
from corpnews.web import url_features, urls
from corpnews.web.languages import normalize_language_tag

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from corpnews.discovery.script_links import UrlParts
    from corpnews.extraction.dates import FoundDate

_MIN_HEADLINE_WORDS: Final = 4
_MIN_UNNAMED_ROWS: Final = 3
_HREF: Final = re.compile(r"<a\b[^<>]{0,500}\bhref\s*=\s*[\"']([^\"'<>]{1,1000})")
_ADDRESS_START: Final = re.compile(r"https?://|\.{0,2}/(?!/)")


# Keys as `normalize_key` spells them, the most reliable first.
_LINK_KEYS = tuple(
    """
permalink canonicalurl articleurl detailurl pageurl fullurl weburl publicurl newsroomview link url href linkurl itemurl
externalurl detaillink linktodetailpage relativeurl
""".split()
)
# Their values are paths from the host's root, with or without a slash.
_PATH_KEYS = tuple("path pagepath urlpath fullpath fullslug uri route alias".split())
_SLUG_KEYS = tuple("slug urlslug seoslug urlname seoname friendlyurl urltitle".split())
_INNER_LINK_KEYS = tuple("url href path alias permalink html web newsroomview current canonical".split())
# When a database record was created: often the day of publication, but products have one too.
_WEAK_DATE_KEYS = tuple("createdat createdon created createddate datecreated timestamp time".split())
_MODIFIED_KEYS = tuple("modified modifiedat modifieddate datemodified lastmodified updated updatedat lastupdated".split())
_LANGUAGE_KEYS = tuple("language languagecode inlanguage lang langcode locale culture".split())
_INNER_LANGUAGE_KEYS = tuple("code locale iso id".split())


@dataclass(frozen=True, slots=True)
class JsonRow:
    """An object of a list, with normalized keys; the fields of wrapped objects are merged into it."""

    fields: Mapping[str, Any]

    @classmethod
    def from_mapping(cls, row: Mapping[str, Any], links: Mapping[str, UrlParts]) -> JsonRow:
        """Return the row of an object, with the link that a script makes of one of its fields, as `links` has it.

        >>> JsonRow.from_mapping({"name": "new-plant"}, {"name": ("/news/", ".html")}).fields
        {'permalink': '/news/new-plant.html', 'name': 'new-plant'}
        """
        fields: dict[str, Any] = {}
        layers: list[Mapping[str, Any]] = [row]
        for _ in range(3):
            inner: list[Mapping[str, Any]] = []
            for key, value in ((normalize_key(key), value) for layer in layers for key, value in layer.items()):
                fields.setdefault(key, value)
                if key in json_values.WRAPPER_KEYS and isinstance(value, dict):
                    inner.append(value)
            layers = inner
        made = (str(fields[key]).join(parts) for key, parts in links.items() if isinstance(fields.get(key), (str, int)))
        return cls({"permalink": link, **fields} if (link := next(made, None)) else fields)

    def split_links(self) -> JsonRow:
        """Return the row with a field more for each link in a field's HTML."""
        cells = ((key, _HREF.search(value)) for key, value in self.fields.items() if isinstance(value, str) and "<a" in value)
        return JsonRow({**self.fields, **{f"{key} href": href[1] for key, href in cells if href}})

    def rename(self, names: Mapping[str, str]) -> JsonRow:
        return JsonRow({names.get(key, key): value for key, value in self.fields.items()})

    @property
    def slug(self) -> str:
        return json_values.as_string(_get_inner_value(json_values.get_first(self.fields, _SLUG_KEYS), _INNER_LINK_KEYS))

    @property
    def title(self) -> str | None:
        return next((found for key in json_values.HEADLINE_KEYS if (found := json_values.as_text(self.fields.get(key)))), None)

    def date(self, keys: Sequence[str]) -> FoundDate | None:
        tags = (self.language,) if self.language else ()
        return next((found for key in keys if (found := json_values.as_date(self.fields.get(key), tags))), None)

    @property
    def language(self) -> str | None:
        return normalize_language_tag(
            json_values.as_string(_get_inner_value(json_values.get_first(self.fields, _LANGUAGE_KEYS), _INNER_LANGUAGE_KEYS))
        )

    def url(self, base_url: str, pattern: UrlParts | None) -> str | None:
        """Return the row's URL: from a link, a path from the root, else its slug."""
        for key in (*_LINK_KEYS, *_PATH_KEYS, "links"):
            href = json_values.as_string(_get_inner_value(self.fields.get(key), _INNER_LINK_KEYS))
            if key in _PATH_KEYS and href and not href.lower().startswith(("/", "http")):
                href = f"/{href}"
            url = _parse_page_url(base_url, href)
            if url:
                return url
        slug = self.slug
        if "/" in slug:
            return _parse_page_url(base_url, slug if slug.startswith("http") else f"/{slug.lstrip('/')}")
        return _parse_page_url(base_url, slug.join(pattern)) if slug and pattern else None

    def link(self, base_url: str, pattern: UrlParts | None) -> ArticleLink | None:
        url, title = self.url(base_url, pattern), self.title
        if not url or not title:
            return None
        date = self.date(json_values.DATE_KEYS) or self.date(_WEAK_DATE_KEYS)
        return ArticleLink(url, title, date, modified=self.date(_MODIFIED_KEYS), language=self.language)


def find_field_names(rows: Sequence[JsonRow], base_url: str) -> Mapping[str, str]:
    """Return which fields hold link, headline and date, by their values.

    >>> rows = [JsonRow({"t": f"Acme opens plant {at}", "u": f"/p/{at}", "d": "5/3/2024"}) for at in range(3)]
    >>> find_field_names(rows, "https://example.com/")
    {'u': 'url', 't': 'title', 'd': 'date'}
    """
    if len(rows) < _MIN_UNNAMED_ROWS:
        return {}
    texts = {
        key: [value for row in rows if isinstance(value := row.fields.get(key), str)]
        for key, first in rows[0].fields.items()
        if isinstance(first, str)
    }
    full = {key: values for key, values in texts.items() if len(values) == len(rows)}
    dates = [key for key, values in full.items() if all(map(json_values.as_date, values))]
    links = [key for key, values in full.items() if _are_pages(values, base_url)]
    titles = [key for key, values in full.items() if key not in (*links, *dates) and _are_headlines(values)]
    if not links or not titles:
        return {}
    return {links[0]: "url", titles[0]: "title", **dict.fromkeys(dates[:1], "date")}


def _are_pages(values: Sequence[str], base_url: str) -> bool:
    """Whether the values are the addresses of different pages."""
    addresses = filter(_ADDRESS_START.match, values)
    return len({url for address in addresses if (url := _parse_page_url(base_url, address))}) == len(values)


def _are_headlines(values: Sequence[str]) -> bool:
    return len(set(values)) == len(values) and median(map(count_words, values)) >= _MIN_HEADLINE_WORDS


def _get_inner_value(value: object, keys: Sequence[str]) -> object:
    """Return an object's value under the first of the keys that it has; any other value unchanged."""
    if not isinstance(value, dict):
        return value
    return json_values.get_first({normalize_key(key): child for key, child in value.items()}, keys)


def _parse_page_url(base_url: str, href: str) -> str | None:
    """Return `href` as the URL of a page or PDF, else None."""
    url = None if any(map(str.isspace, href)) else json_values.as_url(base_url, href)
    return url if url and (not urls.is_asset_url(url) or urls.is_pdf_url(url)) else None


def find_slug_pattern(slugs: Sequence[str], base_url: str, known: Collection[str]) -> UrlParts | None:
    """Return what precedes and follows the slug in the URLs of the newsroom's articles.

    >>> find_slug_pattern(["new-plant"], "https://example.com/", ["https://example.com/media/new-plant.html"])
    ('https://example.com/media/', '.html')
    """
    wanted = {slug for slug in slugs if slug and "/" not in slug}
    seen: Counter[UrlParts] = Counter()
    for url in known if wanted else ():
        before, slash, step = url.rstrip("/").rpartition("/")
        slug = next((slug for slug in (step, step.partition(".")[0]) if slug in wanted), None)
        if slug:
            seen[f"{before}{slash}", url[len(before) + 1 + len(slug) :]] += 1
    if seen:
        return seen.most_common(1)[0][0]
    if known or not url_features.has_news_segment(urls.split_path(base_url)[-1:]):
        return None
    return urls.INDEX_FILE.sub("", base_url.partition("?")[0]).rstrip("/") + "/", ""
