"""State that a script writes as the result of a function."""

from __future__ import annotations

import pytest

from corpnews.page.called_functions import evaluate_call, iter_numbered_values

CALLS: dict[str, object] = {
    '(function(a,b){return {x:a,y:[b,"a,b:c"],a:1}}("q",false))': {"x": "q", "y": [False, "a,b:c"], "a": 1},
    '(function(a){a.title="Plant";a["x y"]=.5;return [a,a]}({}));': [{"title": "Plant", "x y": 0.5}] * 2,
    "(function(a){a[0]=1;a[1]=2;return {n:a}}(Array(2)))": {"n": [1, 2]},
    "(function(a){return {on:new Date(1790000000000),a:a}}({}))": {"on": 1790000000000, "a": {}},
    "(function(){return {no:void 0,gone:undefined}}())": {"no": None, "gone": None},
    '(function(){return {path:"\\u002Fnews",html:"\\x3Cp>\\\\x3C"}}())': {"path": "/news", "html": "<p>\\x3C"},
}


@pytest.mark.parametrize("script", CALLS)
def test_arguments_stand_in_the_place_of_their_names(script: str) -> None:
    assert evaluate_call(script, 0) == CALLS[script]


@pytest.mark.parametrize(
    "script",
    [
        "(function(a){track(a);return {x:a}}(1))",
        "(function(a){return {x:a()}}(1))",
        "(function(a){return {x:a",
        "(function(){})()",
        "(" * 10_000,
        "(function(a){return " + "[" * 10_000,
    ],
)
def test_functions_that_do_anything_else_are_no_data(script: str) -> None:
    assert evaluate_call(script, 0) is None


def test_numbered_values_are_read_without_their_numbers() -> None:
    first = '$R[2]={title:"Acme \\"$R[9]=\\" opens",on:$R[3]=new Date("2026-05-03T00:00:00Z"),by:$R[4]={id:1},hot:!0,n:void 0}'
    script = f'fill($R[7],$R[0]={{posts:$R[1]=[{first},$R[5]={{title:"B",by:$R[4],hot:!1}}]}});done($R[6]={{a:1}})'
    posts = [
        {"title": 'Acme "$R[9]=" opens', "on": "2026-05-03T00:00:00Z", "by": {"id": 1}, "hot": True, "n": None},
        {"title": "B", "by": None, "hot": False},
    ]
    assert list(iter_numbered_values(script)) == [{"posts": posts}, {"a": 1}]
