"""Boxes and blocks of a page: each uninterrupted text is one block."""

from __future__ import annotations

import pytest

from corpnews.page.layout import CELL_BORDER, BlockKind, Zone
from corpnews.page.page import Page


def page(body: str) -> Page:
    return Page.from_html(f"<html><body>{body}</body></html>", "https://example.com/news/1")


def texts(body: str) -> list[str]:
    return [block.text for block in page(body).layout.blocks]


def kinds(body: str) -> list[tuple[str, int]]:
    return [(block.kind, block.level) for block in page(body).layout.blocks]


def test_each_paragraph_is_a_block() -> None:
    assert texts("<p>One.</p><p>Two.</p>") == ["One.", "Two."]


def test_inline_elements_do_not_split_a_block() -> None:
    assert texts("<p>A <b>bold</b> <a href='/x'>link</a>, and more.</p>") == ["A bold link, and more."]


def test_text_next_to_a_box_is_a_separate_block() -> None:
    assert texts("<div>Before<div>Inside</div>After</div>") == ["Before", "Inside", "After"]


def test_text_after_a_comment_is_kept() -> None:
    assert texts("<p>One <!-- note --> two</p>") == ["One two"]


def test_a_single_line_break_separates_lines_and_two_separate_paragraphs() -> None:
    blocks = page("<div>One<br>two<br><br>three</div>").layout.blocks
    assert [(block.text, block.is_after_line_break) for block in blocks] == [("One", False), ("two", True), ("three", False)]


def test_scripts_styles_and_drop_downs_are_no_text() -> None:
    assert texts("<script>var a</script><style>p{}</style><select><option>2024</select><p>Text</p>") == ["Text"]


def test_text_after_a_skipped_element_is_kept() -> None:
    assert texts("<p>One <svg><title>icon</title></svg>two</p>") == ["One two"]


def test_white_space_is_normalized_and_invisible_characters_are_removed() -> None:
    assert texts("<p>\u3000\u3000Zero\u200bwidth and soft\u00adhyphen,\u00a0folded\n  here</p>") == [
        "Zerowidth and softhyphen, folded here"
    ]


def test_blocks_have_kind_and_level() -> None:
    lists = "<ul><li>One<ul><li>Deep</li></ul></li></ul>"
    body = f"<h2>Head</h2>{lists}<blockquote><p>Said</p></blockquote><figcaption>Seen</figcaption>"
    assert kinds(body) == [
        (BlockKind.HEADING, 2),
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.LIST_ITEM, 2),
        (BlockKind.QUOTE, 0),
        (BlockKind.CAPTION, 0),
    ]


def test_rows_of_a_data_table_are_read_across() -> None:
    table = "<table><tr><th>Year</th><th>Sales</th></tr><tr><td><p>2023</p></td><td>12</td></tr></table>"
    assert texts(table) == ["Year | Sales", "2023 | 12"]


def test_cell_of_paragraphs_below_rows_of_data_is_read_by_paragraph() -> None:
    data = "<tr><th>Date</th><td>3 May</td></tr><tr><th>By</th><td>Jo</td></tr>"
    board = f"<table>{data}<tr><td colspan=2><p>One.</p><p>Two.</p></td></tr></table>"
    assert texts(board) == ["Date | 3 May", "By | Jo", "One.", "Two."]


def test_a_layout_table_is_read_cell_by_cell() -> None:
    prose = "A paragraph that is so long that nobody would take it for the cell of a table of figures. " * 2
    assert texts(f"<table><tr><td><p>{prose}</p><p>More.</p></td></tr></table>") == [prose.strip(), "More."]


@pytest.mark.parametrize("sign", ["¶", "#", "\u200b", "<span>🔗</span>"])
def test_the_sign_that_links_a_heading_to_itself_is_no_text(sign: str) -> None:
    anchor = f"<a class='anchor' href='#plant'>{sign}</a>"
    assert texts(f"<h2 id=plant>{anchor} A plant in Leer{anchor}</h2>") == ["A plant in Leer"]
    assert texts("<h2>A plant in Leer <a href='#note'>1</a></h2>") == ["A plant in Leer 1"]


