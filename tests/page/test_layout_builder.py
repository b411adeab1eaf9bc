"""Boxes and blocks of a page: each uninterrupted text is one block."""

from __future__ import annotations

from corpnews.page.layout import BlockKind, Zone
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


def test_a_layout_table_is_read_cell_by_cell() -> None:
    prose = "A paragraph that is so long that nobody would take it for the cell of a table of figures. " * 2
    assert texts(f"<table><tr><td><p>{prose}</p><p>More.</p></td></tr></table>") == [prose.strip(), "More."]


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


def test_zones_follow_from_tag_class_and_role_and_are_inherited() -> None:
    prose = "<p>" + "The release itself is longer than all that stands around it. " * 5 + "</p>"
    blocks = page(
        f"<nav><p>Menu</p></nav>{prose}<div class='post-share'><p>Share</p></div><div role='search'><p>Find</p></div>"
    ).layout.blocks
    assert [block.zone for block in blocks] == [Zone.NAV, Zone.NONE, Zone.SHARE | Zone.BODY, Zone.FORM]


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
