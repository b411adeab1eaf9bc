"""What is known of each text that may name an author: its features, whose weights tests/benchmarks/fit_authors.py fits."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates import find_dates
from corpnews.extraction.people.author_window import BLOCKS_AFTER_BODY, MAX_NAME_LINE_LENGTH, MAX_SAMPLED_BLOCKS
from corpnews.extraction.people.person_names import CREDIT_WORD, MAX_BYLINE_LENGTH
from corpnews.page.layout import BlockKind, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.headline import Headline
    from corpnews.extraction.people.author_window import AuthorWindow
    from corpnews.extraction.people.candidates import AuthorCandidate
    from corpnews.page.layout import Block

# Kinds of candidates that are more often something else than a person.
_WEAK_KINDS: Final = ("name", "site name")
# The feature of a bare name right above the text.
OPENS_BODY: Final = "opens the body: name"
_MAX_SAMPLED_TEXT: Final = 1_000
_MIN_MENTIONS: Final = 2
_PUNCTUATION: Final = frozenset(".,;:!?")
_ZONE_NAMES: Final = {
    "nav": Zone.NAV,
    "footer": Zone.FOOTER,
    "aside": Zone.ASIDE,
    "hidden": Zone.HIDDEN,
    "form": Zone.FORM,
    "share": Zone.SHARE,
    "related": Zone.RELATED,
    "meta": Zone.META,
}


def add_features(found: Sequence[AuthorCandidate], window: AuthorWindow, headline: Headline | None) -> None:
    """Add to each candidate the names of the features that hold for it."""
    if not found:
        return
    inside = window.region.blocks[:MAX_SAMPLED_BLOCKS] if window.region else ()
    prose = [block.text for block in inside if len(block.text) > MAX_NAME_LINE_LENGTH]
    sample = window.blocks[:MAX_SAMPLED_BLOCKS]
    text = "\n".join(block.text[:_MAX_SAMPLED_TEXT] for block in sample)
    paths = Counter(block.box.path_hash for block in sample if len(block.text) <= MAX_BYLINE_LENGTH)
    title = headline.text if headline else ""
    seen: set[tuple[str, str]] = set()
    opening = {other.form for other in found if _opens_body(other, window)}
    for candidate in found:
        features, block, name = candidate.features, candidate.block, candidate.names[0]
        features |= {f"{candidate.kind}: {candidate.form}", "several" if len(candidate.names) > 1 else "single"}
        if not _opens_body(candidate, window):
            features.update(f"{candidate.form} next to {form} that opens the body" for form in opening)
        if (candidate.kind, candidate.form) not in seen:
            features.add("first of its kind")
        seen.add((candidate.kind, candidate.form))
        features.update(f"agrees: {_get_group(other)}" for other in found if _agree(candidate, other))
        features.update(
            f"other: {other.kind}"
            for other in found
            if other.form == "person" and other.kind not in _WEAK_KINDS and other.keys.isdisjoint(candidate.keys)
        )
        features.update(_describe_name(name, candidate.kind, title, prose, text, window))
        if block is not None:
            features.update(_describe_place(block, candidate, window))
            if paths[block.box.path_hash] > len(candidate.names) and not _opens_body(candidate, window):
                features.add(f"one of a list: {candidate.kind}")


def _opens_body(candidate: AuthorCandidate, window: AuthorWindow) -> bool:
    """Return whether the candidate is a whole line right before the body's first paragraph: some sites print the author there."""
    block = candidate.block
    return (
        block is not None and max(window.head, window.first - 2) < block.index < window.text and _is_whole_line(block, candidate)
    )


def _is_whole_line(block: Block, candidate: AuthorCandidate) -> bool:
    return len(block.text) <= sum(map(len, candidate.names)) + 3


def _get_group(candidate: AuthorCandidate) -> str:
    return candidate.kind if candidate.source == "visible" else candidate.source


def _agree(one: AuthorCandidate, other: AuthorCandidate) -> bool:
    return one is not other and _get_group(one) != _get_group(other) and not one.keys.isdisjoint(other.keys)


def _describe_name(name: str, kind: str, title: str, prose: Sequence[str], text: str, window: AuthorWindow) -> Iterator[str]:
    if name in title:
        yield f"in headline: {kind}"
    family_name = name.partition(",")[0].split()[-1]
    if sum(family_name in text for text in prose) >= _MIN_MENTIONS:
        yield f"mentioned: {kind}"
    if any(_occurs(part.lower(), text, 1 + part.islower()) for part in name.split()):
        yield f"common word: {kind}"
    if name.isupper():
        yield "capitals"
    ends = (
        *window.blocks[window.head + 1 : window.first + 3],
        *window.blocks[max(0, window.last - 2) : window.last + BLOCKS_AFTER_BODY],
    )
    if any(block.text.startswith(f"{name} ") and len(block.text) > len(name) + 20 for block in ends):
        yield f"biography: {kind}"


def _occurs(word: str, text: str, times: int) -> bool:
    """Return whether a word in lower case is in the text so many times, apart from punctuation."""
    if not word.islower():
        return False
    at = text.find(word)
    while at >= 0 and times:
        start, end = at, at + len(word)
        while start and text[start - 1] in _PUNCTUATION:
            start -= 1
        while end < len(text) and text[end] in _PUNCTUATION:
            end += 1
        is_word = (start == 0 or text[start - 1].isspace()) and (end == len(text) or text[end].isspace())
        times -= is_word
        at = text.find(word, end if is_word else at + 1)
    return not times


def _describe_place(block: Block, candidate: AuthorCandidate, window: AuthorWindow) -> Iterator[str]:
    kind, text = candidate.kind, block.text
    yield f"{kind}: {window.find_place(block)}"
    yield from (f"zone: {name}" for name, bit in _ZONE_NAMES.items() if block.zone & bit)
    if block.kind in (BlockKind.HEADING, BlockKind.CAPTION):
        yield f"{block.kind}: {kind}"
    if find_dates(text):
        yield f"dated: {kind}"
    if CREDIT_WORD.search(text):
        yield "credit"
    if block.link_density > 0.7:
        yield f"link: {kind}"
    if block.links > len(candidate.names):
        yield f"further links: {kind}"
    if _is_whole_line(block, candidate):
        yield f"whole line: {kind}"
    if kind == "name" and block.kind is not BlockKind.HEADING and _opens_body(candidate, window):
        yield OPENS_BODY
    if window.is_next_to_contact(block):
        yield f"contact: {kind}"
