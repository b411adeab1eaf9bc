from __future__ import annotations

import pytest

from corpnews.extraction.extract import extract_page
from corpnews.extraction.headline import find_headline
from corpnews.extraction.media import find_attachments, find_images, find_videos
from corpnews.extraction.site_template import SiteTemplate
from corpnews.extraction.structured_data import read_structured_data
from corpnews.items import Attachment, Image, Video
from corpnews.page.layout import BodyRegion
from corpnews.page.page import Page

URL = "https://acme.example/news/17"
SENTENCE = "The company said on Monday that it will build a plant for wind turbines in the north, which opens in the next year."


def article(inside: str, *, head: str = "", before: str = "", after: str = "") -> tuple[Page, BodyRegion]:
    """A page whose body is the box with the id "body"."""
    html = f"""<html><head>{head}</head><body><nav><a href="/m.pdf"><img src="/menu.png">Menu</a></nav>
    <div><h1>Acme builds a plant in the north</h1>{before}
    <div id="body"><p>{SENTENCE}</p>{inside}<p>{SENTENCE}</p></div>{after}</div>
    <footer><img src="/foot.jpg"><a href="/terms.pdf">Terms</a></footer></body></html>"""
    page = Page.from_html(html, URL)
    box = next(box for box in page.layout.boxes if box.element.get("id") == "body")
    return page, BodyRegion(box, tuple(block for block in page.layout.blocks if box in block.box.ancestors()))


def images(inside: str, *, head: str = "", before: str = "", after: str = "") -> tuple[tuple[Image, ...], list[str]]:
    page, region = article(inside, head=head, before=before, after=after)
    facts = read_structured_data(page)
    found, captions = find_images(page, facts, region, find_headline(page, facts))
    return found, [page.layout.blocks[index].text for index in sorted(captions)]


def image_url(element: str) -> str | None:
    found, _ = images(element)
    return found[0].url.removeprefix("https://acme.example/") if found else None


def test_images_in_the_article_are_found_and_those_around_it_are_not() -> None:
    found, _ = images('<img src="a.jpg" alt="The plant">', before='<img src="/lead.jpg">')
    assert found == (Image("https://acme.example/lead.jpg"), Image("https://acme.example/news/a.jpg", alt="The plant"))


@pytest.mark.parametrize(
    ("element", "url"),
    [
        ('<img src="data:image/gif;base64,R0" data-src="/real.jpg">', "real.jpg"),
        ('<img src="/img/loading.gif" data-original="/real.jpg">', "real.jpg"),
        ('<img src="data:image/svg+xml,x" data-orig-src="/real.jpg">', "real.jpg"),
        ('<img srcset="/small.jpg 300w, /large.jpg 1200w">', "large.jpg"),
        ('<picture><source srcset="/real.webp 1x"><img src="data:,"></picture>', "real.webp"),
        ('<img src="/spacer.gif"><noscript><img src="/real.jpg"></noscript>', "real.jpg"),
    ],
)
def test_lazy_image_is_found_instead_of_its_placeholder(element: str, url: str) -> None:
    assert image_url(element) == url


@pytest.mark.parametrize(
    "element",
    [
        '<img src="/t.gif" width="1" height="1">',
        '<img src="/icons/icon-pdf.png">',
        '<img src="/wechat_qrcode.png">',
        '<img class="avatar" src="/jane.jpg">',
        '<img src="/logo.png">',
        '<p><a href="/news/16"><img src="/teaser.jpg"> Another release</a></p>',
        '<div class="related"><img src="/other.jpg"></div>',
        '<p><img src="https://wire.example/rt.gif?item=17"></p>',
    ],
)
def test_ornaments_and_teasers_are_no_images_of_the_article(element: str) -> None:
    assert images(element) == ((), [])


