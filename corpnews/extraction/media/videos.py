"""Videos of an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.media.span import ArticleSpan
from corpnews.items import Video

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.layout import BodyRegion
    from corpnews.page.page import Page

_MAX_VIDEOS: Final = 30
# URLs of embedded players: hosts of video services, and paths that are common on other hosts.
_PLAYER_URL = re.compile(
    r"^https?://(?:[\w-]+\.)*(?:youtube(?:-nocookie)?\.com/embed|youtu\.be|vimeo\.com|dailymotion\.com|wistia\.(?:com|net)|brightcove\.(?:com|net)|"
    r"jwplatform\.com|kaltura\.com|vidyard\.com|bilibili\.com|youku\.com|qq\.com/(?:txp|iframe)|ixigua\.com|rutube\.ru|ok\.ru/video|vk\.com/video|"
    r"facebook\.com/plugins/video)|^https?://[^?#]{0,200}/(?:video|videos|player|videoplayer)[/.?-]",
    re.IGNORECASE,
)
_PLAYER_URL_ATTRIBUTES = ("src", "data-src", "data-lazy-src", "data-lazy", "data")
# Players of AMP and of light-weight embeds, which state the identifier of the film, and the URLs that they play.
_PLAYER_BY_TAG: Final = {
    "amp-youtube": "https://www.youtube.com/embed/",
    "lite-youtube": "https://www.youtube.com/embed/",
    "youtube-video": "https://www.youtube.com/embed/",
    "amp-vimeo": "https://player.vimeo.com/video/",
    "lite-vimeo": "https://player.vimeo.com/video/",
}
_VIDEO_IDENTIFIER = re.compile(r"[\w-]{3,40}", re.ASCII)
_VIDEO_FILE = re.compile(r"\.(?:mp4|m4v|mov|webm|ogv|m3u8|flv|wmv)(?:$|\?)", re.IGNORECASE)


def find_videos(page: Page, data: StructuredData, region: BodyRegion | None) -> tuple[Video, ...]:
    """Return the videos embedded in the article, each URL once; those of the structured data if there are none."""
    span = ArticleSpan.of(page, region)
    played = [
        address for player in page.layout.players if span.contains(player) for address in _iterate_video_urls(player.element)
    ]
    urls = [page.resolve_url(address) for address in played or [claim.value for claim in data.videos]]
    return tuple(Video(url) for url in dict.fromkeys(filter(None, urls)))[:_MAX_VIDEOS]


def _iterate_video_urls(element: _Element) -> Iterator[str]:
    """Yield the URL that a player element plays, if it is a video."""
    if element.tag in ("video", "amp-video"):
        for part in (element, *element.iter("source")):
            stated = part.get("src") or part.get("data-src")
            if stated:
                yield stated
                return
    elif element.tag in _PLAYER_BY_TAG:
        identifier = element.get("data-videoid") or element.get("videoid") or ""
        if _VIDEO_IDENTIFIER.fullmatch(identifier):
            yield f"{_PLAYER_BY_TAG[element.tag]}{identifier}"
    else:
        stated = next((value for value in map(element.get, _PLAYER_URL_ATTRIBUTES) if value and value != "about:blank"), "")
        address = f"https:{stated}" if stated.startswith("//") else stated
        if _PLAYER_URL.match(address) or _VIDEO_FILE.search(address):
            yield address
