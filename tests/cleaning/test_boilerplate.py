"""Why single blocks are boilerplate."""

from __future__ import annotations

import pytest

from corpnews.cleaning.boilerplate import MIN_BOILERPLATE_PAGES, BoilerplateDetector
from corpnews.extraction.extract import extract_page
from corpnews.extraction.selectors import Selectors
from corpnews.extraction.site_template import SiteTemplate
from corpnews.page.page import Page
from tests.pages import HEADLINE, PROSE, detail, paragraphs, read

BODY = Selectors(body=".text")


def reasons(
    body: str = paragraphs(*PROSE), before: str = "", after: str = ""
) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """The removal reasons of each block by its text: in the body and outside of it."""
    draft = extract_page(detail(body, before=before, after=after), selectors=BODY)
    judge, blocks = BoilerplateDetector(draft), draft.page.layout.blocks
    return {block.text: judge.removal_reason(block) for block in blocks}, {
        block.text: judge.reason_outside_body(block) for block in blocks
    }


def test_prose_of_the_body_is_no_boilerplate() -> None:
    in_body, _ = reasons()
    assert [in_body[text] for text in PROSE] == [None] * len(PROSE)


def test_headline_is_removed_from_the_body() -> None:
    in_body, outside = reasons()
    assert (in_body[HEADLINE], outside[HEADLINE]) == ("headline", None)


def test_trail_of_links_that_ends_with_the_headline_is_navigation() -> None:
    trail, sentence = f"Acme/ posts/ {HEADLINE}", f"The newspaper calls it “{HEADLINE}”: {HEADLINE}"
    linked = f"<div><a href='/'>Acme</a>/ <a href='/posts/'>posts</a>/ <span>{HEADLINE}</span></div>"
    in_body, _ = reasons(linked + paragraphs(*PROSE, sentence.replace("newspaper", "<a href='/p'>newspaper</a>")))
    assert (in_body[trail], in_body[sentence]) == ("navigation", None)


def test_caption_is_removed_from_the_body() -> None:
    figure = "<figure><img src='/hall.jpg'><figcaption>The hall from the air.</figcaption></figure>"
    in_body, outside = reasons(paragraphs(*PROSE[:2]) + figure + paragraphs(*PROSE[2:]))
    assert (in_body["The hall from the air."], outside["The hall from the air."]) == ("caption", None)


def test_caption_of_a_film_is_removed_and_that_of_a_table_is_not() -> None:
    film = "<figure><iframe src='https://films.example/1'></iframe><figcaption>The hall in a film.</figcaption></figure>"
    table = "<figure><table><tr><td>a</td><td>1</td></tr></table><figcaption>Sales by year.</figcaption></figure>"
    in_body, _ = reasons(paragraphs(*PROSE[:2]) + film + table + paragraphs(*PROSE[2:]))
    assert (in_body["The hall in a film."], in_body["Sales by year."]) == ("caption without image", None)


def test_line_of_photographer_and_agency_is_removed_and_a_sentence_about_an_agency_is_not() -> None:
    credit, sentence = "Ann Lee / AFP / Getty Images", "The pictures are by Ann Lee / AFP."
    in_body, _ = reasons(paragraphs(*PROSE[:2], credit, sentence, *PROSE[2:]))
    assert (in_body[credit], in_body[sentence]) == ("caption without image", None)


def test_hidden_paragraph_is_removed_and_the_hidden_answer_of_an_accordion_is_not() -> None:
    hidden = "<p style='display:none'>Draft, not for release.</p><div style='display:none'><p>The answer is yes.</p></div>"
    in_body, _ = reasons(paragraphs(*PROSE) + hidden)
    assert (in_body["Draft, not for release."], in_body["The answer is yes."]) == ("hidden", None)


@pytest.mark.parametrize(
    "line", ["3 May 2024", "Nordvik, 3 May 2024", "May 3, 2024 08:30", "<span class='author'>Jane Aker</span>"]
)
def test_short_line_with_date_or_author_before_the_prose_is_a_label(line: str) -> None:
    in_body, _ = reasons(f"<div class='meta'>{line}</div>{paragraphs(*PROSE)}")
    (text,) = (text for text in in_body if text in line)
    assert in_body[text] == "date, author or label line"


