"""The tables that `scrapy probe` prints, and the spider file that it suggests."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text
from scrapy.utils.template import string_camelcase

from corpnews.reporting.missing_releases import describe_omission
from corpnews.web.languages import get_primary_language
from corpnews.web.sites import get_site
from corpnews.web.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from corpnews.discovery import Planner
    from corpnews.items import Article

_SPIDER_TEMPLATE: Final = Path(__file__).parents[1] / "templates" / "spiders" / "newsroom.tmpl"
_MAX_DECLARED_LANGUAGES: Final = 6
_MAX_LEFT_OUT: Final = 20


def render_probe_report(planner: Planner, articles: Sequence[Article]) -> Iterator[RenderableType]:
    """Yield what to print: the newsroom and its platform, its sources, a sample of its releases."""
    platforms = [each.source.platform for each in planner.sources.queried if each.source.platform and each.link_count]
    yield Text.assemble(("Newsroom  ", "bold"), planner.start.response.url)
    yield Text.assemble(("Platform  ", "bold"), ", ".join(dict.fromkeys(platforms)) or "unknown")
    yield _build_sources_table(planner)
    yield from _build_map_tables(planner)
    yield _build_sample_table(articles)


def _build_sources_table(planner: Planner) -> Table:
    """Build the table of sources: requests, and links to articles found by each."""
    table = Table(
        title="Sources of its releases", title_justify="left", caption="after a few requests to each", caption_justify="left"
    )
    table.add_column("source")
    for name in ("requests", "article links", "new"):
        table.add_column(name, justify="right")
    table.add_column("outcome")
    listed = len(planner.start.listing.articles)
    table.add_row("start page", "1", str(listed), str(listed), "" if listed else "lists no articles")
    for each in planner.sources.queried:
        outcome = f"failed: {each.failure}" if each.failure else "provides the text" if each.source.has_full_text else ""
        table.add_row(each.source.name, str(each.request_count), str(each.link_count), str(each.new_count), outcome)
    return table


def _build_map_tables(planner: Planner) -> Iterator[Table]:
    """Yield the table of listings with their releases, and what they announce, and that of what was left out, with the reason."""
    table = Table(title="Its listings", title_justify="left")
    table.add_column("listing", overflow="fold")
    for name in ("pages", "releases"):
        table.add_column(name, justify="right")
    table.add_column("it announces")
    for each in planner.completeness.lists:
        table.add_row(
            each.url,
            str(len(each.pages)),
            str(len(each.articles)),
            ", ".join(dict.fromkeys(count.basis for count in each.counts)),
        )
    yield table
    omissions = planner.find_omissions()
    reasons = {omission.url: describe_omission(omission) for omission in omissions}
    likely = dict.fromkeys(planner.exploration.find_likely_listings(), "a probe makes few requests")
    left_out = Table("address", "why", title="Left out", title_justify="left")
    for url, reason in [*reasons.items(), *likely.items()][:_MAX_LEFT_OUT]:
        left_out.add_row(url, reason)
    if left_out.row_count:
        yield left_out


def _build_sample_table(articles: Sequence[Article]) -> Table:
    """Build the table of the sample: date, headline, and below it language, length, files, source and warnings."""
    table = Table(title=f"A sample of {len(articles)} releases", title_justify="left", show_lines=True)
    table.add_column("date", no_wrap=True)
    table.add_column("headline")
    for article in sorted(articles, key=lambda each: each.date_published or "", reverse=True):
        files = [*article.images, *article.videos, *article.attachments]
        parts = [article.language, f"{len(article.body)} characters", plural(len(files), "file") if files else None]
        details = ", ".join(part for part in (*parts, f"by {article.source.via}", *article.crawl.warnings) if part)
        day = (article.date_published or "none")[: len("2024-05-03")]
        table.add_row(day, Text.assemble(article.headline, "\n", (details, "dim")))
    return table


def render_spider_file(planner: Planner, articles: Sequence[Article], name: str = "") -> str:
    """Render the spider file that `scrapy genspider` would write, with the company and languages of the sample.

    Without a name the newsroom has that of its site.
    """
    name = name or re.sub(r"\W+", "_", get_site(planner.start.scope.host).partition(".")[0].partition(":")[0]) or "newsroom"
    name = f"newsroom_{name}" if name[0].isdigit() else name
    company = next((article.company for article in articles if article.company != article.newsroom), None)
    own = [article.language for article in articles if article.language]
    others = [translation.language for article in articles for translation in article.translations]
    languages = tuple(dict.fromkeys(map(get_primary_language, (*own, *others))))
    is_rendered = any(each.source.name == "browser" and each.link_count for each in planner.sources.queried)
    fields = {"classname": string_camelcase(name), "name": name, "url": planner.start.response.url}
    text = Template(_SPIDER_TEMPLATE.read_text(encoding="utf-8")).safe_substitute(fields)
    declared = {"company": json.dumps(company, ensure_ascii=False)} if company else {}
    if languages:
        declared["languages"] = repr(languages[:_MAX_DECLARED_LANGUAGES]).replace("'", '"')
    if is_rendered:
        declared["render"] = "True"
    return "\n".join((text.rstrip(), *(f"    {attribute} = {value}" for attribute, value in declared.items()), ""))
