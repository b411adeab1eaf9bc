"""All discovery sources, in the order in which a run queries them."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Final

from corpnews.discovery import Source
from corpnews.discovery.sources.feed_source import FeedSource, WellKnownFeedSource
from corpnews.discovery.sources.listing_source import ListingSource
from corpnews.discovery.sources.rendered_listing_source import RenderedListingSource
from corpnews.discovery.sources.sitemap_source import SitemapSource
from corpnews.platforms.aem import AemSource
from corpnews.platforms.cision import CisionSource
from corpnews.platforms.content_services import ContentfulSource, SanitySource
from corpnews.platforms.drupal import DrupalSource
from corpnews.platforms.hanweb import HanwebSource
from corpnews.platforms.investorroom import InvestorRoomSource
from corpnews.platforms.jsp_list import JspListSource
from corpnews.platforms.mynewsdesk import MynewsdeskSource
from corpnews.platforms.notified import NotifiedSource
from corpnews.platforms.prezly import PrezlySource
from corpnews.platforms.prtimes import PrTimesSource
from corpnews.platforms.q4 import Q4Source
from corpnews.platforms.sitecore import SitecoreSource
from corpnews.platforms.trs import TrsSource
from corpnews.platforms.webplus import WebplusSource
from corpnews.platforms.wordpress import WordPressSource

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINT_GROUP: Final = "corpnews.sources"
# First the sources that deliver the text of the articles
PLATFORM_SOURCES: Final[tuple[Source, ...]] = (
    Q4Source(),
    WordPressSource(),
    CisionSource(),
    PrezlySource(),
    PrTimesSource(),
    SitecoreSource(),
    ContentfulSource(),
    SanitySource(),
    AemSource(),
    NotifiedSource(),
    InvestorRoomSource(),
    MynewsdeskSource(),
    DrupalSource(),
    HanwebSource(),
    TrsSource(),
    WebplusSource(),
    JspListSource(),
)
# First the cheapest and most complete, last the last resorts
_GENERIC_SOURCES: Final[tuple[Source, ...]] = (
    FeedSource(),
    ListingSource(),
    RenderedListingSource(),
    SitemapSource(),
    WellKnownFeedSource(),
)


@cache
def load_sources() -> tuple[Source, ...]:
    """The sources of platforms, those of installed packages (entry points of the group corpnews.sources), and generic ones.

    Raises ValueError if an entry point is not a subclass of Source or has the name of another source.
    """
    known = {source.name for source in (*PLATFORM_SOURCES, *_GENERIC_SOURCES)}
    installed = []
    for entry_point in entry_points(group=ENTRY_POINT_GROUP):
        source = _load_entry_point(entry_point)
        if source.name in known:
            raise ValueError(
                f"entry point {entry_point.name!r} of {ENTRY_POINT_GROUP}: a source is named {source.name!r} already"
            )
        known.add(source.name)
        installed.append(source)
    return (*PLATFORM_SOURCES, *installed, *_GENERIC_SOURCES)


def _load_entry_point(entry_point: EntryPoint) -> Source:
    described = f"entry point {entry_point.name!r} of {ENTRY_POINT_GROUP}: {entry_point.value}"
    try:
        found = entry_point.load()
        source = found() if isinstance(found, type) and issubclass(found, Source) else None
    except Exception as error:  # noqa: BLE001 - another package's code runs here
        raise ValueError(f"{described} cannot be loaded ({type(error).__name__}: {error})") from None
    if source is None or not isinstance(getattr(source, "name", None), str):
        raise ValueError(f"{described} is not a subclass of corpnews.discovery.source.Source with a name")
    return source
