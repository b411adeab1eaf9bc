"""A contact that is being read, line by line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from corpnews.extraction.release.contacts.names import is_contact_name, is_name_in_address
from corpnews.extraction.release.contacts.positions import LEGAL_FORM, ROLE, is_name_of, is_sentence, may_be_role, split_position
from corpnews.extraction.release.phones import format_phone
from corpnews.items import Contact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Maximum length of a line that is a role or an organisation.
MAX_LABEL_LENGTH: Final = 100
_MAX_LOOSE_LINES: Final = 6


@dataclass
class ContactDraft:
    """What is known of a contact, and of people who are reached in the same way.

    Attributes:
        regions: Regions in which national telephone numbers may be, the likeliest first.
        organizations: Names of organisations that the release is about.
        colleagues: Names of further people in the contact's line: "Jane Aker/Ola Berg".
        loose: The lines around the name that may be the organisation.
        below: The roles and organisations below the address or number: the contact's own, or the next one's.
        below_name: The line right below the name, without an address or number.
        are_organizations_above: Whether the section names organisations above their people.
    """

    regions: Sequence[str]
    organizations: Sequence[str]
    name: str | None = None
    role: str | None = None
    organization: str | None = None
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    colleagues: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    below_name: str = ""
    are_organizations_above: bool = False

    @property
    def is_reachable(self) -> bool:
        return bool(self.emails or self.phones)

    @property
    def awaits_email(self) -> bool:
        """Whether there are more people than mail addresses."""
        return len(self.emails) <= len(self.colleagues)

    def is_of_other(self, name: str, *, is_labelled: bool) -> bool:
        """Return whether a name is not this contact's.

        That of an organisation with a mail address that is not made of the name, unless a label says that it is to be contacted.
        """
        if self.name or is_labelled:
            return self.name not in (None, name)
        has_organization = self.organization is not None or any(map(self._is_organization, self.loose))
        return has_organization and bool(self.emails) and not any(is_name_in_address(name, each) for each in self.emails)

    def add_position(self, text: str) -> None:
        """Add the role and the organisation that a text consists of, such as "Head of Press, Acme AG"."""
        if text.endswith((":", "：")):
            text = text.rstrip(":： ") if ROLE.search(text) else ""
        if not text or len(text) > MAX_LABEL_LENGTH or is_sentence(text):
            return
        if self.is_reachable:
            if ROLE.search(text) or LEGAL_FORM.search(text) or self._is_organization(text):
                self.below.append(text)
            return
        if not self.name and (LEGAL_FORM.search(text) or self._is_organization(text)):
            self.are_organizations_above = True
        role, organization = split_position(text, self.organizations)
        if ROLE.search(role):
            self.role = self.role or role
        elif role and not any(map(str.isdigit, role)) and len(self.loose) < _MAX_LOOSE_LINES:
            self.loose.append(role)
        self.organization = self.organization or organization or None

    def start_next(self) -> ContactDraft:
        """Return the draft of the next contact, with what stands between both and is not this one's."""
        following = ContactDraft(self.regions, self.organizations, are_organizations_above=self.are_organizations_above)
        own = (self._find_role_below(), self._find_organization_below())
        for text in self.below:
            if text not in own:
                following.add_position(text)
        return following

    def finish(self) -> Iterator[Contact]:
        """Yield the contact, its colleagues that are reachable, and the mail addresses of nobody in particular."""
        known = self.organization or next(filter(self._is_organization, self.loose), None)
        organization = known or self._find_organization_below()
        below_name = self.below_name if self.below_name != organization and self._may_be_role(self.below_name) else None
        role = self.role or below_name
        if role is None and (text := self._find_role_below()):
            role, of_role = split_position(text, self.organizations)
            organization = organization or of_role or None
        people = [self.name, *self.colleagues]
        emails = self._assign_emails()
        phones = dict(enumerate(self.phones)) if len(self.phones) == len(people) else dict(enumerate(self.phones[:1]))
        for at, name in enumerate(people):
            phone = format_phone(phones[at], self.regions) if at in phones else None
            if phone or at in emails:
                yield Contact(name, role, organization, emails.get(at), phone)
        for email in self.emails:
            if email not in emails.values():
                yield Contact(email=email)

    def _assign_emails(self) -> dict[int, str]:
        """Return the mail addresses by the places of their people: by their names, or all in order if none is made of one."""
        if not self.colleagues:
            return dict(enumerate(self.emails[:1]))
        found: dict[int, str] = {}
        for at, name in enumerate((self.name, *self.colleagues)):
            own = (each for each in self.emails if name and is_name_in_address(name, each) and each not in found.values())
            if (email := next(own, None)) is not None:
                found[at] = email
        return found or dict(enumerate(self.emails[: 1 + len(self.colleagues)]))

    def _find_role_below(self) -> str | None:
        """Return the role below the address of a person who has none above it."""
        if not self.name or self.role:
            return None
        return next((text for text in self.below if ROLE.search(text) and may_be_role(text)), None)

    def _find_organization_below(self) -> str | None:
        """Return the organisation below the address of a person who has none above it."""
        if not self.name or self.organization or self.are_organizations_above:
            return None
        return next((text for text in self.below if LEGAL_FORM.search(text) and not ROLE.search(text)), None)

    def _may_be_role(self, line: str) -> bool:
        """Return whether the line right below a name, of a language whose roles are not known, is one: no place or address."""
        return may_be_role(line) and not is_contact_name(line) and not self._is_organization(line)

    def _is_organization(self, line: str) -> bool:
        return is_name_of(line, self.organizations, next(iter(self.emails), None))
