"""Players in the article."""

from __future__ import annotations

import pytest

from corpnews.extraction.media import find_videos
from corpnews.extraction.structured_data import read_structured_data
from corpnews.items import Video
from tests.extraction.media_pages import article


def test_players_in_the_article_are_videos() -> None:
    page, region = article(
        '<iframe src="//www.youtube.com/embed/x1"></iframe><video><source src="/film.mp4"></video>'
        '<iframe src="https://maps.example/embed?q=acme"></iframe>'
    )
    assert find_videos(page, read_structured_data(page), region) == (
        Video("https://www.youtube.com/embed/x1"),
        Video("https://acme.example/film.mp4"),
    )


@pytest.mark.parametrize(
    ("player", "url"),
    [
        ("<iframe src='about:blank' data-src='https://www.youtube-nocookie.com/embed/zOdu'>", "youtube-nocookie.com/embed/zOdu"),
        ("<amp-youtube data-videoid='zOdu'></amp-youtube>", "www.youtube.com/embed/zOdu"),
        ("<lite-youtube videoid='zOdu'></lite-youtube>", "www.youtube.com/embed/zOdu"),
        ("<amp-video><source src='/film.mp4'></amp-video>", "acme.example/film.mp4"),
    ],
)
def test_lazy_and_accelerated_players_are_videos(player: str, url: str) -> None:
    page, region = article(player)
    found = find_videos(page, read_structured_data(page), region)
    assert [video.url.endswith(url) for video in found] == [True]
