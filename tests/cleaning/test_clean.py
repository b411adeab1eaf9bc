"""What is removed from a release's text, with which reason, and what stays."""

from __future__ import annotations

import pytest

from corpnews.cleaning.clean import MAX_REMOVED_RUN_LENGTH
from corpnews.extraction.selectors import Selectors
from corpnews.extraction.site_template import SiteTemplate
from corpnews.items import Article, Contact, Image, RemovedText
from tests.pages import HEADLINE, PROSE, detail, lines, listing, paragraphs, read

FILE_NAME = "6384669566718392044170253.png"
# The whole box is the body, so that only cleaning removes texts.
BODY = Selectors(body=".text")


def within_text(markup: str) -> str:
    """The release's text with `markup` in its middle."""
    return paragraphs(*PROSE[:2]) + markup + paragraphs(*PROSE[2:])


def reason_of(article: Article, text: str) -> str | None:
    """The reason for which the text was removed; texts that were removed together are joined by dots."""
    return next((each.reason for each in article.crawl.removed if text in each.text.split(" · ")), None)


BOILERPLATE = {
    "Site Search": "site search",
    "Recommended search:": "recommended search",
    "You are here: Home > News": "breadcrumb",
    "< Back": "back link",
    "Next article: Acme buys a hill": "previous or next",
    "Share this article:": "share bar",
    "Web link copied": "toast",
    "Go share it with your friends on WeChat!": "share hint",
    "Scan the QR code to follow us": "QR hint",
    "Print this page": "print or font size",
    "Views: 1,286": "view counter",
    "Tags: turbines, Nordvik": "tag line",
    FILE_NAME: "image file name",
    "We and our partners store information on your device, such as cookies.": "cookie notice",
    "Wir und unsere Partner verarbeiten personenbezogene Daten, um Inhalte zu messen.": "cookie notice",
    "Käytämme evästeitä sivuston kehittämiseen.": "cookie notice",
    "站内搜索": "site search",
    "当前位置：首页 > 新闻中心": "breadcrumb",
    "返回列表": "back link",
    "上一篇：集团收购一座山": "previous or next",
    "分享到：": "share bar",
    "【字体：大 中 小】": "print or font size",
    "浏览次数：1286 次": "view counter",
}


@pytest.mark.parametrize(("text", "reason"), BOILERPLATE.items())
def test_boilerplate_within_the_text_is_removed_by_its_wording(text: str, reason: str) -> None:
    article = read(detail(within_text(f"<div>{text.replace('>', '&gt;')}</div>")), selectors=BODY)
    assert lines(article) == list(PROSE)
    assert reason_of(article, text) == reason


@pytest.mark.parametrize(
    "label", ["<div class='visually-hidden'>Article content</div>", "<h2 class='sr-only'>Text of the release</h2>"]
)
def test_labels_for_screen_readers_are_removed(label: str) -> None:
    assert lines(read(detail(within_text(label)), selectors=BODY)) == list(PROSE)


@pytest.mark.parametrize(
    "note", [" (opens in a new window)", "Externer Link", " öffnet in neuem Tab", "(ouvre une nouvelle fenêtre)"]
)
def test_what_screen_readers_say_of_a_link_is_no_part_of_its_sentence(note: str) -> None:
    link = f"<a href='https://town.example/r'>the report<span class='screen-reader-text'>{note}</span></a>"
    text = f"<p>All of it is in {link} that the town has published on its pages this morning.</p>"
    assert "All of it is in the report that the town has published on its pages this morning." in lines(
        read(detail(within_text(text)))
    )


@pytest.mark.parametrize("heading", ["Related posts", "Ähnliche Beiträge", "相关新闻"])
def test_links_below_a_related_heading_that_is_outside_the_body_are_removed(heading: str) -> None:
    links = "<ul><li><a href='/news/2'>Acme buys a hill</a></li><li><a href='/news/3'>Acme sells a mill</a></li></ul>"
    page = detail(f"<div>{heading}</div><div class='own'>{links}{paragraphs(*PROSE)}</div>")
    assert lines(read(page, selectors=Selectors(body=".own"))) == list(PROSE)


def test_links_below_another_heading_that_is_outside_the_body_are_kept() -> None:
    page = detail(
        f"<div>The mills</div><div class='own'><ul><li><a href='/mills/2'>Mill at Sund</a></li></ul>{paragraphs(*PROSE)}</div>"
    )
    assert lines(read(page, selectors=Selectors(body=".own"))) == ["Mill at Sund", *PROSE]


PLACES = {
    "<nav class='crumbs'><a href='/'>Acme</a> / <a href='/n'>Everything new</a></nav>": "navigation",
    "<div class='share-tools'>Tell the world: <a href='#'>f</a> <a href='#'>in</a></div>": "share bar",
    "<div class='copy-toast' style='display:none'>It is in your pocket now</div>": "hidden",
    "<form role='search'><p>Turbines, pumps, spare parts</p></form>": "form",
    "<div class='related'><h3>Further reading</h3><a href='/news/2'>Acme buys a hill</a></div>": "related articles",
    "<section class='comments'><h3>What readers say</h3><p>Good for the town, says Jo.</p></section>": "comments",
    "<aside><p>Acme in figures</p></aside>": "sidebar",
    "<div class='cookie-banner'><p>This site keeps crumbs to remember you by.</p></div>": "hidden",
    "<div class='advert'><p>Buy one turbine, get one free</p></div>": "advertisement",
    "<div class='post-footer'><p>Nordvik desk</p></div>": "page footer",
}