def test_a_heading_that_links_to_itself_has_no_link() -> None:
    own, other = (
        "<h2 id=plant><a href='#plant'><span>A plant in Leer</span></a></h2>",
        "<h2><a href='/plant'>A plant in Bonn</a></h2>",
    )
    assert [(block.links, block.link_density > 0) for block in page(own + other).layout.blocks] == [(0, False), (1, True)]


def test_text_after_a_data_table_is_a_block() -> None:
    table = "<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>"
    assert texts(f"<div>{table}<p>After</p></div>") == ["a | 1", "b | 2", "After"]


def test_characters_in_links_are_counted() -> None:
    block = page("<p>See <a href='/a'>here</a></p>").layout.blocks[0]
    assert (block.link_chars, block.links) == (4, 1)


def test_a_link_around_a_card_covers_the_blocks_inside() -> None:
    blocks = page("<a href='/a'><h3>Title</h3><p>Teaser text</p></a>").layout.blocks
    assert [block.link_density for block in blocks] == [1.0, 1.0]


def test_path_hashes_are_equal_on_pages_of_one_template() -> None:
    one = page("<div class='post-12 entry'><p>One</p></div>").layout.blocks[0]
    two = page("<div class='post-99 entry'><p>Two</p></div>").layout.blocks[0]
    other = page("<div class='sidebar'><p>Two</p></div>").layout.blocks[0]
    assert one.box.path_hash == two.box.path_hash != other.box.path_hash


def test_menu_that_describes_its_pages_is_a_menu_although_it_has_most_of_the_text() -> None:
    menu = "".join(
        f"<div><h6><a href='/p/{n}'>Turbine {n}</a></h6><p>{'Built for wind at sea. ' * 5}</p></div>" for n in range(4)
    )
    blocks = page(f"<nav>{menu}</nav><main><h1>News</h1><p>Acme builds a plant in Oslo.</p></main>").layout.blocks
    assert [bool(block.zone & Zone.NAV) for block in blocks] == [True] * 8 + [False] * 2


def test_box_that_its_style_hides_is_hidden_but_not_the_one_named_as_the_article_s_body() -> None:
    hidden = "<div {} style='display: none'><p>The plant opens in May.</p></div>"
    boxes = "".join(map(hidden.format, ("id='terms'", "id='articleBody'", "itemprop='articleBody'")))
    blocks = page(f"<h1>Acme opens a plant</h1>{boxes}<p>The company said on Monday that it will build it.</p>").layout.blocks
    assert [bool(block.zone & Zone.HIDDEN) for block in blocks] == [False, True, False, False, False]


def test_zones_follow_from_tag_class_and_role_and_are_inherited() -> None:
    prose = "<p>" + "The release itself is longer than all that stands around it. " * 5 + "</p>"
    blocks = page(
        f"<nav><p>Menu</p></nav>{prose}<div class='post-share'><p>Share</p></div><div role='search'><p>Find</p></div>"
    ).layout.blocks
    assert [block.zone for block in blocks] == [Zone.NAV, Zone.NONE, Zone.SHARE | Zone.BODY, Zone.FORM]


def test_head_of_an_item_that_opens_is_no_header_of_the_page() -> None:
    prose = "<p>" + "The release itself is longer than all that stands around it. " * 5 + "</p>"
    names = ("accordion-header", "toggle-header", "faq-item-header", "AccordionHeader", "card-header")
    blocks = page(prose + "".join(f"<div class='{name}'><p>Why?</p></div>" for name in names)).layout.blocks[1:]
    assert [bool(block.zone & Zone.HEADER) for block in blocks] == [False] * 4 + [True]


def test_class_names_of_a_box_with_most_of_the_text_are_ignored() -> None:
    block = page("<div class='has-sidebar'><p>All of the page's text is in here.</p></div>").layout.blocks[0]
    assert not block.zone & Zone.ASIDE


