"""Lists that are shown in another way than as pages with a pager: in a frame, in panels, from a script's data, by a sitemap."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from tests.generator.archives import month_of, year_of
from tests.generator.builder import Listing, add_query
from tests.generator.indexes import NAMESPACE, PROLOG
from tests.generator.pagers import add_listing
from tests.generator.site import SiteAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.generator.builder import Builder
    from tests.generator.releases import Release

SHOWN = 8
OTHER_URLS_A_MONTH = 150


def add_presented(builder: Builder, listing: Listing) -> None:
    PRESENTATIONS[builder.traits["shown"]](builder, listing)


def iframe(builder: Builder, listing: Listing) -> None:
    """The start page has nothing but a frame with the list."""
    path = add_query(f"/ir-frames/{builder.language.code}/list.php", "client=77")
    frame = f'<h1>{listing.title}</h1><iframe src="{builder.href(path)}" width="100%" height="900"></iframe>'
    builder.site.add(listing.path, builder.page(listing.title, frame))
    add_listing(builder, Listing(path, listing.title, listing.releases))


def year_panels(builder: Builder, listing: Listing) -> None:
    """All years are in the page, and links to their panels above them."""
    years = [(year, list(group)) for year, group in groupby(listing.releases, key=year_of)]
    tabs = "".join(f'<li><a href="#{year}" data-toggle="tab">{year}</a></li>' for year, _ in years)
    panels = "".join(
        f'<div class="tab-pane" id="{year}"{" style=display:none" if at else ""}>{builder.list_html(group, listing.path)}</div>'
        for at, (year, group) in enumerate(years)
    )
    main = f'<h1>{listing.title}</h1><ul class="nav-tabs">{tabs}</ul><div class="tab-content">{panels}</div>'
    builder.site.add(listing.path, builder.page(listing.title, main))


def variable_rest(builder: Builder, listing: Listing) -> None:
    """The newest stand in the page; scrolling shows the others from a variable."""
    rows = [
        {"t": each.headline, "u": builder.href(each.path), "d": f"{each.day.month}/{each.day.day}/{each.day.year}"}
        for each in listing.releases
    ]
    script = f"<script>var allNews = {json.dumps(rows)};\nvar shown = {SHOWN};</script>"
    builder.site.add(listing.path, builder.listing_page(listing, listing.releases[:SHOWN], script))


def table_data(builder: Builder, listing: Listing) -> None:
    """A script fills a table with rows of cells, which hold HTML."""
    rows = [
        [f"{each.day}", f'<a href="{builder.href(each.path)}">{each.headline}</a>', builder.language["releases"]]
        for each in listing.releases
    ]
    table = f"<table id='t'></table><script>var dataSet = {json.dumps(rows)}; $('#t').DataTable({{data: dataSet}});</script>"
    builder.site.add(listing.path, builder.page(listing.title, f"<h1>{listing.title}</h1>{table}"))


def script_button(builder: Builder, listing: Listing) -> None:
    """A script asks for more when a button is pressed; the server knows numbered pages too, to which nothing links."""
    chunks = [listing.releases[at : at + SHOWN] for at in range(0, len(listing.releases), SHOWN)]
    by_path = builder.rng.random() < 0.5 and "?" not in listing.path
    for at, chunk in enumerate(chunks):
        numbered = f"{listing.path.rstrip('/')}/page/{at + 1}/" if by_path else add_query(listing.path, f"page={at + 1}")
        button = f'<button type="button" class="js-more">{builder.language["load_more"]}</button>' if at + 1 < len(chunks) else ""
        builder.site.add(numbered if at else listing.path, builder.listing_page(listing, chunk, button))


def board(builder: Builder, listing: Listing) -> None:
    """A board whose links and page numbers call functions that fill in a form and submit it by POST."""
    chunks = [listing.releases[at : at + SHOWN] for at in range(0, len(listing.releases), SHOWN)]
    fields = '<input type="hidden" name="seq" value=""><input type="hidden" name="pageIndex" value="1">'
    form = f'<form name="frm" method="post" action="{listing.path}">{fields}</form>'
    script = (
        "<script>function fnView(no) { document.frm.seq.value = no; document.frm.action = '/board/view.do'; "
        "document.frm.submit(); } function linkPage(n) { document.frm.pageIndex.value = n; "
        f"document.frm.action = '{listing.path}'; document.frm.submit(); }}</script>"
    )
    for at, chunk in enumerate(chunks):
        rows = "".join(f"<tr><td>{each.number}</td><td>{write_call(each)}</td><td>{each.day}</td></tr>" for each in chunk)
        numbers = " ".join(
            f'<a href="#" onclick="linkPage({number}); return false;">{number}</a>' if number != at + 1 else f"<b>{number}</b>"
            for number in range(1, len(chunks) + 1)
        )
        main = f"<h1>{listing.title}</h1>{form}{script}<table>{rows}</table><div class=paging>{numbers}</div>"
        page = builder.page(listing.title, main)
        if at == 0:
            builder.site.add(listing.path, page)
        builder.site.add_form(listing.path, "pageIndex", str(at + 1), page)


def write_call(release: Release) -> str:
    number = release.path.rpartition("=")[2]
    return f'<a href="javascript:void(0);" onclick="fnView(\'{number}\'); return false;">{release.headline}</a>'


def item_list(builder: Builder, listing: Listing) -> None:
    """A script writes the list; what the page holds is an ItemList of JSON-LD."""
    items = [
        {"@type": "ListItem", "position": at, "url": f"{builder.site.url}{each.path}", "name": each.headline}
        for at, each in enumerate(listing.releases, 1)
    ]
    stated = {"@context": "https://schema.org", "@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
    head = f'<script type="application/ld+json">{json.dumps(stated)}</script>'
    builder.site.add(listing.path, builder.page(listing.title, f'<h1>{listing.title}</h1><div id="app"></div>', head))


def months_in_sitemap(builder: Builder, listing: Listing) -> None:
    """The page has the newest; the sitemaps of each month have all, among many pages of a shop."""
    builder.site.add(listing.path, builder.listing_page(listing, listing.releases[:SHOWN]))
    parts = []
    for month, group in groupby(listing.releases, key=month_of):
        urls = [builder.site.locate(each.path) for each in group]
        urls += [f"{builder.site.url}/shop/item-{month}-{at}/" for at in range(OTHER_URLS_A_MONTH)]
        body = "".join(f"<url><loc>{url.replace('&', '&amp;')}</loc><lastmod>{month}-28</lastmod></url>" for url in urls)
        path = f"/sitemaps/{month}.xml"
        builder.site.add(path, SiteAnswer(f"{PROLOG}<urlset {NAMESPACE}>{body}</urlset>".encode(), "text/xml"))
        parts.append(f"<sitemap><loc>{builder.site.url}{path}</loc></sitemap>")
    index = f"{PROLOG}<sitemapindex {NAMESPACE}>{''.join(parts)}</sitemapindex>"
    builder.site.add("/sitemap.xml", SiteAnswer(index.encode(), "text/xml"))


PRESENTATIONS: dict[str, Callable[[Builder, Listing], None]] = {
    "iframe": iframe, "year_panels": year_panels, "variable_rest": variable_rest, "item_list": item_list,
    "table_data": table_data, "board": board, "script_button": script_button, "months_in_sitemap": months_in_sitemap,
}  # fmt: skip
