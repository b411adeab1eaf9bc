"""Normalisation of a PDF's characters, and lines joined to running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import bidirectional, normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

# PDFium writes the first for a hyphen at a line's end; the last is visible only there.
HYPHENS: Final = "\x02\ufffe-\u2010\u00ad"
_LINE_END_HYPHEN = re.compile("[\x02\ufffe]")
# Ligatures, and the radicals that Chinese fonts use instead of the characters that look the same.
_LOOKALIKES = re.compile("[\ufb00-\ufb4f\u2e80-\u2fdf]")
# Bullets in fonts of ornaments, and characters without a meaning.
_PRIVATE_BULLETS = re.compile("[\uf06e\uf071\uf0a7\uf0b7\uf0d8\uf0fc\uf02d]")
_MEANINGLESS_CHARACTERS = re.compile(
    "[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ue000-\uf8ff\ufffd\uffff\ud800-\udfff]"
)
_CJK_AND_SIGNS = "\u2e80-\u303f\u3040-\u30ff\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
CJK_OR_SIGN = re.compile(f"[{_CJK_AND_SIGNS}]")
_WORD_BEFORE = re.compile(r"[^\W\d_][\w'’-]*$")
_WORD_AFTER = re.compile(r"[\w'’]+(-?)")


def normalize_pdf_text(text: str) -> str:
    """Return the text with ligatures decomposed, soft hyphens within it removed, and white space folded.

    >>> normalize_pdf_text("ofﬁce  and work­shop\uf0b7")
    'office and workshop•'
    """
    text = _MEANINGLESS_CHARACTERS.sub("", _PRIVATE_BULLETS.sub("•", text))
    text = _LOOKALIKES.sub(lambda found: normalize("NFKC", found[0]), text)
    text = " ".join(text.split())
    return text[:-1].replace("\u00ad", "") + text[-1:]


def join_text_lines(lines: Sequence[str], words: frozenset[str] = frozenset()) -> str:
    """Join lines to one text: no space between Chinese or Japanese ones, hyphenated words made whole.

    `words` are the document's compounds in lower case: a word that has its hyphen elsewhere keeps it.

    >>> join_text_lines(["Acme builds a tur-", "bine plant in Aix-", "Les-Bains."]), join_text_lines(["公司在北方", "建厂。"])
    ('Acme builds a turbine plant in Aix-Les-Bains.', '公司在北方建厂。')
    """
    text = lines[0]
    for line in lines[1:]:
        text = _append_line(text, line, words)
    return _LINE_END_HYPHEN.sub("-", text).replace("\u00ad", "")


def _append_line(text: str, line: str, words: frozenset[str]) -> str:
    if text[-1] in HYPHENS and line[:1].isalnum():
        before, after = _WORD_BEFORE.search(text[:-1]), _WORD_AFTER.match(line)
        if before and after:
            return text[:-1] + _choose_hyphen(before[0], after, text[-1], words) + line
    if CJK_OR_SIGN.match(text[-1]) and CJK_OR_SIGN.match(line):
        return text + line
    return f"{text} {line}"


def _choose_hyphen(before: str, after: re.Match[str], mark: str, words: frozenset[str]) -> str:
    """Return the hyphen that stays between two parts of a word; "" if it only marked the end of the line."""
    part = after[0].rstrip("-")
    if mark == "\u00ad":
        return ""
    if not part[0].islower() or "-" in before or after[1] or f"{before}-{part}".lower() in words:
        return "-"
    return ""


def is_right_to_left(text: str) -> bool:
    """Return whether most letters run from right to left."""
    if text.isascii():
        return False
    kinds = [bidirectional(character) for character in text]
    return sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L")
