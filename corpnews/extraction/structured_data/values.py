"""Values of structured data as plain text."""

from __future__ import annotations

import html
import re
from typing import TypeAlias

from corpnews.web.text import normalize_space

StatedValues: TypeAlias = dict[str, list[str]]

_HTML_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|PressRelease|NewsItem)$|^Report$")


def strip_html(text: str) -> str:
    r"""Return `text` with tags removed, entities resolved (twice, for those escaped twice) and white space folded.

    >>> strip_html("Profits &amp;amp; <b>losses</b>\n rise")
    'Profits & losses rise'
    """
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    if "<" in text:
        text = _HTML_TAG.sub(" ", text)
    return normalize_space(text)


def is_article_type(name: str) -> bool:
    """Return whether a schema.org type, given as a name or URL, is an article type.

    >>> is_article_type("https://schema.org/NewsArticle"), is_article_type("JobPosting")
    (True, False)
    """
    return _ARTICLE_TYPE.search(name.strip().rsplit("/", 1)[-1].rsplit("#", 1)[-1]) is not None


def split_keywords(text: str) -> list[str]:
    """Split a list of keywords that is one string; the semicolon of an entity that was escaped twice separates none.

    >>> split_keywords("climate, trains; 新闻、铁路"), split_keywords("Research &amp; Teaching")
    (['climate', 'trains', '新闻', '铁路'], ['Research & Teaching'])
    """
    plain = html.unescape(text) if "&" in text else text
    return [word for word in (part.strip() for part in re.split(r"[,;|，；、]", plain)) if word]