@pytest.mark.parametrize(
    ("inside", "caption"),
    [
        ('<figure><img src="/a.jpg"><figcaption>The new plant.</figcaption></figure>', "The new plant."),
        ('<div class="wp-caption"><img src="/a.jpg"><p class="wp-caption-text">The new plant</p></div>', "The new plant"),
        ('<p><img src="/a.jpg" alt="6382777178944189828450466.png"> The new plant</p>', "The new plant"),
        ('<p style="text-align: center"><img src="/a.jpg"></p><p style="text-align: center">The new plant</p>', "The new plant"),
        ('<p><img src="/a.jpg"></p><p><em>The new plant</em></p>', "The new plant"),
        ('<p><img src="/a.jpg"></p><p>图为新工厂。</p>', "图为新工厂。"),
        ('<div><img src="/a.jpg"></div><div><div><p><em>The new plant</em></p></div></div>', "The new plant"),
        ('<table><tr><td><img src="/a.jpg"></td></tr><tr><td>The new plant</td></tr></table>', "The new plant"),
        ('<div class="imagen-noticia"><img src="/a.jpg"><p>The new plant</p></div>', "The new plant"),
    ],
)
def test_caption_is_found_with_its_block(inside: str, caption: str) -> None:
    found, blocks = images(inside)
    assert found == (Image("https://acme.example/a.jpg", caption=caption),)
    assert blocks == [caption]


def test_line_that_repeats_the_alternative_text_is_the_caption() -> None:
    found, blocks = images('<div><span><img src="/a.jpg" alt="The new plant"></span><div>The new plant</div></div>')
    assert (found[0].caption, blocks) == ("The new plant", ["The new plant"])


def test_each_picture_of_a_slide_show_has_its_own_caption() -> None:
    slides = "".join(f"<div><img src='/{n}.jpg'><p class='slide-caption'>Hall {n}</p></div>" for n in (1, 2, 3))
    found, _ = images(f"<div>{slides}</div>")
    assert [image.caption for image in found] == ["Hall 1", "Hall 2", "Hall 3"]


def test_pictures_of_a_gallery_that_ends_the_text_are_all_found() -> None:
    figures = "".join(f"<figure><img src='/{n}.jpg'><figcaption>Hall {n}</figcaption></figure>" for n in (1, 2, 3))
    page = Page.from_html(f"<body><h1>Acme builds a plant</h1><div id='body'><p>{SENTENCE}</p>{figures}</div></body>", URL)
    text = next(block for block in page.layout.blocks if block.text == SENTENCE)
    assert text.box.parent is not None
    found, _ = find_images(page, read_structured_data(page), BodyRegion(text.box.parent, (text,)), None)
    assert [image.caption for image in found] == ["Hall 1", "Hall 2", "Hall 3"]


def test_line_that_repeats_the_title_of_the_picture_or_of_its_link_is_the_caption() -> None:
    for picture in ('<a><img src="/a.jpg" title="The new plant"></a>', '<a title="The new plant"><img src="/a.jpg"></a>'):
        found, _ = images(f"<div>{SENTENCE}<br>{picture}<br><i>The new plant</i><br>{SENTENCE}</div>")
        assert found[0].caption == "The new plant"


def test_title_of_a_picture_of_which_a_script_makes_the_caption_is_the_caption() -> None:
    found = [images(f'<p><img class="{name}" title="The new plant" src="/a.jpg"></p>')[0][0].caption for name in ("caption", "x")]
    assert found == ["The new plant", None]


def test_marks_that_point_to_the_picture_are_no_part_of_the_caption() -> None:
    captions = ("▲The new plant", "&lt;사진설명: 신공장&gt;")
    found = [images(f'<p><img src="/a.jpg"></p><p align="center">{caption}</p>')[0][0].caption for caption in captions]
    assert found == ["The new plant", "사진설명: 신공장"]


@pytest.mark.parametrize(
    "inside",
    [
        f'<p><img src="/a.jpg"> {SENTENCE}</p>',
        '<p><img src="/a.jpg"></p><p>Jobs in the north</p>',
        '<p><img src="/a.jpg"></p><h3>Jobs in the north</h3>',
        '<p style="text-align: center"><img src="/a.jpg"></p><p style="text-align: center"><b>Jobs in the north</b></p>',
        f'<article class="prose prose-figcaption:text-white"><img src="/a.jpg"><p>{SENTENCE}</p></article>',
        f'<div><img src="/a.jpg"></div><div class="article-caption"><h2>{SENTENCE}</h2></div>',
    ],
)
def test_text_of_the_article_is_no_caption(inside: str) -> None:
    found, blocks = images(inside)
    assert [(image.caption, image.credit) for image in found] == [(None, None)]
    assert blocks == []


