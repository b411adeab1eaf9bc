"""Pages that stand in the place of a release, by kind and language (walls.toml), in the shapes in which servers send them."""

from __future__ import annotations

import tomllib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

WALLS: Final[dict[str, dict[str, str]]] = tomllib.loads(Path(__file__).with_name("walls.toml").read_text(encoding="utf-8"))
LANGUAGES: Final = tuple(WALLS["consent"])
# Kinds that the site's own system sends, within the site's menus; the others come from servers, firewalls and registrars
WITHIN_SITE: Final = frozenset(
    """
    login_password login_email members_only session_expired registration paywall newsletter_gate consent_purposes enable_cookies
    country_gate investor_gate something_wrong captcha_image app_gate
    """.split()
)
# Kinds with the controls of another one
SHAPES: Final = {
    "login_email": ("newsletter_gate", "coming_soon"),
    "two_factor": ("age_date", "registration"),
    "captcha_box": ("captcha_slider",),
    "update_browser": ("app_gate", "members_only", "parked", "domain_expired"),
}
MENUS: Final = {
    "en": "Products|About us|News|Careers|Contact", "de": "Produkte|Über uns|Presse|Karriere|Kontakt",
    "fr": "Produits|À propos|Presse|Carrières|Contact", "es": "Productos|Nosotros|Prensa|Empleo|Contacto",
    "it": "Prodotti|Chi siamo|Stampa|Lavora con noi|Contatti", "pt": "Produtos|Sobre nós|Imprensa|Carreiras|Contacto",
    "ru": "Продукция|О компании|Новости|Карьера|Контакты", "zh": "产品|关于我们|新闻|招聘|联系我们",
    "ja": "製品|会社情報|ニュース|採用情報|お問い合わせ", "ko": "제품|회사 소개|뉴스|채용|문의",
}  # fmt: skip


class Wall(NamedTuple):
    """What a page says; `labels` are those of its buttons and fields."""

    kind: str
    language: str
    heading: str
    texts: Sequence[str]
    labels: Sequence[str]


def read_wall(kind: str, language: str) -> Wall:
    heading, texts, labels = f"{WALLS[kind][language]} ".split(" # ")
    return Wall(
        kind, language, heading, *([part.strip() for part in each.split(" | ") if part.strip()] for each in (texts, labels))
    )


def build_controls(wall: Wall) -> str:
    """The form, buttons or links of a wall, by its kind."""
    labels = [escape(label) for label in wall.labels]
    if not labels:
        return ""
    *fields, button = labels
    send = f"<button type='submit'>{button}</button>"
    texts = "".join(f"<label>{field} <input type='text'></label>" for field in fields)
    countries = "".join(f"<option>{country}</option>" for country in "".join(fields[:1]).split(" / "))
    links = "".join(f"<li><a href='https://get.example/{n}'>{label}</a></li>" for n, label in enumerate(labels))
    controls = {
        "login_password": f"<form>{texts.replace('text', 'password')}{send}</form>",
        "login_email": f"<form><input type='email' placeholder='{''.join(fields)}'>{send}</form>",
        "captcha_image": f"<img src='/image.php?id=1' alt=''><form>{texts}{send}</form>",
        "two_factor": f"<form>{texts}{send}</form>",
        "sso_redirect": f"<form action='https://sso.example/'><input type='hidden' name='SAMLRequest'>{send}</form>",
        "captcha_box": f"<div class='check'><input type='checkbox' id='c'><label for='c'>{button}</label></div>",
        "country_gate": f"<form><select>{countries}</select>{send}</form>",
        "update_browser": f"<ul>{links}</ul>",
    }
    shape = next((shape for shape, kinds in SHAPES.items() if wall.kind in kinds), wall.kind)
    return controls.get(shape) or "".join(f"<button type='button'>{label}</button>" for label in labels)


def build_wall(kind: str, language: str, *, within_site: bool | None = None) -> str:
    """The page; within the menus of the site if that is how its kind comes, or as asked."""
    wall = read_wall(kind, language)
    heading = f"<h1>{escape(wall.heading)}</h1>"
    if kind == "parked_links":
        links = "".join(f"<li><a href='/search?q={n}'>{escape(text)}</a></li>" for n, text in enumerate(wall.texts[1:]))
        main = f"{heading}<h2>{escape(wall.texts[0])}</h2><ul>{links}</ul>"
    elif kind == "directory_index":
        rows = "".join(f"<tr><td><a href='{n}'>{escape(text)}</a></td></tr>" for n, text in enumerate(wall.texts))
        main = f"{heading}<table>{rows}</table><address>Apache/2.4.57 Server</address>"
    elif kind == "php_error":
        main = "<br>".join(f"<b>{escape(text)}</b>" for text in wall.texts)
    elif kind == "stack_trace":
        lines = "\n".join(map(escape, wall.texts))
        main = f"{heading}<pre>{lines}</pre>"
    elif kind == "consent_purposes":
        boxes = "".join(f"<label><input type='checkbox'> {escape(text)}</label>" for text in wall.texts)
        main = f"{heading}<form>{boxes}{build_controls(wall)}</form>"
    else:
        main = f"{heading}{''.join(f'<p>{escape(text)}</p>' for text in wall.texts)}{build_controls(wall)}"
    if kind in WITHIN_SITE if within_site is None else within_site:
        menu = "".join(f"<a href='/{n}/'>{label}</a> " for n, label in enumerate(MENUS[language].split("|")))
        footer = f"<footer><p>© 2024 Acme Turbines</p><a href='/imprint/'>{MENUS[language].rpartition('|')[2]}</a></footer>"
        main = f"<header><a href='/'>Acme Turbines</a><nav>{menu}</nav></header><main>{main}</main>{footer}"
    title = f"{escape(wall.heading)} | Acme" if kind in WITHIN_SITE else escape(wall.heading)
    head = f"<head><meta charset='utf-8'><title>{title}</title></head>"
    return f"<!doctype html><html lang='{language}'>{head}<body>{main}</body></html>"
