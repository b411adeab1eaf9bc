"""The kinds of pages that the classifier tells apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

# What the sorts of walls and errors are called in logs and reports.
OBSTACLE_PHRASES: Final = {
    "login": "a log-in page",
    "single_sign_on": "a single sign-on page",
    "consent": "a consent page",
    "captcha": "a captcha",
    "challenge": "a firewall's challenge",
    "access_denied": "a page that denies access",
    "age_gate": "an age gate",
    "notice": "a notice in place of the text",
    "visitor_gate": "a page that asks visitors who they are",
    "geo_block": "a page that excludes this country",
    "rate_limit": "a page that asks for fewer requests",
    "paywall": "a paywall without the text",
    "not_found": 'a "not found" page',
    "maintenance": "a maintenance page",
    "server_default": "a server's default page",
    "script_error": "a script's or server's error message",
    "parked": "the page of a parked or expired domain",
    "browser": "a page that asks for another browser",
    "javascript": "a page that asks for JavaScript",
}


@dataclass(frozen=True, slots=True)
class PageKind:
    """What a page is, and why.

    Attributes:
        name: The kind. `listing` is a list of articles, `hub` a page of teasers of several lists; `wall` and `error` stand in the
            place of a page; a `script shell` is empty until its scripts have run.
        reason: The reason, as a phrase for the log.
        sort: The sort of a wall or an error, a key of OBSTACLE_PHRASES; empty if none is recognised, or for other kinds.
        articles: The number of articles by which a listing or a hub was told; 0 if its URL told it, and for other kinds.
    """

    name: Literal["article", "listing", "hub", "wall", "error", "script shell", "product", "other"]
    reason: str
    sort: str = ""
    articles: int = 0

    @property
    def is_article(self) -> bool:
        return self.name == "article"

    @property
    def is_listing(self) -> bool:
        """Whether its links to articles are to be followed."""
        return self.name in ("listing", "hub")

    @property
    def is_obstacle(self) -> bool:
        """Whether it stands in the place of the page that was asked for."""
        return self.name in ("wall", "error", "script shell")