def test_credit_is_split_from_the_caption() -> None:
    found, _ = images('<figure><img src="/a.jpg"><figcaption>The new plant (Photo: Jane Doe)</figcaption></figure>')
    assert (found[0].caption, found[0].credit) == ("The new plant", "Jane Doe")


@pytest.mark.parametrize(
    "alt", ["6382777178944189828450466.png", "IMG_0042", "image", "a1b2c3d4e5f6a7b8c9d0", "微信图片_20240503"]
)
def test_name_of_a_file_is_no_alternative_text(alt: str) -> None:
    found, _ = images(f'<img src="/a.jpg" alt="{alt}">')
    assert found[0].alt is None


def test_image_of_the_structured_data_is_used_only_if_the_page_shows_none() -> None:
    head = '<meta property="og:image" content="/stated.jpg">'
    assert [image.url for image in images("", head=head)[0]] == ["https://acme.example/stated.jpg"]
    assert [image.url for image in images('<img src="/a.jpg">', head=head)[0]] == ["https://acme.example/a.jpg"]
    assert images("", head='<meta property="og:image" content="/default-share.png">')[0] == ()


def test_players_in_the_article_are_videos() -> None:
    page, region = article(
        '<iframe src="//www.youtube.com/embed/x1"></iframe><video><source src="/film.mp4"></video>'
        '<iframe src="https://maps.example/embed?q=acme"></iframe>'
    )
    assert find_videos(page, read_structured_data(page), region) == (
        Video("https://www.youtube.com/embed/x1"),
        Video("https://acme.example/film.mp4"),
    )


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


@pytest.mark.parametrize(
    "inside",
    [
        "<figure><div><div><div><div><img src='a.jpg'></div></div></div></div><figcaption>The plant.</figcaption></figure>",
        "<figure><figcaption>The plant.</figcaption><img src='a.jpg'></figure>",
        "<div class='img'><img src='a.jpg'><span class='img__title' itemprop='caption'>The plant.</span></div>",
        "<div class='wp-caption'><img src='a.jpg'><p class='wp-caption-text'>The plant.</p><a href='/buy'>Buy</a></div>",
        "<figure><div class='lazy'></div><noscript><img src='a.jpg'></noscript><figcaption>The plant.</figcaption></figure>",
        "<figure><amp-img src='a.jpg'></amp-img><figcaption>The plant.</figcaption></figure>",
    ],
)
def test_caption_is_found_in_each_shape_of_figure(inside: str) -> None:
    found, captions = images(inside)
    assert [image.caption for image in found] == ["The plant."]
    assert captions == ["The plant."]


def test_hidden_copies_in_a_figure_are_no_images() -> None:
    found, _ = images("<figure><img src='a.jpg'><div style='display:none'><img src='a-print.jpg'></div></figure>")
    assert [image.url.rpartition("/")[2] for image in found] == ["a.jpg"]


def test_image_right_after_the_text_is_found() -> None:
    html = f"<main><h1>Acme mourns its founder</h1><div id=text><p>{SENTENCE}</p></div><img src=a.jpg></main><img src=foot.jpg>"
    page = Page.from_html(html, URL)
    region = BodyRegion(next(box for box in page.layout.boxes if box.element.get("id") == "text"), (page.layout.blocks[1],))
    found, _ = find_images(page, read_structured_data(page), region, find_headline(page, read_structured_data(page)))
    assert [image.url.rpartition("/")[2] for image in found] == ["a.jpg"]


@pytest.mark.parametrize(
    ("player", "url"),
    [
        ("<iframe src='about:blank' data-src='https://www.youtube-nocookie.com/embed/zOdu'>", "youtube-nocookie.com/embed/zOdu"),
        ("<amp-youtube data-videoid='zOdu'></amp-youtube>", "www.youtube.com/embed/zOdu"),
        ("<lite-youtube videoid='zOdu'></lite-youtube>", "www.youtube.com/embed/zOdu"),
        ("<amp-video><source src='/film.mp4'></amp-video>", "acme.example/film.mp4"),
    ],
)
def test_lazy_and_accelerated_players_are_videos(player: str, url: str) -> None:
    page, region = article(player)
    found = find_videos(page, read_structured_data(page), region)
    assert [video.url.endswith(url) for video in found] == [True]


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


