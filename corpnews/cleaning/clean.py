"""Removal of everything that is not the release, with a record of what was removed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from corpnews.cleaning.end_matter import Section, read_opening, split_end_matter
from corpnews.cleaning.furniture import ON_MANY_PAGES, Judge
from corpnews.items import Removed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpnews.extraction.blocks import Block
    from corpnews.extraction.draft import Draft

# Reasons of blocks that are removed from the body because a field of their own holds them.
TOLD_ELSEWHERE: Final = frozenset(("headline", "caption"))
# Kinds of end matter that have a field.
FIELDS: Final = frozenset(("about", "contact", "legal notice"))
MOST_LINKS: Final = 0.8
# Maximum length of one removed text outside the body.
LONGEST_RUN: Final = 300


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The blocks of the news, the sections of its end matter, and the texts that were removed."""

    blocks: tuple[Block, ...]
    end_matter: tuple[Section, ...]
    removed: tuple[Removed, ...]


def clean(draft: Draft) -> Cleaned:
    """Separate the release's own blocks from the others in and around its body."""
    judge = Judge(draft)
    reasons = {block: judge.amid(block) for block in (*draft.region.blocks, *overlooked(draft))}
    kept = [block for block in draft.page.layout.blocks if block in reasons and reasons[block] is None]
    own, end_matter = split_end_matter(kept)
    shared = {block for block in own if judge.is_the_sites(block)}
    if len(shared) < len(own):
        reasons |= dict.fromkeys(shared, ON_MANY_PAGES)
        own = tuple(block for block in own if block not in shared)
    return Cleaned(own, end_matter, (*removed(draft, judge, reasons), *unplaced(end_matter)))


def overlooked(draft: Draft) -> Iterator[Block]:
    """Yield end matter that body extraction left out because each release repeats it: headings and the lines below.

    It stands in the body's box, or in a box of its own right after the body.
    """
    region = draft.region
    chosen, blocks = set(region.blocks), draft.page.layout.blocks
    homes = {region.box}
    if region.last + 1 < len(blocks):
        behind = blocks[region.last + 1]
        box = behind.box.parent
        if box and read_opening(behind) and box not in region.blocks[-1].box.ancestors():
            homes.add(box)
    within = False
    for block in blocks[region.first :]:
        is_menu = block.link_density > MOST_LINKS and "@" not in block.text
        if is_menu or homes.isdisjoint(block.box.ancestors()):
            return
        if read_opening(block):
            within = True
        if within and block not in chosen:
            yield block


def unplaced(end_matter: tuple[Section, ...]) -> Iterator[Removed]:
    """Yield the end matter that has no field: end marks, source lines."""
    for part in end_matter:
        if part.kind not in FIELDS:
            yield Removed("\n".join((part.heading, *part.lines)), part.kind)


def removed(draft: Draft, judge: Judge, reasons: Mapping[Block, str | None]) -> Iterator[Removed]:
    """Yield the texts that are in no field, in document order; outside the body, adjacent ones with one reason as one text."""
    for is_amid, group in groupby(draft.page.layout.blocks, key=reasons.__contains__):
        if is_amid:
            yield from removed_amid(judge, {block: reasons[block] for block in group})
            continue
        for reason, run in groupby(group, key=judge.around):
            if reason:
                blocks = list(run)
                text = " · ".join(block.text for block in blocks)
                yield Removed(text if len(text) <= LONGEST_RUN else f"{text[:LONGEST_RUN]}…", reason, judge.pages(blocks[0]))


def removed_amid(judge: Judge, reasons: Mapping[Block, str | None]) -> Iterator[Removed]:
    for block, reason in reasons.items():
        if reason and reason not in TOLD_ELSEWHERE:
            yield Removed(block.text, reason, judge.pages(block))
