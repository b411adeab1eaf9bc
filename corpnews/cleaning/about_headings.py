"""Headings of sections about an organisation, "About Acme": the name that they give, and those about other things."""

from __future__ import annotations

import re
from typing import Final

TRIMMED_CHARACTERS: Final = " :：*_-–—|,;"
# "About the Spa" is about a thing that the release announces, not about an organisation.
_ABOUT_THING: Final = re.compile(
    r"^about (?:the|this) (?:[\w’'&-]+ ){0,5}(?:spa|project|study|survey|report|research|event|conference|summit|awards?|prize|"
    r"product|"
    r"book|album|film|movie|game|app|model|car|vehicle|hotel|resort|restaurant|venue|show|exhibition|exhibit|competition|contest|"
    r"program|programme|course|scholarship|trial|index|data|methodology|offering|offer|transaction|acquisition|building|property)$",
    re.IGNORECASE,
)
_ABOUT_PREFIX: Final = re.compile(
    r"^(?:about(?: the\b)?|über(?: d(?:ie|as|en)\b)?|[àa] propos d(?:e la\b|e l['’]|['’]|[eu]s?\b)|"
    r"(?:acerca de|sobre)l?(?: (?:el|la|[oa])\b)?|informazioni su\b|о компании|关于|關於|"
    r"(?:over(?: (?:de|het))?|(?:kort |fakta )?om|tietoa)\b|"
    r"o(?: (?:firmie|spółce|grupie|společnosti|firmě|skupin[ěe]|spoločnosti))?\b|"
    r"az? (?=\S.*r[óő]l$)|"
    r"(?:despre|σχετικά με(?: τ[ηο]ν)?|про(?: (?:компанію|групу))?|(?:sekilas )?tentang|(?:giới thiệu )?về(?: công ty)?)\b|"
    r"เกี่ยวกับ|אודות(?: חברת\b)?|(?:نبذة عن|لمحة عن|حول|عن)\b)\s*[:：]?\s*",
    re.IGNORECASE,
)
_GENERIC_NAMES: Final = frozenset(
    "us uns nous nosotros nós company group unternehmen empresa compañía الشركة المجموعة 我们 我們 公司 本公司 "
    "当社 会社 회사".split()
)
_ABOUT_SUFFIX: Final = re.compile(
    r"(?:について|とは|\s+(?:hakkında|lyhyesti|i korthet|bemutatása)|r[óő]l|에 대하여|에 대해|\s+소개)$", re.IGNORECASE
)
# An address or a ticker in brackets behind the name, not its initials.
_BRACKETS: Final = re.compile(r"\s?\([^()]*[.@:][^()]*\)$")
# A sentence that says what an organisation is or does, as its description begins.
_DESCRIPTION: Final = re.compile(
    r"(?:The )?(?P<name>(?:[A-ZÀ-Þ][\w.&’'-]*,?\s(?:(?:of|and|for|the|de|&)\s){0,2}){1,6})(?:\([^)]{2,60}\)\s)?"
    r"(?:is|are|was|provides?|offers?|develops?|designs?|operates?|delivers?|helps?|makes?|builds?|manufactures?|has|serves)\b"
    r"(?!.*[:：]$)"
)
_DESCRIPTION_CJK: Final = re.compile(
    r"(?P<name>(?:株式会社)?[^\s，,。、は]{2,30}(?:公司|集团|集團|株式会社|社)|株式会社[^\s，,。、は]{2,30})[，,]?(?:は|是)"
)


def parse_about_heading(heading: str) -> str | None:
    """Return the organisation that an "About …" heading names, or None.

    >>> parse_about_heading("About Contoso Ltd. (NYSE: CTS)"), parse_about_heading("About us")
    ('Contoso Ltd.', None)
    """
    name = _ABOUT_SUFFIX.sub("", _ABOUT_PREFIX.sub("", heading)).strip(TRIMMED_CHARACTERS)
    name = _BRACKETS.sub("", name) or name
    return name if name and name != heading and name.lower() not in _GENERIC_NAMES else None


def is_about_thing(text: str) -> bool:
    """Return whether a text is a heading about what the release announces, which may stand in the middle of the news."""
    return _ABOUT_THING.match(text.rstrip(TRIMMED_CHARACTERS)) is not None


def parse_description(text: str) -> str | None:
    """Return the organisation that a text describes from its first words on, or None if it does not begin so.

    >>> parse_description("Contoso Ltd. makes turbines."), parse_description("The winners are listed below:")
    ('Contoso Ltd.', None)
    """
    found = _DESCRIPTION.match(text) or _DESCRIPTION_CJK.match(text)
    return found["name"].strip(" ,") if found else None
