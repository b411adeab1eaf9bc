"""Finding the headline of the article."""

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
# A visible text that agrees with no stated title better than this must have more than the second score of appearance, or,
# unless it is an <h1>, more than the third.
STATED_ELSEWHERE: Final = 0.34
UNSTATED_LOOKS: Final = 1.6
UNSTATED_LOOKS_BELOW: Final = 1.95


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline of an article.

    Attributes:
        source: "visible" if it is a text of the page, else where it is stated.
        block: The block in which it starts.
        subheadline: The deck below the headline.
        section: The section's name, if it precedes the headline as in "Focus | headline".
        blocks: All blocks of headline and subheadline.
    """

    text: str
    source: str
    block: Block | None
    subheadline: str | None = None
    section: str | None = None
    blocks: tuple[Block, ...] = ()


def find_headline(page: Page, facts: Facts, listed_title: str | None = None) -> Headline | None:
    """Find the headline of the page's article; `listed_title` is the text of the link that led to the page."""
    titles = stated_titles(page, facts, listed_title)
    best = max(printed_titles(page, titles), key=lambda printed: score(printed, titles), default=None)
    if best is not None and convincing(best, titles):
        text, rest = trimmed(best.blocks, best.text, titles, site_names(page, facts))
        deck = deck_below(page.layout.blocks, best.blocks)
        subheadline = " ".join(block.text for block in deck) or rest
        return Headline(text, "visible", best.blocks[0], subheadline, section_before_bar(best.text), (*best.blocks, *deck))
    return Headline(titles[0].text, "meta" if titles[0].source == "title" else titles[0].source, None) if titles else None


def section_before_bar(text: str) -> str | None:
    """Return the section of a headline of the form "section | headline".

    >>> section_before_bar("Focus | The chairman visits the plant"), section_before_bar("Profits | Losses")
    ('Focus', None)
    """
    label, _, rest = (part.strip() for part in BAR.sub("|", text, count=1).partition("|"))
    return label if label and len(label) <= LONGEST_LABEL and len(rest) >= 2 * len(label) else None


def convincing(best: Printed, titles: Sequence[Title]) -> bool:
    """Return whether the best visible text is the headline; some pages show their headline only in an image, or not at all."""
    least = UNSTATED_LOOKS if best.blocks[0].level == 1 else UNSTATED_LOOKS_BELOW
    return best.looks > least or not titles or max(title.agreement(best.words) for title in titles) > STATED_ELSEWHERE


def score(printed: Printed, titles: Sequence[Title]) -> float:
    """Score a visible text as headline by its appearance and by its agreement with the stated titles."""
    weights = sum(title.weight for title in titles)
    agreement = sum(title.weight * title.agreement(printed.words) for title in titles)
    return printed.looks + AGREEMENT_WEIGHT * agreement / max(1.0, weights)
