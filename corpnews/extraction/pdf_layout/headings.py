"""Classification of paragraphs as headings, and choice of the document's title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.extraction.pdf_layout.paragraphs import MIN_HEADING_SIZE_RATIO, PDF_SENTENCE_END
from corpnews.extraction.pdf_layout.spelling import CJK_OR_SIGN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.pdf_layout.measures import DocumentMeasures
    from corpnews.extraction.pdf_layout.paragraphs import PdfParagraph

_MAX_HEADING_LENGTH: Final = 240
# Maximum length of a sentence that is a heading, and of bold text in body size that is one.
_MAX_SENTENCE_HEADING_LENGTH: Final = 60
_MAX_BOLD_HEADING_LENGTH: Final = 120
# Minimum length of the paragraph below a heading in body size.
_MIN_PROSE_LENGTH: Final = 80
# The title is in this upper share of the first page's text, and has this many words, or Chinese or Japanese characters.
_TITLE_ZONE: Final = 0.6
_MIN_TITLE_WORDS: Final = 3
_MIN_TITLE_CJK: Final = 6


def mark_headings(paragraphs: Sequence[PdfParagraph], measures: DocumentMeasures) -> None:
    """Set the kind of the paragraphs that are headings, and of at most one that is the title."""
    following = [*paragraphs[1:], None]
    kinds = [_classify_paragraph(paragraph, below, measures) for paragraph, below in zip(paragraphs, following, strict=True)]
    for paragraph, kind in zip(paragraphs, kinds, strict=True):
        paragraph.kind = kind
    title = _find_pdf_title(paragraphs)
    if title is not None:
        title.kind = "title"


def _classify_paragraph(paragraph: PdfParagraph, below: PdfParagraph | None, measures: DocumentMeasures) -> str:
    text = paragraph.text
    if paragraph.kind != "text" or not any(map(str.isalpha, text)):
        return paragraph.kind
    is_sentence = PDF_SENTENCE_END.search(text) is not None
    if paragraph.first.size > MIN_HEADING_SIZE_RATIO * measures.body_size:
        return "text" if len(text) > (_MAX_SENTENCE_HEADING_LENGTH if is_sentence else _MAX_HEADING_LENGTH) else "heading"
    is_above_prose = below is not None and not below.is_bold and (below.kind == "item" or len(below.text) >= _MIN_PROSE_LENGTH)
    return (
        "heading"
        if paragraph.is_bold and is_above_prose and not is_sentence and len(text) <= _MAX_BOLD_HEADING_LENGTH
        else "text"
    )


def _find_pdf_title(paragraphs: Sequence[PdfParagraph]) -> PdfParagraph | None:
    """Return the largest heading or bold text in the upper part of the first page that could be a title."""
    first = [paragraph for paragraph in paragraphs if paragraph.first.page == 1]
    lowest = max((paragraph.last.bottom for paragraph in first), default=0.0)
    candidates = [
        paragraph
        for paragraph in first
        if (paragraph.kind == "heading" or (paragraph.kind == "text" and paragraph.is_bold))
        and paragraph.first.top < _TITLE_ZONE * lowest
        and _could_be_title(paragraph.text)
    ]
    return max(candidates, key=lambda paragraph: round(paragraph.first.size), default=None)


def _could_be_title(text: str) -> bool:
    """Return whether a text could be a title, which "Press release" could not.

    >>> _could_be_title("Acme builds a plant"), _could_be_title("Press release"), _could_be_title("公司在北方建厂")
    (True, False, True)
    """
    return len(text) <= _MAX_HEADING_LENGTH and (
        len(text.split()) >= _MIN_TITLE_WORDS or len(CJK_OR_SIGN.findall(text)) >= _MIN_TITLE_CJK
    )
