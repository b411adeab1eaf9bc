from __future__ import annotations

import resource
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from corpnews.state import ArticleRecord, KnownArticle, Store, StoreError, Validators
from tests.state.releases import BODY, MONDAY, TUESDAY, WEDNESDAY, OpenRun, body_of, find_article, record, release, told, visit

if TYPE_CHECKING:
    from pathlib import Path


KEY = "acme.example/news/1"
URL = f"https://{KEY}"
STORY = " ".join(f"On day {day} the workers of hall {day * 7} moved turbine {day * 3} to the yard." for day in range(1, 12))


def others(run: OpenRun, article: ArticleRecord) -> list[str]:
    return [each.id for each in run.similar(article) if each.id != article.id]


def test_new_store_knows_nothing(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        assert (run.history.find_pages([KEY, "acme.example/news/2"]), run.history.find_due(WEDNESDAY, 10)) == ({}, [])
        assert run.history.past_runs() == []
        assert (run.history.read_template().pages, run.history.read_learned(), body_of(run, "no such id")) == (0, {}, None)


def test_nothing_is_known_before_it_is_flushed(store: Store, address: str) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        run.journal.add_article(release())
        run.journal.add_visit(visit())
        assert (run.journal.pending_count, run.history.find_pages([KEY])) == (2, {})
        run.journal.flush()
        assert run.journal.pending_count == 0
    with closing(OpenRun(Store.open(address), "acme", TUESDAY)) as later:
        assert set(later.history.find_pages([KEY, "acme.example/news/2"])) == {KEY}


def test_what_is_not_flushed_ends_with_the_run(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        run.journal.add_article(release())
        run.journal.add_visit(visit())
    with closing(OpenRun(store, "acme", TUESDAY)) as later:
        assert later.history.find_pages([KEY]) == {}


def test_known_article_is_as_it_was_recorded(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        record(run, 1)
        known = run.history.find_pages([KEY])[KEY]
        assert (known.checked, known.validators) == (MONDAY, visit().validators)
        assert known.article == KnownArticle(
            id=release().id,
            url="https://acme.example/news/1",
            headline="Acme opens plant 1",
            language="en",
            date_published="2026-11-20",
            content_hash="hash of 1",
            status="new",
            version=1,
            duplicate_of=None,
            first_seen=MONDAY,
            last_seen=MONDAY,
            checked=MONDAY,
            due=TUESDAY,
            missing=0,
            missing_in=None,
        )
        assert body_of(run, release().id) == BODY


def test_writing_again_changes_nothing(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        record(run, 1, 2)
        once = run.history.find_pages([KEY])
        record(run, 1, 2)
        assert run.history.find_pages([KEY]) == once
        assert [each.id for each in run.history.find_due(WEDNESDAY, 10)] == [release(1).id, release(2).id]


def test_changed_article_keeps_the_day_on_which_it_was_first_seen(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        record(run, 1)
        changed = release(body="It opens in autumn.", content_hash="other", status="updated", version=2, first_seen=TUESDAY)
        run.journal.add_article(changed)
        run.journal.add_visit(visit(at=TUESDAY, due=None))
        run.journal.flush()
        known = find_article(run)
        assert (known.status, known.version, known.content_hash) == ("updated", 2, "other")
        assert (known.first_seen, known.last_seen, known.checked, known.due) == (MONDAY, TUESDAY, TUESDAY, None)
        assert body_of(run, changed.id) == "It opens in autumn."


def test_page_that_shows_no_article_is_remembered(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        run.journal.add_visit(visit(article=None, validators=Validators(etag='W/"7"')))
        run.journal.flush()
        known = run.history.find_pages([KEY])[KEY]
        assert (known.article, known.validators) == (None, Validators('W/"7"'))


def test_article_is_known_by_each_address_that_led_to_it(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        record(run, 1)
        run.journal.add_visit(visit(key="acme.example/moved/1"))
        run.journal.flush()
        assert find_article(run, "acme.example/moved/1") == find_article(run)


def test_newsrooms_know_their_own_pages_alone(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run, closing(OpenRun(store, "other", MONDAY)) as other:
        record(run, 1)
        assert (other.history.find_pages([KEY]), other.history.find_due(WEDNESDAY, 10)) == ({}, [])


def test_listed_articles_were_seen_and_not_looked_at(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        record(run, 1, 2)
        run.journal.now = WEDNESDAY
        run.journal.mark_listed([release(1).id])
        run.journal.flush()
        assert (find_article(run).last_seen, find_article(run).checked) == (WEDNESDAY, MONDAY)
        assert find_article(run, "acme.example/news/2").last_seen == MONDAY


def test_longest_overdue_articles_come_first_and_no_more_than_asked_for(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        record(run, 1, 2, 3)
        run.journal.add_visit(visit(2, due=MONDAY))
        run.journal.add_visit(visit(3, due=None))
        run.journal.flush()
        assert [each.id for each in run.history.find_due(TUESDAY, 10)] == [release(2).id, release(1).id]
        assert [each.id for each in run.history.find_due(TUESDAY, 1)] == [release(2).id]
        assert [each.id for each in run.history.find_due(MONDAY, 10)] == [release(2).id]


def test_article_missing_in_two_runs_is_withdrawn_and_not_due_again(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        record(run, 1)
        for _ in range(2):  # twice in one run is once
            run.journal.now = TUESDAY
            run.journal.record_gone(URL, run.history.find_page(URL))
            assert run.journal.record_missing() == []
            run.journal.flush()
        assert (find_article(run).status, find_article(run).missing, find_article(run).due) == ("new", 1, TUESDAY)
    with closing(OpenRun(store, "acme", WEDNESDAY)) as later:
        later.journal.record_gone(URL, later.history.find_page(URL))
        assert later.journal.record_missing() == [find_article(later)]
        later.journal.flush()
        assert find_article(later).status == "new"  # its line is not written yet
        later.journal.commit(release(1).id)
        later.journal.flush()
        assert (find_article(later).status, find_article(later).missing, find_article(later).due) == ("withdrawn", 2, None)
        assert find_article(later).last_seen == MONDAY


def test_article_that_is_there_again_was_never_missing(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        record(run, 1)
        run.journal.record_gone(URL, run.history.find_page(URL))
        run.journal.record_missing()
        run.journal.flush()
        run.journal.add_visit(visit(at=WEDNESDAY))
        run.journal.flush()
        assert (find_article(run).missing, find_article(run).missing_in) == (0, None)


def test_candidates_come_from_all_newsrooms_and_from_what_waits(store: Store) -> None:
    sought = told(9, STORY)
    with closing(OpenRun(store, "acme", MONDAY)) as run, closing(OpenRun(store, "wire", MONDAY)) as wire:
        run.journal.add_article(told(1, STORY))
        run.journal.add_article(release(2))
        run.journal.flush()
        wire.journal.add_article(told(3, f"NORDVIK (Acme Wire) – {STORY}", headline="Plant opens", language="nb"))
        found = wire.similar(sought)
        assert [(each.id, each.newsroom) for each in found] == [(release(1).id, "acme"), (release(3).id, "wire")]
        assert (found[1].headline, found[1].language) == ("Plant opens", "nb")
        assert found[0].body == STORY
        wire.journal.flush()
        assert {each.id for each in run.similar(sought)} == {release(1).id, release(3).id}


def test_article_is_no_candidate_for_itself_nor_is_a_duplicate(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        for _ in range(2):
            run.journal.add_article(told(1, STORY))
            run.journal.add_article(told(2, STORY, duplicate_of=release(1).id))
            assert others(run, told(1, STORY)) == []
            run.journal.flush()
        assert others(run, told(1, STORY)) == []


def test_likeliest_candidates_come_first_and_few_of_many(store: Store) -> None:
    sought = told(1, STORY).hashes
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        for number in range(1, 200):
            run.journal.add_article(release(number, hashes=sought[1:2]))
        run.journal.add_article(release(300, hashes=sought[1:4]))
        run.journal.add_article(release(301, hashes=sought[1:2]))
        run.journal.flush()
        found = run.similar(release(302, hashes=sought), most=3)
        assert [each.id for each in found] == [release(number).id for number in (300, 301, 199, 198)]


def test_failed_write_leaves_all_waiting_and_nothing_written(store: Store, address: str) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        run.journal.add_article(release())
        run.journal.add_visit(visit())
        rename(address, "corpnews_pages", "away")
        with pytest.raises(StoreError, match=r"^the store cannot be written: .*corpnews_pages[^\n]*$"):
            run.journal.flush()
        assert (run.journal.pending_count, body_of(run, release().id)) == (2, None)
        rename(address, "away", "corpnews_pages")
        run.journal.flush()
        assert find_article(run).id == release().id


def test_full_disk_fails_loudly_and_leaves_the_store_whole(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite3"
    with closing(OpenRun(Store.open(file), "acme", MONDAY)) as run:
        record(run, 1)
        for number in range(2, 500):
            run.journal.add_article(release(number, body=f"{number} " * 10_000))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))  # no file may grow beyond that
        try:
            with pytest.raises(StoreError, match=r"^the store cannot be written: (disk I/O error|database or disk is full)$"):
                run.journal.flush()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert (body_of(run, release(1).id), body_of(run, release(2).id)) == (BODY, None)
        run.journal.flush()
        assert body_of(run, release(499).id) == "499 " * 10_000


def rename(address: str, table: str, new: str) -> None:
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO {new}"))
    engine.dispose()


def test_any_text_can_be_kept(store: Store) -> None:
    odd = "NUL \0, half a character \ud83d, a whole one 🏭, ' \" ; --"
    kept = "NUL , half a character , a whole one 🏭, ' \" ; --"
    with closing(OpenRun(store, f"acme {kept}", MONDAY)) as run:
        run.journal.add_article(release(body=odd, headline=odd, url=f"https://acme.example/{'x' * 100_000}"))
        run.journal.add_visit(visit(key=odd * 5000, validators=Validators("e" * 5000, "not\na date")))
        run.journal.flush()
        known = run.history.find_pages([odd * 5000])[odd * 5000]
        assert (known.article and known.article.headline, known.validators) == (kept, Validators(None, None))
        assert body_of(run, release().id) == odd.replace("\ud83d", "")


def test_thousands_of_links_are_looked_up(store: Store) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        record(run, *range(2500))
        found = run.history.find_pages([f"acme.example/news/{number}" for number in range(5000)])
        ids = sorted(each.article.id for each in found.values() if each.article)
        assert ids == [release(number).id for number in range(2500)]
