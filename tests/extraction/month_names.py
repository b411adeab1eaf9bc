"""The months by their names in all languages of the web, as corpnews/extraction/dates/months.json has them.

usage: python -m tests.extraction.month_names     writes the file anew, as where a newer CLDR knows other names
"""

from __future__ import annotations

import json
from pathlib import Path

from corpnews.extraction import dates
from corpnews.extraction.dates.locales import get_month_numbers

# The first that knows a word is believed.
CLDR_LANGUAGES = """
en de fr es pt it nl ru pl uk cs sk sv da nb nn fi hu ro tr el bg sr sr_Latn hr bs sl mk sq et lv lt ca gl eu is ga cy
vi id ms fil th ar ar_LB ar_MA he fa ur hi bn ta te mr gu kn ml pa ne si km my ka hy az kk uz uz_Cyrl ky tg be af sw
"""
MONTHS_FILE = Path(dates.__file__).with_name("months.json")


def read_cldr_months() -> dict[str, int]:
    months: dict[str, int] = {}
    for tag in CLDR_LANGUAGES.split():
        months = get_month_numbers(tag) | months
    return dict(sorted(months.items()))


if __name__ == "__main__":
    MONTHS_FILE.write_text(json.dumps(read_cldr_months(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
