from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpnews.extraction.dates import ArticleDates, FoundDate, find_dates
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.layout import Block, BlockKind, BodyRegion
from corpnews.page.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

PROSE = (
    "<p>Northwind Turbines opened its new test stand on the river bank, where up to forty engineers will try out gears and "
    "blades from the spring of next year on.</p>"
    "<p>The company has built water turbines since 1998; the plant of March 4, 2011 was its largest.</p>"
)
NAVIGATION = "<nav><a href='/'>Home</a> <a href='/news/'>News</a></nav>"


def article_page(
    before: str = "",
    after: str = "",
    end: str = "",
    *,
    head: str = "",
    body: str = PROSE,
    url: str = "https://example.com/news/stand",
    lang: str = "en",
) -> Page:
    """A page with `before` and `after` around the headline, and `end` after the body."""
    html = (
        f"<html lang='{lang}'><head>{head}</head><body>{NAVIGATION}<main>{before}<h1>Northwind opens its test stand</h1>{after}"
        f"<div class='text'>{body}</div>{end}</main><footer><p>© 2026 Northwind, 01/02/2026</p></footer></body></html>"
    )
    return Page.from_html(html, url)


def parts(page: Page) -> tuple[Block, BodyRegion]:
    """The headline and the body of the page."""
    headline = next(block for block in page.layout.blocks if block.kind is BlockKind.HEADING)
    box = next(box for box in page.layout.boxes if box.element.get("class") == "text")
    inside = [block for block in page.layout.blocks if any(around is box for around in block.box.ancestors())]
    return headline, BodyRegion(box, tuple(inside))


def published(page: Page, listed: FoundDate | None = None) -> tuple[str, str] | None:
    found = ArticleDates(page, read_structured_data(page), *parts(page)).find_published(listed)
    return (found[0].value, found[1]) if found else None


def json_ld(day: str, changed: str = "") -> str:
    modified = f', "dateModified": "{changed}"' if changed else ""
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{day}"{modified}}}</script>'


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


def test_structured_data_comes_first_with_the_time_that_it_states() -> None:
    page = article_page(after="<p>May 3, 2024</p>", head=json_ld("2024-05-03T08:15:00+02:00"))
    assert published(page) == ("2024-05-03T08:15:00+02:00", "json-ld")


def test_meta_element_with_publication_date_in_its_name_is_read() -> None:
    assert published(article_page(head="<meta name='acme.published-date' content='20240503'>")) == ("2024-05-03", "meta")


def test_stated_day_that_is_printed_wins_over_another_printed_day() -> None:
    lines = "<p>May 4, 2024</p><p>May 3, 2024</p>"
    assert published(article_page(after=lines, head=json_ld("2024-05-03T21:36:57Z"))) == ("2024-05-03T21:36:57+00:00", "json-ld")


def test_local_midnight_that_is_stated_in_utc_is_the_visible_day() -> None:
    page = article_page(after="<p>May 4, 2024</p>", head=json_ld("2024-05-03T23:00:00Z"))
    assert published(page) == ("2024-05-04T00:00:00+01:00", "visible")


def test_earlier_visible_day_wins_over_data_that_gives_the_day_of_the_last_change_for_both() -> None:
    line = "<p class='date'>3 May 2024</p>"
    assert published(article_page(after=line, head=json_ld("2024-06-12", "2024-06-12"))) == ("2024-05-03", "visible")
    assert published(article_page(after=line, head=json_ld("2024-06-12", "2024-05-03"))) == ("2024-05-03", "visible")


def test_day_in_a_sentence_below_completes_the_month_of_the_url() -> None:
    end = "<p>This entry was posted on Friday, May 3rd, 2024 at 2:30 pm and is filed under Plants, Wind.</p>"
    found = published(article_page(end=end, url="https://example.com/2024/05/stand"))
    assert found is not None
    assert found[0].startswith("2024-05-03")


def test_month_of_a_history_is_no_date() -> None:
    timeline = "<div><b>April 2015</b> Two founders rent a room in Leeds</div>"
    assert published(article_page(after=timeline)) is None


def test_visible_day_overrides_the_same_time_in_another_time_zone() -> None:
    page = article_page(after="<p>May 4, 2024</p>", head=json_ld("2024-05-03T20:15:00Z"))
    assert published(page) == ("2024-05-04", "visible")


