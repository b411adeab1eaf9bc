from __future__ import annotations

import json
from html import escape
from typing import Any

import pytest
from lxml.html import document_fromstring

from corpnews.page.embedded_data import iter_embedded_values

POSTS = [{"title": "Acme opens a plant in Oslo", "url": "/news/oslo", "date": "2024-05-03"}] * 2

LITERAL = "{title: 'Acme opens a plant in Oslo', url: '/news/oslo', date: '2024-05-03'}"


def values(html: str) -> list[Any]:
    return list(iter_embedded_values(document_fromstring(f"<html><body><p>News</p>{html}</body></html>")))


def flight(text: str, at: int) -> str:
    pieces = (json.dumps([1, piece]) for piece in (text[:at], text[at:]))
    return "".join(f"<script>self.__next_f.push({piece})</script>" for piece in pieces)


@pytest.mark.parametrize(
    "html",
    [
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"posts": POSTS})}</script>',
        f"<script>window.__STATE__ = {json.dumps({'posts': POSTS})};</script>",
        f"<script>var state = JSON.parse({json.dumps(json.dumps({'posts': POSTS}))})</script>",
        f"<script>const data = {{posts: [{', '.join([LITERAL] * 2)},]}};</script>",
        f"<news-list items='{escape(json.dumps({'posts': POSTS}))}'></news-list>",
    ],
    ids=["JSON script", "assignment", "JSON.parse", "JavaScript literal", "attribute"],
)
def test_data_is_read_in_whatever_form_it_is_written(html: str) -> None:
    assert values(html) == [{"posts": POSTS}]


def test_flight_stream_is_read_although_it_is_cut_within_a_string() -> None:
    row = f'7:["$","main",null,{{"posts":{json.dumps(POSTS)}}}]\n8:I["chunk.js"]\n'
    assert values(flight(row, 40))[0][3] == {"posts": POSTS}


def test_indexed_list_of_nuxt_stands_for_its_values() -> None:
    indexed = [["Reactive", 1], {"data": 2}, [3, 3], {"title": 4, "url": 5, "date": 6}, *POSTS[0].values()]
    (found,) = values(f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(indexed)}</script>')
    assert found == {"data": POSTS}


def test_dates_of_an_indexed_list_may_be_numbers() -> None:
    indexed = [{"_1": 2}, "date", ["D", 1714694400000], "a text that is long enough"]
    (found,) = values(f"<script>stream.enqueue({json.dumps(json.dumps(indexed))});</script>")
    assert found == {"date": 1714694400000}


def test_dates_of_an_astro_island_are_read() -> None:
    props = {"post": [0, {"title": [0, "Acme opens a plant"], "date": [3, "2024-05-03T00:00:00.000Z"], "place": [0, [7, 9]]}]}
    (found,) = values(f'<astro-island props="{escape(json.dumps(props))}"></astro-island>')
    assert found["post"]["date"] == "2024-05-03T00:00:00.000Z"


def test_astro_island_is_read_without_its_type_numbers() -> None:
    props = {"posts": [1, [[0, {name: [0, value] for name, value in post.items()}] for post in POSTS]]}
    assert values(f'<astro-island props="{escape(json.dumps(props))}"></astro-island>') == [{"posts": POSTS}]


def test_json_ld_and_code_are_no_data() -> None:
    assert (
        values(f'<script type="application/ld+json">{json.dumps(POSTS)}</script><script>track("a view of a page", 1)</script>')
        == []
    )


def test_indexed_list_that_names_itself_ends() -> None:
    (found,) = values(f"<script type='application/json'>{json.dumps([{'self': 0, 'text': 1}, 'x' * 40, 'y'])}</script>")
    assert found["text"] == "x" * 40


def test_so_many_values_are_read_at_most() -> None:
    assert len(values(f"<script type='application/json'>{json.dumps(POSTS)}</script>" * 100)) == 60
