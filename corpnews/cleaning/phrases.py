"""Phrases of boilerplate and of end matter: whole blocks are looked up in the tables of phrases.toml.

A phrase that stays in bodies, such as the label of a share bar, is added there.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_PHRASE_LENGTH = 700
_MAX_TITLE_LENGTH = 120
_MAX_REST_LENGTH = 600
_MAX_NAME_LENGTH = 60
_MAX_WORDS_OF_SHORT_NAME = 3

CJK_RANGES = "\u1100-\u11ff\u3005-\u3007\u3041-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af"
_PUNCTUATION = r"©:(),\[\]>|»›→"
_REDUNDANT_SPACE = re.compile(rf" (?:(?<=[{_PUNCTUATION}{CJK_RANGES}] )|(?=[{_PUNCTUATION}{CJK_RANGES}]))")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:[kKm]\b)?")
_PHRASE_CORE = re.compile(r"[\w©](?:.*[\w©])?", re.DOTALL)

# Characters that replace the slots of a normalised phrase: letters of Linear B, which no page uses.
_SLOTS = {"**": "\U00010000", "*": "\U00010001", "<name>": "\U00010002", "<Name>": "\U00010003", "<Org>": "\U00010004"}
SLOT = re.compile("|".join(re.escape(slot) for slot in _SLOTS))
_SLOT_CHARACTER = re.compile(f"[{''.join(_SLOTS.values())}]")
# The first letters of a text, where normalising keeps them: two ideographs, or five letters and spaces.
_LETTER = "A-Za-z\u00c0-\u012f\u0131-\u052f\u0621-\u064a"
_PHRASE_START = re.compile(rf"(?:[^\w©]|_)*+([{_LETTER}][{_LETTER} ]{{4}}|[{CJK_RANGES}]{{2}})")
_CLOSING_CHARACTERS = " :：.。!！)）]】』」"
_INDEXED_LETTERS = 3

_CHOICE = re.compile(r"\[([^\]]*)\]|<([a-z]+)>")

_IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".svg", ".tif", ".tiff", ".heic", ".avif")
_MAX_FILE_NAME_LENGTH = 120
_END_MARK = re.compile(r"[\s*_–—-]*#\s*#[\s#*_–—-]*|[–—-]\s*30\s*[–—-]")
# Chinese and Japanese particles, commas, and words that end official titles: a text with one of them is no name.
_NOT_NAME = re.compile("[,、的の之了在是]|通知|公告|规定|規定|办法|意见|问题|問題|情况|说明|決定|决定|召开|召開|举行")
_MAX_UNCASED_NAME_LENGTH = 20


@dataclass(frozen=True, slots=True)
class PatternPhrase:
    """A phrase with a slot: `head`, the kind of slot, `tail`."""

    head: str
    slot: str
    tail: str
    reason: str

    def fits(self, cased: str, key: str, text: str) -> bool:
        """Return whether the block `text` is this phrase; `cased` is its normalised form, `key` that in lower case."""
        if not (key.startswith(self.head) and key.endswith(self.tail)):
            return False
        rest = cased[len(self.head) : len(cased) - len(self.tail)].strip()
        if self.slot == _SLOTS["**"]:
            return len(rest) <= _MAX_REST_LENGTH
        if self.slot == _SLOTS["*"]:
            return 0 < len(rest) <= _MAX_TITLE_LENGTH and not text.rstrip().endswith((".", "。"))
        if len(text) <= _MAX_TITLE_LENGTH and text.endswith(".") and rest.rpartition(" ")[2].islower():
            return False  # a sentence: "About prices the parties agreed nothing."
        is_short = len(rest.split()) <= _MAX_WORDS_OF_SHORT_NAME and all(word[0] == word[0].upper() for word in rest.split())
        return _is_name(rest, cased=self.slot != _SLOTS["<name>"]) and (self.slot != _SLOTS["<Org>"] or is_short)


def _is_name(text: str, *, cased: bool) -> bool:
    """Return whether `text` may be the name of an organisation, product or person.

    >>> _is_name("Contoso Heat Pumps Inc", cased=False), _is_name("half of all households", cased=False)
    (True, False)
    """
    text = text.partition("(")[0].strip()
    words = text.split()
    if not words or len(text) > _MAX_NAME_LENGTH or not any(character.isalpha() for character in words[0]):
        return False
    first = words[0]
    if first.upper() == first.lower():
        return not cased and len(text) <= _MAX_UNCASED_NAME_LENGTH and not _NOT_NAME.search(text)
    capitals = sum(word != word.lower() for word in words)
    return first != first.lower() and capitals * 2 >= len(words)


def _is_image_name(text: str) -> bool:
    """Return whether `text` is the file name of an image; one with spaces must contain a digit.

    >>> _is_image_name("IMG_2034.JPG"), _is_image_name("Screenshot 2024-05-03 at 10.15.png"), _is_image_name("Saved as logo.png")
    (True, True, False)
    """
    if not text[-5:].lower().endswith(_IMAGE_ENDINGS) or len(text) > _MAX_FILE_NAME_LENGTH:
        return False
    return " " not in text or any(character.isdigit() for character in text.rsplit(".", 1)[0])


def normalize_phrase(text: str) -> str:
    """Return `text` without differences that do not matter to a phrase; numbers become 0.

    >>> normalize_phrase("【 上 一 篇 ： Contoso 】"), normalize_phrase("< Views : 1,234")
    ('上一篇:Contoso', 'Views:0')
    """
    if not text.isascii():
        # a dotted capital I is two characters in lower case
        text = normalize("NFKC", text).replace("İ", "I")
    core = _PHRASE_CORE.search(_NUMBER.sub("0", _REDUNDANT_SPACE.sub("", text)))
    return core[0] if core else ""


def expand_phrase(phrase: str, slots: dict[str, list[str]]) -> Iterator[str]:
    """Yield all variants of a phrase with optional words and word lists.

    >>> list(expand_phrase("Share [this] <page>", {"page": ["post", "news"]}))
    ['Share this post', 'Share this news', 'Share  post', 'Share  news']
    """
    parts = _CHOICE.split(phrase)
    choices: list[list[str]] = []
    for fixed, optional, listed in zip(parts[::3], [*parts[1::3], None], [*parts[2::3], None], strict=True):
        choices.append([fixed])
        if optional is not None:
            choices.append([*optional.split("|"), ""])
        elif listed is not None:
            choices.append(slots.get(listed, [f"<{listed}>"]))
    return map("".join, product(*choices))


class PhraseTable:
    """A table of phrases, indexed for look-up.

    Phrases without a slot are keys; those with one are found by the first letters of their head, the part before the slot.
    """

    def __init__(self, table: dict[str, dict[str, list[str]]], slots: dict[str, list[str]]) -> None:
        self.exact: dict[str, str] = {}
        self.openings: dict[str, list[PatternPhrase]] = {}
        self.starts: set[str] = set()
        for reason, languages in table.items():
            for phrases in languages.values():
                for phrase in phrases:
                    for spelled in expand_phrase(phrase, slots):
                        self.add(spelled, reason)
        openings = [opening for found in self.openings.values() for opening in found]
        heads = {opening.head for opening in openings if opening.head}
        self.short_heads = tuple(head.rstrip(" :") for head in heads if not _PHRASE_START.match(head))
        self.whole_tails = tuple({opening.tail for opening in openings if not opening.head})
        self.tails = tuple(tail.replace(" ", "") for tail in self.whole_tails)

    def add(self, phrase: str, reason: str) -> None:
        marked = SLOT.sub(lambda slot: _SLOTS[slot[0]], phrase.replace("#", "0"))
        key = normalize_phrase(" ".join(marked.split())).lower()
        slot = _SLOT_CHARACTER.search(marked)
        if slot is None:
            self.exact.setdefault(key, reason)
            self.add_start(f"{key} ")
            return
        head, tail = _SLOT_CHARACTER.split(key, maxsplit=1)
        self.openings.setdefault(head[:_INDEXED_LETTERS], []).append(PatternPhrase(head, slot[0], tail, reason))
        self.add_start(head)

    def add_start(self, key: str) -> None:
        start = _PHRASE_START.match(key)
        if start:
            self.starts.add(start[1])

    def reason(self, text: str) -> str | None:
        """Return the reason under which the block `text` is in the table, or None."""
        if len(text) > _MAX_PHRASE_LENGTH or self.is_ruled_out(text):
            return None
        cased = normalize_phrase(text)
        key = cased.lower()
        found = self.exact.get(key)
        if found:
            return found
        for length in range(0 if key.endswith(self.whole_tails) else 1, _INDEXED_LETTERS + 1):
            for opening in self.openings.get(key[:length], ()):
                if opening.fits(cased, key, text):
                    return opening.reason
        return None

    def is_ruled_out(self, text: str) -> bool:
        """Return whether no phrase starts with the text's first letters, which saves normalising most texts."""
        found = _PHRASE_START.match(text)
        start = found[1].lower() if found else ""
        if not start or start in self.starts or start.startswith(self.short_heads):
            return False
        return len(text) > _MAX_TITLE_LENGTH or not text.lower().replace(" ", "").rstrip(_CLOSING_CHARACTERS).endswith(self.tails)


