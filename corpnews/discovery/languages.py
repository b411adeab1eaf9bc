"""Languages of URLs, and the languages that a run accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.discovery.urls import is_language, steps
from corpnews.extraction.language import primary

if TYPE_CHECKING:
    from collections.abc import Collection

# Codes in paths that differ from the language's own code.
WRITTEN = {
    "cn": "zh", "chs": "zh", "cht": "zh", "chn": "zh", "zhs": "zh", "zht": "zh", "chi": "zh", "sc": "zh", "tc": "zh",
    "chinese": "zh", "jp": "ja", "jpn": "ja", "japanese": "ja", "kr": "ko", "kor": "ko", "korean": "ko", "eng": "en",
    "english": "en", "ger": "de", "german": "de", "fra": "fr", "french": "fr", "esp": "es", "spanish": "es", "ita": "it",
    "rus": "ru", "ua": "uk", "cz": "cs", "dk": "da", "kz": "kk", "gr": "el", "iw": "he",
}  # fmt: skip
COUNTRIES = frozenset("ca in us uk gb id be ch at au br cy".split())  # more often countries than languages


def edition_language(url: str) -> str | None:
    """Return the language that the first two segments of a URL's path name.

    >>> edition_language("https://example.com/us/es-mx/news"), edition_language("https://example.com/jp/news")
    ('es', 'ja')
    """
    for step in steps(url)[:2]:
        if not is_language(step):
            return None
        head = primary(step)
        if head not in COUNTRIES or len(step) > len(head):
            return WRITTEN.get(head, head)
    return None


def is_wanted(tag: str | None, wanted: Collection[str]) -> bool:
    """Return whether the language `tag` is accepted; an empty `wanted` accepts all, an unknown language is accepted.

    >>> is_wanted("en-GB", ["en", "zh"]), is_wanted("de", ["en"]), is_wanted(None, ["en"]), is_wanted("de", [])
    (True, False, True, True)
    """
    return not wanted or tag is None or primary(tag) in {primary(each) for each in wanted}
