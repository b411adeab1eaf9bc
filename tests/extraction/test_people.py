from __future__ import annotations

import pytest

from corpnews.extraction.extract import extract_page
from corpnews.extraction.headline import find_headline
from corpnews.extraction.people import find_authors
from corpnews.extraction.site_template import SiteTemplate
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.page import Page

PROSE = (
    "<p>The company said on Monday that it will build a plant for wind turbines in the north, which opens in the next year.</p>"
    * 4
)


def authors(below_headline: str, head: str = "") -> tuple[tuple[str, ...], str] | None:
    html = f"<html><head>{head}</head><body><h1>Acme builds a plant in the north</h1>{below_headline}{PROSE}</body></html>"
    page = Page.from_html(html, "https://www.acme.example/news/17")
    data = read_structured_data(page)
    return find_authors(page, data, find_headline(page, data), None)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<p>By Jane Doe</p>", ("Jane Doe",)),
        ("<p>Von Jörg Müller und Ute Maier | 3. Mai 2024</p>", ("Jörg Müller", "Ute Maier")),
        ("<p>Par Élodie Martin</p>", ("Élodie Martin",)),
        ("<p>Contributed by Jane Doe</p>", ("Jane Doe",)),
        ("<p>Published May 3, 2024 by John Q. Public</p>", ("John Q. Public",)),
        ("<p>Reviewed by John Q. Public, an engineer, on May 3, 2024.</p>", ("John Q. Public",)),
        ("<p>Автор: Иван Петров</p>", ("Иван Петров",)),
        ("<p>来源：本站 作者：张三 时间：2024-05-03</p>", ("张三",)),
        ("<p>文/李小龙</p>", ("李小龙",)),
        ("<p>作者：Jane Doe 2024-05-03</p>", ("Jane Doe",)),
        ('<div class="entry__author"><span class="meta">文章作者: </span><span><a href="/">李小龙</a></span></div>', ("李小龙",)),
        ('<div class="author"><span>Jane Doe</span> <span class="author-badge">Lv4</span></div>', ("Jane Doe",)),
        ("<p>记者：王小明 张三丰</p>", ("王小明", "张三丰")),
        ("<p>By Jane Doe By Jane Doe May 15</p>", ("Jane Doe",)),
        ("<p>Written by</p><p>Jane Doe</p>", ("Jane Doe",)),
        ("<p>By Jane Doe Tuesday, Aug. 17, 2010</p>", ("Jane Doe",)),
        ("<h2>Article by</h2><div>Jane Doe</div>", ("Jane Doe",)),
        ('<div class="post-author-name has-link-color">Jane Doe</div>', ("Jane Doe",)),
        ("<p>This post was written by Jane Doe after her visit to the plant in Oslo.</p>", ("Jane Doe",)),
        ('<p class="meta">May 3 <a rel="author" href="/x">Jane Doe</a> in News</p>', ("Jane Doe",)),
        ('<p>May 3 · <a href="/authors/jane-doe">Jane Doe</a></p>', ("Jane Doe",)),
        ('<div class="post-author">Jane Doe, Senior Editor</div>', ("Jane Doe",)),
    ],
)
def test_byline_near_the_headline_names_the_authors(byline: str, names: tuple[str, ...]) -> None:
    assert authors(byline) == (names, "visible")


@pytest.mark.parametrize(
    "text",
    [
        "<p>By then the plant had been built</p>",
        "<p>By clicking you agree</p>",
        "<p>In 2015 the plant was named the best of the north by Norbank Global.</p>",
        "<p>Press Release</p>",
        "<p>The mill in 2019. REUTERS/Ann Lee</p>",
        '<p><a class="author" href="/people/">Who\'s Who?</a></p>',
        "<p>Add Photo</p>",
        '<p class="author">admin</p>',
        "<p>发布者：admin 2024-05-03</p>",
        "<p>来源：公司新闻部</p>",
        "<p>By 2030 the plant will run on wind from the north</p>",
        '<p class="author"><a href="/about">Learn more</a></p>',
        '<p class="meta">May 3, 2024 by October</p>',
        '<p><a href="/user/register/">注册</a></p>',
        '<p class="author">关注</p>',
        "<p>作者：未知</p>",
        "<h3>Zum Hintergrund</h3>",
        '<div class="post-author"><span>文章链接: </span></div>',
        "<ul><li><a href='../news/index.html'>News</a></li><li><a href='../team/index.html'>Team</a></li></ul>",
    ],
)
def test_text_that_is_no_byline_gives_no_author(text: str) -> None:
    assert authors(text) is None


