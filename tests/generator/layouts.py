"""Layouts: over which lists the releases are spread, and how the start page leads to them."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from http import HTTPStatus
from itertools import groupby
from typing import TYPE_CHECKING

from tests.generator.addresses import slugify
from tests.generator.archives import add_archive, year_of
from tests.generator.builder import Listing, add_query
from tests.generator.items import TOPICS
from tests.generator.pagers import add_listing, all_on_one
from tests.generator.presentations import add_presented

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from tests.generator.builder import Builder
    from tests.generator.releases import Release

NEWEST_SHOWN = 5


def count_sections(layout: str, size: str) -> int:
    return {"hub": 3, "tabs": 2}.get(layout, 1) if size != "few" else {"hub": 2, "tabs": 2}.get(layout, 1)


def add_layout(builder: Builder, releases: Sequence[Release]) -> str:
    """Add the lists to the site; returns the path of the start page."""
    if builder.traits["topics"] == "linked":
        builder.items.topics = f"{builder.section}/topic-"
        add_topics(builder, releases)
    return LAYOUTS[builder.traits["layout"]](builder, releases)


def single_list(builder: Builder, releases: Sequence[Release]) -> str:
    listing = Listing(builder.start_path, builder.language["releases"], releases)
    if builder.traits["shown"] != "usual":
        add_presented(builder, listing)
    elif builder.traits["archive"] == "none" or len(set(map(year_of, releases))) == 1:
        add_listing(builder, listing)
    else:
        add_archive(builder, listing)
    return builder.start_path


def section_path(builder: Builder, at: int, label: str, style: str) -> str:
    match style:
        case "nameless":
            number = 3410 + 7 * at
            while builder.site.respond(f"/c/{number}/").status == HTTPStatus.OK:  # another edition's
                number += 350
            return f"/c/{number}/"
        case "query":
            return add_query(builder.start_path, f"type={at + 1}")
        case "numbered":
            return f"{builder.section}-{at + 1}/"
    return f"{builder.section}/{slugify(label) or f'list{at + 1}'}/"


def hub(builder: Builder, releases: Sequence[Release]) -> str:
    """The newest of each section, and a link to each section's list."""
    style = builder.rng.choice(("nameless", "query", "numbered", "named"))
    more_in_head = builder.rng.random() < 0.5
    label = builder.rng.choice(
        (builder.language["view_more"], f"{builder.language['view_more']} +", builder.language["view_all"])
    )
    main = f"<h1>{builder.language['newsroom']}</h1>"
    for at, title in enumerate(builder.language.labels["sections"]):
        own = [release for release in releases if release.section == at]
        if not own:
            continue
        path = section_path(builder, at, title, style)
        add_listing(builder, Listing(path, title, own))
        more = f'<a class="more" href="{escape(builder.href(path))}">{label}</a>'
        head, foot = (more, "") if more_in_head else ("", more)
        main += f"<section><div><h2>{title}</h2>{head}</div>{builder.list_html(own[:4], path)}{foot}</section>"
    builder.site.add(builder.start_path, builder.page(builder.language["newsroom"], main))
    return builder.start_path


def tabs(builder: Builder, releases: Sequence[Release]) -> str:
    """Lists beside one another; the start page is the first."""
    style = builder.rng.choice(("query", "numbered", "named"))
    titles = builder.language.labels["sections"][: max(release.section for release in releases) + 1]
    paths = [builder.start_path, *(section_path(builder, at, title, style) for at, title in enumerate(titles) if at)]
    as_menu = builder.rng.random() < 0.3
    for at, title in enumerate(titles):
        links = "".join(
            f'<li><a class="{"on" if other == at else ""}" href="{escape(builder.href(path))}">{titles[other]}</a></li>'
            for other, path in enumerate(paths)
        )
        bar = f'<ul class="tabs">{links}</ul>'
        own = [release for release in releases if release.section == at]
        add_listing(builder, Listing(paths[at], title, own, before="" if as_menu else bar, aside=bar if as_menu else ""))
    return builder.start_path


