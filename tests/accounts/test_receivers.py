import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from nhipcau.access import SystemActor, opened, system
from nhipcau.accounts.queries import access_for
from nhipcau.audit.models import Entry
from tests.accounts.test_mfa import app_code, give_app, give_password, holder
from tests.support.keys import SoftKey
from tests.support.people import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def _no_attempts_counted_yet(db):
    cache.clear()


@pytest.fixture
def person(db):
    return holder("drafter", email="hoa@example.org")


def entries(*verbs):
    with system("test"):
        found = Entry.objects.filter(verb__in=[f"accounts.{verb}" for verb in verbs])
        return [(entry.verb.partition(".")[2], entry.actor_id, entry.object_id, entry.changes) for entry in found]


def test_signing_in_and_out_is_on_record_for_the_office(person):
    client, _ = give_password(person)
    client.post(reverse("account_logout"))
    client.post(reverse("account_logout"))

    who = (person.actor_id, str(person.pk))
    assert entries("sign_in", "sign_out") == [
        ("sign_in", *who, {"methods": ["password"]}),
        ("sign_out", *who, None),
    ]
    with system("test"):
        office = person.memberships.get().organisation_id
        assert set(Entry.objects.filter(verb="accounts.sign_in").values_list("organisation_id", flat=True)) == {office}


def test_both_steps_are_named(person):
    secret = give_app(person)
    client, _ = give_password(person)
    assert entries("sign_in") == []
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})

    assert [entry[3] for entry in entries("sign_in")] == [{"methods": ["password", "totp"]}]


@pytest.mark.parametrize("email", ["hoa@example.org", " HOA@example.org"])
def test_wrong_password_for_an_account_is_on_record_without_the_password(person, email):
    Client().post(reverse("account_login"), {"login": email, "password": "mật khẩu gõ nhầm"})

    assert entries("fail_sign_in") == [
        ("fail_sign_in", "system:sign-in", str(person.pk), {"method": "password"}),
    ]
    with system("test"):
        assert not any("gõ nhầm" in str(entry.__dict__) for entry in Entry.objects.all())


@pytest.mark.parametrize("email", ["nobody@example.org", "mật khẩu tôi gõ nhầm ô", ""])
def test_unknown_address_is_not_kept(person, email):
    with system("test"):
        before = Entry.objects.count()
    Client().post(reverse("account_login"), {"login": email, "password": PASSWORD})
    with system("test"):
        assert Entry.objects.count() == before


def test_wrong_code_is_on_record(person):
    give_app(person)
    client, _ = give_password(person)
    client.post(reverse("mfa_authenticate"), {"code": "000000000"})

    assert [entry[1:] for entry in entries("fail_sign_in")] == [
        ("system:sign-in", str(person.pk), {"method": "totp"}),
    ]


@pytest.mark.parametrize(
    "credential", ['{"id": "x"}', '{"id": "x", "rawId": "eA", "type": "public-key", "response": {}}']
)
def test_key_that_does_not_fit_is_on_record(person, credential):
    with system("test"):
        Authenticator.objects.create(
            user=person, type="webauthn", data={"name": "Khóa", "credential": SoftKey().made()}
        )
    client, _ = give_password(person)
    answer = client.post(reverse("mfa_authenticate"), {"credential": credential})

    assert (answer.status_code, "_auth_user_id" in client.session) == (200, False)
    assert [entry[3] for entry in entries("fail_sign_in")] == [{"method": "webauthn"}]


def test_wrong_password_as_a_proof_is_on_record(person, signed_in_client):
    signed_in_client(person, proved=False).post(reverse("account_reauthenticate"), {"password": "sai mật khẩu rồi"})

    assert [entry[3] for entry in entries("fail_sign_in")] == [{"method": "password"}]


FACTORS = ("add_factor", "make_recovery_codes", "view_recovery_codes", "remove_factor")


def test_life_of_a_factor_is_on_record(person, signed_in_client):
    client = signed_in_client(person)
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": app_code(client.session["mfa.totp.secret"])})
    client.get(reverse("mfa_view_recovery_codes"))
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))

    found = entries(*FACTORS)
    assert {entry[1:3] for entry in found} == {(person.actor_id, str(person.pk))}
    told = [(entry[0], (entry[3] or {}).get("factor")) for entry in found]
    assert told == [
        ("add_factor", "totp"),
        ("make_recovery_codes", "recovery_codes"),
        ("view_recovery_codes", None),
        ("remove_factor", "recovery_codes"),
        ("make_recovery_codes", "recovery_codes"),
        ("remove_factor", "totp"),
        ("remove_factor", "recovery_codes"),
    ]


def test_secret_of_a_factor_is_not_in_the_record(person):
    secret = give_app(person)
    with system("test"):
        assert [entry.changes for entry in Entry.objects.filter(verb="accounts.add_factor")] == [
            {"factor": "totp", "name": ""}
        ]
        assert not any(secret in str(entry.__dict__) for entry in Entry.objects.all())


def test_entry_goes_with_its_change(person, signed_in_client, monkeypatch):
    """Where the entry cannot be written, the factor is not set up."""
    client = signed_in_client(person)
    client.get(reverse("mfa_activate_totp"))
    code = app_code(client.session["mfa.totp.secret"])
    client.raise_request_exception = False

    def broken(**_):
        raise RuntimeError

    monkeypatch.setattr("nhipcau.accounts.receivers.note", broken)
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 500
    assert not Authenticator.objects.filter(user=person).exists()


def test_use_and_new_name_of_a_factor_are_no_change_of_it(person):
    give_app(person)
    with opened(access_for(person)):
        Authenticator.objects.get(user=person).record_usage()
    assert len(entries(*FACTORS)) == 1


def test_who_does_it_for_somebody_at_the_command_line_is_named(person):
    give_app(person)
    with system("command line"):
        Authenticator.objects.filter(user=person).delete()
    assert [entry[1] for entry in entries("remove_factor")] == [SystemActor("command line").actor_id]


def test_identity_connected_and_disconnected_is_on_record(person, signed_in_client):
    with system("sign-in"):
        identity = SocialAccount.objects.create(user=person, provider="oidc", uid="danh-tinh")
    signed_in_client(person).post(reverse("account_disconnect_identity", args=[identity.pk]))

    told = {"provider": "oidc", "uid": "danh-tinh"}
    assert entries("connect_identity", "disconnect_identity") == [
        ("connect_identity", person.actor_id, str(person.pk), told),
        ("disconnect_identity", person.actor_id, str(person.pk), told),
    ]


def test_one_click_of_a_demonstration_is_on_record(settings):
    settings.DEMO = True
    sample = holder("viewer", sample=True)
    Client(SERVER_NAME="localhost").post(reverse("account_demo_sign_in", args=[sample.pk]))
    assert entries("sign_in") == [("sign_in", sample.actor_id, str(sample.pk), {"methods": []})]