def test_byline_wins_over_who_uploaded_the_page_and_json_ld_over_the_meta_element_of_the_template() -> None:
    meta = '<meta name="author" content="Ann Lee, PhD">'
    json_ld = '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Eve Ray"}}</script>'
    assert authors("", meta) == (("Ann Lee, PhD",), "meta")
    assert authors("<p>By Jane Doe</p>", meta) == (("Jane Doe",), "visible")
    assert authors("<p>By Jane Doe</p>", json_ld) == (("Jane Doe",), "visible")
    assert authors("", meta + json_ld) == (("Eve Ray",), "json-ld")


@pytest.mark.parametrize("stated", ["admin", "https://social.example/acme", "Builders Inc.", "Marketing", "press@acme.example"])
def test_accounts_web_agencies_and_addresses_are_no_authors(stated: str) -> None:
    assert authors("", f'<meta name="author" content="{stated}"><meta property="og:site_name" content="Acme News">') is None


def test_site_is_the_author_if_the_page_states_no_other() -> None:
    head = '<meta name="author" content="Acme News"><meta property="og:site_name" content="Acme News">'
    assert authors("", head) == (("Acme News",), "meta")
    assert authors("<p>By Jane Doe</p>", head) == (("Jane Doe",), "visible")
    assert authors('<p class="author">Acme</p>') == (("Acme",), "visible")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('<p class="meta">Posted on May 3, 2024 by jdoe84 | 2 comments</p>', "jdoe84"),
        ('<p class="entry-meta">Veröffentlicht am 3. Mai 2024 von gärtnerin</p>', "gärtnerin"),
        ('<div class="byline">by kim</div>', "kim"),
        ('<p class="entry-meta">JaneDoe 3 May 2024</p>', "JaneDoe"),
        ('<p>3 May <span class="author vcard"><a class="fn" href="/u/7">jdoe84</a></span></p>', "jdoe84"),
        ('<p>By <a href="/@jdoe">Jane</a></p>', "Jane"),
    ],
)
def test_account_is_the_author_if_it_is_marked_as_such(line: str, name: str) -> None:
    assert authors(line) == ((name,), "visible")


def test_visible_full_name_wins_over_the_account_in_structured_data() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "jdoe84"}}</script>'
    assert authors('<p class="byline">By Jane Doe</p>', head) == (("Jane Doe",), "visible")
    assert authors("", head) == (("jdoe84",), "json-ld")


def test_name_ends_before_a_date_that_only_css_separates_from_it() -> None:
    assert authors('<p class="meta"><span>By Jane Doe</span><time>May 3, 2024</time></p>') == (("Jane Doe",), "visible")


def test_parts_of_an_organisation_joined_by_and_are_one_author() -> None:
    head = '<meta name="author" content="Center for Research and Evaluation">'
    assert authors("", head) == (("Center for Research and Evaluation",), "meta")


def test_company_after_the_author_is_removed() -> None:
    head = '<meta property="og:site_name" content="ANC">'
    assert authors("<p>By Jane Doe, ANC</p>", head) == (("Jane Doe",), "visible")


def test_customers_who_are_quoted_are_no_authors() -> None:
    assert authors('<div class="testimonial"><p>Never clogged.</p><div class="author">Jane Doe</div></div>') is None


def test_commenters_are_no_authors() -> None:
    assert authors('<div class="comments"><p>By Jane Doe</p></div>') is None


