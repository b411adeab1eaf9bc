"""Detecting the language of a text.

What the page declares decides only between similar languages: many sites put texts of one language into a template of another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from corpnews.page.page import Page

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
_DECLARED_LANGUAGE_TAG = re.compile(
    r"^(?P<language>[a-z]{2,3})(?:[-_](?P<script>[a-z]{4}))?(?:[-_](?P<region>[a-z]{2}))?(?:$|[-_.])", re.IGNORECASE
)


def detect_language(page: Page, text: str) -> str | None:
    """Return the BCP 47 tag of `text`, or None if it is too short and the page declares none.

    The tag has the region or script that the page declares if the page declares the same language.
    """
    sample = text[:_MAX_LANGUAGE_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    declared = normalize_language_tag(page.language_tag)
    language_declared = get_primary_language(declared) if declared else None
    if letters < _MIN_LETTERS and not _HAN_CHARACTER.search(sample) and not _KANA_CHARACTER.search(sample):
        return declared
    language = _detect_by_script(sample, letters) or _detect_by_letters(sample, language_declared)
    return declared if declared and language_declared == language else _add_chinese_script(language, sample)


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
    import py3langid  # type: ignore[import-untyped]  # noqa: PLC0415  its model takes half a second to load, and not all pages need it

    if declared and py3langid.classify(sample[:_SHORT_SAMPLE_LENGTH])[0] == declared:
        return declared
    ranked = py3langid.rank(sample)
    language, best = ranked[0]
    likely = {name for name, value in ranked if value > best - _MAX_LOG_PROBABILITY_GAP}
    return declared if declared and declared in likely else language


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
