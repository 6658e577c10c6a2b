import pytest
from django.core.management import CommandError, call_command

from nhipcau.access import system
from nhipcau.accounts.management import asking
from nhipcau.accounts.models import Membership, Person
from nhipcau.audit.models import Entry
from tests.support.people import PASSWORD, make_office, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(monkeypatch):
    """What is typed when a password is asked for; the right one twice, unless a test says otherwise."""
    answers = [PASSWORD, PASSWORD]
    monkeypatch.setattr(asking, "getpass", lambda prompt: answers.pop(0))
    return answers


def test_person_is_added_with_a_role_in_an_office(typed):
    with system("test"):
        office = make_office(slug="sample-ministry-a")

    said = call_command("add_person", "an@example.org", "Lê An", office="sample-ministry-a", role="press_analyst")

    with system("test"):
        held = Membership.objects.get()
        assert (held.person.email, held.organisation, held.role) == ("an@example.org", office, "press_analyst")
        assert held.person.check_password(PASSWORD)
        assert Entry.objects.filter(actor_id="system:command line").count() == 2
    assert "an@example.org" in said


def test_system_owner_is_added_without_an_office(typed):
    call_command("add_person", "an@example.org", "Lê An", "--system-owner")
    with system("test"):
        assert Person.objects.get().is_system_owner


@pytest.mark.parametrize(
    ("wrong", "answers"),
    [
        ({"office": "nowhere", "role": "viewer"}, [PASSWORD, PASSWORD]),
        ({"office": "nowhere"}, []),
        ({"role": "viewer"}, []),
        ({}, ["ngắn", "ngắn"]),
        ({}, [PASSWORD, PASSWORD + "x"]),
    ],
    ids=["no such office", "no role", "no office", "weak", "mistyped"],
)
def test_person_is_not_added_by_halves(typed, wrong, answers):
    typed[:] = answers
    with pytest.raises(CommandError, match=r"\w+ \w+"):
        call_command("add_person", "an@example.org", "Lê An", **wrong)
    with system("test"):
        assert not Person.objects.exists()


def test_lost_password_is_set_anew(typed):
    typed[:] = ["một câu dài khác hẳn"] * 2
    with system("test"):
        person = make_person(email="an@example.org")

    call_command("set_password", "AN@example.org")

    with system("test"):
        assert Person.objects.get(pk=person.pk).check_password("một câu dài khác hẳn")


@pytest.mark.parametrize(("email", "answers"), [("bo@example.org", []), ("an@example.org", ["ngắn", "ngắn"])])
def test_password_is_not_set_where_something_is_wrong(typed, email, answers):
    typed[:] = answers
    with system("test"):
        make_person(email="an@example.org")
    with pytest.raises(CommandError):
        call_command("set_password", email)
    with system("test"):
        assert Person.objects.get().check_password(PASSWORD)


def test_factors_that_are_lost_are_removed(as_system):
    from allauth.mfa.models import Authenticator

    person = make_person("Trần Thị Hoa", email="hoa@example.org")
    for kind in ("totp", "webauthn", "recovery_codes"):
        Authenticator.objects.create(user=person, type=kind, data={"name": kind})

    assert "Trần Thị Hoa" in call_command("remove_factors", " HOA@example.org")
    assert not Authenticator.objects.exists()
    entries = Entry.objects.filter(verb="accounts.remove_factor", actor_id="system:command line")
    assert {entry.changes["factor"] for entry in entries} == {"totp", "webauthn", "recovery_codes"}


def test_factors_of_nobody_are_not_removed(as_system):
    with pytest.raises(CommandError):
        call_command("remove_factors", "nobody@example.org")
