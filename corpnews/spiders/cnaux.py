from corpnews import NewsroomSpider


class AuxElectric(NewsroomSpider):
    """AUX Group's newsroom in Chinese."""

    name = "cnaux"
    company = "奥克斯集团"
    start_urls = ["https://www.cnaux.com/category/qyxw/"]
    languages = ("zh",)
