"""Extraction of an article from a page: each field with its source."""

from __future__ import annotations

import json

import pytest

from corpnews.extraction.dates import find_dates
from corpnews.extraction.extract import NotAnArticle, extract_page, get_stated_body, sample_text
from corpnews.extraction.listing_entry import ListingEntry
from corpnews.extraction.site_template import SiteTemplate
from corpnews.extraction.structured_data import read_structured_data
from corpnews.items import Attachment, Image, Video
from corpnews.page.page import Page
from tests.pages import HEADLINE, PROSE, URL, detail, paragraphs

STATED = json.dumps(
    {
        "@type": "NewsArticle",
        "headline": HEADLINE,
        "description": "Four hundred people will find work.",
        "datePublished": "2024-05-03T08:30:00+02:00",
        "dateModified": "2024-05-04T10:00:00+02:00",
        "author": {"@type": "Person", "name": "Jane Aker"},
        "articleSection": "Company",
        "keywords": ["turbines", "Nordvik"],
    }
)
HEAD = f"<link rel='canonical' href='{URL}/'><script type='application/ld+json'>{STATED}</script>"
MEDIA = (
    "<figure><img src='/plant.jpg' alt='A hall by a river'><figcaption>The plant</figcaption></figure>"
    "<iframe src='https://www.youtube.com/embed/x1'></iframe><p><a href='/plant.pdf'>All about the plant (PDF)</a></p>"
)


def test_each_field_is_extracted_with_its_source() -> None:
    result = extract_page(detail(paragraphs(*PROSE[:2]) + MEDIA + paragraphs(*PROSE[2:]), head=HEAD))
    assert result.headline.text == HEADLINE
    assert result.canonical_url == f"{URL}/"
    assert result.summary == "Four hundred people will find work."
    assert result.language == "en"
    assert result.date_published is not None
    assert result.date_published.value == "2024-05-03T08:30:00+02:00"
    assert result.date_modified is not None
    assert result.date_modified.value == "2024-05-04T10:00:00+02:00"
    assert result.authors == ("Jane Aker",)
    assert result.section == "Company"
    assert result.keywords == ("turbines", "Nordvik")
    assert result.images == (Image("https://acme.example/plant.jpg", caption="The plant", alt="A hall by a river"),)
    assert result.videos == (Video("https://www.youtube.com/embed/x1"),)
    assert result.attachments == (Attachment("https://acme.example/plant.pdf", "All about the plant (PDF)", "application/pdf"),)
    assert [result.page.layout.blocks[number].text for number in result.captions] == ["The plant"]
    assert result.sources == {"headline": "visible", "date_published": "json-ld", "authors": "json-ld", "section": "json-ld"}


def test_field_that_the_page_does_not_state_is_empty() -> None:
    result = extract_page(detail())
    assert (result.canonical_url, result.summary, result.section) == (None, None, None)
    assert (result.date_published, result.date_modified) == (None, None)
    assert (result.authors, result.keywords, result.images, result.videos, result.attachments) == (
        (),
        (),
        (),
        (),
        (),
    )
    assert result.sources == {"headline": "visible"}


def test_visible_date_and_author_below_the_headline_are_extracted() -> None:
    page = detail(f"<p class='meta'>3 May 2024 | By Jane Aker</p>{paragraphs(*PROSE)}")
    result = extract_page(page)
    assert result.date_published is not None
    assert result.date_published.value == "2024-05-03"
    assert result.authors == ("Jane Aker",)
    assert (result.sources["date_published"], result.sources["authors"]) == ("visible", "visible")


def test_date_in_the_text_is_not_the_publication_date() -> None:
    mention = "The last plant of this kind was opened on March 4, 2011, and closed again in the same year."
    assert extract_page(detail(paragraphs(*PROSE[:2], mention, *PROSE[2:]))).date_published is None


def test_date_of_the_listing_is_used_if_the_page_has_none() -> None:
    (listed,) = find_dates("3 May 2024")
    page = Page.from_html(f"<html lang=en><body><div><p>News</p></div><div>{paragraphs(*PROSE)}</div></body></html>", URL)
    result = extract_page(page, entry=ListingEntry(HEADLINE, listed))
    assert result.headline.text == HEADLINE
    assert (result.headline.source, result.sources["date_published"]) == ("listing", "listing")


