"""The worker's work from a real server to a digest, through the whole engine."""

import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, timedelta

import pytest
from django.utils import timezone

from nhipcau.newswire.errors import RunError
from nhipcau.press import digesting, queries, tasks
from nhipcau.press.domain.articles import store_articles
from nhipcau.press.domain.outlets import register_outlet, register_source
from nhipcau.press.models import Article, Collection, Digest, Refusal, Source
from tests.support.articles import ACTOR, make_record
from tests.support.loopback import Page, running_site
from tests.support.people import make_office, make_person

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="{at}"></head>
<body><article><h1>{title}</h1><p>{text}</p><p>{text}</p></article></body></html>"""
ABOUT = {
    "rice": "Vietnam exported more rice than ever this year, the trade ministry in Hanoi said on Sunday, and farmers "
    "in the Mekong Delta were paid better prices for it than in any of the ten years before, according to its figures.",
    "football": "The home side won the cup final by two goals to one after extra time on Sunday, and forty thousand "
    "people watched in the stadium how their captain, who leaves the club after ten years, lifted it in the rain.",
}


@pytest.fixture
def home(settings, tmp_path, as_system):
    """An installation of its own that may read loopback addresses, without pauses."""
    settings.HOME = tmp_path
    settings.PACE = 0.0
    return tmp_path


def feed(site, *names):
    items = "".join(f"<item><title>{name}</title><link>{site.url(f'/{name}')}</link></item>" for name in names)
    body = f"<rss version='2.0'><channel><title>Paper</title>{items}</channel></rss>".encode()
    site.pages["/feed"] = Page(body, headers={"Content-Type": "application/rss+xml"})


def publish(site, name, *, text=None):
    at = timezone.now().astimezone(UTC) - timedelta(hours=3)
    site.html(f"/{name}", PAGE.format(title=name.title(), text=text or ABOUT[name], at=at.isoformat()))


@pytest.fixture
def paper(home, settings):
    """A paper with an article about Viet Nam, one about football, a stub, and a page that is gone."""
    with running_site() as site:
        settings.ALLOW_HOSTS = frozenset({site.host})
        publish(site, "rice")
        publish(site, "football")
        publish(site, "stub", text="Soon more.")
        feed(site, "rice", "football", "stub", "gone")
        outlet = register_outlet(actor=ACTOR, host=site.host, name="Paper", country="GB", sample=True)
        register_source(actor=ACTOR, outlet=outlet, url=site.url("/feed"))
        yield site


def asked(site):
    return sorted(path for path in site.paths())


def test_collecting_brings_a_newsroom_to_a_digest_and_then_asks_for_what_is_new_only(paper, office, analyst):
    tasks.collect_now()

    found = {article.title: article.relevant for article in Article.objects.all()}
    assert found == {"Rice": True, "Football": False}
    run = Collection.objects.get()
    assert (run.documents, run.articles, run.rejected) == (4, 2, {"fetch_failed": 1, "too_short": 1})
    assert set(Refusal.objects.values_list("source__url", flat=True)) == {paper.url("/feed")}
    digest = Digest.objects.get()
    assert (digest.organisation, digest.day, digest.focus, digest.sample) == (
        office,
        timezone.localdate(),
        "VN",
        True,
    )
    assert digest.counts["rejected"] == {"fetch_failed": 1, "too_short": 1}
    assert [story.title for story in queries.stories_of_digest(digest)] == ["Rice"]
    assert Article.objects.get(title="Rice").story == queries.stories_of_digest(digest)[0].story

    first = asked(paper)
    tasks.collect_due()
    assert asked(paper) == first

    Source.objects.update(next_due=timezone.now())
    tasks.collect_due()
    assert asked(paper) == sorted([*first, "/feed"])
    assert Digest.objects.get().built_at == digest.built_at

    publish(paper, "more rice", text=ABOUT["rice"].replace("rice", "coffee"))
    paper.pages["/more"] = paper.pages.pop("/more rice")
    feed(paper, "rice", "more")
    tasks.collect_now()
    assert asked(paper) == sorted([*first, "/feed", "/feed", "/more"])
    again = Digest.objects.get()
    assert (again.pk, again.counts["articles"]) == (digest.pk, digest.counts["articles"] + 1)


def store(*stories, **fields):
    now = timezone.now()
    records = [
        make_record(story_id=None, title=title, published_at=now - timedelta(hours=1), **fields) for title in stories
    ]
    store_articles(actor=ACTOR, articles=records)
    return records


def build(day, *offices):
    return digesting.build_digests(offices, day, actor=ACTOR, focus="VN")


def test_one_run_of_the_engine_serves_every_office(home, office, monkeypatch):
    from nhipcau.newswire import pipeline

    runs, run = [], pipeline.run
    monkeypatch.setattr(pipeline, "run", lambda *args, **given: runs.append(1) or run(*args, **given))
    store("Rice", "Coffee")

    ours, theirs = build(timezone.localdate(), office, make_office())

    assert len(runs) == 1
    assert ours.result_hash == theirs.result_hash
    assert ours.stories.count() == theirs.stories.count() >= 1


def test_nothing_is_built_without_articles(home, office):
    assert build(timezone.localdate(), office) == []
    assert list(home.iterdir()) == []


def test_a_day_goes_on_from_what_was_told_the_day_before(home, office):
    """The same story is news on the first day, and less so on the next."""
    today = timezone.localdate()
    store("Rice")

    (first,) = build(today, office)
    (second,) = build(today + timedelta(days=1), office)

    novelty = [digest.stories.get().score_parts["novelty"] for digest in (first, second)]
    assert novelty[0] > novelty[1]
    assert first.stories.get().story == second.stories.get().story


def test_the_memory_of_a_day_is_replaced_and_old_days_go(home, office, monkeypatch):
    monkeypatch.setattr(digesting, "MEMORY", 2)
    today = timezone.localdate()
    store("Rice")

    for days in (0, 1, 1, 2):
        build(today + timedelta(days=days), office)

    kept = sorted(folder.name for folder in (home / "digests" / "VN").iterdir())
    assert kept == [f"{today + timedelta(days=1)}.2", f"{today + timedelta(days=2)}.1"]


def test_a_damaged_memory_costs_novelty_and_no_digest(home, office, caplog):
    today = timezone.localdate()
    store("Rice")
    build(today, office)
    (home / "digests" / "VN" / f"{today}.1" / "state" / "stories.jsonl.gz").write_bytes(b"broken")

    (digest,) = build(today + timedelta(days=1), office)

    assert digest.stories.get().score_parts["novelty"] == 1.0
    assert "damaged" in caplog.text


@contextmanager
def built_elsewhere(home):
    """Another process builds digests for as long as the block lasts, then is killed."""
    folder = home / "digests" / "VN" / "work"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as held:
        assert held.stdout.readline() == "held\n"
        yield
        held.kill()


def test_two_builders_do_not_work_at_once(home, office):
    store("Rice")

    with built_elsewhere(home), pytest.raises(RunError):
        build(timezone.localdate(), office)

    assert len(build(timezone.localdate(), office)) == 1


def test_worker_leaves_the_digests_to_one_that_builds_them(home, office, analyst, caplog):
    store("Rice")

    with built_elsewhere(home):
        tasks.collect_due()

    said = [record.levelname for record in caplog.records if record.name == "nhipcau.press.tasks"]
    assert (said, Digest.objects.count()) == (["WARNING"], 0)
    tasks.collect_due()
    assert Digest.objects.count() == 1


HOLD = """
import sys
from pathlib import Path
from nhipcau.newswire.workdb import WorkFolder
held = WorkFolder(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


# Which offices are behind ---------------------------------------------------------------------------------------------


def make_analyst(office=None):
    office = office or make_office()
    make_person(office=office, roles=["press_analyst"])
    return office


def behind(now=None, **given):
    return set(queries.offices_behind(now or timezone.now(), **given))


@pytest.mark.both_databases
def test_offices_with_an_analyst_are_behind_once_there_are_articles(as_system):
    ours = make_analyst()
    make_person(office=make_office(), roles=["drafter"])
    assert behind() == set()

    store("Rice")

    assert behind() == {ours}


@pytest.mark.both_databases
def test_an_office_is_behind_again_when_articles_came_and_its_digest_is_old(as_system):
    office, now = make_analyst(), timezone.now()
    store("Rice")
    fields = {"period_from": now, "period_to": now, "result_hash": "0"}
    digest = Digest.objects.create(organisation=office, focus="VN", day=timezone.localdate(), built_at=now, **fields)
    assert behind(now + timedelta(seconds=1)) == set()

    store("Coffee")
    assert behind(now + timedelta(minutes=1)) == set()
    assert behind(now + timedelta(minutes=1), at_once=True) == {office}
    Digest.objects.update(built_at=now - timedelta(minutes=16))
    assert behind(now) == {office}

    Digest.objects.filter(pk=digest.pk).update(state="approved")
    assert behind(now) == set()


@pytest.mark.both_databases
def test_no_office_is_behind_when_all_articles_are_old(as_system):
    make_analyst()
    records = [make_record(published_at=timezone.now() - timedelta(days=9))]

    store_articles(actor=ACTOR, articles=records)

    assert behind() == set()


# The periodic task ----------------------------------------------------------------------------------------------------


@pytest.fixture
def started(monkeypatch):
    """The programs that the task would start."""
    commands = []
    done = subprocess.CompletedProcess((), 0)
    monkeypatch.setattr(tasks.subprocess, "run", lambda command, **_: commands.append(command[1:]) or done)
    return commands


def test_the_periodic_task_starts_nothing_while_nothing_is_due(db, started):
    tasks.collect_each_minute.call_local()

    assert started == []


def test_the_periodic_task_starts_a_collector_when_a_source_is_due(as_system, started):
    outlet = register_outlet(actor=ACTOR, host="a.example", name="A")
    register_source(actor=ACTOR, outlet=outlet, url="https://a.example/feed")

    tasks.collect_each_minute.call_local()

    assert started == [["-m", "nhipcau.press"]]


def test_the_periodic_task_says_when_a_collector_failed(as_system, monkeypatch, caplog):
    store("Rice")
    make_analyst()
    monkeypatch.setattr(tasks.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess((), 3))

    tasks.collect_each_minute.call_local()

    assert "code 3" in caplog.text


def test_the_worker_does_not_load_the_engine():
    """At rest the worker holds Django and no library of the engine: their memory is the collector's."""
    code = (
        "import django, sys; django.setup(); import nhipcau.press.tasks, nhipcau.press.urls; "
        "print(sorted({'selectolax', 'numpy', 'py3langid', 'pyarrow', 'httpx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
