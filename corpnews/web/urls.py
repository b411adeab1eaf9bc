"""URLs: the key by which two spellings are the same page, their parts, and resolving relative ones."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urljoin, urlsplit

from w3lib.url import canonicalize_url

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
    r"/(?:feed|rss)(?:/(?!\d+/?$)|$)|/(?:wp-json|wp-admin|wp-login\.php|cdn-cgi)(?:/|$)"
)
_PAGE_EXTENSION = re.compile(r"\.(?:[sx]?html?|php\d?|aspx?|jspx?|cfm|do|action|htm)$")
# A path that ends in a year: with a slash it is a year's archive, without one it may be an article with that number.
_ENDS_IN_YEAR = re.compile(r"/(?:19[89]|20[0-4])\d/$")
_INNERMOST_NAME = re.compile(r"^[^\[]*\[(?:.*\[)?([a-z_]+)\]$")
SLUG_WORD = re.compile(r"[^\W_]+")
_SESSION_VALUE = re.compile(r"(?=.*\d)[0-9a-zA-Z-]{20,}")
# Parameters that name the referrer, as feeds and mailings write them; a number in one of them is something else.
_REFERRER_PARAMETERS = ("ref", "referrer", "referer", "source", "src", "from", "via")
_REFERRER_VALUE = re.compile(r"[a-z][a-z_-]*", re.IGNORECASE)

# An absolute URL that urlsplit and geturl would give back unchanged.
PLAIN_URL = re.compile(r"https?://[\w.-]+(?:/[\w/%+.,~:@!$&'()*=-]*(?:\?[\w%&=+.,~:/-]+)?)?", re.ASCII)
# The readers of a page take its links one after the other, each of them all: a cache of fewer URLs than a page has finds none.
MAX_CACHED_URLS: Final = 20_000
# A URL whose host and path are as they stand, which most links of a page are: taking it apart by the rules costs far more.
# Its groups are the host, the path and the query.
SIMPLE_URL = re.compile(
    r"https?://((?:[a-z0-9-]+\.)+[a-z0-9-]+)((?:/(?!\.\.?(?:[/?]|$))[a-z0-9_.~-]+)*/?)"
    r"(?:\?([\w.~-]+=[\w.~-]*(?:&[\w.~-]+=[\w.~-]*)*))?",
    re.ASCII,
)


@lru_cache(maxsize=MAX_CACHED_URLS)
def split_url(url: str) -> SplitResult:
    """Return the parts of a URL. Raises ValueError if it has none."""
    if simple := SIMPLE_URL.fullmatch(url):
        return SplitResult(url.partition(":")[0], simple[1], simple[2], simple[3] or "", "")
    return urlsplit(url)


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


@lru_cache(maxsize=MAX_CACHED_URLS)
def article_key(url: str) -> str:
    """Return one key for all spellings of a URL: scheme, www, letter case, index file, trailing slash, trackers, sessions.

    Letter case stays in mixed-case identifiers, where it distinguishes two pages, and so does the slash after a year.

    >>> article_key("HTTPS://www.example.com/News/Index.html?utm_source=x#top") == article_key("http://example.com/news")
    True
    >>> article_key("https://example.com/Press/AbC12xY")
    'example.com/press/AbC12xY'
    >>> article_key("https://example.com/press/2024/"), article_key("https://example.com/press/2024")
    ('example.com/press/2024/', 'example.com/press/2024')
    """
    if simple := SIMPLE_URL.fullmatch(url):
        query = _sort_query(simple[3]) if simple[3] else ""
        return f"{simple[1].removeprefix('www.')}{_strip_path_end(simple[2])}{query}"
    try:
        parts = urlsplit(canonicalize_url(url))
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").removeprefix("www.") + (f":{port}" if port not in (None, 80, 443) else "")
    path = _fold_path(_PATH_SESSION.sub("", re.sub(r"/{2,}", "/", unquote(parts.path))))
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")  # a query need not be UTF-8
    kept = [pair for pair in pairs if not is_tracking_parameter(*pair)]
    query = f"?{urlencode(kept, errors='surrogateescape')}" if kept else ""
    return f"{host}{_strip_path_end(path)}{query}"


def _sort_query(query: str) -> str:
    """Return the parameters of a query that needs no decoding, sorted and without trackers, after a question mark."""
    kept = [pair for pair in sorted(each.split("=") for each in query.split("&")) if not is_tracking_parameter(*pair)]
    return f"?{'&'.join(map('='.join, kept))}" if kept else ""


def _strip_path_end(path: str) -> str:
    """Return the path without index file and trailing slash."""
    path = INDEX_FILE.sub("", path)
    return path if _ENDS_IN_YEAR.search(path) else path.rstrip("/")


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
    above: Counter[str] = Counter()
    for path, count in Counter(key.rpartition("/")[0] for key in keys if "/" in key).items():
        above.update(dict.fromkeys(accumulate(path.split("/"), "{}/{}".format), count))
    return {parent for parent, count in above.items() if count > 1}


@lru_cache(maxsize=MAX_CACHED_URLS)
def split_path(url: str) -> tuple[str, ...]:
    """Return the segments of a URL's path in lower case, without index file and page extension.

    A query that is a path, as some frameworks have it, continues the path.

    >>> split_path("http://example.com/en/News/Big-Deal.html")
    ('en', 'news', 'big-deal')
    >>> split_path("http://example.com/index.php?/news/view/17")
    ('news', 'view', '17')
    """
    parts = split_url(url)
    path = INDEX_FILE.sub("", unquote(parts.path).lower())
    if parts.query.startswith("/"):
        path += unquote(parts.query.partition("&")[0]).lower()
    segments = filter(None, path.split("/"))
    return tuple(_PAGE_EXTENSION.sub("", segment) for segment in segments) if "." in path else tuple(segments)


@lru_cache(maxsize=MAX_CACHED_URLS)
def get_query(url: str) -> Mapping[str, str]:
    """Return the query parameters without trackers, by lower-case name; of a nested name, by the innermost one.

    >>> get_query("/news?tx_news[list][currentPage]=2&f[0]=type&utm_source=x")
    {'currentpage': '2', 'f[0]': 'type'}
    """
    query = split_url(url).query
    pairs = parse_qsl(query) if query else ()
    return {_INNERMOST_NAME.sub(r"\1", name.lower()): value for name, value in pairs if not is_tracking_parameter(name, value)}


def has_repeated_parameter(url: str) -> bool:
    """Return whether the query contains a parameter twice, as combined filters do.

    >>> has_repeated_parameter("/news?topic=1&topic=2"), has_repeated_parameter("/news?topic=1&page=2")
    (True, False)
    """
    query = split_url(url).query
    names = [name for name, _ in parse_qsl(query)] if "&" in query else ()
    return len(names) != len(set(names))


def is_pdf_url(url: str) -> bool:
    """Return whether the path ends in .pdf.

    >>> is_pdf_url("https://example.com/files/Q3.PDF?v=2")
    True
    """
    return split_url(url).path.lower().endswith(".pdf")


def is_json_url(url: str) -> bool:
    """Return whether the path ends in .json."""
    return split_url(url).path.lower().endswith(".json")


@lru_cache(maxsize=MAX_CACHED_URLS)
def is_asset_url(url: str) -> bool:
    """Return whether the URL is a file, a feed or an endpoint instead of a page."""
    return _ASSET_PATH.search(split_url(url).path.lower()) is not None


def join_url(base: str, href: str) -> str | None:
    """Return the http(s) URL of `href` relative to `base`, without fragment; None for mailto:, javascript:, # and errors."""
    if not href or href.startswith("#"):
        return None
    try:
        parts = urlsplit(href if href.startswith(("https://", "http://")) else urljoin(base, href))
        is_web_url = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        href.encode()  # JSON may have halves of characters, which no request can carry
    except ValueError:  # the port, too, may be invalid
        return None
    return parts._replace(fragment="").geturl() if is_web_url else None
