"""Garbage collection waits while a page is read."""

from __future__ import annotations

import gc

import pytest

from corpnews.page.garbage import pause_garbage_collection
from corpnews.page.page import Page


def test_reading_a_page_of_many_blocks_starts_no_collection_while_it_is_walked() -> None:
    page = Page.from_html("<h1>Plant opens</h1>" + "<p>Acme opened its plant in Oslo.</p>" * 5_000, "https://acme.example/news/1")
    starts: list[int] = []
    gc.callbacks.append(lambda phase, info: starts.append(info["generation"]) if phase == "start" else None)
    try:
        blocks = page.layout.blocks
    finally:
        gc.callbacks.pop()
    assert len(blocks) == 5_001
    assert len(starts) <= 1


def test_collection_goes_on_after_an_error_and_stays_off_where_the_caller_has_turned_it_off() -> None:
    with pytest.raises(ValueError, match="broken"), pause_garbage_collection():
        raise ValueError("broken")
    assert gc.isenabled()
    gc.disable()
    try:
        with pause_garbage_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
