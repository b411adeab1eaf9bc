from __future__ import annotations

import pytest

from corpnews.extraction.headline import find_headline
from corpnews.extraction.section_and_keywords import find_keywords, find_section
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.layout import BodyRegion
from corpnews.page.page import Page

BODY = (
    "<h1>Acme builds a plant in the north</h1><p>The company said that a plant for wind turbines will open in the next year.</p>"
)


def page(head: str = "", above: str = "", below: str = "", host: str = "acme.example") -> Page:
    return Page.from_html(f"<html><head>{head}</head><body>{above}{BODY}{below}</body></html>", f"https://{host}/news/17")


def section(page: Page) -> tuple[str, str] | None:
    data = read_structured_data(page)
    return find_section(page, data, find_headline(page, data))


def keywords(page: Page) -> tuple[str, ...]:
    return find_keywords(page, read_structured_data(page))


def test_stated_section_is_used() -> None:
    assert section(page('<meta property="article:section" content="Company">')) == ("Company", "meta")


def test_section_is_the_last_crumb_above_the_headline() -> None:
    trail = (
        '<div class="breadcrumb"><a href="/">Home</a> / <a href="/n">Newsroom</a> / <a href="/17">Acme builds a plant</a></div>'
    )
    assert section(page(above=trail)) == ("Newsroom", "visible")


def test_archive_is_no_section() -> None:
    trail = '<div class="breadcrumb"><a href="/">Home</a> / <a href="/n">Newsroom</a> / <a href="/old">Archives</a></div>'
    assert section(page(above=trail)) == ("Newsroom", "visible")


def test_home_and_the_name_of_the_site_are_no_sections() -> None:
    trail = '<div class="breadcrumb"><a href="/">首页</a> / <a href="/n">Acme</a></div>'
    assert section(page('<meta property="og:site_name" content="Acme">', trail)) is None


def test_category_link_next_to_the_headline_is_the_section() -> None:
    assert section(page(below='<p><a rel="category tag" href="/c">Energy</a></p>')) == ("Energy", "visible")


def test_section_is_without_the_sign_that_separates_it_from_the_next_text() -> None:
    assert section(page(above='<p class="rubrique"><a href="/category/energy/">Energy ·</a></p>')) == ("Energy", "visible")


def test_categories_of_other_sites_and_share_buttons_are_no_sections() -> None:
    link = '<p>More on <a href="https://other.example/category/bread/">bread</a></p>'
    button = '<p><span class="network-label">Facebook</span></p><p>3 May 2024</p>'
    assert section(page(below=link)) is None
    assert section(page(above=button)) is None


def test_link_to_a_category_below_the_text_is_the_section_unless_other_articles_have_some_too() -> None:
    text = "<p>The plant is the second of its kind, and the first to run on wind alone.</p>" * 8
    below = '<footer><p>Filed under <a href="/category/energy/">Energy</a></p></footer>'
    assert section(page(below=f"<article>{text}{below}</article>")) == ("Energy", "visible")
    assert section(page(below='<p><span>2024-05-03</span> <a href="/kategorien/energie/">Energie</a></p>')) == (
        "Energie",
        "visible",
    )
    other = '<div><h3>Acme opens a mill</h3><a href="/category/mills/">Mills</a></div>'
    assert section(page(below=f"<article>{text}{below}</article>{other}")) is None


def test_tags_of_the_article_are_its_keywords() -> None:
    assert keywords(page('<meta property="article:tag" content="Wind"><meta property="article:tag" content="wind">')) == ("Wind",)
    assert keywords(page(below='<p><a rel="tag" href="/t/1">#Wind</a> <a rel="tag" href="/t/2">Jobs</a></p>')) == ("Wind", "Jobs")


def test_categories_that_a_theme_declares_as_tags_are_no_keywords_and_tags_in_the_foot_of_the_article_are() -> None:
    categories = '<div class="taxonomy-category"><a rel="tag" href="/c/1">Energy</a></div>'
    tags = '<div class="post-footer">Labels: <a rel="tag" href="/l/1">Wind</a></div>'
    assert keywords(page(below=f'{categories}<div class="post">{tags}</div>')) == ("Wind",)
    assert keywords(page(below='<div class="footer"><a rel="tag" href="/l/1">Wind</a></div>')) == ()


