"""Where on the page the article's body stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.extraction.blocks import Region
from corpnews.extraction.body.evidence import is_prose, worth
from corpnews.extraction.body.model import leans

if TYPE_CHECKING:
    from corpnews.extraction.blocks import Layout
    from corpnews.extraction.headline import Headline
    from corpnews.extraction.template import SiteTemplate

# Log-odds under which not even the likeliest block is the article.
LEAST: Final = -4.0

__all__ = ["find_region", "is_prose", "worth"]


def find_region(layout: Layout, template: SiteTemplate | None = None, headline: Headline | None = None) -> Region | None:
    """The blocks that are more likely in the article than not, and the box that holds most of them; None without any.

    Where none is likely, the likeliest block of prose behind the headline is the article: some are one sentence long.
    """
    blocks = layout.blocks
    if not blocks:
        return None
    weighed, context = leans(layout, template, headline.block if headline else None)
    titles = headline.blocks if headline else ()
    chosen = [block for block in blocks if weighed[block.index] > 0]
    if all(headline and block.text.casefold() == headline.text.casefold() for block in chosen):
        first = titles[-1].index if titles else -1
        prose = [block for block in blocks[first + 1 :] if is_prose(block) and weighed[block.index] > LEAST]
        chosen = sorted(prose, key=lambda block: weighed[block.index])[-1:]
    return Region(chosen[0].box if len(chosen) == 1 else context.best, tuple(chosen)) if chosen else None
