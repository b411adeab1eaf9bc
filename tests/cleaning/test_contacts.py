"""What is read of the contacts in the end matter."""

from __future__ import annotations

import pytest

from corpnews.cleaning.end_matter import find_contacts, split_end_matter
from corpnews.items import Contact
from corpnews.page.page import Page
from tests.pages import PROSE, paragraphs


def contacts(end: str) -> tuple[Contact, ...]:
    _, sections = split_end_matter(Page.from_html(paragraphs(*PROSE) + end, "https://acme.example/news/1").layout.blocks)
    return find_contacts(sections)


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


@pytest.mark.parametrize(
    ("line", "name", "role", "organization"),
    [
        ("نورة الصالح", "نورة الصالح", None, None),
        ("נועה ברקאי", "נועה ברקאי", None, None),
        ("قسم الاتصال المؤسسي", None, None, None),
        ("阿克米株式会社　広報部　石川", "石川", "広報部", "阿克米株式会社"),
        ("홍보팀 김서연", "김서연", "홍보팀", None),
        ("홍보팀 김서연 과장", "김서연", "홍보팀 과장", None),
    ],
)
def test_name_without_capitals_is_told_by_its_line(line: str, name: str, role: str | None, organization: str | None) -> None:
    (found,) = contacts(f"<h4>Press contact</h4><p>{line}<br>press@acme.example</p>")
    assert (found.name, found.organization) == (name, organization)
    assert found.role in (role, None)


def test_name_and_role_before_a_colon_are_those_of_the_contact() -> None:
    (found,) = contacts("<h4>Press contact</h4><ul><li>Jane Aker, Head of Press: +47 5550 0100, press@acme.example</li></ul>")
    assert found == Contact("Jane Aker", "Head of Press", None, "press@acme.example", "+4755500100")


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
    assert [(each.name, each.organization) for each in contacts(end)] == [("Jane Aker", "Acme AG"), ("Per Lund", None)]


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


def test_paragraph_of_a_news_service_gives_its_address_to_no_contact() -> None:
    service = "This information comes from Acme Wire, which is approved by the authority of its country. " * 4
    end = f"<h4>Enquiries</h4><p>Jane Aker<br>+47 5550 0100</p><p>{service}Please contact wire@wire.example.</p>"
    assert contacts(end) == (Contact("Jane Aker", phone="+4755500100"),)


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


def test_line_right_below_a_name_is_the_role_in_a_language_whose_roles_are_not_known() -> None:
    reach = "<p>puh. +358 40 512 7783</p><p>jane(at)acme.example</p>"
    card = f"<h4>Press contact</h4><p>Jane Aker</p><p>viestintä ja yhteydet</p>{reach}"
    assert contacts(card) == (Contact("Jane Aker", "viestintä ja yhteydet", None, "jane@acme.example", "+358405127783"),)
    (found,) = contacts("<h4>Press contact</h4><p>Jane Aker, kommunikationsdirektör, tel. +46 70 344 18 20</p>")
    assert found.role == "kommunikationsdirektör"


def test_rows_of_a_table_are_read_by_their_labels() -> None:
    values = {"部署": "経営企画部 広報課", "担当": "佐々木", "TEL": "+81 244 35 1182", "E-mail": "koho＠acme.example"}
    rows = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in values.items())
    (found,) = contacts(f"<h3>お問い合わせ先</h3><table>{rows}</table>")
    assert (found.name, found.email, found.phone) == ("佐々木", "koho@acme.example", "+81244351182")


def test_people_between_slashes_have_the_addresses_made_of_their_names() -> None:
    lines = "Ms.Jane Aker / Mr. Per Lund (Acme Turbines Ltd.)<br>jane.aker@acme.example , per.lund@acme.example"
    assert [(each.name, each.organization, each.email) for each in contacts(f"<h4>Press contact</h4><p>{lines}</p>")] == [
        ("Jane Aker", "Acme Turbines Ltd.", "jane.aker@acme.example"),
        ("Per Lund", "Acme Turbines Ltd.", "per.lund@acme.example"),
    ]
    swapped = "Jane Aker/Per Lund<br>Public Relations<br>lund@acme.example; aker@acme.example; press@acme.example"
    found = contacts(f"<h4>Press contact</h4><p>{swapped}</p>")
    assert [(each.name, each.email) for each in found] == [
        ("Jane Aker", "aker@acme.example"),
        ("Per Lund", "lund@acme.example"),
        (None, "press@acme.example"),
    ]


