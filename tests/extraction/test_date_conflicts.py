from __future__ import annotations

import pytest

from corpnews.extraction.extract import extract_page
from corpnews.page.page import Page

TEXT = "".join(f"<p>Turbine number {number} left the works on its way to the river, and a choir sang.</p>" for number in range(5))


@pytest.mark.parametrize(
    ("path", "warnings"),
    [
        ("2016-12-28/109.html", ("the URL has another date: 2016-12-28",)),
        ("2018-07-20/109.html", ()),
        ("2016-12/109.html", ()),
    ],
)
def test_date_that_is_not_the_day_of_the_url_is_a_warning(path: str, warnings: tuple[str, ...]) -> None:
    html = f"<html><body><h1>Acme ships its turbines</h1><time datetime='2018-08-01'>1 August 2018</time>{TEXT}</body></html>"
    extracted = extract_page(Page.from_html(html, f"https://acme.example/news/{path}"))
    assert extracted.date_published is not None
    assert extracted.date_published.value == "2018-08-01"
    assert extracted.warnings == warnings
