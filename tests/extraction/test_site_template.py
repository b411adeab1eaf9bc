"""The template of a site counts what its pages have in common, and forgets an old design."""

from __future__ import annotations

from itertools import count
from random import Random
from typing import TYPE_CHECKING

import pytest

from corpnews.extraction.site_template import (
    MAX_SAMPLED_PAGES,
    MAX_TEXTS_PER_PAGE,
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
    """Return a release with its own headline, text and URL."""
    text = f"In town {number} the turbine hall was opened by a choir of {number} voices, which sang until the rain came."
    return detail(
        paragraphs(text), headline=f"Acme opens turbine hall {number}", url=url or f"https://acme.example/news/{number}"
    )


def build_template(pages: Iterable[Page]) -> SiteTemplate:
    template = SiteTemplate()
    for page in pages:
        template.observe(page)
    return template


def block(page: Page, start: str) -> Block:
    return next(each for each in page.layout.blocks if each.text.startswith(start))


def test_text_on_many_pages_is_counted_on_each() -> None:
    pages = [story(number) for number in NUMBERS]
    template = build_template(pages)
    assert template.pages == len(NUMBERS)
    assert template.count_pages_with(block(pages[0], "Acme builds turbines")) == len(NUMBERS)
    assert template.count_pages_with(block(pages[0], "In town one")) == 1


def test_path_with_another_text_on_each_page_has_high_variety() -> None:
    pages = [story(number) for number in NUMBERS]
    template = build_template(pages)
    assert template.get_variety(block(pages[0], "In town one").box) == 1
    assert template.get_variety(block(pages[0], "Acme builds turbines").box) == pytest.approx(1 / len(NUMBERS), abs=0.1)


def test_boilerplate_is_counted_from_listing_pages_too() -> None:
    article = story("one")
    template = build_template([listing("Acme opens a hall", "Acme buys a hill"), article])
    assert template.count_pages_with(block(article, "Acme builds turbines")) == 2
    assert template.count_pages_with(block(article, "Home")) == 2
    assert template.count_pages_with(block(article, "In town one")) == 1


def test_same_text_at_another_path_is_counted_separately() -> None:
    template = build_template([story("one"), detail(paragraphs(FOOTER, *PROSE))])
    moved = block(detail(paragraphs(FOOTER)), FOOTER)
    assert template.count_pages_with(moved) == 1


def test_same_release_under_two_urls_is_counted_once() -> None:
    again = story("one", url="https://acme.example/de/news/one?from=mail")
    template = build_template([story("two"), story("one"), again])
    assert template.pages == 2
    assert template.count_pages_with(block(again, "In town one")) == 1


def test_page_seen_again_is_not_counted_twice() -> None:
    template = build_template([story("one"), story("two"), story("one"), story("one")])
    assert template.pages == 2
    assert template.count_pages_with(block(story("one"), "In town one")) == 1


def test_page_that_has_changed_is_not_counted_twice() -> None:
    changed = detail(paragraphs(*PROSE), url=story("one").url)
    template = build_template([story("one"), story("two"), changed])
    assert template.pages == 2
    assert template.count_pages_with(block(changed, PROSE[0])) == 0
    later = SiteTemplate.from_bytes(template.to_bytes())
    later.observe(changed)
    assert later.pages == 2
    assert later.count_pages_with(block(changed, PROSE[0])) == 1
    assert later.count_pages_with(block(story("one"), "In town one")) == 0


def test_page_without_text_is_not_counted() -> None:
    assert build_template([Page.from_html("", "https://acme.example/empty")]).pages == 0


def test_text_that_is_twice_on_a_page_counts_once() -> None:
    page = detail(paragraphs(PROSE[0], PROSE[0]))
    assert build_template([page]).count_pages_with(block(page, PROSE[0])) == 1


def test_unknown_text_is_on_no_page() -> None:
    unknown = block(story("one"), "In town")
    assert SiteTemplate().count_pages_with(unknown) == 0
    assert SiteTemplate().get_variety(unknown.box) == 0


def tiny(number: int, boilerplate: str) -> Page:
    text = f"In town {number} the turbine hall was opened by a choir of {number} voices, which sang until it rained."
    return Page.from_html(f"<p>{text}</p><div>{boilerplate}</div>", f"https://acme.example/news/{number}")


def count_keys(template: SiteTemplate) -> int:
    return sum(map(len, (template.pages_by_text, template.pages_by_media, template.blocks_by_path, template.texts_by_path)))


def test_old_boilerplate_is_forgotten_after_a_redesign_and_memory_stays_bounded() -> None:
    old, new = "Warmth from where you are, since 1911", "Cool heads and warm hands, since 1911"
    numbers = count()
    template = build_template(tiny(next(numbers), old) for _ in range(2 * MAX_SAMPLED_PAGES))
    assert template.count_pages_with(block(tiny(0, old), old)) == template.pages == MAX_SAMPLED_PAGES
    for run in range(1, 5):
        template = SiteTemplate.from_bytes(template.to_bytes())
        for _ in range(MAX_SAMPLED_PAGES // 4):
            template.observe(tiny(next(numbers), new))
        new_pages = template.count_pages_with(block(tiny(0, new), new))
        assert new_pages == run * (MAX_SAMPLED_PAGES // 4)
        assert template.count_pages_with(block(tiny(0, old), old)) == MAX_SAMPLED_PAGES - new_pages
    assert count_keys(template) < 10 * MAX_SAMPLED_PAGES


def test_image_and_description_on_all_pages_are_site_wide() -> None:
    def page(number: str) -> Page:
        text = f"In town {number} a hall was built, and when it stood all {number} of its doors were opened at the same time."
        images = f"<img src='/banner-of-the-site.jpg' width=900 height=300><img src='/{number}.jpg'>"
        head = '<meta name="description" content="Read our latest news">'
        html = f"<html><head>{head}</head><body><main><h1>Hall {number}</h1>{images}<p>{text}</p></main></body></html>"
        return Page.from_html(html, f"https://acme.example/news/{number}")

    template = build_template(map(page, NUMBERS))
    assert template.is_site_wide("https://acme.example/banner-of-the-site.jpg")
    assert template.is_site_wide("Read our latest news")
    assert not template.is_site_wide("https://acme.example/one.jpg")


def test_merged_templates_equal_the_template_of_all_pages() -> None:
    pages = [story(number) for number in NUMBERS]
    whole, merged = build_template(pages), build_template(pages[:4])
    merged.merge(build_template(pages[4:]))
    assert merged == whole
    assert merged.pages == len(NUMBERS)
    assert get_counts(merged) == get_counts(whole)
    assert merged.get_variety(block(pages[0], "In town one").box) == 1
    assert merged.get_variety(block(pages[0], "Acme builds turbines").box) <= 1 / 4


def get_counts(template: SiteTemplate) -> list[dict[int, int]]:
    return [
        template.pages_by_text,
        template.pages_by_media,
        template.blocks_by_path,
        template.texts_by_path,
        template.pages_by_path,
    ]


@pytest.mark.parametrize("seed", range(4))
def test_pages_in_any_order_and_grouping_give_the_same_template(seed: int) -> None:
    """More pages than are kept, some of them under several URLs, some in several parts."""
    random = Random(seed)
    texts = [story(number % 250, url=f"https://acme.example/news/{number}") for number in range(400)]
    whole = build_template(texts)
    random.shuffle(texts)
    parts = [build_template(texts[start : start + 130]) for start in range(0, 400, 70)]
    while len(parts) > 1:
        other = parts.pop(random.randrange(len(parts)))
        parts[random.randrange(len(parts))].merge(other)
    assert parts[0].pages == MAX_SAMPLED_PAGES
    assert parts[0] == whole
    assert get_counts(parts[0]) == get_counts(whole)
    assert parts[0].to_bytes() == whole.to_bytes()


def test_merge_does_not_change_the_other_template() -> None:
    other = build_template([story("one"), story("two")])
    before = other.to_bytes()
    build_template([story("three")]).merge(other)
    assert other.to_bytes() == before


def test_pages_with_many_blocks_stay_within_bounds() -> None:
    page = detail("".join(f"<p>Line {number} of a page.</p>" for number in range(2 * MAX_TEXTS_PER_PAGE)))
    assert len(build_template([page]).pages_by_text) == MAX_TEXTS_PER_PAGE


def test_urls_of_repeated_pages_are_not_kept() -> None:
    template = build_template(story("one", url=f"https://acme.example/news/one?session={number}") for number in range(50))
    assert template.pages == 1


def test_releases_that_differ_in_figures_are_different_pages() -> None:
    notices = [
        detail(paragraphs(f"The Board met on {day} May.", PROSE[0]), url=f"https://acme.example/{day}") for day in range(9)
    ]
    template = build_template(notices)
    assert template.pages == len(notices)
    assert template.count_pages_with(block(notices[0], PROSE[0])) == len(notices)


def test_template_is_equal_after_serialization() -> None:
    template = build_template([story(number) for number in NUMBERS])
    again = SiteTemplate.from_bytes(template.to_bytes())
    assert again == template
    again.observe(story("nine"))
    assert again.pages == len(NUMBERS) + 1
    assert SiteTemplate.from_bytes(SiteTemplate().to_bytes()) == SiteTemplate()


def test_serialized_template_is_small() -> None:
    template = build_template(story(number) for number in range(MAX_SAMPLED_PAGES))
    assert len(template.to_bytes()) < 12 * count_keys(template) + 30 * template.pages


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a site template"),
        (b"\x80\x04K\x01.", "not a site template"),
        (TEMPLATE_SIGNATURE, "the site template is damaged"),
        (TEMPLATE_SIGNATURE + bytes((TEMPLATE_FORMAT,)), "the site template is damaged"),
        (build_template([story("one")]).to_bytes()[:-1], "the site template is damaged"),
        (
            build_template([story("one")]).to_bytes().replace(b"template\x02", b"template\x01"),
            f"format 1; this version of corpnews reads format {TEMPLATE_FORMAT}",
        ),
    ],
)
def test_invalid_template_is_refused_with_the_reason(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SiteTemplate.from_bytes(data)


def test_damaged_template_is_refused() -> None:
    template = build_template([story("one"), story("two")])
    data = template.to_bytes()
    for at in range(len(TEMPLATE_SIGNATURE) + 1, len(data), 7):
        try:
            read = SiteTemplate.from_bytes(data[:at] + bytes((data[at] ^ 0x10,)) + data[at + 1 :])
        except ValueError:
            continue
        assert read == template