@pytest.mark.parametrize(("markup", "reason"), PLACES.items())
def test_boilerplate_around_the_text_is_removed_by_its_zone(markup: str, reason: str) -> None:
    article = read(detail(after=markup), selectors=BODY)
    assert lines(article) == list(PROSE)
    assert reason in {removed.reason for removed in article.crawl.removed}


@pytest.mark.parametrize(
    "sentence",
    [
        "Search for leaks now takes minutes instead of days.",
        "Search and rescue teams tested the sensor in the spring of this year.",
        "Back in 2019, nobody believed in it.",
        "Back to the river: how Nordvik found its way.",
        "Share buybacks will go on until the end of the year, the board decided.",
        "Print advertising grew by five percent, as it does in every year that is wet.",
        "Next to the hall, a school is being built.",
        "Tags on each turbine carry its number.",
        "Views of the river are free.",
        "About half of the jobs are for trainees.",
        "Contact with water is what turbines are for.",
        "“Site search was the hardest part,” said the surveyor.",
        "The drawing was saved as plan.png",
    ],
)
def test_sentence_that_resembles_boilerplate_stays(sentence: str) -> None:
    assert lines(read(detail(within_text(paragraphs(sentence))))) == [*PROSE[:2], sentence, *PROSE[2:]]


def test_headline_repeated_in_the_body_is_removed_and_not_listed() -> None:
    article = read(detail(f"<p><strong>{HEADLINE.upper()}</strong></p>{paragraphs(*PROSE)}"), selectors=BODY)
    assert lines(article) == list(PROSE)
    assert reason_of(article, HEADLINE.upper()) is None


def test_caption_is_in_its_image_and_not_in_the_body() -> None:
    picture = f"<p style='text-align:center'><img src='/upload/{FILE_NAME}' alt='{FILE_NAME}'></p>"
    article = read(detail(within_text(f"{picture}<p style='text-align:center'>The hall from the air</p>")))
    assert lines(article) == list(PROSE)
    assert article.images == (Image(f"https://acme.example/upload/{FILE_NAME}", caption="The hall from the air"),)
    assert reason_of(article, "The hall from the air") is None


def test_lines_of_date_and_author_above_the_text_are_removed() -> None:
    above = "<div class='info'>3 May 2024</div><p class='byline'>By Jane Aker, Nordvik</p>"
    article = read(detail(above + paragraphs(*PROSE)), selectors=BODY)
    assert lines(article) == list(PROSE)
    assert reason_of(article, "3 May 2024") == "date, author or label line"


def test_line_of_many_labels_above_the_text_is_removed() -> None:
    labels = "发布时间：2024-03-18 09:42　来源：阿克米公司　作者：葛明远　浏览次数：1286　【字号：大 中 小】"
    texts = (
        "公司周一表示，将在北镇建设一座水轮机工厂，四百人将在那里工作。",
        "首批水轮机将于后年春天下线，在此之前仍在旧厂房生产。",
    )
    article = read(detail(f"<div class='xx'>{labels}</div>{paragraphs(*texts)}", lang="zh"), selectors=BODY)
    assert lines(article) == list(texts)


def test_line_that_is_a_date_stays_within_the_text() -> None:
    page = detail(within_text("<h3>3 May 2024</h3>"), before="<p>2 May 2024</p>")
    assert "3 May 2024" in lines(read(page, selectors=BODY))


def test_removed_text_has_its_number_of_pages() -> None:
    template = SiteTemplate()
    template.observe(listing("Acme opens a ferry", "Acme buys a hill"))
    for number in range(4):
        own = paragraphs(f"Release {number} tells of the {number}th ferry that Acme has opened on the river since the flood.")
        template.observe(detail(own, headline=f"Ferry {number}", url=f"https://acme.example/news/{number}"))
    article = read(detail(), template)
    assert RemovedText("Home · Products · News", "navigation", 5) in article.crawl.removed
    assert RemovedText("Acme Turbines", "page header", 5) in article.crawl.removed


def test_long_removed_menu_is_truncated() -> None:
    menu = "".join(f"<li><a href='/p/{number}'>Turbine {number}</a></li>" for number in range(100))
    article = read(detail(before=f"<nav><ul>{menu}</ul></nav>"))
    longest = max(article.crawl.removed, key=lambda removed: len(removed.text))
    assert longest.text.endswith("…")
    assert len(longest.text) == MAX_REMOVED_RUN_LENGTH + 1


