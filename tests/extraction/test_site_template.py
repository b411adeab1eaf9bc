"""What is common to the pages of a site is learned as they come by, cheaply, and forgotten when it is gone."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from corpnews.extraction.site_template import (
    MAX_COUNTED_PAGES,
    MAX_COUNTED_TEXTS,
    TEMPLATE_FORMAT,
    TEMPLATE_SIGNATURE,
    SiteTemplate,
)
from corpnews.page.page import Page
from tests.pages import PROSE, detail, listing, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.page.layout import Block

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
FOOTER = "Acme builds turbines for people who live where water runs, from the fell to the fjord."


def story(number: int | str, url: str = "") -> Page:
    """A release of its own: headline, text and address."""
    text = f"In town {number} the turbine hall was opened by a choir of {number} voices, which sang until the rain came."
    return detail(
        paragraphs(text), headline=f"Acme opens turbine hall {number}", url=url or f"https://acme.example/news/{number}"
    )


def template_of(pages: Iterable[Page]) -> SiteTemplate:
    template = SiteTemplate()
    for page in pages:
        template.observe(page)
    return template


def block(page: Page, start: str) -> Block:
    return next(each for each in page.layout.blocks if each.text.startswith(start))


def test_text_on_many_pages_is_common_and_prose_of_its_own_is_not() -> None:
    pages = [story(number) for number in NUMBERS]
    template = template_of(pages)
    assert template.pages == len(NUMBERS)
    assert template.count_pages_with(block(pages[0], "Acme builds turbines")) == len(NUMBERS)
    assert template.count_pages_with(block(pages[0], "In town one")) == 1


def test_place_that_says_something_else_on_each_page_has_variety() -> None:
    pages = [story(number) for number in NUMBERS]
    template = template_of(pages)
    assert template.get_variety(block(pages[0], "In town one")) == 1
    assert template.get_variety(block(pages[0], "Acme builds turbines")) == pytest.approx(1 / len(NUMBERS), abs=0.1)


def test_listing_and_article_share_the_furniture_already() -> None:
    article = story("one")
    template = template_of([listing("Acme opens a hall", "Acme buys a hill"), article])
    assert template.count_pages_with(block(article, "Acme builds turbines")) == 2
    assert template.count_pages_with(block(article, "Home")) == 2
    assert template.count_pages_with(block(article, "In town one")) == 1


def test_text_elsewhere_on_the_page_is_told_from_text_at_the_place() -> None:
    template = template_of([story("one"), detail(paragraphs(FOOTER, *PROSE))])
    moved = block(detail(paragraphs(FOOTER)), FOOTER)
    assert template.count_pages_with(moved) == 1


def test_same_release_under_two_addresses_is_counted_once() -> None:
    again = story("one", url="https://acme.example/de/news/one?from=mail")
    template = template_of([story("two"), story("one"), again])
    assert template.pages == 2
    assert template.count_pages_with(block(again, "In town one")) == 1


def test_page_seen_again_is_not_counted_twice() -> None:
    template = template_of([story("one"), story("two"), story("one"), story("one")])
    assert template.pages == 2
    assert template.count_pages_with(block(story("one"), "In town one")) == 1


def test_page_that_has_changed_is_not_counted_twice() -> None:
    changed = detail(paragraphs(*PROSE), url=story("one").url)
    assert template_of([story("one"), story("two"), changed]).pages == 2


def test_page_without_text_is_not_counted() -> None:
    assert template_of([Page.from_html("", "https://acme.example/empty")]).pages == 0


def test_text_that_comes_twice_on_a_page_counts_one_page() -> None:
    page = detail(paragraphs(PROSE[0], PROSE[0]))
    assert template_of([page]).count_pages_with(block(page, PROSE[0])) == 1


def test_what_nobody_knows_is_on_no_page() -> None:
    unknown = block(story("one"), "In town")
    assert SiteTemplate().count_pages_with(unknown) == 0
    assert SiteTemplate().get_variety(unknown) == 0


def tiny(number: int, furniture: str) -> Page:
    text = f"In town {number} the turbine hall was opened by a choir of {number} voices, which sang until it rained."
    return Page.from_html(f"<p>{text}</p><div>{furniture}</div>", f"https://acme.example/news/{number}")


def test_old_furniture_is_forgotten_after_a_redesign_and_memory_stays_bounded() -> None:
    old, new = "Warmth from where you are, since 1911", "Cool heads and warm hands, since 1911"
    numbers = count()
    template = template_of(tiny(next(numbers), old) for _ in range(MAX_COUNTED_PAGES))
    before = template.count_pages_with(block(tiny(0, old), old))
    for _ in range(5 * MAX_COUNTED_PAGES):
        template.observe(tiny(next(numbers), new))
    assert before >= MAX_COUNTED_PAGES // 2
    assert template.count_pages_with(block(tiny(0, old), old)) <= MAX_COUNTED_PAGES // 50
    assert template.count_pages_with(block(tiny(0, new), new)) >= template.pages - MAX_COUNTED_PAGES // 20
    assert template.pages <= MAX_COUNTED_PAGES
    assert (
        sum(map(len, (template.pages_by_text, template.pages_by_media, template.blocks_by_path, template.new_texts_by_path)))
        < 10 * MAX_COUNTED_PAGES
    )
    assert len(template.urls) <= MAX_COUNTED_PAGES


def test_picture_and_description_of_all_pages_are_the_sites() -> None:
    def page(number: str) -> Page:
        text = f"In town {number} a hall was built, and when it stood all {number} of its doors were opened at the same time."
        images = f"<img src='/banner-of-the-site.jpg' width=900 height=300><img src='/{number}.jpg'>"
        head = '<meta name="description" content="Read our latest news">'
        html = f"<html><head>{head}</head><body><main><h1>Hall {number}</h1>{images}<p>{text}</p></main></body></html>"
        return Page.from_html(html, f"https://acme.example/news/{number}")

    template = template_of(map(page, NUMBERS))
    assert template.is_site_wide("https://acme.example/banner-of-the-site.jpg")
    assert template.is_site_wide("Read our latest news")
    assert not template.is_site_wide("https://acme.example/one.jpg")


def test_parts_of_a_site_put_together_know_what_the_whole_does() -> None:
    pages = [story(number) for number in NUMBERS]
    whole, merged = template_of(pages), template_of(pages[:4])
    merged.merge(template_of(pages[4:]))
    assert merged.pages == whole.pages == len(NUMBERS)
    assert merged.pages_by_text == whole.pages_by_text
    assert (merged.pages_by_media, merged.blocks_by_path, merged.urls) == (whole.pages_by_media, whole.blocks_by_path, whole.urls)
    assert merged.get_variety(block(pages[0], "In town one")) == 1
    assert merged.get_variety(block(pages[0], "Acme builds turbines")) <= 1 / 4


def test_other_template_is_as_it_was_after_a_merge() -> None:
    other = template_of([story("one"), story("two")])
    before = other.to_bytes()
    template_of([story("three")]).merge(other)
    assert other.to_bytes() == before


def test_merged_templates_stay_small_and_forget() -> None:
    numbers = count()
    template = SiteTemplate()
    for _ in range(6):
        template.merge(
            template_of(tiny(next(numbers), "Warmth from where you are, since 1911") for _ in range(MAX_COUNTED_PAGES // 2))
        )
    assert template.pages < MAX_COUNTED_PAGES
    assert (
        sum(map(len, (template.pages_by_text, template.pages_by_media, template.blocks_by_path, template.new_texts_by_path)))
        < 10 * MAX_COUNTED_PAGES
    )
    assert len(template.urls) <= MAX_COUNTED_PAGES


def test_pages_of_countless_blocks_do_not_fill_the_memory() -> None:
    template = template_of([story("two")])
    template.pages_by_text |= dict.fromkeys(range(MAX_COUNTED_TEXTS), 1)
    template.observe(story("one"))
    assert len(template.pages_by_text) < MAX_COUNTED_TEXTS


def test_addresses_of_pages_that_only_repeat_another_do_not_fill_the_memory() -> None:
    template = template_of(story("one", url=f"https://acme.example/news/one?session={number}") for number in range(50))
    assert len(template.urls) == 1


def test_template_comes_back_as_it_was_kept() -> None:
    template = template_of([story(number) for number in NUMBERS])
    again = SiteTemplate.from_bytes(template.to_bytes())
    assert again == template
    again.observe(story("nine"))
    assert again.pages == len(NUMBERS) + 1
    assert SiteTemplate.from_bytes(SiteTemplate().to_bytes()) == SiteTemplate()


def test_kept_template_is_small() -> None:
    template = template_of([story(number) for number in NUMBERS])
    assert len(template.to_bytes()) < 100 + 12 * (
        sum(map(len, (template.pages_by_text, template.pages_by_media, template.blocks_by_path))) + 50
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a site template"),
        (b"\x80\x04K\x01.", "not a site template"),
        (TEMPLATE_SIGNATURE, "the site template is damaged"),
        (TEMPLATE_SIGNATURE + bytes((TEMPLATE_FORMAT,)), "the site template is damaged"),
        (template_of([story("one")]).to_bytes()[:-1], "the site template is damaged"),
        (
            template_of([story("one")]).to_bytes().replace(b"\x01", b"\x02"),
            f"format 2; this version of corpnews reads format {TEMPLATE_FORMAT}",
        ),
    ],
)
def test_what_is_no_template_is_refused_with_the_reason(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SiteTemplate.from_bytes(data)


def test_damaged_template_is_never_misread() -> None:
    template = template_of([story("one"), story("two")])
    data = template.to_bytes()
    for at in range(len(TEMPLATE_SIGNATURE) + 1, len(data), 7):
        try:
            read = SiteTemplate.from_bytes(data[:at] + bytes((data[at] ^ 0x10,)) + data[at + 1 :])
        except ValueError:
            continue
        assert read == template
