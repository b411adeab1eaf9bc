"""Inline articles: their text was delivered with the link, so no page is fetched."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest

from corpnews.cleaning.article import build_article, build_valid_article
from corpnews.extraction.dates.published import parse_stated_date
from corpnews.extraction.extract import NotAnArticle
from corpnews.extraction.inline_article import extract_inline
from corpnews.extraction.listing_entry import ArticleLink, InlineArticle
from corpnews.extraction.pdf_layout.read import read_pdf_layout
from corpnews.items import Article, Attachment, Dateline, FieldSources, Image, Translation, Video
from tests.pages import HEADLINE, ORIGIN, PROSE, URL, lines, paragraphs
from tests.pdfs import BOLD, Press, prose

DAY, CHANGED = parse_stated_date("2024-05-03T08:30:00+00:00"), parse_stated_date("2024-05-04T10:00:00+00:00")


def link(html: str = paragraphs(*PROSE), **known: object) -> ArticleLink:
    fields = {name: known.pop(name) for name in ("title", "date", "modified", "language") if name in known}
    inline_article = InlineArticle(html, **known)  # type: ignore[arg-type]
    return replace(ArticleLink(URL, title=HEADLINE, date=DAY, inline_article=inline_article), **fields)  # type: ignore[arg-type]


def article(html: str = paragraphs(*PROSE), **known: object) -> Article:
    return build_article(extract_inline(link(html, **known), "wordpress"), ORIGIN)


def removed(found: Article) -> dict[str, str]:
    return {each.text: each.reason for each in found.crawl.removed}


def test_translations_that_the_source_names_are_used() -> None:
    link_with_translations = replace(link(), translations=(("de", "/de/werk-in-nordvik"), ("en", URL)))
    found = build_article(extract_inline(link_with_translations, "wordpress"), ORIGIN)
    assert found.translations == (Translation("de", "https://acme.example/de/werk-in-nordvik"),)


def test_all_that_the_source_delivers_is_in_the_article() -> None:
    found = build_valid_article(
        extract_inline(
            link(
                modified=CHANGED,
                language="en-GB",
                summary="<p>Four hundred people will find work.</p>",
                authors=("Jane Aker",),
                section="Company",
                keywords=("turbines", "Nordvik"),
                images=(("/plant.jpg", "The plant (Photo: Jane Doe)"),),
                attachments=(("plant.pdf", "All about the plant"), ("https://cdn.example/7f3a", None)),
            ),
            "wordpress",
        ),
        ORIGIN,
    )
    assert (found.url, found.headline, found.language) == (URL, HEADLINE, "en-GB")
    assert (found.date_published, found.date_modified) == ("2024-05-03T08:30:00+00:00", "2024-05-04T10:00:00+00:00")
    assert (found.summary, found.authors, found.section) == ("Four hundred people will find work.", ("Jane Aker",), "Company")
    assert found.keywords == ("turbines", "Nordvik")
    assert found.body == "\n\n".join(PROSE)
    assert found.images == (Image("https://acme.example/plant.jpg", "The plant", "Jane Doe"),)
    assert found.attachments == (
        Attachment("https://acme.example/news/plant.pdf", "All about the plant", "application/pdf"),
        Attachment("https://cdn.example/7f3a", "7f3a", None),
    )
    named = FieldSources("wordpress", "wordpress", "wordpress", "wordpress")
    assert found.crawl.field_sources == named
    assert (found.crawl.removed, found.crawl.warnings) == ((), ())


def test_missing_fields_are_extracted_from_the_text() -> None:
    text = f"NORDVIK, May 3, 2024 – {PROSE[0]}"
    found = article(paragraphs(text, *PROSE[1:]) + "<p>By Jane Aker</p>", date=None)
    assert (found.date_published, found.language) == ("2024-05-03", "en")
    assert found.dateline == Dateline("NORDVIK", "2024-05-03")
    assert found.crawl.field_sources.date_published == "dateline"


def test_modification_date_not_later_than_the_publication_is_ignored() -> None:
    assert article(modified=DAY).date_modified is None


@pytest.mark.parametrize(
    "html", ["", "  \n", "<p></p>", "<script>let text</script>", "<!-- wp:paragraph -->", "<img src='a.png'>"]
)
def test_empty_text_is_no_article(html: str) -> None:
    with pytest.raises(NotAnArticle, match="no text"):
        extract_inline(link(html), "wordpress")


@pytest.mark.parametrize("title", [None, "", " \u200b", "<b></b>"])
def test_text_without_a_title_is_no_article(title: str | None) -> None:
    with pytest.raises(NotAnArticle, match="no headline"):
        extract_inline(link(title=title), "feed")


def test_link_without_inline_article_is_no_article() -> None:
    with pytest.raises(NotAnArticle, match="no text"):
        extract_inline(ArticleLink(URL, title=HEADLINE), "feed")


def test_entities_and_tags_in_the_title_are_resolved() -> None:
    assert article(title="Acme &amp; Co. build <em>two</em> plants").headline == "Acme & Co. build two plants"


def test_html_of_a_block_editor_is_read() -> None:
    found = article(
        f"""<!-- wp:paragraph --><p class="wp-block-paragraph">{PROSE[0]}</p><!-- /wp:paragraph -->
        <!-- wp:heading --><h2 class="wp-block-heading" id="h-what">What will be built</h2><!-- /wp:heading -->
        <ul class="wp-block-list"><li>A hall</li><li>A <a href="/bridge/">bridge</a></li></ul>
        <figure class="wp-block-image size-large"><img src="hall.jpg" alt="A hall by a river">
          <figcaption class="wp-element-caption">The hall</figcaption></figure>
        <figure class="wp-block-table"><table><tbody><tr><td>Business</td><td>2024</td></tr><tr><td>Turbines</td><td>120</td></tr>
          </tbody></table></figure>
        <figure class="wp-block-embed is-type-video"><div><iframe src="https://www.youtube.com/embed/x1"></iframe></div></figure>
        <blockquote class="wp-block-quote"><p>{PROSE[2]}</p></blockquote><p>{PROSE[3]}</p>"""
    )
    assert lines(found) == [
        PROSE[0], "What will be built", "A hall", "A bridge", "Business | 2024", "Turbines | 120", PROSE[2], PROSE[3],
    ]  # fmt: skip
    assert "[bridge](https://acme.example/bridge/)" in found.body_markdown
    assert found.images == (Image("https://acme.example/news/hall.jpg", "The hall", None, "A hall by a river"),)
    assert found.videos == (Video("https://www.youtube.com/embed/x1"),)


def test_image_of_a_classic_editor_keeps_its_caption() -> None:
    found = article(
        f"""{paragraphs(PROSE[0])}<div id="attachment_7" style="width: 310px" class="wp-caption alignleft"><a href="/full.jpg">
        <img class="size-medium" src="/full-300x200.jpg" width="300"></a><p class="wp-caption-text">The hall by it</p></div>
        {paragraphs(*PROSE[1:])}"""
    )
    assert [(image.url, image.caption) for image in found.images] == [("https://acme.example/full.jpg", "The hall by it")]
    assert lines(found) == list(PROSE)


def test_boxes_styles_and_scripts_of_a_page_builder_are_removed() -> None:
    style = "<style>/*! elementor - v3.2 */.x{color:red}</style>"
    widget = '<div class="elementor-element elementor-widget" data-id="7"><div class="elementor-widget-container">'
    boxes = "".join(f"{widget}{style}<p>{text}</p></div></div>" for text in PROSE)
    found = article(f'<div class="elementor elementor-7"><section>{boxes}</section></div><script>var a = "b";</script>')
    assert lines(found) == list(PROSE)


def test_shortcodes_are_removed_and_other_brackets_are_kept() -> None:
    found = article(
        f'[vc_row][vc_column width="1/2"][vc_column_text]{paragraphs(*PROSE)}[/vc_column_text][/vc_column][/vc_row]'
        '<p>[gallery ids="1,2"]</p><p>Shares of Acme [NYSE: ACM] rose by a third on the day after [sic] the news [1].</p>'
    )
    assert lines(found) == [*PROSE, "Shares of Acme [NYSE: ACM] rose by a third on the day after [sic] the news [1]."]


def test_blank_lines_separate_the_paragraphs_of_a_plain_text() -> None:
    assert lines(article("\r\n\r\n".join(PROSE))) == list(PROSE)
    assert lines(article(f"{PROSE[0]}\n<a href='/x'>{PROSE[1]}</a>\n \n{PROSE[2]}")) == [f"{PROSE[0]} {PROSE[1]}", PROSE[2]]


def test_boilerplate_in_the_text_is_removed_and_recorded() -> None:
    found = article(
        f"""{paragraphs(*PROSE)}<div class="sharedaddy sd-sharing"><h3>Share this:</h3><ul><li><a href="https://x.example">X</a></li></ul></div>
        <div class="jp-relatedposts"><h3>Related</h3><p>Acme built a smaller plant for pumps in the south, too.</p></div>
        <p>The post <a href="{URL}">{HEADLINE}</a> appeared first on <a href="https://acme.example">Acme</a>.</p>"""
    )
    assert lines(found) == list(PROSE)
    assert set(removed(found).values()) >= {"share bar", "related articles"}
    assert any("appeared first on" in text for text in removed(found))


def test_end_matter_is_in_its_fields() -> None:
    found = article(
        f"{paragraphs(*PROSE)}<h3>About Acme Turbines</h3><p>Acme Turbines builds turbines for people who need them.</p>"
        "<p><strong>Media contact</strong><br>Jane Aker<br>press@acme.example</p>"
    )
    assert lines(found) == list(PROSE)
    assert [(about.organization, about.text) for about in found.about] == [
        ("Acme Turbines", "Acme Turbines builds turbines for people who need them.")
    ]
    assert [(contact.name, contact.email) for contact in found.contacts] == [("Jane Aker", "press@acme.example")]


def test_title_at_the_start_of_the_text_is_not_in_the_body() -> None:
    found = article(f"<h1>{HEADLINE.upper()}!</h1>{paragraphs(*PROSE)}")
    assert (found.headline, lines(found)) == (HEADLINE, list(PROSE))


def test_surplus_closing_tags_do_not_end_the_text() -> None:
    assert lines(article(f"<p>{PROSE[0]}</p></div></article></body></html><p>{PROSE[1]}</p>")) == list(PROSE[:2])


def test_whole_page_as_text_is_read() -> None:
    found = article(f"<html><head><title>Acme</title><style>p{{}}</style></head><body>{paragraphs(*PROSE)}</body></html>")
    assert lines(found) == list(PROSE)


def test_featured_image_that_is_also_in_the_text_is_not_repeated() -> None:
    found = article(f"<p><img src='/plant.jpg' alt='A hall by a river'></p>{paragraphs(*PROSE)}", images=(("/plant.jpg", None),))
    assert found.images == (Image("https://acme.example/plant.jpg", alt="A hall by a river"),)


def test_placeholder_name_is_no_section() -> None:
    assert article(section="Uncategorized").section is None


def test_text_that_is_too_long_is_truncated_with_a_warning() -> None:
    found = article(paragraphs(*(f"Turbine number {number} was made in Nordvik." for number in range(130_000))))
    assert "the page was too long and is cut short" in found.crawl.warnings


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 1_000 + "Acme builds a plant.",
        "[a " * 50_000 + "Acme",
        "[a b=" * 50_000 + "Acme",
        "\n \n" * 100_000 + "Acme",
        "<p>\x00Acme",
    ],
    ids=["deep", "open brackets", "open short codes", "blank lines", "nul"],
)
def test_hostile_text_takes_time_proportional_to_its_length(html: str) -> None:
    assert "Acme" in article(html).body


def test_text_of_a_pdf_is_read() -> None:
    press = Press(header="Acme Turbines plc", footer="Page {page} of 2")
    press.line("PRESS RELEASE", BOLD)
    press.line("3 May 2024")
    press.y -= 12
    press.title(HEADLINE)
    for number in range(8):
        press.text(prose(number))
    press.heading("About Acme Turbines")
    press.text("Acme Turbines builds turbines for people who need turbines, wherever there is water or wind enough for them.")
    done = read_pdf_layout(press.done())
    found = build_article(
        extract_inline(ArticleLink(URL, title=HEADLINE, inline_article=InlineArticle(done.html)), "pdf"), ORIGIN
    )
    assert (found.headline, found.date_published) == (HEADLINE, "2024-05-03")
    assert lines(found)[-8:] == [prose(number) for number in range(8)]
    assert HEADLINE not in found.body
    assert [about.organization for about in found.about] == ["Acme Turbines"]


def test_invalid_characters_raise_no_error() -> None:
    odd = "\x00\x07\ud800\ufffe\uffff"
    found = article(
        f"<p>{PROSE[0]}{odd}</p>",
        title=f"Acme builds{odd} a plant",
        language=f"en{odd}",
        authors=(f"Jane Aker{odd}",),
        images=((f"/plant{odd * 50}.jpg", f"The{odd} plant"), ("http://[", None), ("", None)),
        attachments=((f"/plant{odd}.pdf", odd), ("javascript:alert()", None), ('"><script>', "<b>")),
    )
    assert found.headline.startswith("Acme builds")
    assert PROSE[0] in found.body
    json.dumps(asdict(found), ensure_ascii=False).encode()
