"""Contacts of a release: name, role, organisation, mail address and telephone number."""

from corpnews.extraction.release.contacts.names import is_contact_name, parse_contact_name
from corpnews.extraction.release.contacts.parse import parse_contacts
from corpnews.extraction.release.contacts.positions import is_position

__all__ = ["is_contact_name", "is_position", "parse_contact_name", "parse_contacts"]
