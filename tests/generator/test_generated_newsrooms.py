"""Generated newsrooms come out whole: kinds that a crawl once failed on, and a sample that Scrapy crawls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpnews.web.urls import article_key
from tests.generator import generate_newsroom
from tests.generator.offline_crawl import crawl_offline
from tests.generator.traits import AXES, FURTHER_AXES
from tests.helpers import Answer, Site, crawl, serving

if TYPE_CHECKING:
    from pathlib import Path

    from tests.generator import GeneratedNewsroom
    from tests.helpers import Asked

CRAWLED_SEEDS = (4, 5, 12)
SEEDS = (
    1,
    3,
    4,
    5,
    9,
    12,
    40,
    57,
    82,
    91,
    93,
    99,
    109,
    130,
    137,
    143,
    152,
    158,
    171,
    172,
    183,
    195,
    226,
    271,
    295,
    322,
    433,
    464,
    498,
    519,
    647,
    859,
    866,
    894,
    3012,
    3130,
    3139,
    3185,
    3214,
    3270,
)
FURTHER_SEEDS = (2, 7, 8, 13, 16, 27, 48, 1012, 1105, 3078, 5117, 5028, 6008, 6016, 7035, 7125, 7242, 7312, 8204)
WHOLE_SEEDS = (8409, 8474, 8616, 8617, 8653, 8776, 8834)
LANDING_SEEDS = (10, 81, 324)
USUAL = {axis: next(iter(values)) for axis, values in FURTHER_AXES.items()}
PLAIN = {
    **USUAL,
    "language": "en", "size": "few", "layout": "list", "pager": "numbers", "archive": "none", "edition": "none", "feed": "none",
    "sitemap": "none", "trap": "none", "address": "slug_below", "date": "before", "page_address": "query",
}  # fmt: skip


def serve(newsroom: GeneratedNewsroom) -> Site:
    """A proxy's view of the newsroom: requests name the whole URL."""

    def answer(asked: Asked) -> Answer:
        found = newsroom.site.respond(asked.path, asked.body.decode() if asked.method == "POST" else None)
        return Answer(found.body, found.status, {"Content-Type": found.content_type, **found.headers})

    return Site(answers=[answer])


def test_seed_makes_the_same_newsroom_again() -> None:
    assert generate_newsroom(12).site.answers == generate_newsroom(12).site.answers


@pytest.mark.parametrize("seed", SEEDS)
def test_releases_of_a_generated_newsroom_are_found_and_nothing_else(seed: int) -> None:
    result = crawl_offline(generate_newsroom(seed, **USUAL))
    assert result.missing == []
    assert result.wrong == []
    assert result.faulty == {}


@pytest.mark.parametrize("seed", WHOLE_SEEDS)
def test_releases_on_other_hosts_and_below_landing_pages_are_read_and_nothing_else(seed: int) -> None:
    result = crawl_offline(generate_newsroom(seed))
    assert result.missing == result.wrong == []
    assert result.faulty == {}


@pytest.mark.parametrize("seed", FURTHER_SEEDS)
def test_releases_on_other_hosts_and_below_landing_pages_are_found(seed: int) -> None:
    assert crawl_offline(generate_newsroom(seed)).missing == []


@pytest.mark.parametrize(
    ("axis", "value"),
    [
        *(("item", item) for item in ("grid_cells", "teaser_link", "button_opens", "aria_label", "row_data_url")),
        *(("shown", shown) for shown in FURTHER_AXES["shown"] if shown != "usual"),
        ("release_spelling", "plain_permalink"),
    ],
)
def test_list_of_another_content_management_system_is_found(axis: str, value: str) -> None:
    kind = {
        "size": "some",
        "data": "html",
        "detail": "html",
        "release_spelling": "board" if value == "board" else "usual",
        axis: value,
    }
    result = crawl_offline(generate_newsroom(5011, **{**PLAIN, **kind}))
    assert result.missing == result.wrong == []


def test_next_link_that_shows_the_first_page_again_for_ever_does_not_spend_the_budget() -> None:
    newsroom = generate_newsroom(6, **{**USUAL, "past_end": "first"})
    result = crawl_offline(newsroom)
    assert result.missing == []
    assert result.requests < 2 * len(newsroom.releases)


@pytest.mark.parametrize("seed", LANDING_SEEDS)
def test_teasers_for_blog_and_jobs_on_a_landing_page_are_no_releases(seed: int) -> None:
    result = crawl_offline(generate_newsroom(seed, **{**USUAL, "start": "landing"}))
    assert result.missing == result.wrong == []


@pytest.mark.parametrize("data", [data for data in AXES["data"] if data != "html"])
@pytest.mark.parametrize("rows", ["plain", "contentful", "edges"])
def test_list_in_data_is_found_whatever_wrote_it(data: str, rows: str) -> None:
    result = crawl_offline(generate_newsroom(5003, **PLAIN, data=data, rows=rows, detail="html"))
    assert result.missing == result.wrong == []


@pytest.mark.parametrize("rich_text", AXES["rich_text"])
def test_text_in_data_is_read_whatever_editor_wrote_it(rich_text: str) -> None:
    result = crawl_offline(generate_newsroom(5004, **PLAIN, data="html", detail="data", rich_text=rich_text))
    assert result.missing == []
    assert result.faulty == {}


@pytest.mark.parametrize("seed", CRAWLED_SEEDS)
def test_crawl_of_a_generated_newsroom_brings_its_releases(seed: int, tmp_path: Path) -> None:
    newsroom = generate_newsroom(seed)
    with serving(serve(newsroom)) as proxy:
        run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.start_url}", proxy=proxy.url)
    assert {article_key(line["url"]) for line in run.lines} == set(map(article_key, newsroom.releases)), run.log
