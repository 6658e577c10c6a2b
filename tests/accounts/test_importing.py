from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from nhipcau.access import opened, system
from nhipcau.accounts.domain.roles import grant_membership
from nhipcau.accounts.importing import COLUMNS, may_import_people, take_people
from nhipcau.accounts.models import FocalDuty, Invitation, Membership, Person
from nhipcau.accounts.queries import access_for
from nhipcau.audit.models import Entry
from nhipcau.documents.importing import ImportRow, importer
from tests.support.people import ACTOR, START, make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = timedelta(days=1)
FIRST, LAST = date(2026, 3, 2), date(2026, 8, 31)


@pytest.fixture
def ours(two_offices):
    """Our office, with its administrator's access open."""
    with opened(access_for(two_offices.ours.administrator)):
        yield two_offices.ours


def sheet(office, *rows):
    """Rows with the given cells; name, address, office and role where nothing is given."""
    usual = dict.fromkeys(column.key for column in COLUMNS)
    usual |= {"name": "Phạm Thị Mới", "email": "moi@example.org", "office": office.slug, "role": "drafter"}
    return [ImportRow(number=number, values=usual | row) for number, row in enumerate(rows, start=2)]


def take(ours, *rows):
    with transaction.atomic():
        return take_people(actor=ours.administrator, rows=sheet(ours.office, *rows))


def actions(taken):
    assert list(taken.problems) == []
    return [outcome.action for outcome in taken.outcomes]


def faults(taken):
    return [(problem.row, problem.column) for problem in taken.problems]


def held(role="drafter", email="moi@example.org"):
    rows = Membership.objects.filter(person__in=Person.objects.filter(email=email), role=role)
    return list(rows.order_by("valid_from").values_list("valid_from", "valid_to"))


def test_import_is_offered_to_who_keeps_an_office(ours, two_offices):
    assert importer("accounts.people").may is may_import_people
    assert may_import_people(ours.administrator)
    assert not may_import_people(ours.drafter)


def test_joiner_gets_an_account_and_roles_and_the_second_run_changes_nothing(ours):
    rows = ({"valid_from": FIRST}, {"role": "translator", "valid_from": FIRST, "valid_to": LAST}, {"role": "viewer"})
    assert actions(take(ours, *rows)) == ["create", "create", "create"]
    assert (held(), held("translator")) == ([(FIRST, None)], [(FIRST, LAST)])
    with system("test"):
        entries = Entry.objects.count()

    assert actions(take(ours, *rows)) == ["same", "same", "same"]
    with system("test"):
        assert Entry.objects.count() == entries


def test_leaver_is_a_row_with_a_last_day(ours):
    take(ours, {"valid_from": FIRST})
    assert actions(take(ours, {"valid_to": LAST})) == ["end"]
    assert held() == [(FIRST, LAST)]
    assert actions(take(ours, {"valid_from": FIRST, "valid_to": LAST})) == ["same"]
    assert actions(take(ours, {"valid_to": LAST})) == ["same"]


def test_role_is_prolonged_and_still_the_same_row(ours):
    last = timezone.localdate() + 10 * DAY
    later = last + 30 * DAY
    take(ours, {"valid_from": FIRST, "valid_to": last})
    assert actions(take(ours, {"valid_from": FIRST, "valid_to": later})) == ["create"]
    assert held() == [(FIRST, last), (last + DAY, later)]
    assert actions(take(ours, {"valid_from": FIRST, "valid_to": later})) == ["same"]
    assert actions(take(ours, {"valid_from": FIRST, "valid_to": last})) == ["end"]
    assert held() == [(FIRST, last)]


