"""Classification of paragraphs as headings, and choice of the document's title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.extraction.pdf.paragraphs import LARGER, SENTENCE_END
from corpnews.extraction.pdf.spelling import IS_CJK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.pdf.measures import Measures
    from corpnews.extraction.pdf.paragraphs import Paragraph

LONGEST: Final = 240
# Maximum length of a sentence that is a heading, and of bold text in body size that is one.
LONGEST_SENTENCE: Final = 60
LONGEST_BOLD: Final = 120
# Minimum length of the paragraph below a heading in body size.
SHORTEST_PROSE: Final = 80
# The title is in this upper share of the first page's text, and has this many words, or Chinese or Japanese characters.
TITLE_ZONE: Final = 0.6
FEWEST_WORDS: Final = 3
FEWEST_CJK: Final = 6


def mark_headings(paragraphs: Sequence[Paragraph], measures: Measures) -> None:
    """Set the kind of the paragraphs that are headings, and of at most one that is the title."""
    following = [*paragraphs[1:], None]
    kinds = [kind_of(paragraph, below, measures) for paragraph, below in zip(paragraphs, following, strict=True)]
    for paragraph, kind in zip(paragraphs, kinds, strict=True):
        paragraph.kind = kind
    title = find_title(paragraphs)
    if title is not None:
        title.kind = "title"


def kind_of(paragraph: Paragraph, below: Paragraph | None, measures: Measures) -> str:
    text = paragraph.text
    if paragraph.kind != "text" or not any(map(str.isalpha, text)):
        return paragraph.kind
    is_sentence = SENTENCE_END.search(text) is not None
    if paragraph.first.size > LARGER * measures.body_size:
        return "text" if len(text) > (LONGEST_SENTENCE if is_sentence else LONGEST) else "heading"
    is_above_prose = below is not None and not below.is_bold and (below.kind == "item" or len(below.text) >= SHORTEST_PROSE)
    return "heading" if paragraph.is_bold and is_above_prose and not is_sentence and len(text) <= LONGEST_BOLD else "text"


def find_title(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """Return the largest heading or bold text in the upper part of the first page that could be a title."""
    first = [paragraph for paragraph in paragraphs if paragraph.first.page == 1]
    lowest = max((paragraph.last.bottom for paragraph in first), default=0.0)
    candidates = [
        paragraph
        for paragraph in first
        if (paragraph.kind == "heading" or (paragraph.kind == "text" and paragraph.is_bold))
        and paragraph.first.top < TITLE_ZONE * lowest
        and says_something(paragraph.text)
    ]
    return max(candidates, key=lambda paragraph: round(paragraph.first.size), default=None)


def says_something(text: str) -> bool:
    """Return whether a text could be a title, which "Press release" could not.

    >>> says_something("Acme builds a plant"), says_something("Press release"), says_something("公司在北方建厂")
    (True, False, True)
    """
    return len(text) <= LONGEST and (len(text.split()) >= FEWEST_WORDS or len(IS_CJK.findall(text)) >= FEWEST_CJK)
