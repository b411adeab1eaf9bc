"""Finding the body of the article on a page."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.extraction.body.block_features import MIN_SENTENCE_LETTERS, NO_STATED_BODY, StatedBody, is_prose
from corpnews.extraction.body.model import compute_log_odds
from corpnews.page.layout import BlockKind, BodyRegion, Zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.body.context_features import PageContext
    from corpnews.extraction.headline import Headline
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.page.layout import Block, Box, Layout

# Log-odds below which not even the likeliest block belongs to the article.
_MIN_LOG_ODDS: Final = -6.0
_ZONES_OUTSIDE_BODY: Final = Zone.NAV | Zone.FOOTER | Zone.ASIDE | Zone.HIDDEN | Zone.FORM | Zone.RELATED | Zone.COMMENT | Zone.AD

# Log-odds below which a subhead does not belong to the article, whatever is below it.
_MIN_SUBHEAD_LOG_ODDS: Final = -3.0

_GROUPED_KINDS: Final = (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM)
# Tags of boxes whose rows or items belong together, and the share of likely ones from which on all are in the body.
_MIN_SHARE_BY_GROUP: Final = {"table": 0.0, "ul": 0.5, "ol": 0.5, "dl": 0.0}

__all__ = ["StatedBody", "find_region", "is_prose"]


def find_region(
    layout: Layout, template: SiteTemplate | None = None, headline: Headline | None = None, stated: StatedBody = NO_STATED_BODY
) -> BodyRegion | None:
    """Return the blocks that are more likely in the article than not and the box around them, or None if there are none.

    If none of them is prose, the likeliest text after the headline is added: some articles are one sentence, or a link.
    """
    blocks = layout.blocks
    if not blocks:
        return None
    log_odds, context = compute_log_odds(layout, template, headline.block if headline else None, stated)
    likely = _add_subheads_and_code(blocks, _select_likely_blocks(blocks, log_odds), log_odds)
    chosen = [block for block in likely if not _repeats_headline(block, headline)]
    if not any(map(is_prose, chosen)):
        first = headline.blocks[-1].index if headline and headline.blocks else -1
        following = [
            block
            for block in blocks[first + 1 :]
            if len(block.text) >= MIN_SENTENCE_LETTERS and not block.zone & _ZONES_OUTSIDE_BODY
        ]
        likeliest = max(following, key=lambda block: log_odds[block.index], default=None)
        if likeliest is not None and log_odds[likeliest.index] > _MIN_LOG_ODDS:
            chosen = sorted([*chosen, likeliest], key=lambda block: block.index)
    return BodyRegion(_find_body_box(chosen, context), tuple(chosen)) if chosen else None


def _find_body_box(chosen: Sequence[Block], context: PageContext) -> Box:
    """Return the article's box; if the likeliest box contains none of the blocks, the box around the first."""
    if any(context.main_box in block.box.ancestors() for block in chosen):
        return context.main_box
    box = chosen[0].box
    return box.parent or box


def _select_likely_blocks(blocks: Sequence[Block], log_odds: Sequence[float]) -> list[Block]:
    """Return the likely blocks; the rows of a table and the items of a list are decided together."""
    members: dict[Box, list[Block]] = {}
    for block in blocks:
        if block.kind in _GROUPED_KINDS:
            group = next((box for box in islice(block.box.ancestors(), 4) if box.tag in _MIN_SHARE_BY_GROUP), None)
            if group is not None:
                members.setdefault(group, []).append(block)
    verdicts: dict[Block, bool] = {}
    for group, together in members.items():
        likely = sum(log_odds[block.index] > 0 for block in together)
        verdicts |= dict.fromkeys(together, likely >= max(1, _MIN_SHARE_BY_GROUP[group.tag] * len(together)))
    return [block for block in blocks if verdicts.get(block, log_odds[block.index] > 0)]


def _add_subheads_and_code(blocks: Sequence[Block], likely: Sequence[Block], log_odds: Sequence[float]) -> list[Block]:
    """Return the likely blocks, the subheads right above them and the code listings between them."""
    inside = set(likely)
    if not inside:
        return []
    first, last = likely[0].index, likely[-1].index
    below: Block | None = None
    for block in reversed(blocks[first : last + 1]):
        is_listing = block.kind is BlockKind.CODE and block.zone & Zone.BODY
        is_subhead = block.kind is BlockKind.HEADING and not block.links and log_odds[block.index] > _MIN_SUBHEAD_LOG_ODDS
        if is_listing or (is_subhead and below in inside):
            inside.add(block)
        below = block
    return [block for block in blocks if block in inside]


def _repeats_headline(block: Block, headline: Headline | None) -> bool:
    return headline is not None and (block in headline.blocks or block.text.casefold() == headline.text.casefold())
