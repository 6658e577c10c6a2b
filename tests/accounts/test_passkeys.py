"""What a passkey opens and what it does not. A browser's own are driven in tests/browser/test_sign_in.py."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from nhipcau.access import system
from nhipcau.accounts.models import Person
from tests.accounts.test_mfa import give_password, holder
from tests.support.keys import SoftKey
from tests.support.people import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ADD, ALONE, SECOND = reverse("mfa_add_webauthn"), reverse("mfa_login_webauthn"), reverse("mfa_authenticate")
JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture(autouse=True)
def _no_attempts_counted_yet(db):
    cache.clear()


def browser():
    return Client(SERVER_NAME="localhost")


def give_key(person, key=None, client=None, **form):
    """Add a key as its owner would; the key."""
    key = key or SoftKey()
    if client is None:
        client = browser()
        with system("sign-in"):
            sign_in(client, person)
    options = client.get(ADD).context["js_data"]["creation_options"]
    options = json.loads(json.dumps(options, default=dict))
    said = {"credential": json.dumps(key.made(options)), "passwordless": "on", "name": "Khóa thử"}
    key.answer = client.post(ADD, said | form)
    return key


def alone(key, client=None, **used):
    """Sign in with the key alone; the client."""
    client = client or browser()
    options = client.get(ALONE, **JSON).json()["request_options"]
    client.post(ALONE, {"credential": json.dumps(key.used(options, **used))})
    return client


def second(key, person):
    client, _ = give_password(person, browser())
    options = json.loads(json.dumps(client.get(SECOND).context["js_data"]["request_options"], default=dict))
    client.post(SECOND, {"credential": json.dumps(key.used(options))})
    return client


def who(client):
    return client.session.get("_auth_user_id")


def test_key_signs_in_alone_and_after_the_password():
    person = holder("drafter")
    key = give_key(person)
    assert key.answer["Location"] == reverse("mfa_view_recovery_codes")
    assert who(alone(key)) == who(second(key, person)) == str(person.pk)


def test_key_alone_needs_its_owner_to_be_verified():
    key = give_key(holder("drafter"))
    assert who(alone(key, verified=False)) is None


def test_key_made_on_a_false_page_is_not_taken():
    key = give_key(holder("drafter"), SoftKey("https://nhipcau.evil.example"))
    assert key.answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_key_used_on_a_false_page_signs_nobody_in():
    key = give_key(holder("drafter"))
    key.origin = "https://nhipcau.evil.example"
    assert who(alone(key)) is None


def test_proof_is_taken_once():
    key = give_key(holder("drafter"))
    client = browser()
    options = client.get(ALONE, **JSON).json()["request_options"]
    proof = {"credential": json.dumps(key.used(options))}
    client.post(ALONE, proof)
    client.post(reverse("account_logout"))
    client.post(ALONE, proof)
    assert who(client) is None


def test_proof_for_another_session_signs_nobody_in():
    key = give_key(holder("drafter"))
    options = browser().get(ALONE, **JSON).json()["request_options"]
    client = browser()
    client.get(ALONE, **JSON)
    client.post(ALONE, {"credential": json.dumps(key.used(options))})
    assert who(client) is None


def test_key_of_one_person_is_no_second_factor_of_another():
    mine, theirs = holder("drafter"), holder("drafter")
    give_key(theirs)
    assert who(second(give_key(mine), theirs)) is None


def test_key_that_claims_another_owner_signs_nobody_in():
    mine, theirs = holder("drafter"), holder("drafter")
    key, other = give_key(mine), give_key(theirs)
    key.owner = other.owner
    assert who(alone(key)) is None


def test_removed_key_opens_nothing():
    person = holder("drafter")
    key = give_key(person)
    Authenticator.objects.filter(user=person).delete()
    assert who(alone(key)) is None


def test_key_of_who_may_no_longer_sign_in_opens_nothing():
    person = holder("drafter")
    key = give_key(person)
    with system("test"):
        Person.objects.filter(pk=person.pk).update(is_active=False)
    assert who(alone(key)) is None


def test_keys_without_a_name_are_numbered():
    person = holder("drafter")
    for _ in range(2):
        give_key(person, name="")
    names = [row.data["name"] for row in Authenticator.objects.filter(type="webauthn").order_by("pk")]
    assert names == ["Khóa 1", "Khóa 2"]


def test_form_without_a_key_says_what_is_missing_in_the_words_of_the_screen(signed_in_client):
    client = signed_in_client(holder("drafter"))
    answer = client.post(ADD, {"name": "x"})
    assert "Khóa</a>: " in answer.text
    assert ">Credential<" not in answer.text


def mangled():
    """Answers of a key, each with a part gone, emptied or made nonsense of."""
    whole = SoftKey().made()
    yield from ({key: value for key, value in whole.items() if key != gone} for gone in whole)
    yield from (whole | {key: wrong} for key in whole for wrong in (None, 1, [], {}, "%%", "AA"))
    said = whole["response"]
    yield from (whole | {"response": said | {key: wrong}} for key in said for wrong in (None, 1, [], {}, "%%", "AA"))
    yield from (
        1,
        "x",
        [1],
        {"response": []},
        {"response": {"userHandle": "MQ"}},
        {"response": {"userHandle": "\u0000"}},
    )


@pytest.mark.long
def test_nonsense_signs_nobody_in_and_breaks_nothing():
    person = holder("drafter")
    give_key(person)
    owner = browser()
    with system("sign-in"):
        sign_in(owner, person)
    door = browser()
    door.get(ALONE, **JSON)
    answers = set()
    for said in mangled():
        cache.clear()
        credential = {"credential": json.dumps(said)}
        owner.get(ADD)
        answers |= {door.post(ALONE, credential).status_code, owner.post(ADD, credential).status_code}
    assert answers == {200, 302}
    assert who(door) is None
    assert Authenticator.objects.filter(type="webauthn").count() == 1
