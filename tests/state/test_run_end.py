"""What a run leaves: template, verdict, and the uploads that its lines are in."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from corpnews.extraction.site_template import SiteTemplate
from corpnews.page.page import Page
from corpnews.state.pending import PendingWrites, hash_page_key
from tests.state.releases import BODY, MONDAY, TUESDAY, WEDNESDAY, OpenRun, body_of, find_article, release, visit

if TYPE_CHECKING:
    from corpnews.state import Store

URL = "https://acme.example/news/1"


def test_template_and_what_was_learned_are_kept(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        template = SiteTemplate()
        template.observe(Page.from_html("<p>Acme builds turbines.</p>", URL))
        run.journal.save_learned(template.to_bytes(), {"ways": ["sitemap", "feed"]})
        run.journal.finish(MONDAY, "ok", [], {})
    with closing(OpenRun(store, "acme", TUESDAY)) as run, closing(OpenRun(store, "other", MONDAY)) as other:
        assert (run.history.read_template().pages, run.history.read_learned()) == (1, {"ways": ["sitemap", "feed"]})
        assert (other.history.read_template().pages, other.history.read_learned()) == (0, {})


def test_runs_end_with_a_verdict_and_are_remembered(store: Store) -> None:
    for number in range(1, 4):
        run = OpenRun(store, "acme", MONDAY)
        run.journal.add_article(release(number))
        run.journal.finish(TUESDAY, "ok", ["all is well"], {"articles": number, "coverage": {"body": 0.5}})
    with closing(OpenRun(store, "acme", WEDNESDAY)) as run:
        before = run.history.past_runs(2)
        assert [each.counts["articles"] for each in before] == [3, 2]
        assert (before[0].started, before[0].ended) == (MONDAY, TUESDAY)
        assert (before[0].verdict, before[0].reasons) == ("ok", ("all is well",))
        assert body_of(run, release(3).id) == BODY  # what waited was written
        assert [each.verdict for each in store.past_runs("acme")] == [None, "ok", "ok", "ok"]
    assert store.past_runs("no such newsroom") == []


def test_old_runs_are_forgotten_but_for_the_last_ones(store: Store) -> None:
    for number in range(30):
        run = OpenRun(store, "acme", MONDAY + timedelta(hours=number))
        run.journal.finish(MONDAY + timedelta(hours=number), "ok", [], {})
    OpenRun(store, "other", MONDAY).journal.finish(MONDAY, "ok", [], {})
    run = OpenRun(store, "acme", WEDNESDAY)
    run.journal.finish(WEDNESDAY, "ok", [], {}, oldest_run=MONDAY + timedelta(hours=4))
    assert len(store.past_runs("acme", 50)) == 27
    run = OpenRun(store, "acme", WEDNESDAY)
    run.journal.finish(WEDNESDAY, "ok", [], {}, oldest_run=WEDNESDAY)
    assert len(store.past_runs("acme", 50)) == 20
    assert len(store.past_runs("other", 50)) == 1


def test_upload_that_is_there_makes_known_what_it_holds(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        for number in (1, 2, 3):
            stage(run, number)
        run.journal.begin_upload("s3://press/a", 10, [release(1).id, release(2).id])
        run.journal.begin_upload("s3://press/b", 20, [release(2).id, release(3).id])
    with closing(OpenRun(store, "acme", TUESDAY)) as later:
        uploads = later.history.find_uploads()
        assert [(each.uri, each.size) for each in uploads] == [("s3://press/a", 10), ("s3://press/b", 20)]
        assert later.journal.recover_uploads(uploads, {"s3://press/a"}) == 1  # the second is not in all of its files
        assert find_article(later) == replace(find_article(later), id=release(1).id, due=TUESDAY, last_seen=MONDAY)
        assert body_of(later, release(1).id) == BODY
        assert body_of(later, release(2).id) is None
        assert later.history.find_uploads() == []


def test_upload_is_forgotten_when_all_of_it_is_known(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        for number in (1, 2):
            stage(run, number)
        run.journal.begin_upload("s3://press/a", 10, [release(1).id, release(2).id])
        run.journal.end_upload("s3://press/a", [release(1).id, release(2).id])
        run.journal.commit(release(1).id)
        run.journal.flush()
        assert len(run.history.find_uploads()) == 1
        run.journal.commit(release(2).id)
        run.journal.flush()
        assert run.history.find_uploads() == []


def stage(run: OpenRun, number: int) -> None:
    page = visit(number)
    staged = PendingWrites(articles={page.article or "": release(number)}, visits={hash_page_key(page.key): page})
    run.journal._staged[page.article or ""] = staged  # noqa: SLF001 - articles are staged from pages
