"""Finding the body of the article on a page."""

from __future__ import annotations

import re
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING, Final

import numpy as np

from corpnews.extraction.body.box_names import is_quotation_box
from corpnews.extraction.body.copies import QUOTATION_MARKS, drop_copies
from corpnews.extraction.body.model import compute_log_odds
from corpnews.extraction.body.outside_texts import find_outside_texts
from corpnews.extraction.body.page_blocks import NO_STATED_BODY, PageBlocks, StatedBody
from corpnews.extraction.body.text_signs import MIN_SENTENCE_LETTERS, is_prose
from corpnews.extraction.headline.visible_titles import is_mostly_date
from corpnews.page.layout import BlockKind, BodyRegion, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from corpnews.extraction.headline import Headline
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.page.layout import Block, Box, Layout

# Log-odds below which not even the likeliest block belongs to the article.
_MIN_LOG_ODDS: Final = -6.0
_ADDRESS_LINE = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,190}", re.ASCII)
# One character may become so many when its case is folded.
_MAX_FOLDED_CHARS: Final = 3
# Those of what is outside the article by its place.
_LOG_ODDS_OUTSIDE: Final = -5.0
# Log-odds from which on a subhead right above a block of the article belongs to it.
_MIN_SUBHEAD_LOG_ODDS: Final = -2.0
_QUESTION_MARKS: Final = ("?", "？", "؟")
# What a table right below the article's text gains.
_LOG_ODDS_BELOW_TEXT: Final = 1.5
# From so many lines of a box on, those between likely ones are likely, if these are such a share of them.
_MIN_LINES: Final = 4
_MIN_SHARE_OF_LINES: Final = 0.35
# A table with more of its first row in links is a menu.
_MAX_LINK_DENSITY_OF_ROW: Final = 0.5
# The row, its table, and what stands between them and the container of the text.
_MAX_BOXES_AROUND_ROW: Final = 6
# The number of lines below the headline among which a short one may be the whole article.
_MAX_SHORT_LINES: Final = 8
# Between two blocks of the article, so many lines may be less likely than not down to these log-odds.
_MAX_LINES_IN_GAP: Final = 4
_MIN_LOG_ODDS_IN_GAP: Final = -0.8
# On so many pages a text is the site's.
_MIN_PAGES_OF_SITE: Final = 3
# What a line that may be the whole article gains as prose, and loses for each line between it and the headline, up to so many.
_LOG_ODDS_OF_PROSE: Final = 1.0
_LOG_ODDS_OF_DISTANCE: Final = 0.3
_MAX_DISTANCE: Final = 10
_ZONES_OUTSIDE_BODY: Final = Zone.NAV | Zone.FOOTER | Zone.ASIDE | Zone.HIDDEN | Zone.FORM | Zone.RELATED | Zone.COMMENT | Zone.AD

__all__ = ["StatedBody", "find_region", "is_prose"]


