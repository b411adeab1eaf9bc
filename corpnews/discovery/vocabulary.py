"""Words of newsrooms in many languages, from vocabulary.toml: "next", "read more", "72 results"; and years."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Final

from corpnews.web.text import normalize_label, split_labels, split_terms

_TABLES: Final = tomllib.loads(files("corpnews.discovery").joinpath("vocabulary.toml").read_text(encoding="utf-8"))
_LABELS: Final = {name: split_labels(table) for name, table in _TABLES["labels"].items()}
_WORDS: Final = {name: split_terms(table) for name, table in _TABLES["words"].items()}

READ_MORE_LABELS: Final = _LABELS["read more"]
READ_MORE_PREFIXES: Final = (
    "read more", "continue reading", "learn more", "lire la suite", "leer más", "weiterlesen", "leggi tutto",
)  # fmt: skip
NEXT_LABELS: Final = _LABELS["next"]
NEXT_SIGNS: Final = split_terms("› » > >> → ⟩ ›› »» ▶ ► ❯ 〉 ＞ chevron_right navigate_next keyboard_arrow_right")
ALL_LABELS: Final = _LABELS["all"]
PRESS_LABELS: Final = _LABELS["press"]
NEWS_LABELS: Final = _LABELS["news"]
LOADING_LABELS: Final = _LABELS["loading"]

COUNTED_WORDS: Final = _WORDS["counted"]
PAGE_WORDS: Final = _WORDS["pages"]
TOTAL_WORDS: Final = _WORDS["of total"]
COUNT_WORDS: Final = COUNTED_WORDS | PAGE_WORDS | TOTAL_WORDS | _WORDS["around counts"]
PAGER_WORDS: Final = PAGE_WORDS | _WORDS["pager"] | {word for label in NEXT_LABELS for word in label.split()}

# A link text that is only a year, perhaps with the number of its articles.
YEAR_LABEL: Final = re.compile(r"^\W*((?:19[89]|20[0-4])\d)\s*[年년г]?度?\.?(?:\s*\(?\d+\)?)?\W*$")


def is_next_text(text: str) -> bool:
    """Whether a link's whole text means "next" or "older", as a word or a sign."""
    return text in NEXT_SIGNS or normalize_label(text) in NEXT_LABELS
