"""Markup and addresses of widespread content management systems: items of lists, addresses of releases and of pages."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.generator.addresses import slugify

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.generator.releases import Release


def drupal_views(release: Release, date: str, href: str) -> str:
    title = f'<span class="field-content"><a href="{href}" hreflang="x-default">{escape(release.headline)}</a></span>'
    day = f'<div class="views-field views-field-created"><span class="field-content">{date}</span></div>'
    more = f'<div class="views-field views-field-view-node"><a href="{href}">{escape(release.language["read_more"])}</a></div>'
    return f'<div class="views-row">{day}<div class="views-field views-field-title">{title}</div>{more}</div>'


def typo3_news(release: Release, date: str, href: str) -> str:
    link = f'<a title="{escape(release.headline)}" href="{href}"><span itemprop="headline">{escape(release.headline)}</span></a>'
    more = f'<a class="more" title="{escape(release.headline)}" href="{href}">{escape(release.language["read_more"])}</a>'
    teaser = f'<div class="teaser-text"><div itemprop="description"><p>{escape(release.teaser)}</p></div>{more}</div>'
    head = f'<div class="header"><h3>{link}</h3></div>'
    foot = f'<div class="footer"><p><span class="news-list-date">{date}</span></p></div>'
    return f'<div class="article articletype-0">{head}{teaser}{foot}</div>'


def row_onclick(release: Release, date: str, href: str) -> str:
    cells = f"<td>{date}</td><td>{escape(release.headline)}</td>"
    return f'<tr style="cursor:pointer" onclick="document.location=\'{href}\'">{cells}</tr>'


def row_data_href(release: Release, date: str, href: str) -> str:
    return f'<tr class="clickable-row" data-href="{href}"><td>{date}</td><td>{escape(release.headline)}</td></tr>'


def sibling_more(release: Release, date: str, href: str) -> str:
    """Date, headline and link each in a cell of a grid's row."""
    more = f'<a class="btn" href="{href}">{escape(release.language["read_more"])}</a>'
    cells = (("2", date), ("7", escape(release.headline)), ("3", more))
    return f'<div class="row">{"".join(f"<div class=col-{width}>{text}</div>" for width, text in cells)}</div>'


def grid_cells(release: Release, date: str, href: str) -> str:
    """The same without a row around the cells."""
    more = f'<div class="c3"><a href="{href}">{escape(release.language["read_more"])}</a></div>'
    return f'<div class="c1">{date}</div><div class="c2">{escape(release.headline)}</div>{more}'


def date_in_link(release: Release, date: str, href: str) -> str:
    return f'<li><a href="{href}">{date} {escape(release.headline)}</a></li>'


def date_linked(release: Release, date: str, href: str) -> str:
    return f'<p><a href="{href}">{date}</a><br><a href="{href}">{escape(release.headline)}</a></p>'


def download_beside(release: Release, date: str, href: str) -> str:
    """A link to the printed version stands in each item."""
    file = f'<a href="/files/print-{release.number}.pdf">PDF (120 KB)</a>'
    return f'<li><div>{date}</div><div><a href="{href}">{escape(release.headline)}</a></div><div>{file}</div></li>'


def teaser_link(release: Release, date: str, href: str) -> str:
    text = f'<p>{escape(release.teaser)} <a href="{href}">[…]</a></p>'
    return f'<section class="news"><h3>{escape(release.headline)}</h3>{date}{text}</section>'


def aria_label(release: Release, date: str, href: str) -> str:
    link = f'<a href="{href}" aria-label="{escape(release.headline)}"><svg viewBox="0 0 9 9"><path d="M1 1"/></svg></a>'
    return f'<div class="tile-item"><div class="meta">{date}</div><p class="t">{escape(release.headline)}</p>{link}</div>'


def button_opens(release: Release, date: str, href: str) -> str:
    button = f"<button type=\"button\" onclick=\"window.open('{href}','_self')\">{escape(release.language['read_more'])}</button>"
    return f'<div class="item"><h4>{escape(release.headline)}</h4>{date}<p>{escape(release.teaser)}</p>{button}</div>'


