from datetime import time, timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.audit.models import Entry
from nhipcau.workspace.models import Notice, NoticeChoice, NoticeTimes
from tests.support.people import make_office, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    with access.system("test"):
        return make_office()


@pytest.fixture
def reader(office):
    with access.system("test"):
        return make_person(office=office, roles=["drafter"], language="en")


@pytest.fixture
def desk(reader, signed_in_client):
    return signed_in_client(reader)


def told(person, sentence, *, kind="workspace.due", target=("network.organisation", 0), **fields):
    with access.system("test"):
        given = {"url": "/to-chuc/", "created_at": timezone.now(), "target_type": target[0], "target_id": target[1]}
        return Notice.objects.create(person=person, kind=kind, effect=sentence, sentence=sentence, **given | fields)


@pytest.fixture
def about(office):
    return ("network.organisation", office.pk)


def fresh(notice):
    with access.system("test"):
        return Notice.objects.get(pk=notice.pk)


def test_list_says_how_many_are_unread_and_shows_the_newest_first(desk, reader, about):
    told(reader, "Older", target=about, created_at=timezone.now() - timedelta(days=1), read_at=timezone.now())
    told(reader, "Newer", target=about)
    page = desk.get("/thong-bao/").text
    assert '<h1 class="headline">1 unread notice</h1>' in page
    assert page.index(">Newer<") < page.index(">Older<")


def test_header_shows_the_number_of_unread_notices(desk, reader, about):
    told(reader, "One", target=about)
    assert '<span class="bell-count" aria-hidden="true">1</span>' in desk.get("/").text
    assert desk.get("/thong-bao/so/").text.count("bell-count") == 1


def test_opening_a_notice_reads_it_and_leads_on(desk, reader, about):
    notice = told(reader, "One", target=about)
    answer = desk.get(f"/thong-bao/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/to-chuc/")
    assert fresh(notice).read_at is not None


def test_looking_ahead_does_not_read_it(desk, reader, about):
    notice = told(reader, "One", target=about)
    desk.head(f"/thong-bao/{notice.pk}/")
    assert fresh(notice).read_at is None


def test_notice_never_leads_to_another_site(desk, reader, about):
    notice = told(reader, "One", target=about, url="https://elsewhere.example/")
    assert desk.get(f"/thong-bao/{notice.pk}/")["Location"] == "/"


def test_notice_of_what_the_reader_no_longer_sees_says_nothing(desk, reader, two_offices):
    with access.system("test"):
        foreign = two_offices.theirs.drafter.memberships.get()
    notice = told(reader, "A secret", target=("accounts.membership", foreign.pk))
    page = desk.get("/thong-bao/")
    assert "A secret" not in page.text
    assert "no longer open to you" in page.text
    assert desk.get(f"/thong-bao/{notice.pk}/").status_code == 404


def test_one_is_marked_as_read_and_the_list_comes_back_as_it_was(desk, reader, about):
    one, other = told(reader, "One", target=about), told(reader, "Other", target=about)
    answer = desk.post("/thong-bao/da-doc/", {"notice": one.pk, "next": "/thong-bao/?chua-doc=1"})
    assert answer["Location"] == "/thong-bao/?chua-doc=1"
    assert (fresh(one).read_at is None, fresh(other).read_at is None) == (False, True)


def test_all_are_marked_as_read_at_once_and_nobody_elses(desk, reader, about, two_offices):
    mine = [told(reader, name, target=about) for name in ("One", "Other")]
    foreign = told(two_offices.theirs.drafter, "Foreign", target=about)
    answer = desk.post("/thong-bao/da-doc/", {"next": "https://elsewhere.example/"})
    assert answer["Location"] == "/thong-bao/"
    assert [fresh(notice).read_at is None for notice in (*mine, foreign)] == [False, False, True]


def test_list_is_narrowed_to_a_kind_and_to_the_unread(desk, reader, about):
    told(reader, "Soon", target=about)
    told(reader, "Late", target=about, kind="workspace.late", read_at=timezone.now())
    assert ">Soon<" not in desk.get("/thong-bao/?loai=workspace.late").text
    assert ">Late<" not in desk.get("/thong-bao/?chua-doc=1").text
    assert ">Late<" in desk.get("/thong-bao/?loai=unheard-of").text


@pytest.mark.both_databases
@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_as_much_for_three_notices_as_for_one(desk, reader, about, django_assert_num_queries, number):
    for n in range(number):
        told(reader, f"Notice {n}", target=about)
    desk.get("/thong-bao/")
    with django_assert_num_queries(9):
        desk.get("/thong-bao/")


CHOSEN = {
    "kind-workspace.due": "daily",
    "kind-workspace.late": "mail",
    "time_zone": "Asia/Tokyo",
    "daily_at": "08:30",
    "quiet_from": "22:00",
    "quiet_to": "06:30",
}


def chosen(desk, **changed):
    from nhipcau.workspace.notice_kinds import kinds

    given = {f"kind-{kind.key}": kind.channel for kind in kinds()} | CHOSEN | changed
    return desk.post("/thong-bao/cach-bao/", given)


def test_choices_are_kept_with_an_audit_entry(desk, reader):
    assert chosen(desk).status_code == 302
    with access.system("test"):
        assert list(NoticeChoice.objects.values_list("kind", "channel")) == [("workspace.due", "daily")]
        times = NoticeTimes.objects.get(person=reader)
        assert (times.time_zone, times.quiet_from, times.quiet_to) == ("Asia/Tokyo", time(22), time(6, 30))
        assert Entry.objects.get(verb="workspace.choose_notices").actor_id == reader.actor_id
    assert "that of Asia/Tokyo" in desk.get("/thong-bao/cach-bao/").text


def test_what_is_late_cannot_be_silenced(desk):
    answer = chosen(desk, **{"kind-workspace.late": "never"})
    assert answer.status_code == 200
    with access.system("test"):
        assert not NoticeTimes.objects.exists()


def test_quiet_hours_need_both_ends(desk):
    assert "Give both ends of the quiet hours, or neither." in chosen(desk, quiet_to="").text


def test_desk_says_that_no_mail_is_sent_where_there_is_no_server(desk, settings):
    assert "This system sends no mail" in desk.get("/thong-bao/").text
    settings.MAIL = True
    assert "sends no mail" not in desk.get("/thong-bao/").text
    assert "Mail goes to person" in desk.get("/thong-bao/cach-bao/").text
