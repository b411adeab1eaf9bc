"""The words of a body, of its Markdown as markdown-it reads it, and of its HTML: all three must be equal."""

from __future__ import annotations

import re

from lxml import html as lxml_html
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_BREAK = re.compile(r"</(?:p|li|td|th|h\d|tr|pre|blockquote|ul|ol)>|<br\s*/?>|<(?:ul|ol)>")


def body_words(body: str) -> list[str]:
    """The words of the text without the bars between the cells of a table."""
    return [word for word in body.split() if word != "|"]


def html_words(html: str) -> list[str]:
    spaced = _BREAK.sub(r"\g<0> ", html)
    return body_words(lxml_html.fromstring(f"<div>{spaced}</div>").text_content())


def markdown_words(markdown: str) -> list[str]:
    return html_words(markdown_html(markdown))


def markdown_html(markdown: str) -> str:
    return str(_MARKDOWN.render(markdown))
