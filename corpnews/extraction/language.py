"""Detecting the language of a text.

What the page declares decides only between similar languages: many sites put texts of one language into a template of another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from corpnews.extraction.page import Page

SAMPLE: Final = 600
# If this much of the text is in the declared language, the rest is not examined.
START: Final = 200
LEAST_LETTERS: Final = 20
# The declared language is accepted if its log probability is at most this far below that of the likeliest one.
DOUBT: Final = 4.0

KANA = re.compile("[\u3040-\u30ff]")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
SCRIPTS = {
    "ko": re.compile("[\uac00-\ud7af]"),
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
}
# Characters that exist in only one of the two scripts.
SIMPLIFIED = frozenset("这为们来时会国学对发经还动产开关业务个说话进过样电车东长见问间书员亿万图区医义习乡买卖严军农创办双")
TRADITIONAL = frozenset("這為們來時會國學對發經還動產開關業務個說話進過樣電車東長見問間書員億萬圖區醫義習鄉買賣嚴軍農創辦雙")
SURE: Final = 5
LANGUAGE_TAG = re.compile(
    r"^(?P<language>[a-z]{2,3})(?:[-_](?P<script>[a-z]{4}))?(?:[-_](?P<region>[a-z]{2}))?(?:$|[-_.])", re.IGNORECASE
)


def detect_language(page: Page, text: str) -> str | None:
    """Return the BCP 47 tag of `text`, or None if it is too short and the page declares none.

    The tag has the region or script that the page declares if the page declares the same language.
    """
    sample = text[:SAMPLE]
    letters = sum(map(str.isalpha, sample))
    declared = declared_tag(page.language_tag)
    language_declared = primary(declared) if declared else None
    if letters < LEAST_LETTERS and not HAN.search(sample) and not KANA.search(sample):
        return declared
    language = language_of_script(sample, letters) or most_likely(sample, language_declared)
    return declared if declared and language_declared == language else with_script(language, sample)


def declared_tag(stated: str | None) -> str | None:
    """Return a declared tag in the spelling of BCP 47, or None if it is no tag.

    >>> declared_tag("EN_us"), declared_tag("zh-hant-tw"), declared_tag("english")
    ('en-US', 'zh-Hant-TW', None)
    """
    found = LANGUAGE_TAG.match(stated or "")
    if not found:
        return None
    script, region = found["script"], found["region"]
    return "-".join(filter(None, (found["language"].lower(), script and script.title(), region and region.upper())))


def primary(tag: str) -> str:
    """Return the language of a tag, without script and region.

    >>> primary("zh-Hant-TW"), primary("EN_us")
    ('zh', 'en')
    """
    return tag.replace("_", "-").partition("-")[0].lower()


def language_of_script(sample: str, letters: int) -> str | None:
    """Return the language if the script alone tells it."""
    if sample.isascii():
        return None
    kana, han = len(KANA.findall(sample)), len(HAN.findall(sample))
    if 3 * (kana + han) > letters:
        return "ja" if 10 * kana > kana + han else "zh"
    return next((language for language, script in SCRIPTS.items() if 3 * len(script.findall(sample)) > letters), None)


def most_likely(sample: str, declared: str | None) -> str:
    """Return the likeliest language by character statistics; the declared one if it is about as likely."""
    import py3langid  # type: ignore[import-untyped]  # noqa: PLC0415  its model takes half a second to load, and not all pages need it

    if declared and py3langid.classify(sample[:START])[0] == declared:
        return declared
    ranked = py3langid.rank(sample)
    language, best = ranked[0]
    likely = {name for name, value in ranked if value > best - DOUBT}
    return declared if declared and declared in likely else language


def with_script(language: str, sample: str) -> str:
    """Add the script to Chinese if the sample contains enough characters of only one script.

    >>> with_script("zh", "这是公司发布的新闻，会议时间还没有确定"), with_script("zh", "公司新闻")
    ('zh-Hans', 'zh')
    """
    if language != "zh":
        return language
    simplified = sum(character in SIMPLIFIED for character in sample)
    traditional = sum(character in TRADITIONAL for character in sample)
    if simplified >= SURE and simplified > 4 * traditional:
        return "zh-Hans"
    return "zh-Hant" if traditional >= SURE and traditional > 4 * simplified else "zh"
