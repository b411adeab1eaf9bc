"""Where lines are written: under a hidden name, renamed when the run ends, so that no reader meets half a file."""

from corpnews.feeds.part_file import PartFile, create_part_file, find_unfinished
from corpnews.feeds.storage import PartFileStorage, uri_params, write_atomically

__all__ = ["PartFile", "PartFileStorage", "create_part_file", "find_unfinished", "uri_params", "write_atomically"]
