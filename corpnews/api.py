"""The library's functions, for notebooks and other programs: extraction of pages that are at hand, and crawls."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, cast

from lxml import etree

from corpnews.cleaning.article import Provenance, build_article, compute_article_id
from corpnews.discovery import Scope
from corpnews.discovery.listing_reader import read_listing
from corpnews.discovery.page_classifier.classifier import classify_unlinked, is_certain_article, may_be_obstacle
from corpnews.discovery.page_classifier.page_features import PageClaims
from corpnews.extraction.data_article import extract_article
from corpnews.extraction.extract import NotAnArticle
from corpnews.extraction.selectors import NO_SELECTORS, Selectors
from corpnews.items import Article, ArticleSource
from corpnews.page.garbage import pause_garbage_collection
from corpnews.page.page import Page
from corpnews.web.url_features import is_home_page_url

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from lxml.etree import _Element, _ElementTree

    from corpnews.discovery import Listing, PageKind
    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.extraction.site_template import SiteTemplate

logger = logging.getLogger(__name__)

_EXIT_STATUS_OF_WRONG_ARGUMENTS: Final = 2
_EXIT_STATUS_DEGRADED: Final = 3
_SECONDS_TO_STOP: Final = 30
_MIN_LISTED: Final = 3  # articles on a page that is a list of them
# How data begin that are no HTML, and what to do with them
_MAGIC: Final = {
    b"%PDF-": "html is a PDF, of which extract reads none; a crawl of the newsroom does",
    b"\x1f\x8b": "html is compressed: pass gzip.decompress(html)",
}


class ResponseLike(Protocol):
    """What is needed of a Scrapy response."""

    @property
    def url(self) -> str: ...
    @property
    def body(self) -> bytes: ...
    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[Any, Any]: ...


Html: TypeAlias = "str | bytes | _Element | _ElementTree | ResponseLike"


@pause_garbage_collection()
def extract(
    html: Html,
    url: str | None = None,
    *,
    template: SiteTemplate | None = None,
    content_type: str | None = None,
    selectors: Selectors | Mapping[str, Any] | None = None,
    company: str | None = None,
    languages: Sequence[str] = (),
) -> Article:
    """Extract the article of a page.

    The fields of a crawl (`status`, `version`, `first_seen`, `crawl.fetched_at` …) are None, since nothing was crawled.

    Args:
        html: The page as bytes or str, an lxml tree, or a Scrapy response.
        url: The URL of the page; by default that of the response, or the one that the page declares as its own.
        template: What pages of the site have in common; see SiteTemplate.from_pages.
        content_type: The HTTP header Content-Type, which may name the encoding of bytes.
        selectors: CSS selectors of parts of the page, such as `{"body": "div.release"}`; they win over what is found.
        company: The name of the company, by default what the page says.
        languages: The languages of the newsroom (BCP 47), for pages whose language cannot be detected.

    Raises:
        NotAnArticle: The page has no article, or is a home page, a list of articles, a wall or an error page; the message says
            why. It is a ValueError.
        ValueError: A selector is invalid; the message names it.

    >>> article = extract("<h1>Plant opens</h1><p>Acme opened its plant in Oslo on Monday, in the rain.</p>", "https://acme.example/1")
    >>> article.headline, article.body
    ('Plant opens', 'Acme opened its plant in Oslo on Monday, in the rain.')
    >>> extract(b"", "https://acme.example/2")
    Traceback (most recent call last):
    corpnews.extraction.extract.NotAnArticle: no text
    """
    page = _parse_page(html, url, content_type)
    extracted = extract_article(page, template, selectors=_build_selectors(selectors))
    if selectors is None:
        _check_kind(extracted)
        if url:  # the URL that an article declares may be that of its home page
            _check_no_home_page(extracted)
    status = getattr(html, "status", None)
    languages = (languages,) if isinstance(languages, str) else tuple(languages)
    provenance = Provenance(page.host, company or "", ArticleSource("given"), http_status=status, languages=languages)
    article = build_article(extracted, provenance)
    if not article.headline.strip() or not article.body.strip():
        raise NotAnArticle("no headline" if not article.headline.strip() else "no text")
    if not article.url:
        article.id = compute_article_id(article.newsroom, article.content_hash, None)
    return article


def _check_kind(extracted: ExtractedPage) -> None:
    """Check that the page is no wall, no error and not one of links to articles. Raises NotAnArticle."""
    page = extracted.page
    if is_certain_article(extracted):
        return
    kind = classify_unlinked(page, PageClaims.from_extracted(extracted))
    if kind.is_obstacle and may_be_obstacle(extracted):
        raise NotAnArticle(kind.reason)
    if kind.name not in ("listing", "hub") or not page.host:
        return
    # its URL alone may be that of a list
    if (kind.articles or len(read_listing(page, Scope.from_start_url(page.url)).articles)) >= _MIN_LISTED:
        raise NotAnArticle(kind.reason)


def _check_no_home_page(extracted: ExtractedPage) -> None:
    """Check that the page is not a site's home page, which has no date. Raises NotAnArticle."""
    page = extracted.page
    if "." in page.host and is_home_page_url(page.url) and extracted.date_published is None:
        raise NotAnArticle("the home page of the site")


