import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nhipcau.access import PermissionDeniedError, opened, system
from nhipcau.accounts.browsers import browser
from nhipcau.accounts.domain.security import end_other_sessions, end_session, forget_ended_sessions
from nhipcau.accounts.queries import access_for
from nhipcau.audit.models import Entry
from tests.accounts.test_mfa import give_password, holder

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LIST = reverse("usersessions_list")
QUERIES = 7
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def person(db):
    return holder("drafter")


def open_session(person, **client):
    return give_password(person, Client(**client))[0]


def signed_in(client):
    return client.get(LIST).status_code == 200


def test_sessions_are_listed_with_browser_and_address_this_one_first(person):
    open_session(person, REMOTE_ADDR="192.0.2.8", HTTP_USER_AGENT=FIREFOX)
    here = open_session(person)
    open_session(person, REMOTE_ADDR="192.0.2.9")

    shown = here.get(LIST).context["sessions"]

    assert [session.ip for session in shown] == ["127.0.0.1", "192.0.2.9", "192.0.2.8"]
    assert "Firefox · Windows" in here.get(LIST).text


def test_session_that_was_opened_another_way_is_listed_too(person, signed_in_client):
    client = signed_in_client(person)
    assert [session.session_key for session in client.get(LIST).context["sessions"]] == [client.session.session_key]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_as_much_for_three_sessions_as_for_one(person, django_assert_num_queries, rows):
    for _ in range(rows - 1):
        open_session(person)
    here = open_session(person)
    here.get(LIST)
    with django_assert_num_queries(QUERIES):
        here.get(LIST)


def test_session_that_ended_by_itself_is_not_listed(person):
    gone, here = open_session(person), open_session(person)
    Session.objects.filter(session_key=gone.session.session_key).update(expire_date=timezone.now())
    assert len(here.get(LIST).context["sessions"]) == 1


def test_one_session_is_ended_and_on_record(person):
    elsewhere, here = open_session(person, HTTP_USER_AGENT=FIREFOX), open_session(person)
    row = UserSession.objects.get(session_key=elsewhere.session.session_key)

    assert here.post(reverse("account_end_session", args=[row.pk]))["Location"] == LIST

    assert (signed_in(elsewhere), signed_in(here)) == (False, True)
    with system("test"):
        entry = Entry.objects.get(verb="accounts.end_session")
    assert (entry.actor_id, entry.changes["address"], entry.changes["browser"]) == (
        person.actor_id,
        "127.0.0.1",
        FIREFOX,
    )


def test_all_others_are_ended(person):
    others, here = [open_session(person) for _ in range(2)], open_session(person)

    here.post(reverse("account_end_other_sessions"))

    assert [signed_in(client) for client in (*others, here)] == [False, False, True]
    assert [str(said) for said in here.get(LIST).context["messages"]] == []


def test_this_session_is_ended_by_signing_out(person):
    here = open_session(person)
    row = UserSession.objects.get(session_key=here.session.session_key)
    assert here.post(reverse("account_end_session", args=[row.pk]))["Location"] == reverse("account_logout")


def test_session_of_somebody_else_is_not_there(person):
    theirs, here = open_session(holder("drafter"), REMOTE_ADDR="192.0.2.44"), open_session(person)
    row = UserSession.objects.get(session_key=theirs.session.session_key)

    assert here.post(reverse("account_end_session", args=[row.pk])).status_code == 404
    here.post(reverse("account_end_other_sessions"))

    assert signed_in(theirs)
    assert "192.0.2.44" not in here.get(LIST).text


def test_domain_ends_no_session_of_somebody_else(person):
    theirs, own = open_session(holder("drafter")), open_session(person)
    rows = {client: UserSession.objects.get(session_key=client.session.session_key) for client in (theirs, own)}
    with opened(access_for(person)):
        with pytest.raises(PermissionDeniedError):
            end_session(actor=person, session=rows[theirs])
        with pytest.raises(PermissionDeniedError):
            end_other_sessions(actor=person, sessions=[rows[own], rows[theirs]], kept="")
    assert signed_in(theirs)
    assert signed_in(own)


def test_session_ends_with_a_new_password(person):
    from tests.accounts.test_sign_in import change

    elsewhere, here = open_session(person), open_session(person)
    change(here)
    assert [session.session_key for session in here.get(LIST).context["sessions"]] == [here.session.session_key]
    assert not signed_in(elsewhere)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (FIREFOX, "Firefox · Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
            "Chrome · Linux",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome · Android"),
        ("curl/8.0", "curl/8.0"),
        ("x" * 300, "x" * 60),
        ("", "?"),
    ],
)
def test_browser_is_called_as_people_call_it(said, name):
    assert browser(said) == name


def test_ended_sessions_are_forgotten_and_open_ones_are_not(person):
    from nhipcau.accounts.tasks import forget_sessions_each_night

    ended, signed_out, here = (open_session(person) for _ in range(3))
    Session.objects.filter(session_key=ended.session.session_key).update(expire_date=timezone.now())
    signed_out.post(reverse("account_logout"))

    forget_sessions_each_night.call_local()
    forget_sessions_each_night.call_local()

    assert [row.session_key for row in UserSession.objects.all()] == [here.session.session_key]
    assert signed_in(here)


def test_nobody_forgets_sessions_but_the_system(person):
    with opened(access_for(person)), pytest.raises(PermissionDeniedError):
        forget_ended_sessions(actor=person)
