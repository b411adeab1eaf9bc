"""Pagers: how a list that is longer than its first page goes on."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from tests.generator.builder import add_query
from tests.generator.site import SiteAnswer
from tests.generator.vendors import NEXT_CONTROLS, write_page_address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.generator.builder import Builder, Listing
    from tests.generator.releases import Release

Chunks = list["Sequence[Release]"]
WINDOW = 2
PAGES_PAST_END = 40


def add_listing(builder: Builder, listing: Listing) -> None:
    """Add the pages of a list to the site."""
    size = builder.rng.choice((5, 6, 8, 10, 12))
    releases = listing.releases
    chunks = [releases[at : at + size] for at in range(0, len(releases), size)] or [[]]
    kind = "load_more_post" if builder.traits["load"] == "post" else builder.traits["pager"]
    pager = PAGERS[kind] if len(chunks) > 1 else all_on_one
    pager(builder, listing, chunks)


def page_path(builder: Builder, listing: Listing, number: int, size: int) -> str:
    """The path of a list's page; the first has the list's own."""
    path, scheme = listing.path, builder.traits["page_address"]
    if number == 1:
        return path
    if builder.traits["page_spelling"] != "usual":
        return write_page_address(builder.traits["page_spelling"], path, number, size)
    if "?" in path and scheme not in ("query", "query_zero", "offset"):
        scheme = "query"
    folder = path.rstrip("/")
    paths = {
        "query": add_query(path, f"page={number}"),
        "query_zero": add_query(path, f"p={number - 1}"),
        "offset": add_query(path, f"start={(number - 1) * size}"),
        "path_page": f"{folder}/page/{number}/",
        "path_number": f"{folder}/{number}",
        "file_suffix": f"{folder}/list-{number}.html",
        "index_suffix": f"{folder}/index_{number - 1}.html",
    }
    return paths[scheme]


def page_paths(builder: Builder, listing: Listing, chunks: Chunks) -> list[str]:
    return [page_path(builder, listing, number, len(chunks[0])) for number in range(1, len(chunks) + 1)]


def endless_paths(builder: Builder, listing: Listing, chunks: Chunks) -> list[str]:
    """The paths of the list's pages, and of further ones where "next" never ends."""
    further = range(len(chunks) + 1, len(chunks) + PAGES_PAST_END + 1) if builder.traits["past_end"] != "usual" else ()
    return [*page_paths(builder, listing, chunks), *(page_path(builder, listing, at, len(chunks[0])) for at in further)]


def add_pages(
    builder: Builder, listing: Listing, chunks: Chunks, controls: Callable[[int], str], head: Callable[[int], str] | None = None
) -> None:
    """Add all pages of a list, each with its controls: `controls` and `head` get the number of the page, from 0."""
    for at in range(len(chunks), len(chunks) + PAGES_PAST_END if builder.traits["past_end"] != "usual" else 0):
        path = page_path(builder, listing, at + 1, len(chunks[0]))
        shown = {"repeats": chunks[-1], "first": chunks[0], "empty": []}[builder.traits["past_end"]]
        builder.site.add(path, builder.listing_page(listing, shown, controls(at)))
    for at, path in enumerate(page_paths(builder, listing, chunks)):
        builder.site.add(path, builder.listing_page(listing, chunks[at], controls(at), head(at) if head else ""))


