from corpnews import NewsroomSpider


class PlayNitride(NewsroomSpider):
    """PlayNitride, micro-LED displays, from Taiwan."""

    name = "playnitride"
    company = "PlayNitride"
    start_urls = ["http://www.playnitride.com/en/news/"]
    languages = ("en",)
