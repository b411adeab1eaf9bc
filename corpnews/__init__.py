"""Every release of a company's newsroom, once, as one clean JSON line."""

__version__ = "0.1.0"

from corpnews.api import extract, learn_template
from corpnews.extraction.extract import NotAnArticle
from corpnews.extraction.site_template import SiteTemplate
from corpnews.items import Article

__all__ = ["Article", "NotAnArticle", "SiteTemplate", "extract", "learn_template"]