def test_role_and_organization_below_the_address_are_those_of_the_person_without_any() -> None:
    end = "<h4>Contacts</h4><p>Jane Aker<br>+47 5550 0100<br>jane@acme.example<br>VP Turbine Sales<br>Acme Turbines Ltd.</p>"
    assert contacts(end) == (Contact("Jane Aker", "VP Turbine Sales", "Acme Turbines Ltd.", "jane@acme.example", "+4755500100"),)


def test_organization_with_an_address_and_the_person_of_another_one_are_two_contacts() -> None:
    end = (
        "<h4>Contacts</h4><p>Port of Bolt Ltd.<br>port@bolt.example</p><p>or</p><p>Acme Turbines Ltd.<br>"
        "Jane Aker, Marketing Manager<br>jane.aker@acme.example</p>"
    )
    assert [(each.name, each.role, each.organization, each.email) for each in contacts(end)] == [
        (None, None, "Port of Bolt Ltd.", "port@bolt.example"),
        ("Jane Aker", "Marketing Manager", "Acme Turbines Ltd.", "jane.aker@acme.example"),
    ]


def test_name_behind_the_organization_is_told_by_the_mail_address() -> None:
    (found,) = contacts("<h4>Contact</h4><p>Contact: Acme PowerWorks, Jane Aker, +47 5550 0100 | jaker@acme.example</p>")
    assert found == Contact("Jane Aker", None, "Acme PowerWorks", "jaker@acme.example", "+4755500100")


@pytest.mark.parametrize("line", ["Amt für Naturschutz", "Acme BioWorks", "Take Action Now"])
def test_office_company_and_call_to_action_are_no_names(line: str) -> None:
    (found,) = contacts(f"<h4>Press contact</h4><p>{line}<br>press@acme.example</p>")
    assert found.name is None


def test_role_is_without_the_name_of_the_organization_around_it() -> None:
    _, sections = split_end_matter(
        Page.from_html(
            paragraphs(*PROSE) + "<h4>Press contact</h4><p>Acme Spokesperson and COO<br>Mr. Joe Lund<br>joe@acme.example</p>",
            "https://acme.example/news/1",
        ).layout.blocks
    )
    (found,) = find_contacts(sections, organizations=("Acme",))
    assert (found.role, found.organization) == ("Spokesperson and COO", "Acme")


def test_number_with_a_country_code_but_no_plus_is_international() -> None:
    (found,) = contacts("<h4>Press contact</h4><p>Jane Aker<br>Tel: 886-37-586610<br>jane@acme.example</p>")
    assert found.phone == "+88637586610"


def test_name_before_a_dash_and_a_number_is_found() -> None:
    (found,) = contacts("<h4>联系方式</h4><p>联系人：李生-185 6562 2775<br>邮箱：press@acme.example</p>")
    assert found.name == "李生"


def test_person_whom_the_label_tells_to_contact_is_the_companys() -> None:
    end = "<h4>联系方式</h4><p>公司名称：北方风机有限公司<br>邮箱：1038774994@qq.example<br>联系人：李生-185 6562 2775</p>"
    assert contacts(end) == (Contact("李生", None, "北方风机有限公司", "1038774994@qq.example", "185 6562 2775"),)


@pytest.mark.parametrize(
    ("line", "role", "organization"),
    [
        ("Jane Aker for Acme Turbines", None, "Acme Turbines"),
        ("Jane Aker (Head of Press)", "Head of Press", None),
        ("Jane Aker, Sr. Manager, Public Relations", "Sr. Manager, Public Relations", None),
    ],
)
def test_line_that_begins_with_the_name_tells_role_or_organization(line: str, role: str, organization: str) -> None:
    (found,) = contacts(f"<h4>Press contact</h4><p>{line}<br>jane@acme.example</p>")
    assert (found.name, found.role, found.organization) == ("Jane Aker", role, organization)


def test_sentence_that_mentions_a_role_is_none() -> None:
    (found,) = contacts(
        "<h4>Press contact</h4><p>For questions please turn to our head of press in Oslo.<br>press@acme.example</p>"
    )
    assert (found.name, found.role) == (None, None)


def test_organization_above_its_people_is_not_that_of_the_person_above_it() -> None:
    end = (
        "<h4>Contacts</h4><p>Acme Turbines plc<br>Jane Aker (CEO)<br>jane@acme.example<br>Ola Berg (Marketing Manager)<br>"
        "ola@acme.example<br>Bolt Bank Ltd<br>Per Lund (Corporate Finance)<br>+44 20 7220 0500</p>"
    )
    assert [(each.name, each.role, each.organization) for each in contacts(end)] == [
        ("Jane Aker", "CEO", "Acme Turbines plc"),
        ("Ola Berg", "Marketing Manager", None),
        ("Per Lund", "Corporate Finance", "Bolt Bank Ltd"),
    ]
