"""A page in the real browser reaches nothing inside, whatever its scripts, elements and redirects ask for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.browser.rendering_runs import needs_browser
from tests.helpers import Answer, Site, crawl, headline, serving
from tests.hostile.inner_network import COMPANY, INTRANET, METADATA, inner_network
from tests.hostile.test_no_way_inside import RESOLVER, build_redirect

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers import Asked

pytestmark = needs_browser

SCRIPT = """
const inside = ["127.0.1.2", "127.0.1.3", "localhost", "2130706690", "[::ffff:7f00:102]", "intranet.acme.example"]
  .map((host) => `${host}:PORT`).concat("www.acme.example:OTHER");
const quiet = (act) => { try { Promise.resolve(act()).catch(() => {}); } catch (error) {} };
for (const host of inside) {
  quiet(() => fetch(`http://${host}/fetch`, {mode: "no-cors"}));
  quiet(() => navigator.sendBeacon(`http://${host}/beacon`, "x"));
  quiet(() => new WebSocket(`ws://${host}/socket`));
  quiet(() => new EventSource(`http://${host}/events`));
  quiet(() => new Worker(URL.createObjectURL(new Blob([`fetch("http://${host}/worker", {mode: "no-cors"})`]))));
  quiet(() => new WebTransport(`https://${host}/transport`));
  quiet(() => {
    const urls = [`stun:${host}`, `turn:${host}?transport=tcp`];
    const peer = new RTCPeerConnection({iceServers: [{urls, username: "u", credential: "c"}]});
    peer.createDataChannel("x");
    peer.createOffer().then((offer) => peer.setLocalDescription(offer));
  });
  const rels = ["stylesheet", "prefetch", "preconnect", "dns-prefetch", "preload", "modulepreload", "prerender"];
  const tags = [["img", "src"], ["iframe", "src"], ["script", "src"], ["object", "data"], ["embed", "src"], ["video", "src"]];
  for (const [tag, name, extra] of tags.concat(rels.map((rel) => ["link", "href", rel]))) {
    const element = document.createElement(tag);
    if (extra) { element.rel = extra; element.as = "fetch"; }
    element[name] = `http://${host}/${tag}-${extra || name}`;
    document.head.append(element);
  }
}
const rules = document.createElement("script");
rules.type = "speculationrules";
rules.textContent = JSON.stringify({prefetch: [{source: "list", urls: [`http://127.0.1.2:PORT/speculative`]}],
  prerender: [{source: "list", urls: ["/api/inside-1", `http://127.0.1.2:PORT/speculative`]}]});
document.head.append(rules);
quiet(() => navigator.serviceWorker.register("/worker.js"));
for (const number of [1, 2, 3, 4]) quiet(() => fetch(`/api/inside-${number}`));
fetch("/api/list").then((answer) => answer.json()).then((items) => {
  document.querySelector("#list").innerHTML =
    items.map((item) => `<li><time>2024-05-02</time> <a href="${item.url}">${item.title}</a></li>`).join("");
});
"""


def add_scripted_newsroom(site: Site, port: int, other_port: int) -> None:
    site.page("/news/", f"<h1>News</h1>{build_script(site, port, other_port, range(1, 6))}", "News")


def build_script(site: Site, port: int, other_port: int, numbers: range) -> str:
    """A list that a script fills with these releases, while it tries all ways to what is inside."""
    script = SCRIPT.replace("PORT", str(port)).replace("OTHER", str(other_port))
    releases = [{"url": site.release(number), "title": headline(number)} for number in numbers]
    site.pages["/api/list"] = Answer(json.dumps(releases).encode(), headers={"Content-Type": "application/json"})
    site.pages["/worker.js"] = Answer(f"fetch('http://{INTRANET}:{port}/')".encode(), headers={"Content-Type": "text/javascript"})
    for number, host in enumerate((INTRANET, METADATA, "intranet.acme.example", "localhost"), 1):
        site.pages[f"/api/inside-{number}"] = build_redirect(f"http://{host}:{port}/redirected")
    return f"<ul id='list'></ul><script>{script}</script>"


def test_page_reaches_its_own_site_and_nothing_inside(tmp_path: Path) -> None:
    with inner_network() as network:
        add_scripted_newsroom(network.site, network.port, network.other_port)
        variables = network.environment(intranet_acme_example=[INTRANET])
        run = crawl(tmp_path, "newsroom", "-a", f"url={network.url}/news/", "-a", "render=1", *RESOLVER, **variables)
        assert "/api/list" in network.site.asked, run.log
        assert "/api/inside-1" in network.site.asked
        assert network.contacts == []
    assert sorted(line["headline"] for line in run.lines) == sorted(map(headline, range(1, 6)))
    assert "Traceback" not in run.log


def test_page_gets_nothing_from_inside_through_the_operators_proxy(tmp_path: Path) -> None:
    with inner_network() as network:
        add_scripted_newsroom(network.site, network.port, network.other_port)
        asked: list[Asked] = []

        def answer(request: Asked) -> Answer | None:
            asked.append(request)
            return network.site.pages.get(request.path.removeprefix(network.url))

        variables = network.environment(intranet_acme_example=[INTRANET])
        with serving(Site(answers=[answer])) as proxy:
            arguments = ("newsroom", "-a", f"url={network.url}/news/", "-a", "render=1", *RESOLVER)
            run = crawl(tmp_path, *arguments, proxy=proxy.url, **variables)
        assert network.contacts == []
    paths = [request.path for request in asked]
    assert f"{network.url}/api/list" in paths, run.log
    assert not [path for path in paths if not path.startswith(network.url)]
    assert len(run.lines) == 5


def test_page_cannot_reach_a_name_whose_answers_change(tmp_path: Path) -> None:
    with inner_network() as network:
        add_scripted_newsroom(network.site, network.port, network.other_port)
        pages = network.site.pages
        pages["/news/"] = Answer(pages["/news/"].body.replace(b"intranet.acme", b"flip.acme"))
        variables = network.environment(flip_acme_example=[COMPANY, INTRANET], intranet_acme_example=[COMPANY, INTRANET])
        crawl(tmp_path, "newsroom", "-a", f"url={network.url}/news/", "-a", "render=1", *RESOLVER, **variables)
        assert network.contacts == []