@pytest.mark.parametrize(
    "line",
    [
        "<p class=meta>Jane Doe / 3 May 2024 / 06:15</p>",
        "<p class=meta>3 May 2024 · Jane Doe in Projects · 6 comments</p>",
        "<p class=meta>03.05.2024 - Jane Doe</p>",
        "<p>A column by Jane Doe</p>",
        "<p class=meta>Published: 3 May 2024 | Author: Jane Doe | Filed under: Wind, North Sea</p>",
        "<p class=author>Chief reporter Jane Doe</p>",
        "<p class=author>Jane Doe/AFP</p>",
        "<p class=author>Jane Doe Photo: Ann Lee</p>",
    ],
)
def test_name_is_found_in_a_line_of_data_and_kept_without_role_agency_and_photographer(line: str) -> None:
    assert authors(line) == (("Jane Doe",), "visible")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<p class=byline>By Jane Doe/John Roe</p>", ("Jane Doe", "John Roe")),
        ("<p class=author>Jane Doe in conversation with John Roe</p>", ("Jane Doe", "John Roe")),
        ("<p class=author>Paula (Gray) Brown Published: May 3, 2024</p>", ("Paula (Gray) Brown",)),
        ("<p class=author>Loïc Le Clerc</p>", ("Loïc Le Clerc",)),
        ("<p class=meta>Erstellt von Fabian am Dienstag 6. Mai 2024</p>", ("Fabian",)),
        ("<ul><li class=author>Jane Doe</li><li class=author>John Roe</li></ul>", ("Jane Doe", "John Roe")),
    ],
)
def test_names_end_where_their_line_says_something_else(byline: str, names: tuple[str, ...]) -> None:
    assert authors(byline) == (names, "visible")


def test_author_in_a_side_menu_is_found_next_to_a_portrait() -> None:
    card = "<div class=card><span class=author><img src=/jane.png></span><span><b>Jane Doe</b><br>Communications</span></div>"
    menu = f"<nav><a href=/news/>Back</a><div class=authors>{card}</div><ul><li>2 min read</ul></nav>"
    html = f"<html><body>{menu}<h1>Acme builds a plant in the north</h1>{PROSE}</body></html>"
    page = Page.from_html(html, "https://www.acme.example/news/17")
    data = read_structured_data(page)
    assert find_authors(page, data, find_headline(page, data), None) == (("Jane Doe",), "visible")


def test_twitter_label_names_the_author() -> None:
    head = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Doe">'
    assert authors("", head) == (("Jane Doe",), "meta")


@pytest.mark.parametrize(
    "line", ["<p>New Delhi, 3 May 2024</p>", "<p>Press contact:</p><p>Jane Doe</p><p>jane.doe@acme.example</p>"]
)
def test_places_and_press_contacts_are_no_authors(line: str) -> None:
    assert authors(line) is None


def test_authors_of_json_ld_may_be_a_list_within_a_list() -> None:
    assert authors(
        "", '<script type="application/ld+json">{"@type": "NewsArticle", "author": [[{"name": "Eve Ray"}]]}</script>'
    ) == (
        ("Eve Ray",),
        "json-ld",
    )


def test_stated_list_with_the_author_of_the_byline_is_taken_whole() -> None:
    names = ", ".join(f'{{"name": "{name}"}}' for name in ("Jane Doe", "John Roe"))
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": [{names}]}}</script>'
    assert authors("<p class=byline>By Jane Doe</p>", head) == (("Jane Doe", "John Roe"), "json-ld")


def test_bare_name_above_the_text_wins_over_the_publisher() -> None:
    line = "<p class='meta'>by Acme Times May 3, 2024</p><p><strong>Jane Doe</strong></p>"
    head = "<meta property='og:site_name' content='Acme Times'><meta name='author' content='Acme Times'>"
    assert find_authors_of_article(line, head) == ("Jane Doe",)


@pytest.mark.parametrize("line", ["<p>© 2024 Acme - WordPress Theme by Kadence Works</p>", "<pre>by intro\n  exact h1 h2</pre>"])
def test_makers_of_themes_and_lines_of_code_are_no_authors(line: str) -> None:
    assert authors(line) is None


def find_authors_of_article(line: str, head: str) -> tuple[str, ...]:
    html = f"<html><head>{head}</head><body><h1>Acme builds a plant in the north</h1><div>{line}{PROSE}</div></body></html>"
    return extract_page(Page.from_html(html, "https://www.acme.example/news/17")).authors


