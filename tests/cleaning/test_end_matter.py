"""Where the end matter starts, and what is read from it."""

from __future__ import annotations

import pytest

from corpnews.cleaning.end_matter import find_about, find_contacts, find_legal_notice, parse_about_heading, split_end_matter
from corpnews.items import About, Contact
from corpnews.page.page import Page
from tests.pages import PROSE, paragraphs

WHO = "Acme has built water turbines since the great flood and employs nine hundred people in three towns."
LAW = "This release looks ahead, and what lies ahead may turn out otherwise than is said here."


def split(end: str, news: str = paragraphs(*PROSE)) -> tuple[list[str], list[tuple[str, str]]]:
    """The texts of the news, and kind and heading of each section after it."""
    own, sections = split_end_matter(Page.from_html(news + end, "https://acme.example/news/1").layout.blocks)
    return [block.text for block in own], [(section.kind, section.heading) for section in sections]


def contacts(end: str) -> tuple[Contact, ...]:
    _, sections = split_end_matter(Page.from_html(paragraphs(*PROSE) + end, "https://acme.example/news/1").layout.blocks)
    return find_contacts(sections)


@pytest.mark.parametrize(
    ("end", "section"),
    [
        (f"<p><strong>About Acme</strong></p><p>{WHO}</p>", ("about", "About Acme")),
        (f"<h3>About Acme:</h3><p>{WHO}</p>", ("about", "About Acme")),
        (f"<p>ABOUT ACME</p><p>{WHO}</p>", ("about", "ABOUT ACME")),
        (f"<h2>Über die Acme GmbH</h2><p>{WHO}</p>", ("about", "Über die Acme GmbH")),
        (f"<p><b>关于阿克米</b></p><p>{WHO}</p>", ("about", "关于阿克米")),
        ("<p><b>Media contact:</b></p><p>press@acme.example</p>", ("contact", "Media contact")),
        ("<p><b>Contact:</b> press@acme.example</p>", ("contact", "Contact")),
        (f"<p><b>Forward-Looking Statements</b></p><p>{LAW}</p>", ("legal notice", "Forward-Looking Statements")),
        (f"<p><b>Forward-Looking Statements:</b> {LAW}</p>", ("legal notice", "Forward-Looking Statements")),
        ("<p>###</p>", ("end mark", "###")),
        ("<p>- Ends -</p>", ("end mark", "Ends")),
        ("<p>SOURCE Acme Turbines</p>", ("source line", "SOURCE Acme Turbines")),
    ],
)
def test_end_matter_is_split_off(end: str, section: tuple[str, str]) -> None:
    news, sections = split(end)
    assert news == list(PROSE)
    assert sections == [section]


def test_sections_follow_one_another() -> None:
    abouts = f"<h4>About Acme</h4><p>{WHO}</p><h4>About Nordvik Harbour</h4><p>{WHO}</p>"
    _, sections = split(f"<p># # #</p>{abouts}<h4>Press contact</h4><p>Jane Aker</p>")
    assert [kind for kind, _ in sections] == ["end mark", "about", "about", "contact"]


def test_release_without_end_matter_is_all_news() -> None:
    assert split("") == (list(PROSE), [])
    assert split("", news="") == ([], [])


def test_about_in_the_middle_of_the_news_stays() -> None:
    news = f"{paragraphs(*PROSE[:2])}<h3>About Safety</h3>{paragraphs(PROSE[2])}<h3>What comes next</h3>{paragraphs(PROSE[3])}"
    own, sections = split("", news=news)
    assert own == [*PROSE[:2], "About Safety", PROSE[2], "What comes next", PROSE[3]]
    assert sections == []


def test_subhead_about_a_thing_in_a_chinese_release_stays() -> None:
    own, sections = split(f"<p>关于未来，她选择一如既往</p>{paragraphs(PROSE[0])}")
    assert own == [*PROSE, "关于未来，她选择一如既往", PROSE[0]]
    assert sections == []


def test_about_near_the_start_of_the_news_stays() -> None:
    own, sections = split("", news=f"<h2>About Nordvik</h2>{paragraphs(*PROSE)}")
    assert own[0] == "About Nordvik"
    assert sections == []


def test_long_text_below_about_is_what_the_page_is_about() -> None:
    news = paragraphs(*PROSE) * 4
    listed = "<p>About the Ten Largest Mills</p>" + f"<p>{WHO}</p>" * 30
    assert split(listed, news)[1] == []


def test_paragraph_that_starts_with_about_in_bold_stays() -> None:
    own, sections = split("<p><b>About Kari Nesset</b> the whole valley has a story, and most of them are true.</p>")
    assert own[-1] == "About Kari Nesset the whole valley has a story, and most of them are true."
    assert sections == []


