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
_MIN_CERTAIN_LENGTH: Final = 30  # characters; a shorter text, such as a link's label, may stand in the body by chance
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
        fields = {name: _format_value(getattr(article, name)) for name in COUNTED_FIELDS if getattr(article, name)}
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


def _format_value(value: object) -> str:
    """Format a field's value as text of bounded length."""
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= _MAX_BLOCK_LENGTH else f"{text[:_MAX_BLOCK_LENGTH]}…"


def _split_page(article: Article, texts: Iterable[str]) -> Iterator[Segment]:
    """Yield the texts of the page, each with what became of it, up to _MAX_PAGE_LENGTH characters."""
    removed = [(fold_text(each.text), each.reason) for each in article.crawl.removed]
    body, others = fold_text(article.body), fold_text(_join_field_texts(article))
    length = 0
    for text in texts:
        length += len(text)
        if length > _MAX_PAGE_LENGTH:
            return
        folded = fold_text(text)
        reason = next((reason for whole, reason in removed if folded in whole), None)
        if not folded:
            continue
        if folded in body and (reason is None or len(folded) > _MIN_CERTAIN_LENGTH):
            yield Segment("body", text)
        elif reason is not None:
            yield Segment("removed", text, reason)
        else:
            yield Segment("field" if folded in others else "other", text)


def _join_field_texts(article: Article) -> str:
    """Join the texts of all fields besides the body."""
    values = (getattr(article, name) for name in ("headline", "date_published_raw", *COUNTED_FIELDS))
    return "\n".join(value if isinstance(value, str) else msgspec.json.encode(value).decode() for value in values if value)
