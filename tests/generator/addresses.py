"""Address schemes: the path of a release's page."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.generator.releases import Release

OTHER_PLACES = ("/solutions/updates", "/sustainability/progress", "/company/people", "/technology/insights")


def slugify(text: str, length: int = 60) -> str:
    """Return an ASCII slug; empty for scripts that have no ASCII letters.

    >>> slugify("Plant “Ost” opens in Málaga")
    'plant-ost-opens-in-malaga'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:length].strip("-")
    return slug if len(slug) > 12 else ""


class Addresses:
    """Makes the addresses of one newsroom's releases; `section` is the path of its list, without slash and extension."""

    def __init__(self, rng: Random, scheme: str, section: str) -> None:
        self.scheme: Callable[[Release], str] = getattr(self, scheme)
        self.rng = rng
        self.section = section
        self.base = rng.choice((310, 5200, 78100))
        self.taken: set[str] = set()

    def address(self, release: Release) -> str:
        path = self.scheme(release)
        if path in self.taken:
            path = f"{path.rstrip('/')}-{release.number}{'/' if path.endswith('/') else ''}"
        self.taken.add(path)
        return path

    def slug(self, release: Release) -> str:
        return slugify(release.headline) or f"n{self.base + release.number}"

    def slug_below(self, release: Release) -> str:
        return f"{self.section}/{self.slug(release)}/"

    def slug_root(self, release: Release) -> str:
        return f"/{self.slug(release)}"

    def number_html(self, release: Release) -> str:
        return f"{self.section}/{self.base + release.number}.html"

    def number_like_year(self, release: Release) -> str:
        return f"{self.section}/{1975 + release.number}"

    def date_path(self, release: Release) -> str:
        return f"{self.section}/{release.day:%Y/%m}/{self.slug(release)}"

    def id_query(self, release: Release) -> str:
        return f"{self.section}/detail?id={self.base + release.number}"

    def several_queries(self, release: Release) -> str:
        return f"/shownews.php?nid={self.base + release.number}&cat={2 + release.number % 4}"

    def uuid(self, release: Release) -> str:
        return f"{self.section}/{UUID(int=self.rng.getrandbits(64) << 64 | release.number, version=4)}"

    def slug_id(self, release: Release) -> str:
        return f"{self.section}/{self.slug(release)}-{self.base + release.number}.html"

    def aspx_query(self, release: Release) -> str:
        return f"{self.section}/View.aspx?ItemId={self.base + release.number}"

    def short_code(self, release: Release) -> str:
        return f"/a/{self.rng.choice('bcdk')}{self.base + release.number}"

    def index_php(self, release: Release) -> str:
        return f"/index.php?option=com_pages&view=item&id={self.base + release.number}"

    def unicode_slug(self, release: Release) -> str:
        words = re.sub(r"\W+", "-", release.headline.lower()).strip("-")
        return quote(f"{self.section}/{words[:40]}-{release.number}/")

    def other_section(self, release: Release) -> str:
        return f"/stories/{self.slug(release)}/"


def move_to_other_place(release: Release, path: str) -> str:
    """Return the path below another section of the site, by the release's number."""
    return f"{OTHER_PLACES[release.number % len(OTHER_PLACES)]}/{path.strip('/').rpartition('/')[2] or release.number}"
