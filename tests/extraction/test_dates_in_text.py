from __future__ import annotations

import time
from datetime import date, datetime

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from corpnews.extraction.dates import detect_date_order, find_dates
from corpnews.extraction.dates.locales import get_locale, get_month_numbers, get_month_numbers_of_all_languages
from tests.extraction.month_names import read_cldr_months

WRITTEN = {
    "2024-05-03": [
        "2024-05-03",
        "2024/5/3",
        "2024.05.03",
        "2024 / 05 / 03",
        "03.05.2024",
        "3. 5. 2024",
        "3.5.2024",
        "03-05-2024",
        "03 | 05 | 2024",
        "May 3rd, 2024",
        "May 3 2024",
        "3 May 2024",
        "3rd of May, 2024",
        "Friday, May 3, 2024",
        "3-May-2024",
        "03-May-24",
        "3 May ’24",
        "May 3–5, 2024",
        "le 3 mai 2024",
        "3. Mai 2024",
        "3 de mayo de 2024",
        "3 de maio de 2024",
        "3 maggio 2024",
        "3 mei 2024",
        "3 мая 2024 г.",
        "03 Май 2024",
        "3 травня 2024",
        "3 maja 2024",
        "3. května 2024",
        "3 Μαΐου 2024",
        "3 Mayıs 2024",
        "2024. május 3.",
        "3. toukokuuta 2024",
        "3 мај 2024",
        "2024 m. gegužės 3 d.",
        "2024. gada 3. maijs",
        "2024-yil 3-may",
        "3-may, 2024",
        "Ngày 3 tháng 5 năm 2024",
        "3 พฤษภาคม 2567",
        "3 พ.ค. 2567",
        "٣ مايو ٢٠٢٤",
        "3 أيار 2024",
        "3 أيار/مايو 2024",
        "3 במאי 2024",
        "३ मई २०२४",
        "2024年5月3日",
        "2024 年 5 月 3 日",
        "２０２４年５月３日",
        "二〇二四年五月三日",
        "令和6年5月3日",
        "民國113年5月3日",
        "2024년 5월 3일",
        "5月 3, 2024",
        "3 2024-05",
        "3 de mayo de 202416:00 hs",
    ]
}


@pytest.mark.parametrize(("day", "text"), [(day, text) for day, texts in WRITTEN.items() for text in texts])
def test_a_day_is_read_in_the_formats_of_the_web(day: str, text: str) -> None:
    assert [found.value[:10] for found in find_dates(text)] == [day]


LANGUAGES = (
    "en de fr es pt it nl ru uk pl cs sk hu ro bg el tr sv da nb fi et lv lt sl hr sr ca id ms vi th he fa hi zh ja ko".split()
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", range(1, 13))
def test_long_dates_of_the_unicode_cldr_are_read(language: str, month: int) -> None:
    text = format_date(date(2024, month, 28), "long", locale=language)
    assert [found.value for found in find_dates(text, [language])] == [f"2024-{month:02}-28"]


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2024-05-03T14:30:00+02:00", "2024-05-03T14:30:00+02:00", "second"),
        ("2024-05-03T14:30:00.250Z", "2024-05-03T14:30:00+00:00", "second"),
        ("2024-05-03T14:30+0530", "2024-05-03T14:30+05:30", "minute"),
        ("2024/5/3 14:30:05", "2024-05-03T14:30:05", "second"),
        ("May 3, 2024 2:30 PM EDT", "2024-05-03T14:30-04:00", "minute"),
        ("May 3, 2024 at 12:05 a.m.", "2024-05-03T00:05", "minute"),
        ("May 3, 2024 2:30 PM IST", "2024-05-03T14:30", "minute"),
        ("14:30, 3 May 2024", "2024-05-03T14:30", "minute"),
        ("3.5.2024 klo 14.30", "2024-05-03T14:30", "minute"),
        ("3. Mai 2024 um 14:30 Uhr", "2024-05-03T14:30", "minute"),
        ("2024年5月3日 下午2:30", "2024-05-03T14:30", "minute"),
        ("2024년 5월 3일 오후 2:30", "2024-05-03T14:30", "minute"),
        ("2024年5月3日14時30分", "2024-05-03T14:30", "minute"),
        ("3 мая 2024 г., 14:30", "2024-05-03T14:30", "minute"),
        ("Fri, 03 May 2024 14:30:00 GMT", "2024-05-03T14:30:00+00:00", "second"),
        ("3 mai 2024 15.07.10", "2024-05-03T15:07:10", "second"),
    ],
)
def test_a_time_and_its_zone_are_read_only_as_stated(text: str, value: str, precision: str) -> None:
    assert [(found.value, found.precision) for found in find_dates(text)] == [(value, precision)]


