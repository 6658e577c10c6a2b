from datetime import UTC, datetime, time

import pytest
from django.db import transaction
from django.utils import timezone, translation

from nhipcau import access
from nhipcau.access import PermissionDeniedError
from nhipcau.audit.domain.record import NotInTransactionError
from nhipcau.workspace import notice_kinds
from nhipcau.workspace.domain.notices import Told, mark_read, notify
from nhipcau.workspace.models import Notice, NoticeChoice, NoticeTimes
from nhipcau.workspace.notice_kinds import Kind, UnknownKindError
from nhipcau.workspace.queries.notices import holders, notices, still_visible, unread_count
from tests.support.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """A kind that people choose about, one that cannot be silenced, and one that the doer hears of too."""
    monkeypatch.setattr(notice_kinds, "_KINDS", dict(notice_kinds._KINDS))
    notice_kinds.register(Kind(key="test.told", title="Told", channel="desk"))
    notice_kinds.register(Kind(key="test.mailed", title="Mailed", channel="mail"))
    notice_kinds.register(Kind(key="test.daily", title="Daily", channel="daily"))
    notice_kinds.register(Kind(key="test.late", title="Late", channel="mail", always=True))
    notice_kinds.register(Kind(key="test.security", title="Security", channel="desk", own=True))


def tell(actor, *people, target, kind="test.told", **fields):
    with transaction.atomic():
        told = {"sentence": "%(who)s did it", "params": {"who": actor.actor_label}, "url": "/x/"}
        return notify(actor=actor, kind=kind, to=people, target=target, **told | fields)


def of(person):
    with access.system("test"):
        return list(Notice.objects.filter(person=person))


@pytest.fixture
def world(two_offices):
    """Two offices; an object of ours that only our administrators see."""
    ours = two_offices.ours
    with access.system("test"):
        ours.second = make_person(office=ours.office, roles=["office_administrator"])
        ours.owned = ours.drafter.memberships.get()
    return two_offices


def test_person_who_sees_the_target_is_told(world):
    assert tell(world.ours.administrator, world.ours.second, target=world.ours.owned) == Told(1, 0, 0)
    (notice,) = of(world.ours.second)
    assert (notice.said, notice.url) == (f"{world.ours.administrator} did it", "/x/")


def test_stranger_is_not_told_of_what_they_may_not_see(world):
    told = tell(world.ours.administrator, world.ours.second, world.theirs.administrator, target=world.ours.owned)
    assert told == Told(1, 0, 1)
    assert of(world.theirs.administrator) == []


def test_reference_is_told_to_everybody(world):
    assert tell(world.ours.administrator, world.theirs.drafter, target=world.ours.office) == Told(1, 0, 0)


def test_same_effect_is_told_once_and_another_effect_again(world):
    tell(world.ours.administrator, world.ours.second, target=world.ours.owned)
    assert tell(world.ours.administrator, world.ours.second, target=world.ours.owned) == Told(0, 1, 0)
    assert tell(world.ours.administrator, world.ours.second, target=world.ours.owned, effect="2") == Told(1, 0, 0)
    assert len(of(world.ours.second)) == 2


def test_nobody_is_told_of_what_they_did_themselves_unless_the_kind_says_so(world):
    person = world.ours.administrator
    assert tell(person, person, target=world.ours.owned) == Told(0, 0, 0)
    assert tell(person, person, target=world.ours.owned, kind="test.security") == Told(1, 0, 0)


def test_somebody_who_may_not_sign_in_is_left_out(world):
    with access.system("test"):
        world.ours.second.is_active = False
        world.ours.second.save()
    assert tell(world.ours.administrator, world.ours.second, target=world.ours.owned) == Told(0, 0, 1)


@pytest.mark.django_db(transaction=True)
def test_notice_outside_the_transaction_of_its_change_is_refused(world):
    told = {"kind": "test.told", "target": world.ours.owned, "sentence": "x", "url": "/"}
    with pytest.raises(NotInTransactionError):
        notify(actor=world.ours.administrator, to=[world.ours.second], **told)


def test_change_that_fails_tells_nobody(world):
    class ChangeError(Exception):
        pass

    def change():
        with transaction.atomic():
            tell(world.ours.administrator, world.ours.second, target=world.ours.owned)
            raise ChangeError

    with pytest.raises(ChangeError):
        change()
    assert of(world.ours.second) == []


def test_kind_that_no_room_registered_is_refused(world):
    with pytest.raises(UnknownKindError):
        tell(world.ours.administrator, target=world.ours.office, kind="test.unheard_of")


