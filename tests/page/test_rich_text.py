from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from corpnews.page.rich_text import render_rich_text

EXPECTED = "<h2>The plant</h2><p>It runs on <a href='https://acme.example/wind'>wind</a>.</p><ul><li>Oslo</li><li>Graz</li></ul>"


def text_node(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": text, **more}


EDITORS: dict[str, Any] = {
    "ProseMirror": {
        "type": "doc",
        "content": [
            {"type": "heading", "attrs": {"level": 2}, "content": [text_node("The plant")]},
            {
                "type": "paragraph",
                "content": [
                    text_node("It runs on "),
                    text_node("wind", marks=[{"type": "link", "attrs": {"href": "https://acme.example/wind"}}]),
                    text_node("."),
                ],
            },
            {
                "type": "bullet_list",
                "content": [{"type": "list_item", "content": [text_node(city)]} for city in ("Oslo", "Graz")],
            },
        ],
    },
    "Slate": [
        {"type": "heading-two", "children": [{"text": "The plant"}]},
        {
            "type": "paragraph",
            "children": [
                {"text": "It runs on "},
                {"type": "link", "url": "https://acme.example/wind", "children": [{"text": "wind"}]},
                {"text": "."},
            ],
        },
        {"type": "bulleted-list", "children": [{"type": "list-item", "children": [{"text": city}]} for city in ("Oslo", "Graz")]},
    ],
    "Contentful": {
        "nodeType": "document",
        "content": [
            {"nodeType": "heading-2", "data": {}, "content": [{"nodeType": "text", "value": "The plant", "marks": []}]},
            {
                "nodeType": "paragraph",
                "data": {},
                "content": [
                    {"nodeType": "text", "value": "It runs on ", "marks": []},
                    {
                        "nodeType": "hyperlink",
                        "data": {"uri": "https://acme.example/wind"},
                        "content": [{"nodeType": "text", "value": "wind", "marks": []}],
                    },
                    {"nodeType": "text", "value": ".", "marks": []},
                ],
            },
            {
                "nodeType": "unordered-list",
                "content": [
                    {"nodeType": "list-item", "content": [{"nodeType": "text", "value": city, "marks": []}]}
                    for city in ("Oslo", "Graz")
                ],
            },
        ],
    },
    "Portable Text": [
        {"_type": "block", "style": "h2", "children": [{"_type": "span", "text": "The plant"}]},
        {
            "_type": "block",
            "style": "normal",
            "markDefs": [{"_key": "w", "_type": "link", "href": "https://acme.example/wind"}],
            "children": [
                {"_type": "span", "text": "It runs on "},
                {"_type": "span", "text": "wind", "marks": ["w"]},
                {"_type": "span", "text": "."},
            ],
        },
        *(
            {"_type": "block", "style": "normal", "listItem": "bullet", "children": [{"_type": "span", "text": city}]}
            for city in ("Oslo", "Graz")
        ),
    ],
    "Lexical": {
        "root": {
            "type": "root",
            "children": [
                {"type": "heading", "tag": "h2", "children": [text_node("The plant")]},
                {
                    "type": "paragraph",
                    "children": [
                        text_node("It runs on "),
                        {"type": "link", "url": "https://acme.example/wind", "children": [text_node("wind")]},
                        text_node("."),
                    ],
                },
                {"type": "list", "children": [{"type": "listitem", "children": [text_node(city)]} for city in ("Oslo", "Graz")]},
            ],
        }
    },
    "Editor.js": {
        "time": 1,
        "blocks": [
            {"type": "header", "data": {"text": "The plant", "level": 2}},
            {"type": "paragraph", "data": {"text": "It runs on <a href='https://acme.example/wind'>wind</a>."}},
            {"type": "list", "data": {"style": "unordered", "items": ["Oslo", "Graz"]}},
        ],
    },
    "WordPress blocks": [
        {"blockName": "core/heading", "attributes": {"content": "The plant", "level": 2}, "innerBlocks": []},
        {
            "blockName": "core/paragraph",
            "innerHTML": "<p>It runs on <a href='https://acme.example/wind'>wind</a>.</p>",
            "innerBlocks": [],
        },
        {"blockName": "core/list", "innerHTML": "<ul><li>Oslo</li><li>Graz</li></ul>", "innerBlocks": []},
    ],
}


def outline(html: str) -> list[tuple[str, str, str | None]]:
    root = fragment_fromstring(f"<div>{html}</div>")
    found = (root.iter("h2", "a", "li"), root.iter("p"))
    return [(str(each.tag), each.text_content(), each.get("href")) for elements in found for each in elements]


@pytest.mark.parametrize("editor", EDITORS)
def test_nodes_of_an_editor_become_headings_paragraphs_links_and_lists(editor: str) -> None:
    assert outline(render_rich_text(EDITORS[editor])) == outline(EXPECTED)


@pytest.mark.parametrize("written", [json.dumps(EDITORS["Contentful"]), {"raw": json.dumps(EDITORS["Slate"]), "references": []}])
def test_nodes_may_be_written_as_json_in_a_string(written: object) -> None:
    assert outline(render_rich_text(written)) == outline(EXPECTED)


def test_numbered_items_become_an_ordered_list() -> None:
    nodes = [{"_type": "block", "listItem": "number", "children": [{"_type": "span", "text": city}]} for city in ("Oslo", "Graz")]
    assert render_rich_text(nodes) == "<ol><li>Oslo</li><li>Graz</li></ol>"


def test_markdown_is_read_without_its_signs() -> None:
    text = "## The plant\n\nIt runs on [wind](https://acme.example/wind) & **much\u00a0water**.\n\n- Oslo\n- Graz"
    expected = EXPECTED.replace("</a>.", "</a> &amp; much\u00a0water.").replace("</li><li>", "</li></ul><ul><li>")
    assert render_rich_text(text) == expected.replace("'", '"')


def test_plain_text_has_a_paragraph_a_line_and_is_escaped() -> None:
    assert render_rich_text("Costs < 5 m\n\nSales & profit") == "<p>Costs &lt; 5 m</p><p>Sales &amp; profit</p>"


@pytest.mark.parametrize("value", [None, 7, [], {}, {"type": "doc"}, [[["deep"] * 3]], {"content": {"content": {}}}])
def test_what_is_no_rich_text_renders_without_an_error(value: object) -> None:
    assert "None" not in render_rich_text(value)


def test_nesting_without_end_is_cut() -> None:
    node: dict[str, Any] = {"type": "paragraph", "text": "end"}
    for _ in range(500):
        node = {"type": "section", "content": [node]}
    assert render_rich_text(node) == ""


@settings(max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    "type _type nodeType text value children content attrs data marks markDefs listItem level".split()
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=30,
    )
)
def test_any_json_renders_without_an_error(value: object) -> None:
    assert isinstance(render_rich_text(value), str)
