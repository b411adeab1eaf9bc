from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpnews.discovery.source import SourceError
from corpnews.discovery.sources.feed_source import FeedSource, WellKnownFeedSource
from tests.discovery.source_helpers import ACME_SITE, build_response, build_start_page, get_paths, walk_source

if TYPE_CHECKING:
    from corpnews.extraction.listing_entry import ArticleLink

RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{}</channel></rss>'
)
WORDPRESS = "<title>Acme</title><generator>https://wordpress.org/?v=6.4</generator>"
ITEM = "<item><title>Acme opens plant {0}</title><link>https://www.acme.example/news/acme-opens-plant-{0}/</link></item>"
LINK = '<link rel="alternate" type="{}" title="{}" href="{}">'
RSS_TYPE, ATOM_TYPE, JSON_TYPE = "application/rss+xml", "application/atom+xml", "application/feed+json"
START = build_start_page()


def items(*numbers: int) -> str:
    return "".join(map(ITEM.format, numbers))


def read(body: bytes | str, content_type: str = "application/xml") -> tuple[ArticleLink, ...]:
    return FeedSource().parse(build_response(body, content_type=content_type), START).articles


def opened(path: str, head: str = "", body: str = "") -> list[str]:
    return [
        request.url.removeprefix(ACME_SITE)
        for request in FeedSource().initial_requests(build_start_page(path, head=head, body=body))
    ]


def test_rss_gives_titles_dates_and_language_and_leaves_the_text_to_the_detail_page() -> None:
    (link,) = read(
        RSS.format(
            "<language>de-DE</language><item><title>Acme &amp;amp; Söhne er&#246;ffnen <![CDATA[<b>Werk</b>]]></title>"
            "<link>https://www.acme.example/news/werk/</link><pubDate>Di, 05 Mär 2024 10:30:00 +0100</pubDate>"
            "<content:encoded><![CDATA[<p>Der ganze Text.</p>]]></content:encoded></item>"
        )
    )
    assert (link.url, link.title, link.language) == (f"{ACME_SITE}/news/werk/", "Acme & Söhne eröffnen Werk", "de-DE")
    assert link.date
    assert (link.date.value, link.modified, link.inline_article) == ("2024-03-05T10:30:00+01:00", None, None)


def test_atom_tells_publication_from_change() -> None:
    (link,) = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://www.acme.example/news/">'
        '<entry xml:lang="fr"><title type="html">R&amp;amp;D &lt;i>chez&lt;/i> Acme</title>'
        '<link rel="enclosure" href="photo.jpg"/><link rel="alternate" href="prix.html"/>'
        "<published>2024-03-05T10:30:00Z</published><updated>2024-04-01T08:00:00Z</updated></entry></feed>"
    )
    assert (link.url, link.title, link.language) == (f"{ACME_SITE}/news/prix.html", "R&D chez Acme", "fr")
    assert link.date
    assert link.modified
    assert (link.date.day, link.modified.value) == ("2024-03-05", "2024-04-01T08:00:00+00:00")


def test_the_day_of_the_change_stands_for_one_of_publication_that_is_missing() -> None:
    (link,) = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/news/a/"/>'
        "<updated>2024-04-01T08:00:00Z</updated></entry></feed>"
    )
    assert link.date
    assert (link.date.day, link.modified) == ("2024-04-01", None)


def test_rdf_and_the_oldest_rss_are_read() -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://www.acme.example/"><link>https://www.acme.example/</link>'
        '</channel><item rdf:about="https://www.acme.example/news/a/"><title>Acme</title><link>https://www.acme.example/news/a/</link>'
        "<dc:date>2004-05-06</dc:date></item></rdf:RDF>"
    )
    assert [(link.url, link.date and link.date.value) for link in read(rdf)] == [(f"{ACME_SITE}/news/a/", "2004-05-06")]
    assert get_paths(read(f'<rss version="0.91"><channel>{items(1)}</channel></rss>')) == ["/news/acme-opens-plant-1/"]


