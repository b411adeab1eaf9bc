"""Building an Article from an extracted page: its fields, its id, and its warnings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpnews.cleaning.article import Provenance, compute_article_id, find_date_warnings
from corpnews.extraction.extract import NotAnArticle
from corpnews.extraction.selectors import Selectors
from corpnews.items import ArticleSource, Contact, Dateline, FieldSources, Wire
from corpnews.page.page import Page
from tests.pages import HEADLINE, ORIGIN, PROSE, URL, detail, paragraphs, read

NOW = "2026-11-23T06:10:00Z"
END = (
    "<p>###</p><h3>About Acme</h3><p>Acme has built turbines since the great flood.</p>"
    "<h3>Press contact</h3><p>Jane Aker, press@acme.example</p>"
    "<h3>Forward-Looking Statements</h3><p>What lies ahead may turn out otherwise.</p>"
)


def test_body_is_rendered_in_three_formats_without_headline_and_end_matter() -> None:
    article = read(detail(paragraphs(*PROSE) + END))
    assert article.headline == HEADLINE
    assert article.body == "\n\n".join(PROSE)
    assert article.body_markdown == article.body
    assert article.body_html == "\n".join(f"<p>{text}</p>" for text in PROSE)


def test_end_matter_has_its_own_fields_and_end_marks_are_listed_as_removed() -> None:
    article = read(detail(paragraphs(*PROSE) + END))
    assert [(about.organization, about.text) for about in article.about] == [
        ("Acme", "Acme has built turbines since the great flood.")
    ]
    assert article.contacts == (Contact(name="Jane Aker", email="press@acme.example"),)
    assert article.legal_notice == "What lies ahead may turn out otherwise."
    assert [removed.text for removed in article.crawl.removed if removed.reason == "end mark"] == ["###"]


def test_article_has_newsroom_company_source_and_details_of_the_fetch() -> None:
    source = ArticleSource("feed", "https://acme.example/feed")
    article = read(detail(), origin=Provenance("acme-press", "Acme Turbines", source, NOW, 203, is_rendered=True))
    assert (article.newsroom, article.company, article.source) == ("acme-press", "Acme Turbines", source)
    assert (article.crawl.fetched_at, article.crawl.http_status, article.crawl.rendered) == (NOW, 203, True)
    assert article.crawl.field_sources == FieldSources(headline="visible")


def test_date_has_its_original_text_and_its_precision() -> None:
    article = read(detail(f"<p class='date'>May 2024</p>{paragraphs(*PROSE)}"))
    assert (article.date_published, article.date_published_raw, article.date_precision) == ("2024-05", "May 2024", "month")


def test_single_language_of_the_newsroom_is_used_for_a_text_too_short_for_detection() -> None:
    page, figures = detail("<p>412 / 371 / 88 / 70</p>", headline="Q3 2025", lang=""), Selectors(body=".text")
    assert read(page, selectors=figures, origin=replace(ORIGIN, languages=("no",))).language == "no"
    assert read(page, selectors=figures, origin=replace(ORIGIN, languages=("no", "en"))).language is None


def test_missing_values_are_none_or_empty() -> None:
    article = read(detail())
    nothing = (article.canonical_url, article.subheadline, article.summary, article.date_published, article.date_modified)
    assert nothing == (None,) * 5
    assert (article.authors, article.images, article.attachments, article.contacts, article.about) == ((),) * 5


def test_dateline_is_split_into_location_and_date() -> None:
    article = read(detail(paragraphs(f"NORDVIK, May 3, 2024 – {PROSE[0]}", *PROSE[1:])))
    assert article.dateline == Dateline("NORDVIK", "2024-05-03")


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("NORDVIK, NORWAY (PRWEB) MAY 3, 2024", Dateline("NORDVIK, NORWAY", "2024-05-03")),
        ("NORDVIK, NORWAY / NETWIRE / May 3, 2024 / Acme opens its plant.", Dateline("NORDVIK, NORWAY", "2024-05-03")),
        ("NORDVIK, Norway--(BUSINESS WIRE)--Acme opens its plant.", Dateline("NORDVIK, Norway", None)),
        ("May 3, 2024 - Dallas, TX - Acme opens its plant.", Dateline("Dallas, TX", "2024-05-03")),
        ("Boston, MA — May 3, 2024", Dateline("Boston, MA", "2024-05-03")),
        ("Paris, le 3 mai 2024 – Acme ouvre son usine.", Dateline("Paris", "2024-05-03")),
        ("北京，2024年5月3日 — 阿克米公司今天宣布", Dateline("北京", "2024-05-03")),
        ("صحار، ٣ مايو ٢٠٢٤:", Dateline("صحار", "2024-05-03")),
        ("03.05.2024 / 10:30 CET/CEST Veröffentlichung einer Meldung, übermittelt durch Acme Wire", None),
        ("Updated by the press office May 3, 2024", None),
        ("Compliant Turbine Service (CTS) – Acme opens its plant.", None),
        ("Fund size as at 3 May 2024 – EUR 33 billion", None),
        ("Webinar, 3 May 2024 – 10 am", None),
        ("Press release, May 3, 2024", None),
    ],
)
def test_dateline_is_told_from_other_lines_with_a_date(line: str, dateline: Dateline | None) -> None:
    assert read(detail(paragraphs(line, *PROSE))).dateline == dateline


SPELLINGS = (
    URL,
    URL + "/",
    URL + "#top",
    URL + "?utm_source=mail&utm_medium=x",
    URL.replace("https://", "http://"),
    URL.replace("https://", "https://www."),
)


def test_id_is_the_same_for_all_spellings_of_a_url() -> None:
    assert len({compute_article_id("acme", url, None) for url in SPELLINGS}) == 1


def test_id_is_the_same_in_every_run() -> None:
    assert compute_article_id("acme", URL, None) == compute_article_id("acme", URL, None) != ""
    assert len(compute_article_id("acme", URL, None)) == 32


def test_id_differs_by_newsroom_and_by_article() -> None:
    ids = [
        compute_article_id("acme", URL, None),
        compute_article_id("bolt", URL, None),
        compute_article_id("acme", f"{URL}-and-the-south", None),
        compute_article_id("acme", "https://acme.example/news?id=17", None),
        compute_article_id("acme", "https://acme.example/news?id=18", None),
    ]
    assert len(set(ids)) == len(ids)


def test_id_is_that_of_the_canonical_url() -> None:
    canonical = "https://press.acme.example/2024/acme-builds-a-turbine-plant-in-the-north"
    assert compute_article_id("acme", URL, canonical) == compute_article_id("acme", canonical, None)


@pytest.mark.parametrize("canonical", ["https://acme.example/", "https://acme.example/news/", "/", "", "not an address", None])
def test_canonical_url_that_all_pages_declare_is_ignored(canonical: str | None) -> None:
    assert compute_article_id("acme", URL, canonical) == compute_article_id("acme", URL, None)


def test_translations_that_declare_the_original_as_canonical_keep_their_own_ids() -> None:
    german = URL.replace("/news/", "/de/news/")
    assert compute_article_id("acme", german, URL) != compute_article_id("acme", URL, URL)


@pytest.mark.parametrize(
    ("date", "warning"),
    [
        (None, ["no date_published"]),
        ("", ["no date_published"]),
        ("2024-05-03", []),
        ("2026-11-23T23:59:00+14:00", []),
        ("2026-11-25", []),
        ("2026-11-26", ["date_published is in the future"]),
        ("2026-11-26T00:00:00Z", ["date_published is in the future"]),
        ("2027", ["date_published is in the future"]),
        ("2026-12", ["date_published is in the future"]),
        ("2026-11", []),
        ("2026", []),
    ],
)
def test_missing_and_future_dates_cause_warnings(date: str | None, warning: list[str]) -> None:
    assert list(find_date_warnings(date, NOW)) == warning


def test_release_that_is_a_picture_has_its_headline_as_text_and_a_warning() -> None:
    head = "<meta property='article:published_time' content='2024-05-03T08:00:00Z'>"
    article = read(detail("<p><img src='/notice.jpg' width='800'></p>", head=head))
    assert (article.headline, article.body) == (HEADLINE, HEADLINE)
    assert [image.url for image in article.images] == ["https://acme.example/notice.jpg"]
    assert article.crawl.warnings == ("the page has pictures and no text; the headline stands for it",)
    with pytest.raises(NotAnArticle):
        read(detail("<p><img src='/notice.jpg' width='800'></p>"))


def test_line_of_the_day_above_the_picture_of_a_release_is_no_text() -> None:
    html = f"<html><body><h1>{HEADLINE}</h1><p>May 3, 2024</p><p><img src='/notice.jpg' width='800'></p></body></html>"
    article = read(Page.from_html(html, URL))
    assert (article.body, article.date_published, len(article.images)) == (HEADLINE, "2024-05-03", 1)


def test_dateline_of_another_day_causes_a_warning() -> None:
    head = "<meta property='article:published_time' content='2024-05-03T08:00:00Z'>"
    said = {day: read(detail(paragraphs(f"NORDVIK, Norway, May {day}, 2024 – {PROSE[0]}", *PROSE), head=head)) for day in (2, 13)}
    assert said[2].crawl.warnings == ()
    assert said[13].crawl.warnings == ("the dateline has another date: 2024-05-13",)


def test_article_with_a_future_date_is_kept_with_a_warning() -> None:
    article = read(detail(head="<meta property='article:published_time' content='2031-05-03T08:00:00Z'>"))
    assert article.date_published == "2031-05-03T08:00:00+00:00"
    assert article.crawl.warnings == ("date_published is in the future",)


def test_truncated_page_causes_a_warning() -> None:
    page = detail()
    page.is_truncated = True
    assert "the page was too long and is cut short" in read(page).crawl.warnings
    assert read(detail()).crawl.warnings == ("no date_published",)


def test_release_has_tickers_wire_embargo_and_the_contact_above_its_text() -> None:
    other = "<a href='https://www.prnewswire.com/news-releases/bolt-opens-301000000.html'>Bolt</a>"
    opening = f"NORDVIK, May 3, 2024 /PRNewswire/ -- Acme (NYSE: ACM; NYSE: ACM; AIM: SRT) and {other} {PROSE[0]}"
    source = "View original content: https://www.prnewswire.com/news-releases/acme-opens-301234567.html"
    head = "<p>EMBARGOED UNTIL 00:01 GMT, 4 May 2024</p><p>Contact: Jane Aker, (212) 555-0199, jane@acme.example</p>"
    article = read(detail(paragraphs(opening, *PROSE[1:], "ISIN: DE0007164600", source), before=head))
    assert [(each.mic, each.symbol, each.isin) for each in article.tickers] == [
        ("XNYS", "ACM", None),
        ("XLON", "SRT", None),
        (None, None, "DE0007164600"),
    ]
    assert article.wire == Wire("PR Newswire", "301234567", source.partition(": ")[2])
    assert article.embargo == "EMBARGOED UNTIL 00:01 GMT, 4 May 2024"
    assert article.contacts == (Contact("Jane Aker", None, None, "jane@acme.example", "+12125550199"),)
