from __future__ import annotations

from corpnews.browser.rendered_page import append_parts

PAGE = (
    "<html><head><title>News</title></head><body><main><ul class='list'><li>1</li></ul></main><footer>Acme</footer></body></html>"
)


def test_list_that_replaced_another_follows_it() -> None:
    html = append_parts(PAGE, ["<ul class='list'><li>2</li></ul>", "<ul class='list'><li>3</li></ul>"])
    assert html.index("1") < html.index("2") < html.index("3") < html.index("Acme")


def test_items_that_were_added_follow_the_last_of_their_list() -> None:
    assert append_parts(PAGE, ["<li>2</li>", "<li>3</li>"]).count("<li>1</li><li>2</li><li>3</li>") == 1


def test_part_without_similar_element_is_appended_at_the_end() -> None:
    assert append_parts(PAGE, ["<section id='late'>2</section>"]).endswith('<section id="late">2</section></body></html>')


def test_text_of_any_language_is_kept() -> None:
    assert "新闻 & more" in append_parts("<html><body><p>新闻</p></body></html>", ["<p>新闻 &amp; more</p>"]).replace(
        "&amp;", "&"
    )


def test_rows_of_a_table_are_added_to_it() -> None:
    table = "<html><body><table><tbody><tr class='row'><td>1</td></tr></tbody></table></body></html>"
    assert '<td>1</td></tr><tr class="row"><td>2</td></tr></tbody>' in append_parts(table, ["<tr class='row'><td>2</td></tr>"])


def test_nested_links_are_kept() -> None:
    html = append_parts(PAGE, ["<a href='/1'>one <a href='/2'>two</a></a>"])
    assert "/1" in html
    assert "/2" in html
