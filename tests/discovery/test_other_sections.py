"""Which lists of a site are the newsroom's, and which those of its other sections, on newsrooms in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.discovery.sources.feed_source import FeedSource
from corpnews.discovery.sources.listing_source import ListingSource
from corpnews.discovery.sources.sitemap_source import SitemapSource
from tests.discovery.memory_newsrooms import (
    HOST,
    OTHERS,
    crawl,
    crawl_paths,
    items,
    page,
    release,
    start_planner,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def test_other_parts_of_the_site_are_left_alone_and_cost_few_requests() -> None:
    numbers, requested = crawl(OTHERS | {"/news/": page(items(range(10)))})
    assert numbers == set(range(10))
    assert len(requested) <= 4


def test_lists_of_other_sections_in_the_menu_are_none_of_the_newsroom_in_a_language_without_vocabulary() -> None:
    def show(main: str) -> str:
        menu = "".join(f"<a href='/{name}/'>{name.title()}</a> " for name in ("uutiset", "kohtaamiset", "paikat"))
        return f"<html lang='fi'><body><header><nav>{menu}</nav></header><main>{main}</main></body></html>"

    files = {"/uutiset/": show(f"<h1>Uutiset</h1>{headlines('/uutiset/', range(8))}")}
    files |= {f"/{name}/": show(headlines(f"/{name}/", range(8, 14))) for name in ("kohtaamiset", "paikat")}
    paths, _ = crawl_paths(files, "/uutiset/")
    assert {path.split("/")[1] for path in paths} == {"uutiset"}


def test_a_section_of_the_menu_whose_url_suggests_news_is_none_of_the_newsroom() -> None:
    insights = f"<h1>Insights</h1>{headlines('/insights/', range(8, 14))}"
    menu = "<header><nav><a href='/news/'>News</a> <a href='/insights/'>Insights</a></nav></header>"
    files = {"/news/": f"{menu}<h1>News</h1>{headlines('/news/', range(8))}", "/insights/": f"{menu}{insights}"}
    assert {path.split("/")[1] for path in crawl_paths(files, "/news/")[0]} == {"news"}


def test_sections_next_to_the_newsroom_in_the_header_or_on_the_page_above_both_are_none_of_it() -> None:
    menu = "<header><nav><a href='/media/'>Media</a> <a href='/media/news/'>News</a> <a href='/media/vox/'>Vox</a></nav></header>"
    tabs = "<p><a href='/media/news/'>Group</a> <a href='/media/sites/'>Sites</a></p>"
    files = {
        "/media/": f"{menu}<h1>Media</h1><a href='/media/news/'>All news</a> <a href='/media/lab/'>See more from the lab</a>",
        "/media/news/": f"{menu}{tabs}<h1>News</h1>{headlines('/media/news/', range(8))}",
        "/media/sites/": f"{menu}{tabs}<h1>Sites</h1>{headlines('/media/sites/', range(8, 12))}",
    }
    files |= {f"/media/{name}/": f"{menu}{headlines(f'/media/{name}/', range(12, 18))}" for name in ("vox", "lab")}
    paths, _ = crawl_paths(files, "/media/news/")
    assert {path.split("/")[2] for path in paths} == {"news", "sites"}


def test_events_below_the_newsroom_are_none_of_its_releases_unless_its_start_page_lists_some() -> None:
    menu = "<p><a href='/press/releases/'>Releases</a> <a href='/press/events/'>Events</a></p>"
    releases, events = headlines("/press/releases/", range(8)), headlines("/press/events/", range(8, 12))
    files = OTHERS | {"/press/": page(f"{menu}<h1>Press</h1>{releases}"), "/press/events/": page(f"{menu}{events}")}
    assert {path.split("/")[2] for path in crawl_paths(files, "/press/")[0]} == {"releases"}
    both = {
        "/press/": page(
            f"{menu}<h1>Press</h1>{releases[:-5]}<li>2024-05-29 <a href='/press/events/1.html'>Acme at the fair of Graz</a></ul>"
        )
    }
    assert {path.split("/")[2] for path in crawl_paths(files | both, "/press/")[0]} == {"releases", "events"}


def test_of_a_site_whose_posts_are_built_alike_only_those_of_the_topic_are_taken() -> None:
    def show(numbers: Iterable[int], more: str = "") -> str:
        tags = "<a href='/tag/press/'>Press</a> <a href='/tag/blog/'>Blog</a> <a href='/author/ada/'>Ada Holm</a>"
        return page(
            f"<h1>Posts</h1>{items(numbers)}{more}<p>{tags}</p>", "<link rel=alternate type=application/rss+xml href=/rss/>"
        )

    entries = "".join(f"<item><title>{release(n)[1]}</title><link>{HOST}{release(n)[0]}</link></item>" for n in range(16))
    files = {
        "/tag/press/": show(range(8), "<a href='/tag/press/page/2/'>Older posts</a>"),
        "/tag/press/page/2/": show(range(8, 10)),
        "/tag/blog/": show(range(10, 16)),
        "/author/ada/": show(range(16)),
        "/rss/": f"<rss><channel>{entries}</channel></rss>",
        "/sitemap.xml": f"<urlset>{''.join(f'<url><loc>{HOST}{release(n)[0]}</loc></url>' for n in range(16))}</urlset>",
    }
    sources = FeedSource(), ListingSource(), SitemapSource()
    assert crawl(OTHERS | files, "/tag/press/", sources)[0] == set(range(10))


def test_posts_that_the_list_of_the_whole_site_has_between_the_releases_are_none() -> None:
    menu = "<nav><a href='/press/'>Press</a> <a href='/all-posts/'>All posts</a></nav>"
    others = {0, 4}  # one of them newer than all releases
    files = {
        "/press/": page(f"{menu}{items({*range(9)} - others)}<a href='/press/page/2/'>Older</a>"),
        "/press/page/2/": page(f"{menu}{items(range(9, 13))}"),
        "/all-posts/": page(f"{menu}<h1>All posts</h1>{items(range(8))}<a href='/all-posts/page/2/'>Older</a>"),
        "/all-posts/page/2/": page(f"{menu}<h1>All posts</h1>{items(range(8, 15))}"),
        "/sitemap.xml": f"<urlset>{''.join(f'<url><loc>{HOST}{release(n)[0]}</loc></url>' for n in range(13))}</urlset>",
    }
    found, requested = crawl(OTHERS | files, "/press/", (ListingSource(), SitemapSource()))
    assert {"/all-posts/page/2/", "/sitemap.xml"} < set(requested)
    assert found == {*range(15)} - others, "what is older than the newsroom's list may be its own"


def test_list_next_to_the_newsroom_s_with_other_articles_of_the_same_days_is_another_section_of_it() -> None:
    tabs = "<div class='tabs'><a href='/press/'>Company news</a> <a href='/press-2/'>Industry news</a></div>"
    files = OTHERS | {"/press/": page(tabs + items(range(0, 20, 2))), "/press-2/": page(tabs + items(range(1, 20, 2)))}
    assert crawl(files, "/press/")[0] == set(range(20))


def test_further_pages_of_a_list_of_another_section_are_none_of_the_newsroom_either() -> None:
    menu = "<header><nav><a href='/uutiset/'>Uutiset</a> <a href='/paikat/'>Paikat</a></nav></header>"
    files = {
        "/uutiset/": f"<html lang='fi'>{menu}<h1>Uutiset</h1>{headlines('/uutiset/', range(8))}",
        "/paikat/": f"{menu}{headlines('/uutiset/', [8])}{headlines('/paikat/', range(9, 14))}<a href='/paikat/page/2/'>2</a>",
        "/paikat/page/2/": f"{menu}{headlines('/paikat/', range(14, 20))}<a href='/paikat/'>1</a>",
    }
    paths, requested = crawl_paths(files, "/uutiset/")
    assert "/paikat/page/2/" in requested
    assert paths == {f"/uutiset/{n}00.html" for n in range(9)}


def test_latest_posts_of_the_site_in_a_sidebar_and_events_are_none_of_the_topic() -> None:
    def show(numbers: Iterable[int], more: str = "") -> str:
        topics = "<p><a href='/news/category/'>All</a> <a href='/news/category/events/'>Events</a></p>"
        latest = f"<aside><h2>Latest</h2>{headlines('/news/2024/05/', range(12, 17), dated=False)}</aside>"
        return page(f"<div class='posts'>{headlines('/news/2024/05/', numbers)}{more}</div>{topics}{latest}")

    files = {
        "/news/category/press/": show(range(8), "<a href='/news/category/press/page/2/'>Older posts</a>"),
        "/news/category/press/page/2/": show([8]),
        "/news/category/events/": show(range(9, 12)),
        "/news/category/": show([]),
    }
    assert crawl_paths(OTHERS | files, "/news/category/press/")[0] == {f"/news/2024/05/{n}00.html" for n in range(9)}


def headlines(section: str, numbers: Iterable[int], *, dated: bool = True) -> str:
    """A list of headlines that lead below `section`."""
    day = "<span>2024-05-{:02}</span> " if dated else ""
    rows = (f"<li>{day.format(28 - n)}<a href='{section}{n}00.html'>{release(n)[1]}</a></li>" for n in numbers)
    return f"<ul class='{section.strip('/').replace('/', '-')}'>{''.join(rows)}</ul>"


def test_blog_next_to_the_newsroom_is_taken_only_if_none_of_its_own_releases_can_be_read() -> None:
    main = f"<h2>News</h2>{headlines('/news/', range(4))}<h2>Latest posts</h2>{headlines('/blog/', range(4, 8))}"
    planner = start_planner(page(main), "/about-us/news/")
    planner.begin()
    own = planner.frontier.next_batch(100)
    assert [candidate.link.url for candidate in own] == [f"{HOST}/news/{n}00.html" for n in range(4)]
    planner.fall_back()
    assert [candidate.link.url for candidate in planner.frontier.next_batch(100)] == [
        f"{HOST}/blog/{n}00.html" for n in range(4, 8)
    ]

    planner = start_planner(page(main), "/about-us/news/")
    planner.begin()
    planner.record_article(planner.frontier.next_batch(100)[0])
    planner.fall_back()
    assert not planner.frontier.list_pending()


def test_entries_in_another_section_of_the_site_lead_to_the_others_there_that_have_a_date() -> None:
    entries = "".join(
        f"<li><span>2024-05-{28 - n}</span> <a href='{path}'>{release(n)[1]}</a></li>"
        for n, path in enumerate(["/about/news/1.html", "/about/news/2.html", "/boilers/notes/11.html", "/about/news/3.html"])
    )
    menu = "<nav><a href='/boilers/'>Boilers</a> <a href='/pumps/'>Pumps</a> <a href='/about/news/'>News</a></nav>"
    notes = "".join(f"<li><a href='/boilers/notes/{n}.html'>Linz</a></li>" for n in (11, 12, 13))
    files = {
        "/about/news/": page(f"{menu}<h1>News</h1><ul class='news'>{entries}</ul>"),
        "/boilers/": page(f"{menu}<h1>Boilers</h1><p>Built in Graz.</p><ul class='notes'>{notes}</ul>"),
        "/pumps/": page(f"{menu}<h1>Pumps</h1><p>Built in Lyon.</p>"),
    }
    paths, _ = crawl_paths(OTHERS | files, "/about/news/")
    assert {f"/boilers/notes/{n}.html" for n in (11, 12, 13)} < paths


def test_dated_list_that_the_menus_lead_to_is_one_of_a_newsroom_of_several_sections() -> None:
    menu = "<nav><a href='/tools/'>Tools</a> <a href='/market-daily/'>Market daily</a></nav>"
    both = f"{menu}<h1>Blog</h1>{headlines('/post/', range(5))}{headlines('/press/', range(5, 8))}"
    one = f"{menu}<h1>Blog</h1>{headlines('/post/', range(5))}"
    files = OTHERS | {"/market-daily/": page(f"{menu}<h1>Market daily</h1>{headlines('/market-daily/', range(8, 16))}")}
    of_several, of_one = (crawl_paths(files | {"/blog/": page(main)}, "/blog/")[0] for main in (both, one))
    assert {path.split("/")[1] for path in of_several} == {"post", "press", "market-daily"}
    assert {path.split("/")[1] for path in of_one} == {"post"}
