"""Fit the model of the page classifier, corpnews/discovery/page_classifier/page_kinds.json.

usage: python -m tests.benchmarks.fit_page_kinds [--check]     needs the shared folder and `pip install -e '.[bench]'`

Articles are the pages of all truth sets, listings and other pages those of the saved newsrooms that are no articles; walls and
errors, which no set has, are those of tests/discovery/obstacle_pages.py in different surroundings.
--check fits to half of the sites and to half of the languages of walls, and measures on the others.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zlib import crc32

import numpy as np
from scipy.optimize import minimize

from corpnews.discovery import Scope
from corpnews.discovery.anchors import iter_anchors
from corpnews.discovery.page_classifier.classifier import MIN_PROBABILITIES
from corpnews.discovery.page_classifier.page_features import PageClaims, PageContent, get_page_features
from corpnews.extraction.data_article import extract_article
from corpnews.extraction.extract import NotAnArticle
from corpnews.page.page import Page
from tests.benchmarks.truth import ALL_SETS, SHARED, load_module, read_jsonl, read_sites
from tests.discovery.obstacle_pages import FRAMES, IMAGE_RELEASE, OBSTACLES, RELEASES, build_html
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

WEIGHTS: Final = ROOT / "corpnews" / "discovery" / "page_classifier" / "page_kinds.json"
KINDS: Final = ("article", "listing", "obstacle", "other")
NEWSROOMS: Final = ("newsrooms", "more_newsrooms", "shapes")
MIN_LISTED: Final = 4
MAX_PAGES_PER_SITE: Final = 150
STRENGTH: Final = 0.3
SHARE_OF_KNOWN_TITLES: Final = 0.6
SHARE_OF_WRONG_TITLES: Final = 0.08
WEIGHT_OF_KIND: Final = {"article": 3.0, "listing": 1.0, "obstacle": 1.0, "other": 0.5}
OTHER_TITLE: Final = "Borealis and Acme agree on a joint works in Tromso"
EXPECTED_SIGN: Final = {  # of the weight for walls and errors, against articles
    "status in title": 0.5, "title is status": 2.0, "heading is status": 2.5, "status in text": 1.0, "text is status": 2.0,
    "password": 1.0, "other title than link": 1.5, "title of link": -3.0, "dated": -2.0, "article type": -2.0,
    "article meta": -2.0, "prose over 1500": -3.0,
}  # fmt: skip
OF_URL: Final = (
    "other url", "other url in section", "label url", "paged url", "period url", "newsroom url", "date in path", "slug", "id",
)  # fmt: skip
OF_FRAME: Final = ("images", "few blocks", "few links", "buttons", "noindex")


class Row(NamedTuple):
    """A page: its site, its kind, and its features."""

    site: str
    kind: str
    features: Mapping[str, float]
    name: str


def build_row(site: str, kind: str, page: Page, scope: Scope, title: str | None) -> Row:
    claims = PageClaims(title=title)
    try:
        draft = extract_article(page)
    except NotAnArticle:
        pass
    else:
        claims = PageClaims.from_extracted(draft, title)
    content = PageContent(page)
    return Row(site, kind, get_page_features(page, scope, claims, content), page.url)


def sample_title(title: str | None, *, is_right: bool) -> str | None:
    """The text of the link to a page: often unknown, and seldom that of another page."""
    if random.random() > SHARE_OF_KNOWN_TITLES:
        return None
    return title if is_right and random.random() > SHARE_OF_WRONG_TITLES else OTHER_TITLE


def iter_articles() -> Iterator[Row]:
    for name in ALL_SETS:
        for site in read_sites(name):
            for row in site.rows[:MAX_PAGES_PER_SITE]:
                page = Page.from_html(site.pages[row["id"]], row.get("url") or "https://www.acme.example/article-1")
                scope = Scope.from_start_url(f"https://{page.host}/")
                yield build_row(site.site, "article", page, scope, sample_title(row.get("title"), is_right=True))


def iter_newsroom_pages() -> Iterator[Row]:
    """The pages of saved newsrooms that are no releases."""
    replay, scorer = (load_module(SHARED / "newsrooms" / f"{name}.py") for name in ("replay", "score"))
    for folder in (path.parent for name in NEWSROOMS for path in sorted((SHARED / name).glob("*/site.json"))):
        site = json.loads((folder / "site.json").read_text(encoding="utf-8"))
        scope = Scope.from_start_url(site["start_url"])
        articles = {
            scorer.key(url) for url in (*site["article_urls"], *(row["url"] for row in read_jsonl(folder / "truth.jsonl")))
        }
        yield from iter_site_pages(folder, replay.files(folder), site, scope, articles, scorer.key)


def iter_site_pages(folder: Path, files: Any, site: Any, scope: Scope, articles: set[Any], key: Any) -> Iterator[Row]:
    count: Counter[str] = Counter()
    for name in sorted(files):
        url = f"http://{site['host']}/{name.removesuffix('index.html')}"
        if key(url) in articles or key(url.removesuffix(".html")) in articles or count.total() > MAX_PAGES_PER_SITE:
            continue
        data = files[name]
        if b"<html" not in data[:3000].lower():
            continue
        page = Page.from_html(data, url)
        listed = {key(anchor.url) for anchor in iter_anchors(page, scope.contains)} & articles
        own = page.declared_url
        if own and key(own) in articles:
            continue
        kind = "listing" if len(listed) >= MIN_LISTED else "other"
        if kind == "other" and scope.is_below_section(url):
            continue  # it may be a release that the site's list does not name
        count[kind] += 1
        yield build_row(folder.name, kind, page, scope, None)


def iter_written_pages() -> Iterator[Row]:
    """Walls, errors and the short releases that look like them."""
    scope = Scope.from_start_url("https://www.acme.example/news/")
    for number, text in enumerate(OBSTACLES):
        for frame in FRAMES:
            url = f"https://www.acme.example/news/{'gate' if number % 5 == 0 else 'acme-and-borealis-agree'}-{number}/"
            page = Page.from_html(build_html(text, frame), url)
            yield build_row(f"wall {text.language}", "obstacle", page, scope, sample_title(None, is_right=False))
    for number, text in enumerate(RELEASES):
        for frame in FRAMES:
            for date in ("", "3 May 2024"):
                page = Page.from_html(build_html(text, frame, date), f"https://www.acme.example/news/release-{number}/")
                yield build_row(f"release {number}", "article", page, scope, sample_title(text.heading, is_right=True))
    page = Page.from_html(IMAGE_RELEASE, "https://www.acme.example/news/acme-at-the-fair/")
    yield build_row("release", "article", page, scope, "Acme at the Hannover Fair")


def borrow_frames(rows: list[Row]) -> Iterator[Row]:
    """Yield the rows; written pages get the addresses, and half of them the frames, of saved articles.

    What stands in the place of a release has its address and often its menus.
    """
    saved = [row.features for row in rows if row.kind == "article" and not row.site.startswith("release")]
    for row in rows:
        if not row.site.startswith(("wall", "release")):
            yield row
            continue
        url, frame = random.choice(saved), random.choice(saved)
        yield row._replace(features={**row.features, **{name: url[name] for name in OF_URL}})
        yield row._replace(
            features={**row.features, **{name: url[name] for name in OF_URL}, **{name: frame[name] for name in OF_FRAME}}
        )


def fit(rows: list[Row], names: list[str]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Multinomial logistic regression; a matrix of kinds by bias and features."""
    features = np.array([[1.0, *(float(row.features[name]) for name in names)] for row in rows])
    labels = np.array([[row.kind == kind for kind in KINDS] for row in rows], dtype=float)
    counts = Counter((row.site, row.kind) for row in rows)
    kinds = {kind: sum(1 / counts[row.site, row.kind] ** 0.5 for row in rows if row.kind == kind) for kind in KINDS}
    weights = np.array([1_000 * WEIGHT_OF_KIND[row.kind] / kinds[row.kind] / counts[row.site, row.kind] ** 0.5 for row in rows])
    prior = np.zeros((len(KINDS), len(names) + 1))
    for name, value in EXPECTED_SIGN.items():
        prior[KINDS.index("obstacle"), names.index(name) + 1] = value

    def loss(values: Any) -> tuple[float, Any]:
        matrix = values.reshape(prior.shape)
        sums = features @ matrix.T
        sums -= sums.max(axis=1, keepdims=True)
        logs = sums - np.log(np.exp(sums).sum(axis=1, keepdims=True))
        apart = matrix - prior
        apart[:, 0] = 0
        total = -(weights[:, None] * labels * logs).sum() + STRENGTH * (apart * apart).sum()
        gradient = ((np.exp(logs) - labels) * weights[:, None]).T @ features + 2 * STRENGTH * apart
        return float(total), gradient.ravel()

    found = minimize(loss, prior.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 2_000})
    return np.asarray(found.x).reshape(prior.shape)


