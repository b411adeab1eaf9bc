"""End matter of a release: about the company, contacts, legal notice."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from itertools import accumulate, chain, groupby, takewhile
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from corpnews.cleaning.about_headings import is_about_thing, parse_about_heading, parse_description
from corpnews.cleaning.bare_contacts import count_bare_contacts
from corpnews.cleaning.legal_phrases import is_embargo, is_legal_paragraph
from corpnews.cleaning.phrases import classify_end_matter_heading
from corpnews.cleaning.section_openings import SectionOpening, parse_section_opening
from corpnews.extraction.release.contacts import is_contact_name, parse_contacts
from corpnews.extraction.release.dateline import is_dateline_alone
from corpnews.extraction.release.mail_addresses import EMAIL_ADDRESS, reveal_email
from corpnews.extraction.release.phones import find_phone_numbers
from corpnews.items import About
from corpnews.page.layout import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from corpnews.items import Contact
    from corpnews.page.layout import Block

# Kinds that start the end matter; notes to editors belong to the news.
OPENING_KINDS: Final = frozenset(("about", "contact", "legal notice", "end mark", "source line"))
# Minimum share of the text, without legal paragraphs, before the end matter and before a legal notice without a heading.
_MIN_BODY_SHARE: Final = 0.3
_MIN_SHARE_BEFORE_LEGAL_PARAGRAPH: Final = 0.5
_MIN_SHARE_BEFORE_OTHER_BOX: Final = 0.1
_MIN_LENGTH_BELOW_SUBHEAD: Final = 40
_MAX_CONTACT_LINE: Final = 100
# End matter of more characters is shorter than the news: a long text below "About the ten plants" is what the page is about.
_MAX_LENGTH_BELOW_SHORT_NEWS: Final = 2500
# Maximum number of lines before the text that have fields of their own: notices, contacts, embargo, dateline.
_MAX_LEADING_LINES: Final = 4
_REACHING_URL: Final = re.compile(r"(?:mailto|tel):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EndMatterSection:
    """A section of the end matter: its kind, its heading without punctuation (empty if it has none), and its lines.

    `is_inline` says whether heading and first line are one paragraph: "Contact: Jane Aker".
    """

    kind: str
    heading: str
    lines: tuple[str, ...]
    is_inline: bool = False

    @property
    def text(self) -> str:
        return "\n\n".join(self.lines)


def _classify_leading_line(text: str) -> str | None:
    """Return the kind of a line before the text that has a field of its own; None for the text."""
    if is_legal_paragraph(text):
        return "legal notice"
    if is_embargo(text):
        return "embargo"
    if is_dateline_alone(text):
        return "dateline"
    return "contact" if is_contact_line(text) else None


def split_end_matter(
    blocks: Sequence[Block], parse_opening: Callable[[Block], SectionOpening | None] = parse_section_opening
) -> tuple[tuple[Block, ...], tuple[EndMatterSection, ...]]:
    """Split the blocks into those of the news and the sections of the end matter after them.

    Args:
        blocks: The blocks of the release.
        parse_opening: `parse_section_opening`, or a function that remembers its results.
    """
    kinds = takewhile(bool, map(_classify_leading_line, (block.text for block in blocks[:_MAX_LEADING_LINES])))
    leading = [EndMatterSection(kind, "", (block.text,)) for kind, block in zip(kinds, blocks[:-1], strict=False) if kind]
    blocks = blocks[len(leading) :]
    openings = {at: opening for at, block in enumerate(blocks) if (opening := parse_opening(block))}
    start = next(_find_end_matter_starts(blocks, openings), len(blocks))
    for at, block in enumerate(blocks[start:], start):
        if is_about_thing(block.text):
            openings[at] = SectionOpening("about", block.text, "")
        elif block.kind is BlockKind.HEADING and at not in openings and not is_contact_name(block.text):
            openings[at] = SectionOpening("files", block.text, "")  # a heading above no text
    if (contacts := _find_bare_contacts(blocks[:start])) < start:
        start = contacts
        openings[start] = SectionOpening("contact", "", blocks[start].text)
    sections = _build_sections(blocks, {at: openings[at] for at in sorted(openings) if at >= start})
    return tuple(blocks[:start]), (*leading, *sections)


def _find_end_matter_starts(blocks: Sequence[Block], openings: Mapping[int, SectionOpening]) -> Iterator[int]:
    """Yield the indexes of blocks after which all is end matter: enough text before, and no subheading of the news after it.

    Legal paragraphs, and contacts below, do not count as text: their length says nothing of that of the news.
    """
    legal = {at for at, opening in openings.items() if opening.kind == "legal notice"}
    lengths = [0 if at in legal else len(block.text) for at, block in enumerate(blocks)]
    before, contacts = [0, *accumulate(lengths)], [0, *accumulate(_list_contact_lengths(blocks, openings))]
    headings = (at for at, block in enumerate(blocks) if block.kind is BlockKind.HEADING and at not in openings)
    last_subhead = max((at for at in headings if not is_about_thing(blocks[at].text) and _opens_text(blocks, at)), default=-1)
    for at, opening in openings.items():
        is_headless = opening.kind == "legal notice" and not opening.heading
        share = _MIN_SHARE_BEFORE_LEGAL_PARAGRAPH if is_headless else _MIN_BODY_SHARE
        if (
            at
            and opening.kind == "about"
            and parse_about_heading(opening.heading)
            and _is_in_other_box(blocks[at], blocks[at - 1])
        ):
            share = _MIN_SHARE_BEFORE_OTHER_BOX  # what a company says of itself may be longer than a release of one line
        is_long = before[-1] - before[at] > max(before[at], _MAX_LENGTH_BELOW_SHORT_NEWS)
        counted = before[-1] - (contacts[-1] - contacts[at])
        if opening.kind in OPENING_KINDS and at > last_subhead and before[at] >= share * counted and not is_long:
            yield at


def _is_in_other_box(block: Block, before: Block) -> bool:
    """Return whether a block is outside the box that holds the paragraph before, and not the next of its kind."""
    container = before.box.parent
    return container is not None and not block.box.is_inside(container)


def _list_contact_lengths(blocks: Sequence[Block], openings: Mapping[int, SectionOpening]) -> list[int]:
    """Return the length of each block that is a line of a contact; 0 for the others."""
    lengths = [0] * len(blocks)
    is_contact = False
    for at, block in enumerate(blocks):
        if opening := openings.get(at):
            is_contact = opening.kind == "contact"
        elif is_contact and len(block.text) <= _MAX_CONTACT_LINE:
            lengths[at] = len(block.text)
        else:
            is_contact = False
    return lengths


def _opens_text(blocks: Sequence[Block], heading: int) -> bool:
    """Return whether more stands below a heading than a line or links to files; below that of a film nothing does."""
    below = map(blocks.__getitem__, range(heading + 1, len(blocks)))
    own = list(takewhile(lambda block: block.kind is not BlockKind.HEADING, below))
    return not own or sum(len(block.text) - block.link_chars for block in own) >= _MIN_LENGTH_BELOW_SUBHEAD


def _find_bare_contacts(blocks: Sequence[Block]) -> int:
    """Return the index of the first contact without a heading at the end of the text; the number of blocks if there is none."""
    lengths = [len(block.text) for block in blocks]
    at = len(blocks) - count_bare_contacts([block.text for block in blocks])
    return at if sum(lengths[:at]) >= _MIN_BODY_SHARE * sum(lengths) else len(blocks)


def _build_sections(blocks: Sequence[Block], openings: Mapping[int, SectionOpening]) -> Iterator[EndMatterSection]:
    ends = [*openings, len(blocks)][1:]
    for (at, opening), end in zip(openings.items(), ends, strict=False):
        below = blocks[at + 1 : end]
        texts = [_print_mails(block) if opening.kind == "contact" else block.text for block in below]
        lines = [_print_mails(blocks[at], opening.rest) if opening.kind == "contact" else opening.rest, *texts]
        described = next((number for number, line in enumerate(lines) if parse_description(line)), None)
        if opening.kind == "end mark" and described is not None:
            yield EndMatterSection("end mark", opening.heading, tuple(filter(None, lines[:described])))
            yield EndMatterSection("about", "", tuple(lines[described:]))
        else:
            yield EndMatterSection(opening.kind, opening.heading, tuple(filter(None, lines)), bool(opening.rest))


def _print_mails(block: Block, text: str | None = None) -> str:
    """Return the block's text, or a part of it, and the mail addresses that only its links show."""
    hrefs = (style.href for _, style in block.runs if style and style.href and style.href.lower().startswith("mailto:"))
    mails = (found[0] for href in dict.fromkeys(hrefs) if (found := EMAIL_ADDRESS.search(unquote(href))))
    shown = reveal_email(block.text)
    return " ".join((block.text if text is None else text, *(mail for mail in mails if mail not in shown))).strip()


