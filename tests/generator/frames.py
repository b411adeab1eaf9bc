"""What all pages of a site share: header, menus, asides, footer."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.generator.languages import Language


@dataclass
class Frame:
    """The frame of a site: `kind` is its markup, `menu` the links of the main menu, `asides` boxes beside the content."""

    kind: str
    company: str
    menu: list[tuple[str, str]] = field(default_factory=list)
    submenu: list[tuple[str, str]] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    switcher: str = ""
    head: str = ""

    def page(self, language: Language, title: str, main: str, head: str = "", aside: str = "") -> str:
        """Return a whole page with `main` as its content."""
        asides = "".join((aside, *self.asides))
        links = "".join(f'<li><a href="{escape(path)}">{escape(label)}</a></li>' for label, path in self.menu)
        submenu = "".join(f'<li><a href="{escape(path)}">{escape(label)}</a></li>' for label, path in self.submenu)
        search = f'<form action="/search"><input name="q" placeholder="{language["search"]}"></form>'
        logo = f'<a href="/"><img src="/logo.png" alt="{escape(self.company)}"></a>'
        about = escape(language["about_text"].format(company=self.company))
        footer = f'<p>{about}</p><ul>{links}</ul><p>© 2026 {escape(self.company)} · <a href="/privacy/">Privacy</a></p>'
        body = FRAMES[self.kind](f"{logo}{search}{self.switcher}", f"<ul>{links}</ul><ul>{submenu}</ul>", main, asides, footer)
        return (
            f'<!doctype html><html lang="{language.code}"><head><meta charset="utf-8"><title>{escape(title)} | '
            f"{escape(self.company)}</title>{self.head}{head}</head><body>{body}</body></html>"
        )


def semantic(top: str, menu: str, main: str, asides: str, footer: str) -> str:
    aside = f"<aside>{asides}</aside>" if asides else ""
    return f"<header>{top}<nav>{menu}</nav></header><main>{main}</main>{aside}<footer>{footer}</footer>"


def divs(top: str, menu: str, main: str, asides: str, footer: str) -> str:
    return (
        f'<div class="top">{top}<div class="menu">{menu}</div></div><div class="wrap"><div class="col-8">{main}</div>'
        f'<div class="col-4">{asides}</div></div><div class="foot">{footer}</div>'
    )


def table(top: str, menu: str, main: str, asides: str, footer: str) -> str:
    return (
        f'<table width="100%"><tr><td colspan="3">{top}</td></tr><tr><td valign="top">{menu}</td><td valign="top">{main}</td>'
        f'<td valign="top">{asides}</td></tr><tr><td colspan="3">{footer}</td></tr></table>'
    )


FRAMES = {"semantic": semantic, "divs": divs, "table": table}
