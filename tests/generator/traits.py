"""The axes on which newsrooms differ, and the choice of one newsroom."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from tests.generator.languages import CODES
from tests.generator.vendors import ITEMS, NEXT_CONTROLS, PAGE_ADDRESSES, RELEASE_ADDRESSES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Traits = dict[str, str]


def weigh(values: str) -> dict[str, float]:
    """Parse names of values, each with its weight, which is 1 if it is not given.

    >>> weigh("list:3 hub")
    {'list': 3.0, 'hub': 1.0}
    """
    parts = (value.partition(":") for value in values.split())
    return {name: float(weight or 1) for name, _, weight in parts}


AXES: Final[Mapping[str, Mapping[str, float]]] = {
    "language": weigh(f"en:3 de:1.5 zh:1.5 ja:1.5 {' '.join(code for code in CODES if code not in ('en', 'de', 'zh', 'ja'))}"),
    "size": weigh("few some:2 many:2"),
    "frame": weigh("semantic:2 divs:2 table"),
    "section": weigh("slash:4 plain:2 html index_php prefixed:2 aspx"),
    "links": weigh("rooted:5 absolute:2 protocol_relative"),
    "layout": weigh("list:7 hub:2 tabs:2 side_menu step_above several_places accordion sitemap_only"),
    "pager": weigh("""
        all_on_one:0.7 numbers:3 numbers_window:2 next_link:3 rel_next_head load_more_link:2 load_more_url:2 load_more_href hx_get
        data_next json_html json_items select_pages post_form:0.5 postback:0.5 script_pager growing:0.5
    """),
    "page_address": weigh("query:3 query_zero path_page:2 path_number offset file_suffix index_suffix"),
    "archive": weigh("none:7 years year_images year_select year_form year_table months_counted month_names"),
    "archive_address": weigh("path:2 query file nameless"),
    "edition": weigh("none:9 flag_path lang_query select hreflang_head path_label"),
    "address": weigh("""
        slug_below:4 slug_root:1.5 number_html:1.5 number_like_year date_path:1.5 id_query several_queries uuid slug_id aspx_query
        short_code index_php unicode_slug other_section
    """),
    "link": weigh("""
        headline:3 heading_link:3 card:2 stretched data_href onclick read_more:2 open_table table_row definition
        image_and_headline cut_title layout_table flat_lines
    """),
    "date": weigh("before:4 after:2 time_tag tile none month_heading"),
    "data": weigh(
        "html:25 next_data next_flight nuxt2 nuxt3 attribute astro sveltekit remix react_router apollo json_script variable"
    ),
    "rows": weigh("plain:4 wordpress contentful strapi sanity storyblok drupal edges"),
    "detail": weigh("html:12 data:3 json_ld pdf_line:0.5"),
    "rich_text": weigh("""
        html_string:2 plain_text paragraphs slate contentful portable_text prosemirror wordpress_blocks storyblok draftjs editorjs
        lexical components
    """),
    "feed": weigh("none:3 newest whole_site undeclared"),
    "sitemap": weigh("none:4 complete whole_site:2 index robots_gz newest"),
    "trap": weigh("none:4 overview calendar facets related_blog dated_jobs dated_events share"),
    "queries": weigh("ignored:2 not_found"),
}
# Chosen apart from the others, so that a seed's choices on those stay what they were.
FURTHER_AXES: Final[Mapping[str, Mapping[str, float]]] = {
    "start": weigh("newsroom:9 landing:2 home"),
    "featured": weigh("none:5 hero"),
    "topics": weigh("none:5 linked"),
    "dead": weigh("none:6 entries menu"),
    "other_host": weigh("none:8 some"),
    "load": weigh("get:3 post"),
    "archive_levels": weigh("one:2 two"),
    "item": weigh(f"usual:{4 * len(ITEMS)} {' '.join(ITEMS)}"),
    "page_spelling": weigh(f"usual:{3 * len(PAGE_ADDRESSES)} {' '.join(PAGE_ADDRESSES)}"),
    "release_spelling": weigh(f"usual:{6 * len(RELEASE_ADDRESSES)} {' '.join(RELEASE_ADDRESSES)}"),
    "link_spelling": weigh("usual:30 tracked slash www https base relative upper"),
    "past_end": weigh("usual:12 repeats first empty"),
    "pinned": weigh("none:12 on_each_page"),
    "control": weigh(f"usual:{6 * len(NEXT_CONTROLS)} {' '.join(NEXT_CONTROLS)}"),
    "shown": weigh("usual:30 iframe year_panels variable_rest item_list months_in_sitemap table_data board script_button"),
    "between": weigh("none:3 previous_next"),
}
ALL_AXES: Final[Mapping[str, Mapping[str, float]]] = {**AXES, **FURTHER_AXES}


def is_page_address_possible(value: str, chosen: Traits) -> bool:
    if chosen["pager"] == "growing":
        return value == "query"
    return chosen["section"] not in ("html", "aspx", "index_php") or value in ("query", "query_zero", "offset")


def is_data_possible(value: str, chosen: Traits) -> bool:
    """Data beside the page hold one list of dated releases; its pager is HTML."""
    pagers = ("all_on_one", "numbers", "numbers_window", "next_link", "rel_next_head", "load_more_link", "select_pages")
    layouts = ("list", "tabs", "side_menu", "several_places")
    fits = chosen["layout"] in layouts and chosen["pager"] in pagers and chosen["archive"] == "none"
    return value == "html" or (fits and chosen["date"] != "month_heading")


def is_pager_possible(value: str, chosen: Traits) -> bool:
    return value == "all_on_one" or chosen["layout"] not in ("accordion", "sitemap_only")


def is_date_possible(value: str, chosen: Traits) -> bool:
    return value not in ("tile", "month_heading") or chosen["link"] in ("headline", "heading_link", "card", "read_more")


def is_detail_possible(value: str, chosen: Traits) -> bool:
    """The PDFs are written with a font of Latin letters."""
    return value != "pdf_line" or chosen["language"] not in ("ja", "zh", "ru")


def is_sitemap_possible(value: str, chosen: Traits) -> bool:
    return chosen["layout"] != "sitemap_only" or value in ("complete", "index", "robots_gz")


def is_way_of_showing_possible(value: str, chosen: Traits) -> bool:
    is_plain_list = chosen["layout"] == "list" and chosen["archive"] == "none" and chosen["data"] == "html"
    is_alone = chosen["edition"] == chosen["featured"] == chosen["other_host"] == "none"
    is_board = chosen["release_spelling"] == "board"
    return value == "usual" or (is_plain_list and is_alone and (value != "board" or is_board))


PLAIN_SECTIONS: Final = ("slash", "plain", "prefixed")
PAGED: Final = ("numbers", "numbers_window", "next_link", "rel_next_head", "load_more_link", "select_pages")
# Link styles in which the whole item is a link, or has no box of its own.
LINKS_AROUND_ITEMS: Final = ("card", "stretched", "data_href", "onclick", "flat_lines")
# Whether a value is possible after what was chosen on the axes before; on other axes all values are.
CONDITIONS: Final[Mapping[str, Callable[[str, Traits], bool]]] = {
    "pager": is_pager_possible,
    "page_address": is_page_address_possible,
    "archive": lambda value, chosen: value == "none" or chosen["layout"] == "list",
    "edition": lambda value, chosen: value != "lang_query" or chosen["section"] != "index_php",
    "date": is_date_possible,
    "data": is_data_possible,
    "rows": lambda value, chosen: value == "plain" or chosen["data"] != "html",
    "detail": is_detail_possible,
    "rich_text": lambda value, chosen: value == "html_string" or chosen["detail"] == "data",
    "sitemap": is_sitemap_possible,
    "start": lambda value, chosen: value == "newsroom" or chosen["layout"] not in ("step_above", "sitemap_only"),
    "featured": lambda value, chosen: value == "none" or chosen["data"] == "html",
    "other_host": lambda value, chosen: value == "none" or (chosen["layout"] != "sitemap_only" and chosen["rows"] != "storyblok"),
    "topics": lambda value, chosen: value == "none" or chosen["link"] not in LINKS_AROUND_ITEMS,
    "load": lambda value, chosen: value == "get" or chosen["pager"] in ("load_more_url", "load_more_href", "hx_get"),
    "archive_levels": lambda value, chosen: value == "one" or chosen["archive"].startswith("year"),
    "item": lambda value, chosen: (
        value == "usual" or (chosen["data"] == "html" and chosen["date"] not in ("tile", "month_heading"))
    ),
    "page_spelling": lambda value, chosen: value == "usual" or (chosen["section"] in PLAIN_SECTIONS and chosen["pager"] in PAGED),
    "release_spelling": lambda value, chosen: value == "usual" or chosen["layout"] != "several_places",
    "past_end": lambda value, chosen: value == "usual" or chosen["pager"] in ("next_link", "load_more_link"),
    "control": lambda value, chosen: value == "usual" or chosen["pager"] == "next_link",
    "pinned": lambda value, chosen: value == "none" or chosen["data"] == "html",
    "shown": is_way_of_showing_possible,
}


def choose_traits(rng: Random, seed: int, fixed: Traits) -> Traits:
    """Choose a value on each axis; where two exclude each other, the later axis gives way. `fixed` values are not chosen."""
    chosen: Traits = {}
    for axes, choice in ((AXES, rng), (FURTHER_AXES, Random(f"further axes {seed}"))):
        for axis, values in axes.items():
            condition = CONDITIONS.get(axis)
            possible = {value: weight for value, weight in values.items() if condition is None or condition(value, chosen)}
            chosen[axis] = choice.choices(list(possible), list(possible.values()))[0]
        chosen |= {axis: value for axis, value in fixed.items() if axis in axes}
    return chosen
