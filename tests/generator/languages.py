"""The words of a language, read from languages/<code>.toml: labels, dates, and sentences that read like releases."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FOLDER = Path(__file__).parent / "languages"
CODES = tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))
WITHOUT_SPACES = ("ja", "zh")


@dataclass(frozen=True)
class Language:
    code: str
    companies: list[str]
    partners: list[str]
    people: list[str]
    products: list[str]
    cities: list[str]
    months: list[str]
    dates: list[str]
    newsroom_paths: list[str]
    headlines: list[str]
    sentences: list[str]
    quotes: list[str]
    labels: Mapping[str, Any]

    def __getitem__(self, label: str) -> str:
        return str(self.labels[label])

    @property
    def space(self) -> str:
        return "" if self.code in WITHOUT_SPACES else " "

    def format_date(self, day: date, pattern: str) -> str:
        month = self.months[day.month - 1]
        short = month if self.code in WITHOUT_SPACES else month[:3]
        return pattern.format(
            y=day.year, m=day.month, mm=f"{day.month:02}", d=day.day, dd=f"{day.day:02}", month=month, mon=short
        )


@cache
def load_language(code: str) -> Language:
    return Language(code, **tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8")))
