from __future__ import annotations

import pytest

from corpnews.extraction.dates import ArticleDates, find_dates
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.page import Page
from tests.extraction.dated_pages import PROSE, article_page, day_of, published


@pytest.mark.parametrize(
    "line",
    [
        "<p>May 3, 2024</p>",
        "<p>Published on May 3, 2024 by Ann Lee in Press releases</p>",
        "<p><span>May 3</span>,\n <span>2024</span> | Oslo | 1,204 views</p>",
        "<div>3</div><div>May</div><div>2024</div>",
        "<p>发布日期：2024-05-03 浏览：102</p>",
        "<p><time datetime='2024-05-03'>two years ago</time></p>",
        "<p>Date</p><p>03/05/2024</p>",
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_a_date_line_by_the_headline_is_the_publication_date(line: str, place: str) -> None:
    page = article_page(line, lang="en-GB") if place == "before" else article_page("", line, lang="en-GB")
    assert published(page) == ("2024-05-03", "visible")


def test_a_date_under_the_body_is_the_publication_date() -> None:
    assert published(article_page(end="<p>Posted on 3 May 2024 by Ann Lee</p>")) == ("2024-05-03", "visible")


def test_day_above_the_headline_of_a_short_release_precedes_those_of_the_cards_below_it() -> None:
    cards = "".join(f"<div class=meta>May {n}, 2024</div><a href=/news/{n}>Northwind opens plant {n}</a>" for n in (28, 29))
    page = article_page("<p>May 3, 2024</p>", body="<p>Northwind has named Ada Rook its chief engineer.</p>", end=cards)
    assert published(page) == ("2024-05-03", "visible")


def test_a_date_that_only_the_text_mentions_is_no_publication_date() -> None:
    assert published(article_page()) is None


def test_dates_of_other_articles_and_of_the_footer_are_no_publication_date() -> None:
    teasers = "".join(f"<li><a href='/news/{day}'>Northwind at the fair of Bergen</a> {day} June 2024</li>" for day in (3, 5))
    assert published(article_page(end=f"<div class='related'><h2>More news</h2><ul>{teasers}</ul></div>")) is None


@pytest.mark.parametrize("title", ["Northwind at the fair of Bergen", "The latest turbine is released"])
def test_dates_of_a_list_of_other_articles_in_the_body_are_not_its_own_but_the_one_in_its_footer_is(title: str) -> None:
    teasers = "".join(
        f"<li><a href='/news/{day}'>{title}</a> <time datetime='2024-06-0{day}T09:00'>June {day}, 2024</time></li>"
        for day in (3, 5, 7)
    )
    footer = "<footer class='entry-footer'>Published <time datetime='2024-05-02T08:00'>May 2, 2024</time> by press</footer>"
    page = article_page(body=f"{PROSE * 6}<h3>More news</h3><ul>{teasers}</ul>", end=footer)
    assert published(page) == ("2024-05-02", "visible")


@pytest.mark.parametrize("line", ["Register until May 30, 2024", "Deadline: 2024-05-30", "报名截止：2024-05-30"])
def test_a_deadline_is_no_publication_date(line: str) -> None:
    assert published(article_page(after=f"<p>{line}</p>")) is None


@pytest.mark.parametrize(
    "opening",
    [
        "OSLO, May 3, 2024 – Northwind Turbines",
        "PALO ALTO, Calif., May 3, 2024 /Newswire/ -- Northwind Turbines",
        "Oslo, den 3. Mai 2024. Northwind Turbines",
        "(03.05.2024) Northwind Turbines",
    ],
)
def test_the_dateline_is_a_date_of_publication(opening: str) -> None:
    page = article_page(
        body=f"<p>{opening} opened its new test stand on the river bank, where forty engineers will work.</p>{PROSE}"
    )
    assert published(page) == ("2024-05-03", "dateline")


@pytest.mark.parametrize(
    "opening", ["On May 3, 2024, Northwind", "Northwind was founded on May 3, 2004 - a Monday - and", "2024年5月3日，北风公司"]
)
def test_a_first_sentence_with_a_date_is_no_dateline(opening: str) -> None:
    page = article_page(
        body=f"<p>{opening} opened its new test stand on the river bank, where forty engineers will work.</p>{PROSE}"
    )
    assert published(page) is None


def test_day_in_a_sentence_below_completes_the_month_of_the_url() -> None:
    end = "<p>This entry was posted on Friday, May 3rd, 2024 at 2:30 pm and is filed under Plants, Wind.</p>"
    found = published(article_page(end=end, url="https://example.com/2024/05/stand"))
    assert found is not None
    assert found[0].startswith("2024-05-03")


def test_month_of_a_history_is_no_date() -> None:
    timeline = "<div><b>April 2015</b> Two founders rent a room in Leeds</div>"
    assert published(article_page(after=timeline)) is None


def test_date_of_the_listing_precedes_that_of_the_url_and_of_images() -> None:
    picture = "<img src='/upload/20240501120000.png'>"
    url = "https://example.com/2024/05/02/stand"
    assert published(article_page(body=PROSE + picture, url=url), find_dates("2024-05-03")[0]) == ("2024-05-03", "listing")
    assert published(article_page(body=PROSE + picture, url=url)) == ("2024-05-02", "url")
    assert published(article_page(body=PROSE + picture)) == ("2024-05-01", "image-name")


def test_upload_date_of_an_image_outside_the_body_is_ignored() -> None:
    assert published(article_page(before="<img src='/upload/20240501120000.png'>")) is None


def test_other_dates_of_the_page_decide_the_order_of_a_numeric_one() -> None:
    teasers = "<ul class='related'><li><a href='/news/1'>Another one</a> 25/04/2024</li><li>Third 28/04/2024</li></ul>"
    assert published(article_page(after="<p>03/05/2024</p>", end=teasers, lang="en-US")) == ("2024-05-03", "visible")


def test_country_of_the_host_decides_the_order_of_a_numeric_date() -> None:
    line = "<p>03/05/2024</p>"
    assert published(article_page(after=line, lang="en-US", url="https://example.co.nz/news/stand")) == ("2024-05-03", "visible")
    assert published(article_page(after=line, lang="en-US")) == ("2024-03-05", "visible")


def test_a_page_without_headline_and_body_is_read_without_error() -> None:
    page = Page.from_html("<p>May 3, 2024</p>", "https://example.com/")
    assert ArticleDates(page, read_structured_data(page), None, None).find_published() is not None
    assert (
        ArticleDates(Page.from_html("", "https://example.com/"), read_structured_data(page), None, None).find_published() is None
    )


@pytest.mark.parametrize(
    "line",
    [
        "<p><span title='2024-05-03T10:00:00Z'>3 days ago</span></p>",
        "<div><time datetime='Fri May 03 2024 10:00:00 GMT+0000'></time></div>",
        "<p><span data-datetime='2024-05-03 10:00'>today</span></p>",
        "<aside class=meta><time datetime=2024-05-03>03.05.2024</time></aside>",
        "<div class=meta><a>Ann Lee</a><span>Engineer</span><span>May 3, 2024</span><span>6 min read</span></div>",
        "<div><span class=sr-only>Published On 3 May 2024</span><span aria-hidden=true>3 May 2024</span></div>",
    ],
)
def test_date_of_attributes_and_glued_spans_below_the_headline(line: str) -> None:
    assert (day_of(article_page(after=line)) or "")[:10] == "2024-05-03"


@pytest.mark.parametrize(
    "end",
    [
        "<section class=comments><p>Eve Ray, May 3, 2024</p><p>Nice plant.</p></section>",
        "<table><tr><td>Prices as of January 2024</td><td>3 EUR</td></tr></table>",
    ],
)
def test_dates_of_comments_and_price_lists_are_not_the_article_s(end: str) -> None:
    assert day_of(article_page(end=end)) is None


def test_day_of_an_event_is_not_the_day_of_publication() -> None:
    event = "<div><p class=date>14/11/2022</p><p class=location>Town hall, Oslo</p></div>"
    assert day_of(article_page(after=event)) is None


def test_only_dated_line_far_from_the_headline_is_taken_if_it_is_marked() -> None:
    filler = PROSE * 15
    assert day_of(article_page(end=f"{filler}<p>Veröffentlichung: 3. Mai 2024</p>")) == "2024-05-03"


@pytest.mark.parametrize(
    "note",
    [
        "This entry was posted in Machines and tagged gears, blades, rivers, test stands and more by Ann on May 3rd, 2024.",
        "Dieser Beitrag wurde am 3. Mai 2024 um 14:48 von Ann Lee geschrieben und unter Maschinen, Getriebe, Flügel abgelegt.",
        "Cet article a été publié le 3 mai 2024 par Ann Lee dans la rubrique des machines et de leurs essais au bord du fleuve.",
    ],
)
def test_sentence_below_the_text_that_says_when_it_was_posted_is_read(note: str) -> None:
    found = published(article_page(end=f"<div class=post-footer>{note}</div>"))
    assert found is not None
    assert (found[0][:10], found[1]) == ("2024-05-03", "visible")


def test_sentence_that_says_when_the_text_was_changed_is_no_day_of_publication() -> None:
    note = "Dieser Beitrag wurde am 3. Mai 2024 aktualisiert und unter Maschinen, Getriebe, Flügel und Prüfstände abgelegt."
    assert published(article_page(end=f"<div class=post-footer>{note}</div>")) is None


def test_line_of_data_that_begins_with_the_day_may_have_many_tags() -> None:
    tags = ", ".join(f"{name} machines and mills" for name in ("river", "test", "gear", "blade", "wind", "water"))
    line = f"<div class=post-meta>08/05/2024 {tags}</div>"
    assert day_of(article_page(after=line, lang="en-GB")) == "2024-05-08"


def test_script_in_the_line_of_the_day_is_no_part_of_it() -> None:
    script = f"<script>/* {'advertisement ' * 20} */</script>"
    assert day_of(article_page(after=f"<div class=date>May 3, 2024 in <a href=/x>News</a>{script}</div>")) == "2024-05-03"


def test_chinese_page_without_a_declared_language_puts_the_year_first() -> None:
    page = article_page(after="<p>13-04-12 19:11</p>", head="<title>北风涡轮机开设试验台</title>", lang="en")
    assert day_of(page) == "2013-04-12T19:11"


@pytest.mark.parametrize(
    ("line", "day", "source"),
    [
        ("<div>3 May 2024 by the press office of Northwind Energy in Oslo, Norway</div>", "2024-05-03", "meta"),
        ("<div>Updated 3 May 2024 by the press office of Northwind Energy in Oslo</div>", "2024-04-30", "json-ld"),
        ("", "2024-04-30", "json-ld"),
    ],
)
def test_of_two_stated_days_that_is_taken_which_the_page_prints_as_its_own(line: str, day: str, source: str) -> None:
    stated = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-04-30T07:29:00Z"}</script>'
        '<meta property="article:published_time" content="2024-05-03T08:29:34Z">'
    )
    found = published(article_page("", line, head=stated, lang="en-GB"))
    assert found is not None
    assert (found[0][:10], found[1]) == (day, source)
