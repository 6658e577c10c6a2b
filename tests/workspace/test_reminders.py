from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau import access
from nhipcau.access import PermissionDeniedError
from nhipcau.accounts.domain.deputies import deputise
from nhipcau.law.working_days import WorkingDays
from nhipcau.network.models import Organisation
from nhipcau.workspace import reminding
from nhipcau.workspace.domain.reminders import remind
from nhipcau.workspace.ladder import moment_of, reached
from nhipcau.workspace.models import Notice
from nhipcau.workspace.reminding import LADDER, LATE, SOON, Matter, Remindable, Step
from tests.support.people import ACTOR, make_office, make_person

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def hanoi(*parts):
    return datetime(*parts, tzinfo=HANOI)


#: Friday the 27th of November 2026, five in the afternoon; the Tuesday before it is the Day of Vietnamese Culture.
DUE = hanoi(2026, 11, 27, 17)


def step_at(moment, due=DUE, zone=HANOI):
    found = reached(LADDER, due, moment, zone, WorkingDays())
    return (found.step.key, found.days_left) if found else None


@pytest.mark.parametrize(
    ("moment", "step"),
    [
        (hanoi(2026, 11, 17, 6, 59), None),
        (hanoi(2026, 11, 17, 7), ("before-7", 7)),
        (hanoi(2026, 11, 22, 12), ("before-7", 4)),  # a Sunday: Monday and Wednesday to Friday are left
        (hanoi(2026, 11, 23, 7), ("before-3", 3)),
        (hanoi(2026, 11, 26, 7), ("before-1", 1)),
        (hanoi(2026, 11, 27, 7), ("day", 0)),
        (hanoi(2026, 11, 27, 17), ("late", 0)),
        (hanoi(2026, 11, 29, 12), ("late", 0)),
        (hanoi(2026, 11, 30, 7), ("late-1", 0)),
        (hanoi(2026, 12, 2, 7), ("late-3", 0)),
        (hanoi(2027, 5, 1, 7), ("late-3", 0)),
    ],
)
def test_step_is_counted_in_working_days(moment, step):
    assert step_at(moment) == step


def test_tet_is_not_counted():
    due = hanoi(2026, 2, 24, 17)  # Tuesday after the Tết of that year, which ends on Sunday the 22nd
    assert step_at(hanoi(2026, 2, 23, 7), due) == ("before-1", 1)
    assert step_at(hanoi(2026, 2, 13, 7), due)[0] == "before-3"


def test_morning_is_that_of_the_office():
    assert step_at(hanoi(2026, 11, 26, 7), zone=ZoneInfo("America/New_York")) == ("before-3", 2)


@given(st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)), st.sampled_from([HANOI, ZoneInfo("Europe/Paris")]))  # noqa: DTZ001
def test_steps_come_in_the_order_of_the_ladder_and_lateness_never_before_the_time(naive, zone):
    due = naive.replace(tzinfo=UTC)
    moments = [moment_of(step, due, zone, WorkingDays()) for step in LADDER]
    assert moments == sorted(moments)
    assert all(
        (moment >= due) == (step.kind == LATE) or moment == due for step, moment in zip(LADDER, moments, strict=True)
    )


pytestmark = [pytest.mark.both_databases]


@pytest.fixture
def world(db, monkeypatch):
    """An office with one person for each role of the ladder, and one matter that is due from it."""
    monkeypatch.setattr(reminding, "_REMINDABLES", {})
    roles = ("drafter", "reviewer", "approver", "focal_officer", "leader")
    with access.system("test"):
        office = make_office()
        people = {role: make_person(office=office, roles=[role]) for role in roles}
    matters = [Matter(target=office, title="Báo cáo tháng 11", url="/bc/1/", due=DUE, organisation=office)]
    reminding.register(Remindable(name="test.things", model=Organisation, open_matters=lambda at: matters))
    return SimpleNamespace(office=office, matters=matters, **people)


def run(moment):
    with access.system("worker") as opened:
        return remind(actor=opened.actor, at=moment)


def told(**narrowed):
    with access.system("test"):
        rows = Notice.objects.filter(**narrowed).order_by("pk")
        return [(row.person, row.effect.split(":")[3]) for row in rows.prefetch_related("person")]


@pytest.mark.django_db
def test_ladder_goes_up_from_the_officer_to_the_leader(world):
    officers = [world.drafter, world.focal_officer]
    run(hanoi(2026, 11, 17, 8))
    assert told() == [(person, "before-7") for person in officers]
    run(hanoi(2026, 11, 27, 8))
    assert {person for person, step in told() if step == "day"} == {*officers, world.reviewer}
    run(hanoi(2026, 11, 27, 18))
    assert {person for person, step in told() if step == "late"} == set(officers)
    run(hanoi(2026, 11, 30, 8))
    assert {person for person, step in told() if step == "late-1"} == {*officers, world.reviewer, world.approver}
    run(hanoi(2026, 12, 2, 8))
    everybody = {*officers, world.reviewer, world.approver, world.leader}
    assert {person for person, step in told() if step == "late-3"} == everybody


