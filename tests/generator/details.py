"""The pages of releases: as HTML, with their text in data alone, or with a line and a PDF."""

from __future__ import annotations

import json
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.pdfgen.canvas import Canvas

from tests.generator.embedded import EMBEDDINGS, embed
from tests.generator.rich_text import RICH_TEXTS
from tests.generator.site import SiteAnswer
from tests.pdfs import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.generator.builder import Builder
    from tests.generator.releases import Release

TEXT_KEYS = ("body", "content", "text", "articleBody", "bodyHtml", "mainContent")
SHARE = """
<ul class="share"><li><a href="https://social.example/share">Facebook</a></li><li><a href="mailto:?subject=x">E-Mail</a></li></ul>
"""


def add_details(builder: Builder, releases: Sequence[Release]) -> None:
    """Add the pages of all releases of an edition."""
    writers = {"html": html, "data": data, "json_ld": json_ld, "pdf_line": pdf_line}
    kind = builder.traits["data"]
    builder.traits["detail_data"] = kind if kind != "html" else builder.rng.choice(list(EMBEDDINGS))
    builder.traits["text_key"] = builder.rng.choice(TEXT_KEYS)
    for at, release in enumerate(releases):
        if release.is_dead:
            continue
        others = [*releases[at + 1 : at + 4], *releases[max(0, at - 2) : at]][:3]
        main, head = writers[builder.traits["detail"]](builder, release)
        related = f"<h3>{builder.language['related']}</h3>{builder.without_data().list_html(others, release.path)}"
        is_html = builder.traits["detail"] in ("html", "pdf_line")
        aside = related if is_html and builder.traits["trap"] != "share" else ""
        if is_html and builder.traits["between"] == "previous_next":
            aside += previous_next(releases[at + 1 : at + 2], releases[max(0, at - 1) : at])
        builder.site.add(release.path, builder.page(release.headline, main, head, aside))


def previous_next(older: Sequence[Release], newer: Sequence[Release]) -> str:
    links = "".join(
        f'<a href="{escape(each.path)}">{arrow}</a>' for arrow, group in (("←", older), ("→", newer)) for each in group
    )
    return f'<div class="between">{links}</div>'


def date_line(builder: Builder, release: Release) -> str:
    return f'<p class="date">{release.language.format_date(release.day, builder.items.date_pattern)}</p>'


def html(builder: Builder, release: Release) -> tuple[str, str]:
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in release.paragraphs)
    heading = f"<h1>{escape(release.headline)}</h1>{date_line(builder, release)}"
    section = f'<a href="{escape(builder.start_path)}">{builder.language["newsroom"]}</a>'
    crumb = f'<div class="crumb"><a href="/">Home</a> / {section}</div>'
    share = SHARE if builder.traits["trap"] == "share" else ""
    return f'{crumb}<article>{heading}{share}<div class="text">{text}</div></article>', ""


def data(builder: Builder, release: Release) -> tuple[str, str]:
    """Nothing but the headline, if that, is HTML."""
    article: dict[str, Any] = {
        "id": release.number,
        "title": release.headline,
        "slug": release.path.rstrip("/").rpartition("/")[2],
        "publishedAt": f"{release.day}T07:00:00.000Z",
        builder.traits["text_key"]: RICH_TEXTS[builder.traits["rich_text"]](release.paragraphs),
    }
    carried = embed(builder.traits["detail_data"], {"article": article, "menu": [{"label": "Home", "url": "/"}]}, release.path)
    heading = f"<h1>{escape(release.headline)}</h1>" if builder.traits["size"] == "many" else ""
    return f"{heading}{carried}", ""


def json_ld(builder: Builder, release: Release) -> tuple[str, str]:
    stated = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": release.headline,
        "datePublished": f"{release.day}", "inLanguage": builder.language.code, "articleBody": "\n\n".join(release.paragraphs),
    }  # fmt: skip
    return '<div id="root"></div>', f'<script type="application/ld+json">{json.dumps(stated)}</script>'


def pdf_line(builder: Builder, release: Release) -> tuple[str, str]:
    path = f"/files/release-{release.language.code}-{release.number}.pdf"
    builder.site.add(path, SiteAnswer(write_pdf(release), "application/pdf"))
    line = f'<p><a href="{path}">{builder.language["read_more"]} (PDF)</a></p>'
    return f"<h1>{escape(release.headline)}</h1>{date_line(builder, release)}{line}", ""


def write_pdf(release: Release) -> bytes:
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.setFont("Helvetica-Bold", 16)
    lines = wrapped(release.headline, 450, "Helvetica-Bold", 16)
    y = 780.0
    for line in lines:
        canvas.drawString(72, y, line)
        y -= 20
    canvas.setFont("Helvetica", 11)
    for paragraph in release.paragraphs:
        y -= 12
        for line in wrapped(paragraph, 450):
            canvas.drawString(72, y, line)
            y -= 14
    canvas.save()
    return target.getvalue()
