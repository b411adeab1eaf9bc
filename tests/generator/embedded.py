"""Data beside the page: how frameworks write the state of a page into its HTML."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def embed(kind: str, state: dict[str, Any], path: str) -> str:
    """Return the HTML that carries `state` in the way of that framework."""
    return EMBEDDINGS[kind](state, path)


def write_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")


def write_literal(value: object) -> str:
    """Write a value as JavaScript: keys without quotes where they may be.

    >>> write_literal({"a": [True, "b"], "c-d": None})
    '{a:[true,"b"],"c-d":null}'
    """
    if isinstance(value, dict):
        keys = (key if re.fullmatch(r"[a-zA-Z_]\w*", key) else json.dumps(key) for key in value)
        return "{" + ",".join(f"{key}:{write_literal(child)}" for key, child in zip(keys, value.values(), strict=True)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(write_literal, value)) + "]"
    return write_json(value)


def index_values(value: object) -> list[object]:
    """Write a value as the indexed list of "devalue": containers name their content by its number.

    >>> index_values({"title": "Plant", "tags": ["x"]})
    [{'title': 1, 'tags': 2}, 'Plant', [3], 'x']
    """
    table: list[object] = []

    def add(node: object) -> int:
        at = len(table)
        table.append(node)
        if isinstance(node, dict):
            table[at] = {key: add(child) for key, child in node.items()}
        elif isinstance(node, list):
            table[at] = [add(child) for child in node]
        return at

    add(value)
    return table


def next_data(state: dict[str, Any], path: str) -> str:
    data = {"props": {"pageProps": {**state, "locale": "x"}, "__N_SSG": True}, "page": path, "query": {}, "buildId": "k3Jd9"}
    return f'<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{write_json(data)}</script>'


def next_flight(state: dict[str, Any], path: str) -> str:
    row = f'5:["$","$L1f",null,{write_json({"path": path, **state})}]\n'
    half = len(row) // 2
    pieces = ('1:"$Sreact.fragment"\n2:I[4711,[],"ClientPageRoot"]\n', row[:half], row[half:])
    pushes = "".join(f"<script>self.__next_f.push({write_json([1, piece])})</script>" for piece in pieces)
    return f"<div hidden></div><script>(self.__next_f=self.__next_f||[]).push([0])</script>{pushes}"


def nuxt2(state: dict[str, Any], path: str) -> str:
    data = {"layout": "default", "data": [state], "fetch": {}, "serverRendered": True, "routePath": path}
    return f'<div id="__nuxt"></div><script>window.__NUXT__={write_literal(data)};</script>'


def nuxt3(state: dict[str, Any], path: str) -> str:
    table = index_values({"data": {"page": state}, "state": {}, "once": [], "path": path})
    return (
        f'<div id="__nuxt"></div><script type="application/json" id="__NUXT_DATA__" data-ssr="true">{write_json(table)}</script>'
    )


def attribute(state: dict[str, Any], path: str) -> str:
    return f'<news-view data-path="{path}" data-props="{escape(write_json(state))}"></news-view>'


def astro(state: dict[str, Any], path: str) -> str:
    def number(value: object) -> list[object]:
        if isinstance(value, dict):
            return [0, {key: number(child) for key, child in value.items()}]
        return [1, [number(child) for child in value]] if isinstance(value, list) else [0, value]

    props = {key: number(value) for key, value in state.items()}
    attributes = f'uid="Z1" component-url="/_astro{path.partition("?")[0]}View.js" props="{escape(write_json(props))}"'
    return f'<astro-island {attributes} ssr client="load"></astro-island>'


def sveltekit(state: dict[str, Any], path: str) -> str:
    data = [{"type": "data", "data": {"path": path}, "uses": {}}, {"type": "data", "data": state, "uses": {}}]
    start = f"kit.start(app, element, {{ node_ids: [0, 2], data: {write_literal(data)}, form: null, error: null }});"
    script = f'__sveltekit_1x = {{ base: "" }}; Promise.all([import("/a.js")]).then(([kit, app]) => {{ {start} }});'
    return f'<div style="display: contents"><script>{{ {script} }}</script></div>'


def remix(state: dict[str, Any], path: str) -> str:
    data = {"url": path, "state": {"loaderData": {"root": {}, "routes/news": state}, "actionData": None}, "future": {}}
    return f"<script>window.__remixContext = {write_json(data)};</script>"


def react_router(state: dict[str, Any], path: str) -> str:
    """A list in which keys are named by number too."""
    table: list[Any] = []
    numbers: dict[str, int] = {}

    def name(key: str) -> str:
        if key not in numbers:
            numbers[key] = len(table)
            table.append(key)
        return f"_{numbers[key]}"

    def add(node: object) -> int:
        at = len(table)
        table.append(node)
        if isinstance(node, dict):
            table[at] = {name(key): add(child) for key, child in node.items()}
        elif isinstance(node, list):
            table[at] = [add(child) for child in node]
        return at

    add({"loaderData": {"root": {"path": path}, "routes/news": state}})
    call = f"window.__reactRouterContext.streamController.enqueue({json.dumps(json.dumps(table) + chr(10))});"
    return f"<script>window.__reactRouterContext = {{}};</script><script>{call}</script>"


def apollo(state: dict[str, Any], path: str) -> str:
    cache: dict[str, Any] = {"ROOT_QUERY": {"__typename": "Query", "path": path}}
    for name, value in state.items():
        if isinstance(value, list):
            for at, row in enumerate(value):
                cache[f"News:{at}"] = {"__typename": "News", **row} if isinstance(row, dict) else row
            cache["ROOT_QUERY"][name] = [{"__ref": f"News:{at}"} for at in range(len(value))]
        else:
            cache["ROOT_QUERY"][name] = value
    return f'<div id="app"></div><script>window.__APOLLO_STATE__ = {write_json(cache)};</script>'


def json_script(state: dict[str, Any], path: str) -> str:
    return f'<script type="application/json" class="js-state">{write_json({"route": path, **state})}</script><div id="app"></div>'


def variable(state: dict[str, Any], path: str) -> str:
    return (
        f'<div id="app"></div><script>var route = "{path}"; var pageState = {write_literal(state)}; render(pageState);</script>'
    )


EMBEDDINGS: dict[str, Callable[[dict[str, Any], str], str]] = {
    "next_data": next_data, "next_flight": next_flight, "nuxt2": nuxt2, "nuxt3": nuxt3, "attribute": attribute, "astro": astro,
    "sveltekit": sveltekit, "remix": remix, "react_router": react_router, "apollo": apollo, "json_script": json_script,
    "variable": variable,
}  # fmt: skip
