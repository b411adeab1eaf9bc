"""What else the company's site has: products, blog, careers, events, investors; none of it is a release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING

from tests.generator.builder import add_query
from tests.generator.releases import NEWEST

if TYPE_CHECKING:
    from random import Random

    from tests.generator.builder import Builder
    from tests.generator.releases import Writer

SECTIONS = ("products", "careers", "events", "blog", "investors", "about", "contact")


@dataclass(frozen=True)
class Neighbour:
    """A page of another section. `day` is a date of its own: a post's, an application's, an event's."""

    section: str
    path: str
    title: str
    day: str = ""


def write_neighbours(rng: Random, writer: Writer) -> list[Neighbour]:
    """Write the pages of the other sections."""
    words = writer.language
    found = [Neighbour("products", f"/products/p{at}/", f"{product} {at}00") for at, product in enumerate(words.products, 1)]
    for at in range(1, 6):
        day = f"{NEWEST - timedelta(days=rng.randrange(9, 400))}"
        product, city = rng.choice(words.products), rng.choice(words.cities)
        found += [
            Neighbour("careers", f"/careers/job-{at}.html", f"{product} engineer (m/f/d), {city}", day),
            Neighbour("events", f"/events/e{at}/", f"Expo {city} {2026 + at % 2}", day),
            Neighbour(
                "blog", f"/blog/how-we-work-in-{at}-steps/", f"{words['blog']}: {writer.fill(rng.choice(words.headlines))}", day
            ),
            Neighbour("investors", f"/investors/report-{2026 - at}.pdf", f"{words['investors']} {2026 - at}"),
        ]
    return found


def fill_frame(builder: Builder, neighbours: list[Neighbour], news_path: str) -> None:
    """Put the sections into the menus, and what the traits say beside the content."""
    words, frame = builder.language, builder.frame
    shown = [section for section in SECTIONS if section != "blog" or builder.traits["size"] != "few"]
    frame.menu = [(words["newsroom"], news_path), *((words[section], f"/{section}/") for section in shown)]
    frame.submenu = [(each.title, each.path) for each in neighbours if each.section == "products"]
    if builder.traits["dead"] == "menu":
        folder = news_path.partition("?")[0].rstrip("/")
        frame.menu += [(words[label], f"{folder}/{label}-old/") for label in ("archive", "releases")]
    boxes = {"related_blog": "blog", "dated_jobs": "careers", "dated_events": "events"}
    if section := boxes.get(builder.traits["trap"]):
        frame.asides.append(write_box(words[section], [each for each in neighbours if each.section == section]))
    if builder.traits["trap"] == "calendar":
        dates = [add_query(news_path, f"date=2026-10-{day:02}") for day in range(1, 31, 2)]
        days = "".join(f'<td><a href="{escape(url)}">{url[-2:].lstrip("0")}</a></td>' for url in dates)
        before, after = (escape(add_query(news_path, f"month=2026-{month}")) for month in ("09", "11"))
        months = f'<a href="{before}">‹</a> <a href="{after}">›</a>'
        frame.asides.append(f'<div class="calendar">{months}<table><tr>{days}</tr></table></div>')
    if builder.traits["trap"] == "facets":
        topics = "".join(
            f'<li><a href="{escape(add_query(news_path, f"topic={at}&sort=asc"))}">{product}</a></li>'
            for at, product in enumerate(words.products)
        )
        frame.asides.append(f"<h3>{words['products']}</h3><ul>{topics}</ul>")


def write_box(title: str, pages: list[Neighbour]) -> str:
    lines = "".join(f'<li><span>{each.day}</span> <a href="{each.path}">{escape(each.title)}</a></li>' for each in pages)
    return f"<h3>{title}</h3><ul>{lines}</ul>"


def add_neighbours(builder: Builder, neighbours: list[Neighbour], writer: Writer) -> None:
    """Add the sections' pages to the site; only the blog's read like releases."""
    words = builder.language
    for section in SECTIONS:
        pages = [each for each in neighbours if each.section == section]
        lead = f"<h1>{words[section]}</h1><p>{escape(words['about_text'].format(company=builder.frame.company))}</p>"
        builder.site.add(f"/{section}/", builder.page(words[section], f"{lead}{write_box('', pages)}"))
    for each in neighbours:
        if each.section == "investors":
            continue
        lines = writer.write_paragraphs() if each.section == "blog" else writer.write_paragraphs()[:2]
        text = "".join(f"<p>{escape(line)}</p>" for line in lines)
        day = f"<p>{each.day}</p>" if each.day else ""
        builder.site.add(each.path, builder.page(each.title, f"<h1>{escape(each.title)}</h1>{day}{text}"))
    if "/?" not in builder.site.answers:
        main = (
            f"<h1>{escape(builder.frame.company)}</h1><p>{escape(words['about_text'].format(company=builder.frame.company))}</p>"
        )
        builder.site.add("/", builder.page(builder.frame.company, main))
