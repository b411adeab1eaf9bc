"""Which images are the article's, and their addresses and alternative texts."""

from __future__ import annotations

import pytest

from corpnews.extraction.extract import extract_page
from corpnews.extraction.headline import find_headline
from corpnews.extraction.media import find_images
from corpnews.extraction.site_template import SiteTemplate
from corpnews.extraction.structured_data import read_structured_data
from corpnews.items import Image
from corpnews.page.layout import BodyRegion
from corpnews.page.page import Page
from tests.extraction.media_pages import SENTENCE, URL, image_url, images


def test_images_in_the_article_are_found_and_those_around_it_are_not() -> None:
    found, _ = images('<img src="a.jpg" alt="The plant">', before='<img src="/lead.jpg">')
    assert found == (Image("https://acme.example/lead.jpg"), Image("https://acme.example/news/a.jpg", alt="The plant"))


@pytest.mark.parametrize(
    ("element", "url"),
    [
        ('<img src="data:image/gif;base64,R0" data-src="/real.jpg">', "real.jpg"),
        ('<img data-url="null" src="/real.jpg">', "real.jpg"),
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


def test_pictures_of_a_gallery_that_ends_the_text_are_all_found() -> None:
    figures = "".join(f"<figure><img src='/{n}.jpg'><figcaption>Hall {n}</figcaption></figure>" for n in (1, 2, 3))
    page = Page.from_html(f"<body><h1>Acme builds a plant</h1><div id='body'><p>{SENTENCE}</p>{figures}</div></body>", URL)
    text = next(block for block in page.layout.blocks if block.text == SENTENCE)
    assert text.box.parent is not None
    found, _ = find_images(page, read_structured_data(page), BodyRegion(text.box.parent, (text,)), None)
    assert [image.caption for image in found] == ["Hall 1", "Hall 2", "Hall 3"]


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


def test_hidden_copies_in_a_figure_are_no_images() -> None:
    found, _ = images("<figure><img src='a.jpg'><div style='display:none'><img src='a-print.jpg'></div></figure>")
    assert [image.url.rpartition("/")[2] for image in found] == ["a.jpg"]


def test_image_right_after_the_text_is_found() -> None:
    html = f"<main><h1>Acme mourns its founder</h1><div id=text><p>{SENTENCE}</p></div><img src=a.jpg></main><img src=foot.jpg>"
    page = Page.from_html(html, URL)
    region = BodyRegion(next(box for box in page.layout.boxes if box.element.get("id") == "text"), (page.layout.blocks[1],))
    found, _ = find_images(page, read_structured_data(page), region, find_headline(page, read_structured_data(page)))
    assert [image.url.rpartition("/")[2] for image in found] == ["a.jpg"]


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
