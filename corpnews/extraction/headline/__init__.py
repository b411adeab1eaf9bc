"""The headline as it stands on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpnews.extraction.headline.printed import printed_titles
from corpnews.extraction.headline.subheadline import deck_below
from corpnews.extraction.headline.titles import site_names, stated_titles
from corpnews.extraction.headline.trimmed import trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.blocks import Block
    from corpnews.extraction.facts import Facts
    from corpnews.extraction.headline.printed import Printed
    from corpnews.extraction.headline.titles import Title
    from corpnews.extraction.page import Page

BAR = re.compile("[|｜丨]")
LONGEST_LABEL: Final = 24
AGREEMENT_WEIGHT: Final = 2.5
# A printed text that no stated title agrees with better than this has to look more like a headline than the second, or,
# unless it is the page's main heading, than the third.
STATED_ELSEWHERE: Final = 0.34
UNSTATED_LOOKS: Final = 1.6
UNSTATED_LOOKS_BELOW: Final = 1.95


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline as printed; `source` is "visible" if it stands on the page.

    `block` is where it starts, `blocks` are all that it and the subheadline stand in.
    """

    text: str
    source: str
    block: Block | None
    subheadline: str | None = None
    section: str | None = None
    blocks: tuple[Block, ...] = ()


def find_headline(page: Page, facts: Facts, listed_title: str | None = None) -> Headline | None:
    """The headline of the page's article; `listed_title` is the text of the link that led to it."""
    titles = stated_titles(page, facts, listed_title)
    best = max(printed_titles(page, titles), key=lambda printed: score(printed, titles), default=None)
    if best is not None and convincing(best, titles):
        text, rest = trimmed(best.blocks, best.text, titles, site_names(page, facts))
        deck = deck_below(page.layout.blocks, best.blocks)
        subheadline = " ".join(block.text for block in deck) or rest
        return Headline(text, "visible", best.blocks[0], subheadline, section_before_bar(best.text), (*best.blocks, *deck))
    return Headline(titles[0].text, "meta" if titles[0].source == "title" else titles[0].source, None) if titles else None


def section_before_bar(text: str) -> str | None:
    """The label of a headline that is printed as "label | headline".

    >>> section_before_bar("Focus | The chairman visits the plant"), section_before_bar("Profits | Losses")
    ('Focus', None)
    """
    label, _, rest = (part.strip() for part in BAR.sub("|", text, count=1).partition("|"))
    return label if label and len(label) <= LONGEST_LABEL and len(rest) >= 2 * len(label) else None


def convincing(best: Printed, titles: Sequence[Title]) -> bool:
    """Whether the best printed text is the headline; on some pages it stands in a picture only, or nowhere."""
    least = UNSTATED_LOOKS if best.blocks[0].level == 1 else UNSTATED_LOOKS_BELOW
    return best.looks > least or not titles or max(title.agreement(best.words) for title in titles) > STATED_ELSEWHERE


def score(printed: Printed, titles: Sequence[Title]) -> float:
    """How likely a printed text is the headline: its looks, and how far the stated titles agree with it."""
    weights = sum(title.weight for title in titles)
    agreement = sum(title.weight * title.agreement(printed.words) for title in titles)
    return printed.looks + AGREEMENT_WEIGHT * agreement / max(1.0, weights)
