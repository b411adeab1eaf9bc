"""Listing pages with unusual items, dates or links."""

from __future__ import annotations

from tests.discovery.listings import DAYS, HEADLINES, HOST, SLUGS, Case, english, rows

EVENT = "<div class='row'><b>June {n}, 2024</b><a href='/investors/events/{name}'>{title}</a></div>"
EVENTS = EVENT.format(n=4, name="capital-markets-day", title="Capital markets day in London") + EVENT.format(
    n=9, name="annual-meeting-2024", title="Annual general meeting of shareholders"
)
UNDER_YEARS = ["12 Mar", "5 Feb", "11 Nov", "30 Oct", "2 May"]
ORDER = {"25/04/2024": "2024-04-25", "11/04/2024": "2024-04-11", "03/04/2024": "2024-04-03", "07/02/2024": "2024-02-07"}
ROW = "<tr><td>{{day}}</td><td><a href=/news/{{slug}}>{{title}}</a></td><td>{link}</td></tr>"
OLDER = "".join(
    f"<li><b>2021-0{n}-12</b> <a href='/files/pr-{n}.pdf'>Acme release number {n} of that year</a></li>" for n in (1, 2, 3, 4)
)
REPORTS = "".join(
    f"<p><i>2024-0{n}-28</i> <a href='/files/report-{n}.pdf'>Report on the sales of month {n}</a></p>" for n in (1, 2, 3, 4)
)