def find_region(
    layout: Layout,
    template: SiteTemplate | None = None,
    headline: Headline | None = None,
    stated: StatedBody = NO_STATED_BODY,
    host: str = "",
) -> BodyRegion | None:
    """Return the blocks that are more likely in the article than not and the box around them, or None if there are none.

    If none of them is prose, the likeliest text after the headline is added: some articles are one sentence, or a link.
    """
    blocks = layout.blocks
    if not blocks:
        return None
    page = PageBlocks(layout, template, headline, stated)
    log_odds, context = compute_log_odds(page)
    log_odds[find_outside_texts(page, log_odds > 0, host)] = _LOG_ODDS_OUTSIDE
    log_odds = _join_table_rows(page, log_odds)
    likely = _add_subheads(blocks, _join_lines(page, np.flatnonzero(log_odds > 0).tolist()), log_odds.tolist())
    likely = _fill_gaps(blocks, list(_add_address_lines(likely, blocks)), log_odds.tolist())
    likely = drop_copies(likely, blocks, page.lengths)
    chosen = [block for block in likely if not _repeats_headline(block, headline)]
    if not any(map(is_prose, chosen)):
        likeliest = _find_likeliest_line(headline, blocks, log_odds.tolist())
        if likeliest is not None and log_odds[likeliest.index] > _MIN_LOG_ODDS and likeliest not in chosen:
            chosen = sorted([*chosen, likeliest], key=lambda block: block.index)
    elif template is not None and all(_is_of_site(block, template) for block in filter(is_prose, chosen)):
        # what the company says of itself on other pages, too, below a release of one sentence
        above = _find_likeliest_line(headline, blocks[: chosen[0].index], log_odds.tolist())
        is_sentence = above is not None and len(above.text) >= MIN_SENTENCE_LETTERS and not _is_of_site(above, template)
        if above is not None and is_sentence and log_odds[above.index] > _MIN_LOG_ODDS:
            chosen = [above, *chosen]
    return BodyRegion(_find_body_box(chosen, page.boxes[context.main_box]), tuple(chosen)) if chosen else None


def _is_of_site(block: Block, template: SiteTemplate) -> bool:
    return template.count_pages_with(block) >= _MIN_PAGES_OF_SITE


