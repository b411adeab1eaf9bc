"""RSS, Atom, RDF and JSON feeds: the newest articles, with their titles and dates."""

from corpnews.discovery.feeds.feed_source import FeedSource, WellKnownFeedSource

__all__ = ["FeedSource", "WellKnownFeedSource"]
