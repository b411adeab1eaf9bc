"""Feed storage: lines are written under a hidden name and renamed when complete, so that no reader meets half a file.

What is changed here: where and how output files are written.
"""

from corpnews.feeds.part_file import PartFile, create_part_file, find_unfinished, write_atomically
from corpnews.feeds.storage import PartFileStorage, uri_params

__all__ = ["PartFile", "PartFileStorage", "create_part_file", "find_unfinished", "uri_params", "write_atomically"]
