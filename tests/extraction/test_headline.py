from __future__ import annotations

import pytest

from corpnews.extraction.extract import extract_page
from corpnews.extraction.headline import find_headline
from corpnews.extraction.site_template import SiteTemplate
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.page import Page
from tests.extraction.headline_pages import PROSE, headline


def test_heading_wins_over_the_name_of_the_section_above_it() -> None:
    found = headline(
        f"<h1>News</h1><div><h2>Acme builds a plant in the north</h2>{PROSE}</div>", "Acme builds a plant in the north - Acme"
    )
    assert (found.text, found.source) == ("Acme builds a plant in the north", "visible")
    assert found.block is not None
    assert found.block.text == found.text


def test_first_heading_that_a_title_states_wins_over_the_longer_one_below_it() -> None:
    trail = "<ul class='breadcrumb'><li><h1>Fire at the mill: smoke warning for the valley</h1></li></ul>"
    body = f"{trail}<h2>Fire at a mill in the valley: warning of smoke</h2>{PROSE}"
    found = headline(f"<meta property='og:title' content='Fire at the mill: smoke warning for the valley'>{body}")
    assert found.text == "Fire at the mill: smoke warning for the valley"


def test_section_name_as_first_heading_loses_to_the_title_in_the_listing() -> None:
    body = f"<h1>Search results</h1><p class='title'>Acme builds a plant</p>{PROSE}"
    assert headline(body, "Acme Group", listed="Acme builds a plant").text == "Acme builds a plant"


def test_truncated_link_text_matches_the_full_headline() -> None:
    body = f"<h1>Newsroom of Acme</h1><h2>ACME BUILDS A PLANT FOR TURBINES IN THE NORTH</h2>{PROSE}"
    assert headline(body, listed="Acme builds a plant for…").text == "ACME BUILDS A PLANT FOR TURBINES IN THE NORTH"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Acme shows turbines at the fair (Oslo) of the north", "Acme shows turbines at the fair (Oslo) of the north"),
        ("Acme shows turbines at the fair, and visitors came.", "Acme shows turbines at the fair"),
        (f"Acme shows turbines at the fair {'of the north ' * 6}", "Acme shows turbines at the fair"),
    ],
    ids=["whole title", "sentence", "long text"],
)
def test_line_that_completes_a_title_cut_after_some_words_is_the_headline(line: str, expected: str) -> None:
    body = f"<div class='c3f'>{line}</div><div class='c4a'>27 March 2024</div><div>{PROSE}</div>"
    assert headline(body, "Acme shows turbines at the fair | Acme").text == expected


def test_logo_that_is_a_heading_is_no_headline() -> None:
    body = f'<h1><a href="/">Acme Wind Group</a></h1><h2>Plant opens in the north of the country</h2>{PROSE}'
    assert headline(body, "Acme Wind Group").text == "Plant opens in the north of the country"


def test_name_of_the_site_that_links_to_its_home_page_is_no_headline_of_a_page_without_a_url() -> None:
    body = f"<h1><a href='/'>Government of the northern province</a></h1><h2>A plant opens in the north</h2>{PROSE}"
    meta = "<meta name='SiteName' content='Province'><meta name='ArticleTitle' content='A plant opens in the north'>"
    assert headline(f"{meta}{body}", url="").text == "A plant opens in the north"


def test_wrong_title_element_does_not_replace_the_heading() -> None:
    body = f"<h1>Acme builds a plant in the north</h1>{PROSE}<h3>Follow us everywhere</h3>"
    assert headline(body, "My theme demo").text == "Acme builds a plant in the north"
    path = "<ul><li><a href='/'>Home</a></li><li>Acme begins work on a plant in the east</li></ul>"
    assert headline(path + body, "Acme begins work on a plant in the east").text == "Acme builds a plant in the north"


def test_headline_in_a_hero_far_from_the_body_is_found() -> None:
    menu = f"<nav>{'<a href=/x>Menu</a> ' * 20}</nav>"
    hero = "<header><div><h1>Acme builds a plant</h1></div></header>"
    assert (
        headline(f"{hero}{menu}<div>{PROSE}<h2>Acme</h2>{PROSE}</div>", "Acme builds a plant | Acme").text
        == "Acme builds a plant"
    )


def test_lines_of_one_heading_are_joined() -> None:
    assert headline(f"<h1>Acme builds a plant<br>in the north</h1>{PROSE}").text == "Acme builds a plant in the north"


