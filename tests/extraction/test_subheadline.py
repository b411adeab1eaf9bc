from __future__ import annotations

import dataclasses

import pytest

from corpnews.extraction.extract import extract_page
from corpnews.extraction.headline import add_lead
from corpnews.page.layout import Block, BodyRegion
from corpnews.page.page import Page
from tests.extraction.headline_pages import PROSE, headline


def test_deck_below_the_headline_is_the_subheadline() -> None:
    found = headline(f"<div><h1>Acme builds a plant</h1><h2 class='subtitle'>Six hundred jobs in the north</h2></div>{PROSE}")
    assert found.subheadline == "Six hundred jobs in the north"
    assert [block.text for block in found.blocks] == ["Acme builds a plant", "Six hundred jobs in the north"]


DATELINE = f"<p>NORDVIK, May 3, 2024 (Acme Wire) -- {PROSE.removeprefix('<p>')}"


@pytest.mark.parametrize("line", ["<h2>Six hundred jobs in the north</h2>", "<p><b><i>Six hundred jobs in the north</i></b></p>"])
def test_heading_or_bold_line_above_the_dateline_is_the_subheadline(line: str) -> None:
    above = "<h1>Acme builds a plant</h1><p>May 3, 2024 at 4:05 PM</p>"
    assert headline(f"{above}<div>{line}{DATELINE}</div>").subheadline == "Six hundred jobs in the north"
    assert headline(f"{above}<div>{line}{PROSE}</div>").subheadline is None
    assert headline(f"{above}<div>{PROSE}{line}{DATELINE}</div>").subheadline is None


def test_bold_lines_above_the_dateline_are_the_subheadline_together() -> None:
    above = "<h1>Acme builds a plant</h1><p>Press release</p>"
    lines = "<p><b>Six hundred jobs in the north,<br>and a school for welders</b></p>"
    found = headline(f"{above}<div>{lines}{DATELINE}</div>")
    assert found.subheadline == "Six hundred jobs in the north, and a school for welders"
    plain_first = lines.replace("<b>", "").replace("<br>", "<br><b>")
    assert headline(f"{above}<div>{plain_first}{DATELINE}</div>").subheadline is None


def test_line_of_the_day_in_the_headline_s_cell_is_no_subheadline() -> None:
    cell = "<table><tr><td><b>Acme builds a plant in the north</b><br><i>{}</i><hr>{}</td></tr></table>"
    lines = ("Posted on Monday, 3 May 2024 by Admin", "Six hundred jobs in the north")
    found = [headline(cell.format(line, PROSE), listed="Acme builds a plant in the north").subheadline for line in lines]
    assert found[0] is None


def test_short_line_with_a_lead_s_class_below_the_headline_is_the_subheadline() -> None:
    line = "<p class='post-excerpt'>Six hundred jobs in the north</p>"
    assert headline(f"<h1>Acme builds a plant</h1>{line}{PROSE}").subheadline == "Six hundred jobs in the north"
    assert headline(f"<h1>Acme builds a plant</h1>{PROSE}{PROSE}{PROSE}{line}").subheadline is None
    for other in ("Summarize this article with:", "Acme has bought 710 shares of Nordvik Ferries."):
        lead = f"<div class='field-chapo'><p>{other}</p></div>"
        assert headline(f"<h1>Acme builds a plant</h1>{lead}{PROSE}").subheadline is None


LEAD = "Acme has chosen a place in the north for its next plant, and four hundred people will find work in it from spring."


