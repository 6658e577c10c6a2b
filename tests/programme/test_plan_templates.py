import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nhipcau import access
from nhipcau.access import PermissionDeniedError
from nhipcau.accounts.queries import access_for
from nhipcau.programme.domain.plan_templates import load_plan_template, publish_plan_template
from nhipcau.programme.models import PlanTemplate
from nhipcau.programme.queries.plans import template_on
from nhipcau.workspace.domain.errors import IncompleteError
from tests.support.people import ACTOR

NEXT = {
    "title": "Kế hoạch mới",
    "basis": "Thông tư mẫu",
    "valid_from": "2028-01-01",
    "parts": [{"key": "work", "title": "Việc", "groups": [{"key": "one", "title": "Một"}]}],
}


def changed(**fields):
    return json.dumps(NEXT | fields).encode()


@pytest.fixture
def template(planning):
    with access.system("test"):
        return load_plan_template(actor=ACTOR)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"[]",
        b"{",
        b"[" * 100_000,
        changed(title=""),
        changed(valid_from="mai"),
        changed(valid_from="2019-04-22"),
        changed(parts=[]),
        changed(parts=[{"key": "Lỗi", "title": "Việc"}]),
        changed(parts=[{"key": "a", "title": "Việc"}]),
        changed(parts=[{"key": "a", "title": "Việc", "more": 1}]),
        changed(parts=[{"key": "a", "title": "Việc", "groups": [{"key": "x", "title": ""}]}]),
        changed(parts=NEXT["parts"] * 2),
        b" " * 300_000,
    ],
    ids=range(14),
)
def test_what_is_no_template_is_refused_with_a_sentence(planning, template, content):
    coordinator = planning.coordinator
    with access.opened(access_for(coordinator)):
        with pytest.raises(IncompleteError) as caught:
            publish_plan_template(actor=coordinator, organisation=planning.ministry, content=content)
        assert caught.value.field == "file"
        assert PlanTemplate.objects.count() == 1


def test_a_version_follows_the_one_in_force(planning, template, signed_in_client):
    client = signed_in_client(planning.coordinator)
    file = SimpleUploadedFile("mau.json", changed(), content_type="application/json")
    client.post("/ke-hoach/mau/moi/", {"file": file})
    with access.system("test"):
        before, after = template_on(date(2027, 12, 31)), template_on(date(2028, 1, 1))
        assert (before.version, f"{before.valid_to}", after.version) == (1, "2027-12-31", 2)
        made = after.pk
    assert client.get(f"/ke-hoach/mau/{made}/tep/").json() == NEXT | {"parts": stored_parts(made)}


def stored_parts(key):
    with access.system("test"):
        return PlanTemplate.objects.get(pk=key).parts


def test_only_the_coordinating_ministry_publishes(planning, template):
    with access.opened(access_for(planning.approver)), pytest.raises(PermissionDeniedError):
        publish_plan_template(actor=planning.approver, organisation=planning.office, content=changed())