def test_a_two_digit_year_is_understood() -> None:
    (link,) = read(RSS.format("<item><link>/news/a/</link><pubDate>05 Mar 24 10:00 EST</pubDate></item>"))
    assert link.date
    assert link.date.value == "2024-03-05T15:00:00+00:00"


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_json_feed_is_read(version: str) -> None:
    found = FeedSource().parse(
        build_response(
            f'{{"version": "https://jsonfeed.org/version/{version}", "home_page_url": "/news/", "language": "en-GB",'
            '"next_url": "?page=2",'
            '"items": [{"id": "1", "url": "/news/a/", "title": "Acme & more", "date_published": "2024-03-05T10:30:00Z",'
            '"date_modified": "2024-03-06", "language": "de", "content_html": "<p>Text</p>"}, {"id": "https://www.acme.example/news/b/"},'
            '{"id": "3", "title": ["no", "text"], "url": 5}, "odd", {"url": "/news/", "title": "The list"}]}',
            path="/news/feed.json",
            content_type=JSON_TYPE,
        ),
        START,
    )
    first, second = found.articles
    assert (first.url, first.title, first.language) == (f"{ACME_SITE}/news/a/", "Acme & more", "de")
    assert first.date
    assert first.modified
    assert (first.date.value, first.modified.value) == ("2024-03-05T10:30:00+00:00", "2024-03-06")
    assert (second.url, second.language) == (f"{ACME_SITE}/news/b/", "en-GB")
    assert [request.url for request in found.next_requests] == [f"{ACME_SITE}/news/feed.json?page=2"]


@pytest.mark.parametrize(
    ("item", "address"),
    [
        ("<link>/news/a/?id=1&amp;p=2</link>", "/news/a/?id=1&p=2"),
        ("<link>/news/a/?id=1&p=2</link>", "/news/a/?id=1&p=2"),
        ("<link/><guid>https://www.acme.example/news/a/</guid>", "/news/a/"),
        ('<guid isPermaLink="false">https://www.acme.example/news/a/</guid>', None),
        (
            '<link>https://f.example/1</link><b:origLink xmlns:b="http://rssnamespace.org/feedburner/ext/1.0">/news/a/</b:origLink>',
            "/news/a/",
        ),
        ('<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="alternate" href="/news/a/"/>', "/news/a/"),
        ("<link>https://www.acme.example/?p=417</link>", "/?p=417"),
        ("<link>https://wire.example.org/a</link>", "https://wire.example.org/a"),
        ("<link>mailto:press@acme.example</link>", None),
        ("<link>https://www.acme.example/</link>", None),
        ("<link>https://www.acme.example/news/#today</link>", None),
        ("<link>https://www.acme.example/news/feed/</link>", None),
        ("<link>https://[acme/news/a</link>", None),
        ("<title>Nothing but a title</title>", None),
    ],
)
def test_an_item_is_known_by_its_own_address(item: str, address: str | None) -> None:
    found = read(RSS.format(f"<link>https://www.acme.example/news/</link><item>{item}</item>"))
    assert get_paths(found) == ([address] if address else [])


def test_the_feed_of_the_section_goes_before_that_of_the_site() -> None:
    site, section = LINK.format(RSS_TYPE, "Acme", "/feed/"), LINK.format(ATOM_TYPE, "Press", "/en/press/feed/")
    assert opened("/press/", site + section) == ["/en/press/feed/"]
    assert opened("/press/", site) == ["/feed/"]


def test_feeds_of_comments_events_and_products_are_not_requested() -> None:
    head = (
        LINK.format(RSS_TYPE, "Acme » Comments Feed", "/comments/feed/")
        + LINK.format(RSS_TYPE, "Events", "/events/feed/")
        + LINK.format("application/json+oembed", "Acme", "/wp-json/oembed/1.0/embed")
        + LINK.format("text/calendar", "iCal", "/events/?ical=1")
        + LINK.format("application/json", "JSON", "/wp-json/wp/v2/pages/4")
        + LINK.format(ATOM_TYPE, "Acme", "/collections/products.atom").replace("collections", "products")
        + '<link rel="stylesheet" type="application/rss+xml" href="/style/">'
    )
    assert opened("/news/", head) == []


def test_one_feed_in_two_formats_is_requested_once() -> None:
    head = "".join(LINK.format(kind, "Acme", href) for kind, href in ((RSS_TYPE, "/news/feed/"), (ATOM_TYPE, "/news/feed/atom/")))
    assert opened("/news/", head + LINK.format(JSON_TYPE, "Acme", "/news/feed.json")) == ["/news/feed/"]


