"""The library: articles from pages that a program has already, and crawls."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from lxml import html as lxml_html
from scrapy.http import HtmlResponse

import corpnews
from tests.helpers import SENTENCES, Site, environment, headline

URL = "https://www.acme.example/news/{}/"


def page(number: int, head: str = "") -> str:
    text = "".join(f"<p>{sentence.format(number=number, day='Monday')}</p>" for sentence in SENTENCES)
    slogan = "<p>Acme has built turbines in the north since the great flood, and will build them there until the next one.</p>"
    return (
        f"<html><head>{head}</head><body><!-- x --><nav>Home</nav><div><h1>{headline(number)}</h1>{text}{slogan}</div>"
        f"<p>© Acme</p></body></html>"
    )


def body(number: int) -> str:
    return "\n\n".join(sentence.format(number=number, day="Monday") for sentence in SENTENCES)


def pages() -> list[tuple[str, str]]:
    return [(page(number), URL.format(number)) for number in range(1, 8)]


def listing_page() -> str:
    items = "".join(f"<li><a href='{URL.format(n)}'>{headline(n)}</a> <span>2024-05-0{n}</span></li>" for n in range(1, 8))
    return f"<h1>News</h1><ul>{items}</ul><a rel='next' href='/news/page/2/'>Older</a>"


def run_python(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], env=environment(), check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_html_becomes_an_article() -> None:
    article = corpnews.extract(page(1), URL.format(1))
    assert isinstance(article, corpnews.Article)
    assert article.headline == headline(1)
    assert article.body.startswith(body(1))
    assert (article.url, article.newsroom, article.company) == (URL.format(1), "www.acme.example", "Acme")


@pytest.mark.parametrize(
    "html",
    [
        page(1).encode(),
        lxml_html.fromstring(page(1)),
        etree.HTML(page(1)),
        lxml_html.fromstring(page(1)).getroottree(),
        HtmlResponse(URL.format(1), body=page(1).encode(), encoding="utf-8"),
    ],
)
def test_page_may_be_bytes_a_tree_or_a_response(html: Any) -> None:
    article = corpnews.extract(html, URL.format(1))
    assert article.body == corpnews.extract(page(1), URL.format(1)).body


def test_scrapy_response_brings_its_url_charset_and_status() -> None:
    text = page(1).replace("said on", "sägte öm").encode("cp1250")
    headers = {"Content-Type": "text/html; charset=windows-1250"}
    article = corpnews.extract(HtmlResponse(URL.format(1), 203, headers, text))
    assert (article.url, article.crawl.http_status) == (URL.format(1), 203)
    assert "sägte öm" in article.body


def test_content_type_names_the_encoding_of_bytes() -> None:
    html = page(1).replace("said on", "sägte öm").encode("cp1250")
    assert "sägte öm" in corpnews.extract(html, URL.format(1), content_type="text/html; charset=windows-1250").body


def test_nothing_is_invented_for_a_page_that_was_not_fetched() -> None:
    article = corpnews.extract(page(1), URL.format(1))
    assert (article.status, article.version, article.first_seen, article.last_seen) == (None, None, None, None)
    assert (article.crawl.fetched_at, article.crawl.http_status) == (None, None)


def test_page_without_url_takes_the_one_that_it_declares() -> None:
    article = corpnews.extract(page(1, f"<link rel='canonical' href='{URL.format(1)}'>"))
    assert (article.url, article.newsroom) == (URL.format(1), "www.acme.example")


def test_pages_without_any_url_have_different_ids() -> None:
    first, second = corpnews.extract(page(1)), corpnews.extract(page(2))
    assert (first.url, first.newsroom, first.company) == ("", "", "Acme")  # as its copyright line says
    assert first.id != second.id


def test_selectors_company_and_languages_are_used() -> None:
    selectors = {"headline": "nav", "body": "div"}
    article = corpnews.extract(page(1), URL.format(1), selectors=selectors, company="Acme Turbines", languages=["en"])
    assert (article.headline, article.company, article.language) == ("Home", "Acme Turbines", "en")


def test_template_removes_what_recurs_on_the_site() -> None:
    template = corpnews.SiteTemplate.from_pages(pages())
    alone, informed = corpnews.extract(*pages()[0]), corpnews.extract(*pages()[0], template=template)
    assert "great flood" in alone.body
    assert informed.body == body(1)
    kept = corpnews.SiteTemplate.from_bytes(template.to_bytes())
    assert corpnews.extract(*pages()[1], template=kept).body == body(2)


def test_extraction_does_not_change_the_template() -> None:
    template = corpnews.SiteTemplate.from_pages(pages())
    before = template.to_bytes()
    corpnews.extract(page(9), URL.format(9), template=template)
    assert template.to_bytes() == before


def test_id_does_not_depend_on_tracking_parameters() -> None:
    assert corpnews.extract(page(1), URL.format(1)).id == corpnews.extract(page(1), URL.format(1) + "?utm_source=mail").id


@pytest.mark.parametrize("html", ["", b"", b"\x89PNG\r\n\x1a\n" + bytes(500), "<p></p>", "<frameset><frame src=a></frameset>"])
def test_page_without_article_raises_not_an_article(html: bytes | str) -> None:
    with pytest.raises(corpnews.NotAnArticle, match=r"no \w+"):
        corpnews.extract(html, URL.format(1))


@pytest.mark.parametrize("url", ["", "not a url", "http://[", "file:///home/news.html", "https://例え.example/ニュース"])
def test_any_url_is_accepted(url: str) -> None:
    assert corpnews.extract(page(1), url).headline == headline(1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((URL.format(1), page(1)), "html and url are exchanged"),
        ((URL.format(1),), "html is a URL: pass the page itself"),
        ((Path("page.html"),), r"html is a path; read it first: Path\('page.html'\).read_bytes\(\)"),
        ((17,), "html must be str, bytes, an lxml tree or a Scrapy response, not int"),
    ],
)
def test_wrong_argument_is_named(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        corpnews.extract(*arguments)


def test_unknown_selector_is_named() -> None:
    with pytest.raises(ValueError, match="selectors: 'title' is none of headline, date, body"):
        corpnews.extract(page(1), URL.format(1), selectors={"title": "h1"})


def test_listing_is_parsed() -> None:
    listing = corpnews.parse_listing(listing_page(), "https://www.acme.example/news/")
    assert [link.url for link in listing.articles] == [URL.format(n) for n in range(1, 8)]
    assert listing.next_pages == ("https://www.acme.example/news/page/2/",)


def test_list_of_articles_is_none(site: Site) -> None:
    site.listing("/news/", range(1, 12))
    with pytest.raises(corpnews.NotAnArticle, match="list"):
        corpnews.extract(site.pages["/news/"].body, "https://acme.example/news/")


def test_undated_page_at_the_root_of_a_site_is_its_home_page_and_no_article(site: Site) -> None:
    site.page("/", "<h1>Turbines for every river</h1>" + "".join(f"<p>{each.format(number=1, day='')}</p>" for each in SENTENCES))
    home = site.pages["/"].body
    with pytest.raises(corpnews.NotAnArticle, match="home page"):
        corpnews.extract(home, "https://acme.example/")
    assert corpnews.extract(home, "https://acme.example/news/1").headline == "Turbines for every river"


def test_listing_needs_a_url() -> None:
    with pytest.raises(ValueError, match="needs the URL of the page"):
        corpnews.parse_listing("<h1>News</h1>")


def test_page_is_classified() -> None:
    assert corpnews.classify_page(page(1), URL.format(1)).name == "article"
    assert corpnews.classify_page(listing_page(), "https://www.acme.example/news/").name == "listing"
    assert corpnews.classify_page("<h1>Page not found</h1>", URL.format(1)).name != "article"


def test_schema_describes_the_line() -> None:
    assert set(corpnews.extract(page(1)).to_dict()) == set(corpnews.SCHEMA.names)


def test_import_loads_nothing_but_the_face() -> None:
    heavy = ("lxml", "scrapy", "numpy", "msgspec", "corpnews.api")
    assert run_python(f"import corpnews, sys; print([name for name in {heavy} if name in sys.modules])") == "[]"


def test_extraction_does_not_import_scrapy() -> None:
    program = (
        "import corpnews, sys; corpnews.extract, corpnews.Article, corpnews.SiteTemplate, corpnews.parse_listing\n"
        "print({name.split('.')[0] for name in sys.modules} & {'scrapy', 'twisted', 'sqlalchemy'})"
    )
    assert run_python(program) == "set()"


def test_crawl_is_a_function_in_a_process_that_has_spiders_too() -> None:
    assert run_python("import corpnews, corpnews.spiders.newsroom; print(corpnews.crawl.__name__)") == "crawl"


def test_names_are_listed_and_unknown_ones_raise() -> None:
    assert set(corpnews.__all__) <= set(dir(corpnews))
    assert all(hasattr(corpnews, name) for name in corpnews.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'extracted'"):
        corpnews.extracted  # type: ignore[attr-defined] # noqa: B018


@pytest.fixture
def newsroom(site: Site) -> str:
    site.listing("/news/", range(1, 6))
    return f"{site.url}/news/"


def test_crawl_yields_articles_twice_in_one_session(newsroom: str) -> None:
    """Also as a data frame with days, and each as a line of JSON."""
    articles = list(corpnews.crawl(newsroom, settings={"AUTOTHROTTLE_ENABLED": False}))
    assert {article.headline for article in articles} == {headline(number) for number in range(1, 6)}
    assert {article.status for article in articles} == {"new"}
    assert [corpnews.Article.from_dict(json.loads(json.dumps(article.to_dict()))) for article in articles] == articles
    crawled = corpnews.to_pandas(corpnews.crawl(newsroom, settings={"AUTOTHROTTLE_ENABLED": False}))
    assert {*crawled["headline"]} == {headline(number) for number in range(1, 6)}
    assert {*crawled["status"]} == {"new"}
    assert len(crawled) == 5
    assert crawled["published_on"].max().date().isoformat() == "2024-05-27"


@pytest.mark.parametrize(("data", "kind"), [(b"%PDF-1.7 ...", "is a PDF"), (b"\x1f\x8b\x08...", "is compressed")])
def test_data_that_are_no_html_are_named(data: bytes, kind: str) -> None:
    with pytest.raises(corpnews.NotAnArticle, match=kind):
        corpnews.extract(data, "https://acme.example/1")


def test_crawl_that_keeps_its_state_yields_only_what_is_new(newsroom: str, tmp_path: Path) -> None:
    settings = {"AUTOTHROTTLE_ENABLED": False, "CORPNEWS_OUTPUT": tmp_path}
    assert len(list(corpnews.crawl(newsroom, settings=settings, max_articles=2))) == 2
    assert len(list(corpnews.crawl(newsroom, settings=settings))) == 3


def test_crawl_stops_when_no_more_articles_are_wanted(newsroom: str) -> None:
    articles = corpnews.crawl(newsroom)
    assert next(articles).url.startswith(newsroom)
    articles.close()


def test_wrong_argument_of_a_crawl_is_named(newsroom: str) -> None:
    with pytest.raises(ValueError, match="'<h1>' is not the URL of a web page"):
        corpnews.crawl("<h1>")
    with pytest.raises(ValueError, match=r"^unknown argument 'max_article'; did you mean 'max_articles'"):
        list(corpnews.crawl(newsroom, max_article=2))


def test_crawl_that_finds_nothing_raises_the_message_alone(site: Site) -> None:
    site.page("/", "<h1>Turbines</h1><p>For everybody.</p>")
    with pytest.raises(corpnews.CrawlError, match=r"^127\.0\.0\.1: failed: .*no articles? .*found"):
        list(corpnews.crawl(f"{site.url}/"))
