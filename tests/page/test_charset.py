"""Charset of pages: valid UTF-8 first, then the declared charset, then the detected one."""

from __future__ import annotations

import pytest

from corpnews.page.charset import recode_to_utf8

TEXTS = {
    "de": "Größere Öfen für Zürich: die Bäckerei Müller baut ein neues Werk – „für alle“, die früh aufstehen müssen.",
    "fr": "À la suite de son assemblée générale, la société a annoncé l’ouverture d’une usine près de Nîmes, où naîtra la série.",
    "es": "La compañía anunció hoy la inauguración de su fábrica en España, donde producirá más energía según el año próximo.",
    "pl": (
        "Spółka ogłosiła dziś otwarcie nowej fabryki w Łodzi, która będzie wytwarzać źródła ciepła, i dziękuje załodze. Zakład "
        "zatrudni czterysta osób i zacznie pracę w maju. Burmistrz powiedział, że miasto czekało na nią od wielu lat, a "
        "mieszkańcy są z niej dumni. Część hali zajmą pracownie, w których inżynierowie będą badać sprężarki; drugą część zajmie "
        "magazyn. Uroczyste przecięcie wstęgi odbyło się w obecności związków zawodowych oraz przedstawicieli ministerstwa."
    ),
    "ru": "Компания сообщила в понедельник, что построит на севере завод ветряных турбин, и поблагодарила сотрудников.",
    "uk": "Компанія повідомила в понеділок, що побудує на півночі країни завод вітряних турбін, і подякувала працівникам.",
    "lt": "Bendrovė pirmadienį pranešė, kad šalies šiaurėje pastatys vėjo turbinų gamyklą, ir padėkojo darbuotojams už pagalbą.",
    "th": "บริษัทประกาศเมื่อวันจันทร์ว่าจะสร้างโรงงานผลิตกังหันลมทางตอนเหนือของประเทศ และขอบคุณพนักงานทุกคน",
    "el": "Η εταιρεία ανακοίνωσε τη Δευτέρα ότι θα κατασκευάσει εργοστάσιο στο βορρά της χώρας με νέες θέσεις εργασίας.",
    "zh": "公司今天宣布，位于挪威的新工厂将于五月启用，届时每年可以生产一百台风力发电机，为当地创造数百个就业岗位。",
    "tw": "公司今天宣布，位於挪威的新工廠將於五月啟用，屆時每年可以生產一百台風力發電機，為當地創造數百個就業機會。",
    "cs": "Společnost v pondělí oznámila, že na severu země postaví závod na větrné turbíny, a poděkovala zaměstnancům.",
    "hu": "A társaság hétfőn bejelentette, hogy az ország északi részén szélturbinagyárat épít, és őszre űrtartályt készít.",
    "kurz": "Spółka ogłosiła dziś otwarcie nowej fabryki w Łodzi, która będzie wytwarzać źródła ciepła, i dziękuje załodze.",
    "tr": "Şirket pazartesi günü ülkenin kuzeyinde rüzgâr türbini fabrikası kuracağını açıkladı ve çalışanlarına teşekkür etti.",
    "he": "החברה הודיעה ביום שני כי תבנה בצפון מפעל לטורבינות רוח, והודתה לעובדים על מסירותם.",
    "ko": "회사는 월요일에 북부에 풍력 터빈 공장을 건설할 것이라고 발표하고 직원들에게 감사를 표했다.",
    "ja": "同社は月曜日、北部に風力タービンの工場を建設すると発表しました。来年の五月に操業を開始する予定です。",
}
RECODED = (
    "de:cp1252 fr:cp1252 es:cp1252 pl:cp1250 pl:iso8859_2 ru:cp1251 ru:koi8_r ru:iso8859_5 ru:cp866 uk:koi8_u uk:cp1251 "
    "lt:cp1257 th:cp874 el:cp1253 zh:gb18030 tw:big5 ja:cp932 ja:euc_jp cs:cp1250 cs:iso8859_2 hu:cp1250 kurz:cp1250 "
    "kurz:iso8859_2 tr:cp1254 he:cp1255 el:iso8859_7 ko:cp949 ja:iso2022_jp"
)
OTHER_CODECS = "zlib idna punycode utf-7 unicode_escape rot13 acme-8 undefined utf-16"


def build_page(language: str, head: str = "") -> str:
    return f"{head}<title>Acme</title><script>let menu = [1, 2]</script><h1>Acme</h1><p class='text'>{TEXTS[language]}</p>"


@pytest.mark.parametrize(("language", "encoding"), [pair.split(":") for pair in RECODED.split()])
def test_page_that_declares_no_charset_is_decoded(language: str, encoding: str) -> None:
    page = build_page(language).replace("–", "-").replace("„", "").replace("“", "").replace("’", "'")
    assert recode_to_utf8(page.encode(encoding), None).decode() == page


@pytest.mark.parametrize(
    "declared", ["zlib", "idna", "punycode", "utf-7", "unicode_escape", "rot13", "acme-8", "undefined", "utf-16"]
)
def test_declared_charset_that_browsers_do_not_know_counts_as_not_declared(declared: str) -> None:
    page = build_page("de", f"<meta charset={declared}>")
    assert recode_to_utf8(page.encode("cp1252"), f"text/html; charset={declared}").decode() == page


def test_declared_charset_wins_over_the_likely_one() -> None:
    page = build_page("pl", "<meta charset=iso-8859-2>")
    assert recode_to_utf8(page.encode("iso8859_2"), None).decode() == page
    assert recode_to_utf8(page.encode("cp1250"), "text/html; charset=windows-1250").decode() == page


@pytest.mark.parametrize(
    ("language", "encoding", "declared"),
    [
        ("ru", "cp1251", "utf-8"),
        ("ja", "cp932", "utf-8"),
        ("zh", "gb18030", "utf-8"),
        ("ru", "koi8_r", "iso-8859-1"),
        ("ko", "cp949", "iso-8859-1"),
        ("fr", "cp1252", "utf-8"),
    ],
)
def test_declared_charset_that_the_bytes_contradict_counts_as_not_declared(language: str, encoding: str, declared: str) -> None:
    html = f"<p>{TEXTS[language]}</p><p>{TEXTS[language]}</p>"
    assert recode_to_utf8(html.encode(encoding), f"text/html; charset={declared}").decode() == html


def test_greek_word_that_begins_with_an_accented_capital_tells_its_charset() -> None:
    html = f"<p>Άκμε: {TEXTS['el']}</p>"
    for encoding in ("iso8859_7", "cp1253"):
        assert recode_to_utf8(html.encode(encoding), None).decode() == html


def test_characters_that_were_encoded_twice_are_read() -> None:
    text = "The plant’s opening – at last: Ünnep"
    twice = text.encode().decode("latin-1").encode()
    page = build_page("de").encode()
    assert recode_to_utf8(page + twice, None).decode().endswith(text)


def test_utf8_with_some_wrong_bytes_stays_utf8() -> None:
    page = build_page("de").encode()
    assert recode_to_utf8(page + b"<p>\xff\xfe</p>", None).decode().startswith(page.decode())


@pytest.mark.parametrize("html", [b"<" * 100_000 + b"\xe9", b">\xe9" * 500_000, b">" + b"\xe9" * 2_000_000, b"\x80", b"\x1b"])
def test_malformed_bytes_are_decoded_without_error(html: bytes) -> None:
    recode_to_utf8(html, None).decode()
