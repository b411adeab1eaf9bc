from __future__ import annotations

import pytest

from corpnews.web.languages import detect_language

ENGLISH = "The company said on Monday that it will build a plant for wind turbines in the north, which opens next year."
GERMAN = (
    "Das Unternehmen teilte am Montag mit, dass es im Norden ein Werk für Windräder bauen wird, das im nächsten Jahr eröffnet."
)


def detect(text: str, declared: str = "") -> str | None:
    return detect_language(text, declared)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        ("该公司周一表示，将在北方建设一座风力发电机工厂，为当地创造数百个就业岗位。这是一个开始。", "zh-Hans"),
        ("該公司週一表示，將在北方建設一座風力發電機工廠，為當地創造數百個就業崗位。這個開發會帶來電車業務。", "zh-Hant"),
        ("同社は月曜日、北部に風力タービンの工場を建設すると発表しました。", "ja"),
        ("회사는 월요일 북부에 풍력 터빈 공장을 건설한다고 밝혔다.", "ko"),
        ("Компания сообщила в понедельник, что построит на севере завод ветряных турбин.", "ru"),
        ("Η εταιρεία ανακοίνωσε τη Δευτέρα ότι θα κατασκευάσει εργοστάσιο στο βορρά.", "el"),
        ("החברה הודיעה ביום שני כי תבנה מפעל טורבינות רוח בצפון.", "he"),
        ("บริษัทประกาศเมื่อวันจันทร์ว่าจะสร้างโรงงานกังหันลมในภาคเหนือ", "th"),
    ],
)
def test_language_is_detected_from_the_text(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Top 7 Corporate Catering Trends for 2024", "en"),
        ("Top Mental Health Tips for 2025", "en"),
        ("Top Nine Financial Tips for Working Adults", "en"),
        ("U-Acme wethula isikhwama esisha samanzi ngoLwesithathu", "zu"),
        ("Acme vergroot fabriek in Eindhoven", "nl"),
    ],
)
def test_title_is_not_taken_for_a_rare_language(title: str, language: str) -> None:
    assert detect(title) == language


def test_text_in_capitals_has_the_language_of_its_words() -> None:
    title = "GRAND OPENING: NORTHERN TURBINES SHINES AT THE INTERNATIONAL WIND EXHIBITION"
    assert detect(f"{title}\nON APRIL 15, THE EXHIBITION HALL WILL HOST THE INDUSTRY OF THE NORTH, A CELEBRATED EVENT.") == "en"


def test_language_of_the_text_wins_over_that_of_the_template() -> None:
    assert detect(ENGLISH, "de-DE") == "en"
    assert detect("同社は月曜日、北部に風力タービンの工場を建設すると発表しました。", "en-US") == "ja"


def test_declared_region_is_kept_if_the_language_is_the_same() -> None:
    assert detect(ENGLISH, "en_gb") == "en-GB"
    assert detect("该公司周一表示，将在北方建设工厂。", "zh-CN") == "zh-CN"


def test_short_text_has_the_declared_language_or_none() -> None:
    assert detect("Acme AG", "de") == "de"
    assert detect("Acme AG") is None
    assert detect("", "not a tag") is None
