"""Values as structured data writes them, made plain."""

from __future__ import annotations

import html
import re
from typing import TypeAlias

from corpnews.extraction.text import folded

Found: TypeAlias = dict[str, list[str]]

TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|PressRelease|NewsItem)$|^Report$")


def plain(text: str) -> str:
    r"""`text` without tags and entities, even those escaped twice, and with its white space folded.

    >>> plain("Profits &amp;amp; <b>losses</b>\n rise")
    'Profits & losses rise'
    """
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    if "<" in text:
        text = TAG.sub(" ", text)
    return folded(text)


def is_article_type(name: str) -> bool:
    """Whether a schema.org type, with or without its URL, is one of an article.

    >>> is_article_type("https://schema.org/NewsArticle"), is_article_type("JobPosting")
    (True, False)
    """
    return ARTICLE_TYPE.search(name.strip().rsplit("/", 1)[-1].rsplit("#", 1)[-1]) is not None


def split_keywords(text: str) -> list[str]:
    """The keywords of a list written as one string.

    >>> split_keywords("climate, trains; 新闻、铁路")
    ['climate', 'trains', '新闻', '铁路']
    """
    return [word for word in (part.strip() for part in re.split(r"[,;|，；、]", text)) if word]
