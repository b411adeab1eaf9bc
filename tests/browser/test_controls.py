from __future__ import annotations

import pytest

from corpnews.browser.controls import Control, ControlChooser


def chosen(*controls: Control) -> str | None:
    control = ControlChooser().choose(controls)
    return control.text or control.name if control else None


@pytest.mark.parametrize(
    "text", ["Load more", "Show 12 more", "Mehr laden", "Charger plus (24)", "加载更多", "もっと見る", "더보기", "Показать ещё"]
)
def test_load_more_is_pressed_in_any_language(text: str) -> None:
    assert chosen(Control(0, "Accept all cookies"), Control(1, text), Control(2, "Subscribe")) == text


@pytest.mark.parametrize(
    "control",
    [
        Control(0, "›", ancestors="pagination"),
        Control(0, "", name="Next page"),
        Control(0, "", name="Next", ancestors="pager"),
        Control(0, "Weitere", classes="btn load-more"),
    ],
)
def test_next_page_is_pressed(control: Control) -> None:
    assert ControlChooser().choose([Control(9, "Products"), control]) is control


def test_read_more_of_each_item_is_not_pressed() -> None:
    assert chosen(Control(0, "Read more"), Control(1, "Read more")) is None


def test_more_in_a_menu_is_not_pressed() -> None:
    assert chosen(Control(0, "More", is_in_frame=True)) is None


def test_page_numbers_are_pressed_in_order() -> None:
    chooser = ControlChooser()
    pager = [Control(at, str(at), ancestors="pagination") for at in (3, 1, 2)]
    pressed = []
    while control := chooser.choose(pager):
        chooser.mark_pressed(control, has_new_links=True)
        pressed.append(control.text)
    assert pressed == ["2", "3"]


def test_control_that_loaded_nothing_is_pressed_again_only_for_another_year() -> None:
    chooser, more, year = ControlChooser(), Control(0, "Load more"), Control(1, "2023")
    assert chooser.choose([more, year]) is more
    chooser.mark_pressed(more, has_new_links=False)
    assert chooser.choose([more, year]) is year
    chooser.mark_pressed(year, has_new_links=True)
    assert chooser.choose([more, year]) is more
    chooser.mark_pressed(more, has_new_links=False)
    assert chooser.choose([more, year]) is None


def test_days_of_a_calendar_are_not_pressed() -> None:
    assert chosen(Control(0, "›", ancestors="calendar pager"), Control(1, "2", ancestors="datepicker pagination")) is None