def reaches_contact(block: Block) -> bool:
    """Return whether the block has a mail address, or a link that opens a mail or a telephone call."""
    return "@" in reveal_email(block.text) or any(
        style and style.href and _REACHING_URL.match(style.href) for _, style in block.runs
    )


def is_contact_line(text: str) -> bool:
    """Return whether a line above the text tells whom to contact: "Contact: Jane Aker, +47 5550 0100"."""
    if classify_end_matter_heading(text) != "contact":
        return False
    shown = reveal_email(text)
    return EMAIL_ADDRESS.search(shown) is not None or bool(find_phone_numbers(shown))


def find_about(parts: Sequence[EndMatterSection]) -> tuple[About, ...]:
    """Return the paragraphs about organisations, each once, with the name in its heading or else in its first words."""
    found = (
        About(parse_about_heading(part.heading) or parse_description(part.lines[0]), part.text)
        for part in parts
        if part.kind == "about" and part.lines
    )
    return tuple(dict.fromkeys(found))


def find_legal_notice(parts: Sequence[EndMatterSection]) -> str | None:
    notices = (part.text for part in parts if part.kind == "legal notice" and part.lines)
    return "\n\n".join(dict.fromkeys(notices)) or None


def find_contacts(
    parts: Sequence[EndMatterSection], regions: tuple[str, ...] = (), organizations: tuple[str, ...] = ()
) -> tuple[Contact, ...]:
    """Return the people and departments in the contact sections, each once; see parse_contacts for the arguments.

    What repeats an address or number of a contact with a name, and says nothing new, is left out.
    """
    sections = groupby(parts, key=lambda part: part.kind == "contact")
    lines = (chain.from_iterable(map(_list_contact_lines, group)) for is_contact, group in sections if is_contact)
    found = dict.fromkeys(contact for section in lines for contact in parse_contacts(section, regions, organizations))
    named = {address: contact for contact in found if contact.name for address in (contact.email, contact.phone)}
    return tuple(
        contact for contact in found if contact.name or not _is_part_of(contact, named.get(contact.email or contact.phone))
    )


def _is_part_of(contact: Contact, other: Contact | None) -> bool:
    """Return whether all that is known of the contact is known of the other."""
    return other is not None and all(value in (None, getattr(other, key)) for key, value in asdict(contact).items())


def _list_contact_lines(part: EndMatterSection) -> tuple[str, ...]:
    """Return the lines of a contact section; its heading only if it tells more than that."""
    if part.is_inline and part.heading:
        return (f"{part.heading}: {part.lines[0]}", *part.lines[1:])
    says_more = "@" in part.heading or "," in part.heading or any(map(str.isdigit, part.heading))
    return (part.heading, *part.lines) if says_more else part.lines
