"""End matter in boxes of its own below the text, which all releases of the site repeat."""

from __future__ import annotations

import pytest

from corpnews.extraction.site_template import SiteTemplate
from corpnews.items import About, Article, Attachment, Contact
from corpnews.page.page import Page
from tests.pages import PROSE, detail, lines, paragraphs, read

WHO = "Acme has built water turbines since the great flood and employs nine hundred people in three towns."
ABOUT = f"<section class='boiler'><h2>{{}}</h2><p>{WHO}</p></section>"
FILES = "<div class='files'><h3>Downloads</h3><ul><li><a href='/r.pdf'>The release</a> PDF, 2 MB</li></ul></div>"
TOPICS = "<ul class='topics'><li><a href='/t/1'>Rivers</a></li><li><a href='/t/2'>Work</a></li></ul>"
CARD = (
    "<div class='contact-card'><h4>Jane Aker</h4><p>Head of Press</p>"
    "<a href='mailto:jane@acme.example'>jane@acme.example</a><br><a href='tel:+4755500100'>+47 55 50 01 00</a></div>"
)
JANE = Contact("Jane Aker", "Head of Press", None, "jane@acme.example", "+4755500100")


def read_with_site(after: str, body: str = paragraphs(*PROSE), before: str = "") -> Article:
    """Read a page of a site whose releases all end alike."""
    template = SiteTemplate()
    for number in range(3):
        own = paragraphs(f"Release {number} tells of the {number}th ferry that Acme has opened on the river since the flood.")
        template.observe(
            detail(own, before=before, after=after, headline=f"Ferry {number}", url=f"https://acme.example/news/{number}")
        )
    page = detail(body, before=before, after=after)
    template.observe(page)
    return read(page, template)


@pytest.mark.parametrize("between", ["", FILES, TOPICS, FILES + TOPICS])
def test_contact_and_about_are_found_below_files_and_topics(between: str) -> None:
    article = read_with_site(f"{between}<div><h3>Press contact</h3>{CARD}</div>{ABOUT.format('About Acme')}")
    assert lines(article) == list(PROSE)
    assert article.contacts == (JANE,)
    assert article.about == (About("Acme", WHO),)


def test_card_of_a_contact_needs_no_heading() -> None:
    assert read_with_site(FILES + CARD).contacts == (JANE,)


def test_mail_address_behind_a_link_in_a_card_is_the_contact_s() -> None:
    card = CARD.replace(">jane@acme.example<", ">Write to Jane<")
    assert read_with_site(f"<h4>Press contact</h4>{card.replace('h4', 'div')}").contacts == (JANE,)


@pytest.mark.parametrize(
    ("heading", "mail"),
    [("Press contact", "jane@acme.example"), ("Ihr Ansprechpartner", "jane(at)acme.example"), ("Contact us", None)],
)
def test_contact_for_journalists_in_a_column_beside_the_text_is_the_release_s(heading: str, mail: str | None) -> None:
    lines = f"<p>Jane Aker</p><p>Head of Press</p><p><a href='#'>{mail or 'info@acme.example'}</a></p>"
    column = f"<div class='news-side'>{FILES}<div><h4>{heading}</h4>{lines}</div></div>"
    found = read_with_site(column).contacts
    assert found == ((Contact("Jane Aker", "Head of Press", None, "jane@acme.example", None),) if mail else ())


def test_line_of_a_file_with_its_size_is_no_part_of_the_about_text() -> None:
    files = "<div>Documents</div><div><span><a href='/r.pdf'>Release 7.pdf</a></span><span>(181.2 KB)</span></div>"
    assert read_with_site(ABOUT.format("About Acme") + files).about == (About("Acme", WHO),)


def test_heading_of_files_and_captions_are_no_part_of_the_about_text() -> None:
    gallery = "<ul><li><a href='/1.jpg'><img src='/1s.jpg' alt=''></a><p class='photo-caption'>The hall</p></li></ul>"
    article = read_with_site(f"{ABOUT.format('About Acme')}{gallery}<p>Attached files</p><p><a href='/r.pdf'>The release</a></p>")
    assert article.about == (About("Acme", WHO),)


@pytest.mark.parametrize("heading", ["About us", "Latest from Acme"])
def test_other_sections_of_the_page_are_no_end_matter(heading: str) -> None:
    article = read_with_site(ABOUT.format(heading))
    assert lines(article) == list(PROSE)
    assert article.about == ()


def test_foot_of_the_article_holds_end_matter_and_files_and_that_of_the_page_does_not() -> None:
    contact = "<div class='release-footer'><b>Press contact:</b><br>Jane Aker<br>Head of Press<br>jane@acme.example</div>"
    file = "<div class='release-footer'><a href='/r.pdf'>The release</a></div>"
    article = read_with_site(f"{contact}{file}</div>", before="<div>")
    assert [each.email for each in article.contacts] == ["jane@acme.example"]
    assert article.attachments == (Attachment("https://acme.example/r.pdf", "The release", "application/pdf"),)
    assert read_with_site("").contacts == ()


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Om Acme AB", "Acme AB"),
        ("Over Acme", "Acme"),
        ("O společnosti Acme", "Acme"),
        ("Tentang Acme", "Acme"),
        ("Acme lyhyesti", "Acme"),
        ("O Acme Turbiny", "Acme Turbiny"),
        ("Σχετικά με την Acme", "Acme"),
    ],
)
def test_about_is_found_in_further_languages(heading: str, name: str) -> None:
    assert read_with_site("", paragraphs(*PROSE) + ABOUT.format(heading)).about == (About(name, WHO),)


