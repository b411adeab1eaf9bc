"""The charset of a page, and its bytes as UTF-8."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections import Counter
from typing import Final

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

NUL: Final = b"\x00"
# NUL occurs in UTF-16 and ESC in ISO-2022, whose bytes may be valid UTF-8 by accident.
_ESCAPE: Final = b"\x1b"
# The encodings that pages of the web declare. Python's other codecs (zlib, idna, punycode) decode something else or fail.
_WEB_ENCODING = re.compile(
    r"utf-8|utf-(?:16|32)-[bl]e|cp(?:866|874|932|949|950|125[0-8])|iso8859-\d+|koi8-[rtu]|mac-(?:roman|cyrillic)|gb18030|"
    r"big5(?:hkscs)?|euc_(?:jp|kr)|shift_jis\w*|iso2022_(?:jp|kr)\w*|johab|hz"
)
# The encodings of pages that declare none. UTF-8 is recognized before.
_UNDECLARED_ENCODINGS: Final = (
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp874 iso8859_2 iso8859_7 gb18030 big5 cp932 euc_jp cp949".split()
)
# A character of UTF-8 that was taken for ISO 8859-1 and encoded again, told by a control character: â\x80\x99 for ’.
_DOUBLY_ENCODED = re.compile(
    rb"\xc3(?:[\x83-\x9f]\xc2[\x80-\x9f]|[\xa0-\xaf](?:\xc2[\x80-\x9f]\xc2[\x80-\xbf]|\xc2[\xa0-\xbf]\xc2[\x80-\x9f]))"
)
# cp1252 and cp1250 have letters of other languages at the same bytes; the common one comes first
_LATIN_ENCODINGS: Final = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257")
_CYRILLIC_ENCODINGS: Final = ("cp1251", "koi8_u", "iso8859_5", "cp866", "mac_cyrillic")  # koi8_u has the letters of koi8_r
# Two of three letters in Russian, Ukrainian, Bulgarian and Serbian texts; and letters that are rare in all of them
_FREQUENT_CYRILLIC: Final = re.compile("[оеаинтсрвлі]")
_RARE_CYRILLIC: Final = re.compile("[ъщэфцшюђѓљњћќџ]")
_CYRILLIC_LETTER: Final = re.compile("[А-Яа-яЁёІіЇїЄєҐґЎўЈјЂђЃѓЉљЊњЋћЌќЏџЅѕ]")
_CAPITAL_WITHIN_WORD: Final = re.compile("(?<=[а-яёіїє])[А-ЯЁІЇЄ]")
_CAPITAL_ALPHA: Final = re.compile(rb"\xb6[\xdc-\xfe]")  # Ά at a word's start in ISO 8859-7; ¶ in cp1253, else the same
_MIN_CYRILLIC: Final = 0.45
# Words of another alphabet are runs of bytes outside ASCII, where letters with marks stand alone among others
_FOREIGN_WORD: Final = re.compile(rb"[\x80-\xff]{3,}")
_MIN_FOREIGN_WORDS: Final = 0.7  # of the bytes outside ASCII
_MIN_FOREIGN_BYTES: Final = 0.3  # of a text in another alphabet; Western languages have a tenth
_ALPHABETS: Final = tuple(
    """
    äöüßéà àâæçéèêëîïôœùûüÿ áéíóúüñ àèéìíîòóùú áâãàçéêíóôõú åäöæøé áðéíóúýþæö éëïöüèê áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž ąćęłńóśźż
    áéíóöőúüű ăâîşţșț čćđšž çğıöşüâîû çë äöõüšž ąčęėįšųūž āčēģīķļņšūž
    """.split()
)
# ASCII, and the punctuation and signs that all these encodings have
_NO_LETTER: Final = re.compile(r"[\x00-\x7f\xa0«»„“”‘’‚‹›–—…•·€©®°§±´\xad\ufffd]+")
_ASCII: Final = bytes(range(0x80))
_JAPANESE_SHIFT: Final = b"\x1b$B"
_MAX_DETECTION_SAMPLE: Final = 100_000
# Texts between tags with characters outside ASCII: they tell the encoding better and sooner than markup and scripts.
_NON_ASCII_TEXT = re.compile(rb">([^<>\x80-\xff]*+[\x80-\xff][^<>]*+)")


def recode_to_utf8(html: bytes, content_type: str | None) -> bytes:
    """Recode `html` to UTF-8 unless it is valid UTF-8, from what byte order mark, header, meta element or its bytes tell.

    >>> recode_to_utf8('<meta charset="latin-1"><p>Zürich'.encode(), None).decode()
    '<meta charset="latin-1"><p>Zürich'
    """
    if html.isascii() and NUL not in html and _ESCAPE not in html:
        return html
    if NUL not in html and _ESCAPE not in html:
        try:
            html.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return _DOUBLY_ENCODED.sub(_decode_once, html.removeprefix(BOM_UTF8))
    encoding, mark = read_bom(html)
    if encoding is None:
        declared = (http_content_type_encoding(content_type), html_body_declared_encoding(html))
        named = (name for name in declared if name and _WEB_ENCODING.fullmatch(name) and not _is_contradicted(name, html))
        encoding = next(named, None) or _detect_charset(html)
    return html[len(mark or b"") :].decode(encoding, "replace").encode("utf-8", "replace")


def _is_contradicted(encoding: str, html: bytes) -> bool:
    """Return whether the bytes cannot be in a declared encoding, such as a server's default for all of its pages."""
    if encoding == "utf-8":
        return NUL not in html and not _is_mostly_utf8(html)
    if encoding != "cp1252":
        return False
    sample = b"\n".join(_NON_ASCII_TEXT.findall(html))[:_MAX_DETECTION_SAMPLE]
    return _has_foreign_words(sample) and len(sample.translate(None, _ASCII)) > _MIN_FOREIGN_BYTES * len(sample)


