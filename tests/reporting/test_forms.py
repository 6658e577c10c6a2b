import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.accounts.queries import access_for
from nhipcau.audit.models import Entry
from nhipcau.reporting.domain import forms
from nhipcau.reporting.models import FormState, FormVersion
from nhipcau.reporting.outline import outline
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from tests.support.people import make_office, make_person
from tests.support.reporting import make_form, make_plain_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_system):
    office = make_office()
    return office, make_person(office=office, roles=["coordinator"])


def as_(person, step, **given):
    with access.opened(access_for(person)):
        return step(actor=person, **given)


def url(version, view="form_version"):
    return reverse(f"reporting:{view}", args=[version.pk])


@pytest.mark.postgres_when_long
def test_version_in_use_stays_as_it_is_and_the_next_one_follows(desk):
    office, person = desk
    first = as_(person, forms.draft_form, organisation=office, definition=make_plain_form().to_plain())
    changed = make_plain_form(title="Tên mới").to_plain()
    with pytest.raises(WrongStateError):
        as_(person, forms.draft_form, organisation=office, definition=changed)
    as_(person, forms.publish_form, version=first)
    with pytest.raises(WrongStateError):
        as_(person, forms.edit_form, version=first, definition=changed, seen=first.changed_at)
    second = as_(person, forms.draft_form, organisation=office, definition=changed)
    assert (second.number, second.plain.version, second.plain.title) == (2, 2, "Tên mới")
    with access.system("test"):
        assert FormVersion.objects.get(pk=first.pk).plain.title == make_plain_form().title
        verbs = Entry.objects.filter(verb__startswith="reporting.").order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["reporting.draft_form", "reporting.publish_form", "reporting.draft_form"]


def test_form_that_cannot_be_and_a_version_that_moved_are_refused(desk):
    office, person = desk
    version = as_(person, forms.draft_form, organisation=office, definition=make_plain_form().to_plain())
    with pytest.raises(IncompleteError, match="chưa hỏi gì"):
        as_(
            person,
            forms.edit_form,
            version=version,
            definition={"key": "a", "version": 1, "title": "", "sections": []},
            seen=version.changed_at,
        )
    before = version.changed_at
    as_(person, forms.edit_form, version=version, definition=make_plain_form(title="B").to_plain(), seen=before)
    with pytest.raises(ConflictError):
        as_(person, forms.edit_form, version=version, definition=make_plain_form(title="C").to_plain(), seen=before)


def test_only_a_coordinator_of_the_office_writes_its_forms(desk):
    office, _person = desk
    with access.system("test"):
        drafter = make_person(office=office, roles=["drafter"])
    with pytest.raises(PermissionDeniedError):
        as_(drafter, forms.draft_form, organisation=office, definition=make_plain_form().to_plain())


def test_outline_is_loaded_once(desk):
    office, person = desk
    first = as_(person, forms.load_outline, organisation=office)
    assert as_(person, forms.load_outline, organisation=office) == first
    assert (first.state, first.plain.items.keys()) == (FormState.PUBLISHED, outline().items.keys())


def test_form_is_written_in_the_browser_from_the_outline_to_its_next_version(desk, signed_in_client):
    office, person = desk
    client = signed_in_client(person)
    answer = client.post(reverse("reporting:form_begin"), {"office": office.pk})
    with access.system("test"):
        first = FormVersion.objects.get()
    assert answer.url == url(first)
    client.post(reverse("reporting:form_step", args=[first.pk, "moi"]))
    with access.system("test"):
        second = FormVersion.objects.get(number=2)
    item = url(second, "form_item")
    page = client.get(f"{item}?section=part_1&item=courses").content.decode()
    assert "Lớp tập huấn, bồi dưỡng đã tổ chức" in page
    data = {
        "kind": "figure",
        "key": "courses",
        "label": "Lớp đã mở",
        "unit": "lớp",
        "number": "whole",
        "axes": ["language"],
        "required": "on",
    }
    client.post(f"{item}?section=part_1&item=courses", data)
    client.post(
        f"{item}?section=part_1",
        {"kind": "table", "key": "staff", "label": "Danh sách", "columns": "post | Chức danh | text | bắt buộc"},
    )
    client.post(url(second, "form_move"), {"section": "part_1", "item": "staff", "do": "up"})
    client.post(
        f"{url(second, 'form_axis')}", {"key": "level", "label": "cấp", "choices": "tw | Trung ương\ndp | Địa phương"}
    )
    client.post(f"{url(second, 'form_section')}", {"key": "part_9", "number": "IX", "title": "Khác"})
    client.post(
        url(second, "form_head"), {"title": "Báo cáo mới", "basis": "", "rules": "courses <= people_trained | Sai."}
    )
    with access.system("test"):
        plain = FormVersion.objects.get(number=2).plain
    assert (plain.figures["courses"].label, plain.figures["courses"].axes) == ("Lớp đã mở", ("language",))
    assert [item.key for item in plain.sections[0].items][-2:] == ["staff", "documents"]
    assert (plain.sections[-1].title, plain.axis["level"].label, plain.title) == ("Khác", "cấp", "Báo cáo mới")
    assert [rule.message for rule in plain.rules] == ["Sai."]
    client.post(reverse("reporting:form_step", args=[second.pk, "dung"]))
    assert "Đang dùng" in client.get(url(second)).content.decode()
    assert client.get(f"{item}?section=part_1&item=courses").status_code == 404


def test_what_is_wrong_with_a_piece_is_said_and_nothing_is_stored(desk, signed_in_client):
    office, person = desk
    version = make_form(office, state="draft")
    client = signed_in_client(person)
    answer = client.post(
        f"{url(version, 'form_item')}?section=one", {"kind": "table", "key": "t", "label": "T", "columns": "cot"}
    )
    assert "“cot”: hãy viết theo mẫu mã | tên | loại." in answer.content.decode()
    answer = client.post(
        f"{url(version, 'form_item')}?section=one", {"kind": "text", "key": "items", "label": "Trùng mã"}
    )
    assert "“items” có hai lần trong biểu mẫu." in answer.content.decode()
    with access.system("test"):
        assert FormVersion.objects.get(pk=version.pk).plain == version.plain


def test_form_goes_out_and_comes_back_as_a_file(desk, signed_in_client):
    office, person = desk
    version = make_form(office)
    client = signed_in_client(person)
    text = client.get(url(version, "form_file")).content
    other = json.loads(text) | {"key": "khac"}
    file = SimpleUploadedFile("bieu-mau.json", json.dumps(other).encode())
    client.post(reverse("reporting:form_begin"), {"office": office.pk, "upload": "1", "file": file})
    with access.system("test"):
        assert FormVersion.objects.get(form__key="khac").plain.items.keys() == version.plain.items.keys()


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", b"[" * 100_000], ids=["cut", "list", "bytes", "deep"])
def test_file_that_is_no_form_is_refused_with_a_sentence(desk, signed_in_client, content):
    office, person = desk
    data = {"office": office.pk, "upload": "1", "file": SimpleUploadedFile("a.json", content)}
    answer = signed_in_client(person).post(reverse("reporting:form_begin"), data)
    assert "Tệp không phải JSON" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_many_queries_for_three_rows_as_for_one(desk, signed_in_client, django_assert_num_queries, rows):
    office, person = desk
    for _ in range(rows):
        make_form(office)
    client = signed_in_client(person)
    client.get(reverse("reporting:forms"))
    with django_assert_num_queries(13):
        client.get(reverse("reporting:forms"))
