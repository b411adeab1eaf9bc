"""No request of a run reaches a host, address or port that is inside; the servers inside are the witnesses."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from scrapy import Spider
from scrapy.utils.test import get_crawler

from corpnews.guard.address_guard import AddressRefused, get_guard
from tests.helpers import Answer, Site, crawl, headline, serving
from tests.hostile.inner_network import COMPANY, HOST, INTRANET, inner_network

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.hostile.inner_network import InnerNetwork

RESOLVER = ("-s", "TWISTED_DNS_RESOLVER=tests.hostile.inner_network.ScriptedResolver")
# {port} is that of the servers inside, {other} a further one of the company's own server
INNER_URLS = (
    "http://127.0.1.2:{port}/secret", "http://127.0.1.2:{port}/secret.pdf", "http://127.0.1.3:{port}/latest/meta-data/",
    "http://2130706690:{port}/", "http://017700000402:{port}/", "http://0x7f000102:{port}/", "http://0177.0.1.2:{port}/a.pdf",
    "http://0x7f.0.0x1.2:{port}/", "http://127.258:{port}/", "http://127.0.258:{port}/", "http://127.0.1.2.:{port}/",
    "http://１２７.0.1.2:{port}/", "http://127。0。1。2:{port}/", "http://[::ffff:127.0.1.2]:{port}/",
    "http://[::ffff:7f00:102]:{port}/", "http://[2002:7f00:102::1]:{port}/", "http://[64:ff9b::7f00:102]:{port}/",
    "http://[::127.0.1.2]:{port}/", "http://[::1]:{port}/", "http://[::]:{port}/", "http://0.0.0.0:{port}/", "http://0:{port}/",
    "http://localhost:{port}/", "http://LOCALHOST.:{port}/secret.pdf", "http://intranet/", "http://wiki.corp.internal/",
    "http://printer.local/", "http://169.254.169.254/latest/meta-data/iam/", "http://metadata.google.internal/",
    "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/report.pdf", "http://100.64.0.1/", "http://100.100.100.200/",
    "http://168.63.129.16/", "http://224.0.0.1/", "http://255.255.255.255/", "http://[fe80::1]/", "http://[fd00:ec2::254]/",
    "http://[ff02::1]/", "http://[64:ff9b:1::1]/", "http://198.18.0.1/", "http://240.0.0.1/", "http://1.2.3.4.5/", "http://256.1/",
    "http://www.acme.example:{other}/", "http://www.acme.example:22/", "http://www.acme.example:99999/",
    "file:///etc/passwd", "ftp://127.0.1.2:{port}/", "data:text/html,secret", "gopher://127.0.1.2:{port}/",
    "http://intranet.acme.example:{port}/", "http://files.acme.example:{port}/secret.pdf",
)  # fmt: skip
NAMES_INSIDE = {"intranet_acme_example": [INTRANET], "files_acme_example": [INTRANET]}


class AcmeSpider(Spider):
    name = "acme"

    def __init__(self) -> None:
        super().__init__()
        self.start_urls = ["http://www.acme.example:8000/"]


@pytest.fixture
def network() -> Iterator[InnerNetwork]:
    with inner_network() as network:
        yield network


def add_newsroom(network: InnerNetwork, hostile: dict[str, Answer], *, releases: int = 20) -> None:
    """A listing of good releases, among which are those that `hostile` has in their place."""
    site = network.site
    items = [f"<li><time>2024-05-01</time> <a href='{path}'>{path.strip('/')}</a></li>" for path in hostile]
    items += [f"<li><time>2024-05-02</time> <a href='{site.release(n)}'>{headline(n)}</a></li>" for n in range(1, releases + 1)]
    site.page("/news/", f"<h1>News</h1><ul>{''.join(items)}</ul>", "News")
    site.pages.update(hostile)


def build_refresh(url: str) -> Answer:
    return Answer(f"<html><head><meta http-equiv='refresh' content='0; url={url}'></head><body></body></html>".encode())


def build_redirect(url: str) -> Answer:
    return Answer(
        b"", 302, {"Location": url.encode("ascii", "ignore").decode() if url.isascii() else url.encode().decode("latin-1")}
    )


def test_no_release_leads_inside_by_redirect_or_refresh(network: InnerNetwork, tmp_path: Path) -> None:
    urls = [url.format(port=network.port, other=network.other_port) for url in INNER_URLS]
    hostile = {f"/news/acme-takes-a-redirect-{n}/": build_redirect(url) for n, url in enumerate(urls)}
    hostile |= {f"/news/acme-takes-a-refresh-{n}/": build_refresh(url) for n, url in enumerate(urls)}
    add_newsroom(network, hostile)
    run = crawl(tmp_path, "newsroom", "-a", f"url={network.url}/news/", *RESOLVER, **network.environment(**NAMES_INSIDE))
    assert network.contacts == []
    assert sorted(line["headline"] for line in run.lines) == sorted(headline(number) for number in range(1, 21))
    assert (run.code, run.verdict["verdict"]) == (3, "degraded")
    assert run.verdict["counts"]["refused"] >= len(urls)
    for shown in (
        "127.0.1.2 is loopback",
        "169.254.169.254 is link-local",
        "10.0.0.1 is private",
        "100.64.0.1 is carrier-grade NAT",
    ):
        assert run.log.count(f": {shown};") >= 1, shown
    assert run.log.count(f"Refused http://intranet.acme.example:{network.port}: its address {INTRANET} is loopback") == 1
    assert "Traceback" not in run.log


@pytest.mark.parametrize("url", [url for url in INNER_URLS if "intranet.acme" not in url and "files.acme" not in url])
def test_url_that_leads_inside_is_refused_by_what_it_says(url: str) -> None:
    crawler = get_crawler(AcmeSpider, {"CORPNEWS_ALLOW_HOSTS": COMPANY})
    crawler.spider = AcmeSpider()
    with pytest.raises(AddressRefused):
        get_guard(crawler).check_url(urlsplit(url.format(port=8001, other=8002)))


def test_robots_txt_feeds_sitemaps_and_pdfs_do_not_lead_inside(network: InnerNetwork, tmp_path: Path) -> None:
    inside = f"http://{INTRANET}:{network.port}"
    site = network.site
    add_newsroom(network, {"/news/acme-has-a-pdf/": build_stub("/files/release.pdf")})
    site.pages["/robots.txt"] = build_redirect(f"{inside}/robots.txt")
    site.pages["/files/release.pdf"] = build_redirect(f"{inside}/release.pdf")
    for path in ("/feed/", "/rss.xml", "/feed.xml", "/sitemap.xml", "/sitemap_index.xml", "/wp-json/wp/v2/posts"):
        site.pages[path] = build_redirect(f"{inside}{path}")
    head = "<link rel='alternate' type='application/rss+xml' href='{}'>"
    page = site.pages["/news/"].body.replace(
        b"</head>", "".join(map(head.format, ("/feed/", f"{inside}/rss.xml"))).encode() + b"</head>"
    )
    site.pages["/news/"] = Answer(page)
    run = crawl(tmp_path, "newsroom", "-a", f"url={network.url}/news/", *RESOLVER, **network.environment())
    assert network.contacts == []
    assert {headline(number) for number in range(1, 21)} <= {line["headline"] for line in run.lines}
    assert run.log.count(f"Refused {inside}: {INTRANET} is loopback") == 1


def build_stub(pdf: str) -> Answer:
    link = f"<p><a href='{pdf}'>Download</a></p>"
    return Answer(f"<html><body><main><h1>Acme has a PDF</h1><time>2024-05-01</time>{link}</main></body></html>".encode())


def test_name_whose_answers_change_is_refused_where_the_connection_is_made(network: InnerNetwork, tmp_path: Path) -> None:
    add_newsroom(network, {})
    variables = network.environment(**{HOST.replace(".", "_"): [COMPANY] * 6 + [INTRANET]})
    run = crawl(tmp_path, "newsroom", "-a", f"url={network.url}/news/", *RESOLVER, **variables)
    assert len(network.site.asked) >= 2
    assert network.contacts == []
    assert f"Refused {network.url}: its address {INTRANET} is loopback" in run.log
    assert run.code != 0


def test_start_url_with_a_public_name_that_resolves_inside_is_refused(network: InnerNetwork, tmp_path: Path) -> None:
    variables = network.environment(intranet_acme_example=[INTRANET])
    run = crawl(tmp_path, "newsroom", "-a", f"url=http://intranet.acme.example:{network.port}/news/", *RESOLVER, **variables)
    assert network.contacts == []
    assert (run.code, run.verdict["verdict"]) == (1, "failed")
    assert f"refused: its address {INTRANET} is loopback" in run.last_line


def test_start_url_that_is_plainly_inside_opens_its_own_port_only(network: InnerNetwork, tmp_path: Path) -> None:
    add_newsroom(network, {"/news/acme-goes-next-door/": build_redirect(f"http://{COMPANY}:{network.other_port}/")})
    run = crawl(tmp_path, "newsroom", "-a", f"url=http://{COMPANY}:{network.port}/news/")
    assert network.contacts == []
    assert len(run.lines) == 20
    assert f"{COMPANY}:{network.port} is inside a network; it is crawled because a start URL names it" in run.log


def test_html_from_another_site_in_the_place_of_a_pdf_is_no_release(network: InnerNetwork, tmp_path: Path) -> None:
    site = network.site
    add_newsroom(network, {"/news/acme-goes-elsewhere/": build_redirect(f"http://files.example:{network.port}/elsewhere.pdf")})
    site.page("/elsewhere.pdf", site.pages[site.release(30)].body.decode())
    variables = network.environment(files_example=[COMPANY])
    variables["CORPNEWS_ALLOW_HOSTS"] += f",files.example:{network.port}"
    run = crawl(tmp_path, "newsroom", "-a", f"url={network.url}/news/", *RESOLVER, **variables)
    assert len(run.lines) == 20, run.log
    assert "redirected to another site" in run.log


def test_name_is_judged_before_a_proxy_is_asked(network: InnerNetwork, tmp_path: Path) -> None:
    hostile = {
        "/news/acme-has-a-wiki/": build_redirect(f"{network.url.replace('www', 'intranet')}/"),
        "/news/acme-has-a-decimal/": build_redirect("http://2130706690/"),
    }
    add_newsroom(network, hostile)
    proxy = Site(answers=[lambda asked: network.site.pages.get(urlsplit(asked.path).path)])
    variables = network.environment(intranet_acme_example=[INTRANET])
    with serving(proxy):
        run = crawl(tmp_path, "newsroom", "-a", f"url={network.url}/news/", *RESOLVER, proxy=proxy.url, **variables)
    assert len(run.lines) == 20, run.log
    assert not [path for path in proxy.asked if "intranet" in path or "2130706690" in path]
    assert f"its address {INTRANET} is loopback" in run.log
