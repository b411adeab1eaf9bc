from corpnews import NewsroomSpider


class AuxGroup(NewsroomSpider):
    """AUX Group, air conditioners and electric equipment, from China."""

    name = "auxgroup"
    company = "AUX Group"
    start_urls = ["http://en.auxgroup.com/about/news/media/"]
    languages = ("en",)