def test_every_text_of_the_page_is_in_the_article_or_listed_as_removed() -> None:
    end = "<p>###</p><p><b>About Acme</b></p><p>Acme builds turbines.</p><p><b>Press contact</b></p><p>press@acme.example</p>"
    page = detail(within_text("<p>&lt; Back</p><h3>What comes next</h3>") + end, after="<p class='share'>Share</p>")
    article = read(page)
    contacts = [contact.email or "" for contact in article.contacts]
    kept = "\n".join((article.headline, article.body, *(about.text for about in article.about), *contacts))
    removed = "\n".join(each.text for each in article.crawl.removed)
    headings = {"About Acme", "Press contact"}
    lost = [block.text for block in page.layout.blocks if block.text not in kept + removed and block.text not in headings]
    assert lost == []


def test_end_matter_that_the_template_knows_is_end_matter() -> None:
    end = "<p><b>About Acme</b></p><p>Acme builds turbines for towns on rivers and has done so since the great flood.</p>"
    template = SiteTemplate()
    template.observe(listing("Acme opens a ferry", "Acme buys a hill"))
    for number in range(8):
        own = paragraphs(f"Release {number} tells of the {number}th ferry that Acme has opened on the river since the flood.")
        template.observe(detail(own + end, headline=f"Ferry {number}", url=f"https://acme.example/news/{number}"))
    article = read(detail(paragraphs(*PROSE) + end), template)
    assert lines(article) == list(PROSE)
    assert [about.organization for about in article.about] == ["Acme"]


def test_mail_link_on_a_separate_line_is_part_of_the_contact() -> None:
    mail = "<a href='mailto:p@acme.example'>p@acme.example</a>"
    contact = f"<p><b>Press contact</b></p><p>Jane Aker<br>Phone: +47 5550 0100<br>{mail}</p>"
    assert read(detail(paragraphs(*PROSE) + contact)).contacts == (
        Contact("Jane Aker", None, None, "p@acme.example", "+4755500100"),
    )


def test_prose_on_all_pages_belongs_to_the_site() -> None:
    mission = "Acme is the most trusted name in water turbines, and has kept its word to the river for more than a hundred years."
    template = SiteTemplate()
    for number in range(8):
        own = paragraphs(f"Release {number} tells of the {number}th ferry that Acme has opened on the river since the flood.")
        url = f"https://acme.example/news/{number}"
        template.observe(detail(own, after=paragraphs(mission), headline=f"Ferry {number}", url=url))
    article = read(detail(after=paragraphs(mission)), template)
    assert lines(article) == list(PROSE)
    assert reason_of(article, mission) == "stands on many pages"


def test_summary_that_is_the_first_paragraph_is_said_once() -> None:
    article = read(detail(f"<div class='intro'><p>{PROSE[0]}</p></div><div>{paragraphs(*PROSE)}</div>"), selectors=BODY)
    assert lines(article) == list(PROSE)
    assert reason_of(article, PROSE[0]) == "said twice"


def test_summary_that_is_the_first_paragraphs_up_to_any_word_is_said_once() -> None:
    start = f"{PROSE[0]} {PROSE[1]} {PROSE[2][:60].strip()}"
    article = read(detail(f"<div class='intro'><p>{start}</p></div><div>{paragraphs(*PROSE)}</div>"), selectors=BODY)
    assert lines(article) == list(PROSE)
    assert reason_of(article, start) == "said twice"


def test_line_of_the_text_in_a_box_that_is_wholly_named_after_data_stays() -> None:
    heading = "11:30 AM Acme to honour its crane drivers"
    article = read(
        detail(f"<div class='text entry-meta'><p>{heading}</p>{paragraphs(*PROSE)}</div>"),
        selectors=Selectors(body=".entry-meta"),
    )
    assert lines(article) == [heading, *PROSE]


def test_topics_below_the_about_text_are_no_part_of_it() -> None:
    about = (
        "<h4>About Acme</h4><p>Acme has built turbines since the great flood and employs nine hundred people in three towns.</p>"
    )
    article = read(detail(f"{paragraphs(*PROSE)}{about}<div class='article-meta'>Turbines Open Source</div>"))
    assert [each.text.count("\n") for each in article.about] == [0]


def test_owner_of_the_trademarks_is_told_in_the_legal_notice() -> None:
    notice = "© 2024. Acme Inc. is a private company. Acme and the Acme wheel are registered trademarks of Acme Inc. in Norway."
    assert read(detail(paragraphs(*PROSE, notice))).legal_notice == notice
    assert read(detail(paragraphs(*PROSE, "© 2024 Acme Inc. All rights reserved."))).legal_notice is None


def test_buttons_of_files_and_calls_to_action_are_removed() -> None:
    file = "<p><a class='btn btn-primary' href='/r.pdf'>The brochure</a></p>"
    action = "<p><a class='cta_button' href='/x'>Write to us today</a></p>"
    article = read(detail(within_text(file + action)), selectors=BODY)
    assert lines(article) == list(PROSE)
    assert reason_of(article, "The brochure") == "button of a file"
    assert reason_of(article, "Write to us today") == "call to action"