@pytest.mark.django_db
def test_nobody_is_told_twice_of_one_step(world):
    assert run(hanoi(2026, 11, 17, 8)) == 2
    assert run(hanoi(2026, 11, 19, 8)) == 0
    assert len(told()) == 2


@pytest.mark.django_db
def test_officer_to_whom_it_was_given_is_told_instead_of_all_drafters(world):
    with access.system("test"):
        other = make_person(office=world.office, roles=["drafter"])
    world.matters[0] = Matter(
        target=world.office, title="x", url="/", due=DUE, organisation=world.office, officers=(other,)
    )
    run(hanoi(2026, 11, 17, 8))
    assert told() == [(other, "before-7")]


@pytest.mark.django_db
def test_another_due_moment_starts_the_ladder_again(world):
    run(hanoi(2026, 11, 17, 8))
    later = DUE + timedelta(days=7)
    world.matters[0] = Matter(target=world.office, title="x", url="/", due=later, organisation=world.office)
    assert run(hanoi(2026, 11, 25, 8)) == 2
    assert [step for _person, step in told()] == ["before-7"] * 4


@pytest.mark.django_db
def test_what_is_done_is_reminded_of_no_more_and_leaves_the_unread(world):
    run(hanoi(2026, 11, 17, 8))
    world.matters.clear()
    assert run(hanoi(2026, 12, 1, 8)) == 0
    with access.system("test"):
        assert not Notice.objects.filter(read_at__isnull=True).exists()


@pytest.mark.django_db
def test_deputy_is_told_like_the_one_deputised_for(world):
    with access.system("test"):
        colleague = make_person(office=world.office, roles=["viewer"])
        deputise(
            actor=ACTOR,
            principal=world.approver,
            deputy=colleague,
            organisation=world.office,
            role="approver",
            valid_from=date(2026, 11, 1),
            valid_to=date(2026, 12, 31),
            note="Đi công tác",
        )
    run(hanoi(2026, 11, 30, 8))
    assert colleague in {person for person, _step in told(kind=LATE)}


@pytest.mark.django_db
def test_sentences_say_how_much_time_is_left(world):
    for moment in (hanoi(2026, 11, 17, 8), hanoi(2026, 11, 27, 8), hanoi(2026, 11, 27, 18)):
        run(moment)
    with access.system("test"):
        said = list(
            Notice.objects.filter(person=world.drafter).order_by("pk").values_list("sentence", "params", "kind")
        )
    office = world.office.name_vi
    assert [(sentence % params, kind) for sentence, params, kind in said] == [
        (f"Due in 7 working days: Báo cáo tháng 11 ({office})", SOON),
        (f"Due now: Báo cáo tháng 11 ({office})", SOON),
        (f"Late: Báo cáo tháng 11 ({office})", LATE),
    ]


@pytest.mark.django_db
def test_ladder_of_a_room_may_have_steps_in_hours_and_people_of_its_own(world, monkeypatch):
    monkeypatch.setattr(reminding, "_REMINDABLES", {})
    ladder = (Step(key="soon", hours=-4, to=("spokesperson",)),)
    reminding.register(
        Remindable(
            name="test.hours",
            model=Organisation,
            open_matters=lambda at: world.matters,
            ladder=ladder,
            people=lambda matter, role: [world.leader],
        )
    )
    assert run(DUE - timedelta(hours=4, minutes=1)) == 0
    assert run(DUE - timedelta(hours=4)) == 1


@pytest.mark.django_db
def test_only_the_system_reminds(world):
    with access.system("test"), pytest.raises(PermissionDeniedError):
        remind(actor=world.drafter, at=DUE)


@pytest.mark.django_db
def test_two_kinds_of_one_name_are_refused(world):
    with pytest.raises(ValueError, match=r"test\.things"):
        reminding.register(Remindable(name="test.things", model=Organisation, open_matters=lambda at: []))


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_matters_of_which_everybody_was_told_cost_the_same_few_queries(world, django_assert_num_queries, number):
    with access.system("test"):
        offices = [make_office() for _ in range(number)]
    world.matters[:] = [
        Matter(target=office, title="x", url="/", due=DUE, organisation=world.office) for office in offices
    ]
    run(hanoi(2026, 11, 17, 8))
    with access.system("worker") as opened, django_assert_num_queries(5):
        remind(actor=opened.actor, at=hanoi(2026, 11, 17, 9))
