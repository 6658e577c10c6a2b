import json
from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau.access import PermissionDeniedError
from nhipcau.audit.models import Entry
from nhipcau.newswire.records import InputProblem, Rejection
from nhipcau.press import queries
from nhipcau.press.domain import collecting
from nhipcau.press.domain.collecting import (
    POLL_AT_LEAST_EVERY,
    POLL_EVERY,
    claim_sources,
    finish_collection,
    mark_source_collected,
    record_collected,
    start_collection,
)
from nhipcau.press.domain.outlets import register_outlet, register_source
from nhipcau.press.models import Article, Collection, Refusal, Source, SourceHealth
from nhipcau.press.queries.coverage import REFUSED_FOR, TRIES
from tests.support.articles import ACTOR, make_record

pytestmark = pytest.mark.both_databases


def make_source(number=1, **fields):
    outlet = register_outlet(actor=ACTOR, host=f"h{number}.example", name=f"H{number}")
    source = register_source(actor=ACTOR, outlet=outlet, url=f"https://h{number}.example/feed")
    if fields:
        Source.objects.filter(pk=source.pk).update(**fields)
    return Source.objects.get(pk=source.pk)


def refused(url="https://a.example/x", reason="too_short"):
    return Rejection(url=url, origin="feed entry 1", reason=reason, detail="42 characters")


def test_claim_takes_what_is_due_and_free(as_system):
    now = timezone.now()
    due = make_source(1)
    make_source(2, next_due=now + timedelta(minutes=5))
    make_source(3, active=False)
    make_source(4, claimed_until=now + timedelta(minutes=1))
    left_behind = make_source(5, claimed_until=now - timedelta(minutes=1))

    assert {source.pk for source in claim_sources(actor=ACTOR)} == {due.pk, left_behind.pk}
    assert claim_sources(actor=ACTOR) == []


def test_claim_of_everything_asks_neither_clock_nor_holder(as_system):
    now = timezone.now()
    later = make_source(1, next_due=now + timedelta(hours=5))
    held = make_source(2, claimed_until=now + timedelta(minutes=1))
    make_source(3, active=False)

    assert {source.pk for source in claim_sources(actor=ACTOR, everything=True)} == {later.pk, held.pk}


def test_record_collected_counts_every_document_once(as_system):
    source = make_source()
    run = start_collection(actor=ACTOR, sources=[source])
    record = make_record()
    problem = InputProblem(source="feed", message="breaks off")

    record_collected(actor=ACTOR, collection=run, articles=[record], rejections=[refused(), refused(reason="not_html")])
    record_collected(actor=ACTOR, collection=run, articles=[record], rejections=[refused()], problems=[problem])
    run = finish_collection(actor=ACTOR, collection=run)

    assert (run.sources, run.documents, run.articles, run.known) == (1, 5, 1, 1)
    assert run.rejected == {"not_html": 1, "too_short": 2}
    assert run.articles + run.known + run.rejected_count == run.documents
    assert (run.problem_count, run.problems) == (1, [["feed", "breaks off"]])
    assert Article.objects.get().collection == run
    assert list(Refusal.objects.values_list("reason", "collection").order_by("pk")) == [
        ("too_short", run.pk),
        ("not_html", run.pk),
        ("too_short", run.pk),
    ]
    assert run.finished_at is not None


def test_record_collected_stores_a_batch_whole_or_not_at_all(as_system, monkeypatch):
    run = start_collection(actor=ACTOR, sources=[])
    monkeypatch.setattr(collecting, "Counter", None)

    with pytest.raises(TypeError):
        record_collected(actor=ACTOR, collection=run, articles=[make_record()], rejections=[refused()])

    assert not Article.objects.exists()
    assert not Refusal.objects.exists()
    assert Collection.objects.get().documents == 0


def test_record_collected_keeps_a_bounded_number_of_problems_and_counts_all(as_system):
    run = start_collection(actor=ACTOR, sources=[])

    record_collected(actor=ACTOR, collection=run, problems=[InputProblem(source="s", message="m")] * 300)

    run.refresh_from_db()
    assert (run.problem_count, len(run.problems)) == (300, collecting.MAX_PROBLEMS)


