"""How a section of the end matter starts: a heading, a paragraph that begins with one, a legal paragraph, a contact's card."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.cleaning.about_headings import TRIMMED_CHARACTERS, is_about_thing
from corpnews.cleaning.legal_phrases import is_legal_paragraph
from corpnews.cleaning.phrases import classify_end_matter_heading
from corpnews.extraction.release.contacts import is_contact_name
from corpnews.extraction.release.mail_addresses import EMAIL_ADDRESS
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from corpnews.page.layout import Block

# Kinds whose heading and text may share a paragraph.
_INLINE_KINDS: Final = frozenset(("contact", "legal notice"))
_ABOUT_IN_PARAGRAPH: Final = re.compile(r"^([^:：–—]{6,80}?)\s?(?:[:：]|\s[–—-])\s(?=\S+ \S+ \S+ \S)")
# Without one of these, no text has a heading at its beginning.
_SIGN_OF_HEADING: Final = re.compile(r"[:：]\s|\s[–—-]\s")
_RUN_IN_HEADING: Final = re.compile(r"(\w+ (.{2,60}?)) (?=\2\b)")
_MAX_HEADING_LENGTH: Final = 120
_MAX_LENGTH_WITH_SIGN: Final = 84  # of the name of an organisation and the sign after it
_CONTACT_CLASS: Final = re.compile("contact|vcard|kontakt|ansprechpartner")
_MAX_BOXES_TO_CARD: Final = 4
_MAX_CARD_LENGTH: Final = 400
_COLON: Final = re.compile(r"\s*[:：]\s*")


@dataclass(frozen=True, slots=True)
class SectionOpening:
    """A block that starts a section: the section's kind, its heading, and the text after the heading in the same block."""

    kind: str
    heading: str
    rest: str


def parse_section_opening(block: Block) -> SectionOpening | None:
    """Return the block as the heading of a section, or as a paragraph that starts with one in bold; else None."""
    kind = classify_end_matter_heading(block.text)
    if kind and not is_about_thing(block.text):
        heading, rest = (_split_heading if kind in _INLINE_KINDS else _split_about)(block.text)
        return SectionOpening(kind, heading.strip(TRIMMED_CHARACTERS), rest.strip())
    if is_legal_paragraph(block.text):
        return SectionOpening("legal notice", "", block.text)
    if is_contact_name(block.text) and _is_in_contact_card(block):
        return SectionOpening("contact", "", block.text)
    has_sign = _SIGN_OF_HEADING.search(block.text, 0, _MAX_LENGTH_WITH_SIGN) is not None
    named = _ABOUT_IN_PARAGRAPH.match(block.text) if has_sign else None
    if named and classify_end_matter_heading(named[1]) == "about" and not is_about_thing(named[1]):
        return SectionOpening("about", named[1], block.text[named.end() :])
    lead = _get_bold_lead(block)
    kind = classify_end_matter_heading(lead) if lead else None
    # in a running paragraph, "About …" is as often about a programme or a person as about the company
    if kind is None or kind == "about":
        return None
    return SectionOpening(kind, lead.strip(TRIMMED_CHARACTERS), block.text[len(lead) :].strip(TRIMMED_CHARACTERS))


def _is_in_contact_card(block: Block) -> bool:
    """Return whether the block is in a small box that is named after contacts and contains a mail address."""
    for box in islice(block.box.ancestors(), _MAX_BOXES_TO_CARD):
        if box.chars > _MAX_CARD_LENGTH:
            return False
        is_card = _CONTACT_CLASS.search((box.element.get("class") or "").lower())
        if is_card and (
            any((link.get("href") or "").lower().startswith("mailto:") for link in box.element.iter("a"))
            or EMAIL_ADDRESS.search(" ".join(box.element.itertext()))
        ):
            return True
    return False


def _split_heading(text: str) -> tuple[str, str]:
    """Split a text at its first colon; the heading is empty if it is too long for one.

    >>> _split_heading("Press contact: Jane Doe, Contoso")
    ('Press contact', 'Jane Doe, Contoso')
    """
    heading, *rest = _COLON.split(text, maxsplit=1)
    return (heading, "".join(rest)) if len(heading) <= _MAX_HEADING_LENGTH else ("", text)


def _split_about(text: str) -> tuple[str, str]:
    """Split a paragraph that begins with its own heading, which ends where the name is repeated; a short text is all heading.

    >>> _split_about("About Contoso Contoso makes turbines in forty countries, and has done so since the river was dammed in the "
    ... "year of its foundation.")[0]
    'About Contoso'
    """
    if len(text) <= _MAX_HEADING_LENGTH:
        return text, ""
    found = _RUN_IN_HEADING.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def _get_bold_lead(block: Block) -> str:
    """Return the bold words at the start of the block, if other text follows them; else ""."""
    if not block.bold_chars:
        return ""
    lead = ""
    for text, style in block.runs:
        if text.strip() and not (style and style.bold):
            break
        lead += text
    lead = normalize_space(lead)
    return lead if len(lead) <= _MAX_HEADING_LENGTH and block.text.startswith(lead) else ""
