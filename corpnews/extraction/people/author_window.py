"""The part of a page in which the article's authors may be named."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.extraction.people.person_names import MAX_BYLINE_LENGTH
from corpnews.page.layout import BlockKind, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.extraction.headline import Headline
    from corpnews.page.layout import Block, BodyRegion, Box
    from corpnews.page.page import Page

_BOXES_UP_TO_QUOTE: Final = 5
_BLOCKS_ABOVE: Final = 8
_BLOCKS_BELOW: Final = 12
_BLOCKS_OF_BODY: Final = 4
BLOCKS_AFTER_BODY: Final = 14
_MIN_LINK_DENSITY_OF_TEASER: Final = 0.9
_MAX_BOXES_UP_TO_TEASER: Final = 4
_MAX_TEASER_LENGTH: Final = 400
MAX_NAME_LINE_LENGTH: Final = 110
MAX_SAMPLED_BLOCKS: Final = 2_000
_BLOCKS_TO_CONTACT: Final = 2
_AUTHOR_LABEL = re.compile(
    r"(?:(?:posted|written|published) by|(?:erstellt|geschrieben|verfasst) von|écrit par|"
    r"(?:authors?|autor(?:in|es)?|auteur|autore) ?:)\s",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\w@\w|\+\d[\d ()/-]{6}|\(\d{2,5}\) ?\d|\b(?:tel|telefon|phone|fax|e-?mail|contacts?|kontakt)\b|联系|聯絡|電話|电话",
    re.IGNORECASE,
)
# The boxes of quotations, and those into which social networks put a post
_QUOTE_CLASS = re.compile(
    r"testimonial|instagram-media|twitter-tweet|tiktok-embed|bluesky-embed|"
    r"(?<![a-z])(?:block|pull)?quotes?(?:block|box|item|card)?(?![a-z])"
)
_ZONES_OF_OTHERS: Final = Zone.NAV | Zone.ASIDE | Zone.RELATED | Zone.AD | Zone.COMMENT | Zone.HIDDEN


class AuthorWindow:
    """The blocks of a page in which its authors may be named: around the headline, and at the start and end of the body."""

    def __init__(self, page: Page, headline: Headline | None, region: BodyRegion | None) -> None:
        self.blocks = page.layout.blocks
        self._contacts: dict[int, bool] = {}  # by the block's index
        self.region = region
        self.headline = headline.blocks if headline else ()
        head = headline.block.index if headline and headline.block else region.first if region else 0
        # as if a subheadline that stands below the day, within the text, were right below the headline
        self.head = head + max(0, len(self.headline) - 1)
        self.first = region.first if region else self.head + 1
        self.last = region.last if region else len(self.blocks) - 1
        opening = self.blocks[self.first : self.first + _BLOCKS_OF_BODY]
        self.text = next((block.index for block in opening if len(block.text) > MAX_NAME_LINE_LENGTH), self.first + 1)
        near = {*range(max(0, head - _BLOCKS_ABOVE), self.head + _BLOCKS_BELOW)}
        near.update(range(self.first - _BLOCKS_ABOVE, self.first + _BLOCKS_OF_BODY))
        near.update(range(max(self.first, self.last - _BLOCKS_OF_BODY), self.last + BLOCKS_AFTER_BODY))
        near.update(block.index for block in self.blocks[self.head : self.head + MAX_SAMPLED_BLOCKS] if _states_author(block))
        near.difference_update(block.index for block in self.headline)
        title = headline.text if headline else ""  # some pages repeat it in a bar of their own
        around = [self.blocks[index] for index in sorted(near) if 0 <= index < len(self.blocks)]
        teasers = set(self._find_teasers())
        self.near = [
            block
            for block in around
            if block.text != title and teasers.isdisjoint(block.box.ancestors()) and not _is_of_others(block)
        ]

    def _find_teasers(self) -> Iterator[Box]:
        """Yield the boxes below the body that are each about another article: a linked heading and little else."""
        for block in self.blocks[self.last + 1 : self.last + MAX_SAMPLED_BLOCKS]:
            if block.kind is BlockKind.HEADING and block.link_density > _MIN_LINK_DENSITY_OF_TEASER:
                around = islice(block.box.ancestors(), 1, _MAX_BOXES_UP_TO_TEASER)
                yield from (box for box in around if box.chars <= _MAX_TEASER_LENGTH)

    def is_next_to_contact(self, block: Block) -> bool:
        """Return whether a line close to the block gives an e-mail address or a telephone number, or says "contact"."""
        around = self.blocks[max(0, block.index - _BLOCKS_TO_CONTACT) : block.index + _BLOCKS_TO_CONTACT + 1]
        return any(map(self._is_contact, around))

    def _is_contact(self, block: Block) -> bool:
        found = self._contacts.get(block.index)
        if found is None:
            found = len(block.text) <= MAX_BYLINE_LENGTH and _CONTACT.search(block.text) is not None
            self._contacts[block.index] = found
        return found

    def find_place(self, block: Block) -> str:
        """Return where the block is: above, below or at the headline, at the start or the end of the body, or after it."""
        from_head = block.index - self.head
        if from_head < 0:
            return "above" if from_head >= -_BLOCKS_ABOVE // 2 else "high above"
        if block.index > self.last:
            return "after" if block.index <= self.last + _BLOCKS_OF_BODY else "far after"
        if from_head <= 1:
            return "at headline"
        if block.index < self.first or from_head <= _BLOCKS_OF_BODY:
            return "below"
        return "body end" if block.index > self.last - 2 else "body"


def _states_author(block: Block) -> bool:
    """Return whether the block is a line of author and date, wherever it stands."""
    if block.zone & _ZONES_OF_OTHERS or len(block.text) > MAX_BYLINE_LENGTH:
        return False
    return bool(block.zone & Zone.META) or _AUTHOR_LABEL.match(block.text) is not None


def _is_of_others(block: Block) -> bool:
    """Return whether the block is a reader's comment, a social network's post, or the words of a customer or a speaker."""
    return bool(block.zone & Zone.COMMENT) or any(
        _is_quote_class(box.class_names) for box in islice(block.box.ancestors(), _BOXES_UP_TO_QUOTE)
    )


@lru_cache(maxsize=2_000)
def _is_quote_class(names: str) -> bool:
    return _QUOTE_CLASS.search(names.lower()) is not None
