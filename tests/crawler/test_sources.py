"""The ways of discovery together, in real crawls of a newsroom on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.helpers import QUICK, SENTENCES, Answer, Site, crawl, headline

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers import Run

XML = {"Content-Type": "application/xml"}
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def headlines(run: Run) -> list[str]:
    return sorted(line["headline"] for line in run.lines)


def all_of(last: int) -> list[str]:
    return sorted(headline(number) for number in range(1, last + 1))


def sitemap(site: Site, numbers: range, more: str = "") -> Answer:
    entries = "".join(f"<url><loc>{site.url}{site.release(number)}</loc></url>" for number in numbers)
    return Answer(f'<urlset xmlns="{SITEMAPS}">{entries}{more}</urlset>'.encode(), headers=XML)


def feed(site: Site, *items: tuple[str, str, str]) -> Answer:
    """An RSS feed of (path, title, date)."""
    entries = "".join(
        f"<item><title>{title}</title><link>{site.url}{path}</link><pubDate>{date}</pubDate></item>"
        for path, title, date in items
    )
    text = f"<rss version='2.0'><channel><title>Acme</title><link>{site.url}</link>{entries}</channel></rss>"
    return Answer(text.encode(), headers={"Content-Type": "application/rss+xml"})


def with_feed(site: Site, path: str, address: str) -> None:
    """Have the page at `path` declare the feed."""
    link = f"<link rel='alternate' type='application/rss+xml' href='{address}'></head>"
    site.pages[path] = Answer(site.pages[path].body.replace(b"</head>", link.encode()))


@pytest.mark.parametrize("dead_list", ["/news/", "/insights/"])
def test_pages_that_are_gone_do_not_keep_the_search_from_further_sitemaps(dead_list: str, site: Site, tmp_path: Path) -> None:
    """The start page is drawn by a script; it, or a page of the menu, lists pages that look like releases and are gone."""
    site.page("/news/", "<h1>News</h1><nav><a href='/insights/'>Insights</a></nav><div id='app'></div>")
    entries = "".join(
        f"<li><time>2024-05-0{day}</time> <a href='/insights/plant-{day}-in-oslo/'>{headline(day)}</a></li>"
        for day in range(1, 7)
    )
    site.page(dead_list, f"<h1>Insights</h1><ul>{entries}</ul>")
    site.pages["/post-sitemap.xml"] = sitemap(site, range(11, 31))
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert headlines(run) == sorted(headline(number) for number in range(11, 31))


def test_sitemap_leads_where_the_listing_leads_nowhere(site: Site, tmp_path: Path) -> None:
    site.page("/news/", "<h1>News</h1><div id='app'></div>")
    site.pages["/robots.txt"] = Answer(
        f"User-agent: *\nSitemap: {site.url}/map.xml".encode(), headers={"Content-Type": "text/plain"}
    )
    other = "".join(f"<url><loc>{site.url}/{path}</loc></url>" for path in ("", "products/", "products/big-turbine/", "about/"))
    site.pages["/map.xml"] = sitemap(site, range(1, 21), other)
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert headlines(run) == all_of(20)
    assert {line["source"]["via"] for line in run.lines} == {"sitemap"}
    assert " Source sitemap: 20 article links" in run.log


def test_what_the_listing_leaves_out_the_sitemap_adds(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 8))
    site.pages["/sitemap.xml"] = sitemap(site, range(1, 16))
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert headlines(run) == all_of(15)


def test_date_of_the_feed_fills_what_the_page_does_not_say(site: Site, tmp_path: Path) -> None:
    path = "/news/a-turbine-without-any-date-at-all/"
    site.page(path, f"<article><h1>A turbine without any date</h1><p>{SENTENCES[1]}</p><p>{SENTENCES[2]}</p></article>")
    site.page("/news/", f"<h1>News</h1><ul><li><a href='{path}'>A turbine without any date</a></li></ul>")
    with_feed(site, "/news/", "/news/feed.xml")
    site.pages["/news/feed.xml"] = feed(site, (path, "A turbine without any date", "Fri, 03 May 2024 10:00:00 +0200"))
    (line,) = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/").lines
    assert (line["date_published"], line["crawl"]["field_sources"]["date_published"]) == ("2024-05-03T10:00:00+02:00", "feed")


def test_date_of_the_feed_that_the_page_contradicts_is_a_warning(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 4))
    with_feed(site, "/news/", "/news/feed.xml")
    site.pages["/news/feed.xml"] = feed(site, (site.release(1), headline(1), "Mon, 01 Jan 2018 10:00:00 GMT"))
    site.page("/news/", site.pages["/news/"].body.decode().replace("<time>2024-05-27</time>", ""))
    with_feed(site, "/news/", "/news/feed.xml")
    lines = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/").lines
    (line,) = [line for line in lines if line["headline"] == headline(1)]
    assert line["date_published"] == "2024-05-27"
    assert line["crawl"]["warnings"] == ["the feed has another date: 2018-01-01"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b"<!doctype html><html><body><h1>Welcome</h1></body></html>"), "the response is HTML"),
        (Answer(b"<rss><channel><item>", headers=XML), ""),
        (Answer(b"\x00\x01\x02" * 999, headers=XML), ""),
        (Answer(b"", headers=XML), ""),
        (Answer(b"gone", 500), "HTTP 500"),
    ],
)
def test_broken_feed_is_given_up_and_the_others_go_on(answer: Answer, reason: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6), further="/news/page/2/")
    site.listing("/news/page/2/", range(6, 9))
    with_feed(site, "/news/", "/feed.xml")
    site.pages["/feed.xml"] = answer
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert headlines(run) == all_of(8)
    assert sum(" Source feed: 0 article links" in line and reason in line for line in run.log.splitlines()) == 1
    assert "Traceback" not in run.log


def test_sitemap_index_that_names_itself_ends(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6))
    children = "".join(f"<sitemap><loc>{site.url}/{name}.xml</loc></sitemap>" for name in ("sitemap", "b"))
    site.pages["/sitemap.xml"] = Answer(f"<sitemapindex xmlns='{SITEMAPS}'>{children}</sitemapindex>".encode(), headers=XML)
    site.pages["/b.xml"] = site.pages["/sitemap.xml"]
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert headlines(run) == all_of(5)
    assert site.asked.count("/sitemap.xml") == site.asked.count("/b.xml") == 1


def editions(site: Site) -> None:
    """A newsroom in English and German, each release in both."""
    for number in range(1, 4):
        english, german = site.release(number), f"/de/news/acme-eroeffnet-sein-neues-turbinenwerk-nummer-{number}/"
        text = (
            f"<p>Das Unternehmen hat am Montag sein Werk Nummer {number} eröffnet, in dem im nächsten Jahr vierhundert "
            "Menschen arbeiten werden, wie die Leiterin des Werkes sagte.</p>"
            "<p>Die Stadt hatte lange auf diesen Tag gewartet, und alle waren gekommen.</p>"
        )
        title = f"Acme eröffnet sein neues Turbinenwerk Nummer {number}"
        site.page(german, f"<article><h1>{title}</h1><time datetime='2024-05-27'>27.05.2024</time>{text}</article>", title)
        site.pages[german] = Answer(site.pages[german].body.replace(b'lang="en"', b'lang="de"'))
        for path, tag, other in ((english, "de", german), (german, "en", english)):
            link = f"<link rel='alternate' hreflang='{tag}' href='{other}'></head>"
            site.pages[path] = Answer(site.pages[path].body.replace(b"</head>", link.encode()))
    for path, tag, other in (("/news/", "de", "/de/news/"), ("/de/news/", "en", "/news/")):
        paths = [page for page in site.pages if page.startswith(path + "acme")]
        items = "".join(
            f"<li><time>2024-05-27</time> <a href='{page}'>{page.split('/')[-2].replace('-', ' ')}</a></li>" for page in paths
        )
        site.page(path, f"<h1>News</h1><ul>{items}</ul>")
        link = f"<link rel='alternate' hreflang='{tag}' href='{other}'></head>"
        site.pages[path] = Answer(site.pages[path].body.replace(b"</head>", link.encode()))


def test_translations_are_articles_of_their_own_that_name_each_other(site: Site, tmp_path: Path) -> None:
    editions(site)
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    lines = {urlsplit(line["url"]).path: line for line in run.lines}
    assert len(lines) == 6
    for path, line in lines.items():
        ((other),) = line["translations"]
        assert other["language"] == ("en" if path.startswith("/de/") else "de")
        ((back),) = lines[urlsplit(other["url"]).path]["translations"]
        assert urlsplit(back["url"]).path == path


def test_languages_takes_those_and_asks_for_no_other_listing(site: Site, tmp_path: Path) -> None:
    editions(site)
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/de/news/", "-a", "languages=de")
    assert {line["language"] for line in run.lines} == {"de"}
    assert len(run.lines) == 3


def test_releases_in_another_language_are_left_out_whatever_their_address_says(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 4))
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-a", "languages=fr,zh-Hans")
    assert "3 not in fr or zh-Hans" in run.last_line


@pytest.mark.parametrize(("wire", "found"), [("0", 3), ("1", 4)])
def test_copies_on_a_wire_are_followed_only_when_asked_for(wire: str, found: int, site: Site, tmp_path: Path) -> None:
    """The test's server is the proxy, so that it answers for any host."""
    site.listing("/news/", range(1, 4))
    copy = "http://www.prnewswire.com/news-releases/acme-opens-its-turbine-plant-number-4-302.html"
    site.pages[copy] = site.pages[site.release(4)]
    item = f"<li><time>2024-05-24</time> <a href='{copy}'>{headline(4)}</a></li></ul>"
    site.pages["/news/"] = Answer(site.pages["/news/"].body.replace(b"</ul></main>", item.encode() + b"</main>"))
    site.pages |= {f"http://www.acme.example{path}": page for path, page in site.pages.items() if path.startswith("/")}
    run = crawl(tmp_path, "newsroom", "-a", "url=http://www.acme.example/news/", "-a", f"wire={wire}", proxy=site.url)
    assert len(run.lines) == found
    assert (copy in site.asked) is (wire == "1")