def release_by(author: str, number: int, byline: str = "") -> Page:
    """Return a release whose data state the author, and which prints the byline."""
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {{"name": "{author}"}}}}</script>'
    html = f"<html><head>{head}</head><body><h1>Acme builds plant {number} in the north</h1>{byline}<p>No. {number}.</p>{PROSE}"
    return Page.from_html(html, f"https://www.acme.example/news/{number}")


def find_authors_on_site(page: Page, others: list[Page]) -> tuple[str, ...]:
    template = SiteTemplate.from_pages([*others, page])
    return extract_page(page, template).authors


@pytest.mark.parametrize("account", ["Pixel Web Studio", "pthompson", "Jane Doe"])
def test_author_whom_all_pages_state_and_none_prints_is_no_author(account: str) -> None:
    releases = [release_by(account, number) for number in range(20)]
    assert find_authors_on_site(releases[0], []) == (account,)
    assert find_authors_on_site(releases[0], releases[1:]) == ()
    assert find_authors_on_site(releases[0], releases[:0:-1]) == ()
    assert find_authors_on_site(release_by(account, 21, f"<p>By {account}</p>"), releases) == (account,)


def test_account_of_an_uploader_is_no_author_on_a_few_pages_either() -> None:
    releases = [release_by("pthompson" if number < 4 else f"Jane {chr(65 + number)}", number) for number in range(20)]
    assert find_authors_on_site(releases[0], releases) == ()


def test_authors_of_a_site_with_several_and_the_company_itself_stay() -> None:
    several = [release_by(("Jane Doe", "John Q. Public", "Ute Maier")[number % 3], number) for number in range(20)]
    assert find_authors_on_site(several[1], several) == ("John Q. Public",)
    own = [release_by("Acme", number) for number in range(20)]
    assert find_authors_on_site(own[1], own) == ("Acme",)


@pytest.mark.parametrize(
    "line",
    [
        "<p class=meta>Where: City Hall, Room 202</p>",
        "<p>SAN JOSE, CA – May 3, 2024</p>",
        "<p>Acme shares sold by Early Holders</p>",
    ],
)
def test_places_and_the_headline_once_more_name_no_author(line: str) -> None:
    html = f"<html><body><h1>Acme shares sold by Early Holders</h1>{line}{PROSE}</body></html>"
    page = Page.from_html(html, "https://www.acme.example/news/17")
    assert extract_page(page).authors == ()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("<p>发布日期：2024-05-03 来源：Acme 作者：furt 点击：607 次</p>", "furt"),
        ('<p class="author">Jane Doe\u00b2</p>', "Jane Doe"),
    ],
)
def test_name_is_found_in_latin_letters_and_before_the_mark_of_a_footnote(line: str, name: str) -> None:
    assert authors(line) == ((name,), "visible")


def test_paragraph_about_a_person_below_the_text_names_the_author() -> None:
    text = "Jane Doe: Since 1998, Jane has led the plant in the north, of which she writes each month."
    about = f"<div class='author-meta'><p>{text}</p></div>"
    assert find_authors_of_article("", "") == ()
    html = f"<html><body><h1>Acme builds a plant in the north</h1><div>{PROSE}</div>{about}</body></html>"
    assert extract_page(Page.from_html(html, "https://www.acme.example/news/17")).authors == ("Jane Doe",)


def test_section_of_the_menu_above_the_text_is_no_author() -> None:
    menu = "<nav><ul><li><a href=/>Home</a></li><li><a href=/north>North Valley</a></li></ul></nav>"
    line = "<p class=meta><a href=/north>North Valley</a> 09:31 August 20, 2019</p>"
    assert authors(menu + line) is None
    assert authors(line) == (("North Valley",), "visible")


def test_stated_name_with_the_family_name_first_is_put_in_spoken_order() -> None:
    head = '<meta name="DC.Creator" content="Jong, Michiel de"><meta name="DC.Creator" content="Roe, J.">'
    assert authors("", head) == (("Michiel de Jong", "J. Roe"), "meta")


def test_sentence_in_the_box_about_the_author_names_the_author() -> None:
    box = "<div class=author-bio>This post was written by Jane Doe, Head of Community</div>"
    html = f"<h1>Acme builds a plant in the north</h1><div>{PROSE}</div>{box}"
    page = Page.from_html(html, "https://www.acme.example/news/17")
    assert extract_page(page).authors == ("Jane Doe",)
