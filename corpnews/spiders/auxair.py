from corpnews import NewsroomSpider


class AuxAir(NewsroomSpider):
    """AUX Group's air-conditioning arm, its newsroom for Thailand."""

    name = "auxair"
    company = "AUX Air"
    start_urls = ["https://www.auxair.com/th/en/new-events/"]
    languages = ("en",)
