"""A whole newsroom: one choice on each axis, made into a site with its truth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from random import Random
from typing import TYPE_CHECKING

from tests.generator.addresses import Addresses, move_to_other_place
from tests.generator.builder import Builder, add_query
from tests.generator.details import add_details
from tests.generator.frames import Frame
from tests.generator.indexes import add_feed, add_sitemap
from tests.generator.items import ItemWriter
from tests.generator.languages import CODES, load_language
from tests.generator.layouts import add_layout, add_start_page, count_sections
from tests.generator.neighbours import add_neighbours, fill_frame, write_neighbours
from tests.generator.releases import SIZES, Release, Writer
from tests.generator.site import GeneratedSite
from tests.generator.traits import choose_traits
from tests.generator.vendors import write_release_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.generator.languages import Language
    from tests.generator.traits import Traits


SHARE_ON_OTHER_HOST = 0.3
SHARE_DEAD = 0.15


@dataclass(frozen=True)
class GeneratedNewsroom:
    """A site, the URL where its crawl starts, and the releases that should come of it, by URL; everything else is wrong."""

    seed: int
    traits: Traits
    site: GeneratedSite
    start_url: str
    releases: dict[str, Release]


def generate_newsroom(seed: int, **fixed: str) -> GeneratedNewsroom:
    """Make the newsroom of a seed; `fixed` traits take the place of chosen ones."""
    rng = Random(seed)
    traits = choose_traits(rng, seed, fixed)
    language = load_language(traits["language"])
    company = rng.choice(language.companies)
    site = GeneratedSite(f"www.newsroom-{seed}.example", traits["queries"] == "ignored")
    further = Random(f"further choices {seed}")
    first = make_builder(rng, traits, language, site, company, "")
    count = rng.randint(*SIZES[traits["size"]])
    writer = Writer(rng, language, company)
    written = writer.write_releases(count, count_sections(traits["layout"], traits["size"]))
    releases = spoil_addresses(further, first, add_addresses(rng, first, written))
    editions = [(first, releases)]
    if traits["edition"] != "none":
        editions.append(make_second_edition(rng, traits, site, company))
        link_editions(first, editions[1][0])
    neighbours = write_neighbours(rng, writer)
    everything = [release for _, own in editions for release in own if not release.is_dead]
    add_sitemap(first, everything, neighbours)
    start_paths = []
    for builder, own in editions:
        fill_frame(builder, neighbours, builder.start_path)
        if builder is first:
            add_feed(builder, own, neighbours)
        start_paths.append(add_layout(builder, own))
        add_details(builder, own)
    if traits["trap"] == "overview":
        add_overview(first, releases, start_paths[0])
    add_neighbours(first, neighbours, writer)
    start_path = add_start_page(further, first, releases, start_paths[0])
    return GeneratedNewsroom(
        seed, traits, site, site.locate(start_path), {site.locate(release.path): release for release in everything}
    )


def make_builder(rng: Random, traits: Traits, language: Language, site: GeneratedSite, company: str, prefix: str) -> Builder:
    """Make the builder of one edition; `prefix` is the path of the edition."""
    section = f"{prefix}/{rng.choice(language.newsroom_paths)}"
    if traits["section"] == "prefixed" and not prefix:
        section = f"/{language.code}{section}"
    paths = {
        "plain": section, "html": f"{section}.html", "aspx": f"{section}/default.aspx",
        "index_php": f"{prefix}/index.php?option=com_news&view=list",
    }  # fmt: skip
    pattern = rng.choice(language.dates)
    link = traits["link"] if traits["item"] == "usual" else traits["item"]
    frame = Frame(traits["frame"], company)
    builder = Builder(
        rng, traits, language, site, frame, ItemWriter(link, traits["date"], pattern, str), section,
        paths.get(traits["section"], f"{section}/"),
    )  # fmt: skip
    builder.items.href = builder.href
    return builder


def add_addresses(rng: Random, builder: Builder, releases: Sequence[Release], query: str = "") -> list[Release]:
    """Give each release its path."""
    addresses = Addresses(rng, builder.traits["address"], builder.section)
    placed = []
    for release in releases:
        if builder.traits["release_spelling"] == "usual":
            path = addresses.address(release)
        else:
            path = write_release_address(builder.traits["release_spelling"], release, builder.section)
        if builder.traits["layout"] == "several_places" and release.number % 3:
            path = move_to_other_place(release, path) if "?" not in path else path
        placed.append(replace(release, path=add_query(path, query) if query else path))
    return placed


def spoil_addresses(rng: Random, builder: Builder, releases: Sequence[Release]) -> list[Release]:
    """Move some releases to another host of the company, and let the pages of some be missing."""
    traits, host = builder.traits, builder.site.other_host
    moved = traits["other_host"] == "some"
    dead = traits["dead"] == "entries"
    return [
        replace(
            release,
            path=f"http://{host}{release.path}" if moved and rng.random() < SHARE_ON_OTHER_HOST else release.path,
            is_dead=dead and at > 0 and rng.random() < SHARE_DEAD,
        )
        for at, release in enumerate(releases)
    ]


def make_second_edition(rng: Random, traits: Traits, site: GeneratedSite, company: str) -> tuple[Builder, list[Release]]:
    """Make an edition in another language, with releases of its own."""
    language = load_language(rng.choice([code for code in CODES if code != traits["language"]]))
    kind = traits["edition"]
    prefix = {"flag_path": "/x2", "lang_query": ""}.get(kind, f"/{language.code}")
    builder = make_builder(rng, traits, language, site, company, prefix)
    count = rng.randint(*SIZES["few"])
    written = Writer(rng, language, company).write_releases(count, count_sections(traits["layout"], "few"), 400)
    query = f"lang={language.code}" if kind == "lang_query" else ""
    if query:
        builder.start_path = add_query(builder.start_path, query)
    return builder, add_addresses(rng, builder, written, query)


def link_editions(first: Builder, second: Builder) -> None:
    """Put the switcher of languages on all pages of both editions."""
    kind = first.traits["edition"]
    places = [(each.language.code, each.start_path) for each in (first, second)]
    for builder in (first, second):
        if kind == "flag_path":
            other = next(place for place in places if place[1] != builder.start_path)
            builder.frame.switcher = f'<a href="{escape(other[1])}"><img src="/img/flag-{other[0]}.png"></a>'
        elif kind == "hreflang_head":
            builder.frame.head += "".join(
                f'<link rel="alternate" hreflang="{code}" href="{first.site.url}{escape(path)}">' for code, path in places
            )
        elif kind == "select":
            options = "".join(f'<option value="{escape(path)}">{code.upper()}</option>' for code, path in places)
            builder.frame.switcher = f'<select onchange="location=this.value">{options}</select>'
        else:
            builder.frame.switcher = "".join(f'<a href="{escape(path)}">{code.upper()}</a> ' for code, path in places)


def add_overview(builder: Builder, releases: Sequence[Release], start_path: str) -> None:
    """Put a page among the newsroom's own that lists releases again and is none."""
    path, words = f"{builder.section}/overview-2026", builder.language
    title = f"{words['newsroom']} 2026 – {builder.frame.company}"
    main = f"<h1>{title}</h1>{builder.without_data().list_html(releases[:8], path)}"
    builder.site.add(path, builder.page(title, main))
    box = f'<h4><a href="{path}">{escape(title)}</a></h4>'
    for key, answer in list(builder.site.answers.items()):
        if key.startswith(start_path.partition("?")[0]) and b"</h1>" in answer.body:
            builder.site.answers[key] = replace(answer, body=answer.body.replace(b"</h1>", b"</h1>" + box.encode(), 1))
