"""The package with models that never saw a set of newsrooms, to crawl these as newsrooms that nobody has seen."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from tests.benchmarks import fit_candidates, fit_page_kinds
from tests.benchmarks.truth import NEWSROOM_SETS, newsroom_folders
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MADE_SETS = ("shapes",)


def write_packages(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield each set of newsrooms with a folder that holds `corpnews`, its models fitted without that set and the made ones.

    The models are those of listing candidates, fitted to the other set and to generated newsrooms, and of page kinds, fitted to
    the other set and to the truth sets of articles.
    """
    candidates, pages = fit_candidates.read_rows(), fit_page_kinds.read_rows()
    for name in NEWSROOM_SETS:
        hidden = {site.name for unseen in (name, *MADE_SETS) for site in newsroom_folders(unseen)}
        package = folder / name / "corpnews"
        shutil.copytree(ROOT / "corpnews", package, ignore=shutil.ignore_patterns("__pycache__"))
        known = [row for row in candidates if row.corpus not in (name, *MADE_SETS)]
        weights = {fit_candidates.WEIGHTS: fit_candidates.fit_weights(known)}
        kinds = fit_page_kinds.fit_weights([row for row in pages if row.site not in hidden])
        for path, model in (*weights.items(), (fit_page_kinds.WEIGHTS, kinds)):
            (package / path.relative_to(ROOT / "corpnews")).write_text(json.dumps(model), encoding="utf-8")
        yield name, package.parent
