"""RSS, Atom, RDF and JSON feeds: the newest articles, with their titles and dates."""

from corpnews.discovery.feeds.ways import Feeds, WellKnownFeeds

__all__ = ["Feeds", "WellKnownFeeds"]
