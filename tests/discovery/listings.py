"""Listing pages of many shapes, each with its articles and further pages."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    name: str
    url: str
    content: str
    articles: dict[str, tuple[str, str | None]]
    next_pages: set[str] = field(default_factory=set)
    language: str = "en"


HEADLINES = [
    "Acme opens a new plant in Gdansk",
    "Acme and Bolt agree on a joint venture",
    "Second quarter results: sales up nine percent",
    "Maria Rossi to lead the Acme tools division",
    "Acme recalls hammer drills sold in May",
]
SLUGS = [
    "new-plant-in-gdansk",
    "joint-venture-with-bolt",
    "second-quarter-results",
    "maria-rossi-leads-tools",
    "recall-of-hammer-drills",
]
DAYS = ["2024-05-03", "2024-04-18", "2024-04-02", "2024-03-21", "2024-02-09"]
WRITTEN = ["May 3, 2024", "April 18, 2024", "April 2, 2024", "March 21, 2024", "February 9, 2024"]
TEASER = "The company said on Friday that the step is part of its plan to grow in Europe and to add jobs over three years."
HOST = "https://www.example.com"


def english(path: str, days: list[str | None] | None = None) -> dict[str, tuple[str, str | None]]:
    return {
        path.format(slug=slug, n=n): (title, (days or DAYS)[n])
        for n, (slug, title) in enumerate(zip(SLUGS, HEADLINES, strict=True))
    }


def rows(template: str) -> str:
    return "".join(
        template.format(slug=slug, title=title, day=day, written=written, teaser=TEASER, n=n)
        for n, (slug, title, day, written) in enumerate(zip(SLUGS, HEADLINES, DAYS, WRITTEN, strict=True))
    )


ARCHIVE_YEARS = {year: [f"Acme release number {n} of the year" for n in range(4)] for year in (2021, 2020, 2019)}
QUARTERS = ["First quarter results and outlook", "New head of research named", "Acme buys a stake in Bolt"]

CASES = [
    Case(
        "rows of a table",
        f"{HOST}/press/releases.html",
        "<main id='main'><h1>Press releases</h1><table class='list'><tr><th>Date</th><th>Title</th></tr>"
        + rows("<tr><td>{written}</td><td><a href='/press/detail/{n}07.html'>{title}</a></td></tr>")
        + "</table></main>",
        english("/press/detail/{n}07.html"),
    ),
    Case(
        "undated teasers for a blog that look like the dated releases",
        f"{HOST}/company/newsroom",
        "<main id='main'><ul>"
        + rows("<li><a href='/company/newsroom/{slug}'>{title}</a> <span>{written}</span></li>")
        + "</ul><h3>From our blog</h3><ul><li><a href='/company/blog/how-a-drill-is-made'>How a drill is made in Kiel</a></li>"
        + "<li><a href='/company/blog/ten-tips-for-roofs'>Ten tips for a dry roof</a></li>"
        + "</ul></main>",
        english("/company/newsroom/{slug}"),
    ),
    Case(
        "undated teasers for a blog beside dated releases",
        f"{HOST}/company/newsroom",
        "<main id='main'><ul>"
        + rows("<li><a href='/company/newsroom/{slug}'>{title}</a> <span>{written}</span></li>")
        + "</ul><h3>From our blog</h3><ul class='teasers'>"
        + rows("<li><a href='/company/blog/why-{slug}'>Why {title}</a></li>")
        + "</ul></main>",
        english("/company/newsroom/{slug}"),
    ),
    Case(
        "cards that are one link each",
        f"{HOST}/newsroom",
        "<main id='main'><div class='grid'>"
        + rows(
            "<a class='card' href='/newsroom/{slug}'><img src='/i/{n}.jpg' alt=''><div class='kicker'>Company</div>"
            "<h3>{title}</h3>"
            "<p>{teaser}</p><time datetime='{day}'>{written}</time></a>"
        )
        + "</div><button>Load more</button></main>",
        english("/newsroom/{slug}"),
    ),
    Case(
        "cards of spans that are one link each",
        f"{HOST}/media/",
        "<main><div class='tiles'>"
        + rows("<a class='tile' href='/media/{slug}/'><span class='d'>{written}</span><span class='t'>{title}</span></a>")
        + "</div></main>",
        english("/media/{slug}/"),
    ),
    Case(
        "image, headline and read more lead to the same page",
        f"{HOST}/blog/",
        "<main>"
        + rows(
            "<article class='post-{n}7 post category-{slug}'><a href='/blog/{slug}/'><img src='/i/{n}.jpg'></a>"
            "<h2 class='entry-title'><a href='/blog/{slug}/'>{title}</a></h2><div class='meta'>"
            "<span class='date'>{written}</span> by "
            "<a href='/author/jane/'>Jane Doe</a> in <a href='/blog/category/company/'>Company</a></div><p>{teaser}</p>"
            "<a class='more' href='/blog/{slug}/#more'>Continue reading</a></article>"
        )
        + "<nav class='navigation'><div class='nav-previous'><a href='/blog/page/2/'>← Older posts</a></div></nav></main>",
        english("/blog/{slug}/"),
        {"/blog/page/2/", "/blog/category/company/"},
    ),
    Case(
        "only read more is a link",
        f"{HOST}/company/news/",
        "<main>"
        + rows(
            "<div class='item'><h3>{title}</h3><p class='date'>{day}</p><p>{teaser}</p><p>"
            "<a href='/company/news/{slug}.html'>Read more</a></p></div>"
        )
        + "</main>",
        english("/company/news/{slug}.html"),
    ),
    Case(
        "definition list, date before headline",
        f"{HOST}/presse/",
        "<main><dl>" + rows("<dt>{day}</dt><dd><a href='/presse/{slug}.php'>{title}</a></dd>") + "</dl></main>",
        english("/presse/{slug}.php"),
        language="de",
    ),
    Case(
        "flat headlines, date below each",
        f"{HOST}/news-center/index.html",
        "<main><div class='list'><h2>News</h2>"
        + rows("<h4><a href='{slug}.html'>{title}</a></h4><p class='d'>{written}</p><p>{teaser}</p>")
        + "</div></main>",
        english("/news-center/{slug}.html"),
    ),
    Case(
        "flat headlines, date above each",
        f"{HOST}/news-center/index.html",
        "<main><div class='list'>"
        + rows("<p class='d'>{written}</p><h4><a href='{slug}.html'>{title}</a></h4>")
        + "</div></main>",
        english("/news-center/{slug}.html"),
    ),
    Case(
        "lines parted by br",
        f"{HOST}/releases.htm",
        "<div><p>" + rows("{day} <a href='/releases/{n}21.htm'>{title}</a><br>") + "</p></div>",
        english("/releases/{n}21.htm"),
    ),
    Case(
        "links without any date, slugs at the root of the site",
        f"{HOST}/category/press-releases/",
        "<div class='content'>"
        + rows("<div class='entry'><h2><a href='/{slug}/'>{title}</a></h2><p>{teaser}</p></div>")
        + "</div>",
        english("/{slug}/", [None] * 5),
    ),
    Case(
        "Drupal views rows with a pager from zero",
        f"{HOST}/news-releases",
        "<div class='view-content'>"
        + rows(
            "<div class='views-row'><div class='views-field field-date'><span>{written}</span></div>"
            "<div class='views-field field-title'>"
            "<span class='field-content'>"
            "<a href='/news-releases/news-release-details/{slug}' hreflang='en'>{title}</a></span></div></div>"
        )
        + "</div><nav class='pager'><ul class='pager__items'><li class='pager__item is-active'><a href='?page=0'>1</a></li>"
        "<li><a href='?page=1'>2</a></li><li><a href='?page=2'>3</a></li><li><a href='?page=1' rel='next'>Next ›</a></li>"
        "<li><a href='?page=40' title='Go to last page'>Last »</a></li></ul></nav>",
        english("/news-releases/news-release-details/{slug}"),
        {"/news-releases?page=0", "/news-releases?page=1", "/news-releases?page=2", "/news-releases?page=40"},
    ),
    Case(
        "newsroom with an offset in its pager and sort orders beside",
        f"{HOST}/news-releases?l=10",
        "<div class='wd_item_list'>"
        + rows(
            "<div class='wd_item'><div class='wd_date'>{written}</div><div class='wd_title'>"
            "<a href='/{day}-{slug}'>{title}</a></div></div>"
        )
        + "</div><div class='wd_paging'><a href='/news-releases?l=10&o=10'>2</a><a href='/news-releases?l=10&o=20'>3</a>"
        "<a aria-label='Show next page' class='next' href='/news-releases?l=10&o=10'></a></div>"
        "<a href='/news-releases?l=10&sort=asc'>Oldest</a><a href='/news-releases?l=100'>100</a>",
        {f"/{day}-{slug}": (title, day) for slug, title, day in zip(SLUGS, HEADLINES, DAYS, strict=True)},
        {"/news-releases?l=10&o=10", "/news-releases?l=10&o=20"},
    ),
    Case(
        "default.aspx pages with years",
        f"{HOST}/news/default.aspx",
        "<div class='module_container'>"
        + "".join(
            f"<div class='module_item'><span class='module_date-text'>0{n + 1}/15/2024</span>"
            f"<a class='module_headline-link' href='/news/news-details/2024/{title.replace(' ', '-')}/default.aspx'>{title}</a>"
            "</div>"
            for n, title in enumerate(QUARTERS)
        )
        + "<div class='module_nav'>"
        + "".join(f"<a href='/news/{year}/default.aspx'>{year}</a>" for year in (2024, 2023, 2022))
        + "</div></div>",
        {
            f"/news/news-details/2024/{title.replace(' ', '-')}/default.aspx": (title, f"2024-0{n + 1}-15")
            for n, title in enumerate(QUARTERS)
        },
        {f"/news/{year}/default.aspx" for year in (2024, 2023, 2022)},
    ),
    Case(
        "accordion of years with links only",
        f"{HOST}/about/press-releases/archive/",
        "<div class='accordion'>"
        + "".join(
            f"<h3>{year}</h3><div class='panel'><ul>"
            + "".join(f"<li><a href='/about/press-releases/{year}-{n}-x.html'>{title}</a></li>" for n, title in enumerate(titles))
            + "</ul></div>"
            for year, titles in ARCHIVE_YEARS.items()
        )
        + "</div>",
        {
            f"/about/press-releases/{year}-{n}-x.html": (title, None)
            for year, titles in ARCHIVE_YEARS.items()
            for n, title in enumerate(titles)
        },
    ),
    Case(
        "featured story above the list",
        f"{HOST}/stories/",
        "<section class='hero'><a href='/stories/ten-years-of-acme-in-asia/'><h1>Ten years of Acme in Asia</h1>"
        "<p>1 June 2024</p></a></section><ul class='l'>"
        + rows("<li><div><a href='/stories/{slug}/'>{title}</a></div><small>{day}</small></li>")
        + "</ul>",
        {"/stories/ten-years-of-acme-in-asia/": ("Ten years of Acme in Asia", "2024-06-01"), **english("/stories/{slug}/")},
    ),
    Case(
        "coverage elsewhere and PDF releases stand in the same list",
        f"{HOST}/news/",
        "<ul class='news'>"
        + rows("<li>{day} <a href='/news/{slug}'>{title}</a></li>")
        + "<li>2024-01-09 <a href='/files/acme-release-on-the-sale-of-bolt.pdf'>Acme sells its share in Bolt</a></li>"
        "<li>2024-01-02 <a href='https://paper.example.net/acme-is-growing'>Daily Paper: Acme is growing fast</a></li></ul>",
        english("/news/{slug}"),
    ),
    Case(
        "two releases only, no class anywhere",
        f"{HOST}/news/",
        "<div><div><p>3 May 2024</p><p><a href='/news/2017'>Acme opens a new plant in Gdansk</a></p></div>"
        "<div><p>18 April 2024</p><p><a href='/news/16'>Acme and Bolt agree on a joint venture</a></p></div></div>",
        {"/news/2017": (HEADLINES[0], DAYS[0]), "/news/16": (HEADLINES[1], DAYS[1])},
    ),
    Case(
        "one link in several spellings",
        f"{HOST}/News/Index.html",
        "<ul>" + rows("<li><span>{day}</span> <a href='/news/{slug}/'>{title}</a></li>") + "<li>"
        "<span>2024-05-03</span> <a href='http://example.com/News/New-Plant-In-Gdansk/?utm_source=list'>"
        "Acme opens a new plant in Gdansk</a></li></ul>",
        english("/news/{slug}/"),
    ),
    Case(
        "months as the only way on",
        f"{HOST}/blog/",
        "<div>"
        + rows("<div class='p'><h2><a href='/2024/0{n}/{slug}/'>{title}</a></h2><p>{written}</p><p>{teaser}</p></div>")
        + "</div><div class='widget'><ul><li><a href='/2024/05/'>May 2024</a></li><li>"
        "<a href='/2024/04/'>April 2024 (3)</a></li></ul></div>",
        {f"/2024/0{n}/{slug}/": (HEADLINES[n], DAYS[n]) for n, slug in enumerate(SLUGS)},
        {"/2024/05/", "/2024/04/"},
    ),
    Case(
        "a calendar and a drop-down of years beside the list",
        f"{HOST}/news/",
        "<ul>"
        + rows("<li><a href='/news/{slug}/'>{title}</a> {written}</li>")
        + "</ul><select><option value='/news/?year=2023'>2023</option><option value='/news/?year=2022'>2022</option></select>"
        "<table class='wp-calendar'><tr><td><a href='/news/2024/05/01/'>1</a></td><td>"
        "<a href='/news/2024/05/02/'>2</a></td></tr>"
        "<tr><td><a href='/news/?month=2024-06'>»</a></td></tr></table>",
        english("/news/{slug}/"),
        {"/news/?year=2023", "/news/?year=2022"},
    ),
    Case(
        "article addresses by query",
        f"{HOST}/news/list.php?cid=3",
        "<ul>" + rows("<li><a href='/news/view.php?cid=3&id=4{n}'>{title}</a> <em>[{day}]</em></li>") + "</ul>"
        "<div class='pages'><a href='/news/list.php?cid=3&page=2'>2</a><a href='/news/list.php?cid=3&page=3'>3</a></div>",
        english("/news/view.php?cid=3&id=4{n}"),
        {"/news/list.php?cid=3&page=2", "/news/list.php?cid=3&page=3"},
    ),
    Case(
        "tabs that list the same releases three times",
        f"{HOST}/news/",
        "<div class='tabs'>"
        + "".join(
            f"<div id='{tab}'>" + rows("<div class='row'><i>{day}</i> <a href='/news/{n}9.html'>{title}</a></div>") + "</div>"
            for tab in ("all", "year", "topic")
        )
        + "</div>",
        english("/news/{n}9.html"),
    ),
]
