"""What the parts of a newsroom share while it is built: choices, words, the site, and the spelling of links and lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.generator.embedded import embed
from tests.generator.rows import write_rows
from tests.generator.vendors import spell_link

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from tests.generator.frames import Frame
    from tests.generator.items import ItemWriter
    from tests.generator.languages import Language
    from tests.generator.releases import Release
    from tests.generator.site import GeneratedSite
    from tests.generator.traits import Traits


@dataclass(frozen=True)
class Listing:
    """A list of releases: the path of its first page, and what stands around the list on each of its pages."""

    path: str
    title: str
    releases: Sequence[Release]
    before: str = ""
    after: str = ""
    aside: str = ""


def add_query(path: str, query: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{query}"


@dataclass
class Builder:
    """One edition of a newsroom under construction. `section` is the path below which its pages are, without a slash."""

    rng: Random
    traits: Traits
    language: Language
    site: GeneratedSite
    frame: Frame
    items: ItemWriter
    section: str
    start_path: str

    def href(self, path: str) -> str:
        if path.startswith("http"):
            return path
        if self.traits["link_spelling"] != "usual":
            return spell_link(self.traits["link_spelling"], self.site.host, path)
        match self.traits["links"]:
            case "absolute":
                return f"{self.site.url}{path}"
            case "protocol_relative":
                return f"//{self.site.host}{path}"
        return path

    def page(self, title: str, main: str, head: str = "", aside: str = "") -> str:
        base = f'<base href="{self.site.url}/">' if self.traits["link_spelling"] == "base" else ""
        return self.frame.page(self.language, title, main, base + head, aside)

    def list_html(self, releases: Sequence[Release], path: str, total: int = 0) -> str:
        """The list itself, of `total` releases on all pages: as HTML, or as data that a script would show."""
        kind = self.traits["data"]
        if kind == "html":
            return self.items.write_list(releases)
        rows = write_rows(self.traits["rows"], releases, self.href)
        return embed(kind, {"news": rows, "total": total or len(releases)}, path)

    def listing_page(self, listing: Listing, releases: Sequence[Release], controls: str = "", head: str = "") -> str:
        featured = ""
        if self.traits["featured"] == "hero" and len(releases) > 1 and releases[0] is listing.releases[0]:
            featured, releases = self.items.write_hero(releases[0]), releases[1:]
        newest = listing.releases[0] if listing.releases else None
        if self.traits["pinned"] == "on_each_page" and newest not in releases and newest:
            releases = [newest, *releases]
        listed = featured + self.list_html(releases, listing.path, len(listing.releases))
        main = f"<h1>{listing.title}</h1>{listing.before}{listed}{controls}{listing.after}"
        return self.page(listing.title, main, head, listing.aside)

    def without_data(self) -> Builder:
        """The builder of lists that are HTML, whatever the newsroom's own list is."""
        return replace(self, traits={**self.traits, "data": "html"})