def count_decisions(rows: list[Row], matrix: Any, names: list[str]) -> Counter[tuple[str, str]]:
    """How many pages of each kind the model takes for which, as the classifier decides."""
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        sums = matrix @ np.array([1.0, *(float(row.features[name]) for name in names)])
        powers = np.exp(sums - sums.max())
        shares = dict(zip(KINDS, powers / powers.sum(), strict=True))
        said = next((kind for kind, limit in MIN_PROBABILITIES.items() if shares[kind] >= limit), "article")
        found[row.kind, said] += 1
        if "-v" in sys.argv and said != row.kind and "article" in (row.kind, "obstacle" if row.kind == "obstacle" else ""):
            print("  ", row.kind, said, row.site, row.name)
    return found


def read_rows() -> list[Row]:
    random.seed(1)
    return list(borrow_frames([*iter_written_pages(), *iter_newsroom_pages(), *iter_articles()]))


def fit_weights(rows: list[Row]) -> dict[str, dict[str, float]]:
    """Return the weights by kind and feature."""
    names = list(rows[0].features)
    return {
        kind: dict(zip(["bias", *names], [round(float(each), 2) for each in row], strict=True))
        for kind, row in zip(KINDS, fit(rows, names), strict=True)
    }


def main() -> None:
    rows = read_rows()
    names = list(rows[0].features)
    if "--check" in sys.argv:
        for half in (0, 1):
            learned = [row for row in rows if crc32(row.site.encode()) % 2 == half]
            others = [row for row in rows if crc32(row.site.encode()) % 2 != half]
            print(half, sorted(count_decisions(others, fit(learned, names), names).items()))
        return
    table = fit_weights(rows)
    matrix = np.array([list(table[kind].values()) for kind in KINDS])
    print(sorted(count_decisions(rows, matrix, names).items()))
    WEIGHTS.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
