"""Further pages whose address stands in attributes: "load more" and its like."""

from __future__ import annotations

import pytest

from corpnews.discovery import Scope, read_listing
from tests.discovery.listing_pages import build_bare_page

HOST = "https://www.example.com"
NEWS = f"{HOST}/news/"
ITEMS = "".join(
    f"<li><i>2024-05-0{n}</i> <a href='/news/acme-opens-plant-number-{n}'>Acme opens plant number {n}</a></li>" for n in (1, 2, 3)
)


def next_pages(html: str, url: str = NEWS) -> list[str]:
    return list(read_listing(build_bare_page(f"<ul>{ITEMS}</ul>{html}", url), Scope.from_start_url(NEWS)).next_pages)


def fragment(url: str) -> list[str]:
    return list(read_listing(build_bare_page(ITEMS, url), Scope.from_start_url(NEWS)).next_pages)


@pytest.mark.parametrize(
    "html",
    [
        "<button data-url='/news/list' data-page='1' data-total-pages='3'>Load more</button>",
        "<button data-endpoint='/news/list?page=1' data-next-page='2' data-max-pages='3'>Load more</button>",
        "<div data-max-pages='3'><ul></ul><a data-url='/news/list'>More</a></div>",
        "<a data-url='/news/list?page={page}' data-current-page='1' data-last-page='3'>More</a>",
    ],
)
def test_pages_that_a_button_loads_are_followed_to_the_last(html: str) -> None:
    assert next_pages(html) == [f"{HOST}/news/list?page=2", f"{HOST}/news/list?page=3"]


def test_where_no_last_page_is_named_the_next_one_is_followed() -> None:
    assert next_pages("<button data-url='/news/list' data-next-page='2'>Load more</button>") == [f"{HOST}/news/list?page=2"]


def test_number_that_the_url_of_the_page_lacks_is_that_of_the_page_to_load() -> None:
    button = "<button data-endpoint='/news/list' data-page='2' data-total-pages='3'>Load more</button>"
    assert next_pages(button) == [f"{HOST}/news/list?page=2", f"{HOST}/news/list?page=3"]
    assert next_pages(button, f"{NEWS}?page=2") == [f"{HOST}/news/list?page=3"]


def test_the_options_of_a_list_may_have_an_address_with_a_place_for_the_number() -> None:
    options = """<div data-infinite-scroll='{"path": "\\/news\\/more\\/{{#}}", "append": ".post"}'></div>"""
    assert next_pages(options) == [f"{NEWS}more/2"]
    assert next_pages(options, f"{NEWS}more/2") == [f"{NEWS}more/3"]
    assert fragment(f"{NEWS}more/3") == [f"{NEWS}more/4"]
    assert next_pages("""<div data-options='{"like": "/news/{{id}}/like"}'></div>""") == []


def test_a_frame_that_is_filled_when_it_is_seen_is_followed() -> None:
    assert next_pages("<turbo-frame id=page_2 src='/news/list/2' loading=lazy></turbo-frame>") == [f"{NEWS}list/2"]


def test_a_parameter_may_have_a_name_of_its_own() -> None:
    html = "<button data-url='/news/list' data-page-param='blatt' data-page='1'>Mehr</button>"
    assert next_pages(html) == [f"{HOST}/news/list?blatt=2"]


def test_a_page_count_is_used_with_the_url_that_counts_pages() -> None:
    html = "<ul data-total-pages='4'></ul>"
    assert next_pages(html, f"{NEWS}?p=2") == [f"{NEWS}?p={n}" for n in (2, 3, 4) if n != 2]
    assert next_pages(html) == []


@pytest.mark.parametrize(
    "html",
    [
        "<button data-url='/news/list'>Share</button>",
        "<button data-url='https://other.example.net/list' data-page='1'>More</button>",
        "<button data-url='javascript:void(0)' data-page='1'>More</button>",
        "<button data-url='/news/list' data-page='one'>More</button>",
        "<button data-url='/wp-admin/admin-ajax.php' data-page='1' data-max-pages='9'>More</button>",
    ],
)
def test_a_url_without_number_or_on_another_host_is_ignored(html: str) -> None:
    assert next_pages(html) == []


def test_a_button_that_claims_a_million_pages_is_believed_for_some() -> None:
    assert len(next_pages("<button data-url='/news/list' data-page='1' data-total-pages='99999'>More</button>")) < 300


def test_an_html_fragment_leads_to_the_next_one() -> None:
    assert fragment(f"{NEWS}list?page=4") == [f"{NEWS}list?page=5"]
    assert fragment(f"{NEWS}list?offset=30") == [f"{NEWS}list?offset=33"]


@pytest.mark.parametrize("parameter", ["cursor", "after", "before"])
def test_cursors_are_followed(parameter: str) -> None:
    first, second = f"{NEWS}?{parameter}=eyJpZCI6MTB9", f"{NEWS}?{parameter}=eyJpZCI6MjB9"
    assert next_pages(f"<a href='{first}'>Load more</a>") == [first]
    assert next_pages(f"<a href='{second}'>Load more</a>", first) == [second]
    assert next_pages(f"<button data-next='{first}'>More</button>") == [first]