def test_visible_day_overrides_the_day_on_which_the_site_was_migrated() -> None:
    page = article_page(after="<p>Published 3 May 2014</p>", head=json_ld("2022-11-02T10:00:00Z"))
    assert published(page) == ("2014-05-03", "visible")


def test_visible_day_of_the_stated_modification_is_no_publication_date() -> None:
    page = article_page(after="<p>June 9, 2024</p>", head=json_ld("2024-05-03", "2024-06-09T10:00:00Z"))
    assert published(page) == ("2024-05-03", "json-ld")


def test_date_of_an_update_is_no_publication_date_if_both_are_visible() -> None:
    page = article_page(after="<p>Last updated: June 9, 2024 | Published: May 3, 2024</p>")
    assert published(page) == ("2024-05-03", "visible")
    changed = ArticleDates(page, read_structured_data(page), *parts(page)).find_modified(find_dates("2024-05-03")[0])
    assert changed is not None
    assert changed.value == "2024-06-09"


def test_date_of_an_update_is_used_after_those_of_listing_and_url() -> None:
    line = "<p>Updated June 9, 2024</p>"
    assert published(article_page(after=line)) == ("2024-06-09", "visible")
    assert published(article_page(after=line), find_dates("3 May 2024")[0]) == ("2024-05-03", "listing")
    assert published(article_page(after=line, url="https://example.com/2024/05/03/stand")) == ("2024-05-03", "url")
    below = "<p>2024-05-03 | Views: 12</p>"
    assert published(article_page(after=line, end=below, url="https://example.com/2024/05/stand")) == ("2024-05-03", "visible")
    assert published(article_page(after=line, url="https://example.com/2024/05/stand")) == ("2024-05", "url")


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


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        (("2024-05-03", "2024-05-03"), None),
        (("2024-05-03", "2024-06-09"), "2024-06-09"),
        (("2024-05-03", ""), None),
        (("2024-05-03", "2024-01-01"), None),
    ],
)
def test_a_modification_date_is_given_only_if_it_is_later_than_publication(claims: Sequence[str], expected: str | None) -> None:
    page = article_page(head=json_ld(*claims))
    found = ArticleDates(page, read_structured_data(page), *parts(page)).find_modified(find_dates(claims[0])[0])
    assert (found.value if found else None) == expected


def test_a_page_without_headline_and_body_is_read_without_error() -> None:
    page = Page.from_html("<p>May 3, 2024</p>", "https://example.com/")
    assert ArticleDates(page, read_structured_data(page), None, None).find_published() is not None
    assert (
        ArticleDates(Page.from_html("", "https://example.com/"), read_structured_data(page), None, None).find_published() is None
    )


def day_of(page: Page) -> str | None:
    """The date of publication that is found by the page's headline alone."""
    headline = next(block for block in page.layout.blocks if block.level == 1)
    found = ArticleDates(page, read_structured_data(page), headline, None).find_published()
    return found[0].value if found else None


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


def test_only_date_in_the_scripts_of_a_page_without_another_is_taken() -> None:
    script = "<script>window.state = {{'article': {{'published_at': '{}T06:22:28+01:00'}}}}</script>"
    assert (day_of(article_page(head=script.format("2019-03-02"))) or "")[:10] == "2019-03-02"
    assert day_of(article_page(head=script.format("2019-03-02") + script.format("2019-03-03"))) is None


def test_meta_element_and_script_may_call_the_day_of_publication_pubtime() -> None:
    assert day_of(article_page(head='<meta name="apub:time" content="2019-9-7 21:30:50">')) == "2019-09-07T21:30:50"
    assert day_of(article_page(head='<script>var data = {"pubtime": "2019-09-07 19:02:26"};</script>')) == "2019-09-07"


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


def test_page_that_states_only_an_update_was_modified_then() -> None:
    page = article_page(end="<p><em>Last updated: 5/25/20</em></p>", lang="en-US")
    headline, region = parts(page)
    data = read_structured_data(page)
    dates = ArticleDates(page, data, headline, region)
    found = dates.find_published()
    changed = dates.find_modified(found[0] if found else None)
    assert changed is not None
    assert changed.value == "2020-05-25"