def _build_selectors(selectors: Selectors | Mapping[str, Any] | None) -> Selectors:
    if selectors is None or isinstance(selectors, Selectors):
        return selectors or NO_SELECTORS
    known = [field.name for field in fields(Selectors)]
    if unknown := [name for name in selectors if name not in known]:
        raise ValueError(f"selectors: {unknown[0]!r} is none of {', '.join(known)}")
    return Selectors(**selectors)


@pause_garbage_collection()
def parse_listing(html: Html, url: str | None = None, *, content_type: str | None = None) -> Listing:
    """Read the articles that a listing page links to, and the URLs of the further listing pages.

    Raises:
        ValueError: The URL of the page is neither given nor declared by the page.

    >>> items = "".join(f"<li><a href='/news/plant-{n}'>Plant {n} opens in Oslo</a> May {n}, 2024</li>" for n in range(1, 6))
    >>> [link.url for link in parse_listing(f"<h1>News</h1><ul>{items}</ul>", "https://acme.example/news/").articles][:2]
    ['https://acme.example/news/plant-1', 'https://acme.example/news/plant-2']
    """
    page = _parse_page(html, url, content_type)
    if not page.host:
        raise ValueError("parse_listing needs the URL of the page: parse_listing(html, url)")
    return read_listing(page, Scope.from_start_url(page.url))


@pause_garbage_collection()
def classify_page(html: Html, url: str | None = None, *, content_type: str | None = None) -> PageKind:
    """Return what the page is (article, listing, …) and why.

    >>> classify_page("<h1>Page not found</h1>", "https://acme.example/news/1").is_article
    False
    """
    page = _parse_page(html, url, content_type)
    try:
        extracted = extract_article(page)
    except NotAnArticle:
        return classify_unlinked(page)
    return classify_unlinked(page, PageClaims.from_extracted(extracted))


def _parse_page(html: Html, url: str | None, content_type: str | None) -> Page:
    """Parse the page, of whatever kind it is."""
    if isinstance(html, os.PathLike):
        raise TypeError(f"html is a path; read it first: Path({str(html)!r}).read_bytes()")
    if etree.iselement(html) or hasattr(html, "getroot"):
        # written and parsed again: a foreign tree may hold comments, namespaces and any number of elements
        html = etree.tostring(cast("_Element", html), encoding="unicode", method="html")
    elif not isinstance(html, str | bytes):
        if not hasattr(html, "body") or not hasattr(html, "url"):
            raise TypeError(f"html must be str, bytes, an lxml tree or a Scrapy response, not {type(html).__name__}")
        url, content_type = url or html.url, content_type or _get_content_type(html)
        html = html.body
    _check_not_swapped(html, url)
    page = Page.from_html(html, url or "", content_type)
    return page if url else Page(page.declared_url or "", page.root, is_truncated=page.is_truncated)