def test_upload_date_of_an_image_is_used_if_there_is_no_other_date() -> None:
    result = extract_page(
        detail(f"{paragraphs(*PROSE)}<p><img src='/upload/6384669566718392044170253.png'></p>{paragraphs('It rained.')}")
    )
    assert result.date_published is not None
    assert (result.date_published.value, result.date_published.precision) == ("2024-03-22", "day")
    assert result.sources["date_published"] == "image-name"


@pytest.mark.parametrize("html", ["", "<p></p>", "<img src='a.png'>", "<script>let text</script>"])
def test_empty_page_is_no_article(html: str) -> None:
    with pytest.raises(NotAnArticle, match=r"no headline|no text"):
        extract_page(Page.from_html(html, "https://acme.example/"))


def test_page_that_states_no_headline_is_named_by_its_first_sentence() -> None:
    result = extract_page(Page.from_html(f"<html><body>{paragraphs(*PROSE)}</body></html>", "https://acme.example/17"))
    assert PROSE[0].startswith(result.headline.text)
    assert 20 <= len(result.headline.text) <= 120
    assert result.warnings == ("the page states no headline; the start of the text stands for it",)
    assert [block.text for block in result.region.blocks] == list(PROSE)


def test_page_with_a_title_and_no_text_is_no_article() -> None:
    with pytest.raises(NotAnArticle, match="no text"):
        extract_page(Page.from_html(f"<title>{HEADLINE}</title><body><img src='a.png'></body>", URL))


def test_only_the_start_of_the_text_is_sampled_for_language_detection() -> None:
    result = extract_page(detail(paragraphs(*PROSE * 20)))
    start = sample_text(result.headline.text, result.region)
    assert start.startswith(HEADLINE)
    assert len(start) == 500


def test_site_wide_description_and_banner_are_no_summary_and_no_image() -> None:
    head = '<meta name="description" content="Read our latest news">'
    banner = "<img src='/banner-of-the-site.jpg' width=900 height=300>"

    def page(number: int) -> Page:
        text = f"In town number {number} a hall was built for forty turbines and for those who make them and their children."
        own = f"<img src='/upload/{number}.jpg'><p>{text}</p>"
        body = f"<main><h1>A hall in town number {number}</h1>{banner}{own}{paragraphs(*PROSE)}</main>"
        return Page.from_html(f"<html><head>{head}</head><body>{body}</body></html>", f"https://acme.example/news/hall-{number}")

    template = SiteTemplate()
    for number in range(5):
        template.observe(page(number))
    result = extract_page(page(1), template)
    assert result.summary is None
    assert [image.url for image in result.images] == ["https://acme.example/upload/1.jpg"]
    assert extract_page(page(1)).summary == "Read our latest news"


def test_summary_and_keywords_do_not_repeat_the_headline() -> None:
    head = '<meta name="description" content="Acme opens a plant!"><meta name="keywords" content="Acme opens a plant">'
    html = f"<html><head>{head}</head><body><h1>Acme opens a plant</h1><p>{'The plant is in the north. ' * 9}</p></body></html>"
    found = extract_page(Page.from_html(html, "https://acme.example/news/1"))
    assert (found.summary, found.keywords) == (None, ())


def test_language_has_the_tag_by_which_translations_name_the_page() -> None:
    head = '<link rel="alternate" hreflang="{}" href="/news/1"><link rel="alternate" hreflang="de" href="/de/news/1">'
    text = f"<h1>Acme opens a plant</h1><p>{'The plant is in the north. ' * 9}</p>"

    def language(own: str) -> str | None:
        html = f"<html lang='en-GB'><head>{head.format(own)}</head><body>{text}</body></html>"
        return extract_page(Page.from_html(html, "https://acme.example/news/1")).language

    assert (language("en"), language("fr")) == ("en", "en-GB")


def test_description_on_all_pages_says_nothing_of_the_text_of_one() -> None:
    slogan = "Acme has built turbines for the towns of the north since the year of the flood."
    pages = [
        detail(paragraphs(text), head=f'<meta name="description" content="{slogan}">', url=f"{URL}{n}")
        for n, text in enumerate(PROSE)
    ]
    template = SiteTemplate()
    for page in pages:
        template.observe(page)
    data = read_structured_data(pages[0])
    assert (get_stated_body(data, template).description, get_stated_body(data, None).description) == ("", slogan)
