"""Lists of releases in JSON, as newsrooms' services and apps write them; and JSON that holds none."""

from __future__ import annotations

from typing import Any

HOST = "https://www.acme.example"
BASE = f"{HOST}/news"
WORKS = ("turbine", "weir", "crane", "sluice")
HEADLINES = [f"Acme delivers a {work} to the town of Brekke" for work in WORKS]
SLUGS = [headline.lower().replace(" ", "-") for headline in HEADLINES]
DAYS = [f"2024-0{month}-17" for month in (9, 7, 5, 3)]
SECONDS = [1726567200, 1721210400, 1715940000, 1710669600]
ROWS = list(zip(HEADLINES, SLUGS, DAYS, SECONDS, strict=True))
URLS = [f"{BASE}/{slug}" for slug in SLUGS]

# Each holds the four releases.
LISTS: dict[str, Any] = {
    "a list": [{"title": title, "url": f"/news/{slug}", "date": day} for title, slug, day, _ in ROWS],
    "a portion": {
        "total": 66,
        "items": [
            {"Headline": title, "Link": f"{BASE}/{slug}", "PublishDate": f"{day}T09:00:00Z"} for title, slug, day, _ in ROWS
        ],
    },
    "GraphQL": {
        "data": {
            "allNews": {
                "pageInfo": {"hasNextPage": True},
                "edges": [
                    {"cursor": "x", "node": {"title": title, "path": f"news/{slug}", "publishedAt": seconds}}
                    for title, slug, _, seconds in ROWS
                ],
            }
        }
    },
    "a headless CMS, attributes": {
        "data": [
            {"id": number, "attributes": {"title": title, "slug": slug, "publishedAt": f"{day}T08:00:00.000Z"}}
            for number, (title, slug, day, _) in enumerate(ROWS)
        ]
    },
    "a headless CMS, fields": {
        "items": [
            {"sys": {"id": slug[:9]}, "fields": {"headline": title, "slug": slug, "releaseDate": f"{day}T10:00+02:00"}}
            for title, slug, day, _ in ROWS
        ]
    },
    "a headless CMS, slugs that are objects": [
        {"_type": "post", "title": title, "slug": {"_type": "slug", "current": slug}, "publishedAt": day}
        for title, slug, day, _ in ROWS
    ],
    "a search engine": {
        "hits": {
            "total": {"value": 66},
            "hits": [
                {"_index": "pages", "_source": {"title": title, "url": f"{BASE}/{slug}", "date": f"{seconds}000"}}
                for title, slug, _, seconds in ROWS
            ],
        }
    },
    ".NET": {
        "d": [
            {"Title": title, "Url": {"Url": f"/news/{slug}", "Text": "More"}, "NewsDate": f"/Date({seconds}000)/"}
            for title, slug, _, seconds in ROWS
        ]
    },
    "objects by their ids": {
        "ROOT_QUERY": {"__typename": "Query", "news": [{"__ref": "Article:1"}]},
        **{
            f"Article:{number}": {"__typename": "Article", "title": title, "uri": f"/news/{slug}/", "date": day}
            for number, (title, slug, day, _) in enumerate(ROWS)
        },
        "Image:1": {"url": "/a.jpg", "alt": "A"},
        "Image:2": {"url": "/b.jpg", "alt": "B"},
    },
    "titles as HTML, dates as people write them": [
        {"title": {"rendered": title.replace(" ", "&#32;", 1)}, "link": f"{BASE}/{slug}", "date": f"17.{day[5:7]}.2024"}
        for title, slug, day, _ in ROWS
    ],
    "releases without a date": [{"name": title, "href": f"/news/{slug}"} for title, slug, _, _ in ROWS],
    "releases with related ones": [
        {
            "title": title,
            "url": f"/news/{slug}",
            "date": day,
            "tags": [{"name": "hydro", "url": "/tag/hydro"}],
            "related": [{"title": f"Older {title}", "url": f"/news/older-{slug}", "date": "2019-01-01"}] * 2,
        }
        for title, slug, day, _ in ROWS
    ],
}
# None of them holds a release.
OTHERS: dict[str, Any] = {
    "products": [
        {
            "name": f"Pump {size} for heavy duty water works",
            "url": f"/products/pump-{size}",
            "price": 100,
            "createdAt": "2024-05-03",
        }
        for size in range(9)
    ],
    "products without a price": [
        {"title": f"Pump for {size} hundred litres a minute", "slug": f"pump-{size}", "updated_at": "2024-05-03T08:00:00Z"}
        for size in range(9)
    ],
    "a menu": {
        "menu": [
            {"title": name, "url": f"/{name.lower()}", "children": [{"title": "All of them at a glance", "url": f"/{name}/all"}]}
            for name in ("Products", "News", "Careers", "Company")
        ]
    },
    "a menu with news in it": [
        {"label": "Press releases", "href": "/news/press-releases"},
        {"label": "Media contacts", "href": "/news/contacts"},
        {"label": "Pictures", "href": "/news/pictures"},
    ],
    "jobs": [
        {"title": f"Engineer for turbines in plant {number}", "url": f"/careers/engineer-{number}", "publishedDate": "2024-05-03"}
        for number in range(5)
    ],
    "events": [
        {
            "title": f"Fair number {number} of water works",
            "url": f"/events/fair-{number}",
            "startDate": "2024-05-03",
            "date": "2024-05-03",
        }
        for number in range(5)
    ],
    "reports": [
        {"title": f"Annual report {year}", "url": f"/files/{year}.pdf", "date": f"{year}-03-01"} for year in range(2015, 2024)
    ],
    "pictures": [
        {"title": f"The works at night {number}", "url": f"/media/{number}.jpg", "date": "2024-05-03"} for number in range(5)
    ],
    "configuration": {
        "api": {"url": "https://api.acme.example/v2", "name": "api"},
        "cdn": {"url": "https://cdn.acme.example", "name": "cdn"},
    },
    "a list of years": [{"label": str(year), "url": f"/news/{year}"} for year in range(2015, 2024)],
    "pages of numbers": {"data": list(range(500))},
    "nothing": {},
    "a text": "Acme",
    "null": None,
}