def test_links_to_a_feed_are_followed() -> None:
    body = (
        '<a href="/news/rss.xml">Subscribe</a><a href="/press/?format=rss">RSS</a><a href="/export/41">RSS</a>'
        '<a href="https://reader.example.org/subscription/feed/https://www.acme.example/rss.xml">Reader</a>'
        '<a href="/news/acme-tells-of-its-rss-feeds/">Acme tells of its RSS feeds</a><a href="/data.xml">Data</a>'
    )
    assert opened("/company/", body=body) == ["/news/rss.xml", "/press/?format=rss", "/export/41"]


def test_articles_of_other_sections_are_left_out_of_the_feed_of_the_whole_site() -> None:
    feed = RSS.format(
        items(1) + "<item><link>/careers/a-day-in-the-paint-shop/</link></item><item><link>/blog/how-to-paint/</link></item>"
    )
    listed = [f"/news/acme-opens-plant-{number}/" for number in range(4, 9)]
    for start in (build_start_page("/news/", listed), build_start_page("/news/")):
        found = FeedSource().parse(build_response(feed, "/feed/"), start)
        assert get_paths(found.articles) == ["/news/acme-opens-plant-1/"]


def test_a_news_feed_is_taken_whole_where_the_page_that_names_it_lists_nothing() -> None:
    start = build_start_page("/news/", head="<link rel='alternate' type='application/rss+xml' title='News' href='/x.xml'>")
    feed = RSS.format("<item><link>/company/2026/10/acme-opens-plant-1</link></item>")
    assert walk_source(FeedSource(), start, {"/x.xml": feed})[1] == ["/company/2026/10/acme-opens-plant-1"]


def test_wordpress_goes_on_page_by_page() -> None:
    feed = LINK.format(RSS_TYPE, "Acme", "/news/feed/?lang=en")
    pages = {
        "/news/feed/?lang=en": RSS.format(WORDPRESS + items(1, 2)),
        "/news/feed/?lang=en&paged=2": RSS.format(WORDPRESS + items(3)),
        "/news/feed/?lang=en&paged=3": RSS.format(WORDPRESS),
    }
    requested, found = walk_source(FeedSource(), build_start_page("/news/", head=feed), pages)
    assert requested == list(pages)
    assert found == [f"/news/acme-opens-plant-{number}/" for number in (1, 2, 3)]


@pytest.mark.parametrize("rel", ["next", "prev-archive"])
def test_paged_feeds_are_followed(rel: str) -> None:
    link = f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="{rel}" href="?before=2023"/>'
    found = FeedSource().parse(build_response(RSS.format(link + items(1))), START)
    assert [request.url for request in found.next_requests] == [f"{ACME_SITE}/news/feed/?before=2023"]


def test_usual_paths_are_tried_one_after_the_other_until_one_is_a_feed() -> None:
    files = {"/en/news/rss.xml": "<!doctype html><title>Nothing here", "/feed/": RSS.format(items(1))}
    requested, found = walk_source(WellKnownFeedSource(), build_start_page("/en/news/2024/"), files)
    assert requested == ["/en/news/feed/", "/en/news/rss.xml", "/feed/"]
    assert found == ["/news/acme-opens-plant-1/"]
    for path in ("/", "/news/"):
        requested, found = walk_source(WellKnownFeedSource(), build_start_page(path), {})
        assert (len(requested), found) == (6, [])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<!DOCTYPE html><html><body>Not found</body></html>", "the response is HTML"),
        ("  <html lang='en'><head>", "the response is HTML"),
        ("<urlset><url><loc>https://www.acme.example/news/a/</loc></url></urlset>", "the response is not a feed (<urlset>)"),
        ("", "the response is not XML"),
        ("\x00\x01garbage", "the response is not XML"),
        ("<", "the response is not XML"),
        ('{"items": [{"url": "/news/a/"}]}', "the response is not a JSON Feed"),
        ('{"version": 1', "the response is not JSON (application/xml)"),
        ('{"version": "https://jsonfeed.org/version/1", "items": {}}', "the response is not a JSON Feed"),
    ],
)
def test_response_that_is_not_a_feed_is_a_source_error(body: str, reason: str) -> None:
    with pytest.raises(SourceError) as ended:
        read(body)
    assert str(ended.value) == reason


