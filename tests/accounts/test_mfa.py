import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from nhipcau.access import system
from nhipcau.accounts.mfa import factor_required
from nhipcau.accounts.models import Role
from nhipcau.accounts.queries import access_for
from nhipcau.config import settings as installed
from tests.support.people import PASSWORD, make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]
NEEDED = reverse("account_factor_needed")
ASKED = {
    Role.APPROVER,
    Role.SPOKESPERSON,
    Role.AUTHORISED_SPOKESPERSON,
    Role.PUBLISHER,
    Role.OFFICE_ADMINISTRATOR,
    Role.COORDINATOR,
    Role.AUDITOR,
}


@pytest.fixture(autouse=True)
def _as_installed(settings, db):
    settings.FACTOR_ROLES = installed.FACTOR_ROLES
    cache.clear()


def holder(*roles, **fields):
    with system("test"):
        return make_person(office=make_office(), roles=roles, **fields)


def give_app(person, secret=None):
    """An authenticator app that is set up already; its secret."""
    secret = secret or generate_totp_secret()
    with system("test"):
        Authenticator.objects.create(user=person, type="totp", data={"secret": encrypt(secret)})
    return secret


def app_code(secret, step=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def give_password(person, client=None):
    client = client or Client()
    return client, client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


@pytest.mark.parametrize("role", Role.values)
def test_role_asks_for_a_factor_where_it_issues_publishes_or_administers(role):
    assert factor_required(access_for(holder(role))) is (role in ASKED)


def test_system_owner_is_asked_as_well():
    assert factor_required(access_for(holder(is_system_owner=True)))


def test_operator_says_which_roles_ask(settings):
    settings.FACTOR_ROLES = frozenset({"drafter"})
    assert factor_required(access_for(holder("drafter")))
    assert not factor_required(access_for(holder("approver", is_system_owner=True)))


def test_sample_people_of_a_demonstration_are_not_asked(settings):
    sample, real = holder("approver", sample=True), holder("approver")
    assert factor_required(access_for(sample))
    settings.DEMO = True
    assert not factor_required(access_for(sample))
    assert factor_required(access_for(real))


@pytest.mark.parametrize("address", ["/", "/tin-bai/", "/tai-khoan/bao-mat", "/tai-khoan/phien", "/account/password"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_must_set_up_a_factor_is_led_there_from_everywhere(signed_in_client, address, method):
    answer = getattr(signed_in_client(holder("approver")), method)(address)
    assert (answer.status_code, answer["Location"]) == (302, NEEDED)


def test_what_helps_to_set_it_up_is_open(signed_in_client):
    client = signed_in_client(holder("approver"))
    names = ("account_factor_needed", "mfa_activate_totp", "mfa_add_webauthn", "account_logout")
    assert [client.get(reverse(name)).status_code for name in names] == [200] * 4


def test_everything_is_open_once_a_factor_is_there(signed_in_client, django_assert_num_queries):
    person = holder("approver")
    client = signed_in_client(person)
    assert client.get("/tai-khoan/bao-mat").status_code == 302
    give_app(person)
    assert client.get("/tai-khoan/bao-mat").status_code == 200
    assert client.get(NEEDED)["Location"] == reverse("mfa_index")


def test_only_who_is_asked_costs_a_query_and_only_once(signed_in_client, settings):
    person = holder("approver")
    give_app(person)
    client = signed_in_client(person)

    def queries():
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            client.get("/preferences")
        return [query["sql"] for query in captured if "mfa_authenticator" in query["sql"]]

    client.get("/tai-khoan/bao-mat")
    assert queries() == []


def test_recovery_codes_alone_are_no_factor(signed_in_client):
    person = holder("approver")
    with system("test"):
        Authenticator.objects.create(user=person, type="recovery_codes", data={"seed": encrypt("x"), "used_mask": 0})
    assert signed_in_client(person).get("/")["Location"] == NEEDED


def test_who_is_not_asked_is_not_led_anywhere(signed_in_client):
    client = signed_in_client(holder("drafter"))
    assert client.get("/tai-khoan/bao-mat").status_code == 200
    assert client.get(NEEDED)["Location"] == reverse("mfa_index")


def test_last_factor_stays_while_the_role_asks_for_one(signed_in_client):
    asked, free = holder("approver"), holder("drafter")
    for person, left in ((asked, 1), (free, 0)):
        give_app(person)
        answer = signed_in_client(person).post(reverse("mfa_deactivate_totp"))
        assert answer.status_code == (200 if left else 302)
        assert Authenticator.objects.filter(user=person).count() == left


def test_one_of_two_factors_goes(signed_in_client):
    person = holder("approver")
    give_app(person)
    with system("test"):
        key = Authenticator.objects.create(user=person, type="webauthn", data={"name": "Khóa", "credential": {}})
    client = signed_in_client(person)
    remove = reverse("mfa_remove_webauthn", args=[key.pk])

    assert client.post(remove).status_code == 302
    assert list(Authenticator.objects.filter(user=person).values_list("type", flat=True)) == ["totp"]
    assert client.post(remove).status_code == 404


def test_key_of_somebody_else_is_not_there(signed_in_client):
    owner, other = holder("drafter"), holder("drafter")
    with system("test"):
        key = Authenticator.objects.create(
            user=owner, type="webauthn", data={"name": "Chìa trong túi", "credential": {}}
        )
    client = signed_in_client(other)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.get(reverse(name, args=[key.pk])).status_code == 404
        assert client.post(reverse(name, args=[key.pk]), {"name": "của tôi"}).status_code == 404
    key.refresh_from_db()
    assert key.data["name"] == "Chìa trong túi"
    assert "Chìa trong túi" not in client.get(reverse("mfa_index")).text


def test_secret_of_an_app_is_not_in_the_database_as_it_is(signed_in_client):
    person = holder("drafter")
    client = signed_in_client(person)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]

    assert client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)}).status_code == 302

    kept = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert secret not in kept
    assert decrypt(kept) == secret


