from __future__ import annotations

from typing import Any

import pytest

from corpnews.extraction.company import CompanyNames
from corpnews.page.page import Page

PROSE = "<p>The company said on Monday that it will build a plant for wind turbines in the north, which opens next year.</p>"


def company(pages: int = 6, *, host: str = "www.acme.example", title: str = "{}", head: str = "", foot: str = "") -> str | None:
    """The name by `pages` pages of a site; "{}" in the title is the headline."""
    names = CompanyNames()
    for number in range(pages):
        shown = title.format(f"Plant {number} opens")
        body = f"<h1>Plant {number}</h1>{PROSE}<footer>{foot}</footer>"
        html = f"<html><head><title>{shown}</title>{head}</head><body>{body}</body></html>"
        names.observe(Page.from_html(html, f"https://{host}/news/{number}"))
    return names.name


JANE = '{"name": "Jane Doe"}'
PERSON = f'<script type="application/ld+json">{{"@type": "Article", "publisher": {JANE}, "author": {JANE}}}</script>'
OWN_AUTHOR = PERSON.replace("Jane Doe", "ACME")


@pytest.mark.parametrize(
    ("statements", "name"),
    [
        ({"head": '<meta property="og:site_name" content="Acme Corp.">'}, "Acme Corp."),
        ({"head": '<meta property="og:site_name" content="Acme - Power for all">'}, "Acme"),
        ({"head": '<meta property="og:site_name" content="Power for all • Acme">'}, "Acme"),
        ({"head": '<meta property="og:site_name" content="Power: for all">', "host": "northwind.example"}, "Power: for all"),
        ({"head": '<meta property="og:site_name" content="Acme.">'}, "Acme"),
        ({"head": '<meta property="og:site_name" content="https://www.acme.example">'}, None),
        ({"title": "{} | Acme Corp."}, "Acme Corp."),
        ({"title": "{}_北京北风科技有限公司", "host": "www.beifeng.example"}, "北京北风科技有限公司"),
        ({"foot": "<p>© 2019-2024 Acme Corp. All rights reserved.</p>"}, "Acme Corp"),
        ({"foot": "<p>Copyright 2024 © Acme Inc. Designed by Web Builders</p>", "title": "{} | Other Holding"}, "Acme Inc"),
        ({"foot": "<p>Acme Corp. © 2024</p>"}, "Acme Corp."),
        (
            {"foot": "<p>© 2024 Acme Fördertechnik GmbH & Co. KG, Werkstraße 14, 57072 Nordvik</p>"},
            "Acme Fördertechnik GmbH & Co. KG",
        ),
        ({"foot": "<p>© 2024 Acme Energie B.V. Alle rechten voorbehouden</p>"}, "Acme Energie B.V."),
        (
            {"foot": "<a href='/'><img src='/a.png' alt='Северный ветер'></a><p>© 2024 АО «Северный ветер». г. Тверь</p>"},
            "Северный ветер",
        ),
        ({"foot": "<a href='/'><img src='/a.png' alt='Go to the Acme homepage'></a>"}, "Acme"),
        ({"foot": "<a href='/'><img src='/a.png' alt='Go to Acme home'></a>"}, "Acme"),
        ({"head": '<meta property="og:site_name" content="Acme.example">'}, "Acme.example"),
        ({"head": '<meta property="og:site_name" content="www.acme.example">'}, None),
        ({"foot": "<a href='/'><img src='/a.png' alt='Zur Startseite von Acme'></a>"}, "Acme"),
        ({"foot": "<p>© 2024 南风新闻 www.acme.example 举报中心</p>", "title": "{} | 南风新闻"}, "南风新闻"),
        ({"head": '<meta name="author" content="Acme">'}, "Acme"),
        ({"head": '<meta name="author" content="acme">', "foot": "<p>Acme AG © 2024</p>"}, "Acme AG"),
        ({"head": '<meta name="author" content="aCME">', "title": "{} | Acme"}, "Acme"),
        ({"foot": "<p>Acme Water — Power for all — 2024 ©</p>"}, "Acme Water"),
        (
            {"foot": "<a href='/'><img src='/a.png' alt='南风砖业有限公司'></a>", "title": "{}_全国唯一官方网站"},
            "南风砖业有限公司",
        ),
        ({"foot": "<p>北京北风科技有限公司 版权所有 Copyright © 2024</p>"}, "北京北风科技有限公司"),
        ({"foot": "<p>版权所有 北京北风科技有限公司 联系人：王先生</p>"}, "北京北风科技有限公司"),
        ({"head": PERSON, "title": "{} - ACME-WERKE", "host": "acme-werke.example"}, "ACME-WERKE"),
        ({"head": OWN_AUTHOR, "host": "turbines.example"}, "ACME"),
        ({"title": "{}--南风砖业有限公司--全国唯一官方网站"}, "南风砖业有限公司"),
        ({"title": "{} - Northern Wind Energy", "host": "nwe.example"}, "Northern Wind Energy"),
        (
            {
                "foot": "<a href='/'><img src='/a.png' alt='阿克米株式会社'></a><p>Copyright 2024 Acme Co., Ltd.</p>",
                "title": "{} | 阿克米株式会社",
            },
            "阿克米株式会社",
        ),
        ({"foot": "<h1><a href='/'>Northern Wind Energy</a></h1>", "host": "nwe.example"}, "Northern Wind Energy"),
        (
            {
                "head": '<meta property="og:site_name" content="南风投资">',
                "foot": "<p>Copyright 2024 Acme Inc.</p>",
                "title": "{} | 南风投资",
            },
            "Acme Inc.",
        ),
    ],
)
def test_owner_of_the_site_by_all_that_its_pages_say(statements: dict[str, Any], name: str) -> None:
    assert company(**statements) == name


def test_person_headline_host_and_generic_word_are_no_company() -> None:
    assert company(head=PERSON) is None
    assert company(1, title="Acme opens a plant") is None
    assert company(head='<meta property="og:site_name" content="acme.example">') is None
    assert company(title="{} | Newsroom") is None


def test_person_whose_site_it_is_is_no_company() -> None:
    assert company(host="janedoe.example", head='<meta name="author" content="Jane Doe">') is None


def test_part_of_nearly_all_titles_names_the_company_of_files_without_a_host() -> None:
    names = CompanyNames()
    for number in range(6):
        html = f"<html><head><title>Plant {number} opens | Acme</title></head><body><h1>Plant {number}</h1>{PROSE}</body></html>"
        names.observe(Page.from_html(html, f"file:///home/saved/www/{number}.html"))
    assert names.name == "Acme"


@pytest.mark.parametrize("names", [("Acme Corp", "ACME Corp"), ("Acme Corp", "Acme Turbines Corp")])
def test_name_does_not_depend_on_the_order_of_pages(names: tuple[str, str]) -> None:
    pages = [
        Page.from_html(f"<h1>Plant {at}</h1>{PROSE}<p>© 2024 {name}</p>", f"https://www.acme.example/news/{at}")
        for at, name in enumerate(names)
    ]
    forward, backward = CompanyNames(), CompanyNames()
    for page, other in zip(pages, reversed(pages), strict=True):
        forward.observe(page)
        backward.observe(other)
    assert forward.name is not None
    assert forward.name == backward.name
