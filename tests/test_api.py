"""The library: articles from pages that a program has already."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta, timezone

import pytest

import corpnews
from tests.helpers import SENTENCES, environment, headline

URL = "https://www.acme.example/news/{}/"


def page(number: int) -> str:
    text = "".join(f"<p>{sentence.format(number=number, day='Monday')}</p>" for sentence in SENTENCES)
    slogan = "<p>Acme has built turbines in the north since the great flood, and will build them there until the next one.</p>"
    return f"<html><body><nav>Home</nav><div><h1>{headline(number)}</h1>{text}{slogan}</div><p>© Acme</p></body></html>"


def body(number: int) -> str:
    return "\n\n".join(sentence.format(number=number, day="Monday") for sentence in SENTENCES)


def test_html_becomes_an_article() -> None:
    article = corpnews.extract(page(1), URL.format(1))
    assert isinstance(article, corpnews.Article)
    assert article.headline == headline(1)
    assert article.body.startswith(body(1))
    assert (article.url, article.newsroom, article.company) == (URL.format(1), "www.acme.example", "www.acme.example")
    assert corpnews.extract(page(1).encode(), URL.format(1)).body == article.body


def test_template_removes_what_recurs_on_the_site() -> None:
    template = corpnews.learn_template((page(number), URL.format(number)) for number in range(1, 8))
    alone, informed = corpnews.extract(page(1), URL.format(1)), corpnews.extract(page(1), URL.format(1), template)
    assert "great flood" in alone.body
    assert informed.body == body(1)
    kept = corpnews.SiteTemplate.from_bytes(template.to_bytes())
    assert corpnews.extract(page(2), URL.format(2), kept).body == body(2)


def test_extraction_does_not_change_the_template() -> None:
    template = corpnews.learn_template((page(number), URL.format(number)) for number in range(1, 8))
    before = template.to_bytes()
    corpnews.extract(page(9), URL.format(9), template)
    assert template.to_bytes() == before


def test_id_does_not_depend_on_tracking_parameters() -> None:
    assert corpnews.extract(page(1), URL.format(1)).id == corpnews.extract(page(1), URL.format(1) + "?utm_source=mail").id


def test_fetched_at_is_the_given_time_and_nothing_is_invented_without_it() -> None:
    oslo = datetime(2026, 11, 23, 7, 10, tzinfo=timezone(timedelta(hours=1)))
    assert corpnews.extract(page(1), URL.format(1), fetched_at=oslo).crawl.fetched_at == "2026-11-23T06:10:00Z"
    given = corpnews.extract(page(1), URL.format(1))
    assert (given.status, given.version, given.first_seen, given.last_seen) == (None,) * 4
    assert (given.crawl.fetched_at, given.crawl.http_status, given.source.via) == (None, None, "given")


@pytest.mark.parametrize("html", ["", b"", b"\x89PNG\r\n\x1a\n" + bytes(500), "<p></p>", "<frameset><frame src=a></frameset>"])
def test_page_without_article_raises_not_an_article(html: bytes | str) -> None:
    with pytest.raises(corpnews.NotAnArticle, match=r"no \w+"):
        corpnews.extract(html, URL.format(1))


@pytest.mark.parametrize("url", ["", "not a url", "http://[", "file:///home/news.html", "https://例え.example/ニュース"])
def test_any_url_is_accepted(url: str) -> None:
    article = corpnews.extract(page(1), url)
    assert article.headline == headline(1)
    assert article.company


def test_extraction_does_not_import_scrapy() -> None:
    program = "import corpnews, sys; sys.exit(any(name.split('.')[0] in ('scrapy', 'twisted') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], env=environment(), check=False).returncode == 0
