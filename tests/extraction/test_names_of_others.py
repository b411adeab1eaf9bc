"""Names on the page of a release that are no authors': of speakers, signatories, issuers, and of other articles."""

from __future__ import annotations

import pytest

from corpnews.extraction.extract import extract_page
from corpnews.page.page import Page

SENTENCES = (
    "The company said on Monday that it will build a plant for wind turbines in the north, which opens in the next year.",
    "Four hundred people will find work in the hall by the river, and as many again in the yards that supply it.",
    "The town pays for the road and the bridge, and the company for the school bus that will use both of them.",
)
PROSE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
BYLINE = "<div class='post-author'><h4><a href='/author/x'>Jane Doe</a></h4></div><p>3 May 2024</p>"


def authors(above: str = "", within: str = "", below: str = "") -> tuple[str, ...]:
    text = f"<div class='text'>{PROSE}{within}{PROSE.replace('Monday', 'Friday')}</div>"
    body = f"<main><article><h1>Acme builds a plant in the north</h1>{above}{text}</article>{below}</main>"
    return extract_page(Page.from_html(f"<html><body>{body}</body></html>", "https://www.acme.example/news/17")).authors


@pytest.mark.parametrize(
    "quotation",
    [
        "<div class='quote'><div>The river has waited long enough</div><div>Ola Berg</div><div>Head of Works</div></div>",
        "<div class='QuoteBlock_x1'><p>The river has waited long enough</p><p class='QuoteBlock_author_x2'>Ola Berg</p></div>",
        "<div class='x1'><div>“The river has waited long enough”</div><div>Ola Berg</div><div>Head of Works</div></div>",
    ],
)
def test_speaker_of_a_quotation_is_no_author(quotation: str) -> None:
    assert authors(within=quotation) == ()


@pytest.mark.parametrize(
    "end",
    [
        "<p>Persons who represent the company:</p><p>Jane Doe – Chair</p><p>Ola Berg – Member</p>",
        "<p>WHO:</p><ul><li>The mayor</li><li>The council</li><li>Jane Doe, Works</li><li>Ola Berg, Yards</li></ul>",
        "<table><tr><td>Exchange</td><td>Regulated Market</td></tr><tr><td>Issuer</td><td>Acme Works AG</td></tr></table>",
        "<p>Acme Works AG, Harbour Street 8, 18055 Rostock</p>",
        "<h2>Related Links</h2>",
        "<blockquote class='instagram-media'><p>Ein Beitrag geteilt von <a>Jane Doe</a> (@jdoe) am 3 May 2024</p></blockquote>",
        "<p>To,<br>Bolt Exchange Limited<br>Harbour Towers<br>Quay Street, Nordvik 400001</p>",
    ],
)
def test_signatories_issuers_posters_and_addresses_are_no_authors(end: str) -> None:
    assert authors(within=end) == ()
    assert authors(below=end) == ()


@pytest.mark.parametrize(
    "line", ["<p>News provided by Acme Works</p>", "<p><a href='/2'>Ventas: suben un 9 por ciento</a> 3 May 2024</p>"]
)
def test_line_with_a_byline_s_word_for_something_else_gives_no_author(line: str) -> None:
    assert authors(above=line) == ()


def test_authors_of_the_articles_below_are_not_this_one_s() -> None:
    foot = "<footer><span>By Ola Berg</span> <time>2 May 2024</time></footer>"
    cards = "".join(f"<article><a href='/{n}'><h3>Acme opens mill {n} in the south</h3>{foot}</a></article>" for n in (1, 2, 3))
    assert authors(above=BYLINE, below=f"<section><h2>Read more</h2>{cards}</section>") == ("Jane Doe",)


@pytest.mark.parametrize("banner", ["Media Center", "Investor News", "Stock Exchange Announcements"])
def test_heading_of_a_part_of_the_site_above_the_headline_is_no_author(banner: str) -> None:
    main = f"<section><h1>Acme builds a plant in the north</h1><p>3 May 2024</p>{PROSE}</section>"
    page = Page.from_html(f"<html><body><section><h2>{banner}</h2></section>{main}</body></html>", "https://acme.example/news/17")
    assert extract_page(page).authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "<div>Last modified at 03/05/2024 by Jane Doe</div>",
        "<div class='meta'>Geändert am 03.05.2024 von Jane Doe</div>",
        "<div class='post-author-date'><time>Nov 24</time></div>",
        "<div class='author'>von am 03.05.2024</div>",
        "<div class='post-cat'>Business Law</div><div class='day'>3 May 2024</div>",
        "<p class='superheader'>Criminal Justice</p>",
    ],
)
def test_who_changed_the_page_a_day_and_a_section_are_no_authors(line: str) -> None:
    assert authors(above=line) == ()
    assert authors(below=line) == ()


@pytest.mark.parametrize("label", ["Case Study", "Customer Stories", "Investor Relations", "Green Energy", "Unternehmen Aktuell"])
@pytest.mark.parametrize("line", ["<p>{}</p>", "<div><span>{}</span></div>", "<h4>{}</h4>", "<div><a href='/x'>{}</a></div>"])
def test_label_with_capitals_is_no_author(line: str, label: str) -> None:
    day = "<p>3 May 2024</p>"
    assert authors(above=line.format(label) + day) == ()
    assert authors(above=day + line.format(label)) == ()
    assert authors(below=line.format(label)) == ()


def test_thing_that_a_caption_begins_with_and_days_in_another_headline_are_no_authors() -> None:
    assert authors(below="<div>Das Werk in Nordvik am Morgen (Foto: Acme)</div>") == ()
    assert authors(below="<ul><li><a href='/2'>Holidays vom 27. Juli bis 7. August 30.06.2024</a></li></ul>") == ()
