"""URLs: the key by which two spellings are the same page, and what path and query say about the page."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from w3lib.url import canonicalize_url

from corpnews.web.url_vocabulary import (
    DRAWING_PARAMETERS,
    LABEL_STEPS,
    LANGUAGE_CODES,
    NEVER_PARAMETERS,
    NEWS_STEM,
    NEWS_STEPS,
    PAGE_PARAMETERS,
    SHELF_STEPS,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

INDEX_FILE = re.compile(r"(?:^|(?<=/))(?:index|default)\.(?:[sx]?html?|php\d?|aspx?|jspx?|cfm)$")
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?]*", re.IGNORECASE)
# A capitalized word, a word, an acronym or a number.
_CASE_PIECE = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_TRACKER_PARAMETER = re.compile(
    r"utm_.*|_ga|_gl|gclid|gclsrc|fbclid|msclkid|yclid|dclid|igshid|mc_[ce]id|mkt_tok|_hs.*|hs.*tracking|spm|phpsessid|jsessionid|"
    r"sessionid|session_id|aspsessionid.*|cfid|cftoken|zenid|ved|trk|cmpid|wt\.mc_id|print|chash|ttclid|twclid|wbraid|gbraid|srsltid|"
    r"li_fat_id|mtm_.*|pk_.*|__hstc|__hssc|__hsfp|vero_id|oly_.*|s_cid",
)
_ASSET_PATH = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|txt|csv|zip|rar|7z|gz|jpe?g|png|gif|webp|svg|bmp|tiff?|ico|mp[34]|m4[av]|avi|mov|wmv|"
    r"webm|wav|xml|rss|atom|json|ics|css|js|exe|apk|dmg|epub|vcf|eps|ai)$|"
    r"/(?:feed|rss|wp-json|wp-admin|wp-login\.php|cdn-cgi)(?:/|$)"
)
_PAGE_EXTENSION = re.compile(r"\.(?:[sx]?html?|php\d?|aspx?|jspx?|cfm|do|action|htm)$")
YEAR_PATTERN = r"(?:19[89]|20[0-4])\d"
_MONTH_PATTERN, _DAY_PATTERN = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_DATE_IN_PATH = re.compile(
    rf"(?<!\d){YEAR_PATTERN}([-/_.]?){_MONTH_PATTERN}(?:\1{_DAY_PATTERN})?(?!\d)|(?<!\d){YEAR_PATTERN}([-/_.])[1-9]\2\d{{1,2}}(?!\d)|"
    rf"/{YEAR_PATTERN}/(?:\d{{1,2}}/)?(?=[^/]*[a-z]{{3}})"
)
_PERIOD_AT_END = re.compile(rf"/{YEAR_PATTERN}(?:/(?:0?[1-9]|1[0-2]))?(?:/(?:0?[1-9]|[12]\d|3[01]))?/?$")
_DAY_AT_END = re.compile(rf"/{YEAR_PATTERN}/(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/?$")
_WHOLE_DAY = re.compile(rf"{YEAR_PATTERN}([-/.]?){_MONTH_PATTERN}\1{_DAY_PATTERN}")
_ID_STEP = re.compile(
    r"^(?:[a-z_-]*\d[\d_-]*|[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-z]*\d)[a-z0-9]{10,})$"
)
_ID_PARAMETER = re.compile(r"^(?:[a-z_]*(?:id|idx|seq|no|num|uid)|item|p|n|a|i|news|article|post|pr|view|detail|doc)$")
_INNERMOST_NAME = re.compile(r"^[^\[]*\[(?:.*\[)?([a-z_]+)\]$")
_PAGE_PARAMETER = re.compile(r"(?:^|[\W_])(?:page[dn]?|paging|cur|pointer|offset)(?:[\W_](?!id$).*|\d*)$")
SLUG_WORD = re.compile(r"[^\W_]+")
_SESSION_VALUE = re.compile(r"(?=.*\d)[0-9a-zA-Z-]{20,}")
# Parameters that name the referrer, as feeds and mailings write them; a number in one of them is something else.
_REFERRER_PARAMETERS = ("ref", "referrer", "referer", "source", "src", "from", "via")
_REFERRER_VALUE = re.compile(r"[a-z][a-z_-]*", re.IGNORECASE)
_PAGE_NUMBER_IN_PATH = re.compile(
    r"(?:^|/)(?:page|pagina|seite|paged|strona|stranitsa)[-_/.]?\d{1,5}(?:/|$|\.)|(?:^|/)p[-_]?\d{1,3}(?:/|$|\.)|"
    r"(?:^|/)(?:index|list|default|news_list|newslist)[-_]?\d{1,4}(?:\.\w+)?$"
)


def is_tracking_parameter(name: str, value: str) -> bool:
    """Return whether a query parameter names a campaign, a session or the referrer instead of the page.

    >>> is_tracking_parameter("source", "rss"), is_tracking_parameter("from", "20")
    (True, False)
    """
    name = name.lower()
    if name in _REFERRER_PARAMETERS:
        return _REFERRER_VALUE.fullmatch(value) is not None
    is_session = name in ("sid", "s", "session") and _SESSION_VALUE.fullmatch(value) is not None
    return is_session or _TRACKER_PARAMETER.fullmatch(name) is not None


@lru_cache(maxsize=4_000)
def article_key(url: str) -> str:
    """Return one key for all spellings of a URL: scheme, www, letter case, index file, trailing slash, trackers, sessions.

    Letter case stays in mixed-case identifiers, where it distinguishes two pages.

    >>> article_key("HTTPS://www.example.com/News/Index.html?utm_source=x#top") == article_key("http://example.com/news")
    True
    >>> article_key("https://example.com/Press/AbC12xY")
    'example.com/press/AbC12xY'
    """
    try:
        parts = urlsplit(canonicalize_url(url))
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").removeprefix("www.") + (f":{port}" if port not in (None, 80, 443) else "")
    path = _fold_path(_PATH_SESSION.sub("", re.sub(r"/{2,}", "/", unquote(parts.path))))
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not is_tracking_parameter(*pair)]
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{INDEX_FILE.sub('', path).rstrip('/')}{query}"


def _fold_path(path: str) -> str:
    """Return the path in lower case, except for mixed-case identifiers."""
    return path if path.islower() else SLUG_WORD.sub(lambda word: word[0] if _is_token(word[0]) else word[0].lower(), path)


def _is_token(word: str) -> bool:
    """Return whether a word changes between capitals, small letters and digits like an identifier, not like CamelCase words.

    >>> [_is_token(word) for word in ("AbC12xY", "dQw4w9WgXcQ", "PressRelease2024", "Q3FY2024", "iPhone15Pro")]
    [True, True, False, False, False]
    """
    if len(word) < 5 or word.islower() or word.isupper() or not word.isascii():
        return False
    pieces = _CASE_PIECE.findall(word)
    return len(pieces) > 3 and len(word) <= 2 * len(pieces)


def find_parent_keys(keys: Collection[str]) -> set[str]:
    """Return the keys whose paths are parents of two or more of `keys`.

    >>> sorted(find_parent_keys(["example.com/news/a", "example.com/news/b", "example.com/jobs/c"]))
    ['example.com', 'example.com/news']
    """
    above = Counter(parent for key in keys for parent in accumulate(key.split("/")[:-1], "{}/{}".format))
    return {parent for parent, count in above.items() if count > 1}


@lru_cache(maxsize=4_000)
def split_path(url: str) -> tuple[str, ...]:
    """Return the segments of a URL's path in lower case, without index file and page extension.

    >>> split_path("http://example.com/en/News/Big-Deal.html")
    ('en', 'news', 'big-deal')
    """
    path = INDEX_FILE.sub("", unquote(urlsplit(url).path).lower())
    return tuple(_PAGE_EXTENSION.sub("", step) for step in path.split("/") if step)


def is_edition_step(step: str) -> bool:
    """Return whether a path segment names a language edition: en, zh-hans, de_at.

    >>> is_edition_step("en-us"), is_edition_step("news")
    (True, False)
    """
    head, _, tail = step.replace("_", "-").partition("-")
    return head in LANGUAGE_CODES and len(head) + len(tail) <= 8 and (not tail or len(tail) in (2, 4))


@lru_cache(maxsize=4_000)
def split_path_without_edition(url: str) -> tuple[str, ...]:
    """Return the segments of the path without the leading ones that name a language or country."""
    path = split_path(url)
    start = 0
    while start < min(2, len(path)) and is_edition_step(path[start]):
        start += 1
    return path[start:]


@lru_cache(maxsize=4_000)
def get_query(url: str) -> Mapping[str, str]:
    """Return the query parameters without trackers, by lower-case name; of a nested name, by the innermost one.

    >>> get_query("/news?tx_news[list][currentPage]=2&f[0]=type&utm_source=x")
    {'currentpage': '2', 'f[0]': 'type'}
    """
    pairs = parse_qsl(urlsplit(url).query)
    return {_INNERMOST_NAME.sub(r"\1", name.lower()): value for name, value in pairs if not is_tracking_parameter(name, value)}


def has_repeated_parameter(url: str) -> bool:
    """Return whether the query contains a parameter twice, as combined filters do.

    >>> has_repeated_parameter("/news?topic=1&topic=2"), has_repeated_parameter("/news?topic=1&page=2")
    (True, False)
    """
    names = [name for name, _ in parse_qsl(urlsplit(url).query)]
    return len(names) != len(set(names))


def is_page_parameter(name: str) -> bool:
    """Return whether a query parameter is a page number or an offset, alone or prefixed by a component's name.

    >>> is_page_parameter("page"), is_page_parameter("grid7_page"), is_page_parameter("page_n17"), is_page_parameter("pages")
    (True, True, True, False)
    """
    return name in PAGE_PARAMETERS or _PAGE_PARAMETER.search(name) is not None


def is_pdf_url(url: str) -> bool:
    """Return whether the path ends in .pdf.

    >>> is_pdf_url("https://example.com/files/Q3.PDF?v=2")
    True
    """
    return urlsplit(url).path.lower().endswith(".pdf")


def is_asset_url(url: str) -> bool:
    """Return whether the URL is a file, a feed or an endpoint instead of a page."""
    return _ASSET_PATH.search(urlsplit(url).path.lower()) is not None


def is_label_url(url: str) -> bool:
    """Return whether the URL is the listing of a category, a tag or an author; an article below one is not.

    >>> is_label_url("http://example.com/category/deals/"), is_label_url("http://example.com/category/deals/462.html")
    (True, False)
    """
    path = split_path(url)
    at = next((index for index, step in enumerate(path) if step in LABEL_STEPS), None)
    if at is None:
        return False
    tail = path[at + 1 :]
    named = len(tail) > 1 or (len(tail) == 1 and path[at] in SHELF_STEPS)
    return not named or "page" in tail or not (_ID_STEP.match(tail[-1]) or count_slug_words_of_step(tail[-1]) > 3)


def count_slug_words_of_step(step: str) -> int:
    """Return the number of words in a slug; in a script without spaces, three characters count as a word."""
    words = SLUG_WORD.findall(step)
    return sum(1 if word.isascii() or len(word) < 8 else len(word) // 3 for word in words)


def is_period_url(url: str) -> bool:
    """Return whether the path ends in a year, month or day: an archive page.

    >>> is_period_url("/news/2024/index.html"), is_period_url("/news/2024/q3-results.html")
    (True, False)
    """
    return _PERIOD_AT_END.search("/" + "/".join(split_path(url))) is not None


def is_day_url(url: str) -> bool:
    """Return whether the path ends in /year/month/day."""
    return _DAY_AT_END.search(urlsplit(url).path) is not None


def is_calendar_url(url: str) -> bool:
    """Return whether the last path segment or a query value is a day: a page of a calendar.

    >>> is_calendar_url("/news?date=2024-03-28"), is_calendar_url("/news?date=2024-03")
    (True, False)
    """
    return is_day_url(url) or any(map(_WHOLE_DAY.fullmatch, (*split_path(url)[-1:], *get_query(url).values())))


def has_page_number_in_path(url: str) -> bool:
    """Return whether the path contains the number of a listing page: /page/2/, index_2.html."""
    return _PAGE_NUMBER_IN_PATH.search(urlsplit(url).path.lower()) is not None


def has_news_step(path: tuple[str, ...]) -> bool:
    """Return whether a path segment is a word for news or press."""
    return any(step in NEWS_STEPS or NEWS_STEM.search(step) for step in path)


def is_news_url(url: str) -> bool:
    """Return whether the path or a query value contains a word for news or press: /press/12, board.php?table=news."""
    return has_news_step((*split_path_without_edition(url), *(value.lower() for value in get_query(url).values())))


def has_date_in_path(url: str) -> bool:
    """Return whether the path contains a date, or a year above a slug."""
    return _DATE_IN_PATH.search(urlsplit(url).path.lower()) is not None


def has_article_id(url: str) -> bool:
    """Return whether the last path segment or a query parameter is an identifier."""
    path = split_path(url)
    if path and _ID_STEP.match(path[-1]):
        return True
    return any(_ID_PARAMETER.match(name) and any(map(str.isdigit, value)) for name, value in get_query(url).items())


def has_slug(url: str) -> bool:
    """Return whether the last path segment is a slug of four words, or of three long ones.

    >>> has_slug("http://example.com/acme-opens-new-plant/"), has_slug("http://example.com/our-team/")
    (True, False)
    """
    path = split_path(url)
    if (
        path
        and _ID_STEP.match(path[-1])
        and len(path) > 1
        and count_slug_words_of_step(path[-2]) > count_slug_words_of_step(path[-1])
    ):
        path = path[:-1]
    return bool(path) and (
        count_slug_words_of_step(path[-1]) > 3 or (count_slug_words_of_step(path[-1]) > 2 and len(path[-1]) > 20)
    )


def is_search_parameter(name: str) -> bool:
    """Return whether a query parameter searches a listing, prints or exports it."""
    return name in NEVER_PARAMETERS


def is_display_parameter(name: str) -> bool:
    """Return whether a query parameter sorts or filters a listing, or changes its display."""
    return name in DRAWING_PARAMETERS or "sort" in name or "[" in name