def test_portrait_of_a_contact_is_no_image_of_the_article() -> None:
    reach = "<p>+47 5550 0100<br>jane(at)acme.example</p>"
    card = f"<div class='card'><div><img src='/jane.jpg'></div><div><h3>Jane Aker</h3>{reach}</div></div>"
    assert images(card)[0] == ()
    assert len(images(card.replace("jane(at)acme.example", "Head of Press"))[0]) == 1


def test_portrait_of_the_author_is_no_image_of_the_article_unless_the_headline_names_the_author() -> None:
    def urls(portrait: str, title: str = "Acme builds a plant") -> list[str]:
        html = (
            f"<html><head><meta name='author' content='Jane Aker'></head><body><article><h1>{title}</h1><div>{portrait}</div>"
            f"<p>By Jane Aker</p><div><p>{SENTENCE}</p><img src='/hall.jpg' alt='A hall by Jane Aker'><p>{SENTENCE}</p></div>"
            "</article></body></html>"
        )
        return [image.url[21:] for image in extract_page(Page.from_html(html, URL)).images]

    for alt in ("Jane Aker", "Headshot of Jane Aker, editor", "Photo Jane Aker"):
        assert urls(f"<img src='/jane.jpg' alt='{alt}'>") == ["hall.jpg"]
    assert urls("<img src='/jane.jpg' alt='Jane Aker'>", "Jane Aker leads Acme") == ["jane.jpg", "hall.jpg"]


def test_picture_that_the_pages_data_state_is_found_outside_the_boxes_of_headline_and_text_with_its_caption() -> None:
    def first(element: str) -> Image:
        html = (
            "<html><head><meta property='og:image' content='https://acme.example/i/new-plant-north.jpg'></head><body><main>"
            f"<section><div>{element}</div></section>"
            "<section><div><div><div><h1>Acme builds a plant</h1></div></div></div></section>"
            f"<section><div><div id='body'><p>{SENTENCE}</p><p>{SENTENCE}</p></div></div></section></main></body></html>"
        )
        page = Page.from_html(html, URL)
        box = next(box for box in page.layout.boxes if box.element.get("id") == "body")
        region = BodyRegion(box, tuple(block for block in page.layout.blocks if block.box.is_inside(box)))
        facts = read_structured_data(page)
        return find_images(page, facts, region, find_headline(page, facts))[0][0]

    figure = "<figure><img src='/i/new-plant-north-800x400.jpg.webp' alt='A plant'><figcaption>The plant</figcaption></figure>"
    url = "https://acme.example/i/new-plant-north.jpg"
    assert first(figure) == Image(url, "The plant", alt="A plant")
    assert first(figure.replace("new-plant", "old-plant")) == Image(url)


def test_picture_of_an_article_is_its_own_even_if_other_pages_link_to_it_with_that_picture() -> None:
    names = ("plant", "yard", "bridge", "tower", "mill")

    def read(name: str) -> Page:
        others = "".join(
            f"<div class='card'><a href='/{each}'><img src='/{each}.jpg'></a></div>" for each in names if each != name
        )
        advert = "<a href='https://shop.example/'><img src='/advert.jpg'></a><img src='/banner.jpg'>"
        text = f"<img src='/{name}.jpg'><div><p>{SENTENCE}</p>{advert}<p>{SENTENCE}</p></div>"
        html = f"<body><main><article><h1>Acme builds a {name}</h1>{text}</article></main>{others}</body>"
        return Page.from_html(html, f"https://acme.example/{name}")

    pages = [read(name) for name in names]
    template = SiteTemplate.from_pages(pages)
    assert [image.url[21:] for image in extract_page(pages[0], template).images] == ["plant.jpg"]
    assert [image.url[21:] for image in extract_page(pages[0]).images] == ["plant.jpg", "advert.jpg", "banner.jpg"]