def test_sentence_that_starts_with_about_is_no_heading() -> None:
    sentences = ("About half of the jobs are for trainees.", "Contact with water is what turbines are for.")
    assert split(paragraphs(*sentences)) == ([*PROSE, *sentences], [])


def test_notes_to_editors_belong_to_the_release() -> None:
    own, sections = split("<h3>Notes to editors</h3><p>The river is 41 kilometres long and has nine bridges.</p>")
    assert own[-2:] == ["Notes to editors", "The river is 41 kilometres long and has nine bridges."]
    assert sections == []


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("About Acme Turbines", "Acme Turbines"),
        ("About the Acme Group", "Acme Group"),
        ("About Theodor AG", "Theodor AG"),
        ("Über Acme", "Acme"),
        ("Über die Acme GmbH", "Acme GmbH"),
        ("Über Dieter & Co", "Dieter & Co"),
        ("À propos de Solvane", "Solvane"),
        ("À propos d’Orvance", "Orvance"),
        ("Acerca de Acme", "Acme"),
        ("Sobre a Acme", "Acme"),
        ("Sobre Acme", "Acme"),
        ("О компании «Акме»", "«Акме»"),
        ("关于阿克米：", "阿克米"),
        ("アクメ株式会社について", "アクメ株式会社"),
        ("About us", None),
        ("About the company", None),
        ("Über uns", None),
        ("关于我们", None),
        ("О компании", None),
        ("会社概要", None),
        ("نبذة عن أكمي", "أكمي"),
        ("아크메에 대하여", "아크메"),
    ],
)
def test_organization_is_named_by_the_heading(heading: str, name: str | None) -> None:
    assert parse_about_heading(heading) == name


def test_about_has_its_paragraphs_and_at_least_one() -> None:
    end = f"<h4>About Acme</h4><p>{WHO}</p><p>{LAW}</p><h4>About us</h4>"
    _, sections = split_end_matter(Page.from_html(paragraphs(*PROSE) + end, "https://acme.example/news/1").layout.blocks)
    assert find_about(sections) == (About("Acme", f"{WHO}\n\n{LAW}"),)


def test_about_that_is_one_paragraph_with_its_heading_is_kept() -> None:
    text = f"Acme Turbines (ACT) {WHO.split(maxsplit=1)[1]} It has done so since the mill in Nordvik was dammed."
    page = Page.from_html(paragraphs(*PROSE, f"About Acme Turbines {text}"), "https://acme.example/news/1")
    assert find_about(split_end_matter(page.layout.blocks)[1]) == (About("Acme Turbines", text),)


def test_legal_notice_in_the_paragraph_of_its_heading_is_kept() -> None:
    page = Page.from_html(f"{paragraphs(*PROSE)}<p>Forward-Looking Statements: {LAW}</p>", "https://acme.example/news/1")
    assert find_legal_notice(split_end_matter(page.layout.blocks)[1]) == LAW


def test_legal_notices_are_joined() -> None:
    end = f"<h4>Forward-Looking Statements</h4><p>{LAW}</p><h4>Disclaimer</h4><p>{WHO}</p>"
    _, sections = split_end_matter(Page.from_html(paragraphs(*PROSE) + end, "https://acme.example/news/1").layout.blocks)
    assert find_legal_notice(sections) == f"{LAW}\n\n{WHO}"
    assert find_legal_notice(()) is None


def test_contact_has_name_mail_and_phone() -> None:
    end = "<h4>Press contact</h4><p>Jane Aker<br>Acme Turbines<br>+47 5550 0100<br>press@acme.example</p>"
    assert contacts(end) == (Contact("Jane Aker", None, "Acme Turbines", "press@acme.example", "+4755500100"),)


@pytest.mark.parametrize(
    ("line", "role", "organization"),
    [
        ("Head of Communications", "Head of Communications", None),
        ("Pressesprecherin, Acme Turbinen GmbH", "Pressesprecherin", "Acme Turbinen GmbH"),
        ("Press Department, Acme Turbines Ltd.", "Press Department", "Acme Turbines Ltd."),
        ("Vice President, Investor Relations", "Vice President, Investor Relations", None),
        ("Director, Acme Turbines, Inc.", "Director", "Acme Turbines, Inc."),
        ("北方风机有限公司", None, "北方风机有限公司"),
        ("12 Harbour Street", None, None),
    ],
)
def test_line_between_name_and_address_is_role_and_organization(line: str, role: str, organization: str) -> None:
    (found,) = contacts(f"<h4>Press contact</h4><p>Jane Aker<br>{line}<br>press@acme.example</p>")
    assert (found.name, found.role, found.organization) == ("Jane Aker", role, organization)