def test_heading_of_files_below_the_contact_does_not_make_news_of_it() -> None:
    end = f"<p><b>About Acme</b></p><p>{WHO}</p><h3>Attachments</h3><ul><li><a href='/r.pdf'>The release (PDF)</a></li></ul>"
    article = read_with_site("", paragraphs(*PROSE) + end)
    assert (lines(article), article.about) == (list(PROSE), (About("Acme", WHO),))


def test_contact_below_a_link_to_the_wire_is_found() -> None:
    wire = "<p><a href='https://wire.example/1'>View source version on wire.example</a></p>"
    end = f"{wire}<p><b>Investors:</b><br>Jane Aker<br>Head of Press<br>+47 55 50 01 00<br>jane@acme.example</p>"
    assert read_with_site("", paragraphs(*PROSE) + end).contacts == (JANE,)


def test_short_news_above_long_contacts_keeps_its_about_text() -> None:
    numbers = "Tel: +47 55 50 01 00 / Mobile: +47 98 40 55 01"
    contact = f"<p><b>Contact:</b><br>Jane Aker<br>Acme Turbines Limited<br>{numbers}<br>jane@acme.example</p>"
    article = read(detail(f"<p>{PROSE[1][:60]}.</p><p><b>About Acme</b><br>{WHO}</p>{contact}"))
    assert article.about == (About("Acme", WHO),)


def test_contacts_in_teaser_boxes_below_a_heading_of_other_words_are_found() -> None:
    card = (
        "<div class='cmp-teaser'><h4>Jane Aker</h4><p>Head of Press</p><p>Tel. +47 55 50 01 00</p><p>jane@acme.example</p></div>"
    )
    article = read_with_site(f"{ABOUT.format('About Acme')}<div><h3>Who answers your questions</h3>{card}</div>")
    assert lines(article) == list(PROSE)
    assert article.contacts == (JANE,)


def test_about_in_an_accordion_is_found() -> None:
    head = "<h3 class='cmp-accordion__header'><button aria-expanded='false'><span>About Acme</span></button></h3>"
    panel = f"<div class='cmp-accordion__panel'><p>{WHO}</p></div>"
    assert read_with_site(f"<div class='cmp-accordion__item'>{head}{panel}</div>").about == (About("Acme", WHO),)


def test_name_of_the_site_in_bold_above_what_it_is_opens_the_about_text() -> None:
    def read_end(name: str) -> Article:
        return read(detail(f"{paragraphs(*PROSE)}<p><b>{name}</b><br>{WHO.replace('Acme', name, 1)}</p>"))

    assert read_end("Acme").about == (About("Acme", WHO),)
    assert read_end("Sundal Ferries").about == ()


def test_about_text_of_a_korean_release_begins_with_the_name_in_its_heading() -> None:
    who = "한솔은 1979년 창원에서 설립된 산업용 터빈 제조 기업으로, 발전소와 담수화 설비에 쓰이는 증기터빈을 생산한다."
    article = read(detail(f"{paragraphs(*PROSE)}<p><strong>[한솔 소개]</strong></p><p>{who}</p>"))
    assert [each.text for each in article.about] == [who]


def test_about_in_a_box_of_its_own_may_be_longer_than_the_release() -> None:
    line = "The ferry to the island sails only eight times on Friday."
    article = read_with_site(ABOUT.format("About Acme"), paragraphs(line))
    assert lines(article) == [line]
    assert article.about == (About("Acme", WHO),)


def test_contact_and_about_are_found_in_further_components_of_the_main_element() -> None:
    def component(inner: str) -> str:
        return f"<div class='component'><div class='component-content'>{inner}</div></div>"

    def build(number: int, text: str) -> Page:
        parts = (
            f"<h1>Ferry {number}</h1><div class='field-content'>{text}</div>",
            f"<h3>Press contact</h3>{CARD}",
            ABOUT.format("About Acme"),
        )
        main = "".join(map(component, parts))
        return Page.from_html(f"<main><div class='row'>{main}</div></main>", f"https://acme.example/news/{number}")

    texts = (
        f"Release {number} tells of the {number}th ferry that Acme has opened on the river since the flood."
        for number in range(3)
    )
    pages = [build(9, paragraphs(*PROSE)), *(build(number, paragraphs(text)) for number, text in enumerate(texts))]
    article = read(pages[0], SiteTemplate.from_pages(pages))
    assert lines(article) == list(PROSE)
    assert (article.contacts, article.about) == ((JANE,), (About("Acme", WHO),))


def test_contact_in_a_table_of_words_of_any_language_is_found() -> None:
    rows = "".join(
        f"<tr><td>{label}</td><td>{value}</td></tr>"
        for label, value in (("Név", "Jane Aker"), ("Beosztás", "kommunikációs vezető"), ("Telefon", "+47 55 50 01 00"))
    )
    article = read(detail(f"{paragraphs(*PROSE)}<h4>Sajtó és kapcsolat</h4><table>{rows}</table>"))
    assert lines(article) == list(PROSE)
    assert article.contacts == (Contact("Jane Aker", "kommunikációs vezető", None, None, "+4755500100"),)


def test_about_heading_of_a_hungarian_release_ends_with_the_word_for_about() -> None:
    article = read(detail(f"{paragraphs(*PROSE)}<h4>Az Acme Zrt.-ről</h4><p>{WHO}</p>"))
    assert article.about == (About("Acme Zrt.", WHO),)
