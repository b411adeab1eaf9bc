"""PDFs to paragraphs, in reading order."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from io import BytesIO

import pytest
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from corpnews.extraction.pdf_layout.parts import UnreadablePdf
from corpnews.extraction.pdf_layout.read import read_pdf_layout
from tests.pdfs import BOLD, MARGIN, TITLE, Press, book, by_hand, prose, release, stream


def texts(html: str, tag: str = "p") -> list[str]:
    return [unescape(text) for text in re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)]


def word_f1(found: str, true: str) -> float:
    ours, theirs = Counter(found.split()), Counter(true.split())
    common = sum((ours & theirs).values())
    return 2 * common / (ours.total() + theirs.total())


def three_pages(press: Press) -> tuple[bytes, list[str], str]:
    """A release of three pages with headers, lists and tables; its paragraphs; its whole text."""
    press.header, press.footer = "Acme Turbines plc", "Press release - page {page} of 3"
    paragraphs = [prose(number) for number in range(17)]
    items = ["A hall of forty thousand square metres.", f"A road, of which {prose(3, 2)}", "A bridge."]
    press.title()
    for paragraph in paragraphs[:5]:
        press.text(paragraph)
    press.heading("What will be built")
    for item in items:
        press.item(item)
    press.y -= 8
    for paragraph in paragraphs[5:]:
        press.text(paragraph)
    return press.done(), paragraphs, " ".join((TITLE, *paragraphs[:5], "What will be built", *items, *paragraphs[5:]))


@pytest.mark.parametrize(
    "press",
    [Press(), Press(hyphenate=True), Press(gap=0, indent=14), Press(gap=0, indent=14, hyphenate=True)],
    ids=["gaps", "gaps, hyphens", "indents", "indents, hyphens"],
)
def test_release_of_three_pages_has_all_words_and_paragraphs(press: Press) -> None:
    data, paragraphs, whole = three_pages(press)
    done = read_pdf_layout(data)
    assert done.pages == 3
    assert word_f1(unescape(re.sub("<[^>]+>", " ", done.html)), whole) >= 0.98
    assert len(texts(done.html)) == len(paragraphs)
    assert texts(done.html) == paragraphs


def test_title_is_the_largest_text_of_the_first_page() -> None:
    press = Press()
    press.line("PRESS RELEASE", BOLD, 26)
    press.title()
    press.text(prose(0))
    press.next_page()
    press.line("A larger heading on another page", BOLD, 24)
    press.text(prose(1))
    done = read_pdf_layout(press.done())
    assert done.title == TITLE
    assert texts(done.html, "h1") == [TITLE]
    assert "<h2>PRESS RELEASE</h2>" in done.html


def test_page_headers_footers_and_numbers_are_left_out_and_listed() -> None:
    done = read_pdf_layout(release(14, Press(header="Acme Turbines plc", footer="Confidential until 3 May - {page}")))
    assert "Turbines plc" not in done.html
    assert "Confidential" not in done.html
    assert done.removed == ("Acme Turbines plc", *(f"Confidential until 3 May - {page}" for page in range(1, done.pages + 1)))


def test_number_of_a_single_page_is_left_out_and_a_year_below_the_text_is_not() -> None:
    assert read_pdf_layout(release(1, Press(footer="Page {page} of 1"))).removed == ("Page 1 of 1",)
    assert texts(read_pdf_layout(release(1, Press(footer="Oslo 2024"))).html)[-1] == "Oslo 2024"


def test_columns_are_read_one_after_the_other() -> None:
    done = read_pdf_layout(release(7, Press(columns=2, hyphenate=True)))
    assert done.title == TITLE
    assert texts(done.html) == [prose(number) for number in range(7)]


def test_three_columns_are_read_one_after_the_other() -> None:
    assert texts(read_pdf_layout(release(6, Press(columns=3))).html) == [prose(number) for number in range(6)]


def test_text_across_the_page_is_read_after_the_columns_above_it() -> None:
    press = Press(columns=2)
    press.title()
    for number in range(3):
        press.text(prose(number))
    lowest = press.y
    press.next_column()
    for number in range(3, 6):
        press.text(prose(number))
    press.column, press.columns, press.y = 0, 1, min(press.y, lowest) - 12
    press.heading("About Acme")
    press.text(prose(6))
    for line in ("Jane Aker", "Acme Turbines plc", "Nordvik"):
        press.line(line)
    html = read_pdf_layout(press.done()).html
    assert texts(html) == [*(prose(number) for number in range(7)), "Jane Aker", "Acme Turbines plc", "Nordvik"]
    assert html.index(prose(5)) < html.index("<h2>About Acme</h2>") < html.index(prose(6))


def test_narrow_columns_filled_to_their_edges_are_no_tables() -> None:
    out = BytesIO()
    frames = [Frame(72 + 115 * at, 72, 105, 600) for at in range(4)]
    paper = BaseDocTemplate(out, pageTemplates=[PageTemplate(frames=frames)])
    style = ParagraphStyle("narrow", alignment=TA_JUSTIFY, fontSize=11, leading=13, spaceAfter=8)
    paper.build([Paragraph(prose(number), style) for number in range(12)])
    html = read_pdf_layout(out.getvalue()).html
    assert "<table>" not in html
    assert word_f1(" ".join(texts(html)), " ".join(map(prose, range(12)))) == 1.0


def test_texts_at_both_edges_of_a_line_are_separate() -> None:
    press = Press()
    press.line("Press release")
    press.canvas.drawRightString(MARGIN + press.width, press.y, "3 May 2024")
    press.y -= 10
    press.text(prose(0))
    assert texts(read_pdf_layout(press.done()).html) == ["Press release", "3 May 2024", prose(0)]


def test_table_is_read_row_by_row() -> None:
    press = Press()
    press.text(prose(0))
    for cells in (("Business", "2024", "2023"), ("Turbines", "120.5", "110"), ("Pumps", "12", "9.5"), ("Services", "4", "4")):
        press.row(*cells)
    press.y -= 12
    press.text(prose(1))
    html = read_pdf_layout(press.done()).html
    assert "<table><tr><td>Business</td><td>2024</td><td>2023</td></tr><tr><td>Turbines</td><td>120.5</td>" in html
    assert texts(html) == [prose(0), prose(1)]


def test_list_items_are_items_and_keep_their_further_lines() -> None:
    press = Press()
    press.text(prose(0))
    items = ["A bridge.", prose(1), "A road <and> a school & more."]
    for item in items:
        press.item(item)
    html = read_pdf_layout(press.done()).html
    assert texts(html, "li") == items
    assert html.count("<ul>") == 1


def test_bullet_without_text_is_left_out() -> None:
    press = Press()
    press.text(prose(0))
    press.line("\u2022")
    press.y -= 20
    press.text(prose(1))
    assert texts(read_pdf_layout(press.done()).html) == [prose(0), prose(1)]


def test_heading_in_bold_is_a_heading_where_prose_follows() -> None:
    press = Press()
    press.title()
    press.text(prose(0))
    press.heading("What comes next", 11)
    press.text(prose(1))
    press.line("Jane Aker", BOLD)
    press.line("press@acme.example")
    html = read_pdf_layout(press.done()).html
    assert texts(html, "h2") == ["What comes next"]
    assert texts(html)[-2:] == ["<strong>Jane Aker</strong>", "press@acme.example"]


def test_short_lines_of_an_address_stay_lines() -> None:
    press = Press()
    press.text(prose(0))
    for line in ("Jane Aker", "Acme Turbines plc", "+47 22 00 00 00"):
        press.line(line)
    assert texts(read_pdf_layout(press.done()).html)[1:] == ["Jane Aker", "Acme Turbines plc", "+47 22 00 00 00"]


def test_word_with_a_hyphen_of_its_own_keeps_it() -> None:
    press = Press()
    for line in ("The company has built a well-", "known plant in Aix-", "Les-Bains, and a tur-", "bine. It is well-known."):
        press.line(line)
    assert texts(read_pdf_layout(press.done()).html) == [
        "The company has built a well-known plant in Aix-Les-Bains, and a turbine. It is well-known."
    ]


def test_chinese_lines_are_joined_without_spaces() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    sentence = "公司周一宣布将在北方新建一座水轮机厂四百人将在那里工作第一批水轮机将于后年春天出厂镇上的人们为此等待了很久"
    paragraphs = [f"{sentence}{'一二三'[at]}年内完工，{sentence}。" for at in range(3)]
    press = Press()
    for paragraph in paragraphs:
        for at in range(0, len(paragraph), 36):
            press.line(paragraph[at : at + 36], "STSong-Light", 12)
        press.y -= 10
    assert texts(read_pdf_layout(press.done()).html) == paragraphs


def test_rotated_text_is_left_out_and_listed() -> None:
    press = Press()
    press.canvas.saveState()
    press.canvas.translate(200, 300)
    press.canvas.rotate(45)
    press.canvas.setFont(BOLD, 60)
    press.canvas.drawString(0, 0, "DRAFT")
    press.canvas.restoreState()
    press.text(prose(0))
    done = read_pdf_layout(press.done())
    assert texts(done.html) == [prose(0)]
    assert done.removed == ("DRAFT",)


def test_rotated_page_is_read_upright() -> None:
    content = b"BT /F 12 Tf 0 1 -1 0 100 100 Tm (Acme builds a plant) Tj 0 -14 Td (for turbines in Nordvik.) Tj ET"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate 90/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    data = by_hand(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(content), font)
    assert texts(read_pdf_layout(data).html) == ["Acme builds a plant for turbines in Nordvik."]


def test_no_more_than_sixty_pages_are_read() -> None:
    done = read_pdf_layout(book(70))
    assert (done.pages, done.is_truncated) == (71, True)
    assert len(texts(done.html)) == 60


def test_pdf_without_text_is_refused() -> None:
    press = Press()
    press.canvas.rect(100, 100, 200, 200, fill=1)
    with pytest.raises(UnreadablePdf, match="the PDF holds no text"):
        read_pdf_layout(press.done())