@cache
def _load_phrase_tables() -> tuple[PhraseTable, PhraseTable]:
    """Return the tables of phrases.toml: boilerplate and end matter."""
    data: dict[str, Any] = tomllib.loads(files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8"))
    return PhraseTable(data["boilerplate"], data["slots"]), PhraseTable(data["end_matter"], data["slots"])


def find_boilerplate_reason(text: str) -> str | None:
    """Return the reason to remove the block `text` by its wording alone, such as "back link"; None keeps it.

    >>> find_boilerplate_reason("< Back"), find_boilerplate_reason("Back in 2019, Contoso had two sites.")
    ('back link', None)
    """
    return _find_reason_of_short_text(text) if len(text) <= _MAX_PHRASE_LENGTH else None


@lru_cache(maxsize=10_000)
def _find_reason_of_short_text(text: str) -> str | None:
    return "image file name" if _is_image_name(text) else _load_phrase_tables()[0].reason(text)


def classify_end_matter_heading(text: str) -> str | None:
    """Return the kind of end matter that the block `text` starts: end mark, about, contact, notes, legal notice, source line.

    Only the wording counts: a subheading such as "About Safety" may be in the middle of a release.

    >>> texts = "About Contoso:", "About half of our customers agree.", "###"
    >>> tuple(map(classify_end_matter_heading, texts))
    ('about', None, 'end mark')
    """
    return _classify_short_heading(text) if len(text) <= _MAX_PHRASE_LENGTH else None


@lru_cache(maxsize=1_000)
def _classify_short_heading(text: str) -> str | None:
    return "end mark" if _END_MARK.fullmatch(text) else _load_phrase_tables()[1].reason(text)