def test_links_and_images_have_the_index_of_their_block() -> None:
    layout = page("<p>One</p><p>Two <a href='/a'>link</a></p><img src='a.png'><p>Three</p>").layout
    assert [(mark.element.get("href"), mark.index) for mark in layout.links] == [("/a", 1)]
    assert [mark.index for mark in layout.images] == [2]


def test_page_with_a_thousand_nested_boxes_is_read() -> None:
    assert texts("<div>" * 1000 + "Deep" + "</div>" * 1000)[:1] in (["Deep"], [])


def test_page_inside_an_unclosed_button_is_read() -> None:
    menu = "<header><div><button class='menu'><div>Menu</div>"
    assert texts(f"{menu}<main><h1>Acme builds</h1><p>The plant opens.</p></main>")[-2:] == ["Acme builds", "The plant opens."]
    assert texts("<p>Text</p><button>Send</button>") == ["Text"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "<p>Sales rose by 12<sup><a href='#n'>1</a></sup> percent on 30 m<sup>2</sup>.</p>",
            "Sales rose by 12¹ percent on 30 m².",
        ),
        ("<p>The 1<sup>st</sup> and <sup>1</sup>/<sub>2</sub></p>", "The 1st and 1/2"),
        ("<p>Before<template>never seen</template> and after</p>", "Before and after"),
        (
            "<p>Acme in <st1:place><st1:City>Ulm</st1:City>, <st1:State>Ohio</st1:State></st1:place>.<o:p></o:p></p>",
            "Acme in Ulm, Ohio.",
        ),
        ("<p>The <ac-term>flow rate</ac-term> rises.</p>", "The flow rate rises."),
        ("<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>の工場</p>", "東京の工場"),
        ("<p>Price <span style='display:none'>84 PLN</span><span>19 EUR</span></p>", "Price 19 EUR"),
        ("<p><i class='material-icons'>mail_outline</i> By mail</p>", "By mail"),
        (
            "<p><a class='comments_count' title='Comment'>0</a>The kiln opened in <b>12</b> weeks.</p>",
            "The kiln opened in 12 weeks.",
        ),
        ("<p>The kiln opened.<span class='comment-count'>14</span></p>", "The kiln opened."),
        ("<p><a class='comments' href='/c'>The 14 replies</a> are public.</p>", "The 14 replies are public."),
        ("<h1><span class='k block'>Winter break</span><span class='t'>Kiln rests</span></h1>", "Winter break Kiln rests"),
        (
            "<div><a rel='author'>Jo Ek</a><span class='role'>Engineer</span><span class='date'>Oct 2, 2018</span></div>",
            "Jo Ek Engineer Oct 2, 2018",
        ),
        ("<p>By <span class='author'>Jo Ek</span>, Oslo</p>", "By Jo Ek, Oslo"),
        ("<div><span class='n'>412 MW</span><span class='t'>in one year</span></div>", "412 MW in one year"),
        ("<div><span class='n'>31%</span><span class='t'>fewer peaks</span></div>", "31% fewer peaks"),
        ("<h1><span class='cap'>T</span><span class='rest'>he plant</span></h1>", "The plant"),
        ("<p>It is <math><msup><mn>10</mn><mrow><mo>-</mo><mn>4</mn></mrow></msup></math> wide</p>", "It is 10⁻⁴ wide"),
        ("<noembed><p>&lt;embed&gt;</p></noembed><p>Text</p>", "Text"),
        ("<p>خانه\u200cها</p>", "خانه\u200cها"),
    ],
)
def test_text_reads_as_a_browser_shows_it(body: str, text: str) -> None:
    assert texts(body) == [text]


def test_custom_elements_that_contain_boxes_are_boxes() -> None:
    assert texts("<ac-card><p>One.</p></ac-card><ac-date>May 2024</ac-date><ac-place>Oslo</ac-place>") == [
        "One.",
        "May 2024",
        "Oslo",
    ]


