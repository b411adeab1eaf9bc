"""Which posts of a WordPress site are the newsroom's: the archive that the start page is, and the category its links share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from corpnews.discovery.data import json_values
from corpnews.web import urls

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from corpnews.page.page import Page

_TERM_CLASS = re.compile(r"(?:^|\s)(category|tag)-(\d{1,9})(?=\s|$)")
_CUSTOM_TERM_CLASS = re.compile(r"(?:^|\s)term-(\d{1,9})(?=\s|$)")
_TAXONOMY_CLASS = re.compile(r"(?:^|\s)tax-([\w-]{1,60})(?=\s|$)")
_POST_TYPE_CLASS = re.compile(r"(?:^|\s)post-type-archive-([\w-]{1,60})(?=\s|$)")
_TERM_PARAMETERS: Final = {"category": "categories", "tag": "tags"}
# At least one listed article in so many must be among the posts for these to be the newsroom's.
_MIN_LISTED_SHARE: Final = 3
_MIN_LISTED_POSTS: Final = 3
_MAX_UNLISTED_SHARE: Final = 10


@dataclass(frozen=True, slots=True)
class PostArchive:
    """The kind of posts that an archive page lists, from the classes of its body.

    `label` is (parameter, number) of a category or tag, `taxonomy` (name, number) of a term in a custom taxonomy.
    """

    post_type: str | None = None
    label: tuple[str, str] | None = None
    taxonomy: tuple[str, str] | None = None

    @classmethod
    def of(cls, page: Page) -> PostArchive:
        body = page.root.find("body")
        classes = (body.get("class") or "") if body is not None else ""
        kind, label = _POST_TYPE_CLASS.search(classes), _TERM_CLASS.search(classes)
        name, number = _TAXONOMY_CLASS.search(classes), _CUSTOM_TERM_CLASS.search(classes)
        return cls(
            kind[1] if kind else None,
            (_TERM_PARAMETERS[label[1]], label[2]) if label else None,
            (name[1], number[1]) if name and number else None,
        )

    def is_of(self, post_type: Mapping[str, Any]) -> bool:
        """Whether the archive lists posts of this type, given as the REST API describes it."""
        if self.post_type:
            return post_type.get("slug") == self.post_type
        return self.taxonomy is not None and self.taxonomy[0] in json_values.as_list(post_type.get("taxonomies"))


def has_listed_posts(found: Iterable[str], listed: Collection[str]) -> bool:
    """Whether the URLs `found` include enough of the articles on the start page (`listed`, as article keys)."""
    keys = set(map(urls.article_key, found))
    return not listed or len(keys.intersection(listed)) * _MIN_LISTED_SHARE >= len(listed)


def find_shared_category(posts: Sequence[Mapping[str, Any]], listed: Collection[str]) -> int | None:
    """The category of all listed posts, if most unlisted posts of the same age have other categories; None otherwise.

    `posts` are newest first. Posts older than the median of the listed ones do not count: an old post may be pinned.
    """
    at = [place for place, post in enumerate(posts) if urls.article_key(json_values.as_string(post.get("link"))) in listed]
    if len(at) < _MIN_LISTED_POSTS:
        return None
    newer = range(at[len(at) // 2])
    left_out = [get_categories(posts[place]) for place in newer if place not in at]
    shared = set.intersection(*(get_categories(posts[place]) for place in at))
    counts = {category: sum(category in each for each in left_out) for category in sorted(shared)}
    best = min(counts, key=lambda category: counts[category], default=None)
    return best if best is not None and left_out and counts[best] * _MAX_UNLISTED_SHARE <= len(left_out) else None


def get_categories(post: Mapping[str, Any]) -> set[int]:
    return {number for each in json_values.as_list(post.get("categories")) if (number := json_values.as_integer(each))}