@pytest.mark.parametrize("path", ["tag", "etiket", "etiquetas"])
def test_links_to_pages_of_tags_are_keywords_if_they_are_one_list(path: str) -> None:
    tags = f'<a href="/{path}/wind">Wind</a>, <a href="/{path}/jobs">Jobs</a>'
    assert keywords(page(below=f"<div>Tags: {tags}</div>")) == ("Wind", "Jobs")
    assert keywords(page(below=f"<div>Tags: {tags}</div>", host="www.acme.example")) == ("Wind", "Jobs")
    assert keywords(page(below=f'<p><a href="https://forum.example/{path}/wind">Wind</a></p>')) == ()
    other = f'<div><h3>Acme opens a mill</h3><a href="/{path}/mill">Mill</a></div>'
    assert keywords(page(below=f"<div>Tags: {tags}</div>{other}")) == ()


def test_linked_label_right_above_the_headline_is_the_section() -> None:
    assert section(page(above='<a class="article-tag" href="/t/7">Energy</a>')) == ("Energy", "visible")
    assert section(page(above='<a class="button" href="/t/7">Energy</a>')) is None


def test_links_that_ask_for_a_tag_are_keywords() -> None:
    tags = "<div><a href='/news?p_r_p_tag=wind'>Wind</a> <a href='/news?tag=jobs'>Jobs</a></div>"
    assert keywords(page(below=tags)) == ("Wind", "Jobs")
    assert keywords(page(below=tags.replace("tag=", "tagline="))) == ()


def test_label_next_to_the_headline_is_the_section_if_its_box_is_named_after_a_category() -> None:
    assert section(page(above='<div class="eyebrow"><div>Energy</div></div>')) == ("Energy", "visible")
    line = '<p><span class="date">3 May 2024</span> <span class="news-list-category">Energy</span></p>'
    assert section(page(below=line)) == ("Energy", "visible")
    assert section(page(below=line.replace("-category", "-item"))) is None
    assert section(page(above='<div class="field-newstype">Energy</div>')) == ("Energy", "visible")
    terms = '<dl><dd class="createdby">By Jane Doe</dd><dd class="category-name">Category: <a href="/energy">Energy</a></dd></dl>'
    assert section(page(below=terms)) == ("Energy", "visible")
    assert section(page(below='<p class="entry-category">By <a href="/x">Jane Doe</a></p>')) is None


def test_trail_without_the_markup_of_one_names_the_section() -> None:
    crumbs = '<a href="/">首页</a> &gt; <a href="/n">新闻中心</a> &gt; <a href="/n/1">集团要闻</a>'
    assert section(page(above=f'<div class="position">当前位置：{crumbs}</div>')) == ("集团要闻", "visible")


def test_meta_keywords_are_used_only_if_most_are_in_the_text() -> None:
    assert keywords(page('<meta name="keywords" content="wind turbines, plant, offshore">')) == ("wind turbines", "plant")
    assert keywords(page('<meta name="keywords" content="acme shop, best prices, screws">')) == ()


@pytest.mark.parametrize("name", ["Uncategorized", "Non classé", "Sin categoría", "Без рубрики", "Geen categorie", "未分类"])
def test_what_a_system_calls_no_section_is_none(name: str) -> None:
    assert section(page(f'<meta property="article:section" content="{name}">')) is None


@pytest.mark.parametrize(
    "label", ["<span class='badge'>Works</span>", "<span class='rounded-full'>Works</span>", "<div class='tag-pill'>Works</div>"]
)
def test_badge_next_to_the_day_is_the_section_and_one_of_several_is_not(label: str) -> None:
    assert section(page(above=f"<div><time>3 May 2024</time>{label}</div>")) == ("Works", "visible")
    assert section(page(above=f"<div>{label}</div>")) is None
    assert section(page(above=f"<div><time>3 May 2024</time>{label}{label.replace('Works', 'Yards')}</div>")) is None


def test_label_of_the_article_is_the_section_rather_than_the_newsroom_in_the_trail() -> None:
    trail = '<div class="breadcrumb"><a href="/">Home</a> / <a href="/n">Newsroom</a></div>'
    assert section(page(above=f"{trail}<p class='news__category'>Plants</p>")) == ("Plants", "visible")


def test_label_may_be_a_word_of_the_headline() -> None:
    assert section(page(above="<p><span>3 May 2024</span><span class='cat'>Plant</span></p>")) == ("Plant", "visible")


