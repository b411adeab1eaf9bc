from __future__ import annotations

from corpnews.browser.document import put_together

PAGE = (
    "<html><head><title>News</title></head><body><main><ul class='list'><li>1</li></ul></main><footer>Acme</footer></body></html>"
)


def test_list_that_replaced_another_follows_it() -> None:
    html = put_together(PAGE, ["<ul class='list'><li>2</li></ul>", "<ul class='list'><li>3</li></ul>"])
    assert html.index("1") < html.index("2") < html.index("3") < html.index("Acme")


def test_items_that_were_added_follow_the_last_of_their_list() -> None:
    assert put_together(PAGE, ["<li>2</li>", "<li>3</li>"]).count("<li>1</li><li>2</li><li>3</li>") == 1


def test_part_without_a_like_stands_at_the_end() -> None:
    assert put_together(PAGE, ["<section id='late'>2</section>"]).endswith('<section id="late">2</section></body></html>')


def test_text_of_any_language_is_kept() -> None:
    assert "新闻 & more" in put_together("<html><body><p>新闻</p></body></html>", ["<p>新闻 &amp; more</p>"]).replace(
        "&amp;", "&"
    )