def side_menu(builder: Builder, releases: Sequence[Release]) -> str:
    """The start page has the newest; the menu of the section leads to all, to older ones, and to pages without releases."""
    words, section = builder.language, builder.section
    style = builder.rng.choice(("named", "nameless"))
    half = max(NEWEST_SHOWN, len(releases) // 2)
    older = releases[half:]
    places = [(words["newsroom"], builder.start_path), (words["releases"], section_path(builder, 1, "press-releases-all", style))]
    if older:
        places.append((words["archive"], section_path(builder, 2, "archive-of-releases", style)))
    extras = [(words["kit"], f"{section}/kit/"), (words["contact"], f"{section}/contacts/")]
    links = "".join(f'<li><a href="{escape(builder.href(path))}">{label}</a></li>' for label, path in (*places, *extras))
    menu = f'<div class="side"><ul>{links}</ul></div>'
    start = Listing(builder.start_path, words["newsroom"], releases, aside=menu)
    all_on_one(builder, start, [releases[:NEWEST_SHOWN]])
    add_listing(builder, Listing(places[1][1], words["releases"], releases[:half], aside=menu))
    if older:
        add_listing(builder, Listing(places[2][1], words["archive"], older, aside=menu))
    for label, path in extras:
        text = words["about_text"].format(company=builder.frame.company)
        builder.site.add(path, builder.page(label, f"<h1>{label}</h1><p>{text}</p>", "", menu))
    return builder.start_path


def step_above(builder: Builder, releases: Sequence[Release]) -> str:
    """The start page is above the list: three teasers, and links to all releases, events and contacts."""
    words = builder.language
    add_listing(builder, Listing(builder.start_path, words["releases"], releases))
    path = builder.rng.choice(("/", f"/media-{words.code}/", f"{builder.section}-overview/"))
    about = f"<p>{words['about_text'].format(company=builder.frame.company)}</p>"
    boxes = "".join(
        f'<section><h2>{words[label]}</h2>{about}<a href="/{label}/">{words[label]}</a></section>'
        for label in ("events", "contact")
    )
    more = f'<a href="{escape(builder.href(builder.start_path))}">{words[builder.rng.choice(("view_all", "releases"))]}</a>'
    teasers = builder.without_data().list_html(releases[:3], path)
    main = f"<h1>{words['newsroom']}</h1><section><h2>{words['newsroom']}</h2>{teasers}{more}</section>{boxes}"
    builder.site.add(path, builder.page(words["newsroom"], main))
    return path


def accordion(builder: Builder, releases: Sequence[Release]) -> str:
    """All releases on one page, folded by year."""
    years = groupby(releases, key=year_of)
    folded = "".join(f"<details><summary>{year}</summary>{builder.list_html(list(group), '')}</details>" for year, group in years)
    title = builder.language["newsroom"]
    builder.site.add(builder.start_path, builder.page(title, f"<h1>{title}</h1>{folded}"))
    return builder.start_path


def sitemap_only(builder: Builder, releases: Sequence[Release]) -> str:
    """The start page has the newest, and no link to the older ones."""
    listing = Listing(builder.start_path, builder.language["newsroom"], releases)
    all_on_one(replace(builder), listing, [releases[:NEWEST_SHOWN]])
    return builder.start_path


def add_topics(builder: Builder, releases: Sequence[Release]) -> None:
    """Add the lists of the topics that the items of lists link to."""
    for at, title in enumerate(builder.language.labels["sections"][:TOPICS]):
        own = [release for release in releases if release.number % TOPICS == at]
        path = f"{builder.items.topics}{at + 1}/"
        builder.site.add(path, builder.page(title, f"<h1>{title}</h1>{builder.list_html(own, path)}"))


def add_start_page(rng: Random, builder: Builder, releases: Sequence[Release], newsroom: str) -> str:
    """Add the page where the crawl starts, if that is above the newsroom's; returns its path."""
    match builder.traits["start"]:
        case "landing":
            return add_landing_page(rng, builder, newsroom)
        case "home":
            add_home_page(builder, releases, newsroom)
            return "/"
    return newsroom


def add_landing_page(rng: Random, builder: Builder, newsroom: str) -> str:
    """Add a page without releases: boxes that lead to the newsroom, its contacts and events."""
    words = builder.language
    about = f"<p>{words['about_text'].format(company=builder.frame.company)}</p>"
    more = rng.choice(("", words["view_more"]))
    places = [(words["releases"], newsroom), (words["events"], "/events/"), (words["contact"], "/contact/")]
    boxes = "".join(
        f'<div class="box"><h3>{label}</h3>{about}<a href="{escape(builder.href(path))}">{more or label}</a></div>'
        for label, path in places
    )
    path = rng.choice((f"/press-{words.code}/", f"{builder.section}-start/", f"/company/{words.code}-media/"))
    builder.site.add(path, builder.page(words["newsroom"], f"<h1>{words['newsroom']}</h1>{about}{boxes}"))
    return path


def add_home_page(builder: Builder, releases: Sequence[Release], newsroom: str) -> None:
    """Add the site's home page, with products, posts of the blog and two releases."""
    words = builder.language
    about = f"<p>{words['about_text'].format(company=builder.frame.company)}</p>"
    products = "".join(
        f'<div class="card"><h3>{product}</h3>{about}<a href="/products/p{at}/">{words["view_more"]}</a></div>'
        for at, product in enumerate(words.products[:3], 1)
    )
    shown = [release for release in releases if not release.is_dead][:2]
    news = f"<h2>{words['newsroom']}</h2>{builder.without_data().list_html(shown, '/')}"
    more = f'<a href="{newsroom}">{words["view_all"]}</a>'
    main = f"<h1>{builder.frame.company}</h1>{about}{products}<section>{news}{more}</section>"
    builder.site.add("/", builder.page(builder.frame.company, main))


LAYOUTS: dict[str, Callable[[Builder, Sequence[Release]], str]] = {
    "list": single_list, "several_places": single_list, "hub": hub, "tabs": tabs, "side_menu": side_menu,
    "step_above": step_above, "accordion": accordion, "sitemap_only": sitemap_only,
}  # fmt: skip
