"""The day of a release on pages without metadata, in the forms in which newsrooms print it."""

from __future__ import annotations

import pytest

from corpnews.extraction.extract import extract_page
from corpnews.page.page import Page

# Headline, text, and the day 3 May 2024 as newsrooms of the language print it.
PRINTED_DAYS = {
    "en-US": (
        "May 3, 2024",
        "05/03/2024",
        "5/3/24",
        "MAY 3, 2024",
        "Friday, May 3rd, 2024",
        "03-May-2024",
        "May 3, 2024 2:30 PM ET",
    ),
    "en-GB": ("3 May 2024", "03/05/2024", "03.05.24", "3rd May 2024", "Fri 3 May 2024"),
    "de": ("3. Mai 2024", "03.05.2024", "3.5.2024", "03.05.24", "Freitag, den 3. Mai 2024", "03. Mai 2024, 14:30 Uhr"),
    "fr": ("3 mai 2024", "le 3 mai 2024", "03/05/24", "vendredi 3 mai 2024", "Publié le 03.05.2024"),
    "es": ("3 de mayo de 2024", "03/05/2024", "viernes, 3 de mayo de 2024", "03 may. 2024", "3 de mayo del 2024"),
    "pt-BR": ("3 de maio de 2024", "03/05/24", "sexta-feira, 3 de maio de 2024", "03/05/2024 14h30"),
    "it": ("3 maggio 2024", "03/05/2024", "venerdì 3 maggio 2024", "03 mag 2024"),
    "pl": ("3 maja 2024 r.", "03.05.2024", "piątek, 3 maja 2024"),
    "ru": ("3 мая 2024 г.", "03.05.24", "3 мая 2024 года", "пятница, 3 мая 2024"),
    "sv": ("3 maj 2024", "2024-05-03 14:30", "3 maj 2024 kl. 14.30"),
    "tr": ("3 Mayıs 2024", "03.05.2024", "3 Mayıs 2024 Cuma"),
    "ja": ("2024年5月3日", "2024.5.3", "令和6年5月3日", "24.05.03", "2024年05月03日（金）"),
    "zh-CN": ("2024年5月3日", "[2024-05-03]", "24-05-03", "发布时间：2024-05-03 14:30"),
    "ko": ("2024년 5월 3일", "2024. 5. 3.", "24.05.03", "작성일 2024-05-03"),
}
NEWSROOM_PAGES = {
    "above": "<p>{day}</p><h1>{title}</h1><div>{text}</div>",
    "below with place and section": "<h1>{title}</h1><p>Oslo | {day} | Corporate</p><div>{text}</div>",
    "labelled": "<h1>{title}</h1><dl><dt>Datum</dt><dd>{day}</dd></dl><div>{text}</div>",
    "in a table": "<table><tr><td>{day}</td></tr><tr><td><h2>{title}</h2></td></tr><tr><td>{text}</td></tr></table>",
    "last line": "<h1>{title}</h1><div>{text}<p>Oslo, {day}</p></div>",
    "dateline": "<h1>{title}</h1><div><p>Oslo, {day} – {sentence}</p>{text}</div>",
    "line of its own": "<h1>{title}</h1><div><p><strong>Oslo, {day}</strong></p>{text}</div>",
    "before the headline": "<h1>{day} – {title}</h1><div>{text}</div>",
    "with the day of an event": "<h1>{title}</h1><div class='date'>{day}</div><div>{text}<p>12.06.2024, 10:00</p>{text}</div>",
    "below the day of the visit": "<div>2026-11-29</div><nav><a href='/'>A</a></nav><h1>{title}</h1>{day}<div>{text}</div>",
}


@pytest.mark.parametrize("place", NEWSROOM_PAGES)
@pytest.mark.parametrize(("language", "day"), [(language, day) for language, days in PRINTED_DAYS.items() for day in days])
def test_newsroom_page_without_metadata_shows_its_day(place: str, language: str, day: str) -> None:
    sentence = "Northwind opened its new test stand on the river bank, where up to forty engineers will try out gears and blades."
    html = NEWSROOM_PAGES[place].format(
        day=day, title="Northwind opens its test stand", sentence=sentence, text=f"<p>{sentence}</p>" * 3
    )
    found = extract_page(Page.from_html(f"<html lang='{language}'><body>{html}</body></html>", "https://northwind.example/n/17"))
    assert found.headline.text == "Northwind opens its test stand"
    assert found.date_published is not None
    assert found.date_published.day == "2024-05-03"
