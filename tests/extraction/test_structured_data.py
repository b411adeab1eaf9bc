from __future__ import annotations

import time

from corpnews.extraction.structured_data import Claim, read_structured_data
from corpnews.page.page import Page

URL = "https://acme.example/news/new-plant"


def page(head: str = "", body: str = "") -> Page:
    return Page.from_html(f"<html><head>{head}</head><body>{body}</body></html>", URL)


def json_ld(*blocks: str) -> Page:
    return page("".join(f'<script type="application/ld+json">{block}</script>' for block in blocks))


def test_json_ld_in_a_graph_names_the_article_with_its_linked_nodes() -> None:
    facts = read_structured_data(
        json_ld(
            """{"@context": "https://schema.org", "@graph": [
            {"@type": "WebSite", "name": "Acme"},
            {"@type": ["NewsArticle"], "headline": "New plant", "datePublished": "2024-05-03", "author": {"@id": "#ann"},
             "keywords": "plant, jobs", "image": [{"@type": "ImageObject", "url": "https://acme.example/a.jpg"}]},
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}]}"""
        )
    )
    assert facts.headlines == (Claim("New plant", "json-ld"),)
    assert facts.date_published == (Claim("2024-05-03", "json-ld"),)
    assert facts.authors == (Claim("Ann Lee", "json-ld"),)
    assert [claim.value for claim in facts.keywords] == ["plant", "jobs"]
    assert facts.images == (Claim("https://acme.example/a.jpg", "json-ld"),)
    assert facts.site_name == Claim("Acme", "json-ld")
    assert "NewsArticle" in facts.types


def test_page_node_or_another_work_is_read_if_there_is_no_article() -> None:
    graph = """{"@graph": [{"@type": "WebPage", "datePublished": "2024-05-03", "author": {"@id": "#ann"}},
        {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}]}"""
    recipe = '{"@type": "Recipe", "name": "Plum cake", "author": "Ann Lee", "datePublished": "2024-05-03"}'
    for block in (graph, recipe):
        facts = read_structured_data(json_ld(block))
        assert facts.authors == (Claim("Ann Lee", "json-ld"),)
        assert facts.date_published == (Claim("2024-05-03", "json-ld"),)


def test_broken_json_ld_is_repaired_or_ignored() -> None:
    facts = read_structured_data(
        json_ld(
            "{ this is no JSON",
            '<!-- {"@type": "Article", "headline": "Line\nbreak", "datePublished": "2024-05-03",} -->',
            "[" * 100_000,
        )
    )
    assert facts.headlines == (Claim("Line break", "json-ld"),)
    assert facts.date_published == (Claim("2024-05-03", "json-ld"),)


def test_quotes_in_a_value_do_not_hide_the_article() -> None:
    facts = read_structured_data(
        json_ld('{"@type": "NewsArticle", "headline": "The "largest" plant opens", "datePublished": "2024-05-03"}')
    )
    assert facts.headlines == (Claim('The "largest" plant opens', "json-ld"),)
    assert facts.date_published == (Claim("2024-05-03", "json-ld"),)


def test_time_to_repair_json_ld_is_bounded() -> None:
    start = time.process_time()
    read_structured_data(json_ld(*['{"a": [' + 'x"y ' * 12_000, '{"a": [' + "1})}[{" * 9_000] * 5))
    assert time.process_time() - start < 2


def test_several_objects_in_one_block_are_all_read() -> None:
    facts = read_structured_data(
        json_ld('{"@type": "Organization", "name": "Acme"} {"@type": "Article", "headline": "New plant"}')
    )
    assert facts.headlines == (Claim("New plant", "json-ld"),)


def test_entities_escaped_twice_are_resolved() -> None:
    facts = read_structured_data(json_ld('{"@type": "Article", "headline": "Bolts &amp;amp; nuts &lt;b&gt;now&lt;/b&gt;"}'))
    assert facts.headlines[0].value == "Bolts & nuts now"


def test_article_with_the_url_of_the_page_is_chosen_among_several() -> None:
    facts = read_structured_data(
        json_ld(
            '[{"@type": "Article", "headline": "Another", "url": "https://acme.example/news/another"},'
            f'{{"@type": "Article", "headline": "New plant", "url": "{URL}"}}]'
        )
    )
    assert [claim.value for claim in facts.headlines] == ["New plant"]


def test_listing_of_articles_states_nothing_about_the_page() -> None:
    facts = read_structured_data(json_ld('[{"@type": "Article", "headline": "One"}, {"@type": "Article", "headline": "Two"}]'))
    assert facts.headlines == ()


def test_values_of_unexpected_types_are_ignored() -> None:
    facts = read_structured_data(
        json_ld('{"@type": "Article", "headline": 7, "author": [null, 3, {"name": {"x": 1}}], "image": {"url": []}}')
    )
    assert (facts.headlines, facts.authors, facts.images) == ((), (), ())


def test_meta_elements_are_read_by_property_and_name() -> None:
    facts = read_structured_data(
        page(
            """<meta property="og:title" content="New plant"><meta name="article:published_time" content="2024-05-03T10:00+02:00">
            <meta property="article:tag" content="Plants"><meta property="article:tag" content="Jobs">
            <meta name="keywords" content="acme, home"><meta property="og:site_name" content="Acme News">"""
        )
    )
    assert facts.headlines == (Claim("New plant", "meta"),)
    assert facts.date_published == (Claim("2024-05-03T10:00+02:00", "meta"),)
    assert [claim.value for claim in facts.keywords] == ["Plants", "Jobs"]
    assert [claim.value for claim in facts.page_keywords] == ["acme", "home"]
    assert facts.site_name == Claim("Acme News", "meta")


def test_value_of_two_sources_is_that_of_the_better_one() -> None:
    ld = '<script type="application/ld+json">{"@type": "Article", "headline": "New plant"}</script>'
    facts = read_structured_data(page(ld + '<meta property="og:title" content="New plant">'))
    assert facts.headlines == (Claim("New plant", "json-ld"),)


def test_microdata_of_the_article_scope_is_read_without_that_of_scopes_inside() -> None:
    facts = read_structured_data(
        page(
            body="""<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">New plant</h1>
            <time itemprop="datePublished" datetime="2024-05-03">May 3</time>
            <span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ann Lee</b></span>
            <div itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><i itemprop="name">Acme</i>
            <i itemprop="description">Bolts</i></div></div>"""
        )
    )
    assert facts.headlines == (Claim("New plant", "microdata"),)
    assert facts.date_published == (Claim("2024-05-03", "microdata"),)
    assert facts.authors == (Claim("Ann Lee", "microdata"),)
    assert facts.publisher == Claim("Acme", "microdata")
    assert facts.description is None


def test_a_canonical_link_to_the_home_page_is_no_canonical_url() -> None:
    assert read_structured_data(page('<link rel="canonical" href="/">')).canonical_url is None
    facts = read_structured_data(page('<link rel="canonical" href="/news/plant">'))
    assert facts.canonical_url == Claim("https://acme.example/news/plant", "meta")


def test_empty_page_states_nothing() -> None:
    facts = read_structured_data(Page.from_html("", URL))
    assert facts.headlines == ()
    assert facts.description is None


def test_publication_date_precedes_the_time_of_the_last_rollout() -> None:
    head = '<meta name="published-time" content="2026-03-09T08:45:32Z"><meta name="published-date" content="2021-02-16">'
    assert read_structured_data(page(head)).date_published == (Claim("2021-02-16", "meta"),)