def test_only_the_ways_that_were_named_are_gone(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 4))
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-a", "sources=listing")
    assert len(run.lines) == 3
    assert "/sitemap.xml" not in site.asked


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("sources=listing,fax", "argument 'sources': 'listing,fax' is not a list of some of"),
        ("languages=english please", "argument 'languages': 'english please' is not a list of languages such as en,zh-Hans"),
        ("wire=perhaps", "argument 'wire': 'perhaps' is not 1 or 0"),
    ],
)
def test_bad_argument_is_named(argument: str, message: str, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", "url=http://www.acme.example/news/", "-a", argument)
    assert run.code == 2
    assert message in run.last_line


def test_home_page_leads_to_the_newsroom_and_not_to_the_blog(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6))
    posts = "".join(f"<li><a href='/blog/how-we-work-{n}/'>How we work together, part {n}</a></li>" for n in range(9))
    site.page("/blog/", f"<h1>Blog</h1><ul>{posts}</ul>")
    site.page("/", "<h1>Turbines</h1><p>For everybody.</p><ul><li><a href='/blog/'>Blog</a></li></ul>")
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/")
    assert headlines(run) == all_of(5)
    assert f"The newsroom is taken to be <{site.url}/news/>" in run.log
    assert run.code == 0


def test_article_that_is_given_comes_out_with_its_newsroom(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6))
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}{site.release(3)}")
    assert headlines(run) == all_of(5)
    assert f"<{site.url}{site.release(3)}> is an article" in run.log
    assert f"The newsroom is taken to be <{site.url}/news/>" in run.log


