"""Work on many rows: seen before it is done, never past the filter, all or none, and put back."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau.access import PermissionDeniedError
from nhipcau.audit.models import Entry
from nhipcau.press.domain.outlets import register_outlet, register_source
from nhipcau.press.listings import SOURCES
from nhipcau.press.models import Source
from nhipcau.workspace.domain.bulk import BulkError, run_bulk, undo_bulk
from nhipcau.workspace.models import BulkRun
from tests.support.articles import ACTOR
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("as_system")]
PAUSE = SOURCES.bulk[0]


@pytest.fixture
def sources():
    outlets = [register_outlet(actor=ACTOR, host=f"h{n}.example", name=f"H{n}") for n in range(4)]
    made = [register_source(actor=ACTOR, outlet=o, url=f"https://{o.host}/feed") for o in outlets]
    return [*made[:3], register_source(actor=ACTOR, outlet=outlets[3], url=made[3].url, active=False)]


@pytest.fixture
def analyst():
    return make_person(office=make_office(), roles=["press_analyst"])


@pytest.fixture
def desk(analyst, signed_in_client):
    return signed_in_client(analyst)


def active():
    return set(Source.objects.filter(active=True).values_list("outlet__name", flat=True))


def keys_of(page):
    return re.search(r'name="rows" value="([\d,]*)"', page.text)[1]


def test_preview_says_what_will_change_and_what_cannot_and_changes_nothing(desk, sources):
    page = desk.post("/nguon-tin/", {"bulk": "pause", "row": [sources[0].pk, sources[3].pk]})

    assert keys_of(page) == str(sources[0].pk)
    assert page.text.count('<td class="title">') == 2
    assert active() == {"H0", "H1", "H2"}


def test_work_is_done_with_the_rows_of_the_preview_and_undone(desk, sources, analyst):
    done = desk.post(
        "/nguon-tin/", {"bulk": "pause", "rows": keys_of(desk.post("/nguon-tin/", {"bulk": "pause", "all": "1"}))}
    )
    run = BulkRun.objects.get()

    assert active() == set()
    page = desk.get(f"/nguon-tin/{done['Location']}")
    assert f'name="undo" value="{run.pk}"' in page.text
    desk.post(f"/nguon-tin/{done['Location']}", {"undo": run.pk})

    assert active() == {"H0", "H1", "H2"}
    verbs = [entry.verb for entry in Entry.objects.filter(verb__startswith="workspace.").order_by("pk")]
    assert verbs == ["workspace.run_bulk", "workspace.undo_bulk"]
    assert Entry.objects.filter(actor_id=analyst.actor_id, verb="press.register_source").count() == 6


def test_row_changed_since_is_not_put_back(sources, analyst):
    run = run_bulk(actor=analyst, listing=SOURCES, bulk=PAUSE, rows=Source.objects.select_related("outlet"))
    register_source(actor=ACTOR, outlet=sources[0].outlet, url=sources[0].url)

    assert undo_bulk(actor=analyst, run=run, bulk=PAUSE) == 2
    with pytest.raises(BulkError):
        undo_bulk(actor=analyst, run=run, bulk=PAUSE)


def test_ten_minutes_later_nothing_is_undone(sources, analyst):
    run = run_bulk(actor=analyst, listing=SOURCES, bulk=PAUSE, rows=Source.objects.all())
    BulkRun.objects.update(done_at=timezone.now() - timedelta(minutes=10))

    with pytest.raises(BulkError):
        undo_bulk(actor=analyst, run=run, bulk=PAUSE)


def test_only_who_may_is_offered_it_and_only_who_did_it_undoes_it(sources, analyst, signed_in_client):
    viewer = make_person(office=make_office(), roles=["viewer"])
    other = signed_in_client(viewer)

    assert 'id="bulk"' not in other.get("/nguon-tin/").text
    other.post("/nguon-tin/", {"bulk": "pause", "rows": str(sources[0].pk)})
    assert active() == {"H0", "H1", "H2"}
    with pytest.raises(PermissionDeniedError):
        run_bulk(actor=viewer, listing=SOURCES, bulk=PAUSE, rows=Source.objects.all())
    run = run_bulk(actor=analyst, listing=SOURCES, bulk=PAUSE, rows=Source.objects.all())
    with pytest.raises(PermissionDeniedError):
        undo_bulk(actor=viewer, run=run, bulk=PAUSE)


@pytest.mark.parametrize(
    "data", [{"bulk": "pause"}, {"bulk": "nothing"}, {"bulk": "pause", "rows": "x"}, {"undo": "9"}, {}]
)
def test_request_that_makes_no_sense_changes_nothing(desk, sources, data):
    assert desk.post("/nguon-tin/", data).status_code == 302
    assert active() == {"H0", "H1", "H2"}
