from corpnews import NewsroomSpider


class Sobha(NewsroomSpider):
    """SOBHA Limited, real estate, from India."""

    name = "sobha"
    company = "SOBHA Limited"
    start_urls = ["http://www.sobha.com/blog/"]
    languages = ("en",)
