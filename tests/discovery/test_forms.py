from __future__ import annotations

import pytest

from corpnews.discovery.pagers.forms import find_form_pages, read_form_fields
from tests.discovery.listing_pages import build_bare_page


@pytest.mark.parametrize(
    ("inputs", "fields"),
    [
        ("<input name='q' value='x'><input name='empty'>", {"q": "x", "empty": ""}),
        ("<input type='checkbox' name='all' checked>", {"all": "on"}),
        ("<input type='checkbox' name='all' value='' checked><input type='radio' name='of' value='2' checked>",
         {"all": "", "of": "2"}),
        ("<input type='checkbox' name='all'><input type='radio' name='of' value='2'><button name='go' value='1'>Go</button>", {}),
        ("<textarea name='text'>\nTwo\nlines</textarea>", {"text": "Two\nlines"}),
        ("<select name='year'><option>2024<option value='23' selected>2023</select>", {"year": "23"}),
        ("<input value='without a name'>", {}),
    ],
)  # fmt: skip
def test_form_is_submitted_as_browsers_do(inputs: str, fields: dict[str, str]) -> None:
    (form,) = build_bare_page(f"<form>{inputs}</form>", "https://www.acme.example/news/").root.iter("form")
    assert read_form_fields(form) == fields


def test_numbers_that_are_buttons_of_a_posted_form_are_pages_of_the_list() -> None:
    page = build_bare_page(
        "<form method='post' action='/news/'><input type='hidden' name='list' value='all'><button name='page' value='1' disabled>"
        "1</button><button name='page' value='2'>2</button><button name='sort' value='date'>By date</button></form>"
        "<form method='post'><input type='hidden' name='page' value='2'><input type='submit' value='Next'></form>"
        "<form method='post'><input name='email'><button>Subscribe</button></form>",
        "https://www.acme.example/news/",
    )
    assert [(request.url, request.body) for request in find_form_pages(page)] == [
        ("https://www.acme.example/news/", "list=all&page=2"), (page.url, "page=2")
    ]  # fmt: skip
