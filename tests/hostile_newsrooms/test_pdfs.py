"""PDF releases, some of them invalid: the valid ones are exported, each invalid one costs one log line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers import Answer, headline
from tests.hostile_newsrooms.hostile_answers import (
    build_endless_answer,
    crawl_bounded,
    get_headlines,
    get_release_headlines,
    get_warnings,
    truncate_answer,
)
from tests.pdf.test_reader import encrypted
from tests.pdfs import release

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers import Site

PDF = {"Content-Type": "application/pdf"}
# The responses in place of a PDF, and the reasons in the log.
BAD = {
    "broken": (Answer(b"%PDF-1.7\n" + bytes(range(256)) * 40, headers=PDF), "the PDF is broken"),
    "encrypted": (Answer(encrypted(), headers=PDF), "the PDF is encrypted"),
    "no PDF": (Answer(b"Acme opens its turbine plant", headers=PDF), "the file is no PDF"),
    "nothing": (Answer(b"", headers=PDF), "the file is no PDF"),
    "half of it": (truncate_answer(Answer(release(3), headers=PDF)), "broken off before the end"),
    "gone": (Answer(b"", 404), "HTTP 404"),
    "a page": (Answer(b"<!doctype html><title>Sorry</title><h1>Sorry</h1><p>You are no reader of ours."), "no article"),
    "no end": (build_endless_answer(b"%PDF-1.7\n", b"% nothing\n", "application/pdf"), "too large"),
}


def test_invalid_pdf_costs_one_line(site: Site, tmp_path: Path) -> None:
    answers = [Answer(release(3), headers=PDF)] * 4 + [answer for answer, _ in BAD.values()]
    items = ""
    for number, answer in enumerate(answers, 1):
        path = f"/files/acme-turbine-plant-number-{number}.pdf"
        site.pages[path] = answer
        items += f"<li><time>2024-05-{28 - number:02}</time> <a href='{path}'>{headline(number)}</a></li>"
    site.page("/news/", f"<h1>News</h1><ul>{items}</ul>", "News")
    run = crawl_bounded(site, tmp_path, "-s", "DOWNLOAD_MAXSIZE=2000000", "-s", "RETRY_TIMES=0")
    assert run.code == 3, run.log
    assert "degraded: 7 of 11 pages could not be fetched, 4 of them lead elsewhere" in run.last_line
    assert "1 release was not to be seen: another page in its place (1)" in run.last_line
    assert "Traceback" not in run.log
    assert get_headlines(run) == get_release_headlines(4)
    for number, (_, reason) in enumerate(BAD.values(), 5):
        (line,) = [each for each in get_warnings(run) if "Skipped" in each and f"number-{number}.pdf" in each]
        assert reason in line
