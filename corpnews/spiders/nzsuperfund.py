from corpnews import NewsroomSpider


class NZSuperFund(NewsroomSpider):
    """The Guardians of New Zealand Superannuation."""

    name = "nzsuperfund"
    company = "NZ Super Fund"
    start_urls = ["http://nzsuperfund.nz/news-and-media/"]
    languages = ("en",)
