"""Languages of URLs, and the languages that a run accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.web.language_detection import get_primary_language
from corpnews.web.text import split_labels
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


def _split_tagged_labels(table: str) -> dict[str, str]:
    """Return the language tag of each label of a table; the tag is the first word of a line."""
    lines = (line.partition(" ") for line in table.split("\n"))
    return {label: tag for tag, _, names in lines for label in split_labels(names)}


# Link texts that name a language edition, with the language.
LANGUAGE_NAMES = _split_tagged_labels("""
en english|en|eng|en us|en gb|英文|英语|英語|英文版|english site|english version
de deutsch|de|ger
fr français|francais|fr|fra
es español|espanol|es|esp
it italiano|it
pt português|portugues|pt
pt-BR pt br
ru русский|ru|rus
uk українська|uk|ua
kk қазақша|kz
uz o'zbekcha|ozbekcha|uz
el ελληνικά
he עברית
ar العربية|ar
hi हिन्दी
th ไทย|th
zh 中文|中文版|chinese|zh|cn|chn
zh-Hans 简体中文|简体|zh cn
zh-Hant 繁體中文|繁體|繁体|zh tw
ja 日本語|japanese|jp|ja|jpn
ko 한국어|ko|kr|kor
nl nederlands|nl
sv svenska|sv
no norsk|no
da dansk|da
fi suomi|fi
pl polski|pl
tr türkçe|tr
cs čeština|cs
hu magyar|hu
ro română|ro
vi tiếng việt|vi
id bahasa indonesia|id
x-global global
""")