def all_on_one(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    builder.site.add(listing.path, builder.listing_page(listing, [release for chunk in chunks for release in chunk]))


def write_numbers(builder: Builder, paths: list[str], at: int, shown: set[int]) -> str:
    """Return the numbered links to the pages in `shown`; the page's own number is no link."""
    parts = []
    for number in range(len(paths)):
        if number == at:
            parts.append(f"<b>{number + 1}</b>")
        elif number in shown:
            parts.append(f'<a href="{escape(builder.href(paths[number]))}">{number + 1}</a>')
        elif parts[-1] != "…":
            parts.append("…")
    return f'<div class="pages">{" ".join(parts)}</div>'


def numbers(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    paths = page_paths(builder, listing, chunks)
    add_pages(builder, listing, chunks, lambda at: write_numbers(builder, paths, at, set(range(len(paths)))))


def numbers_window(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    """Numbers around the page's own and the last one, as most pagers show them."""
    paths = page_paths(builder, listing, chunks)
    last = len(paths) - 1
    add_pages(
        builder, listing, chunks,
        lambda at: write_numbers(builder, paths, at, {0, last, *range(at - WINDOW, at + WINDOW + 1)}),
    )  # fmt: skip


def next_link(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    paths = endless_paths(builder, listing, chunks)
    label = builder.language["next"]
    look = builder.rng.choice(("{label}", "{label} ›", "»", "&gt;"))

    def controls(at: int) -> str:
        if control := NEXT_CONTROLS.get(builder.traits["control"]):
            at_end = at + 1 == len(paths)
            return "" if at_end else control.format(href=escape(paths[at + 1]), number=at + 2, at=at + 1, label=label)
        back = f'<a href="{escape(paths[at - 1])}">{builder.language["previous"]}</a>' if at else ""
        onward = f'<a class="nx" href="{escape(paths[at + 1])}">{look.format(label=label)}</a>' if at + 1 < len(paths) else ""
        return f'<div class="pager">{back} {at + 1}/{len(chunks)} {onward}</div>'

    add_pages(builder, listing, chunks, controls)


def rel_next_head(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    paths = page_paths(builder, listing, chunks)

    def head(at: int) -> str:
        return f'<link rel="next" href="{escape(builder.href(paths[at + 1]))}">' if at + 1 < len(paths) else ""

    add_pages(builder, listing, chunks, lambda _: "", head)


def load_more_link(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    paths = endless_paths(builder, listing, chunks)
    label = builder.language["load_more"]
    add_pages(
        builder, listing, chunks,
        lambda at: f'<a class="btn" href="{escape(paths[at + 1])}">{label}</a>' if at + 1 < len(paths) else "",
    )  # fmt: skip


def add_fragments(builder: Builder, listing: Listing, chunks: Chunks, button: str) -> None:
    """Add a first page and fragments without `<html>`; `button` has a place for the address of the next one."""
    folder = listing.path.partition("?")[0].rstrip("/").removesuffix(".html")
    shape = builder.rng.choice((f"{folder}/more-{{}}.html", f"{folder}/ajax?block=9&page={{}}", "/ajax/list/c7/{}"))
    if "?" in listing.path:  # lists that differ in their query alone
        shape = "/ajax/list/c7/{}"
    if "c7" in shape:
        shape = shape.replace("c7", f"c{abs(hash_text(listing.path)) % 997}")
    urls = [escape(shape.format(at + 1)) for at in range(len(chunks))]
    label = builder.language["load_more"]

    def write_button(at: int) -> str:
        return button.format(url=urls[at + 1], label=label) if at + 1 < len(chunks) else ""

    builder.site.add(listing.path, builder.listing_page(listing, chunks[0], write_button(0)))
    for at in range(1, len(chunks)):
        builder.site.add(shape.format(at + 1), f"{builder.items.write_items(chunks[at])}{write_button(at)}")


def load_more_post(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    """Further items come as a fragment by POST of a form that holds their offset."""
    label, size = builder.language["load_more"], len(chunks[0])

    def write_form(at: int) -> str:
        hidden = f'<input type="hidden" name="offset" value="{(at + 1) * size}">'
        form = f'<form method="post" action="{escape(listing.path)}">{hidden}<button type="submit">{label}</button></form>'
        return form if at + 1 < len(chunks) else ""

    builder.site.add(listing.path, builder.listing_page(listing, chunks[0], write_form(0)))
    for at in range(1, len(chunks)):
        builder.site.add_form(listing.path, "offset", f"{at * size}", f"{builder.items.write_items(chunks[at])}{write_form(at)}")


def hash_text(text: str) -> int:
    """A hash that is the same in every process."""
    return sum(ord(letter) * (at + 1) for at, letter in enumerate(text))


def load_more_url(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    add_fragments(builder, listing, chunks, '<button class="load" data-url="{url}">{label}</button>')


def load_more_href(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    add_fragments(builder, listing, chunks, '<div class="load" data-href="{url}"><span>{label}</span></div>')


def hx_get(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    add_fragments(builder, listing, chunks, '<button hx-get="{url}" hx-swap="outerHTML">{label}</button>')


def data_next(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    add_fragments(builder, listing, chunks, '<div class="sentinel" data-next="{url}"></div>')


def json_html(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    """Further items come as JSON that holds their HTML and the next address."""
    url = f"/api/list/{hash_text(listing.path) % 997}?page={{}}"
    label = builder.language["load_more"]
    button = f'<button class="load" data-url="{escape(url.format(2))}">{label}</button>'
    builder.site.add(listing.path, builder.listing_page(listing, chunks[0], button))
    for at in range(1, len(chunks)):
        following = url.format(at + 2) if at + 1 < len(chunks) else None
        answer = {"html": builder.items.write_items(chunks[at]), "next": following}
        builder.site.add(url.format(at + 1), SiteAnswer(json.dumps(answer).encode(), "application/json"))


def json_items(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    """Further items come as JSON objects."""
    url = f"/api/news/{hash_text(listing.path) % 997}?page={{}}"
    label = builder.language["load_more"]
    last = len(chunks)
    button = f'<button class="load" data-url="{escape(url.format(2))}" data-page="1" data-total-pages="{last}">{label}</button>'
    builder.site.add(listing.path, builder.listing_page(listing, chunks[0], button))
    for at in range(1, last):
        rows = [{"title": each.headline, "url": builder.href(each.path), "date": f"{each.day}"} for each in chunks[at]]
        answer = {"items": rows, "page": at + 1, "totalPages": last, "hasMore": at + 1 < last}
        builder.site.add(url.format(at + 1), SiteAnswer(json.dumps(answer).encode(), "application/json"))


def select_pages(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    """A drop-down of the pages."""
    paths = page_paths(builder, listing, chunks)

    def controls(at: int) -> str:
        options = "".join(
            f'<option value="{escape(builder.href(path))}"{" selected" if number == at else ""}>{number + 1}</option>'
            for number, path in enumerate(paths)
        )
        return f'<select onchange="location.href=this.value">{options}</select>'

    add_pages(builder, listing, chunks, controls)


def add_posts(builder: Builder, listing: Listing, chunks: Chunks, field: str, controls: Callable[[int], str]) -> None:
    """Add a list whose further pages come by POST of its form, with the page's number in `field`."""
    for at, chunk in enumerate(chunks):
        page = builder.listing_page(listing, chunk, controls(at))
        if at == 0:
            builder.site.add(listing.path, page)
        builder.site.add_form(listing.path, field, str(at + 1), page)


def post_form(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    label = builder.language["next"]

    def controls(at: int) -> str:
        if at + 1 == len(chunks):
            return ""
        hidden = f'<input type="hidden" name="page" value="{at + 2}">'
        return f'<form method="post" action="{escape(listing.path)}">{hidden}<button type="submit">{label}</button></form>'

    add_posts(builder, listing, chunks, "page", controls)


def postback(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    def controls(at: int) -> str:
        links = "".join(
            f"<td><span>{number}</span></td>" if number == at + 1
            else f"<td><a href=\"javascript:__doPostBack('ctl00$pager','{number}')\">{number}</a></td>"
            for number in range(1, len(chunks) + 1)
        )  # fmt: skip
        state = f'<input type="hidden" name="__VIEWSTATE" value="dDwt{at}"><input type="hidden" name="__EVENTTARGET" value="">'
        form = f'<form method="post" action="{escape(listing.path)}">{state}<input type="hidden" name="__EVENTARGUMENT" value="">'
        return f"{form}<table><tr>{links}</tr></table></form>"

    add_posts(builder, listing, chunks, "__EVENTARGUMENT", controls)


def script_pager(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    """Numbers that call a function, which submits a form with the number."""
    path, _, query = listing.path.partition("?")
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{value}">'
        for name, _, value in (pair.partition("=") for pair in query.split("&") if pair)
    )

    def controls(at: int) -> str:
        links = " ".join(
            f"<strong>{number}</strong>" if number == at + 1 else f'<a href="javascript:goPage({number})">{number}</a>'
            for number in range(1, len(chunks) + 1)
        )
        form = f'<form name="f" method="get" action="{path}">{hidden}<input type="hidden" name="pageNo" value="{at + 1}"></form>'
        script = "<script>function goPage(n){document.f.pageNo.value=n;document.f.submit();}</script>"
        return f'{form}{script}<div class="paging">{links}</div>'

    for at, chunk in enumerate(chunks):
        page = builder.listing_page(listing, chunk, controls(at))
        if at == 0:
            builder.site.add(listing.path, page)
        builder.site.add(add_query(listing.path, f"pageNo={at + 1}"), page)


def growing(builder: Builder, listing: Listing, chunks: Chunks) -> None:
    """Each further page lists all that came before it as well."""
    size, label = len(chunks[0]), builder.language["load_more"]
    for at in range(len(chunks)):
        path = add_query(listing.path, f"limit={(at + 1) * size}") if at else listing.path
        further = escape(builder.href(add_query(listing.path, f"limit={(at + 2) * size}")))
        button = f'<a class="btn" href="{further}">{label}</a>' if at + 1 < len(chunks) else ""
        builder.site.add(path, builder.listing_page(listing, listing.releases[: (at + 1) * size], button))


PAGERS: dict[str, Callable[[Builder, Listing, Chunks], None]] = {
    "all_on_one": all_on_one, "numbers": numbers, "numbers_window": numbers_window, "next_link": next_link,
    "rel_next_head": rel_next_head, "load_more_link": load_more_link, "load_more_url": load_more_url,
    "load_more_href": load_more_href, "load_more_post": load_more_post,
    "hx_get": hx_get, "data_next": data_next, "json_html": json_html, "json_items": json_items,
    "select_pages": select_pages, "post_form": post_form, "postback": postback, "script_pager": script_pager, "growing": growing,
}  # fmt: skip
