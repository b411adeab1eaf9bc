"""Where the end matter starts, and what is read from it."""

from __future__ import annotations

import pytest

from corpnews.cleaning.about_headings import parse_about_heading
from corpnews.cleaning.end_matter import find_about, find_contacts, find_legal_notice, split_end_matter
from corpnews.items import About
from corpnews.page.page import Page
from tests.pages import PROSE, paragraphs

WHO = "Acme has built water turbines since the great flood and employs nine hundred people in three towns."
LAW = "This release looks ahead, and what lies ahead may turn out otherwise than is said here."


def split(end: str, news: str = paragraphs(*PROSE)) -> tuple[list[str], list[tuple[str, str]]]:
    """The texts of the news, and kind and heading of each section after it."""
    own, sections = split_end_matter(Page.from_html(news + end, "https://acme.example/news/1").layout.blocks)
    return [block.text for block in own], [(section.kind, section.heading) for section in sections]


def read(end: str) -> tuple[tuple[About, ...], str | None]:
    """What is read of the organisations in the end matter, and its legal notice."""
    _, sections = split_end_matter(Page.from_html(paragraphs(*PROSE) + end, "https://acme.example/news/1").layout.blocks)
    return find_about(sections), find_legal_notice(sections)


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


def test_heading_of_a_film_is_one_of_the_news() -> None:
    news = f"{paragraphs(*PROSE[:2])}<h3>About Acme Turbines</h3>{paragraphs(*PROSE[2:])}"
    assert split("<h3>A film of the plant</h3><iframe></iframe>", news=news)[1] == []


def test_contact_above_the_text_is_no_end_of_it() -> None:
    contact = "<p>Contact: Jane Aker, jane@acme.example</p><p>Ola Berg, ola@acme.example</p>"
    own, _ = split("", news=contact + paragraphs(*PROSE))
    assert own[-len(PROSE) :] == list(PROSE)


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


@pytest.mark.parametrize(
    "notice",
    [
        "Denne meddelelse indeholder intern viden efter artikel 7 i forordning (EU) nr. 596/2014.",
        "Denne børsmeldingen inneholder innsideinformasjon som skal offentliggjøres.",
        "Fremadrettede udsagn: Resultaterne kan afvige fra de forventede.",
        "Framåtriktade uttalanden är förenade med risker.",
        "Tämä pörssitiedote sisältää tulevaisuutta koskevia lausumia.",
    ],
)
def test_legal_notice_in_a_nordic_language_is_told_by_its_first_words(notice: str) -> None:
    page = Page.from_html(paragraphs(*PROSE, notice), "https://acme.example/news/1")
    assert find_legal_notice(split_end_matter(page.layout.blocks)[1]) == notice


def test_sentence_of_a_release_that_starts_with_about_and_ends_with_a_full_stop_stays() -> None:
    line = "Über den Preis haben Acme und Nordvik Stillschweigen vereinbart."
    assert split(paragraphs(line)) == ([*PROSE, line], [])


def test_organization_is_named_by_the_description_where_no_heading_does() -> None:
    end = "<p># # #</p><p>Acme Turbines makes turbines in forty countries and builds plants at the coast.</p>"
    assert [each.organization for each in read(end)[0]] == ["Acme Turbines"]
    heading = "<h4>About us</h4><p>The Acme Group, Inc. is a maker of turbines for plants at the coast of the north.</p>"
    assert [each.organization for each in read(heading)[0]] == ["Acme Group, Inc."]
    japanese = "<h4>会社概要</h4><p>アクメ株式会社は、風力発電機を作っています。</p>"
    assert [each.organization for each in read(japanese)[0]] == ["アクメ株式会社"]


def test_list_below_the_end_mark_is_about_nobody() -> None:
    assert read("<p># # #</p><p>Board Members are listed below:</p><p>Jane Aker, business executive</p>")[0] == ()


def test_trademarks_below_the_end_mark_are_a_legal_notice() -> None:
    end = "<p># # #</p><p>Acme is a registered trademark of Acme Corporation. All other marks are those of their owners.</p>"
    about, notice = read(end)
    assert (about, (notice or "")[:27]) == ((), "Acme is a registered tradem")


def test_address_and_ticker_behind_the_name_of_an_organization_are_left_out() -> None:
    for brackets in ("(NYSE: ACME)", "(www.acme.example; @acme)"):
        end = f"<h4>About Acme Turbines {brackets}</h4><p>Acme makes turbines in forty countries and builds plants.</p>"
        assert [each.organization for each in read(end)[0]] == ["Acme Turbines"]


def test_end_matter_that_the_page_has_for_phones_and_for_desks_is_read_once() -> None:
    law = f"<p><b>Forward-Looking Statements</b></p><p>{LAW}</p>"
    twice = f"<h3>About Acme</h3><p>{WHO}</p>{law}" * 2
    assert read(twice) == ((About("Acme", WHO),), LAW)


def test_address_alone_is_no_second_contact_of_the_person_who_has_it() -> None:
    card = "<h4>Press contact</h4><p>Jane Doe</p><p><a href='mailto:jane@acme.example'>jane@acme.example</a></p>"
    again = "<h4>Contact</h4><p>jane@acme.example</p><p>desk@acme.example</p>"
    _, sections = split_end_matter(
        Page.from_html((paragraphs(*PROSE) + card + again).encode(), "https://acme.example/1").layout.blocks
    )
    assert [(contact.name, contact.email) for contact in find_contacts(sections)] == [
        ("Jane Doe", "jane@acme.example"),
        (None, "desk@acme.example"),
    ]