CASES = [
    Case(
        "dates in an element of their own that touches the next one",
        f"{HOST}/newsroom.html",
        "<ul>"
        + rows(
            "<li><a href='/newsroom/{slug}.html'><span>{title}</span></a><span>{day}</span><span>{teaser} {teaser}</span></li>"
        )
        + "</ul>",
        english("/newsroom/{slug}.html"),
    ),
    Case(
        "author and date without a space between them",
        f"{HOST}/stories/",
        rows(
            "<div class='post'><h3><a href='/{slug}-story'>{title}</a></h3><span>Jane Doe</span><span>{written}</span>"
            "<p>{teaser}</p></div>"
        ),
        english("/{slug}-story"),
    ),
    Case(
        "numeric dates whose order one of them tells",
        f"{HOST}/press/",
        "<table>"
        + "".join(
            f"<tr><td>{raw}</td><td><a href='/press/{slug}'>{title}</a></td></tr>"
            for raw, slug, title in zip(ORDER, SLUGS, HEADLINES, strict=False)
        )
        + "</table>",
        {f"/press/{slug}": (title, day) for slug, title, day in zip(SLUGS, HEADLINES, ORDER.values(), strict=False)},
    ),
    Case(
        "day and month below a heading with the year",
        f"{HOST}/press/",
        "".join(
            ("<h2>2024</h2>" if n == 0 else "<h2>2023</h2>" if n == 2 else "")
            + f"<div class='row'><span>{day}</span> <a href='/press/{slug}'>{title}</a></div>"
            for n, (day, slug, title) in enumerate(zip(UNDER_YEARS, SLUGS, HEADLINES, strict=True))
        ),
        english("/press/{slug}", ["2024-03-12", "2024-02-05", "2023-11-11", "2023-10-30", "2023-05-02"]),
    ),
    Case(
        "pictures as links, the headline in their alternative text",
        f"{HOST}/press/",
        rows("<div class='card'><a href='/press/{slug}'><img src='/{n}.jpg' alt='{title}'></a><span>{written}</span></div>"),
        english("/press/{slug}"),
    ),
    Case(
        "rows of a table that a script makes links of",
        f"{HOST}/news/list.asp",
        "<table>"
        + rows("<tr onclick=\"location.href='view.asp?idx={n}'\"><td>{n}</td><td>{title}</td><td>{day}</td></tr>")
        + "</table>",
        english("/news/view.asp?idx={n}"),
    ),
    Case(
        "rows of a table that a script makes links of, each with a link to its topic",
        f"{HOST}/news/list.asp",
        "<table>"
        + rows(
            "<tr onclick=\"location.href='view.asp?idx={n}'\"><td>{day} <a href='/news/topics/company/'>Company</a></td>"
            "<td>{title}</td></tr>"
        )
        + "</table>",
        english("/news/view.asp?idx={n}"),
    ),
    Case(
        "cards of a component library whose link is an attribute",
        f"{HOST}/news/",
        rows("<acme-card href='/news/{slug}'><acme-line>{written}</acme-line><acme-head>{title}</acme-head></acme-card>"),
        english("/news/{slug}"),
    ),
    Case(
        "tiles of a component library whose headline is an attribute",
        f"{HOST}/news/",
        rows(
            "<acme-tile href='/news/{slug}' label='Read more' date='{day}' description='{title}'><img src='/{n}.jpg'></acme-tile>"
        ),
        english("/news/{slug}"),
    ),
    Case(
        "cards that a script makes links of",
        f"{HOST}/news/",
        rows("<div class='card' data-href='/news/{slug}'><p>{written}</p><h4>{title}</h4><p>{teaser}</p></div>"),
        english("/news/{slug}"),
    ),
    Case(
        "teasers that mention other pages of the site",
        f"{HOST}/blog/",
        rows(
            "<article><h2><a href='/blog/{slug}'>{title}</a></h2><p>{written}</p><p>{teaser} It is made with the "
            "<a href='/products/{n}/heavy-duty-angle-grinder/'>heavy duty angle grinder for pipes</a>. {teaser}</p></article>"
        ),
        english("/blog/{slug}"),
    ),
    Case(
        "parts of a newsroom, each with a link to all of it",
        f"{HOST}/news",
        "<section>"
        + rows("<div><a href='/news/company/{slug}'>{title}</a> <em>{written}</em></div>")
        + "<div><a href='/news/company'>View all company news</a></div></section>",
        english("/news/company/{slug}"),
        {"/news/company"},
    ),
    Case(
        "events in rows like those of the news",
        f"{HOST}/investors/news",
        rows("<div class='row'><b>{written}</b><a href='/investors/news/{slug}'>{title}</a></div>") + EVENTS,
        english("/investors/news/{slug}"),
    ),
    Case(
        "a list of filters that looks like the list of news",
        f"{HOST}/news/",
        f"<ul>{rows('<li><b>{written}</b><a href=/news/{slug}>{title}</a></li>')}</ul><ul>"
        + "".join(f"<li><a href='/news/?f%5B{n % 2}%5D=t{n}'>Topic {n}</a></li>" for n in range(60))
        + "</ul>",
        english("/news/{slug}"),
    ),
    Case(
        "archives of years among the news",
        f"{HOST}/news/",
        "<ul><li><a href='/news/2024/index.html'>2024年</a></li><li><a href='/news/2023/index.html'>2023年</a></li></ul><dl>"
        + rows("<dt>{day}</dt><dd><a href='/news/{day}-{n}.html'>{title}</a></dd>")
        + "</dl>",
        {f"/news/{day}-{n}.html": (title, day) for n, (day, title) in enumerate(zip(DAYS, HEADLINES, strict=True))},
        {"/news/2024/index.html", "/news/2023/index.html"},
    ),
    Case(
        "releases that are PDFs",
        f"{HOST}/news/",
        f"<table>{rows('<tr><td>{written}</td><td><a href=/files/{n}-{slug}.pdf>{title}</a></td></tr>')}</table>",
        english("/files/{n}-{slug}.pdf"),
    ),
    Case(
        "releases that are PDFs, without dates",
        f"{HOST}/press-releases/",
        f"<ul>{rows('<li><a href=/files/{slug}.pdf>{title}</a></li>')}</ul>",
        english("/files/{slug}.pdf", [None] * 5),
    ),
    Case(
        "headlines without a link, a PDF beside each",
        f"{HOST}/news/",
        rows("<div class='row'><i>{day}</i><p>{title}</p><a href='/files/{n}17.pdf'>PDF (1{n}0 KB)</a></div>"),
        english("/files/{n}17.pdf"),
    ),
    Case(
        "the PDF of each release beside it",
        f"{HOST}/news/",
        f"<table>{rows(ROW.format(link='<a href=/files/{slug}.pdf>PDF</a>'))}</table>",
        english("/news/{slug}"),
    ),
    Case(
        "the PDF of each release in a line of its own below",
        f"{HOST}/news/",
        "<dl>"
        + rows(
            "<dt>{day}</dt><dd><a href='/news/{slug}'>{title}</a></dd>"
            "<dd><a href='/files/{slug}.pdf'>Download this press release (12{n} KB)</a></dd>"
        )
        + "</dl>",
        english("/news/{slug}"),
    ),
    Case(
        "older releases of the list are PDFs",
        f"{HOST}/news/",
        f"<ul>{rows('<li><b>{written}</b> <a href=/news/{slug}>{title}</a></li>')}{OLDER}</ul>",
        english("/news/{slug}")
        | {f"/files/pr-{n}.pdf": (f"Acme release number {n} of that year", f"2021-0{n}-12") for n in (1, 2, 3, 4)},
    ),
    Case(
        "reports beside the list of news",
        f"{HOST}/news/",
        f"<ul>{rows('<li><b>{written}</b> <a href=/news/{slug}>{title}</a></li>')}</ul><div class='reports'>{REPORTS}</div>",
        english("/news/{slug}"),
    ),
    Case(
        "whole texts with subheads below the linked titles",
        f"{HOST}/news/",
        rows("<div><a href='/news/{slug}'>{title}</a><i>{day}</i>{teaser}<h2>What customers say of it</h2>{teaser}</div>"),
        english("/news/{slug}"),
    ),
    Case(
        "the latest comments below the list",
        f"{HOST}/news/",
        f"<ul>{rows('<li><a href=/news/{slug}>{title}</a><p>{teaser}</p></li>')}</ul><aside><ol class='latest-comments'>"
        + rows("<li>Eve on <a href='/news/{slug}#comment-{n}'>{title}</a> <time datetime='2024-06-30'>June 30, 2024</time></li>")
        + "</ol></aside>",
        english("/news/{slug}", [None] * 5),
    ),
    Case(
        "a link to the topic above the card that is one link",
        f"{HOST}/news/",
        rows(
            "<div class='card'><p><a href='/topics/{n}'>Products and services</a></p><a class='block' href='/news/{slug}'>"
            "<p>{title}</p><p>{teaser}</p></a><p><time>{day}</time></p></div>"
        ),
        english("/news/{slug}"),
        {f"/topics/{n}" for n in range(5)},
    ),
    Case(
        "events of another section in a list like that of the releases, in French",
        f"{HOST}/presse",
        rows("<div class='card'><h3><a href='/presse/{slug}'>{title}</a></h3><p>{day}</p></div>")
        + "<h2>Agenda</h2>"
        + "".join(
            f"<div class='card'><h3><a href='/agenda/salon-{n}'>Acme au salon de Lyon, hall {n}</a></h3><p>2027-0{n}-12</p></div>"
            for n in (1, 2)
        ),
        english("/presse/{slug}"),
    ),
    Case(
        "events of the same section in a tab next to the releases",
        f"{HOST}/news",
        f"<div class='on'>{rows('<div><b>{day}</b><a href=/news/release?id=10{n}>{title}</a></div>')}</div><div class='off'>"
        + "".join(
            f"<div class=row><b>2027-0{n}-12</b><a href='/news/events/{n}'>Trade fair in Oslo, hall {n}</a></div>"
            for n in (1, 2, 3)
        )
        + "</div>",
        english("/news/release?id=10{n}"),
    ),
]
