"""Languages of URLs, and the languages that a run accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.web.language_detection import get_primary_language
from corpnews.web.urls import is_edition_step, split_path

if TYPE_CHECKING:
    from collections.abc import Collection

# Codes in paths that differ from the language's own code.
_LANGUAGE_BY_PATH_CODE = {
    "cn": "zh", "chs": "zh", "cht": "zh", "chn": "zh", "zhs": "zh", "zht": "zh", "chi": "zh", "sc": "zh", "tc": "zh",
    "chinese": "zh", "jp": "ja", "jpn": "ja", "japanese": "ja", "kr": "ko", "kor": "ko", "korean": "ko", "eng": "en",
    "english": "en", "ger": "de", "german": "de", "fra": "fr", "french": "fr", "esp": "es", "spanish": "es", "ita": "it",
    "rus": "ru", "ua": "uk", "cz": "cs", "dk": "da", "kz": "kk", "gr": "el", "iw": "he",
}  # fmt: skip
_COUNTRY_CODES = frozenset("ca in us uk gb id be ch at au br cy".split())  # more often countries than languages


def get_edition_language(url: str) -> str | None:
    """Return the language that the first two segments of a URL's path name.

    >>> get_edition_language("https://example.com/us/es-mx/news"), get_edition_language("https://example.com/jp/news")
    ('es', 'ja')
    """
    for step in split_path(url)[:2]:
        if not is_edition_step(step):
            return None
        head = get_primary_language(step)
        if head not in _COUNTRY_CODES or len(step) > len(head):
            return _LANGUAGE_BY_PATH_CODE.get(head, head)
    return None


def is_wanted_language(tag: str | None, wanted: Collection[str]) -> bool:
    """Return whether the language `tag` is accepted; an empty `wanted` accepts all, an unknown language is accepted.

    >>> is_wanted_language("en-GB", ["en", "zh"]), is_wanted_language("de", ["en"]), is_wanted_language(None, ["en"])
    (True, False, True)
    """
    return not wanted or tag is None or get_primary_language(tag) in {get_primary_language(each) for each in wanted}