def test_links_in_the_header_of_the_article_are_labels_and_those_of_a_first_line_are_not() -> None:
    links = "<a href='/topics/wind'>Wind</a> <a href='/topics/sea'>Sea</a>"
    in_body, _ = reasons(f"<header>{links}</header>{paragraphs(*PROSE)}")
    assert in_body["Wind Sea"] == "date, author or label line"
    in_body, _ = reasons(f"<p>{links}</p>{paragraphs(*PROSE)}")
    assert in_body["Wind Sea"] is None


def test_table_of_headline_and_date_above_the_text_is_a_label_and_one_of_figures_is_not() -> None:
    data = f"<table><tr><th>Title</th><td>{HEADLINE}</td></tr><tr><th>Views</th><td>88</td></tr></table>"
    figures = "<table><tr><th>Year</th><td>2024</td></tr><tr><th>Sales</th><td>88</td></tr></table>"
    in_body, _ = reasons(data + figures + paragraphs(*PROSE))
    assert [in_body["Views | 88"], in_body["Sales | 88"]] == ["date, author or label line", None]
    alone, _ = reasons(data)
    assert alone["Views | 88"] is None


def test_opening_line_without_a_date_is_no_label() -> None:
    in_body, _ = reasons(f"<p><b>Four hundred jobs</b></p>{paragraphs(*PROSE)}")
    assert in_body["Four hundred jobs"] is None


def test_dated_line_after_the_first_prose_is_no_label() -> None:
    in_body, _ = reasons(f"{paragraphs(PROSE[0])}<p>3 May 2024</p>{paragraphs(*PROSE[1:])}")
    assert in_body["3 May 2024"] is None


def test_dateline_that_opens_the_first_paragraph_is_no_label() -> None:
    first = f"NORDVIK, 3 May 2024 – {PROSE[0]}"
    in_body, _ = reasons(paragraphs(first, *PROSE[1:]))
    assert in_body[first] is None


def test_zone_decides_before_wording() -> None:
    _, outside = reasons(after="<nav><a href='/'>&lt; Back</a></nav><p><a href='/news'>Back to list</a></p>")
    assert (outside["< Back"], outside["Back to list"]) == ("navigation", "back link")


def test_text_without_known_zone_or_wording_is_not_the_article() -> None:
    _, outside = reasons(after="<p>Water finds its way</p>")
    assert outside["Water finds its way"] == "not the article"


def test_text_on_many_pages_has_that_reason_and_its_number_of_pages() -> None:
    template = SiteTemplate()
    line = paragraphs("Water finds its way")
    for number in range(MIN_BOILERPLATE_PAGES):
        own = paragraphs(f"Release {number} tells of the {number}th ferry that Acme has opened on the river since the flood.")
        template.observe(detail(own, after=line, headline=f"Ferry {number}", url=f"https://acme.example/news/{number}"))
    draft = extract_page(detail(after=line), template, selectors=BODY)
    (block,) = (block for block in draft.page.layout.blocks if block.text == "Water finds its way")
    assert BoilerplateDetector(draft).reason_outside_body(block) == "stands on many pages"
    assert BoilerplateDetector(draft).pages(block) == MIN_BOILERPLATE_PAGES


def test_text_on_a_page_of_an_unknown_site_is_on_one_page() -> None:
    draft = extract_page(detail())
    assert {BoilerplateDetector(draft).pages(block) for block in draft.page.layout.blocks} == {1}


def test_line_above_the_headline_that_says_it_with_the_site_s_name_is_the_headline_once_more() -> None:
    line = f"{HEADLINE} - Acme"
    above, _ = reasons(before=f"<h2 class='hide-accessible'>{line}</h2>")
    below, _ = reasons(paragraphs(line, *PROSE))
    assert (above[line], below[line]) == ("headline", None)
    sentence = f"{HEADLINE} for the town of Sundal, which will have four hundred jobs."
    assert reasons(before=f"<p>{sentence}</p>")[0].get(sentence) != "headline"


def test_line_of_date_and_author_below_a_lead_stays_out_of_the_body() -> None:
    head = f"<p class='article__ingress'>{PROSE[0]}</p><p class='article__meta'>Published 3 May 2024 by Jane Aker</p>"
    page = Page.from_html(
        f"<article><h1>{HEADLINE}</h1>{head}<div><div>{paragraphs(*PROSE[1:])}</div></div></article>",
        "https://acme.example/news/1",
    )
    assert "Published" not in read(page).body