def test_image_with_a_caption_of_its_own_is_no_ornament_whatever_its_file_is_called() -> None:
    figure = "<figure><img src='/{}.png'>{}<figcaption>The new logo</figcaption></figure>"
    assert [image.url[21:] for image in images(figure.format("acme-logo", ""))[0]] == ["acme-logo.png"]
    assert [image.url[21:] for image in images(figure.format("hall", "<img src='/zoom-icon.png'>"))[0]] == ["hall.png"]
    assert images("<img src='/acme-logo.png'>")[0] == ()


def test_caption_is_taken_from_any_place_where_a_picture_is_shown() -> None:
    first = "<img src='/hall.jpg'>"
    assert images(f"{first}<figure><img src='/hall.jpg'><figcaption>The hall</figcaption></figure>")[0] == (
        Image("https://acme.example/hall.jpg", "The hall"),
    )


@pytest.mark.parametrize(
    ("below", "caption", "credit"),
    [
        ("<p>Image credit: © Jane Aker</p>", None, "Jane Aker"),
        ("<div>© Acme Racing Team</div>", None, "Acme Racing Team"),
        ("<p>Figure 2: The hall, as it was built.</p>", "Figure 2: The hall, as it was built.", None),
        ("<p>Figure 2 shows the hall, as it was built.</p>", None, None),
        ("<div class='caption'>Jane Aker/Reuters via Getty Images</div>", None, "Jane Aker/Reuters via Getty Images"),
        ("<p>Photo: north wind production / aker</p>", None, "north wind production / aker"),
        ("<div>Two halls at the coast</div><div>© Acme AG</div>", "Two halls at the coast", "Acme AG"),
        ("<div>Photo: Jane Aker at the opening in Oslo</div>", "Jane Aker at the opening in Oslo", None),
        ("<div class='caption'>#image_title</div>", None, None),
    ],
)
def test_caption_and_credit_are_told_from_each_other(below: str, caption: str | None, credit: str | None) -> None:
    found, _ = images(f"<img src='/hall.jpg' alt='Two halls at the coast, Acme AG'>{below}")
    assert (found[0].caption, found[0].credit) == (caption, credit)


def test_preview_of_a_player_is_no_image() -> None:
    assert images("<img src='https://fast.wistia.com/embed/medias/ab12cd34/swatch'>")[0] == ()


def test_alternative_text_is_without_escaped_characters() -> None:
    assert images("<img src='/hall.jpg' alt='&amp;ldquo;The hall&amp;rdquo;'>")[0][0].alt == "“The hall”"


def test_sizes_of_one_picture_are_one_image_and_pictures_of_one_name_with_other_captions_are_two() -> None:
    shown = "<img src='/a/northern-plant-2024-300x200.jpg'>{}<img src='/b/csm_northern-plant-2024_20179ae2ff.jpg'>{}"
    assert [image.caption for image in images(shown.format("", "<div class='caption'>The plant</div>"))[0]] == ["The plant"]
    two = images(shown.format("<div class='caption'>The hall</div>", "<div class='caption'>The plant</div>"))[0]
    assert [image.caption for image in two] == ["The hall", "The plant"]
    assert len(images("<img src='/a/hall.jpg'><img src='/b/hall.jpg'>")[0]) == 2


def test_pictures_that_one_address_serves_are_told_by_the_url_that_it_is_asked_for() -> None:
    server = "<img src='/_next/image?url=%2Fi%2F{}.jpg&amp;w=640'>"
    assert len(images("".join(map(server.format, ("hall", "yard", "hall", "acme-logo"))))[0]) == 2


def test_sentence_in_the_paragraph_of_a_picture_that_ends_with_a_credit_is_its_caption() -> None:
    found, _ = images("<p><img src='/hall.jpg'><br>The hall is the largest of its kind. Photo by: Jane Aker.</p>")
    assert (found[0].caption, found[0].credit) == ("The hall is the largest of its kind.", "Jane Aker")
    assert images("<p><img src='/hall.jpg'><br>The hall is the largest of its kind.</p>")[0][0].caption is None