@pytest.mark.parametrize(
    "box",
    [
        "<div class='TagList_root__x1'><span class='TagList_label__x2'>Topics</span>{}</div>",
        "<nav aria-label='tags'><ul><li>{}</li></ul></nav>",
        "<div class='post__tags-top'>{}</div>",
    ],
)
def test_links_in_a_box_named_after_tags_are_keywords(box: str) -> None:
    links = "<a href='/n?theme=wind'>Wind power</a> <a href='/n?theme=north'>The north</a>"
    tagged = page(below=box.format(links))
    data = read_structured_data(tagged)
    assert find_keywords(tagged, data, find_headline(tagged, data)) == ("Wind power", "The north")


def test_items_without_links_in_a_box_named_after_tags_are_keywords_and_sentences_and_clouds_are_none() -> None:
    def read(box: str) -> tuple[str, ...]:
        tagged = page(below=box)
        data = read_structured_data(tagged)
        return find_keywords(tagged, data, find_headline(tagged, data))

    assert read("<div class='tags-wrap'>Tags: <div>Wind power</div><div>The north</div></div>") == ("Wind power", "The north")
    assert read("<div class='tags'>The topics of this plant are many, and all of them are old.</div>") == ()
    assert read("<div class='tag-list tag-cloud'><a href='/1'>Wind power</a></div>") == ()
    assert read("<div class='tags'><a href='/category/wind/'>Wind power</a></div>") == ()


def test_links_that_search_for_a_subject_in_the_foot_of_the_article_are_keywords() -> None:
    links = "".join(f"<a href='/@@search?Subject%3Alist={word}'>{word}</a>, " for word in ("Wind", "North"))
    assert keywords(page(below=f"<article><p>Filed under</p><footer><div>{links}</div></footer></article>")) == ("Wind", "North")
    assert keywords(page(below=f"<footer><div>{links}</div></footer>")) == ()


def test_the_first_of_several_sections_in_one_string_is_the_section() -> None:
    assert section(page('<meta property="article:section" content="Press,Energy,Wind power">')) == ("Press", "meta")
    assert section(page('<meta property="article:section" content="Chemicals, Oil &amp; Gas">')) == (
        "Chemicals, Oil & Gas",
        "meta",
    )


def test_what_a_publishing_system_notes_for_machines_is_no_keyword() -> None:
    stated = ("Category: Wind", "contentId: 4711", "locale: US", "editors_pick", "/article", "Jobs: an outlook")
    head = "".join(f'<meta property="article:tag" content="{each}">' for each in stated)
    assert keywords(page(head)) == ("Wind",)
    assert keywords(page('<meta property="article:tag" content="Jobs: an outlook">')) == ("Jobs: an outlook",)


def test_the_semicolon_of_an_escaped_character_does_not_split_a_keyword() -> None:
    assert keywords(page('<meta property="article:tag" content="Research &amp;amp; Teaching">')) == ("Research & Teaching",)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Home &gt; News &gt; Company news &gt; Acme builds a plant in the north", "Company news"),
        ("当前位置：首页 &gt; 新闻中心 &gt; 公司新闻 &gt; 正文", "公司新闻"),
        ("Start - Aktuelles - Energie - Acme builds a plant in the north", "Energie"),
    ],
)
def test_the_last_step_of_a_path_above_the_headline_is_the_section(line: str, expected: str) -> None:
    assert section(page(above=f"<p>{line}</p>")) == (expected, "visible")


def test_a_menu_that_begins_with_home_is_no_path() -> None:
    assert section(page(above="<p>Home | Products | Contact</p>")) is None


@pytest.mark.parametrize(
    "line",
    [
        "<p>Tags: Wind, Jobs</p>",
        "<div>Schlagworte: <a href='/s?id=1'>Wind</a> <a href='/s?id=2'>Jobs</a></div>",
        "<p><a href='/s'>關鍵字：</a><a href='/s?id=1'>Wind</a>　<a href='/s?id=2'>Jobs</a></p>",
    ],
)
def test_items_of_a_line_that_a_label_says_to_be_tags_are_keywords(line: str) -> None:
    read = page(below=f"<p>Two more paragraphs stand here, and none of them is a list.</p>{line}")
    data = read_structured_data(read)
    text = next(block for block in read.layout.blocks if block.text.startswith("Two more"))
    region = BodyRegion(text.box, (text,))
    assert find_keywords(read, data, find_headline(read, data), region) == ("Wind", "Jobs")
