"""Notices in place of a film, a map or a post of another service, which is shown only after the reader accepts its cookies."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.page.layout import BlockKind
from corpnews.web.languages import get_primary_language
from corpnews.web.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.page.layout import Block, Box

_MAX_NOTICE_LENGTH: Final = 500
_MAX_WHOLE_WORD: Final = 3
# The label of the button, the provider's name and the like stand in the notice's own box, or in one of the next boxes around it.
_MAX_BOXES_AROUND: Final = 4
_MAX_SHARE_OF_BOX: Final = 1.5
_MAX_OTHER_CHARS: Final = 150


class _Wording(NamedTuple):
    """The words of one language: those of consent, which may stand within longer words, and a pattern for each other list."""

    consent: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]


@cache
def _read_wordings() -> dict[str, _Wording]:
    tables = tomllib.loads(files(__package__).joinpath("embed_notices.toml").read_text("utf-8"))
    services = tables.pop("services")
    return {
        language: _Wording(
            tuple(table["consent"].split("|")),
            tuple(_compile(words) for words in (f"{table['medium']}|{services}", table["show"], table["reader"])),
        )
        for language, table in tables.items()
    }


def _compile(words: str) -> re.Pattern[str]:
    """Return the pattern of words, which may go on with other letters if they are long; those of CJK may stand anywhere."""
    if has_cjk(words):
        return re.compile(words)
    return re.compile("|".join(rf"\b{word}" if len(word) > _MAX_WHOLE_WORD else rf"\b{word}\b" for word in words.split("|")))


def find_embed_notices(extracted: ExtractedPage) -> Iterator[Block]:
    """Yield the blocks in the body that are such notices, and what else is in the small boxes around them."""
    blocks, body_box = extracted.region.blocks, extracted.region.box
    texts = "\n".join(block.text for block in blocks).casefold()
    wordings = [wording for wording in _list_wordings(extracted) if any(word in texts for word in wording.consent)]
    for at, block in enumerate(blocks if wordings else ()):
        folded = block.text.casefold()
        asks = [wording for wording in wordings if any(word in folded for word in wording.consent)]
        if asks and len(folded) <= _MAX_NOTICE_LENGTH and block.kind is not BlockKind.LIST_ITEM:
            text = _join_small_box(blocks, at, body_box)
            if _is_notice(text.casefold(), asks):
                yield from _list_blocks_around(blocks, at, _find_box_of_notice(block, len(text), body_box))


def _join_small_box(blocks: Sequence[Block], at: int, body_box: Box) -> str:
    """Return the text of the box around that of the block at this index if it is small, else the block's."""
    box = blocks[at].box.parent
    if box is None or box.chars > _MAX_NOTICE_LENGTH or box is body_box or not box.is_inside(body_box):
        return blocks[at].text
    return " ".join(block.text for block in _list_blocks_around(blocks, at, box))


def _list_blocks_around(blocks: Sequence[Block], at: int, box: Box) -> Sequence[Block]:
    """Return the block at this index and those next to it that are in the box, too."""
    first, end = at, at + 1
    while first and blocks[first - 1].box.is_inside(box):
        first -= 1
    while end < len(blocks) and blocks[end].box.is_inside(box):
        end += 1
    return blocks[first:end]


def _list_wordings(extracted: ExtractedPage) -> list[_Wording]:
    """Return the wordings of the text's language, of the template's, and of the services' own: English."""
    tags = {"en", extracted.language or "en", extracted.page.language_tag or "en"}
    return [wording for tag in tags if (wording := _read_wordings().get(get_primary_language(tag)))]


def _is_notice(text: str, wordings: Sequence[_Wording]) -> bool:
    return any(all(pattern.search(text) for pattern in wording.patterns) for wording in wordings)


def _find_box_of_notice(notice: Block, length: int, body_box: Box) -> Box:
    """Return the largest box around a block of the notice, which has this length, that has hardly any other text."""
    most = _MAX_SHARE_OF_BOX * length + _MAX_OTHER_CHARS
    found = notice.box
    for box in islice(notice.box.ancestors(), _MAX_BOXES_AROUND):
        if box is body_box or box.chars > most or not box.is_inside(body_box):
            break
        found = box
    return found