def test_headline_repeated_in_the_sidebar_is_taken_from_the_article() -> None:
    title = "Acme builds a plant in the north"
    aside = f'<aside class="sidebar"><h3><a href="/news/17">{title}</a></h3></aside>'
    found = headline(f"<nav>Home &gt; {title}</nav>{aside}<div><h2>{title}</h2>{PROSE}</div>", title)
    assert found.block is not None
    assert found.block.box.element.tag == "h2"


def test_subhead_like_the_title_does_not_replace_the_headline() -> None:
    body = f"<h1>How Acme builds turbines for the sea</h1>{PROSE}<h2>Acme builds turbines</h2>{PROSE}"
    assert headline(body, url="https://acme.example/news/acme-builds-turbines").text == "How Acme builds turbines for the sea"


def test_line_in_a_plain_box_that_a_title_states_wins_over_a_heading_of_the_text_like_it() -> None:
    above = "<div>Reasons to build turbines in the north</div><div>3 May 2024</div><img src=/north.jpg>"
    text = f"<h2>Seven reasons to build turbines in the far north</h2>{PROSE}<h2>What comes next</h2>{PROSE}"
    found = headline(f"<div>{above}<div>{text}</div></div>", "Reasons to build turbines in the north | Acme")
    assert (found.text, found.source) == ("Reasons to build turbines in the north", "visible")


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("阿克米集团新工厂在北方正式投产", "阿克米集团新工厂在北方正式投产_阿克米集团"),
        ("アクメ、北部に新工場を建設", "アクメ、北部に新工場を建設｜アクメ株式会社"),
        ("아크메, 북부에 새 공장 건설", "아크메, 북부에 새 공장 건설 - 아크메"),
    ],
)
def test_headlines_of_east_asia_are_found_without_heading_markup(title: str, site: str) -> None:
    prose = "<p>该公司周一表示，将在北方建设一座风力发电机工厂，工厂将于明年投产，届时将为当地创造数百个就业岗位。</p>" * 4
    assert headline(f"<div class='nav'>首页</div><div class='xq_title'>{title}</div>{prose}", site).text == title


def test_page_without_a_visible_headline_has_the_stated_one_without_the_site_name() -> None:
    found = headline(PROSE, "Acme builds a plant | Acme")
    assert (found.text, found.source, found.block) == ("Acme builds a plant", "meta", None)


def test_label_before_a_bar_is_the_section_and_stays_in_the_headline() -> None:
    found = headline(f"<h1>Focus | The chairman visits the new plant in the north</h1>{PROSE}")
    assert (found.text, found.section) == ("Focus | The chairman visits the new plant in the north", "Focus")


@pytest.mark.parametrize(
    ("heading", "stated"),
    [
        ("<span>Wind power</span> <span>Acme builds a plant</span>", "Acme builds a plant"),
        ("Press: Acme builds a plant", "Acme builds a plant"),
        ("<time>3 May 2024</time>Acme builds a plant", "Acme builds a plant"),
        ("Wind power | Acme builds a plant", "Acme builds a plant | Acme"),
        ("<span>Wind power</span> <span>Acme builds a plant</span>", "Acme builds a plant · The Turbine Works"),
    ],
)
def test_kicker_that_is_not_in_the_stated_title_is_not_part_of_the_headline(heading: str, stated: str) -> None:
    assert headline(f"<h1>{heading}</h1>{PROSE}", stated).text == "Acme builds a plant"


def test_label_in_the_heading_is_no_part_of_the_headline_whose_titles_add_section_and_site() -> None:
    title = "Acme builds a plant in the north | Energy | Acme"
    heading = "<h1>Acme builds a plant in the north <span class='label'>Subscribers</span></h1>"
    found = headline(f"<meta property='og:title' content='{title}'>{heading}{PROSE}", title)
    assert found.text == "Acme builds a plant in the north"


def test_first_half_of_a_headline_stays_if_the_stated_title_does_not_contain_it() -> None:
    assert headline(f"<h1>Work well done: new release</h1>{PROSE}", "New release").text == "Work well done: new release"


def test_site_name_after_the_headline_is_removed() -> None:
    found = headline(f"<h1>Acme builds a plant – Acme</h1>{PROSE}", "Acme builds a plant – Acme – Acme")
    assert found.text == "Acme builds a plant"


def test_lower_heading_that_matches_no_stated_title_is_no_headline() -> None:
    found = headline(f"<h3>Support good journalism</h3>{PROSE}", "Acme builds a plant in the north")
    assert (found.text, found.source) == ("Acme builds a plant in the north", "meta")


def test_page_without_text_has_no_headline() -> None:
    page = Page.from_html("", "https://acme.example/")
    assert find_headline(page, read_structured_data(page)) is None