@pytest.mark.parametrize(
    "broken",
    [
        RSS.format(items(1, 2))[:-30],
        RSS.format(items(1, 2)).replace("<channel>", "<channel><title>Q&A &nbsp; &eacute; R&D</title><b><i></b>"),
        RSS.format(items(1, 2)).replace("<channel>", "<channel><x:y>1</x:y>\x08"),
        "<b>Warning</b>: too late in line 3<br />\n" + RSS.format(items(1, 2)),
        "\ufeff\n" + RSS.format(items(1, 2)),
        RSS.format(items(1, 2)).replace('version="1.0"', 'version="1.0" encoding="utf-16"'),
    ],
)
def test_of_broken_xml_the_entries_are_taken(broken: str) -> None:
    assert get_paths(read(broken))[:1] == ["/news/acme-opens-plant-1/"]


def test_text_that_is_not_escaped_hides_no_entry() -> None:
    loose = items(1, 2, 3).replace("</link>", "</link><description>Pumps<br>and <b>drills</description>")
    assert get_paths(read(RSS.format(loose))) == [f"/news/acme-opens-plant-{number}/" for number in (1, 2, 3)]


def test_ampersands_after_an_error_stay_in_the_addresses() -> None:
    broken = items(1).replace("</link>", "</link><description>D&D<br></description>")
    later = "<item><title>Acme opens plant 2</title><link>/news/a/?x=1&amp;y=2</link></item>"
    assert "/news/a/?x=1&y=2" in get_paths(read(RSS.format(broken + later)))


def test_titles_in_other_encodings_are_read() -> None:
    feed = '<?xml version="1.0" encoding="gbk"?><rss><item><title>公司新闻</title><link>/news/a/</link></item></rss>'
    assert [link.title for link in read(feed.encode("gbk"))] == ["公司新闻"]


BOMBS = {
    "laughs": "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "ha" * 500}">' for i in range(12)),
    "a large entity": f'<!ENTITY l11 "{"ha" * 1000}">',
    "a file": '<!ENTITY l11 SYSTEM "file:///etc/passwd">',
    "a parameter": '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p; <!ENTITY l11 "&p;">',
}


@pytest.mark.parametrize("entities", BOMBS.values(), ids=BOMBS)
def test_entities_are_never_expanded(entities: str) -> None:
    item = "<item><title>Acme &l11;</title><link>/news/a/</link></item>"
    began = time.process_time()
    found = read(f"<!DOCTYPE rss [{entities}]>" + RSS.removeprefix('<?xml version="1.0"?>').format(item + "&l11;" * 5000))
    assert [link.title for link in found] == ["Acme"]
    assert time.process_time() - began < 3


MEGABYTE = 1_000_000
FLOODS = {
    "texts": RSS.format("<item><link>/news/a/</link><description>" + "long " * 2 * MEGABYTE + "</description></item>"),
    "elements": RSS.format("<item><link>/news/a/</link>" + "<x/>" * MEGABYTE),
    "depth": RSS.format("<item>" * MEGABYTE),
    "links": RSS.format(("<item>" + "<link>/news/a/</link>" * 200 + "</item>") * 1000),
    "attributes": RSS.format("<item><link " + "a='1' " * MEGABYTE + "/></item>"),
    "references": RSS.format("&" * 10 * MEGABYTE),
    "sections": RSS.format("<![CDATA[" * MEGABYTE),
    "markup in a title": RSS.format(f"<title>{'&lt;a ' * MEGABYTE}</title>" + items(1)),
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_a_flood_costs_no_more_than_its_length(flood: str) -> None:
    began = time.process_time()
    with suppress(SourceError):
        assert len(read(flood)) <= 1000
    assert time.process_time() - began < 10


def test_of_a_feed_without_end_the_newest_five_thousand_are_read() -> None:
    assert len(read(RSS.format(items(*range(6000))))) == 5000


@given(
    st.lists(
        st.sampled_from(
            [*'<>&;/="[]', "<item>", "</item>", "<link>", "<![CDATA[", "]]>", "&#0;", "&#xD800;", "http://[", "<!--", "a:b"]
        )
    )
)
def test_no_input_raises_anything_but_a_source_error(pieces: list[str]) -> None:
    for text in (RSS.format(items(1) + "".join(pieces)), RSS.format("<item><link>" + "".join(pieces)), "".join(pieces)):
        with suppress(SourceError):
            read(text)
