"""The page classifier: what a fetched page is, by its content."""

from typing import TYPE_CHECKING

from corpnews.lazy import lazy_names

if TYPE_CHECKING:
    from corpnews.discovery.page_classifier.classifier import (
        check_no_obstacle,
        classify,
        classify_unlinked,
        find_obstacle,
        is_likely_article,
    )
    from corpnews.discovery.page_classifier.firewalls import find_challenge_vendor, is_refused
    from corpnews.discovery.page_classifier.gates import leads_back
    from corpnews.discovery.page_classifier.page_features import bears_slug, bears_title
    from corpnews.discovery.page_classifier.page_kind import OBSTACLE_PHRASES, PageKind

__all__ = [
    "OBSTACLE_PHRASES", "PageKind", "bears_slug", "bears_title", "check_no_obstacle", "classify", "classify_unlinked",
    "find_challenge_vendor", "find_obstacle", "is_likely_article", "is_refused", "leads_back",
]  # fmt: skip

if not TYPE_CHECKING:  # type checkers would take any name for one of these
    __getattr__ = lazy_names(
        __name__,
        {
            "corpnews.discovery.page_classifier.classifier": (
                "check_no_obstacle classify classify_unlinked find_obstacle is_likely_article"
            ),
            "corpnews.discovery.page_classifier.firewalls": "find_challenge_vendor is_refused",
            "corpnews.discovery.page_classifier.gates": "leads_back",
            "corpnews.discovery.page_classifier.page_features": "bears_slug bears_title",
            "corpnews.discovery.page_classifier.page_kind": "OBSTACLE_PHRASES PageKind",
        },
    )