def test_what_stands_as_heading_on_half_of_the_site_s_pages_is_no_headline() -> None:
    pages = [
        Page.from_html(
            f"<h1>Daily market update of Acme</h1><h4>Plant {number} opens</h4>{PROSE.replace('Monday', f'day {number}')}",
            f"https://acme.example/news/{number}",
        )
        for number in range(6)
    ]
    found = find_headline(pages[3], read_structured_data(pages[3]), None, SiteTemplate.from_pages(pages))
    assert found is not None
    assert found.text == "Plant 3 opens"


@pytest.mark.parametrize(
    ("heading", "head", "text"),
    [
        ("23.01.2024 - Acme builds a plant in the north", "", "Acme builds a plant in the north"),
        ("Acme builds a plant in the north | May 3, 2024", "", "Acme builds a plant in the north"),
        ("Acme builds a plant Acme builds a plant", "", "Acme builds a plant"),
        ("Notice of May 3, 2024", "<title>Notice of May 3, 2024</title>", "Notice of May 3, 2024"),
        (
            "Acme - a plant in the north",
            "<meta property='og:title' content='Acme - a plant in the north'>",
            "Acme - a plant in the north",
        ),
        (
            "Energy: Acme builds a plant",
            "<title>Energy: Acme builds a plant</title><meta property='og:title' content='Acme builds a plant'>",
            "Acme builds a plant",
        ),
    ],
)
def test_date_kicker_and_repetition_are_taken_off_but_not_what_all_titles_have(heading: str, head: str, text: str) -> None:
    page = Page.from_html(
        f"<html><head>{head}</head><body><h1>{heading}</h1>{PROSE}</body></html>", "https://acme.example/news/17"
    )
    found = find_headline(page, read_structured_data(page))
    assert found is not None
    assert found.text == text


def test_page_that_marks_no_headline_has_the_short_line_above_its_text() -> None:
    html = f"<html><head><title>Acme</title></head><body><div>Acme builds a plant</div><div>{PROSE}</div></body></html>"
    assert extract_page(Page.from_html(html, "https://www.acme.example/17")).headline.text == "Acme builds a plant"


@pytest.mark.parametrize(
    "title", ["Acme Plants Online", "Press releases - Acme Plants", "Northern Ferry Operators", "acmeplants.example » Newsroom"]
)
def test_title_element_that_only_names_the_site_does_not_replace_the_heading(title: str) -> None:
    html = f"<html><head><title>{title}</title></head><body><h3>A plant in the north</h3>{PROSE}</body></html>"
    host = "www.nfo.example" if "Ferry" in title else "www.acmeplants.example"
    assert extract_page(Page.from_html(html, f"https://{host}/17")).headline.text == "A plant in the north"


def test_heading_of_a_section_that_resembles_the_stated_title_does_not_replace_it() -> None:
    head = "<meta property='og:title' content='How to plan a wind farm'>"
    sections = "".join(f"<h2>{title}</h2>{PROSE}" for title in ("Why plan a wind farm early", "What it costs", "Who helps"))
    page = Page.from_html(f"<html><head>{head}</head><body><div>{PROSE}{sections}</div></body></html>", "https://acme.example/17")
    found = find_headline(page, read_structured_data(page))
    assert found is not None
    assert found.text == "How to plan a wind farm"


def test_heading_between_two_paragraphs_does_not_replace_a_stated_title_that_it_resembles() -> None:
    body = f"{PROSE}<h2>Anna Berg leads the turbine division at Acme</h2>{PROSE}"
    assert headline(body, "Carl Lund leads the cable division at Acme").text == "Carl Lund leads the cable division at Acme"


def test_stated_headline_that_is_cut_at_a_bar_does_not_replace_the_whole_one() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Grand opening"}</script>'
    body = f"<h2>News</h2><div class='title'>Grand opening | Acme shows its turbines at the fair in Oslo</div>{PROSE}"
    page = Page.from_html(f"<html><head>{head}</head><body>{body}</body></html>", "https://acme.example/17")
    found = find_headline(page, read_structured_data(page))
    assert found is not None
    assert found.text == "Grand opening | Acme shows its turbines at the fair in Oslo"


def test_date_before_the_headline_is_taken_off_even_if_the_titles_have_it() -> None:
    found = headline(f"<h1>23.01.2024 - Acme builds a plant</h1>{PROSE}", "23.01.2024 - Acme builds a plant")
    assert found.text == "Acme builds a plant"


