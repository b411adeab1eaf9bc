"""Contacts below the text that no heading announces."""

from __future__ import annotations

import pytest

import corpnews
from corpnews.cleaning.end_matter import find_contacts, split_end_matter
from corpnews.items import Contact
from corpnews.page.page import Page
from tests.pages import PROSE, URL, paragraphs

PEOPLE = (
    "<p>Acme Spokesperson and COO<br>Mr. Per Lund<br>Tel: +47 22 55 01 00 | E-mail: per@acme.example</p>"
    "<p>Acme Deputy Spokesperson<br>Ms. Jane Aker<br>Tel: +47 22 55 01 01 | E-mail: jane@acme.example</p>"
)


def split(end: str) -> tuple[list[str], tuple[Contact, ...]]:
    """The texts of the news and the contacts."""
    own, sections = split_end_matter(Page.from_html(paragraphs(*PROSE) + end, URL).layout.blocks)
    return [block.text for block in own], find_contacts(sections)


def test_people_with_their_roles_are_contacts() -> None:
    assert split(PEOPLE) == (
        list(PROSE),
        (
            Contact("Per Lund", "Acme Spokesperson and COO", None, "per@acme.example", "+4722550100"),
            Contact("Jane Aker", "Acme Deputy Spokesperson", None, "jane@acme.example", "+4722550101"),
        ),
    )


@pytest.mark.parametrize(
    "end",
    [
        "<p>Address: 12 Harbour Street, Nordvik<br>Website: www.acme.example<br>Phone: +47 22 55 01 00</p>",
        "<p>公司地址：广州市番禺区石基镇<br>网址 www.acme.example<br>电话 +47 22 55 01 00</p>",
    ],
)
def test_lines_of_address_and_number_are_a_contact(end: str) -> None:
    assert split(end) == (list(PROSE), (Contact(phone="+4722550100"),))


@pytest.mark.parametrize(
    "end",
    [
        "<p>Jane Aker<br>Chief executive of Acme</p>",
        "<p>Order the report at press@acme.example.</p>",
        "<p>To join the partners who build with our turbines: partners@acme.example</p>",
        "<p>ISIN: DE0007164600</p>",
        "<p>1 Acme study: https://study.example/item?article=240001777</p>",
        "<p>Acme built 1 200 turbines in 2012-2014</p>",
    ],
)
def test_signatures_sentences_and_figures_stay(end: str) -> None:
    news, contacts = split(end)
    assert len(news) > len(PROSE)
    assert contacts == ()


def test_contacts_before_the_description_of_the_company_are_contacts() -> None:
    who = "Acme has built water turbines since the great flood and employs nine hundred people."
    news, contacts = split(f"{PEOPLE}<h4>About Acme</h4><p>{who}</p>")
    assert (news, len(contacts)) == (list(PROSE), 2)


def test_page_of_contacts_alone_keeps_its_text() -> None:
    own, sections = split_end_matter(Page.from_html(PEOPLE, URL).layout.blocks)
    assert (len(own), sections) == (6, ())


def test_no_line_of_a_contact_is_left_behind_at_the_end_of_the_text() -> None:
    body = f"<h1>Acme builds a turbine plant in Nordvik</h1><p>4 May 2024</p>{paragraphs(*PROSE)}{PEOPLE}"
    article = corpnews.extract(f"<html><body><main><article>{body}</article></main></body></html>", URL)
    assert article.body == "\n\n".join(PROSE)
    assert [contact.email for contact in article.contacts] == ["per@acme.example", "jane@acme.example"]
