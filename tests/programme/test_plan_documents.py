import io
import zipfile

import pytest

from nhipcau import access
from nhipcau.audit.models import Entry
from nhipcau.programme.plan_documents import plain_plan
from tests.support.people import make_person
from tests.support.plans import ACTIVITY, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(planning):
    with access.system("test"):
        return make_plan(
            planning.office,
            state="issued",
            drafter=planning.drafter,
            approver=planning.approver,
            activities=(ACTIVITY, ACTIVITY | {"title": "Việc không có tiền", "budget": ""}),
        )


def content_of(answer):
    return b"".join(answer.streaming_content)


def test_a_plan_is_printed_with_its_number_parts_and_activities(planning, issued, signed_in_client):
    client = signed_in_client(planning.coordinator)
    word = client.get(f"/ke-hoach/{issued.pk}/tai-ve/docx/")
    pdf = client.get(f"/ke-hoach/{issued.pk}/tai-ve/pdf/")

    with zipfile.ZipFile(io.BytesIO(content_of(word))) as file:
        text = file.read("word/document.xml").decode()
    for said in ("01/KH-BM", "Không có (focal).", "Tuần phim Việt Nam", "250,5", "VỤ TRƯỞNG"):
        assert said in text, said
    assert content_of(pdf).startswith(b"%PDF")
    with access.system("test"):
        assert Entry.objects.filter(verb="programme.take_plan", object_id=str(issued.pk)).count() == 2


def test_what_is_no_amount_stays_empty_and_the_totals_add_up(planning, issued, as_system):
    plain = plain_plan(issued)
    tables = {table["title"]: table["rows"] for section in plain["sections"] for table in section["tables"]}
    image = tables["Quảng bá hình ảnh đất nước, hình ảnh của ngành, địa phương"]

    assert [row[-1] for row in image] == ["250.5", ""]
    assert [row[1:] for row in plain["sections"][4]["tables"][0]["rows"]][-1] == ["2", "250.5"]


def test_a_restricted_plan_leaves_in_the_hands_of_who_answers_for_it(planning, issued, signed_in_client):
    with access.system("test"):
        type(issued).objects.filter(pk=issued.pk).update(classification="restricted")
        leader = make_person(office=planning.office, roles=["leader"])
    path = f"/ke-hoach/{issued.pk}/tai-ve/docx/"
    refused, given = (signed_in_client(who).get(path) for who in (planning.coordinator, leader))
    assert (refused.status_code, given.status_code) == (403, 200)
    assert content_of(given)
