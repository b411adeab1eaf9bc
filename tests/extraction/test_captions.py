"""Captions and credits of images, which are no part of the text."""

from __future__ import annotations

import pytest

from corpnews.items import Image
from tests.extraction.media_pages import SENTENCE, images


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


def test_sentence_in_the_paragraph_of_a_picture_that_ends_with_a_credit_is_its_caption() -> None:
    found, _ = images("<p><img src='/hall.jpg'><br>The hall is the largest of its kind. Photo by: Jane Aker.</p>")
    assert (found[0].caption, found[0].credit) == ("The hall is the largest of its kind.", "Jane Aker")
    assert images("<p><img src='/hall.jpg'><br>The hall is the largest of its kind.</p>")[0][0].caption is None
