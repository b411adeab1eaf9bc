"""The profile of a newsroom's lines: coverage per field, frequent boilerplate, and a few pages next to their lines.

A run adds what it wrote to the profile that earlier runs kept in the store; its size is bounded.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final, Literal, Self

import msgspec

from corpnews.items import Article
from corpnews.web.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_SAMPLES: Final = 3
_MAX_PAGE_LENGTH: Final = 12_000  # characters
_MAX_BODY_LENGTH: Final = 8_000  # characters
_MAX_BLOCKS_COUNTED: Final = 400
_MAX_BLOCKS_KEPT: Final = 40
_MAX_BLOCK_LENGTH: Final = 240  # characters
_MIN_LENGTH_IN_BODY: Final = 20  # characters; a shorter text is the body's only if it is a line of it
_MIN_CERTAIN_LENGTH: Final = 80  # characters; a shorter text, such as the company's name, may stand in a sentence by chance
# Fields that every line has, and those that tell of the crawl instead of the release
_UNCOUNTED_FIELDS: Final = frozenset(
    (
        "id release_id url newsroom source headline body body_markdown body_html status version first_seen last_seen "
        "content_hash crawl diff"
    ).split()
)
COUNTED_FIELDS: Final = tuple(each.name for each in fields(Article) if each.name not in _UNCOUNTED_FIELDS)

SegmentKind = Literal["body", "field", "removed", "other"]


class Segment(msgspec.Struct, frozen=True, array_like=True):
    """A text of a page, in the page's order, and what became of it; `reason` says why it was removed."""

    kind: SegmentKind
    text: str
    reason: str = ""


class Sample(msgspec.Struct, frozen=True):
    """A release as it is on its page and in its line; `page` is empty for a page that was not kept, such as a PDF."""

    url: str
    headline: str
    date_published: str | None
    language: str | None
    body: str
    fields: dict[str, str]
    warnings: tuple[str, ...]
    page: tuple[Segment, ...]


class RemovedBlock(msgspec.Struct, frozen=True):
    """A text that was removed from pages, the reason, and in how many lines."""

    text: str
    reason: str
    lines: int


class _StoredProfile(msgspec.Struct):
    lines: int = 0
    fields: dict[str, int] = {}
    removed: tuple[RemovedBlock, ...] = ()
    samples: tuple[Sample, ...] = ()


@dataclass
class NewsroomProfile:
    """What reports show of a newsroom's lines.

    Attributes:
        lines: how many lines were counted: each release once, in its first version.
        fields: how many of these have each field; see COUNTED_FIELDS.
        removed: how many of these have each removed text, by text and reason.
        samples: the latest first.
    """

    lines: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    removed: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: list[Sample] = field(default_factory=list)

    @classmethod
    def from_json(cls, stored: str | None) -> Self:
        """Read a stored profile; an empty one if there is none, or one of another version."""
        try:
            read = msgspec.json.decode(stored or "{}", type=_StoredProfile)
        except msgspec.ValidationError:
            read = _StoredProfile()
        removed = Counter({(each.text, each.reason): each.lines for each in read.removed})
        return cls(read.lines, Counter(read.fields), removed, [*read.samples])

    def to_json(self) -> str:
        """Write the profile, with the most frequent removed texts."""
        top = sorted(self.removed.items(), key=lambda each: (-each[1], each[0]))[:_MAX_BLOCKS_KEPT]
        blocks = tuple(RemovedBlock(text, reason, lines) for (text, reason), lines in top)
        return msgspec.json.encode(_StoredProfile(self.lines, dict(self.fields), blocks, tuple(self.samples))).decode()

    def add(self, other: NewsroomProfile) -> None:
        """Add the counts of another profile."""
        self.lines += other.lines
        self.fields.update(other.fields)
        self.removed.update(other.removed)

    def count(self, article: Article) -> None:
        """Count the line of a new release."""
        self.lines += 1
        self.fields.update(name for name in COUNTED_FIELDS if getattr(article, name))
        self.removed.update({(each.text[:_MAX_BLOCK_LENGTH], each.reason) for each in article.crawl.removed})
        if len(self.removed) > 2 * _MAX_BLOCKS_COUNTED:
            self.removed = Counter(dict(self.removed.most_common(_MAX_BLOCKS_COUNTED)))

    def add_sample(self, article: Article, page_texts: Iterable[str]) -> None:
        """Keep a release next to the texts of its page."""
        fields = {name: format_field(getattr(article, name)) for name in COUNTED_FIELDS if getattr(article, name)}
        sample = Sample(
            url=article.url,
            headline=article.headline,
            date_published=article.date_published,
            language=article.language,
            body=article.body[:_MAX_BODY_LENGTH],
            fields=fields,
            warnings=article.crawl.warnings,
            page=tuple(_split_page(article, page_texts)),
        )
        others = [each for each in self.samples if each.url != article.url]
        self.samples = [sample, *others][:MAX_SAMPLES]


def format_field(value: object, length: int = _MAX_BLOCK_LENGTH) -> str:
    """Format a field's value on one line, without the keys of objects and what is null in them, up to a length.

    >>> format_field(({"url": "https://acme.example/1.png", "caption": None}, {"url": "https://acme.example/2.png"}))
    'https://acme.example/1.png; https://acme.example/2.png'
    """
    text = _format_plain(msgspec.to_builtins(value))
    return text if len(text) <= length else f"{text[:length].rstrip()}…"


def _format_plain(value: object) -> str:
    if isinstance(value, dict):
        return " | ".join(str(each) for each in value.values() if each)
    if isinstance(value, list | tuple):
        return "; ".join(map(_format_plain, value))
    return " ".join(str(value).split())


def _split_page(article: Article, texts: Iterable[str]) -> Iterator[Segment]:
    """Yield the texts of the page, each with what became of it, up to _MAX_PAGE_LENGTH characters."""
    removed = [(fold_text(each.text), each.reason, each.text.endswith("…")) for each in article.crawl.removed]
    body, others = fold_text(article.body), fold_text(_join_field_texts(article))
    lines = {fold_text(line) for line in article.body.splitlines()}
    length, cut_reason = 0, ""  # why a longer text was removed of which the line has the beginning alone
    for text in texts:
        length += len(text)
        if length > _MAX_PAGE_LENGTH:
            return
        folded = fold_text(text)
        if not folded:
            continue
        reason, is_cut = next(((reason, is_cut) for whole, reason, is_cut in removed if folded in whole), ("", False))
        is_in_body = folded in body and len(folded) > (_MIN_CERTAIN_LENGTH if reason else _MIN_LENGTH_IN_BODY)
        if reason and not (folded in lines or is_in_body):
            cut_reason = reason if is_cut else ""
            yield Segment("removed", text, reason)
        elif folded in lines or is_in_body:
            cut_reason = ""
            yield Segment("body", text)
        elif cut_reason:
            yield Segment("removed", text, cut_reason)
        else:
            yield Segment("field" if folded in others else "other", text)


def _join_field_texts(article: Article) -> str:
    """Join the texts of all fields besides the body."""
    values = (getattr(article, name) for name in ("headline", "date_published_raw", *COUNTED_FIELDS))
    return "\n".join(value if isinstance(value, str) else msgspec.json.encode(value).decode() for value in values if value)
