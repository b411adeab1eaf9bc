"""Where lines are written: under a hidden name, renamed when the run ends, so that no reader meets half a file."""

from corpnews.feeds.part import Part, create, leftovers
from corpnews.feeds.storage import PublishedFile, published, uri_params

__all__ = ["Part", "PublishedFile", "create", "leftovers", "published", "uri_params"]
