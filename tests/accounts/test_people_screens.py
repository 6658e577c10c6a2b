"""What an office's administrator and its people see and do on the screens about people."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nhipcau.access import system
from nhipcau.accounts.domain.focal import add_focal_training, assign_focal_duty
from nhipcau.accounts.models import Deputyship, FocalDuty, Invitation, Membership, Person
from tests.support.deputies import make_deputy
from tests.support.people import ACTOR, PASSWORD, START, make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]
DAY = timedelta(days=1)


@pytest.fixture
def ours(two_offices, signed_in_client):
    """Our office, with a client of its administrator."""
    office = two_offices.ours
    with system("test"):
        office.approver = make_person("Trần Thị Duyệt", office=office.office, roles=["approver"])
    office.client = signed_in_client(office.administrator)
    return office


def iso(day):
    return day.isoformat()


@pytest.fixture
def today():
    return timezone.localdate()


def page(client, name, *args, **query):
    return client.get(reverse(f"people:{name}", args=args), query)


def test_list_names_the_people_of_my_office_alone(ours, two_offices):
    answer = page(ours.client, "people")
    names = {ours.administrator.name, ours.drafter.name, ours.approver.name}
    assert {name for name in names if name in answer.text} == names
    assert two_offices.theirs.drafter.name not in answer.text
    assert "3 cán bộ trong cơ quan tôi" in answer.text


def test_list_is_narrowed_by_name_role_and_time(ours, today):
    with system("test"):
        gone = make_person("Phạm Đã Nghỉ")
        Membership.objects.create(
            person=gone, organisation=ours.office, role="drafter", valid_from=START, valid_to=today - DAY
        )

    def named(**query):
        shown = page(ours.client, "people", **query).context["page"].object_list
        return [person.name for person in shown]

    assert named(q="tran duyet") == ["Trần Thị Duyệt"]
    assert named(q="uyet") == []
    assert named(role="approver") == ["Trần Thị Duyệt"]
    assert named(when="left") == ["Phạm Đã Nghỉ"]
    assert gone.name in named(when="all")
    assert gone.name not in named()


@pytest.mark.parametrize("people", [1, 3])
def test_list_asks_as_much_for_three_people_as_for_one(ours, people, django_assert_num_queries):
    with system("test"):
        for _ in range(people):
            person = make_person(office=ours.office, roles=["drafter", "translator"])
            make_deputy(person, ours.approver, ours.office)
    page(ours.client, "people")
    with django_assert_num_queries(QUERIES["people"]):
        page(ours.client, "people")


#: What these screens ask, the sign-in and what surrounds every page included.
QUERIES = {"people": 20, "focal_offices": 8, "focal_coverage": 6, "person": 21}


def test_somebody_is_admitted_and_the_link_is_shown_once(ours, client, settings):
    settings.MAIL = False
    given = {
        "name": "Phạm Thị Mới",
        "email": "moi@example.org",
        "organisation": ours.office.pk,
        "roles": ["drafter"],
        "valid_from": iso(START),
    }
    answer = ours.client.post(reverse("people:admit"), given)

    assert "moi@example.org" in page(ours.client, "person", _pk("moi@example.org")).text
    link = answer.context["url"]
    assert answer.text.count(link) == 1
    first = client.get(link)
    assert "Kính chào ông (bà) Phạm Thị Mới" in first.text
    unlike = client.post(link, {"password": PASSWORD, "again": PASSWORD + "x"})
    assert "Hai mật khẩu không giống nhau." in unlike.text
    weak = client.post(link, {"password": "ngắn", "again": "ngắn"})
    assert weak.status_code == 200
    done = client.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert done["Location"] == reverse("account_login")
    gone = client.get(link)
    assert (gone.status_code, "Đường dẫn" in gone.text) == (410, True)


def _pk(email):
    with system("test"):
        return Person.objects.get(email=email).pk


def test_link_is_mailed_where_mail_is_sent(ours, settings, mailoutbox):
    settings.MAIL, settings.URL = True, "https://nhipcau.example"
    given = {
        "name": "Phạm Thị Mới",
        "email": "moi@example.org",
        "organisation": ours.office.pk,
        "roles": ["drafter"],
        "valid_from": iso(START),
    }
    answer = ours.client.post(reverse("people:admit"), given)

    assert answer.status_code == 302
    assert [message.to for message in mailoutbox] == [["moi@example.org"]]
    assert "https://nhipcau.example/loi-moi/" in mailoutbox[0].body
    with system("test"):
        assert Invitation.objects.get().mailed_at is not None


def test_refused_admission_says_why_and_keeps_what_was_typed(ours):
    given = {"name": "Khác", "email": ours.drafter.email, "organisation": ours.office.pk, "roles": ["drafter"]}
    answer = ours.client.post(reverse("people:admit"), given | {"valid_from": iso(START)})
    assert ours.drafter.name in str(answer.context["form"].non_field_errors())
    assert 'value="Khác"' in answer.text


def test_who_keeps_no_office_admits_nobody(ours, signed_in_client):
    client = signed_in_client(ours.drafter)
    assert page(client, "admit").status_code == 403
    assert "Tiếp nhận cán bộ" not in page(client, "people").text


def test_role_is_given_ended_and_taken_back(ours, today):
    given = {"organisation": ours.office.pk, "roles": ["editor"], "valid_from": iso(today)}
    ours.client.post(reverse("people:grant", args=[ours.drafter.pk]), given)
    ours.client.post(
        reverse("people:grant", args=[ours.drafter.pk]),
        given | {"roles": ["translator"], "valid_from": iso(today + DAY)},
    )
    with system("test"):
        held = {one.role: one for one in ours.drafter.memberships.all()}
    assert set(held) == {"drafter", "editor", "translator"}

    assert page(ours.client, "end_role", held["editor"].pk).status_code == 200
    ours.client.post(reverse("people:end_role", args=[held["editor"].pk]), {"last_day": iso(today)})
    ours.client.post(reverse("people:end_role", args=[held["translator"].pk]))
    with system("test"):
        left = {one.role: one.valid_to for one in ours.drafter.memberships.all()}
    assert left == {"drafter": None, "editor": today}


def test_approver_names_a_deputy_and_takes_it_back(ours, today, signed_in_client):
    client = signed_in_client(ours.approver)
    with system("test"):
        held = ours.approver.memberships.get()
    assert "Người làm thay tôi" in page(client, "me").text
    given = {
        "memberships": [held.pk],
        "deputy": ours.drafter.pk,
        "valid_from": iso(today),
        "valid_to": iso(today + 7 * DAY),
        "note": "Đi công tác",
    }
    answer = client.post(reverse("people:deputise", args=[ours.approver.pk]), given)

    assert answer["Location"] == reverse("people:me")
    with system("test"):
        made = Deputyship.objects.get()
    assert (made.deputy_id, made.role, made.created_by) == (ours.drafter.pk, "approver", ours.approver.actor_id)
    assert ours.drafter.name in page(client, "me").text
    assert ours.approver.name in page(signed_in_client(ours.drafter), "me").text

    client.post(reverse("people:take_back", args=[made.pk]))
    with system("test"):
        assert Deputyship.objects.get().ended_at is not None


def test_nobody_names_themselves_deputy_on_the_screen(ours, today):
    with system("test"):
        held = ours.approver.memberships.get()
    given = {
        "memberships": [held.pk],
        "deputy": ours.administrator.pk,
        "valid_from": iso(today),
        "valid_to": iso(today),
        "note": "x",
    }
    ours.client.post(reverse("people:deputise", args=[ours.approver.pk]), given)
    with system("test"):
        assert not Deputyship.objects.exists()


def test_preview_of_leaving_and_leaving(ours, today):
    address = reverse("people:dismiss", args=[ours.drafter.pk])
    seen = ours.client.get(address, {"last_day": iso(today - DAY)})
    assert [held.role for held in seen.context["preview"].ended] == ["drafter"]
    with system("test"):
        assert ours.drafter.memberships.get().valid_to is None

    ours.client.post(address, {"organisation": ours.office.pk, "last_day": iso(today - DAY), "reason": "Nghỉ hưu"})
    with system("test"):
        ours.drafter.refresh_from_db()
        assert ours.drafter.memberships.get().valid_to == today - DAY
    assert not ours.drafter.is_active


def test_leaving_of_somebody_elsewhere_is_not_there(ours, two_offices):
    assert page(ours.client, "dismiss", two_offices.theirs.drafter.pk).status_code == 404


def test_focal_officer_is_named_trained_and_relieved(ours, today):
    given = {"organisation": ours.office.pk, "share": 40, "valid_from": iso(START)}
    ours.client.post(reverse("people:assign_focal", args=[ours.drafter.pk]), given)
    with system("test"):
        duty = FocalDuty.objects.get()
    course = {"course": "Bồi dưỡng thông tin đối ngoại", "held_from": iso(START)}
    ours.client.post(reverse("people:train_focal", args=[duty.pk]), course)
    assert "Bồi dưỡng thông tin đối ngoại" in page(ours.client, "person", ours.drafter.pk).text
    ours.client.post(reverse("people:end_focal", args=[duty.pk]), {"last_day": iso(today)})
    with system("test"):
        duty.refresh_from_db()
    assert duty.valid_to == today


def test_coverage_counts_offices_officers_and_time(ours, two_offices, signed_in_client):
    with system("test"):
        Person.objects.update(sample=True)
        bare = make_office(kind="embassy")
        assign_focal_duty(actor=ACTOR, person=ours.drafter, organisation=ours.office, share=30, valid_from=START)
        assign_focal_duty(actor=ACTOR, person=ours.approver, organisation=ours.office, share=100, valid_from=START)
    answer = page(signed_in_client(two_offices.theirs.drafter), "focal_coverage")
    rows = {row.kind: row for row in answer.context["rows"]}
    ministry, embassy = rows["ministry"], rows["embassy"]
    assert (ministry.offices, ministry.covered, ministry.officers, ministry.full_time, ministry.shares) == (
        2,
        1,
        2,
        1,
        130,
    )
    assert (ministry.uncovered, ministry.part_time, ministry.full_time_equivalent) == (1, 1, 1.3)
    assert (embassy.offices, embassy.covered) == (1, 0)
    assert "1/3 cơ quan có cán bộ đầu mối" in answer.text
    listed = page(ours.client, "focal_offices", focal="none", kind="embassy").context["page"].object_list
    assert listed == [bare]


@pytest.mark.parametrize("offices", [1, 3])
def test_coverage_asks_as_much_for_three_offices_as_for_one(ours, offices, django_assert_num_queries):
    with system("test"):
        Person.objects.update(sample=True)
        for _ in range(offices):
            office = make_office()
            person = make_person(office=office, roles=["viewer"], sample=True)
            assign_focal_duty(actor=ACTOR, person=person, organisation=office, share=50, valid_from=START)
    for name in ("focal_coverage", "focal_offices"):
        page(ours.client, name)
        with django_assert_num_queries(QUERIES[name]):
            page(ours.client, name)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_a_person_asks_as_much_for_three_rows_as_for_one(ours, rows, django_assert_num_queries):
    with system("test"):
        for role in ["editor", "translator", "publisher"][:rows]:
            Membership.objects.create(person=ours.drafter, organisation=ours.office, role=role, valid_from=START)
            make_deputy(make_person(office=ours.office, roles=["viewer"]), ours.drafter, ours.office, role)
        duty = assign_focal_duty(actor=ACTOR, person=ours.drafter, organisation=ours.office, share=50, valid_from=START)
        for _ in range(rows):
            add_focal_training(actor=ACTOR, duty=duty, course="Lớp", held_from=START)
    page(ours.client, "person", ours.drafter.pk)
    with django_assert_num_queries(QUERIES["person"]):
        page(ours.client, "person", ours.drafter.pk)


def test_system_owner_gives_the_roles_that_set_an_office_up(as_system, signed_in_client):
    owner, office = make_person(is_system_owner=True), make_office()
    client = signed_in_client(owner)
    form = page(client, "admit").context["form"]
    assert [role for role, _label in form.fields["roles"].choices] == ["office_administrator", "coordinator", "auditor"]
    given = {
        "name": "Quản Trị Đầu Tiên",
        "email": "dau@example.org",
        "organisation": office.pk,
        "roles": ["office_administrator"],
        "valid_from": iso(START),
    }
    assert client.post(reverse("people:admit"), given).context["invitation"].created_by == owner.actor_id
    assert Membership.objects.get(organisation=office).role == "office_administrator"
    assert "Quản Trị Đầu Tiên" in page(client, "people").text


def test_people_are_found_by_the_beginning_of_a_word(ours, opened_for):
    from nhipcau.accounts.queries import found_by_name

    with opened_for(ours.drafter):
        assert list(found_by_name("Trần thi du")) == [ours.approver]
        assert list(found_by_name("tran thi duyet", exact=True)) == []
        assert list(found_by_name("trần thị", exact=True)) == [ours.approver]
        assert list(found_by_name(ours.approver.email)) == [ours.approver]
        assert list(found_by_name("?!")) == []