@pytest.mark.parametrize("path", ["/press.xml", "/sitemap.xml", "/feed/"])
def test_feed_or_sitemap_that_is_given_leads_to_its_newsroom(path: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6))
    site.page("/", "<h1>Turbines</h1><p>For everybody.</p>")
    site.pages["/press.xml"] = feed(site, (site.release(1), headline(1), "Mon, 06 May 2024 10:00:00 GMT"))
    site.pages["/feed/"] = Answer(site.pages["/press.xml"].body)  # as HTML
    site.pages["/sitemap.xml"] = sitemap(site, range(1, 6))
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}{path}")
    assert headlines(run) == all_of(5)
    assert "is a feed or a sitemap" in run.log
    assert run.code == 0


def test_pdf_that_is_given_is_named_with_what_to_give(site: Site, tmp_path: Path) -> None:
    site.pages["/report.pdf"] = Answer(b"%PDF-1.4", headers={"Content-Type": "application/pdf"})
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/report.pdf")
    assert run.code == 1
    assert "a PDF; the URL must be that of a page that lists the releases" in run.last_line


def test_home_page_without_a_newsroom_that_can_be_read_is_searched_itself(site: Site, tmp_path: Path) -> None:
    site.listing("/", range(1, 5))
    site.pages["/news/"] = Answer(b"", status=503)
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/")
    assert headlines(run) == all_of(4)


def test_address_without_a_scheme_is_tried_by_http_where_https_does_not_answer(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 5))
    host = site.url.removeprefix("http://")
    done = crawl(tmp_path, "newsroom", "-a", f"url={host}/news/", *QUICK, "-s", "RETRY_ENABLED=0")
    assert len(done.lines) == 4, done.log
    assert "http is tried" in done.log
    stated = crawl(tmp_path, "newsroom", "-a", f"url=https://{host}/news/", *QUICK, "-s", "RETRY_ENABLED=0")
    assert stated.code == 1
