"""Cookies without look-ups on the network, and within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.utils.httpobj import urlparse_cached

from corpnews.web.sites import is_public_suffix

if TYPE_CHECKING:
    from collections.abc import Iterable
    from http.cookiejar import Cookie

    from scrapy import Request
    from scrapy.http.cookies import CookieJar

_MAX_LENGTH: Final = 8192  # of all cookies of a run; servers refuse headers that are longer


class BoundedCookiesMiddleware(CookiesMiddleware):
    """Scrapy's middleware with the public suffixes that come with tldextract, where Scrapy's own downloads a list."""

    def _process_cookies(self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request) -> None:
        host = (urlparse_cached(request).hostname or "").lower()
        for cookie in cookies:
            others = (each for each in jar if each.name != cookie.name)
            if sum(map(_get_length, others), _get_length(cookie)) > _MAX_LENGTH:
                continue
            domain = cookie.domain.removeprefix(".")
            if domain and is_public_suffix(domain):
                if domain != host:
                    continue
                cookie.domain = host
            jar.set_cookie_if_ok(cookie, request)


def _get_length(cookie: Cookie) -> int:
    return len(cookie.name) + len(cookie.value or "") + len("=; ")
