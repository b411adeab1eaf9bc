"""Shared by the look-alikes of vendors' newsrooms: the releases of a fictitious company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING

from tests.helpers import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.helpers import Asked

COUNT = 66
NEWEST = date(2024, 11, 18)
WORKS = "turbine gearbox rotor blade generator crane weir penstock valve governor sluice".split()
PLACES = "Nordvik Haugen Lillesund Brekke Storfjord Tangen Solheim Vestby Eidsund Langnes".split()


@dataclass(frozen=True)
class LookAlikeRelease:
    """Release `number`; 0 is the newest."""

    number: int

    @property
    def headline(self) -> str:
        place = PLACES[self.number % len(PLACES)]
        return f"Acme delivers {WORKS[self.number % len(WORKS)]} {self.number + 1} to the water works of {place}"

    @property
    def slug(self) -> str:
        return self.headline.lower().replace(" ", "-")

    @property
    def day(self) -> date:
        """One every 19 days: 66 releases span more than three years."""
        return NEWEST - timedelta(days=19 * self.number)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        work, place = WORKS[self.number % len(WORKS)], PLACES[self.number % len(PLACES)]
        delivered = f"Acme has delivered the {work} that {place} ordered after flood {self.number + 3} of the decade."
        quote = (
            f"“The {work} was on the road for {self.number + 2} nights, and {place} did not sleep,” said the head of the works."
        )
        feeds = f"The plant will feed {self.number + 11} thousand homes. Work {self.number + 1} is the last before winter."
        return delivered, quote, feeds

    @property
    def html(self) -> str:
        """The body's paragraphs."""
        return "".join(f"<p>{escape(text, quote=False)}</p>" for text in self.paragraphs)


def build_releases(count: int = COUNT) -> tuple[LookAlikeRelease, ...]:
    """The company's releases, newest first."""
    return tuple(map(LookAlikeRelease, range(count)))


RELEASES = build_releases()


@dataclass(frozen=True)
class LookAlike:
    """A newsroom that responds as a vendor's newsrooms do.

    `via` is the source that should find most of its releases, `start` the path of its listing, `path_of` returns the path of a
    release, `answer` the response to a request; None is a 404.
    """

    via: str
    start: str
    path_of: Callable[[LookAlikeRelease], str]
    answer: Callable[[Asked], Answer | None]

    @property
    def releases_by_path(self) -> dict[str, LookAlikeRelease]:
        return {self.path_of(release): release for release in RELEASES}


def find_detail_page(
    path: str, path_of: Callable[[LookAlikeRelease], str], render: Callable[[LookAlikeRelease], Answer]
) -> Answer | None:
    """The detail page at a path."""
    return next((render(release) for release in RELEASES if path_of(release) == path), None)


def build_page(main: str, title: str, head: str = "") -> Answer:
    """A page of the company's site: `main` within the boilerplate of all its pages."""
    return Answer(
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head><body>
        <header><a href="/">Acme Turbines</a> <form role="search"><input placeholder="Search"><button>Search</button></form>
        <nav><a href="/products/">Products</a> <a href="/company/">Company</a> <a href="/careers/">Careers</a></nav></header>
        <main>{main}</main>
        <footer><p>Acme Turbines builds turbines for people who need turbines, wherever there is water.</p>
        <a href="/privacy/">Privacy</a> <a href="/contact/">Contact</a></footer></body></html>""".encode()
    )


def build_data_answer(text: str, media_type: str = "application/json", **headers: str) -> Answer:
    """A response that is not an HTML page."""
    return Answer(text.encode(), headers={"Content-Type": media_type, **headers})


def get_origin(asked: Asked) -> str:
    """Scheme and host of the request, for responses with absolute URLs."""
    return f"http://{asked.headers['host']}" if "host" in asked.headers else "https://www.acme.example"


def get_page_items(items: Sequence[LookAlikeRelease], page: int, size: int) -> Sequence[LookAlikeRelease]:
    """The items of page `page`, counted from 0."""
    return items[page * size : (page + 1) * size]