def test_words_of_the_url_are_the_headline_only_if_the_text_has_no_line_above_it() -> None:
    html = f"<html><body><div>Then and now</div><div>{PROSE}</div></body></html>"
    assert extract_page(Page.from_html(html, "https://acme.example/interview-with-the-founder")).headline.text == "Then and now"


def test_first_line_of_preformatted_text_is_the_headline() -> None:
    text = "ACME OPENS A SERVICE CENTRE\n\nOSLO, May 3, 2024 -- Acme has opened a service centre\nin the north, where ten work.\n"
    html = f"<html><head><title>Acme press release</title></head><body><pre>{text * 2}</pre></body></html>"
    assert extract_page(Page.from_html(html, "https://www.acme.example/17")).headline.text == "ACME OPENS A SERVICE CENTRE"


def test_title_element_that_names_the_site_alone_is_no_headline() -> None:
    """Its name stands with a slogan above each release, whose headline has no mark but its class."""
    logo = "<div><a href='/'>Nordwind Anlagen</a> <span>Pumpen für den Norden</span></div>"
    text = "".join(f"<p>{'Die Montage im Werk Lübeck beginnt im Herbst mit der ersten Schicht. ' * 3}{at}</p>" for at in range(4))
    template, pages = SiteTemplate(), []
    for number in range(6):
        line = f"<div class='main-title'>Werk {number} liefert Pumpen nach Turku</div>"
        html = f"<title>Nordwind Anlagen</title><body>{logo}<div>{line}<div>{text}</div></div></body>"
        pages.append(Page.from_html(html, f"https://example.com/n/{number}.html"))
        template.observe(pages[-1])
    found = find_headline(pages[2], read_structured_data(pages[2]), template=template)
    assert found is not None
    assert found.text == "Werk 2 liefert Pumpen nach Turku"


@pytest.mark.parametrize("tail", [" 国能发新能规〔2022〕104号", "来源于：新华社", "（来源：新华社）"])
def test_number_of_a_document_and_its_source_are_no_part_of_the_headline(tail: str) -> None:
    title = "关于印发风电场建设管理办法的通知"
    assert headline(f"<h1>{title}{tail}</h1><p>{'为规范风电场建设，特制定本办法，请认真贯彻执行。' * 5}</p>").text == title


def test_heading_above_the_sections_of_its_box_wins_over_the_first_of_them() -> None:
    sections = "".join(f"<h3>{name}</h3>{PROSE}" for name in ("USD - US Dollar", "EUR - Euro", "GBP - British Pound"))
    assert headline(f"<div><h4>Rates are likely to rise</h4>{sections}</div>").text == "Rates are likely to rise"


@pytest.mark.parametrize(
    "heading",
    [
        "<h1><a href='/'>Home</a> &gt; <a href='/news/'>News</a> &gt; {}</h1>",
        "<h1><a href='/'>Home</a> » <a href='/news/'>News</a> » {}</h1>",
        "<h1><span>{0}</span><span>{0}</span></h1>",
        "<h1><span>03.05.2024 10:00</span> {}</h1>",
        "<h1>Acme News</h1><h3>{}</h3>",
    ],
)
@pytest.mark.parametrize("title", ["Acme", "Acme builds a plant in the north | Acme"])
def test_path_date_repetition_and_the_name_of_the_site_are_no_part_of_the_headline(heading: str, title: str) -> None:
    text = "Acme builds a plant in the north"
    assert headline(f"{heading.format(text)}{PROSE}", title).text == text


def test_day_between_headline_and_deck_is_in_neither() -> None:
    text, deck = "Acme builds a plant in the north", "A new hall for three hundred people"
    found = headline(f"<h1>{text}<br><small>May 3, 2024 10:00</small><br><span>{deck}</span></h1>{PROSE}", f"{text} | Acme")
    assert (found.text, found.subheadline) == (text, deck)


@pytest.mark.parametrize("name", ["EX-99.1", "Microsoft Word - release.docx", "Untitled Document"])
def test_name_of_the_file_in_the_title_element_is_no_headline(name: str) -> None:
    bold = "<p align=center><b>ACME ANNOUNCES AGREEMENT TO ACQUIRE NORDVIK MILLS, INC.</b></p>"
    html = f"<title>{name}</title><p align=right>Exhibit 99.1</p>{bold}" + "".join(f"<p>{text}</p>" for text in PROSE)
    result = extract_page(Page.from_html(html, "https://www.acme.example/ex991.htm"))
    assert result.headline.text == "ACME ANNOUNCES AGREEMENT TO ACQUIRE NORDVIK MILLS, INC."
