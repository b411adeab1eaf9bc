from __future__ import annotations

from corpnews.discovery import ArticleLink, Listing, Walk

NEWS = "https://www.example.com/news/"


def test_each_article_and_listing_comes_out_once_whatever_its_spelling() -> None:
    walk = Walk([NEWS])
    listing = Listing(
        (ArticleLink(f"{NEWS}a/"), ArticleLink("http://example.com/News/A")),
        (f"{NEWS}?page=2", f"{NEWS}index.html", f"{NEWS}?page=2&utm_source=x"),
    )
    articles, pages = walk.read(NEWS, listing)
    assert [link.url for link in articles] == [f"{NEWS}a/"]
    assert pages == [f"{NEWS}?page=2"]


def test_a_walk_into_an_endless_calendar_ends() -> None:
    walk, asked, url = Walk([NEWS]), 0, NEWS
    todo = [url]
    while todo:
        asked += 1
        _, further = walk.read(todo.pop(), Listing((ArticleLink(f"{NEWS}a/"),), (f"{NEWS}?month={asked + 1}",)))
        todo += further
    assert asked == 4


def test_a_page_of_known_articles_does_not_end_the_walk_at_once() -> None:
    walk = Walk([NEWS])
    same = (ArticleLink(f"{NEWS}a/"),)
    walk.read(NEWS, Listing(same, (f"{NEWS}topics/",)))
    _, pages = walk.read(f"{NEWS}topics/", Listing(same, (f"{NEWS}topics/?page=2",)))
    assert pages == [f"{NEWS}topics/?page=2"]


def test_an_article_is_not_read_as_a_listing() -> None:
    _, pages = Walk([NEWS]).read(NEWS, Listing((ArticleLink(f"{NEWS}a/"),), (f"{NEWS}a",)))
    assert pages == []