def test_several_people_in_one_line_have_their_addresses_in_the_same_order() -> None:
    (first, second) = contacts("<h4>Press contact</h4><p>Ms. Jane Aker/ Mr. Per Lund<br>jane@acme.example; per@acme.example</p>")
    assert (first.name, first.email) == ("Jane Aker", "jane@acme.example")
    assert (second.name, second.email) == ("Per Lund", "per@acme.example")


@pytest.mark.parametrize(
    "line", ["Public Relations Department, Acme Turbines Ltd.:", "Public Relations Department - Acme Turbines Ltd."]
)
def test_department_stands_in_the_place_of_a_role(line: str) -> None:
    (found,) = contacts(f"<h4>For more information, contact</h4><p>{line}</p><p>press@acme.example</p>")
    assert (found.name, found.role, found.organization) == (None, "Public Relations Department", "Acme Turbines Ltd.")


@pytest.mark.parametrize("role", ["Acme Turbines Spokeswoman", "Координатор проектов", "Советник по вопросам развития"])
def test_name_and_role_in_the_cell_of_a_table_are_told_apart(role: str) -> None:
    cell = f"<td>Jane Aker<br>{role}<br>Tel. +47 5550 0100<br>E-mail: jane@acme.example</td>"
    (found,) = contacts(f"<h4>Press contact</h4><table><tr>{cell}</tr></table>")
    assert (found.name, found.role, found.email) == ("Jane Aker", role, "jane@acme.example")


@pytest.mark.parametrize("line", ["http://www.acme.example", "For more information visit the page of Acme"])
def test_addresses_and_sentences_are_no_organizations(line: str) -> None:
    (found,) = contacts(f"<h4>Press contact</h4><p>{line}<br>press@acme.example</p>")
    assert found.organization is None


def test_company_below_the_address_is_not_that_of_the_next_contact() -> None:
    end = "<h4>Contacts</h4><p>Jane Aker<br>jane@acme.example<br>Acme AG</p><p>Per Lund<br>per@bolt.example</p>"
    assert [(each.name, each.organization) for each in contacts(end)] == [("Jane Aker", None), ("Per Lund", None)]


def test_each_mail_address_is_a_contact() -> None:
    end = "<h4>Contacts</h4><p>Investors: ir@acme.example</p><p>Media: press@acme.example</p>"
    assert [contact.email for contact in contacts(end)] == ["ir@acme.example", "press@acme.example"]


def test_each_contact_has_its_own_name_and_phone() -> None:
    end = "<h4>Contacts</h4><p>Jane Aker<br>+47 5550 0100<br>jane@acme.example</p><p>Per Lund<br>per@acme.example</p>"
    assert contacts(end) == (
        Contact(name="Jane Aker", email="jane@acme.example", phone="+4755500100"),
        Contact(name="Per Lund", email="per@acme.example"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Contact: Jane Aker, Head of Press, jane@acme.example or +47 5550 0100",
        "Contact: Jane Aker, Head of Press, tel. +47 5550 0100, mail jane@acme.example",
    ],
)
def test_words_between_addresses_are_no_part_of_the_role(line: str) -> None:
    assert contacts(f"<h4>Contacts</h4><p>{line}</p>") == (
        Contact("Jane Aker", "Head of Press", None, "jane@acme.example", "+4755500100"),
    )


def test_mail_address_ends_where_the_script_changes() -> None:
    (found,) = contacts("<h4>媒体联系</h4><p>请发邮件至media@acme.example或致电公司。</p>")
    assert found.email == "media@acme.example"


@pytest.mark.parametrize("line", ["Corporate Communications", "Acme Turbines Ltd", "Head of Communications"])
def test_department_company_or_title_is_no_name_of_a_person(line: str) -> None:
    (found,) = contacts(f"<h4>Press contact</h4><p>{line}<br>press@acme.example</p>")
    assert found.name is None


def test_contact_without_address_and_number_is_dropped() -> None:
    assert contacts("<h4>Press contact</h4><p>Ask at the gate.</p>") == ()


@pytest.mark.parametrize(
    ("printed", "phone"),
    [
        ("+49 (0)555 1020-30", "+49555102030"),
        ("+33 5 55 01 02 03", "+33555010203"),
        ("0047 22 55 01 00", "+4722550100"),
        ("(212) 555-0199", "+12125550199"),
        ("0512-5550 0188", "0512-5550 0188"),
        ("555—010—0199", "555—010—0199"),
    ],
)
def test_telephone_number_is_international_where_its_country_is_known(printed: str, phone: str) -> None:
    (found,) = contacts(f"<h4>Contact</h4><p>Phone: {printed}<br>Fax: +47 22 55 01 01</p>")
    assert found.phone == phone


@pytest.mark.parametrize("text", ["Founded 2012-2014", "12.05.2024", "10 000 000", "QQ:1038774994"])
def test_years_dates_and_amounts_are_no_telephone_numbers(text: str) -> None:
    assert contacts(f"<h4>Contact</h4><p>{text}</p>") == ()


