"""An office's own Word templates: who gives, tries and uses them, and what a digest is then written in."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from nhipcau import access
from nhipcau.access import PermissionDeniedError
from nhipcau.audit.models import Entry
from nhipcau.documents.digest.template import starter
from nhipcau.documents.sentences import FileRefusedError
from nhipcau.documents.studio.kinds import kind
from nhipcau.workspace.domain.templates import stop_template, upload_template, use_template
from nhipcau.workspace.models import DocumentTemplate
from tests.documents.test_studio import make_template
from tests.press.test_screens import make_digest
from tests.support.people import make_office, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    with access.system("test"):
        return make_office("Cục Mẫu")


@pytest.fixture
def keeper(office):
    with access.system("test"):
        return make_person("Phạm Quản", office=office, roles=["office_administrator"])


@pytest.fixture
def analyst(office):
    with access.system("test"):
        return make_person("Lê Thị Đọc", office=office, roles=["press_analyst"])


def give(actor, office, *, content=None, name="mẫu.docx"):
    content = make_template("Giấy của Cục", "{{ tieu_de }}", "{{ noi_dung }}") if content is None else content
    return upload_template(actor=actor, organisation=office, kind=kind("digest"), name=name, content=content)


def verbs():
    return list(Entry.objects.filter(verb__startswith="workspace.").order_by("pk").values_list("verb", flat=True))


@pytest.mark.both_databases
def test_template_is_given_used_and_put_aside_on_record(as_system, office, keeper):
    first, second = give(keeper, office), give(keeper, office, name="khác.docx")
    use_template(actor=keeper, template=first)
    use_template(actor=keeper, template=second)
    assert list(DocumentTemplate.objects.filter(active=True)) == [second]
    stop_template(actor=keeper, template=second)
    assert DocumentTemplate.objects.filter(active=True).count() == 0
    assert [verb.removeprefix("workspace.") for verb in verbs()] == [
        "upload_template",
        "upload_template",
        "use_template",
        "use_template",
        "stop_template",
    ]


def test_only_those_who_keep_the_office_may(as_system, office, keeper, analyst):
    template = give(keeper, office)
    stranger = make_person("Người Khác", office=make_office("Cục Khác"), roles=["office_administrator"])
    for actor in (analyst, stranger):
        with pytest.raises(PermissionDeniedError):
            give(actor, office)
        with pytest.raises(PermissionDeniedError):
            use_template(actor=actor, template=template)
        with pytest.raises(PermissionDeniedError):
            stop_template(actor=actor, template=template)


def test_template_with_an_unknown_field_or_a_mark_of_secrecy_is_not_kept(as_system, office, keeper):
    for content, sentence in ((make_template("{{ khong_co }}"), "khong_co"), (make_template("TUYỆT MẬT"), "TUYỆT MẬT")):
        with pytest.raises(FileRefusedError, match=sentence):
            give(keeper, office, content=content)
    assert DocumentTemplate.objects.count() == 0


def test_digest_is_written_in_the_template_in_use(as_system, office, keeper, analyst, signed_in_client):
    digest = make_digest(office, "s1")
    address, desk = f"/diem-bao/{digest.pk}/tai-ve/docx/", signed_in_client(analyst)
    template = give(keeper, office)
    use_template(actor=keeper, template=template)
    said = paragraphs(desk.get(address))
    assert said[0] == "DỰ THẢO"
    assert "Giấy của Cục" in said
    assert "1. s1 0" in said
    stop_template(actor=keeper, template=template)
    assert "Giấy của Cục" not in paragraphs(desk.get(address))


def paragraphs(answer):
    return [each.text for each in Document(io.BytesIO(b"".join(answer.streaming_content))).paragraphs]


def test_screen_gives_tries_uses_and_puts_aside(as_system, office, keeper, signed_in_client):
    client = signed_in_client(keeper)
    file = SimpleUploadedFile("mẫu.docx", make_template("Giấy của Cục {{ tieu_de }}"))
    answer = client.post("/bieu-mau/", {"office": office.pk, "kind": "digest", "file": file})
    template = DocumentTemplate.objects.get()
    assert (answer.status_code, answer["Location"], template.name) == (302, "/bieu-mau/", "mẫu.docx")
    tried = Document(io.BytesIO(client.get(f"/bieu-mau/{template.pk}/thu/").content))
    assert "Giấy của Cục Việt Nam trên báo chí nước ngoài" in [each.text for each in tried.paragraphs]
    client.post(f"/bieu-mau/{template.pk}/dung/")
    page = client.get("/bieu-mau/").text
    assert "1 biểu mẫu của cơ quan đang dùng" in page
    assert "{{ so_ky_hieu }}" in page
    client.post(f"/bieu-mau/{template.pk}/thoi/")
    template.refresh_from_db()
    assert template.active is False


def test_screen_says_what_is_wrong_with_a_file(as_system, office, keeper, signed_in_client):
    file = SimpleUploadedFile("mẫu.docx", b"%PDF-1.7")
    answer = signed_in_client(keeper).post("/bieu-mau/", {"office": office.pk, "kind": "digest", "file": file})
    assert "Tệp không phải là văn bản Word (.docx)." in answer.text


def test_screen_of_those_who_only_read_offers_nothing_to_change(as_system, office, keeper, analyst, signed_in_client):
    give(keeper, office)
    page = signed_in_client(analyst).get("/bieu-mau/").text
    assert ("mẫu.docx" in page, "Đưa vào sử dụng" in page, "Kiểm tra và lưu" in page) == (True, False, False)


def test_starter_is_given_out_and_unknown_kinds_are_not_found(as_system, keeper, signed_in_client):
    client = signed_in_client(keeper)
    answer = client.get("/bieu-mau/mau-chuan/digest/")
    assert answer.content[:2] == starter()[:2] == b"PK"
    assert client.get("/bieu-mau/mau-chuan/khac/").status_code == 404


@pytest.mark.both_databases
def test_number_of_queries_of_the_screen(as_system, office, keeper, signed_in_client):
    client, counts = signed_in_client(keeper), []
    for number in (1, 3):
        while DocumentTemplate.objects.count() < number:
            give(keeper, office)
        with CaptureQueriesContext(connection) as captured:
            client.get("/bieu-mau/")
        counts.append(len([each for each in captured if "workspace_documenttemplate" in each["sql"]]))
    assert counts == [1, 1]
