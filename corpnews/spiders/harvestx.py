from corpnews import NewsroomSpider


class HarvestX(NewsroomSpider):
    """HarvestX, robots for plant factories, from Japan."""

    name = "harvestx"
    company = "HarvestX Inc."
    start_urls = ["http://harvestx.jp/news/"]
    languages = ("ja", "en")