@pytest.mark.parametrize("row", ["Sales | 2 345 678 901 | 3 456 | 12 | 45", "2024 " + "345 678 901 " * 6])
def test_row_of_figures_holds_no_telephone_number(row: str) -> None:
    assert contacts(f"<h4>Contact</h4><p>{row}</p>") == ()


def test_hostile_contact_does_not_take_long() -> None:
    end = f"<h4>Contact</h4><p>{'1 ' * 20_000}</p><p>{'a.' * 20_000}@</p><p>{'+-(' * 20_000}</p>"
    assert isinstance(contacts(end), tuple)


@pytest.mark.parametrize(
    ("end", "found"),
    [
        (
            "<p>Press contact: Jane Aker, Head of Press, Bolt, +47 22 55 01 00, jane@acme.example</p>",
            ("Jane Aker", "Head of Press", "Bolt"),
        ),
        (
            "<p><b>Contact</b></p><p>Ms. Jane Aker | Acme | T: +47 22 55 01 00 | jane [at] acme (dot) example</p>",
            ("Jane Aker", None, "Acme"),
        ),
        ("<p>For more information, please contact Jane Aker at jane@acme.example.</p>", ("Jane Aker", None, None)),
        (
            "<p><b>Contact</b></p><p>Jane Aker<br>Spokeswoman<br><a href='mailto:jane@acme.example'>Write to us</a></p>",
            ("Jane Aker", "Spokeswoman", None),
        ),
        ("<p>联系人：张伟</p><p>邮箱：jane@acme.example</p>", ("张伟", None, None)),
    ],
)
def test_contact_is_read_from_each_form(end: str, found: tuple[str, str | None, str | None]) -> None:
    (contact,) = contacts(end)
    assert (contact.name, contact.role, contact.organization, contact.email) == (*found, "jane@acme.example")


@pytest.mark.parametrize(
    "notice",
    [
        "This press release contains forward-looking statements that involve risks.",
        "The information contained within this announcement is deemed to constitute inside information under Article 7 of MAR.",
        "Diese Mitteilung enthält zukunftsgerichtete Aussagen.",
        "本新闻稿包含前瞻性陈述。",
    ],
)
def test_legal_notice_without_a_heading_is_split_off(notice: str) -> None:
    news, sections = split(f"<p>{notice}</p>")
    assert (news, sections) == (list(PROSE), [("legal notice", "")])


def test_notice_above_the_text_is_legal() -> None:
    notice = "NOT FOR DISTRIBUTION IN THE UNITED STATES OR JAPAN"
    page = Page.from_html(f"<p>{notice}</p>{paragraphs(*PROSE)}", "https://acme.example/news/1")
    own, sections = split_end_matter(page.layout.blocks)
    assert [block.text for block in own] == list(PROSE)
    assert find_legal_notice(sections) == notice


def test_about_a_thing_that_the_release_announces_stays() -> None:
    own, sections = split(f"<h3>About the Harbour Spa</h3><p>{WHO}</p>")
    assert own[-2:] == ["About the Harbour Spa", WHO]
    assert sections == []


def test_description_of_a_thing_below_that_of_the_company_is_about() -> None:
    news, sections = split(f"<h3>About Acme</h3><p>{WHO}</p><h3>About the Nordvik Awards</h3><p>{WHO}</p>")
    assert news == list(PROSE)
    assert sections == [("about", "About Acme"), ("about", "About the Nordvik Awards")]


def test_end_matter_may_be_longer_than_the_news_where_most_of_it_is_a_legal_notice() -> None:
    law = f"This press release contains forward-looking statements that involve risks. {LAW * 40}"
    news, sections = split(f"<h3>About Acme</h3><p>{WHO}</p><h3>Forward-Looking Statements</h3><p>{law}</p>")
    assert news == list(PROSE)
    assert [kind for kind, _ in sections] == ["about", "legal notice", "legal notice"]


@pytest.mark.parametrize(
    "heading",
    [
        "For more information about this press release, please contact:",
        "Für mehr Informationen oder Fragen kontaktieren Sie bitte:",
    ],
)
def test_sentence_that_ends_with_a_request_to_contact_announces_contacts(heading: str) -> None:
    assert split(f"<p>{heading}</p><p>Jane Aker</p><p>jane@acme.example</p>")[1] == [("contact", heading.rstrip(":"))]


def test_description_behind_the_end_mark_and_about_in_one_paragraph_are_about() -> None:
    for end in (f"<p>###</p><p>{WHO}</p>", f"<p>About Acme: {WHO}</p>"):
        _, sections = split_end_matter(Page.from_html(paragraphs(*PROSE) + end, "https://acme.example/news/1").layout.blocks)
        assert [about.text for about in find_about(sections)] == [WHO]
