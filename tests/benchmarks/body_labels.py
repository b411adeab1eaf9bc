"""Which blocks of a page are in its article, by the truth: its body, or else snippets of it and of the rest of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corpnews.cleaning.bare_contacts import count_bare_contacts
from tests.benchmarks.truth import SHARED, load_module

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.page.layout import Block

scorer = load_module(SHARED / "corpus" / "score.py")
IN, OUT, OPEN = 1, 0, -1
MIN_LINK_DENSITY = 0.9


def shingles(words: Sequence[str], size: int = 3) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1))}


def labels(blocks: Sequence[Block], row: dict[str, Any]) -> np.ndarray:
    """Return IN, OUT or OPEN for each block, by the true body or else by its snippets."""
    texts = [scorer.tokens(block.text) for block in blocks]
    if not row.get("body"):
        return np.array([label_by_snippets(words, row) for words in texts])
    found = np.array(labels_by_body(texts, row))
    drop_copies(found, texts, " ".join(scorer.tokens(row["body"])))
    own = np.flatnonzero(found == IN).tolist()
    contacts = count_bare_contacts([blocks[at].text for at in own])
    found[own[len(own) - contacts :]] = OPEN
    found[[at for at in own if is_link_on_page(blocks[at])]] = OPEN
    return found


def is_link_on_page(block: Block) -> bool:
    """Return whether a block leads to a place on its page; of one site, some truths have its tables of contents and some not."""
    targets = {style.href for _, style in block.runs if style and style.href}
    return block.link_density > MIN_LINK_DENSITY and all(target.startswith("#") for target in targets)


def drop_copies(found: np.ndarray, texts: Sequence[list[str]], body: str) -> None:
    """Of a text that the page has more often than the body, label only the copies with most of the article around them IN."""
    copies: dict[str, list[int]] = {}
    for at, words in enumerate(texts):
        if found[at] == IN:
            copies.setdefault(" ".join(words), []).append(at)
    for text, places in copies.items():
        count = f" {body} ".count(f" {text} ")
        if len(places) > max(1, count):
            support = {at: -int((found[max(0, at - 6) : at + 7] == IN).sum()) for at in places}
            for at in sorted(places, key=support.__getitem__)[max(1, count) :]:
                found[at] = OUT if len(texts[at]) >= 4 else OPEN


def labels_by_body(texts: Sequence[list[str]], row: dict[str, Any]) -> list[int]:
    """Label by the share of three-word runs that are in the true body; a short text by whether it is next to its neighbours."""
    words = scorer.tokens(row["body"])
    body, flat = shingles(words), f" {' '.join(words)} "
    lines = {" ".join(scorer.tokens(line)) for line in row["body"].split("\n")}
    optional = set[tuple[str, ...]]().union(*(shingles(scorer.tokens(text)) for text in list_optional_texts(row)))

    def label(before: list[str], own: list[str], after: list[str]) -> int:
        if not own:
            return OPEN
        if len(own) < 4:
            line = " ".join(own)
            if line in lines or any(f" {' '.join(run)} " in flat for run in ([*before[-3:], *own], [*own, *after[:3]])):
                return IN
            return OPEN if f" {line} " in flat else OUT
        runs = shingles(own)
        share = len(runs & body) / len(runs)
        if share > 0.6:
            return IN
        return OPEN if share > 0.3 or len(runs & optional) / len(runs) > 0.5 else OUT

    filled = [text for text in texts if text]
    around = {id(own): (before, after) for before, own, after in zip([[], *filled], filled, [*filled[1:], []], strict=False)}
    return [label(around[id(own)][0], own, around[id(own)][1]) if own else OPEN for own in texts]


def list_optional_texts(row: dict[str, Any]) -> list[str]:
    lists = (row.get(name) or [] for name in ("captions", "optional", "titles"))
    return [row.get("end_matter") or "", *(text for each in lists for text in each)]


def label_by_snippets(words: Sequence[str], row: dict[str, Any]) -> int:
    """Label a text IN if it contains a snippet of the article, OUT if one of the rest of the page, else OPEN."""
    text = f" {' '.join(words)} "
    found = [
        any(f" {' '.join(scorer.tokens(snippet))} " in text for snippet in row.get(side, ())) for side in ("with", "without")
    ]
    return IN if found == [True, False] else OUT if found == [False, True] else OPEN
