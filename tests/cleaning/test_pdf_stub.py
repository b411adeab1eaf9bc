"""Pages that only link to their release's PDF, and releases that also have a PDF."""

from __future__ import annotations

import pytest

from corpnews.cleaning.pdf_stub import find_stub_pdf
from corpnews.extraction.extract import extract_page
from corpnews.extraction.site_template import SiteTemplate
from tests.pages import PROSE, detail, paragraphs
from tests.pages import URL as PAGE

LINE = "<p>Please find our half-year results in the document below.</p>"
LINK = "<p><a href='/files/results.pdf'>Half-year results 2024 of Acme Turbines plc, all tables and the outlook</a></p>"
TEASER = f"<article><p>{{0}} May 2024</p><h3><a href='/{{0}}'>Acme builds plant {{0}}</a></h3><p>{PROSE[2][:90]}…</p></article>"
TEASERS = "".join(map(TEASER.format, (3, 4, 5)))
URL = "https://acme.example/files/results.pdf"


@pytest.mark.parametrize(
    "body",
    [
        LINE + LINK,
        LINK,
        "<p><a href='/files/results.pdf'>Read more (PDF)</a></p>",
        LINE + LINK + LINK,
        LINE + LINK + "<p><a href='/files/tables.xlsx'>Tables</a></p>",
        LINE + LINK + "<h3>About Acme</h3>" + paragraphs(PROSE[2] * 3),
        LINK + f"<aside><h3>Related news</h3>{TEASERS}</aside>",
    ],
    ids=["a line", "nothing else", "a short link alone", "twice the same", "a table next to it", "end matter", "teasers below"],
)  # fmt: skip
def test_page_with_one_pdf_and_no_text_is_a_stub(body: str) -> None:
    assert find_stub_pdf(extract_page(detail(body))) == URL


def test_link_with_pdf_in_its_text_leads_to_a_pdf() -> None:
    body = LINE + "<p><a href='/static-files/7f3a'>View the release (PDF)</a></p>"
    assert find_stub_pdf(extract_page(detail(body))) == "https://acme.example/static-files/7f3a"


def test_pdf_that_each_page_links_to_is_not_the_release() -> None:
    footer = "<div><p><a href='/terms.pdf'>Terms of use of this site</a></p></div>"
    template = SiteTemplate()
    for number in range(6):
        page = detail(paragraphs(f"In town {number} a hall was built for {number} turbines and for those who make them."),
                      after=footer, url=f"{PAGE}-{number}")  # fmt: skip
        template.observe(page)
    page = detail(LINE + LINK, after=footer)
    assert find_stub_pdf(extract_page(page)) is None
    template.observe(page)
    assert find_stub_pdf(extract_page(page, template)) == URL


@pytest.mark.parametrize(
    "body",
    [
        paragraphs(*PROSE) + LINK,
        LINE,
        LINE + LINK + "<p><a href='/files/other.pdf'>The other results</a></p>",
        LINE + "<p><a href='/files/results.xlsx'>Results</a></p>",
        LINE + "<p><a href='/updates/'>All Spdfx updates</a></p>",
    ],
    ids=["a whole release", "no link", "two of them", "another file", "a word that holds the letters"],
)
def test_other_pages_are_no_stubs(body: str) -> None:
    assert find_stub_pdf(extract_page(detail(body))) is None