def sharepoint(release: Release, date: str, href: str) -> str:
    link = f'<a onfocus="OnLink(this)" href="{href}" onclick="EditLink2(this,12);return false;">{escape(release.headline)}</a>'
    return f'<tr><td class="ms-vb2"><nobr>{date}</nobr></td><td class="ms-vb2"><div class="ms-vb">{link}</div></td></tr>'


def korean_board(release: Release, date: str, href: str) -> str:
    """A row with its number, headline, author, date and number of readers."""
    link = f'<td class="subject"><a href="{href}"><span>{escape(release.headline)}</span></a></td>'
    return f"<tr><td>{release.number}</td>{link}<td>PR</td><td>{date}</td><td>{100 + release.number * 7}</td></tr>"


def category_and_date(release: Release, date: str, href: str) -> str:
    kind = escape(release.language["releases"])
    head = f'<div class="meta"><span class="tag">{kind}</span><span class="sep">|</span>{date}</div>'
    return f'<li class="card"><a href="{href}">{head}<p class="title">{escape(release.headline)}</p></a></li>'


def date_only_link(release: Release, date: str, href: str) -> str:
    return f'<li><a href="{href}">{date}</a> – {escape(release.headline)}</li>'


def row_data_url(release: Release, date: str, href: str) -> str:
    inner = f"<div>{date}</div><h3>{escape(release.headline)}</h3>"
    return f'<div class="teaser" role="link" tabindex="0" data-url="{href}">{inner}</div>'


def image_alt(release: Release, date: str, href: str) -> str:
    image = f'<img src="/img/{release.number}.jpg" alt="{escape(release.headline)}">'
    return f'<div class="pic"><a href="{href}">{image}</a><span>{date}</span></div>'


TABLE = ('<table class="table"><tbody>', "</tbody></table>")
LIST = ('<ul class="entries">', "</ul>")
ITEMS: dict[str, Callable[[Release, str, str], str]] = {
    each.__name__: each
    for each in (
        drupal_views, typo3_news, row_onclick, row_data_href, sibling_more, grid_cells, date_in_link, date_linked,
        download_beside, teaser_link, aria_label, button_opens, sharepoint, korean_board, category_and_date, date_only_link,
        row_data_url, image_alt,
    )
}  # fmt: skip
ITEM_CONTAINERS = {
    "row_onclick": TABLE, "row_data_href": TABLE, "sharepoint": TABLE, "korean_board": TABLE, "date_in_link": LIST,
    "download_beside": LIST, "category_and_date": LIST, "date_only_link": LIST,
}  # fmt: skip

