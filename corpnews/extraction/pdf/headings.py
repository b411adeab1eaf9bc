"""Which paragraphs are headings, and which of them is the document's title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.extraction.pdf.paragraphs import LARGER, SENTENCE_END
from corpnews.extraction.pdf.spelling import IS_CJK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.pdf.measures import Measures
    from corpnews.extraction.pdf.paragraphs import Paragraph

LONGEST: Final = 240
# Above this length a sentence is a lead, and bold text no heading.
LONGEST_SENTENCE: Final = 60
LONGEST_BOLD: Final = 120
# What a heading in letters of the usual size stands above.
SHORTEST_PROSE: Final = 80
# A title stands in this upper part of the first page, and has so many words, or characters of Chinese or Japanese.
TITLE_ZONE: Final = 0.6
FEWEST_WORDS: Final = 3
FEWEST_CJK: Final = 6


def mark_headings(paragraphs: Sequence[Paragraph], measures: Measures) -> None:
    """Say of the paragraphs that are headings that they are, and of one at most that it is the title."""
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
    """The largest text in the upper part of the first page that says something, and is a heading or bold."""
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
    """Whether a text could be a title, as "Press release" could not.

    >>> says_something("Acme builds a plant"), says_something("Press release"), says_something("公司在北方建厂")
    (True, False, True)
    """
    return len(text) <= LONGEST and (len(text.split()) >= FEWEST_WORDS or len(IS_CJK.findall(text)) >= FEWEST_CJK)
