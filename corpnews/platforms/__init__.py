"""Sources that only the newsrooms of one vendor have, one file a vendor, and the registry of all sources.

What is changed here: a new vendor's newsrooms: add a file, and its source to source_registry.py.
"""

from corpnews.discovery.source import Source
from corpnews.platforms.aem import AemSource
from corpnews.platforms.drupal import DrupalNodesSource, DrupalViewsSource
from corpnews.platforms.equisolve import EquisolveSource
from corpnews.platforms.hanweb import HanwebSource
from corpnews.platforms.investis import InvestisSource
from corpnews.platforms.investorroom import InvestorRoomSource
from corpnews.platforms.jsp_list import JspListSource
from corpnews.platforms.mynewsdesk import MynewsdeskSource
from corpnews.platforms.notified import NotifiedSource
from corpnews.platforms.prezly import PrezlySource
from corpnews.platforms.q4 import Q4Source
from corpnews.platforms.trs import TrsSource
from corpnews.platforms.vsb import VsbSource
from corpnews.platforms.webplus import WebplusSource
from corpnews.platforms.wordpress import WordPressSource

# In the order of queries: first the sources that deliver the text of the articles.
PLATFORM_SOURCES: tuple[Source, ...] = (
    Q4Source(),
    WordPressSource(),
    PrezlySource(),
    AemSource(),
    NotifiedSource(),
    InvestorRoomSource(),
    EquisolveSource(),
    InvestisSource(),
    MynewsdeskSource(),
    DrupalNodesSource(),
    DrupalViewsSource(),
    HanwebSource(),
    TrsSource(),
    VsbSource(),
    WebplusSource(),
    JspListSource(),
)

__all__ = ["PLATFORM_SOURCES"]
