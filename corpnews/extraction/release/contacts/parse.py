"""Reading the contacts that the lines of a section name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.extraction.release.contacts.draft import ContactDraft
from corpnews.extraction.release.contacts.lines import COLLEAGUE, LABELLED_ROW, read_part, split_line
from corpnews.extraction.release.contacts.names import NAME_LABELS
from corpnews.extraction.release.contacts.positions import names_department
from corpnews.extraction.release.mail_addresses import EMAIL_ADDRESS, reveal_email
from corpnews.extraction.release.phones import is_row_of_figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.extraction.release.contacts.lines import PartContent
    from corpnews.items import Contact

# A longer line is a paragraph, such as what a news service says of itself.
_MAX_LINE_LENGTH: Final = 320


def parse_contacts(lines: Iterable[str], regions: Sequence[str] = (), organizations: Sequence[str] = ()) -> Iterator[Contact]:
    """Yield the contacts that the lines name: each has a mail address or a telephone number, and what is stated next to it.

    Args:
        lines: The lines of a contact section.
        regions: Regions in which national telephone numbers may be, the likeliest first.
        organizations: Names of organisations that the release is about.

    >>> list(parse_contacts(["Jane Aker", "Head of Press, Acme AG", "+47 5550 0100", "jane@acme.example"]))
    [Contact(name='Jane Aker', role='Head of Press', organization='Acme AG', email='jane@acme.example', phone='+4755500100')]
    """
    draft, is_below_name = ContactDraft(regions, organizations), False
    for shown in lines:
        if len(shown) > _MAX_LINE_LENGTH or is_row_of_figures(shown):
            continue
        line, is_row = reveal_email(shown), LABELLED_ROW.fullmatch(shown) is not None
        emails = EMAIL_ADDRESS.findall(line)
        for label, part in split_line(line):
            if label == COLLEAGUE:
                draft.colleagues.append(part)
                continue
            content = read_part(label, part, emails)
            if draft.is_reachable and _is_of_next(content, label, draft):
                yield from draft.finish()
                draft = draft.start_next()
            if draft.name and not content.name and is_below_name and _says_no_address(content, label, is_row=is_row):
                draft.below_name = content.position or part.strip(" ,.()")
            is_below_name = content.name is not None and not content.position
            _add(draft, content)
    yield from draft.finish()


def _is_of_next(content: PartContent, label: str, draft: ContactDraft) -> bool:
    """Return whether a part is of the next contact, not of the draft, which has an address or a number."""
    if content.name is not None and draft.is_of_other(content.name, is_labelled=NAME_LABELS.search(label) is not None):
        return True
    if content.emails and draft.emails and not draft.awaits_email:
        return True
    return bool(content.phones and draft.phones and label and not content.emails and not content.name)


def _says_no_address(content: PartContent, label: str, *, is_row: bool) -> bool:
    return not (content.emails or content.phones or (label and not is_row))


def _add(draft: ContactDraft, content: PartContent) -> None:
    """Add what a part of a line says to the draft."""
    if content.name and draft.name and not draft.is_reachable:
        draft.loose.append(content.name)
    is_role = content.position[:1].islower() or names_department(content.position)
    if content.name and is_role and not draft.name:
        draft.below_name = content.position
    draft.name = draft.name or content.name
    draft.add_position(content.position)
    draft.emails += [email for email in content.emails if email not in draft.emails]
    draft.phones += content.phones
