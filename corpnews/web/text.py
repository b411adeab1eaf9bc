"""Text: white space and invisible characters, words and labels, numbers and lists in messages."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final
from unicodedata import category, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

# Control and other invisible characters, and lone surrogates: JSON can contain them, UTF-8 cannot.
# Marks, embeddings, overrides and isolates of direction let a text look like another one.
# A zero-width non-joiner between letters of scripts that join letters belongs to the word.
_JOINING_LETTER = "[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\ufb50-\ufdff\ufe70-\ufeff]"
INVISIBLE_CHARACTERS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]+"
    f"|(?<!{_JOINING_LETTER})\u200c|\u200c(?!{_JOINING_LETTER})"
)
_MAX_ELEMENTS: Final = 200
CJK_LETTERS: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD_OR_CJK_LETTER = re.compile(rf"[{CJK_LETTERS}]|[^\W_{CJK_LETTERS}]+")
_CJK_LETTER = re.compile(f"[{CJK_LETTERS}]")
_NON_LETTERS = re.compile(r"[\W_]+")
# Where a word of a camel-case name ends.
CAMEL_CASE_BREAK = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MAX_LISTED_NAMES = 6
_NON_WORD_CHARACTERS = re.compile(r"\W+")
_DASH: Final = re.compile("[‐‑‒–—―−]")
_NUMBER: Final = re.compile(r"\d+(?:[.,:/]\d+)*")


def normalize_space(text: str) -> str:
    """Return the text with single spaces for all white space, trimmed, without invisible characters."""
    text = text.strip()
    if text.isprintable() and "  " not in text:  # all white space but a plain space is not printable
        return text
    text = " ".join(text.split())
    if text.isprintable():
        return text
    return " ".join(INVISIBLE_CHARACTERS.sub("", text).split())


def normalize_code(text: str) -> str:
    r"""Return the lines of the text with their indents, without blank lines at the ends and without invisible characters.

    >>> normalize_code("\n  if dry:  \n    pump()\n")
    '  if dry:\n    pump()'
    """
    return "\n".join(INVISIBLE_CHARACTERS.sub("", line.expandtabs(4)).rstrip() for line in text.splitlines()).strip("\n")


def iter_first_texts(element: _Element) -> Iterator[str]:
    """Yield the text nodes of the first elements inside an element that should be small, such as a link.

    One that is never closed has the rest of the page inside.
    """
    if text := element.text:
        yield text
    if not len(element):
        return
    following, opened = element.iterdescendants(), [element]
    for each in islice(following, _MAX_ELEMENTS):
        above = each.getparent()
        while opened[-1] is not above:
            if text := opened.pop().tail:
                yield text
        opened.append(each)
        if text := each.text:
            yield text
    if next(following, None) is None:
        yield from (each.tail for each in reversed(opened[1:]) if each.tail)


def get_short_text(element: _Element) -> str:
    """Return the normalized text inside an element that should be short."""
    return normalize_space("".join(iter_first_texts(element)))


def get_word_set(text: str) -> frozenset[str]:
    """Return the words of `text` (in Chinese, Japanese and Korean its characters), without case and punctuation.

    >>> sorted(get_word_set("Acme-Werke: 年报"))
    ['acme', 'werke', '年', '报']
    """
    if not text.isascii():
        text = normalize("NFKC", text)
    return frozenset(_WORD_OR_CJK_LETTER.findall(text.casefold()))


def has_cjk(text: str) -> bool:
    """Return whether the text contains a Chinese, Japanese or Korean letter."""
    return not text.isascii() and _CJK_LETTER.search(text) is not None


def build_comparison_key(text: str) -> str:
    """Return the letters and digits of the text, casefolded, for comparisons."""
    folded = text.casefold()
    words = folded.replace(" ", "")
    return words if words.isalnum() else _NON_LETTERS.sub("", folded)


def normalize_label(text: str) -> str:
    """Return a label in the form of the vocabularies: lower case, words separated by one space, no punctuation.

    >>> normalize_label("« Older  Posts …")
    'older posts'
    """
    lower = text.lower()
    if lower.replace(" ", "").isalnum():
        return " ".join(lower.split())
    return _NON_WORD_CHARACTERS.sub(" ", lower).strip()


def split_labels(table: str) -> frozenset[str]:
    """Return the labels of a table, which are separated by bars and line ends."""
    return frozenset(filter(None, map(normalize_label, table.replace("\n", "|").split("|"))))


def split_terms(table: str) -> frozenset[str]:
    """Return the words of a table, which are separated by white space."""
    return frozenset(table.split())


class _SignificantCharacters(dict[int, int | None]):
    """For str.translate: drops all but letters, marks, numbers, currency and per cent signs."""

    def __missing__(self, code: int) -> int | None:
        kind = category(chr(code))
        self[code] = code if kind[0] in "LMN" or kind == "Sc" or chr(code) in "%‰" else None
        return self[code]


_SIGNIFICANT_CHARACTERS: Final = _SignificantCharacters()
_INSIGNIFICANT_ASCII: Final = bytes(code for code in range(0x80) if not chr(code).isalnum() and chr(code) not in "$%")
_BETWEEN_WORDS: Final = re.compile(r"[^\w%$]+")


def fold_text(text: str) -> str:
    """Return the text without white space, typography, letter case and punctuation; numbers stay separate.

    >>> fold_text("“Sales  fell by –1.5 %…”")
    'salesfellby -1.5 %'
    """
    text = text.lower() if text.isascii() else _DASH.sub("-", normalize("NFKC", text)).casefold()
    pieces: list[str] = []
    end = 0
    for number in _NUMBER.finditer(text):
        start = number.start()
        if text[start - 1 : start] in ("-", "+") and (start == 1 or text[start - 2] == "(" or text[start - 2].isspace()):
            start -= 1
        pieces += _drop_insignificant(text[end:start]), f" {text[start : number.end()]} "
        end = number.end()
    return "".join((*pieces, _drop_insignificant(text[end:])))


def _drop_insignificant(text: str) -> str:
    """Return the text's significant characters; translating those between words only takes a third of the time."""
    kept = text.encode("utf-8", "surrogatepass").translate(None, _INSIGNIFICANT_ASCII).decode("utf-8", "surrogatepass")
    return kept if kept.isascii() else _BETWEEN_WORDS.sub(_translate_match, kept)


def _translate_match(found: re.Match[str]) -> str:
    return found[0].translate(_SIGNIFICANT_CHARACTERS)


def plural(number: int, noun: str) -> str:
    """Return number and noun, with a plural s unless the number is 1.

    >>> plural(1, "page"), plural(2, "page")
    ('1 page', '2 pages')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def join_list(parts: Sequence[str]) -> str:
    """Return the first parts, separated by commas, and how many more there are."""
    more = len(parts) - _MAX_LISTED_NAMES
    return ", ".join(parts[:_MAX_LISTED_NAMES]) + (f" and {more} more" if more > 0 else "")
