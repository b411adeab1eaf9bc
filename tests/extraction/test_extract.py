"""One page in, the draft of its article out: each field, and where it came from."""

from __future__ import annotations

import json

import pytest

from corpnews.extraction.dates import find_dates
from corpnews.extraction.extract import NotAnArticle, extract_page, sample_text
from corpnews.extraction.listing_entry import ListingEntry
from corpnews.extraction.site_template import SiteTemplate
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


def test_each_field_is_read_and_says_where_it_came_from() -> None:
    draft = extract_page(detail(paragraphs(*PROSE[:2]) + MEDIA + paragraphs(*PROSE[2:]), head=HEAD))
    assert draft.headline.text == HEADLINE
    assert draft.canonical_url == f"{URL}/"
    assert draft.summary == "Four hundred people will find work."
    assert draft.language == "en"
    assert draft.date_published is not None
    assert draft.date_published.value == "2024-05-03T08:30:00+02:00"
    assert draft.date_modified is not None
    assert draft.date_modified.value == "2024-05-04T10:00:00+02:00"
    assert draft.authors == ("Jane Aker",)
    assert draft.section == "Company"
    assert draft.keywords == ("turbines", "Nordvik")
    assert draft.images == (Image("https://acme.example/plant.jpg", caption="The plant", alt="A hall by a river"),)
    assert draft.videos == (Video("https://www.youtube.com/embed/x1"),)
    assert draft.attachments == (Attachment("https://acme.example/plant.pdf", "All about the plant (PDF)", "application/pdf"),)
    assert [draft.page.layout.blocks[number].text for number in draft.captions] == ["The plant"]
    assert draft.sources == {"headline": "visible", "date_published": "json-ld", "authors": "json-ld", "section": "json-ld"}


def test_what_the_page_does_not_say_is_empty() -> None:
    draft = extract_page(detail())
    assert (draft.canonical_url, draft.summary, draft.section) == (None, None, None)
    assert (draft.date_published, draft.date_modified) == (None, None)
    assert (draft.authors, draft.keywords, draft.images, draft.videos, draft.attachments) == ((), (), (), (), ())
    assert draft.sources == {"headline": "visible"}


def test_date_and_author_printed_below_the_headline_are_read() -> None:
    page = detail(f"<p class='meta'>3 May 2024 | By Jane Aker</p>{paragraphs(*PROSE)}")
    draft = extract_page(page)
    assert draft.date_published is not None
    assert draft.date_published.value == "2024-05-03"
    assert draft.authors == ("Jane Aker",)
    assert (draft.sources["date_published"], draft.sources["authors"]) == ("visible", "visible")


def test_date_that_only_the_text_mentions_is_not_the_date() -> None:
    mention = "The last plant of this kind was opened on March 4, 2011, and closed again in the same year."
    assert extract_page(detail(paragraphs(*PROSE[:2], mention, *PROSE[2:]))).date_published is None


def test_what_the_listing_said_stands_in() -> None:
    (listed,) = find_dates("3 May 2024")
    page = Page.from_html(f"<html lang=en><body><div><p>News</p></div><div>{paragraphs(*PROSE)}</div></body></html>", URL)
    draft = extract_page(page, entry=ListingEntry(HEADLINE, listed))
    assert draft.headline.text == HEADLINE
    assert (draft.headline.source, draft.sources["date_published"]) == ("listing", "listing")


def test_upload_stamp_of_a_picture_tells_the_day_where_nothing_else_does() -> None:
    draft = extract_page(
        detail(f"{paragraphs(*PROSE)}<p><img src='/upload/6384669566718392044170253.png'></p>{paragraphs('It rained.')}")
    )
    assert draft.date_published is not None
    assert (draft.date_published.value, draft.date_published.precision) == ("2024-03-22", "day")
    assert draft.sources["date_published"] == "image-name"


@pytest.mark.parametrize("html", ["", "<p></p>", "<img src='a.png'>", "<script>let text</script>"])
def test_empty_page_is_no_article(html: str) -> None:
    with pytest.raises(NotAnArticle, match=r"no headline|no text"):
        extract_page(Page.from_html(html, "https://acme.example/"))


def test_page_with_a_title_and_no_text_is_no_article() -> None:
    with pytest.raises(NotAnArticle, match="no text"):
        extract_page(Page.from_html(f"<title>{HEADLINE}</title><body><img src='a.png'></body>", URL))


def test_the_start_of_the_text_is_enough_to_tell_its_language() -> None:
    draft = extract_page(detail(paragraphs(*PROSE * 20)))
    start = sample_text(draft.headline.text, draft.region)
    assert start.startswith(HEADLINE)
    assert len(start) == 500


def test_description_of_the_whole_site_is_no_summary_and_its_banner_no_picture() -> None:
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
    draft = extract_page(page(1), template)
    assert draft.summary is None
    assert [image.url for image in draft.images] == ["https://acme.example/upload/1.jpg"]
    assert extract_page(page(1)).summary == "Read our latest news"