def test_lead_in_a_box_of_its_own_that_is_not_in_the_text_is_the_subheadline() -> None:
    body = f"<div class='post-excerpt'>{LEAD}</div><p>3 May 2024</p><article>{PROSE}</article>"
    page = Page.from_html(f"<html><body><h1>Acme builds a plant</h1>{body}</body></html>", "https://acme.example/news/17")
    found = headline(f"<h1>Acme builds a plant</h1>{body}")
    lead, *text = (block for block in page.layout.blocks if block.text.startswith(("Acme has", "The company")))
    assert add_lead(found, page.layout.blocks, BodyRegion(text[0].box, tuple(text))).subheadline == LEAD
    again = dataclasses.replace(lead, index=text[0].index, _key=None)
    assert add_lead(found, page.layout.blocks, BodyRegion(text[0].box, (again, *text[1:]))).subheadline is None


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='post-excerpt'>{LEAD}</div>",
        f"<div class='box'>{LEAD}</div><article>{PROSE}</article>",
        f"<aside class='intro'>{LEAD}</aside><article>{PROSE}</article>",
    ],
)
def test_text_without_a_lead_s_class_a_sidebar_and_the_text_itself_are_no_subheadline(body: str) -> None:
    page = Page.from_html(f"<html><body><h1>Acme builds a plant</h1>{body}</body></html>", "https://acme.example/news/17")
    assert extract_page(page).headline.subheadline is None


def test_single_lower_heading_below_the_headline_is_the_subheadline() -> None:
    found = headline(f"<div><h1>Acme builds a plant</h1><h2>Six hundred jobs come to the north with it</h2>{PROSE}</div>")
    assert found.subheadline == "Six hundred jobs come to the north with it"


def test_first_paragraph_date_and_section_heading_are_no_subheadline() -> None:
    assert headline(f"<h1>Acme builds a plant</h1>{PROSE}").subheadline is None
    assert headline(f"<h1>Acme builds a plant</h1><p class='subtitle'>March 12, 2024</p>{PROSE}").subheadline is None
    sections = f"<h1>Acme builds a plant</h1><h2>What will it make, and for whom</h2>{PROSE}<h2>Where it stands</h2>{PROSE}"
    assert headline(sections).subheadline is None


def test_deck_in_the_same_heading_as_the_headline_is_the_subheadline() -> None:
    found = headline(
        f"<h1>Acme builds a plant <small>Three hundred jobs come to the north</small></h1>{PROSE}", "Acme builds a plant"
    )
    assert (found.text, found.subheadline) == ("Acme builds a plant", "Three hundred jobs come to the north")


CHINESE_PROSE = f"<p>{'公司周一宣布将在北方建设一座风力发电机工厂。' * 4}</p>"


@pytest.mark.parametrize("line", ["——北方新增六百个岗位", "～北部に六百人の雇用～"])
def test_line_between_dashes_right_below_the_headline_is_the_subheadline(line: str) -> None:
    assert headline(f"<h1>阿克米公司在北方建设新工厂</h1><p>{line}</p>{CHINESE_PROSE}").subheadline == line
    for text in (line.strip("—～"), f"{line}。"):
        assert headline(f"<h1>阿克米公司在北方建设新工厂</h1><p>{text}</p>{CHINESE_PROSE}").subheadline is None


def test_short_teaser_text_below_the_headline_is_the_subheadline() -> None:
    deck = "<div class='teaser-text'><p>Six hundred jobs in the north</p></div>"
    assert headline(f"<h1>Acme builds a plant</h1>{deck}{PROSE}").subheadline == "Six hundred jobs in the north"


def test_line_below_the_headline_that_is_the_page_s_description_is_the_subheadline_whatever_its_box_is_called() -> None:
    deck = "Six hundred people will find work in the north, where the company builds turbines for the coast"

    above = f"<h1>Acme builds a plant</h1><section><div class='css-1x9f3'>{deck}</div></section><p>3 May 2024</p>"
    body = f"{above}<article>{PROSE}</article>"
    page = Page.from_html(f"<html><body>{body}</body></html>", "https://acme.example/news/17")
    text = tuple(block for block in page.layout.blocks if block.text.startswith("The company"))

    def found(description: str, *blocks: Block) -> str | None:
        region = BodyRegion(text[0].box, (*blocks, *text))
        return add_lead(headline(body), page.layout.blocks, region, description).subheadline

    assert found(deck) == found(f"{deck[:60]} …") == deck
    assert found("Acme builds turbines in forty countries") is None
    assert found(deck, next(block for block in page.layout.blocks if block.text == deck)) is None


def test_byline_with_topics_is_no_subheadline() -> None:
    line = "<div class='subhead'>by Jane Aker | Filed under: Energy | 0</div>"
    assert headline(f"<div><h1>Acme builds a plant</h1>{line}</div>{PROSE}").subheadline is None
