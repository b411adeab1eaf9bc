"""Pages that stand in the place of a release, and short releases that look like them, with the frame of a site around."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple


class PageText(NamedTuple):
    """What a page says: its sort, language, title, heading, paragraphs (separated by bars) and form."""

    sort: str
    language: str
    title: str
    heading: str
    text: str
    form: str = ""


FORMS = {
    "": "",
    "login": '<form method="post" action="/session"><label>{0}<input name="u" type="text"></label>'
    '<label>{1}<input name="p" type="password"></label><button>{2}</button></form>',
    "mail": '<form method="post" action="/sso"><input type="email" name="mail"><button>{0}</button></form>',
    "captcha": '<form method="post"><img src="/image.php?1" alt=""><input type="text" name="code"><button>{0}</button></form>',
    "buttons": '<div class="choice"><button type="button">{0}</button><button type="button">{1}</button></div>',
    "birth": '<form method="post"><input type="number" name="y"><button>{0}</button></form>',
    "countries": '<form><select name="country"><option>France</option><option>Japan</option></select><button>{0}</button></form>',
    "box": '<div class="check"><input type="checkbox" id="c"><label for="c">{0}</label></div>',
}


def read_texts(name: str) -> list[PageText]:
    lines = Path(__file__).with_name(f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [PageText(**{"text": "", **json.loads(line)}) for line in lines]


OBSTACLES = read_texts("obstacles")
RELEASES = read_texts("short_releases")
IMAGE_RELEASE = '<h1>Acme at the Hannover Fair</h1><p class="date">3 May 2024</p><img src="/fair-1.jpg"><img src="/fair-2.jpg">'

MENU = "".join(f'<li><a href="/{word}/">{word.title()}</a></li>' for word in ("products", "about", "news", "careers", "contact"))
NEWS = "".join(
    f'<li><a href="/news/acme-opens-plant-number-{n}/">Acme opens plant number {n} by sea</a> <span>{n} May 2024</span></li>'
    for n in range(1, 6)
)
BANNER = '<div id="cookies"><p>We use cookies.</p><button>Accept all</button><button>Reject all</button></div>'
SITE = """<header><a href="/"><img src="/logo.svg" alt="Acme"></a><nav><ul>{menu}</ul></nav></header>
<main>{content}</main>{aside}<footer><ul><li><a href="/privacy/">Privacy</a></li><li><a href="/imprint/">Imprint</a></li></ul>
<p>© 2024 Acme Corporation, 1 Main Street</p></footer>{banner}"""
FRAMES = ("bare", "site", "site with banner", "site with news")


def build_form(name: str) -> str:
    kind, *labels = name.split(":")
    return FORMS[kind].format(*labels)


def build_html(text: PageText, frame: str, date: str = "") -> str:
    """The page as HTML; a release has the date below its headline."""
    paragraphs = "".join(f"<p>{each}</p>" for each in text.text.split("|") if each)
    dated = f'<p class="date">{date}</p>' if date else ""
    content = f"<h1>{text.heading}</h1>{dated}{paragraphs}{build_form(text.form)}"
    if frame != "bare":
        aside = f"<h3>Latest news</h3><ul>{NEWS}</ul>" if frame == "site with news" else ""
        banner = BANNER if frame == "site with banner" else ""
        content = SITE.format(menu=MENU, content=content, aside=aside, banner=banner)
    head = f'<head><meta charset="utf-8"><title>{text.title}</title></head>'
    return f'<!doctype html><html lang="{text.language}">{head}<body>{content}</body></html>'