def test_mover_is_two_rows(ours):
    with system("test"):
        other = make_office()
        given = {"role": "office_administrator", "valid_from": START}
        grant_membership(actor=ACTOR, person=ours.administrator, organisation=other, **given)
    today = timezone.localdate()
    take(ours, {"valid_from": FIRST})
    with opened(access_for(ours.administrator)):
        taken = take(ours, {"valid_to": today}, {"office": other.slug, "valid_from": today + DAY})
        assert actions(taken) == ["end", "create"]
    with system("test"):
        person = Person.objects.get(email="moi@example.org")
        assert person.holds("drafter", ours.office.pk, today)
        assert person.holds("drafter", other.pk, today + DAY)
        assert not person.holds("drafter", ours.office.pk, today + DAY)


def test_focal_officer_comes_with_decision_and_share(ours):
    row = {
        "role": "focal_officer",
        "valid_from": FIRST,
        "share": 30,
        "number": "5/QĐ-M",
        "decided_on": FIRST,
        "issuer": "Bộ Mẫu",
    }
    assert actions(take(ours, row)) == ["create"]
    duty = FocalDuty.objects.get()
    assert (duty.share, duty.number, duty.valid_from, duty.valid_to) == (30, "5/QĐ-M", FIRST, None)
    assert actions(take(ours, row)) == ["same"]
    assert actions(take(ours, row | {"share": 50})) == ["change"]
    assert actions(take(ours, row | {"share": 50, "valid_to": LAST})) == ["end"]
    duty.refresh_from_db()
    assert (duty.share, duty.valid_to) == (50, LAST)
    assert held("focal_officer") == [(FIRST, LAST)]
    assert actions(take(ours, row | {"share": 50, "valid_to": LAST})) == ["same"]


def test_every_wrong_cell_is_named_and_no_half_row_is_kept(ours, two_offices):
    taken = take(
        ours,
        {"office": "khong-co"},
        {"name": "Người Khác", "email": ours.drafter.email},
        {"email": "không phải thư"},
        {"role": "auditor"},
        {"office": two_offices.theirs.office.name_vi},
        {"share": 20},
        {"role": "focal_officer", "share": 200},
        {"valid_from": FIRST, "valid_to": FIRST - DAY},
        {"valid_from": date(2019, 1, 1)},
    )
    assert faults(taken) == [
        (2, "office"),
        (3, "name"),
        (4, "email"),
        (5, "role"),
        (6, "role"),
        (7, "share"),
        (8, "share"),
        (9, "valid_from"),
        (10, "valid_from"),
    ]
    assert taken.outcomes == []
    assert not Person.objects.filter(email="moi@example.org").exists()


def test_office_is_found_by_key_and_name_and_not_where_two_bear_it(ours):
    assert actions(take(ours, {"office": ours.office.name_vi.upper()})) == ["create"]
    assert actions(take(ours, {"office": ours.office.slug})) == ["same"]
    with system("test"):
        make_office(ours.office.name_vi)
    assert faults(take(ours, {"office": ours.office.name_vi})) == [(2, "office")]


def test_who_had_left_comes_back(ours):
    with system("test"):
        gone = make_person("Phạm Thị Mới", email="moi@example.org", is_system_owner=False)
        gone.is_active = False
        gone.save()
    assert actions(take(ours, {"valid_from": FIRST})) == ["create"]
    gone.refresh_from_db()
    assert gone.is_active


def test_invitations_are_mailed_when_all_is_done_and_not_before(
    ours, settings, mailoutbox, django_capture_on_commit_callbacks
):
    settings.MAIL = True
    with django_capture_on_commit_callbacks(execute=True):
        take(ours, {"valid_from": START}, {"role": "viewer", "valid_from": START})
        assert mailoutbox == []
    assert [message.to for message in mailoutbox] == [["moi@example.org"]]
    assert Invitation.objects.count() == 1


def test_actor_without_an_office_changes_nothing(ours, two_offices):
    with opened(access_for(ours.drafter)):
        taken = take_people(actor=ours.drafter, rows=sheet(ours.office, {}))
    assert faults(taken) == [(2, "role")]
    assert held() == []