@pytest.mark.parametrize("text", ["May 2024", "mai 2024", "2024年5月", "05/2024", "Mayo de 2024"])
def test_a_month_alone_is_a_date_of_a_month(text: str) -> None:
    assert [(found.value, found.precision) for found in find_dates(text)] == [("2024-05", "month")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "open 24/7",
        "a 50/50 split",
        "192.168.1.12",
        "version 2.1.24",
        "v12.10.24",
        "$12.10.24",
        "+49 30 12-12-2024-5",
        "555-0123-2024",
        "2024-13-45",
        "30.02.2024",
        "31 April 1850",
        "12 items 2024",
        "Version 2024",
        "10:15:20",
        "1/2/3",
        "7.5.1.2024.3",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert find_dates(text, ["en"]) == []


@pytest.mark.parametrize(
    ("languages", "day"),
    [
        (["en-US"], "2024-12-09"),
        (["en-GB"], "2024-09-12"),
        (["de"], "2024-09-12"),
        (["en-AU", "en-US"], "2024-09-12"),
        ([], "2024-09-12"),
    ],
)
def test_the_language_decides_between_day_and_month(languages: list[str], day: str) -> None:
    assert find_dates("12/09/2024", languages)[0].value == day


def test_a_number_above_twelve_is_the_day_in_any_language() -> None:
    assert [found.value for found in find_dates("25/09/2024 09/25/24", ["en-US"])] == ["2024-09-25", "2024-09-25"]


def test_date_with_a_number_above_twelve_decides_the_order_of_the_others() -> None:
    order = detect_date_order(["12/09/2024", "no date", "25/09/2024"])
    assert find_dates("12/09/2024", ["en-US"], order=order)[0].value == "2024-09-12"


def test_a_month_that_two_languages_share_is_read_in_the_page_s_own() -> None:
    assert find_dates("12 listopada 2024", ["hr"])[0].value == "2024-10-12"
    assert find_dates("12 listopada 2024", ["pl"])[0].value == "2024-11-12"


def test_every_date_has_its_position_in_the_text() -> None:
    text = "Posted: 3 May 2024, updated ２０２４年５月４日 16:00"
    found = find_dates(text)
    assert [date.raw for date in found] == ["3 May 2024", "２０２４年５月４日 16:00"]
    assert all(text[date.start : date.end] == date.raw for date in found)


@given(
    st.text(alphabet="0123456789 .-/:,年月日T+Zpmay٣'’|аяжé", max_size=60), st.sampled_from(["en-US", "de", "", "no-such", "ja"])
)
def test_whatever_is_found_is_a_valid_date_of_the_text(text: str, language: str) -> None:
    for found in find_dates(text, [language]):
        assert text[found.start : found.end] == found.raw
        datetime.fromisoformat(found.value + ("-01" if found.precision == "month" else ""))


@pytest.mark.parametrize("piece", ["1", "12 ", "2024 ", "2024-05-", "may 2024", "2024-05-03T", "月2024", "3 may ", "一"])
def test_long_texts_cost_time_in_proportion(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    find_dates("3 may 2024")
    start = time.process_time()
    find_dates(text)
    assert time.process_time() - start < 2


def test_months_of_all_languages_are_those_of_the_cldr() -> None:
    assert get_month_numbers_of_all_languages() == read_cldr_months()


def test_word_that_is_no_month_has_no_language_loaded() -> None:
    """Seventy of them would stay in memory, a megabyte each."""
    get_month_numbers("en")
    loaded = get_locale.cache_info().currsize
    assert find_dates("Acme delivers turbine number 2019 to Oslo 12, 2019 to Nordvik", ["en"]) is not None
    assert get_locale.cache_info().currsize == loaded


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("(Dec-10-09)", "en", "2009-12-10"),
        ("14. úno '21", "cs", "2021-02-14"),
        ("abr/18", "pt", "2018-04"),
        ("2009 03 09", "en", "2009-03-09"),
        ("R6.3.6", "ja", "2024-03-06"),
        ("Sat Nov 18 2017 15:21:41 GMT+0000", "en", "2017-11-18T15:21:41+00:00"),
        ("۱۵ اردیبهشت ۱۴۰۳", "fa", "2024-05-04"),
        ("1403/02/15", "fa", "2024-05-04"),
        ("13-04-12 19:11", "zh", "2013-04-12T19:11"),
        ("13-04-12", "de", "2012-04-13"),
        ("02.12.19", "en", "2019-12-02"),
        ("02/12/19", "en", "2019-02-12"),
        ("18-03-08 12:33", "zh-CN", "2018-03-08T12:33"),
    ],
)
def test_short_years_and_eras(text: str, language: str, value: str) -> None:
    assert [found.value for found in find_dates(text, [language])] == [value]


def test_year_is_where_the_numbers_of_several_short_dates_differ_least() -> None:
    assert detect_date_order(["12-04-11", "12-04-09", "12-03-05", "12-02-01", "12-01-06"]) == "ymd"
    assert detect_date_order(["12-04-11", "11-03-12"]) is None