def _join_table_rows(page: PageBlocks, log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the log-odds with one value for all rows of a data table: a table is in the article as a whole or not at all.

    A row of heads or figures says little by itself, and the same heads stand in many releases. A table right below the
    article's text, in the same container, is likelier than its rows.
    """
    rows = [block.index for block in page.blocks if block.kind is BlockKind.TABLE_ROW and page.groups[block.index] >= 0]
    if not rows:
        return log_odds
    _, firsts, table = np.unique(page.groups[rows], return_index=True, return_inverse=True)
    means = np.bincount(table, log_odds[rows]) / np.bincount(table)
    for number, row in enumerate(page.blocks[rows[first]] for first in firsts.tolist()):
        before = page.blocks[row.index - 1]
        is_likely_above = row.index and log_odds[before.index] > 0
        containers = islice(row.box.ancestors(), _MAX_BOXES_AROUND_ROW)
        if is_likely_above and row.link_density < _MAX_LINK_DENSITY_OF_ROW and before.box.parent in containers:
            means[number] += _LOG_ODDS_BELOW_TEXT
    joined = log_odds.copy()
    joined[rows] = means[table]
    return joined


def _join_lines(page: PageBlocks, likely: Sequence[int]) -> set[Block]:
    """Return the blocks at these indices, and those between them in boxes of lines most of which are likely.

    The lines of a poem or an address repeat one another, and are short; by itself, one of them says little.
    """
    chosen = {page.blocks[at] for at in likely}
    lines: dict[Box, list[Block]] = {block.box: [] for block in chosen if block.is_after_line_break}
    for block in page.blocks if lines else ():
        if block.box in lines:
            lines[block.box].append(block)
    for all_lines in lines.values():
        own = [at for at, line in enumerate(all_lines) if line in chosen]
        if len(all_lines) >= _MIN_LINES and len(own) >= _MIN_SHARE_OF_LINES * len(all_lines):
            chosen.update(all_lines[own[0] : own[-1]])
    return chosen


def _add_subheads(blocks: Sequence[Block], likely: set[Block], log_odds: Sequence[float]) -> list[Block]:
    """Return the likely blocks and the subheads, or questions, right above them, in order."""
    first = min((block.index for block in likely), default=len(blocks))
    for block, below in zip(blocks[-2::-1], blocks[:0:-1], strict=True):
        may_be_subhead = below in likely and block.index > first and log_odds[block.index] > _MIN_SUBHEAD_LOG_ODDS
        if may_be_subhead and not block.links and (block.kind is BlockKind.HEADING or block.text.endswith(_QUESTION_MARKS)):
            likely.add(block)
    return [block for block in blocks if block in likely]


def _add_address_lines(likely: Sequence[Block], blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the likely blocks, each with the address that stands alone in the next line of its box, as a contact's does."""
    at = {block.index for block in likely}
    for block in likely:
        yield block
        following = blocks[block.index + 1] if block.index + 1 < len(blocks) else block
        is_next_line = following.box is block.box and following.is_after_line_break and following.index not in at
        if is_next_line and _ADDRESS_LINE.fullmatch(following.text):
            yield following


def _fill_gaps(blocks: Sequence[Block], likely: Sequence[Block], log_odds: Sequence[float]) -> list[Block]:
    """Return the likely blocks, and what is hardly unlikely between two of them once the text has begun: a figure's label."""
    filled, has_begun = list(likely[:1]), False
    text = "\n".join(block.text for block in likely)
    for before, after in pairwise(likely):
        has_begun = has_begun or is_prose(before)
        between = blocks[before.index + 1 : after.index]
        if has_begun and len(between) <= _MAX_LINES_IN_GAP and all(_may_fill_gap(block, log_odds) for block in between):
            filled += between
        elif has_begun and between and is_quotation_box(between[0].box):
            filled += _list_new_quotation(between, text)
        filled.append(after)
    return filled


def _list_new_quotation(between: Sequence[Block], text: str) -> list[Block]:
    """Return the first of the blocks, those in boxes of a quotation, if the article's text does not say it, too."""
    quoted = list(takewhile(lambda block: is_quotation_box(block.box), between[:_MAX_LINES_IN_GAP]))
    is_repeated = any(is_prose(block) and block.text.strip(QUOTATION_MARKS) in text for block in quoted)
    return [] if is_repeated else quoted


def _may_fill_gap(block: Block, log_odds: Sequence[float]) -> bool:
    return log_odds[block.index] > _MIN_LOG_ODDS_IN_GAP and not block.links and not block.zone & _ZONES_OUTSIDE_BODY


def _find_likeliest_line(headline: Headline | None, blocks: Sequence[Block], log_odds: Sequence[float]) -> Block | None:
    """Return the line after the headline that is likeliest the whole article: prose rather than a label, and near by."""
    first = headline.blocks[-1].index if headline and headline.blocks else None

    def rate(block: Block) -> float:
        distance = 0 if first is None else min(_MAX_DISTANCE, block.index - first)
        return log_odds[block.index] + _LOG_ODDS_OF_PROSE * is_prose(block) - _LOG_ODDS_OF_DISTANCE * distance

    lines = (block for block in _find_lines_after(headline, blocks) if not _repeats_headline(block, headline))
    return max(lines, key=rate, default=None)


def _find_lines_after(headline: Headline | None, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the lines after the headline that may be the whole article: short ones only from the headline's own container."""
    first = headline.blocks[-1].index if headline and headline.blocks else -1
    container = blocks[first].box.parent if first >= 0 else None
    for block in blocks[first + 1 :]:
        if block.zone & _ZONES_OUTSIDE_BODY:
            continue
        is_next = container is not None and block.box.is_inside(container) and block.kind is not BlockKind.HEADING
        is_long = len(block.text) >= MIN_SENTENCE_LETTERS or is_prose(block)
        if is_long or (is_next and not is_mostly_date(block.text)):
            yield block
        if not is_next or block.index > first + _MAX_SHORT_LINES:
            container = None


def _find_body_box(chosen: Sequence[Block], main_box: Box) -> Box:
    """Return the article's box; if the likeliest box contains none of the blocks, the box around the first."""
    if any(block.box.is_inside(main_box) for block in chosen):
        return main_box
    box = chosen[0].box
    return box.parent or box


def _repeats_headline(block: Block, headline: Headline | None) -> bool:
    if headline is None:
        return False
    # a text is no longer before case folding than after it
    is_short = len(block.text) <= len(headline.text) * _MAX_FOLDED_CHARS
    return block in headline.blocks or (is_short and block.text.casefold() == headline.text.casefold())
