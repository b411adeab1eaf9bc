"""Releases of invented companies, and pages that show them in the markups of different kinds of sites.

A release in releases/<language>.toml has its lines as a reader sees them: `head` above the text, `text`, `end` below it. Marks at
the start of a line tell its form: "# " a subhead or heading, "- " an item, "> " a quotation, "[img] " file | caption,
"[acc] " question | answer; " | " separates cells; "[pdf] " file | title ends a line with a link. Its other keys are the truth:
dateline = [location, date], tickers = ["MIC:symbol", "isin:…"], wire = [name, id], contacts = [[name, role, organization, email,
phone]], about = the organisations, legal = how the notice begins, and embargo, captions, attachments; "" where there is none.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.dates import format_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER = Path(__file__).parent / "releases"
HOST = "https://www.company.example"


@dataclass(frozen=True, eq=False)
class Release:
    """A release with the truth of its fields; `lines` are those that its pages show, with marks for their form."""

    language: str
    number: int
    around: dict[str, Any]
    truth: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.language}-{self.number}-{self.truth['kind']}"

    @property
    def url(self) -> str:
        return f"{HOST}/{self.language}/news/{self.truth['date'].replace('-', '/')}/{self.number}.html"

    @property
    def shown_date(self) -> str:
        return format_date(date.fromisoformat(self.truth["date"]), "long", locale=self.language)

    def lines(self, part: str) -> list[str]:
        return str(self.truth.get(part, "")).strip().splitlines()

    def body(self) -> list[str]:
        """The lines of the body as a reader sees them."""
        return list(self._iterate_body())[self.truth.get("first_line_is_legal", False) :]

    def _iterate_body(self) -> Iterator[str]:
        for line in self.lines("text"):
            if line.startswith("[acc] "):
                yield from line.removeprefix("[acc] ").split(" | ")
            elif "[pdf] " in line:
                before, link = line.split("[pdf] ")
                yield before + link.split(" | ")[1]
            elif not line.startswith("[img] "):
                yield line.removeprefix("# ").removeprefix("- ").removeprefix("> ")


def read_releases() -> list[Release]:
    files = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.toml"))}
    return [
        Release(language, number, around, truth)
        for language, around in files.items()
        for number, truth in enumerate(around["release"], 1)
    ]


@dataclass(frozen=True)
class Forms:
    """How a kind of site writes paragraphs, subheads, quotations, pictures and accordions."""

    paragraph: str = "<p>{}</p>"
    subhead: str = "<h2>{}</h2>"
    quote: str = "<blockquote><p>{}</p></blockquote>"
    picture: str = '<figure><img src="{0}" width="800" height="500"><figcaption>{1}</figcaption></figure>'
    accordion: str = "<details><summary>{0}</summary><p>{1}</p></details>"
    end_heading: str = "<p><strong>{}</strong></p>"


def add_to_group(pieces: list[str], tag: str, member: str) -> None:
    """Add an item or a row to the list or table that the last piece is, else open one."""
    start = pieces.pop().removesuffix(f"</{tag}>") if pieces and pieces[-1].endswith(f"</{tag}>") else f"<{tag}>"
    pieces.append(f"{start}{member}</{tag}>")


def render_text(release: Release, forms: Forms) -> str:
    """The text of a release: lists and tables of adjacent lines, all else line by line."""
    pieces: list[str] = []
    for line in release.lines("text"):
        if line.startswith("- "):
            item = f"<li>{escape(line[2:])}</li>"
            pieces.append(
                f"{pieces.pop().removesuffix('</ul>')}{item}</ul>" if pieces[-1].endswith("</ul>") else f"<ul>{item}</ul>"
            )
        elif line.startswith("[img] "):
            source, caption = line.removeprefix("[img] ").split(" | ")
            pieces.append(forms.picture.format(f"/media/{source}", escape(caption)))
        elif line.startswith("[acc] "):
            pieces.append(forms.accordion.format(*map(escape, line.removeprefix("[acc] ").split(" | "))))
        elif "[pdf] " in line:
            before, link = line.split("[pdf] ")
            href, title = link.split(" | ")
            pieces.append(forms.paragraph.format(f'{escape(before)}<a href="{href}">{escape(title)}</a>'))
        elif " | " in line:
            add_to_group(pieces, "table", "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line.split(" | ")) + "</tr>")
        elif line.startswith("# "):
            pieces.append(forms.subhead.format(escape(line[2:])))
        elif line.startswith("> "):
            pieces.append(forms.quote.format(escape(line[2:], quote=False)))
        else:
            pieces.append(forms.paragraph.format(escape(line, quote=False)))
    return "\n".join(pieces) + render_end(release, forms)


def render_end(release: Release, forms: Forms) -> str:
    """The end matter: the lines of a contact in one paragraph, all else in paragraphs of their own."""
    pieces: list[str] = []
    heading, lines = "", []
    for line in [*release.lines("end"), "# "]:
        if not line.startswith("# "):
            lines.append(escape(line, quote=False))
            continue
        is_contact = any("@" in each or "(at)" in each for each in lines) and heading
        pieces += [forms.paragraph.format("<br>".join(lines))] if is_contact else map(forms.paragraph.format, lines)
        heading, lines = line[2:], []
        pieces += [forms.end_heading.format(escape(heading))] if heading else []
    return "\n".join(pieces)


def render_head(release: Release) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in release.lines("head"))


def render_links(release: Release, tag: str) -> str:
    """The menu, each entry in an element."""
    return "".join(
        f'<{tag}><a href="/{n}">{item}</a></{tag.split(maxsplit=1)[0]}>' for n, item in enumerate(release.around["menu"])
    )


def render_others(release: Release, form: str) -> str:
    """The titles of other releases, each as a link in the form."""
    links = (f'<a href="/news/{n}">{title}</a>' for n, title in enumerate(release.around["others"]))
    return "".join(map(form.format, links))


def render_modern(release: Release) -> str:
    truth = release.truth
    kicker = f'<span class="eyebrow">{escape(truth["kicker"])}</span>' if "kicker" in truth else ""
    deck = f'<p class="subtitle">{escape(truth["subheadline"])}</p>' if "subheadline" in truth else ""
    return f"""<header><a href="/">Company</a><nav><ul>{render_links(release, "li")}</ul></nav></header>
    <main><article>{kicker}<h1>{escape(truth["headline"])}</h1>{deck}
    <time datetime="{truth["date"]}">{release.shown_date}</time>
    {render_head(release)}<div class="article-content">{render_text(release, Forms())}</div></article></main>
    <aside><h2>{release.around["related"]}</h2>{render_others(release, "<article><h3>{}</h3></article>")}</aside>
    <footer><p>© 2025 Company. {release.around["foot"]}</p></footer>"""


def render_table_layout(release: Release) -> str:
    forms = Forms(
        subhead="<p><b>{}</b></p>",
        quote="<p><i>{}</i></p>",
        picture='<table><tr><td><img src="{0}" width="400"></td></tr><tr><td class="caption">{1}</td></tr></table>',
        accordion="<p><b>{0}</b></p><p>{1}</p>",
        end_heading="<p><b>{}</b></p>",
    )
    side = render_links(release, "div") + render_others(release, "{}<br>")
    return f"""<table width="780"><tr><td colspan="2"><img src="/banner.gif" width="780" height="90" alt="Company"></td></tr>
    <tr><td width="150" valign="top">{side}</td><td valign="top"><h1>{escape(release.truth["headline"])}</h1>
    <p>{release.shown_date}</p>{render_head(release)}{render_text(release, forms)}</td></tr>
    <tr><td colspan="2" align="center"><font size="1">© 2025 Company. {release.around["foot"]}</font></td></tr></table>"""


def render_div_soup(release: Release) -> str:
    forms = Forms(
        paragraph='<div class="css-1x7fq">{}</div>',
        subhead='<h3 class="css-9ab">{}</h3>',
        quote='<div class="css-q81">{}</div>',
        picture='<div class="css-img"><div><img src="{0}" width="800"></div><div class="css-x img-caption">{1}</div></div>',
        accordion='<div><h3><button aria-expanded="false">{0}</button></h3><div class="css-p"><div>{1}</div></div></div>',
        end_heading='<div class="css-1x7fq"><b>{}</b></div>',
    )
    cards = render_others(release, '<div class="css-card"><div>{}</div></div>')
    return f"""<div id="__next"><div class="css-top">{render_links(release, 'div class="css-nav"')}</div>
    <div class="css-0aa"><div class="css-hero"><h1>{escape(release.truth["headline"])}</h1>
    <div class="css-date">{release.shown_date}</div></div>{render_head(release)}
    <div class="css-77c">{render_text(release, forms)}</div></div>
    <div class="css-more"><div class="css-h">{release.around["related"]}</div>{cards}</div>
    <div class="css-end"><div>© 2025 Company. {release.around["foot"]}</div></div></div>"""


def render_cms(release: Release) -> str:
    forms = Forms(
        picture='<div class="wp-caption"><img src="{0}" width="800" height="500"><p class="wp-caption-text">{1}</p></div>',
        quote='<blockquote class="wp-block-quote"><p>{}</p></blockquote>',
        accordion='<div class="accordion"><h3><button aria-expanded="false">{0}</button></h3><div><p>{1}</p></div></div>',
        end_heading="<h4>{}</h4>",
    )
    return f"""<div id="page"><header id="masthead" class="site-header"><nav class="main-navigation"><ul>
    {render_links(release, 'li class="menu-item"')}</ul></nav></header><main><article class="post type-post">
    <header class="entry-header"><h1 class="entry-title">{escape(release.truth["headline"])}</h1>
    <div class="entry-meta"><span class="posted-on">{release.shown_date}</span></div></header>
    <div class="entry-content">{render_head(release)}{render_text(release, forms)}
    <div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="https://social.example/share">Facebook</a></li></ul></div>
    </div><footer class="entry-footer"><span class="tags-links"><a rel="tag" href="/tag/a">2025</a></span></footer></article>
    <div class="related-posts"><h3>{release.around["related"]}</h3><ul>{render_others(release, "<li>{}</li>")}</ul></div></main>
    <footer class="site-footer"><p>© 2025 Company. {release.around["foot"]}</p></footer></div>
    <div class="cookie-banner" role="dialog"><p>We use cookies so that this site works and to count its visitors.</p></div>"""


def render_investor_site(release: Release) -> str:
    forms = Forms(subhead="<h3>{}</h3>", end_heading="<p><b><u>{}</u></b></p>", quote="<p>{}</p>")
    links = render_links(release, "li") + render_others(release, "<li>{}</li>")
    return f"""<div class="pageHeader"><ul class="level1">{links}</ul></div><div class="pageContent">
    <div class="module module-details"><div class="module_container">
    <h2 class="module_title">{escape(release.truth["headline"])}</h2><div class="module_date">{release.shown_date}</div>
    <div class="module_links"><a href="/print.pdf?print=1">PDF Version</a></div>{render_head(release)}
    <div class="module_body"><div class="q4default">{render_text(release, forms)}</div></div></div></div></div>
    <div class="pageFooter"><span>© 2025 Company. {release.around["foot"]}</span></div>"""


MARKUPS: dict[str, Callable[[Release], str]] = {
    "modern": render_modern,
    "table layout": render_table_layout,
    "div soup": render_div_soup,
    "cms": render_cms,
    "investor site": render_investor_site,
}


def render_page(release: Release, markup: str) -> str:
    title = f"<title>{escape(release.truth['headline'])} | Company</title>"
    head = f'<html lang="{release.language}"><head><meta charset="utf-8">{title}</head>'
    return f"{head}<body>{MARKUPS[markup](release)}</body></html>"
