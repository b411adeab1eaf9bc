"""The page classifier: what a fetched page is, by its content."""

from corpnews.discovery.page_classifier.classifier import check_no_obstacle, classify, classify_unlinked, find_obstacle
from corpnews.discovery.page_classifier.firewalls import find_challenge_vendor, is_refused
from corpnews.discovery.page_classifier.page_features import bears_slug, bears_title
from corpnews.discovery.page_classifier.page_kind import PageKind

__all__ = [
    "PageKind", "bears_slug", "bears_title", "check_no_obstacle", "classify", "classify_unlinked", "find_challenge_vendor",
    "find_obstacle", "is_refused",
]  # fmt: skip