def _decode_once(found: re.Match[bytes]) -> bytes:
    """Return the bytes of a doubly encoded character encoded once, or as they are if that is no UTF-8."""
    once = found[0].decode("utf-8").encode("latin-1")
    return once if once.decode("utf-8", "ignore") else found[0]


def _detect_charset(html: bytes) -> str:
    """Return the likeliest encoding of a page that declares none."""
    if NUL in html[:2]:
        return "utf-16-be" if html[:1] == NUL else "utf-16-le"
    if _JAPANESE_SHIFT in html:
        return "iso2022_jp"
    if _is_mostly_utf8(html):
        return "utf-8"
    sample = b"\n".join(_NON_ASCII_TEXT.findall(html)) or html
    if cyrillic := _detect_cyrillic(sample[:_MAX_DETECTION_SAMPLE]):
        return cyrillic
    matches = from_bytes(sample[:_MAX_DETECTION_SAMPLE], cp_isolation=_UNDECLARED_ENCODINGS, enable_fallback=False)
    best = matches.best()
    if best is None:
        return _choose_latin(sample)
    # cp1250 and cp1252 differ in letters that many texts do not have; of equally good ones cp1252 is the more common
    western = (match for match in matches if "cp1252" in match.could_be_from_charset)
    as_good = any(match.chaos <= best.chaos + 0.002 and match.coherence >= best.coherence - 0.001 for match in western)
    encoding = _choose_latin(sample) if as_good or best.encoding in _LATIN_ENCODINGS else best.encoding
    return "iso8859_7" if encoding == "cp1253" and _CAPITAL_ALPHA.search(sample) else encoding


def _is_mostly_utf8(html: bytes) -> bool:
    text = html.decode("utf-8", "replace")
    return len(text) - len(text.encode("ascii", "ignore")) >= 2 * text.count("\ufffd")


def _has_foreign_words(sample: bytes) -> bool:
    words = b" ".join(_FOREIGN_WORD.findall(sample))
    return len(words) >= _MIN_FOREIGN_WORDS * len(sample.translate(None, _ASCII))


def _detect_cyrillic(sample: bytes) -> str | None:
    """Return the encoding in which a sample is Cyrillic text, if it is.

    charset-normalizer knows no frequencies of letters outside words, so that it takes ISO 8859-5, cp866 and Ukrainian for others.
    """
    if not _has_foreign_words(sample):
        return None
    words = b" ".join(_FOREIGN_WORD.findall(sample))
    scores = {encoding: _measure_cyrillic(words.decode(encoding, "replace")) for encoding in _CYRILLIC_ENCODINGS}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= _MIN_CYRILLIC else None


def _measure_cyrillic(text: str) -> float:
    """Return how much words look like Cyrillic ones: two thirds, or less."""
    letters = text.replace(" ", "")
    frequent, rare, cyrillic = (len(each.findall(letters)) for each in (_FREQUENT_CYRILLIC, _RARE_CYRILLIC, _CYRILLIC_LETTER))
    wrong = len(letters) - cyrillic + len(_CAPITAL_WITHIN_WORD.findall(text))
    return (frequent - 2 * rare - wrong) / max(1, len(letters))


def _choose_latin(sample: bytes) -> str:
    """Return the encoding in which most letters outside ASCII are of one language's alphabet; of equally good ones the first."""
    return max(_LATIN_ENCODINGS, key=lambda encoding: _measure_alphabet(sample.decode(encoding, "replace")))


def _measure_alphabet(text: str) -> float:
    """Return the largest share of the text's letters and signs outside ASCII that one alphabet has."""
    counts = Counter(_NO_LETTER.sub("", text.lower()))
    total = counts.total()
    if not total:
        return 1.0
    return max(sum(counts[letter] for letter in alphabet) for alphabet in _ALPHABETS) / total
