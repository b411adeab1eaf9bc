"""The compared tools: corpnews and its peers, each used as its manual recommends, all without a network.

A tool takes a site's pages and returns for each page id what the scorer reads. Its module is imported when the tool is made, so
that its memory counts. A page on which a tool raises counts as one without result; newspaper4k raises on Chinese pages if jieba
is not installed.
"""

from __future__ import annotations

import logging
import warnings
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks.truth import SiteTruth

    Answer = dict[str, Any]
    ReadSite = Callable[[SiteTruth], dict[str, Answer]]
    ReadPage = Callable[[bytes, str], Answer]

# Elements after which the text has a line break.
LINES = "p", "div", "li", "tr", "br", "blockquote", "pre", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6"


def trafilatura() -> ReadPage:
    bare_extraction = import_module("trafilatura").bare_extraction

    def read(html: bytes, url: str) -> Answer:
        found = bare_extraction(html, url=url, with_metadata=True)
        authors = found.author.split("; ") if found.author else []
        return {"headline": found.title, "date_published": found.date, "authors": authors, "body": found.text}

    return read


def readability() -> ReadPage:
    document, fromstring = import_module("readability").Document, import_module("lxml.html").fromstring

    def read(html: bytes, url: str) -> Answer:
        found = document(html, url=url)
        summary = fromstring(found.summary(html_partial=True))
        for element in summary.iter(LINES):
            element.tail = f"\n{element.tail or ''}"
        return {"headline": found.short_title(), "body": summary.text_content()}

    return read


def resiliparse() -> ReadPage:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    detect = import_module("resiliparse.parse.encoding").detect_encoding
    parse = import_module("resiliparse.parse.html").HTMLTree.parse_from_bytes

    def read(html: bytes, _url: str) -> Answer:
        tree = parse(html, detect(html))
        return {"headline": tree.title, "body": extract(tree, main_content=True)}

    return read


def newspaper() -> ReadPage:
    article = import_module("newspaper").Article
    decoded = import_module("w3lib.encoding").html_to_unicode

    def read(html: bytes, url: str) -> Answer:
        found = article(url, fetch_images=False).download(input_html=decoded(None, html)[1]).parse()
        date = found.publish_date.date().isoformat() if found.publish_date else None
        return {"headline": found.title, "date_published": date, "authors": found.authors, "body": found.text}

    return read


# Peers by name: the module that must be installed, and the function that makes the reader.
PEERS: dict[str, tuple[str, Callable[[], ReadPage]]] = {
    "trafilatura": ("trafilatura", trafilatura),
    "readability-lxml": ("readability", readability),
    "resiliparse": ("resiliparse", resiliparse),
    "newspaper4k": ("newspaper", newspaper),
}
OURS = {"corpnews": "with_template", "corpnews, no template": "without_template"}
TOOLS = (*OURS, *PEERS)


def is_installed(tool: str) -> bool:
    return tool in OURS or find_spec(PEERS[tool][0]) is not None


def make(tool: str) -> ReadSite:
    if tool in OURS:
        found: ReadSite = getattr(import_module("tests.benchmarks.ours"), OURS[tool])
        return found
    logging.disable()
    warnings.simplefilter("ignore")
    return page_by_page(PEERS[tool][1]())


def page_by_page(read: ReadPage) -> ReadSite:
    def read_site(site: SiteTruth) -> dict[str, Answer]:
        answers = {}
        for row in site.rows:
            with suppress(Exception):
                answers[row["id"]] = read(site.pages[row["id"]], row["url"])
        return answers

    return read_site
