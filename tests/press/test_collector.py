"""The collector's run: what is stored when, with the engine's two ends replaced; test_tasks.py runs the real thing."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from nhipcau.newswire import reading, sources
from nhipcau.newswire.records import Document, InputProblem, Rejection
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources import FeedState
from nhipcau.press import collector
from nhipcau.press.domain.collecting import claim_sources
from nhipcau.press.domain.outlets import register_outlet, register_source
from nhipcau.press.models import Article, Collection, Refusal, Source, SourceHealth
from tests.support.articles import ACTOR, make_record

ENTRIES = 7


class KilledError(BaseException):
    """The process is gone: nothing catches it."""


def url(feed, entry):
    return f"https://h{feed}.example/{entry}"


class Press:
    """Two feeds of seven entries each; the third entry of each is no article. Remembers what was fetched."""

    def __init__(self):
        self.records = {
            url(feed, entry): make_record(url=url(feed, entry), host=f"h{feed}.example")
            for feed in (1, 2)
            for entry in range(ENTRIES)
        }
        self.fetched = []
        self.asked = []

    def collect(self, subscriptions, *, fetcher, known, again):
        """As the engine: pages in turn, each feed's problems and state after everything else of it."""
        subscriptions = list(subscriptions)
        self.asked.append([(s.url, s.etag) for s in subscriptions])
        for entry in range(ENTRIES):
            for subscription in subscriptions:
                address = subscription.url.replace("feed", str(entry))
                if known(address):
                    continue
                self.fetched.append(address)
                yield Document(url=address, body=b"", origin=f"{subscription.url}:{entry}")
        for subscription in subscriptions:
            broken = Sentence("It ends before it is complete (line {line}).", line=8)
            yield InputProblem(source=subscription.url, message=broken)
            yield FeedState(
                url=subscription.url,
                status=200,
                etag='"1"',
                last_modified=None,
                entries=ENTRIES,
                new=ENTRIES,
                error=broken if "h2" in subscription.url else None,
            )

    def in_workers(self, items, work, *, jobs):
        """As the engine, but reading two items ahead in this process."""
        waiting = []
        for item in items:
            waiting.append(item)
            if len(waiting) > 2:
                yield self.prepared(waiting.pop(0))
        for item in waiting:
            yield self.prepared(item)

    def prepared(self, document):
        if document.url.endswith("/2"):
            return document, Rejection(url=document.url, origin=document.origin, reason="too_short", detail="31")
        return document, self.records[document.url]


@pytest.fixture
def press(as_system, monkeypatch):
    made = Press()
    monkeypatch.setattr(sources, "collect", made.collect)
    monkeypatch.setattr(reading, "in_workers", made.in_workers)
    monkeypatch.setattr(collector, "BATCH", 3)
    for feed in (1, 2):
        outlet = register_outlet(actor=ACTOR, host=f"h{feed}.example", name=f"H{feed}")
        register_source(actor=ACTOR, outlet=outlet, url=f"https://h{feed}.example/feed")
    return made


def run():
    return collector.collect_from(claim_sources(actor=ACTOR, everything=True), actor=ACTOR)


def stored():
    """What the press room holds that does not depend on when or in how many runs it came."""
    return (
        sorted(Article.objects.values_list("url", "title")),
        sorted(Refusal.objects.values_list("url", "reason", "source__url")),
        sorted(Source.objects.values_list("url", "etag", "failures")),
    )


def test_a_run_stores_everything_and_counts_it(press):
    collection = run()

    assert (collection.sources, collection.documents, collection.articles, collection.known) == (2, 14, 12, 0)
    assert collection.rejected == {"too_short": 2}
    assert collection.problem_count == 2
    assert collection.finished_at is not None
    assert Article.objects.count() == 12
    assert set(Refusal.objects.values_list("source__url", flat=True)) == {
        "https://h1.example/feed",
        "https://h2.example/feed",
    }


def test_a_run_leaves_each_source_in_its_state(press):
    before = timezone.now()

    run()

    good, bad = Source.objects.order_by("url")
    assert (good.health, good.etag, good.claimed_until) == (SourceHealth.WORKING, '"1"', None)
    with translation.override("en"):
        assert (bad.health, bad.last_error) == (SourceHealth.FAILING, "It ends before it is complete (line 8).")
    assert good.next_due - before < bad.next_due - before
    assert json.loads(json.dumps(Collection.objects.get().problems)) == Collection.objects.get().problems


def test_a_second_run_fetches_nothing_again(press):
    run()
    fetched = list(press.fetched)

    again = run()

    assert press.fetched == fetched
    assert (again.documents, again.articles) == (0, 0)
    assert press.asked[1] == [("https://h1.example/feed", '"1"'), ("https://h2.example/feed", None)]


@pytest.mark.parametrize("step", range(1, 15))
def test_a_killed_run_loses_nothing_and_does_nothing_twice(press, monkeypatch, step):
    """Killed after each document in turn: together with the next run it stores what one run would have stored."""
    take, taken = collector.Run.take, []

    def killed(self, prepared):
        taken.append(prepared)
        if len(taken) == step:
            raise KilledError
        take(self, prepared)

    with monkeypatch.context() as patch:
        patch.setattr(collector.Run, "take", killed)
        with pytest.raises(KilledError):
            run()
    kept = set(Article.objects.values_list("url", flat=True))
    first = list(press.fetched)
    Source.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))

    run()

    assert not kept & set(press.fetched[len(first) :])
    articles, refusals, states = stored()
    assert articles == sorted((address, r.title) for address, r in press.records.items() if not address.endswith("/2"))
    assert refusals == [
        (url(1, 2), "too_short", "https://h1.example/feed"),
        (url(2, 2), "too_short", "https://h2.example/feed"),
    ]
    assert [etag for _, etag, _ in states] == ['"1"', ""]
    unfinished = Collection.objects.get(finished_at=None)
    assert unfinished.documents == unfinished.articles + unfinished.rejected_count


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_run_killed_around_the_state_of_a_source_asks_it_again(press, monkeypatch, moment):
    mark = collector.mark_source_collected

    def killed(**given):
        if moment == "after":
            mark(**given)
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(collector, "mark_source_collected", killed)
        with pytest.raises(KilledError):
            run()
    fetched = list(press.fetched)

    run()

    assert press.fetched == fetched
    assert Article.objects.count() == 12
    assert [etag for _, etag, _ in stored()[2]] == ['"1"', ""]


def test_the_state_of_a_source_is_kept_only_after_all_it_gave(press, monkeypatch):
    marked, mark = [], collector.mark_source_collected

    def watched(**given):
        marked.append((given["source"].url, Article.objects.filter(outlet=given["source"].outlet).count()))
        return mark(**given)

    monkeypatch.setattr(collector, "mark_source_collected", watched)

    run()

    assert marked == [("https://h1.example/feed", 6), ("https://h2.example/feed", 6)]
