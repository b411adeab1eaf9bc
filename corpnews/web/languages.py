"""Languages: tags, the language of a text and of a URL, and the languages that a run accepts.

What a page declares decides only between similar languages: many sites put texts of one language into a template of another.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from corpnews.web.text import split_labels
from corpnews.web.url_features import is_edition_segment
from corpnews.web.urls import split_path

if TYPE_CHECKING:
    from collections.abc import Collection

_MAX_LANGUAGE_SAMPLE: Final = 600
# If this much of the text is in the declared language, the rest is not examined.
_SHORT_SAMPLE_LENGTH: Final = 200
_MIN_LETTERS: Final = 20
# The declared language is accepted if its log probability is at most this far below that of the likeliest one.
_MAX_LOG_PROBABILITY_GAP: Final = 4.0

_KANA_CHARACTER = re.compile("[\u3040-\u30ff]")
_HAN_CHARACTER = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LANGUAGE_SCRIPTS = {
    "ko": re.compile("[\uac00-\ud7af]"),
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
}
# Characters that exist in only one of the two scripts.
_SIMPLIFIED_CHARACTERS = frozenset(
    "这为们来时会国学对发经还动产开关业务个说话进过样电车东长见问间书员亿万图区医义习乡买卖严军农创办双"
)
_TRADITIONAL_CHARACTERS = frozenset(
    "這為們來時會國學對發經還動產開關業務個說話進過樣電車東長見問間書員億萬圖區醫義習鄉買賣嚴軍農創辦雙"
)
_MIN_SCRIPT_CHARACTERS: Final = 5
# Labels of the detection model that no newsroom writes in; short titles are easily taken for them.
_UNLIKELY_LANGUAGES: Final = frozenset(("la", "eo", "vo", "ia", "io", "ie"))
_DECLARED_LANGUAGE_TAG = re.compile(
    r"^(?P<language>[a-z]{2,3})(?:[-_](?P<script>[a-z]{4}))?(?:[-_](?P<region>[a-z]{2}))?(?:$|[-_.])", re.IGNORECASE
)
# Codes in paths that differ from the language's own code.
_LANGUAGE_BY_PATH_CODE = {
    "cn": "zh", "chs": "zh", "cht": "zh", "chn": "zh", "zhs": "zh", "zht": "zh", "chi": "zh", "sc": "zh", "tc": "zh",
    "chinese": "zh", "jp": "ja", "jpn": "ja", "japanese": "ja", "kr": "ko", "kor": "ko", "korean": "ko", "eng": "en",
    "english": "en", "ger": "de", "german": "de", "fra": "fr", "french": "fr", "esp": "es", "spanish": "es", "ita": "it",
    "rus": "ru", "ua": "uk", "cz": "cs", "dk": "da", "kz": "kk", "gr": "el", "iw": "he",
}  # fmt: skip
_COUNTRY_CODES = frozenset("ca in us uk gb id be ch at au br cy".split())  # more often countries than languages


def normalize_language_tag(stated: str | None) -> str | None:
    """Return a declared tag in the spelling of BCP 47, or None if it is no tag.

    >>> normalize_language_tag("EN_us"), normalize_language_tag("zh-hant-tw"), normalize_language_tag("english")
    ('en-US', 'zh-Hant-TW', None)
    """
    found = _DECLARED_LANGUAGE_TAG.match(stated or "")
    if not found:
        return None
    script, region = found["script"], found["region"]
    return "-".join(filter(None, (found["language"].lower(), script and script.title(), region and region.upper())))


def get_primary_language(tag: str) -> str:
    """Return the language of a tag, without script and region.

    >>> get_primary_language("zh-Hant-TW"), get_primary_language("EN_us")
    ('zh', 'en')
    """
    return tag.replace("_", "-").partition("-")[0].lower()


def detect_language(text: str, declared: str | None) -> str | None:
    """Return the BCP 47 tag of `text`, or of `declared` if the text is too short to tell, or None.

    The tag has the region or script of `declared`, the tag that the page declares, if it is of the same language.
    """
    sample = text[:_MAX_LANGUAGE_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    declared = normalize_language_tag(declared)
    declared_language = get_primary_language(declared) if declared else None
    if letters < _MIN_LETTERS and not _HAN_CHARACTER.search(sample) and not _KANA_CHARACTER.search(sample):
        return declared
    language = _detect_by_script(sample, letters) or _detect_by_letters(sample, declared_language)
    return declared if declared and declared_language == language else _add_chinese_script(language, sample)


def _detect_by_script(sample: str, letters: int) -> str | None:
    """Return the language if the script alone tells it."""
    if sample.isascii():
        return None
    kana, han = len(_KANA_CHARACTER.findall(sample)), len(_HAN_CHARACTER.findall(sample))
    if 3 * (kana + han) > letters:
        return "ja" if 10 * kana > kana + han else "zh"
    return next((language for language, script in _LANGUAGE_SCRIPTS.items() if 3 * len(script.findall(sample)) > letters), None)


def _detect_by_letters(sample: str, declared: str | None) -> str:
    """Return the likeliest language by character statistics; the declared one if it is about as likely."""
    model = _load_model()
    sample = (
        sample.lower() if sample.isupper() or 2 * sum(map(str.isupper, sample)) > len(sample) else sample
    )  # as it was learned
    if declared and model.classify(sample[:_SHORT_SAMPLE_LENGTH])[0] == declared:
        return declared
    ranked = model.rank(sample)
    language, best = ranked[0]
    likely = {name for name, value in ranked if value > best - _MAX_LOG_PROBABILITY_GAP}
    return declared if declared and declared in likely else str(language)


@cache
def _load_model() -> Any:
    """Load py3langid's model, narrowed to the languages with a two-letter code.

    Of all its labels, short English titles come out as Nigerian Pidgin (pcm) and Chinese ones as Wu (wuu).
    """
    from py3langid.langid import (  # type: ignore[import-untyped]  # noqa: PLC0415  half a second that not all pages need
        MODEL_FILE,
        LanguageIdentifier,
    )

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages([label for label in model.labels if len(label) == 2 and label not in _UNLIKELY_LANGUAGES])
    # made anew, as a model that was narrowed keeps the weights of all languages too: 27 MB
    weights = (model.nb_ptc, model.nb_pc, model.nb_classes)
    return LanguageIdentifier(*weights, model.tk_nextmove, model.tk_output, tk_row=model.tk_row)


def _add_chinese_script(language: str, sample: str) -> str:
    """Add the script to Chinese if the sample contains enough characters of only one script.

    >>> _add_chinese_script("zh", "这是公司发布的新闻，会议时间还没有确定"), _add_chinese_script("zh", "公司新闻")
    ('zh-Hans', 'zh')
    """
    if language != "zh":
        return language
    simplified = sum(character in _SIMPLIFIED_CHARACTERS for character in sample)
    traditional = sum(character in _TRADITIONAL_CHARACTERS for character in sample)
    if simplified >= _MIN_SCRIPT_CHARACTERS and simplified > 4 * traditional:
        return "zh-Hans"
    return "zh-Hant" if traditional >= _MIN_SCRIPT_CHARACTERS and traditional > 4 * simplified else "zh"


def get_edition_language(url: str) -> str | None:
    """Return the language that the first two segments of a URL's path name.

    >>> get_edition_language("https://example.com/us/es-mx/news"), get_edition_language("https://example.com/jp/news")
    ('es', 'ja')
    """
    for segment in split_path(url)[:2]:
        if not is_edition_segment(segment):
            return None
        head = get_primary_language(segment)
        if head not in _COUNTRY_CODES or len(segment) > len(head):
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