# The address of a list's page by its number: {folder} is the list's path without a slash at the end, {at} counts from 0.
PAGE_ADDRESSES = {
    "drupal": "{folder}?page={at}",
    "bitrix": "{folder}/?PAGEN_1={number}",
    "typo3": "{folder}?tx_news_pi1%5BcurrentPage%5D={number}&cHash=0f{number}ab77",
    "typo3_widget": "{folder}?tx_news_pi1%5B%40widget_0%5D%5BcurrentPage%5D={number}&cHash=aa{number}",
    "liferay": "{folder}?p_p_id=101_INSTANCE_x7&p_p_lifecycle=0&_101_INSTANCE_x7_cur={number}&_101_INSTANCE_x7_delta=10",
    "contao": "{folder}?page_n54={number}",
    "elementor": "{folder}/?e-page-7f3c2a1={number}",
    "wordpress_block": "{folder}/?query-3-page={number}",
    "facetwp": "{folder}/?fwp_paged={number}",
    "plone": "{folder}?b_start:int={offset}",
    "egov": "{folder}?pageIndex={number}&searchCnd=&searchWrd=",
    "german": "{folder}?seite={number}",
    "turkish": "{folder}?sayfa={number}",
    "portuguese": "{folder}?pagina={number}",
    "polish": "{folder}?strona={number}",
    "short": "{folder}?pg={number}",
    "dnn": "{folder}/PgrID/456/PageID/{number}",
    "aem": "{folder}.{at}.html",
    "middle": "/p{number}{folder}/",
    "dash": "{folder}-page-{number}",
    "letter": "{folder}/p{number}",
    "upper": "{folder}/Page/{number}",
    "page_dash": "{folder}/page-{number}.html",
    "matrix": "{folder};page={number}",
}
# The address of a release: {slug} or its number, {section} is the newsroom's path.
RELEASE_ADDRESSES = {
    "date_only": "{section}/{day}.html",
    "date_code": "{section}/pr{short_day}_{number:02}",
    "node": "/node/{id}",
    "plain_permalink": "/?p={id}",
    "liferay": "{section}/-/asset_publisher/Qw7x/content/{slug}",
    "servlet": "/board/view.do?boardId=news&seq={id}&pageIndex=1",
    "board": "/board/view.do?seq={id}",
    "upper_file": "{section}/News-Details/News-ID/{id}/Default.aspx",
    "year_and_number": "{section}/{year}/{number:03}.html",
    "contentid": "/en/contents?cid={id}&mid=a10503000000",
}


def write_release_address(kind: str, release: Release, section: str) -> str:
    return RELEASE_ADDRESSES[kind].format(
        section=section, number=release.number, id=4100 + release.number * 3, day=release.day, year=release.day.year,
        short_day=f"{release.day:%y%m%d}", slug=slugify(release.headline) or f"n{release.number}",
    )  # fmt: skip


def write_page_address(kind: str, path: str, number: int, size: int) -> str:
    folder, _, query = path.partition("?")
    address = PAGE_ADDRESSES[kind].format(
        folder=folder.rstrip("/").removesuffix(".html"), number=number, at=number - 1, offset=(number - 1) * size
    )
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address


# The control that leads to the next page: {href} is its address, {number} its number, {label} "next" in the list's language.
NEXT_CONTROLS = {
    "icon": '<div class="nav-bar"><a href="{href}"><i class="fa fa-angle-right"></i></a></div>',
    "image": '<p align="right"><a href="{href}"><img src="/img/btn_next.gif" border="0"></a></p>',
    "image_alt": '<a href="{href}"><img src="/img/r.png" alt="{label}"></a>',
    "item_class": '<ul><li class="pager__item pager__item--next"><a href="{href}"><span></span></a></li></ul>',
    "title": '<a href="{href}" title="{label}"><span class="ico"></span></a>',
    "button": '<button type="button" onclick="location.href=\'{href}\'">{label}</button>',
    "svg": '<a class="pagination-arrow" aria-label="{label}" href="{href}"><svg><use href="#arrow"/></svg></a>',
    "rel_link": '<a rel="next" href="{href}"><b></b></a>',
    "sentence": '<p>{at} / 9 <a href="{href}">{label} 10 &raquo;</a></p>',
    "number_alone": '<div><span>{at}</span> <a href="{href}">{number}</a></div>',
    "hidden_text": '<nav><a href="{href}"><span class="sr-only">{label}</span><span aria-hidden="true">&#8594;</span></a></nav>',
}


def spell_link(kind: str, host: str, path: str) -> str:
    """Spell a link to a path otherwise than the page's own address is spelled."""
    is_file = "?" in path or "." in path
    spellings = {
        "tracked": f"{path}{'&' if '?' in path else '?'}utm_source=newsroom&utm_medium=list{len(path) % 3}",
        "slash": path if is_file else path.rstrip("/") if path.endswith("/") else f"{path}/",
        "www": f"http://{host.removeprefix('www.')}{path}",
        "https": f"https://{host}{path}",
        "base": path.lstrip("/"),
        "relative": f"../../../../../../..{path}",
        "upper": f"HTTP://{host.upper()}{path}",
    }
    return spellings[kind]