def test_button_is_text_as_the_heading_of_an_accordion_alone() -> None:
    accordion = "<h3><button aria-expanded='false'>Who pays?</button></h3><div>Nobody.</div>"
    assert texts(f"{accordion}<button>Send</button><button aria-expanded='false'>Menu</button>") == ["Who pays?", "Nobody."]


def test_declarative_shadow_root_is_part_of_the_page() -> None:
    assert texts("<ac-article><template shadowrootmode='open'><p>Inside.</p></template></ac-article>") == ["Inside."]


def test_merged_cells_are_spread_over_their_columns() -> None:
    head = "<tr><th rowspan='2'>EUR</th><th colspan='2'>Quarter</th></tr><tr><th>2025</th><th>2024</th></tr>"
    layout = page(f"<table>{head}<tr><td>Sales</td><td>25</td><td></td></tr></table>").layout
    assert [sum(style is CELL_BORDER for _, style in block.runs) for block in layout.blocks] == [2, 2, 2]
    assert [block.text for block in layout.blocks] == ["EUR | Quarter", "| 2025 | 2024", "Sales | 25"]


def test_images_of_buttons_and_of_copies_for_browsers_without_scripts_are_images() -> None:
    pictures = "<button><img src='a.png'></button><div><noscript><img src='b.png'></noscript></div>"
    copy = "<img data-src='c.png'><noscript><img src='c-full.png'></noscript>"
    assert [image.element.get("src") for image in page(pictures + copy).layout.images] == ["a.png", "b.png", None]


def test_dialog_or_comments_with_most_of_the_text_stay_what_they_are_if_the_headline_is_elsewhere() -> None:
    comments = "<div class='comments'><p>" + "I have waited for this day for years. " * 9 + "</p></div>"
    blocks = page(f"<h1>Foundry opens</h1><p>On Sunday.</p>{comments}").layout.blocks
    assert [bool(block.zone & Zone.COMMENT) for block in blocks] == [False, False, True]
    assert not any(block.zone & Zone.COMMENT for block in page(comments).layout.blocks)


def test_mail_address_that_is_protected_from_robots_is_shown() -> None:
    protected = "<a href='/cdn' data-cfemail='42282d0223212f276c273a232f322e27'>[email protected]</a>"
    assert texts(f"<p>Write to {protected} today.</p>") == ["Write to jo@acme.example today."]
    assert texts("<p><span data-cfemail='xyz'>[email protected]</span></p>") == ["[email protected]"]


def test_copy_for_browsers_without_scripts_is_read_if_the_page_has_no_other_text() -> None:
    copy = "<noscript><h1>Acme builds</h1><p>" + "The plant opens in May. " * 12 + "</p></noscript>"
    assert texts(f"<div id='app'></div>{copy}")[:1] == ["Acme builds"]
    assert texts("<p>" + "Text of the page. " * 20 + f"</p>{copy}")[1:] == []
    assert texts("<p>Text</p><noscript>Please enable JavaScript.</noscript>") == ["Text"]
    items = [f"Acme opens its {number}th plant in Oslo this spring" for number in range(5)]
    listing = f"<noscript><ul>{''.join(f'<li><a href=/{at}>{item}</a></li>' for at, item in enumerate(items))}</ul></noscript>"
    assert texts(f"<div></div>{listing}") == items


@pytest.mark.parametrize("inner", ["<div>Two halls</div>", "<div><p>Two halls</p></div>", "<a href='/'><div>Two halls</div></a>"])
def test_text_in_a_box_of_its_own_within_a_heading_is_the_heading(inner: str) -> None:
    blocks = page(f"<h3>{inner}</h3><div>The first one is built.</div>").layout.blocks
    assert [(block.kind, block.level, block.text) for block in blocks] == [
        (BlockKind.HEADING, 3, "Two halls"),
        (BlockKind.PARAGRAPH, 0, "The first one is built."),
    ]


def test_heading_that_is_not_closed_makes_no_headings_of_the_texts_below() -> None:
    blocks = page("<h2><div>Two halls</div><div>The first one is built.</div><div>The second one is not.</div>").layout.blocks
    assert {block.kind for block in blocks} == {BlockKind.PARAGRAPH}
