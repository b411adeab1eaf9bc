from corpnews import NewsroomSpider


class Rapid7(NewsroomSpider):
    """Rapid7, security software, from the United States."""

    name = "rapid7"
    company = "Rapid7"
    start_urls = ["http://www.rapid7.com/about/press-releases/"]
    languages = ("en", "ja")
