"""What killed runs of the newsroom left: unpublished files in folders, and files that may or may not be in a storage."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from corpnews.feeds import find_unfinished
from corpnews.feeds.stored_files import hide_credentials, read_stored_size
from corpnews.web.text import plural

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from corpnews.state import History, Journal

logger = logging.getLogger(__name__)


def publish_part_files(folder: Path | None, history: History) -> list[str]:
    """Publish what the store knows of the files that killed runs left, and keep the others in sight; returns the published.

    Raises OSError.
    """
    published = []
    known = history.unfinished_files()
    for part in find_unfinished(folder, map(Path, known)):
        size, articles = known.get(str(part.path.absolute()), (0, 0))
        if size:
            part.truncate(size)
            part.publish(append=True)
            published.append(str(part.target))
            written = plural(articles, "article")
            logger.warning("An earlier run did not come to its end; it had written %s: %s", written, part.target)
        elif part.path.stat().st_size:
            kept = part.keep_unfinished()
            logger.warning("An earlier run did not come to its end; its articles come out again, its file is kept: %s", kept)
        else:
            part.discard()
    return published


def recover_uploads(crawler: Crawler, history: History, journal: Journal) -> None:
    """Ask the storages for the files that earlier runs were about to upload; the articles of those that are there are known.

    Raises StorageRefusedError if a storage does not say whether it has a file: taken for missing, its lines would come twice.
    """
    uploads = history.find_uploads()
    if not uploads:
        return
    stored = {each.uri for each in uploads if read_stored_size(crawler, each.uri) == each.size}
    recovered = journal.recover_uploads(uploads, stored)
    for each in uploads:
        if each.uri in stored:
            logger.warning("An earlier run did not come to its end; its file is there: %s", hide_credentials(each.uri))
        else:
            logger.warning("An earlier run could not upload %s; its articles come out again", hide_credentials(each.uri))
    if recovered:
        logger.warning("%s of earlier runs are known by their files", plural(recovered, "article").capitalize())


def warn_if_forgotten(folder: Path, newsroom: str, history: History) -> None:
    """Say that the store and the newsroom's folder do not agree: one of them was deleted, or another one is meant."""
    has_lines, past = next(folder.glob("[0-9]*.jsonl"), None), history.past_runs()
    if has_lines and not past:
        line = "The store knows nothing of %s, of which %s has lines: all articles come out again. Was the store deleted?"
        logger.warning(line, newsroom, folder)
    written = [Path(file).parent.name for run in past for file in run.counts.get("files", ())]
    if not has_lines and folder.name in written and (known := history.count_articles()):
        line = "The store knows %s of %s, but %s has no lines; `scrapy forget %s` has them written again"
        logger.warning(line, plural(known, "article"), newsroom, folder, newsroom)