def test_secret_opens_with_the_key_of_this_installation_alone(settings):
    from cryptography.fernet import InvalidToken

    kept = encrypt("bí mật")
    settings.SECRET_KEY = "another installation's key, long enough to be one"
    with pytest.raises(InvalidToken):
        decrypt(kept)


def test_password_alone_signs_nobody_in_who_has_a_factor():
    person = holder("drafter")
    secret = give_app(person)

    client, answer = give_password(person)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get("/")["Location"].startswith(reverse("account_login"))
    answer = client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert answer["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize("step", [-1, 0, 1])
def test_code_is_good_a_step_early_and_late_and_once(step):
    person = holder("drafter")
    code = app_code(give_app(person), step)
    signed_in = []
    for _ in range(2):
        client, _answer = give_password(person)
        client.post(reverse("mfa_authenticate"), {"code": code})
        signed_in.append("_auth_user_id" in client.session)
    assert signed_in == [True, False]


def test_used_code_stays_used_for_as_long_as_it_would_be_good(monkeypatch):
    """The library forgets a used code after one step; with the tolerance it would be good again until its third."""
    person = holder("drafter")
    secret = give_app(person)
    code = app_code(secret)
    client, _ = give_password(person)
    client.post(reverse("mfa_authenticate"), {"code": code})
    cache.delete(f"allauth.mfa.totp.used?user={person.pk}&code={code}")

    client, _ = give_password(person)
    client.post(reverse("mfa_authenticate"), {"code": f"{code[:3]} {code[3:]}"})

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("code", ["000000000", "", "12345"])
def test_wrong_code_signs_nobody_in(code):
    person = holder("drafter")
    give_app(person)
    client, _ = give_password(person)
    answer = client.post(reverse("mfa_authenticate"), {"code": code})
    assert (answer.status_code, "_auth_user_id" in client.session) == (200, False)


def test_guessing_codes_is_limited_from_wherever_they_come():
    person = holder("drafter")
    secret = give_app(person)
    for number in range(5):
        client, _ = give_password(person, Client(REMOTE_ADDR=f"192.0.2.{number}"))
        client.post(reverse("mfa_authenticate"), {"code": "000000000"})
    client, _ = give_password(person, Client(REMOTE_ADDR="192.0.2.77"))

    answer = client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})

    assert "_auth_user_id" not in client.session
    assert "Đăng nhập sai quá nhiều lần" in answer.text


def test_recovery_code_signs_in_once(signed_in_client):
    person = holder("drafter")
    give_app(person)
    owner = signed_in_client(person)
    owner.post(reverse("mfa_generate_recovery_codes"))
    codes = owner.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(set(codes)) == 10

    signed_in = []
    for _ in range(2):
        client, _ = give_password(person)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        signed_in.append("_auth_user_id" in client.session)
    assert signed_in == [True, False]


@pytest.mark.parametrize(
    "name",
    [
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_opens_the_account_asks_for_a_proof(signed_in_client, name, method):
    client = signed_in_client(holder("drafter"), proved=False)
    answer = getattr(client, method)(reverse(name))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_passkey_options_are_given_to_strangers_and_name_nobody():
    answer = Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"].get("allowCredentials", []) == []


@pytest.mark.parametrize("credential", ["", "{}", "[]", "x", '{"response": {"userHandle": "MQ"}}', '"MQ"'])
def test_forged_passkey_signs_nobody_in(credential):
    holder("drafter")
    client = Client()
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert "_auth_user_id" not in client.session
