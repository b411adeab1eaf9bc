"""Files of a release, and what they are called."""

from __future__ import annotations

import pytest

from corpnews.extraction.headline import find_headline
from corpnews.extraction.media import find_attachments, find_images
from corpnews.extraction.site_template import SiteTemplate
from corpnews.extraction.structured_data import read_structured_data
from corpnews.items import Attachment
from corpnews.page.layout import BodyRegion
from corpnews.page.page import Page
from tests.extraction.media_pages import SENTENCE, URL, article


def test_files_linked_in_and_next_to_the_article_are_attachments() -> None:
    page, region = article(
        '<p><a href="/a.pdf">The report</a> and <a href="/a.pdf">again</a></p>',
        before='<p><a href="/release.docx?v=2">Download</a></p>',
        after='<ul><li><a href="/photos.zip"></a></li><li><a href="/get?id=7" type="application/pdf">Annex</a></li></ul>',
    )
    assert find_attachments(page, region) == (
        Attachment(
            "https://acme.example/release.docx?v=2",
            "release.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        Attachment("https://acme.example/a.pdf", "The report", "application/pdf"),
        Attachment("https://acme.example/photos.zip", "photos.zip", "application/zip"),
        Attachment("https://acme.example/get?id=7", "Annex", "application/pdf"),
    )


def test_media_after_the_headline_are_found_without_a_region() -> None:
    page, _ = article('<img src="/a.jpg">')
    facts = read_structured_data(page)
    found, _ = find_images(page, facts, None, find_headline(page, facts))
    assert [image.url for image in found] == ["https://acme.example/a.jpg"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("<a href='/a.pdf'>Annual report 2024 (PDF, 2 MB)</a>", "Annual report 2024 (PDF, 2 MB)"),
        ("<a href=' /a.pdf ' title='Annual report'>PDF</a>", "Annual report"),
        ("Annual report 2024: <a href='/a.pdf'>Download (2 MB)</a>", "Annual report 2024: Download (2 MB)"),
        ("<a href='/docs/annual-report.pdf'>Hier herunterladen</a>", "annual-report.pdf"),
        ("<a href='/a.pdf'><div><div>Annual report</div><div>PDF - 310 KB</div></div></a>", "Annual report"),
        ("<a href='/a.docx'><span>Press release.docx</span><span>48 KB</span></a>", "Press release.docx"),
        ("<a href='/static-files/9f0e'>PDF version</a>", "PDF version"),
        ("See <a href='/docs/fact-sheet.pdf/'>http://acme.example/docs/fact-sheet.pdf/</a>", "fact-sheet.pdf"),
        ("<a href='/documents/20117/note.pdf/8a1f-33?t=17'>The note</a>", "The note"),
        ("<a href='/down.do?seq=7'>report_2024.hwp</a> (128 KB)", "report_2024.hwp"),
    ],
)
def test_attachment_is_called_by_what_names_it(line: str, title: str) -> None:
    assert [file.title for file in find_attachments(*article(f"<p>{line}</p>"))] == [title]


@pytest.mark.parametrize("link", ["<a href='/node/7/pdf'>PDF</a>", "<a href='/a.html'>PDF</a>", "<a href='/z'>7-Zip</a>"])
def test_link_to_a_page_or_to_the_page_as_a_file_is_no_attachment(link: str) -> None:
    assert find_attachments(*article(f"<p>{link}</p>")) == ()


def test_file_right_below_a_text_that_only_the_page_contains_is_an_attachment() -> None:
    below = f"<div><a href='/r.pdf'>The release</a></div>{'<p>Further news</p>' * 3}<p><a href='/old.pdf'>An old report</a></p>"
    html = f"<body><h1>Acme builds a plant</h1><div id='body'><p>{SENTENCE}</p></div>{below}</body>"
    page = Page.from_html(html, URL)
    box = next(box for box in page.layout.boxes if box.element.get("id") == "body")
    region = BodyRegion(box, tuple(block for block in page.layout.blocks if block.box.is_inside(box)))
    assert [file.title for file in find_attachments(page, region)] == ["The release"]


def test_files_related_to_the_release_are_attachments() -> None:
    files = "<div class='news-related news-related-{}'><ul><li><a href='/r.pdf'>The release</a></li></ul></div>"
    found = [find_attachments(*article("", after=files.format(kind))) for kind in ("files", "news")]
    assert [[file.title for file in each] for each in found] == [["The release"], []]


def test_attachment_in_the_last_line_is_found() -> None:
    page, region = article("", after="<p><a href='/release.pdf'>The release as PDF</a></p>")
    assert [file.title for file in find_attachments(page, region)] == ["The release as PDF"]


@pytest.mark.parametrize("column", ["<aside>{}</aside>", "<div class='side'>{}</div>"])
def test_files_in_a_column_of_the_page_are_attachments_unless_other_pages_have_them_too(column: str) -> None:
    items = "<li><a href='/{}.pdf'>The release</a> 2 MB</li><li><a href='/brochure.pdf'>Who we are</a></li>"
    files = f"<h3>Downloads</h3><ul>{items}</ul><p><a href='mailto:jane@acme.example'>Jane</a></p>"

    def read(name: str) -> tuple[Page, BodyRegion]:
        text = f"<div><div><div><div id='body'><p>{SENTENCE}</p></div></div></div></div>{column.format(files.format(name))}"
        page = Page.from_html(f"<body><main><h1>Acme builds {name}</h1>{text}</main></body>", f"https://acme.example/{name}")
        box = next(box for box in page.layout.boxes if box.element.get("id") == "body")
        return page, BodyRegion(box, tuple(block for block in page.layout.blocks if block.box.is_inside(box)))

    pages = [read(name) for name in ("plant", "yard", "bridge")]
    template = SiteTemplate.from_pages(page for page, _ in pages)
    assert [file.url[21:] for file in find_attachments(*pages[0], template)] == ["plant.pdf"]
    assert [file.url[21:] for file in find_attachments(*pages[0])] == ["plant.pdf", "brochure.pdf"]
