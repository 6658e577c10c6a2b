"""The organisation's own sign-in service. A real one is driven in tests/browser/test_sign_in.py."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from nhipcau.access import system
from nhipcau.accounts.models import Person
from nhipcau.accounts.provider import ElsewhereError, NamedHostsOnly
from tests.accounts.test_mfa import holder

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]
GO, BACK = reverse("openid_connect_login"), reverse("openid_connect_callback")


class Service(BaseHTTPRequestHandler):
    """An OpenID provider that answers whatever the test wants; ``asked`` are the paths that were called."""

    def do_GET(self):
        self.server.asked.append(self.path)
        said = self.server.answers.get(self.path)
        if callable(said):
            said = said(self)
        if said is None:
            return
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the base class looks for this name

    def log_message(self, *_):
        pass


def start():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.asked, server.answers = [], {}
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server


@pytest.fixture
def elsewhere():
    server = start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def service(settings):
    """The service as the operator would name it, with one person who signs in there."""
    server = start()
    server.userinfo = {"sub": "danh-tinh", "email": "hoa@example.org", "email_verified": True, "picture": "x"}
    server.answers = {
        "/.well-known/openid-configuration": {
            "issuer": server.url,
            "authorization_endpoint": f"{server.url}/authorize",
            "token_endpoint": f"{server.url}/token",
            "userinfo_endpoint": f"{server.url}/userinfo",
            "jwks_uri": f"{server.url}/keys",
        },
        "/token": lambda _: {"access_token": "t", "token_type": "Bearer"},
        "/userinfo": lambda _: server.userinfo,
    }
    settings.OIDC_SERVER, settings.OIDC_NAME = server.url, "Cổng định danh Mẫu"
    settings.OIDC_HOSTS = frozenset({urlsplit(server.url).netloc})
    app = {
        "provider_id": "oidc",
        "name": "Cổng",
        "client_id": "c",
        "secret": "s",
        "settings": {"server_url": server.url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def person(db):
    return holder("drafter", email="hoa@example.org")


def go(client, query=""):
    """Set out for the service; what it is asked."""
    answer = client.post(GO + query)
    return {key: value[0] for key, value in parse_qs(urlsplit(answer["Location"]).query).items()}


def come_back(client, **said):
    said = {"state": go(client).get("state"), "code": "c"} | said
    return client.get(BACK, {key: value for key, value in said.items() if value})


def who(client):
    return client.session.get("_auth_user_id")


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_nothing_is_there_where_no_service_is_named(person):
    client = Client()
    assert client.post(GO).status_code == 404
    assert client.get(BACK, {"code": "c", "state": "s"}).status_code == 404
    assert 'action="/tai-khoan/oidc"' not in client.get(reverse("account_login")).text


def test_service_is_asked_with_state_and_proof_key(service, person):
    asked = go(Client())
    assert asked["client_id"] == "c"
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 16


def test_link_leads_nobody_to_the_service(service):
    assert Client().get(GO).status_code == 405


def test_verified_address_signs_its_person_in_and_keeps_the_password(service, person):
    client = Client()
    assert come_back(client)["Location"] == reverse("home")
    assert who(client) == str(person.pk)
    with system("test"):
        assert Person.objects.get(pk=person.pk).has_usable_password()
    assert service.asked.count("/token") == 1


def test_what_is_kept_of_the_service_is_what_is_needed(service, person):
    come_back(Client())
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.extra_data) == (
        "danh-tinh",
        {"userinfo": {"sub": "danh-tinh", "email": "hoa@example.org", "email_verified": True}},
    )


def test_identity_once_connected_signs_in_whatever_its_address_has_become(service, person):
    come_back(Client())
    service.userinfo |= {"email": "khac@example.org", "picture": "y"}
    client = Client()
    come_back(client)
    assert who(client) == str(person.pk)
    assert "picture" not in str(SocialAccount.objects.get().extra_data)


@pytest.mark.parametrize(
    "about",
    [
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"email_verified": 1},
        {"email": "nobody@example.org"},
        {"email": None},
        {"email": "hoa@example.org.evil.example"},
    ],
    ids=str,
)
def test_nobody_else_gets_in_and_nobody_signs_up(service, person, about):
    service.userinfo |= about
    client = Client()
    answer = come_back(client)
    assert (answer["Location"], who(client)) == (reverse("account_login"), None)
    assert len(said(answer)) == 1
    assert SocialAccount.objects.count() == 0
    with system("test"):
        assert list(Person.objects.all()) == [person]


def test_person_who_may_no_longer_sign_in_does_not_that_way_either(service, person):
    come_back(Client())
    with system("test"):
        Person.objects.filter(pk=person.pk).update(is_active=False)
    client = Client()
    assert come_back(client)["Location"] == reverse("account_login")
    SocialAccount.objects.all().delete()
    come_back(client)
    assert (who(client), SocialAccount.objects.count()) == (None, 0)


def test_second_factor_is_asked_for_after_the_service_too(service, person):
    from tests.accounts.test_mfa import give_app

    give_app(person)
    client = Client()
    assert come_back(client)["Location"] == reverse("mfa_authenticate")
    assert who(client) is None


def test_answer_that_was_not_asked_for_signs_nobody_in(service, person):
    client = Client()
    go(client)
    for query in ({"code": "c"}, {"code": "c", "state": "forged"}, {"state": "forged", "error": "access_denied"}):
        answer = client.get(BACK, query)
        assert (answer.status_code, answer["Location"], who(client)) == (302, reverse("account_login"), None)
    assert "/token" not in service.asked


def test_answer_is_taken_once(service, person):
    client = Client()
    state = go(client)["state"]
    client.get(BACK, {"code": "c", "state": state})
    client.post(reverse("account_logout"))
    client.get(BACK, {"code": "c", "state": state})
    assert who(client) is None


def test_person_who_gives_it_up_is_told_so(service):
    answer = come_back(Client(), code=None, error="access_denied")
    assert said(answer) == ["Bạn đã thôi đăng nhập."]


def test_two_answers_about_two_people_sign_nobody_in(service, person):
    """An access token of another person, put beside the identity token (OpenID Connect Core, 5.3.2)."""
    import jwt

    about = {"iss": service.url, "aud": "c", "sub": "ai-do-khac", "exp": time.time() + 60, "iat": time.time()}
    token = jwt.encode(about, "k" * 32, algorithm="HS256")
    service.answers["/token"] = {"access_token": "t", "token_type": "Bearer", "id_token": token}
    client = Client()
    assert come_back(client)["Location"] == reverse("account_login")
    assert (who(client), SocialAccount.objects.count()) == (None, 0)


@pytest.mark.parametrize("broken", ["/.well-known/openid-configuration", "/token", "/userinfo"])
@pytest.mark.parametrize("how", ["redirect", "error", "nonsense", "elsewhere"])
def test_service_that_misbehaves_is_said_to_and_nobody_else_is_called(service, elsewhere, person, broken, how):
    def redirect(handler):
        handler.send_response(302)
        handler.send_header("Location", f"{elsewhere.url}/steal")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    def error(handler):
        handler.send_error(503)

    well_known = dict(service.answers["/.well-known/openid-configuration"])
    client = Client()
    state = go(client)["state"]
    if how == "elsewhere":
        names = {"/token": "token_endpoint", "/userinfo": "userinfo_endpoint"}
        if broken in names:
            well_known[names[broken]] = f"{elsewhere.url}/steal"
        else:
            well_known |= {"token_endpoint": f"{elsewhere.url}/steal", "userinfo_endpoint": f"{elsewhere.url}/steal"}
        service.answers["/.well-known/openid-configuration"] = well_known
    else:
        service.answers[broken] = {"redirect": redirect, "error": error, "nonsense": ["x"]}[how]

    answer = client.get(BACK, {"code": "c", "state": state})

    assert (answer.status_code, answer["Location"], who(client)) == (302, reverse("account_login"), None)
    assert said(answer) == ["Không hỏi được dịch vụ đăng nhập, hoặc câu trả lời không hợp lệ. Hãy thử lại."]
    assert elsewhere.asked == []


def test_service_that_cannot_be_reached_is_said_so(service, person):
    service.shutdown()
    service.server_close()
    answer = Client().post(GO)
    assert answer["Location"] == reverse("account_login")
    assert len(said(answer)) == 1


def test_slow_service_is_not_waited_for_forever(service, settings):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.2
    service.answers["/userinfo"] = lambda _: time.sleep(1)
    with pytest.raises(requests.Timeout):
        NamedHostsOnly().get(f"{service.url}/userinfo", timeout=30)


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://evil.example/",
        "https://{host}/",
        "http://{host}.evil.example/",
        "http://evil.example@{other}/",
        "file:///etc/passwd",
        "http://localhost:1/",
    ],
)
def test_only_the_named_hosts_are_called(service, address):
    host = urlsplit(service.url).netloc
    with pytest.raises(ElsewhereError):
        NamedHostsOnly().get(address.format(host=host, other="evil.example"))


def test_further_hosts_are_those_the_operator_names(service, elsewhere, settings):
    elsewhere.answers["/x"] = {"x": 1}
    settings.OIDC_HOSTS |= {urlsplit(elsewhere.url).netloc}
    assert NamedHostsOnly().get(f"{elsewhere.url}/x").json() == {"x": 1}


def connect(client):
    state = go(client, "?process=connect")["state"]
    return client.get(BACK, {"code": "c", "state": state})


def test_identity_is_connected_by_hand_whatever_its_address(service, person, signed_in_client):
    other = holder("drafter")
    service.userinfo |= {"email": "rieng@example.org", "email_verified": False}
    client = signed_in_client(other)
    assert connect(client)["Location"] == reverse("mfa_index")
    assert SocialAccount.objects.get().user_id == other.pk
    door = Client()
    come_back(door)
    assert who(door) == str(other.pk)


def test_identity_of_one_person_is_not_connected_to_another(service, person, signed_in_client):
    come_back(Client())
    client = signed_in_client(holder("drafter"))
    answer = connect(client)
    assert SocialAccount.objects.get().user_id == person.pk
    assert said(answer) == ["Danh tính đó đã liên kết với tài khoản của người khác."]


def test_connecting_asks_for_a_proof(service, person, signed_in_client):
    client = signed_in_client(person, proved=False)
    assert connect(client)["Location"].startswith(reverse("account_reauthenticate"))
    assert SocialAccount.objects.count() == 0


def test_last_way_in_is_not_disconnected(service, signed_in_client):
    without = holder("drafter", password=None, email="hoa@example.org")
    client = Client()
    come_back(client)
    identity = SocialAccount.objects.get()
    answer = client.post(reverse("account_disconnect_identity", args=[identity.pk]))
    assert said(answer) == ["Không còn cách nào khác để mở tài khoản này: hãy đặt mật khẩu trước."]
    assert SocialAccount.objects.filter(user=without).exists()


def test_identity_of_somebody_else_is_not_there(service, person, signed_in_client):
    come_back(Client())
    client = signed_in_client(holder("drafter"))
    assert client.post(reverse("account_disconnect_identity", args=[SocialAccount.objects.get().pk])).status_code == 404


def test_who_has_neither_password_nor_factor_signs_in_anew_as_a_proof(service, settings):
    without = holder("drafter", password=None, email="hoa@example.org")
    client = Client()
    come_back(client)
    session = client.session
    session["account_authentication_methods"][-1]["at"] = 0
    session.save()
    asked = client.get(reverse("mfa_add_webauthn"))["Location"]
    page = client.get(asked)
    assert "Đăng nhập lại bằng Cổng định danh Mẫu" in page.text

    wanted = go(client, f"?auth_params=prompt%3Dlogin&next={reverse('mfa_add_webauthn')}")
    assert wanted["prompt"] == "login"
    answer = client.get(BACK, {"code": "c", "state": wanted["state"]})

    assert (answer["Location"], who(client)) == (reverse("mfa_add_webauthn"), str(without.pk))
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_policy_lets_a_form_end_at_the_service():
    import os
    import subprocess
    import sys

    printing = "from nhipcau.config import settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    env = os.environ | {"NHIPCAU_OIDC_SERVER": "https://id.example.vn/realm/", "NHIPCAU_OIDC_HOSTS": "login.example.vn"}
    ran = subprocess.run([sys.executable, "-c", printing], env=env, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == """["'self'", 'https://id.example.vn', 'https://login.example.vn']"""


def test_library_is_used_by_the_names_it_has():
    assert {"lookup", "connect", "is_existing"} <= set(dir(SocialLogin))