def test_two_kinds_of_one_key_are_refused():
    with pytest.raises(ValueError, match=r"test\.told"):
        notice_kinds.register(Kind(key="test.told", title="Other"))


def choose(person, kind, channel):
    with access.system("test"):
        NoticeChoice.objects.create(person=person, kind=kind, channel=channel)


def test_kind_chosen_away_is_not_told_but_what_is_late_is(world):
    choose(world.ours.second, "test.told", "never")
    choose(world.ours.second, "test.late", "never")
    assert tell(world.ours.administrator, world.ours.second, target=world.ours.owned) == Told(0, 0, 0)
    assert tell(world.ours.administrator, world.ours.second, target=world.ours.owned, kind="test.late").told == 1
    assert of(world.ours.second)[0].mail_due is None


def test_mail_waits_for_the_end_of_the_quiet_hours_in_the_persons_clock(world, settings, monkeypatch):
    settings.MAIL = True
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 22, 5, 30, tzinfo=UTC))  # half past twelve in Hanoi
    with access.system("test"):
        NoticeTimes.objects.create(
            person=world.ours.second,
            time_zone="America/New_York",  # half past midnight there
            daily_at=time(8),
            quiet_from=time(22),
            quiet_to=time(6),
        )
        third = make_person(office=world.ours.office, roles=["office_administrator"])
    tell(world.ours.administrator, world.ours.second, third, target=world.ours.owned, kind="test.mailed")
    assert of(world.ours.second)[0].mail_due == datetime(2026, 11, 22, 11, tzinfo=UTC)
    assert of(third)[0].mail_due == datetime(2026, 11, 22, 5, 30, tzinfo=UTC)


def test_daily_mail_is_due_at_the_persons_hour(world, settings, monkeypatch):
    settings.MAIL = True
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 22, 5, 30, tzinfo=UTC))
    tell(world.ours.administrator, world.ours.second, target=world.ours.owned, kind="test.daily")
    assert of(world.ours.second)[0].mail_due == datetime(2026, 11, 23, 0, tzinfo=UTC)  # seven in Hanoi


def test_without_a_mail_server_nothing_waits_for_mail(world):
    tell(world.ours.administrator, world.ours.second, target=world.ours.owned, kind="test.mailed")
    assert of(world.ours.second)[0].mail_due is None


def test_notice_is_read_in_the_language_of_its_reader(world):
    tell(
        world.ours.administrator,
        world.ours.second,
        target=world.ours.owned,
        sentence="%(name)s holds the role there already on some of these days.",
        params={"name": "Lan"},
    )
    (notice,) = of(world.ours.second)
    with translation.override("en"):
        assert notice.said.startswith("Lan holds")


def test_notice_is_not_shown_to_whoever_lost_sight_of_its_target(world, opened_for):
    tell(world.ours.administrator, world.ours.second, target=world.ours.owned)
    with opened_for(world.ours.second):
        assert len(still_visible(notices())) == 1
    with access.system("test"):
        world.ours.second.memberships.update(valid_to=datetime(2020, 1, 2, tzinfo=UTC).date())
    with opened_for(world.ours.second):
        assert still_visible(notices()) == []


def test_reading_marks_ones_own_and_no_others(world, opened_for):
    tell(world.ours.administrator, world.ours.second, target=world.ours.owned)
    with opened_for(world.ours.second) as opened:
        assert unread_count(opened) == 1
        assert mark_read(actor=world.ours.second, notices=notices()) == 1
        assert unread_count(opened) == 0
    with access.system("test"), pytest.raises(PermissionDeniedError):
        mark_read(actor=world.ours.administrator, notices=Notice.objects.filter(person=world.ours.second))


def test_holders_are_those_in_office_today_each_once(world):
    with access.system("test"):
        both = make_person(office=world.ours.office, roles=["drafter", "approver"])
    assert holders(world.ours.office, "drafter", "approver") == [world.ours.drafter, both]


@pytest.mark.parametrize("number", [1, 3])
def test_telling_three_people_asks_for_each_only_whether_they_see_it(world, django_assert_num_queries, number):
    with access.system("test"):
        people = [make_person(office=world.ours.office, roles=["office_administrator"]) for _ in range(number)]
    with transaction.atomic(), django_assert_num_queries(4 + number):
        notify(
            actor=world.ours.administrator, kind="test.told", to=people, target=world.ours.owned, sentence="x", url="/"
        )