def _check_not_swapped(html: str | bytes, url: object) -> None:
    if url is not None and (not isinstance(url, str) or "<" in url):
        raise ValueError("html and url are exchanged: the first argument is the page, the second its URL")
    if isinstance(html, bytes) and (kind := next((kind for magic, kind in _MAGIC.items() if html.startswith(magic)), None)):
        raise NotAnArticle(kind)
    start = html[:2000].strip() if isinstance(html, str) else ""
    if start.startswith(("http://", "https://")) and "<" not in html and len(start.split()) == 1:
        raise ValueError(f"html is a URL: pass the page itself, fetched from {start}, or use corpnews.crawl(url)")


def _get_content_type(response: ResponseLike) -> str | None:
    value = response.headers.get("Content-Type")
    return value.decode("latin-1") if isinstance(value, bytes) else value


class CrawlError(RuntimeError):
    """Raised by `crawl` if the crawl failed; the message is the last line of its log."""


def crawl(url: str, *, settings: Mapping[str, Any] | None = None, **arguments: Any) -> Generator[Article, None, None]:
    """Crawl the newsroom at `url` and yield its articles as they are extracted.

    The crawl is a `scrapy crawl newsroom` in a process of its own, so that it works in notebooks and any number of times.
    It keeps nothing, and so yields all articles each time, unless `settings` name a folder: `{"CORPNEWS_OUTPUT": "output"}`.

    Args:
        url: The URL of a page that lists releases.
        settings: Scrapy settings, such as `{"AUTOTHROTTLE_ENABLED": False}`.
        arguments: Arguments of the spider, such as `max_articles=20`, `since="2024-01-01"`, `languages="en,zh"`.

    Raises:
        ValueError: An argument is unknown or has a wrong value.
        CrawlError: The crawl failed, was blocked, or found nothing. Articles may have been yielded before.
    """
    if "<" in url:
        raise ValueError(f"url: {url[:100]!r} is not the URL of a web page, such as https://www.example.com/news/")
    return _run_crawl({"url": url, **arguments}, settings or {})


def _run_crawl(arguments: Mapping[str, Any], settings: Mapping[str, Any]) -> Generator[Article, None, None]:
    with TemporaryDirectory(prefix="corpnews-") as folder:
        log = Path(folder, "log")
        feeds = {"stdout:": {"format": "jsonlines"}}
        ours = {"CORPNEWS_OUTPUT": folder, "FEEDS": json.dumps(feeds), "LOG_FILE": log, "LOG_FORMAT": "%(message)s"}
        options = [f"-s{name}={_format_value(value)}" for name, value in (ours | dict(settings)).items()]
        options += [f"-a{name}={_format_value(value)}" for name, value in arguments.items()]
        command = [sys.executable, "-u", "-m", "scrapy", "crawl", "newsroom", *options]
        environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "corpnews.settings", "PYTHONPATH": os.pathsep.join(sys.path)}
        with log.open("ab") as stderr:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, env=environment)  # noqa: S603  # no shell
        try:
            for line in process.stdout or ():
                yield Article.from_dict(json.loads(line))
            process.wait()
        finally:
            _stop(process)
        _check_exit_status(process.returncode, log.read_text(encoding="utf-8", errors="replace").strip())


def _format_value(value: Any) -> str:
    """Write a value as Scrapy's command line has it: lists with commas, booleans as 1 and 0."""
    if isinstance(value, bool):
        return str(int(value))
    return ",".join(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else str(value)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the crawl if it still runs, as when the caller wants no more articles."""
    if process.stdout:
        process.stdout.close()
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _check_exit_status(status: int, log: str) -> None:
    message = log.rpartition("\n")[2] or f"the crawl ended with exit status {status}"
    if status == _EXIT_STATUS_OF_WRONG_ARGUMENTS:
        raise ValueError(message.partition(": error: ")[2] or message)
    if status == _EXIT_STATUS_DEGRADED:
        logger.warning("%s", message)
    elif status:
        raise CrawlError(message)
