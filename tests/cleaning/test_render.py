"""Renderings of the body as plain text, Markdown and HTML; any text of a page is text in all of them."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html

from corpnews.cleaning.render import RenderedBody, render_body
from corpnews.page.page import Page
from tests.cleaning.oracle import body_words, html_words, markdown_html, markdown_words


def render(body: str) -> RenderedBody:
    page = Page.from_html(f"<html><body>{body}</body></html>", "https://acme.example/news/1")
    return render_body(page, page.layout.blocks)


FORMS = {
    "paragraphs": ("<p>One.</p><p>Two.</p>", "One.\n\nTwo.", "One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
    "lines of one paragraph": ("<p>One<br>two</p>", "One\ntwo", "One  \ntwo", "<p>One<br>two</p>"),
    "paragraphs parted by line breaks": ("<div>One<br><br>two</div>", "One\n\ntwo", "One\n\ntwo", "<p>One</p>\n<p>two</p>"),
    "headings": (
        "<h1>Title</h1><h3>Sub</h3>",
        "Title\n\nSub",
        "## Title\n\n### Sub",
        "<h2>Title</h2>\n<h3>Sub</h3>",
    ),
    "list": (
        "<p>Three:</p><ul><li>a</li><li>b</li></ul><p>End</p>",
        "Three:\n\na\nb\n\nEnd",
        "Three:\n\n- a\n- b\n\nEnd",
        "<p>Three:</p>\n<ul><li>a</li><li>b</li></ul>\n<p>End</p>",
    ),
    "table": (
        "<table><tr><th>Year</th><th>Sales</th></tr><tr><td>2023</td><td>12</td></tr></table>",
        "Year | Sales\n2023 | 12",
        "| Year | Sales |\n| --- | --- |\n| 2023 | 12 |",
        "<table><tr><td>Year</td><td>Sales</td></tr><tr><td>2023</td><td>12</td></tr></table>",
    ),
    "table with empty cells": (
        "<table><tr><td></td><td>Q1</td><td>Q2</td></tr><tr><td>Pumps</td><td></td><td>3</td></tr></table>",
        "| Q1 | Q2\nPumps | | 3",
        "| | Q1 | Q2 |\n| --- | --- | --- |\n| Pumps | | 3 |",
        "<table><tr><td></td><td>Q1</td><td>Q2</td></tr><tr><td>Pumps</td><td></td><td>3</td></tr></table>",
    ),
    "quote": (
        "<blockquote><p>We built it.</p></blockquote>",
        "We built it.",
        "> We built it.",
        "<blockquote><p>We built it.</p></blockquote>",
    ),
    "code": ("<pre>pump --on</pre>", "pump --on", "```\npump --on\n```", "<pre>pump --on</pre>"),
    "bold": ("<p>a <b> b </b>c</p>", "a b c", "a **b** c", "<p>a <strong>b</strong> c</p>"),
    "link": (
        "<p>See <a href='../x?a=1&amp;b=2#c'>this</a>.</p>",
        "See this.",
        "See [this](https://acme.example/x?a=1&b=2).",
        '<p>See <a href="https://acme.example/x?a=1&amp;b=2">this</a>.</p>',
    ),
    "bold link": (
        "<p><a href='/x'><b>this</b></a></p>",
        "this",
        "[**this**](https://acme.example/x)",
        '<p><a href="https://acme.example/x"><strong>this</strong></a></p>',
    ),
    "link in a cell": (
        "<table><tr><td><a href='/x'>a</a></td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>",
        "a | 1\nb | 2",
        "| [a](https://acme.example/x) | 1 |\n| --- | --- |\n| b | 2 |",
        '<table><tr><td><a href="https://acme.example/x">a</a></td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>',
    ),
}


@pytest.mark.parametrize(("body", "text", "markdown", "html"), FORMS.values(), ids=FORMS)
def test_body_is_rendered_in_three_formats(body: str, text: str, markdown: str, html: str) -> None:
    assert render(body) == RenderedBody(text, markdown, html)


def test_empty_body_is_rendered_empty() -> None:
    assert render("") == RenderedBody("", "", "")


def test_nested_list_is_indented_in_markdown() -> None:
    assert render("<ul><li>a<ul><li>deep</li></ul></li><li>b</li></ul>").markdown == "- a\n  - deep\n- b"


def test_nested_list_is_nested_in_html() -> None:
    body = "<ul><li>a<ul><li>deep</li></ul></li><li>b</li></ul>"
    assert render(body).html == body


def test_list_and_ordered_list_next_to_each_other_stay_two_lists() -> None:
    body = "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol><ul><li>d</li></ul>"
    rendered = render(body)
    assert rendered.markdown == "- a\n- b\n\n1. c\n\n- d"
    assert rendered.html == body


def test_list_within_an_ordered_list_is_indented_to_the_text_of_its_item() -> None:
    body = "<ol><li>a<ul><li>deep<ol><li>deeper</li></ol></li></ul></li><li>b</li></ol>"
    rendered = render(body)
    assert rendered.markdown == "1. a\n   - deep\n     1. deeper\n2. b"
    assert rendered.html == markdown_html(rendered.markdown).replace("\n", "") == body


def test_numbered_list_is_numbered() -> None:
    rendered = render("<ol><li>a</li><li>b</li></ol>")
    assert rendered.markdown == "1. a\n2. b"
    assert rendered.html == "<ol><li>a</li><li>b</li></ol>"


def test_lines_of_code_stay_lines() -> None:
    assert render("<pre>pump --on\n  --fast</pre>").text == "pump --on\n  --fast"


def test_paragraphs_of_one_quote_are_one_quote() -> None:
    rendered = render("<blockquote><p>One.</p><p>Two.</p></blockquote>")
    assert rendered.markdown == "> One.\n>\n> Two."
    assert rendered.html == "<blockquote><p>One.</p><p>Two.</p></blockquote>"


def test_paragraphs_of_one_list_item_are_one_item() -> None:
    assert render("<ul><li><p>One.</p><p>Two.</p></li></ul>").html.count("<li>") == 1


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a*b_c`d", r"a\*b\_c\`d"),
        ("[x](y)", r"\[x\](y)"),
        (r"C:\temp", r"C:\\temp"),
        ("# one of many", r"\# one of many"),
        ("###", r"\###"),
        ("#1 in pumps", "#1 in pumps"),
        ("- a dash", r"\- a dash"),
        ("-5 °C", "-5 °C"),
        ("+ a plus", r"\+ a plus"),
        ("---", r"\---"),
        ("1. Not a list", r"1\. Not a list"),
        ("1) Not a list", r"1\) Not a list"),
        ("1.5 million", "1.5 million"),
        ("~~~", r"\~~~"),
        ("+", r"\+"),
        ("|---|", r"\|---|"),
        ("R&amp;D &amp;amp; more", r"R&D \&amp; more"),
    ],
)
def test_markup_in_text_is_escaped_in_markdown(text: str, markdown: str) -> None:
    assert render(f"<p>{text}</p>").markdown == markdown


@pytest.mark.parametrize("kind", ["li", "blockquote", "p"])
def test_number_at_the_start_is_no_list_of_its_own(kind: str) -> None:
    assert r"1\. Sales" in render(f"<{kind}>1. Sales</{kind}>").markdown


def test_number_signs_at_the_end_of_a_heading_stay() -> None:
    assert markdown_html(render("<h2>Plant #</h2>").markdown) == "<h2>Plant #</h2>\n"


@pytest.mark.parametrize("before", ["Look!", "<b>Look!</b>", "Look!!"])
def test_exclamation_mark_makes_no_image_of_the_link_after_it(before: str) -> None:
    rendered = render(f"<p>{before}<a href='/x'>here</a></p>")
    assert "<img" not in markdown_html(rendered.markdown)
    assert markdown_words(rendered.markdown) == body_words(rendered.text)


def test_code_with_a_fence_in_it_has_a_longer_fence() -> None:
    rendered = render("<pre>a\n````\nb</pre>")
    assert rendered.markdown == "`````\na\n````\nb\n`````"


def test_row_that_is_longer_than_the_first_one_keeps_its_cells() -> None:
    rendered = render("<table><tr><td>Year</td><td>1</td></tr><tr><td>a</td><td>b</td><td>c</td></tr></table>")
    assert rendered.markdown == "| Year | 1 | |\n| --- | --- | --- |\n| a | b | c |"


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        ("<b>Note:</b>this", "**Note**:this"),
        ("<b>注意：</b>文本", "**注意**：文本"),
        ("this<b>(again)</b>.", "this(**again)**."),
        ("this<b>,</b> too", "this, too"),
        ("<b>Note:</b> this", "**Note:** this"),
        ("<b>“Note”</b>.", "**“Note”**."),
        ("<b>Note:</b><b><a href='#n'>1</a></b>", "**Note:1**"),
    ],
)
def test_bold_text_has_no_sign_at_an_edge_that_would_leave_the_asterisks(body: str, markdown: str) -> None:
    rendered = render(f"<p>{body}</p>")
    assert rendered.markdown == markdown
    assert markdown_words(rendered.markdown) == body_words(rendered.text)


TEXTS = st.text(st.sampled_from("ab1公 -+*_`~#=|!&;<>[]()\\\"'.:,"), max_size=12)
STYLES = st.sampled_from(["{}", "<b>{}</b>", "<a href='/x'>{}</a>", "<b><a href='/y'>{}</a></b>", "<a href='#top'>{}</a>"])
LINES = st.lists(st.builds(lambda style, text: style.format(escape(text)), STYLES, TEXTS), max_size=4).map("".join)


@given(
    kind=st.sampled_from(
        ["<p>{}</p>", "<ul><li>{}</li></ul>", "<ol><li>{}</li></ol>", "<h3>{}</h3>", "<blockquote>{}</blockquote>"]
    ),
    line=LINES,
)
@example(kind="<p>{}</p>", line="!<a href='/x'>a</a>")
def test_any_text_has_its_words_in_markdown_and_html(kind: str, line: str) -> None:
    rendered = render(kind.format(line))
    assert markdown_words(rendered.markdown) == html_words(rendered.html) == body_words(rendered.text)


def test_bar_within_a_cell_is_escaped_in_markdown() -> None:
    table = "<table><tr><td>a|b</td><td>1</td></tr><tr><td>c</td><td>2</td></tr></table>"
    assert render(table).markdown.splitlines()[0] == r"| a\|b | 1 |"


def test_tags_in_text_are_escaped_in_markdown_and_html() -> None:
    rendered = render("<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;</p>")
    assert rendered.text == "<script>alert(1)</script> &amp;"
    assert rendered.markdown.startswith(r"\<script\>")
    assert rendered.html == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;</p>"


@pytest.mark.parametrize("href", ["javascript:alert(1)", " JaVa\nScript:alert(1)", "data:text/html,x", "#top", "", "http://[bad"])
def test_link_without_a_web_address_is_rendered_as_text(href: str) -> None:
    rendered = render(f"<p>See <a href='{href}'>this</a>.</p>")
    assert (rendered.markdown, rendered.html) == ("See this.", "<p>See this.</p>")


@pytest.mark.parametrize("href", ["/a(b) c", '/x"onclick="y', "/x>y<z", "/ä", "/x)](javascript:alert(1)"])
def test_address_cannot_break_out_of_its_link(href: str) -> None:
    rendered = render(f"<p><a href='{href}'>this</a></p>")
    assert rendered.markdown.count("](") == 1
    assert " " not in rendered.markdown
    (link,) = lxml_html.fromstring(rendered.html).iter("a")
    assert dict(link.attrib).keys() == {"href"}
    assert link.text == "this"


def test_no_attribute_or_other_element_of_the_page_is_rendered() -> None:
    body = "<p onclick='x()' style='color:red'>One <span class='a'>two</span><img src=a.png><script>x()</script> <i>three</i></p>"
    assert render(body).html == "<p>One two three</p>"


def test_code_with_a_box_per_line_is_one_block_without_line_numbers() -> None:
    gutter = "<td class='gutter'><div>1</div><div>2</div></td>"
    lines = "<td><div class='line'>pump --on</div><div class='line'>  pump --off</div></td>"
    rendered = render(f"<div class='syntaxhighlighter'><table><tr>{gutter}{lines}</tr></table></div>")
    assert (rendered.text, rendered.html) == ("pump --on\n  pump --off", "<pre>pump --on\n  pump --off</pre>")


def test_prose_after_an_unclosed_pre_is_prose() -> None:
    assert render("<pre>pump --on<p>One.</p><p>Two.</p>").text == "pump --on\n\nOne.\n\nTwo."


def test_merged_cells_leave_empty_ones_so_that_all_rows_have_all_columns() -> None:
    rows = "<tr><td rowspan='2'>Ulm</td><td>Monday</td><td>7-17</td></tr><tr><td>Sunday</td><td>t | bag</td></tr>"
    rendered = render(f"<table><tr><th>Depot</th><th colspan='2'>Open</th></tr>{rows}</table>")
    assert rendered.text == "Depot | Open |\nUlm | Monday | 7-17\n| Sunday | t | bag"
    assert rendered.markdown.splitlines()[2:] == ["| Ulm | Monday | 7-17 |", r"| | Sunday | t \| bag |"]
    assert "<tr><td>Depot</td><td>Open</td><td></td></tr>" in rendered.html


def test_ordered_lists_keep_the_numbers_of_the_page() -> None:
    rendered = render("<ol start='3'><li>Send</li><li>Wait</li><li value='9'>Go</li></ol>")
    assert rendered.markdown.splitlines() == ["3. Send", "4. Wait", "9. Go"]
    assert rendered.html == '<ol start="3"><li>Send</li><li>Wait</li><li value="9">Go</li></ol>'