def test_record_collected_holds_the_sources_longer(as_system):
    source = make_source(1, claimed_until=timezone.now() + timedelta(seconds=5))
    run = start_collection(actor=ACTOR, sources=[source])

    record_collected(actor=ACTOR, collection=run, sources=[source])

    source.refresh_from_db()
    assert source.claimed_until > timezone.now() + timedelta(minutes=4)


def test_a_source_waits_longer_with_each_failure_and_recovers(as_system):
    source, at = make_source(), timezone.now()
    waits = []
    for _ in range(8):
        source = mark_source_collected(actor=ACTOR, source=source, at=at, status=None, error="did not answer")
        waits.append(source.next_due - at)
    assert waits == [POLL_EVERY * 2**n for n in range(1, 6)] + [POLL_AT_LEAST_EVERY] * 3

    source = mark_source_collected(actor=ACTOR, source=source, at=at, status=200, etag='"1"', last_modified="x")

    assert (source.next_due, source.failures, source.last_error) == (at + POLL_EVERY, 0, "")
    assert (source.etag, source.last_modified, source.last_status) == ('"1"', "x", 200)
    assert source.claimed_until is None


def test_a_failure_keeps_what_the_last_good_answer_said(as_system):
    source, at = make_source(), timezone.now()
    mark_source_collected(actor=ACTOR, source=source, at=at, status=200, etag='"1"')

    source = mark_source_collected(actor=ACTOR, source=source, at=at, status=500, error="Server error")

    assert (source.etag, source.last_status) == ('"1"', 500)


def test_an_overlong_header_is_not_kept(as_system):
    source = mark_source_collected(
        actor=ACTOR, source=make_source(), at=timezone.now(), status=200, etag="e" * 301, last_modified="m" * 101
    )

    assert (source.etag, source.last_modified) == ("", "")


def test_only_a_change_of_health_is_audited(as_system):
    source, at = make_source(), timezone.now()
    for error in ("", "", "no answer", "no answer", ""):
        mark_source_collected(actor=ACTOR, source=source, at=at, status=200, error=error)

    changes = [
        json.loads(entry.payload)["health"]
        for entry in Entry.objects.filter(verb="press.mark_source_collected").order_by("pk")
    ]
    assert changes == [
        [SourceHealth.WAITING, SourceHealth.WORKING],
        [SourceHealth.WORKING, SourceHealth.FAILING],
        [SourceHealth.FAILING, SourceHealth.WORKING],
    ]


def test_an_address_is_known_once_stored_or_while_its_rejection_is_fresh(as_system):
    run = start_collection(actor=ACTOR, sources=[])
    record, now = make_record(), timezone.now()
    record_collected(actor=ACTOR, collection=run, articles=[record], rejections=[refused("https://a.example/short")])

    assert queries.is_known(record.url, now)
    assert queries.is_known("https://a.example/short", now)
    assert not queries.is_known("https://a.example/short", now + REFUSED_FOR + timedelta(minutes=1))
    assert not queries.is_known("https://a.example/new", now)


def test_a_rejected_address_is_given_up_after_three_times(as_system):
    run = start_collection(actor=ACTOR, sources=[])
    for _ in range(TRIES):
        record_collected(actor=ACTOR, collection=run, rejections=[refused("https://a.example/short")])

    assert queries.is_known("https://a.example/short", timezone.now() + timedelta(days=30))


def test_collecting_is_for_analysts_and_the_system(as_system, two_offices):
    nobody, source = two_offices.ours.drafter, make_source()
    run = start_collection(actor=ACTOR, sources=[source])

    for write in (
        lambda: claim_sources(actor=nobody),
        lambda: start_collection(actor=nobody, sources=[]),
        lambda: record_collected(actor=nobody, collection=run, rejections=[refused()]),
        lambda: mark_source_collected(actor=nobody, source=source, at=timezone.now(), status=200),
        lambda: finish_collection(actor=nobody, collection=run),
    ):
        with pytest.raises(PermissionDeniedError):
            write()

    assert Collection.objects.count() == 1
    assert not Refusal.objects.exists()
