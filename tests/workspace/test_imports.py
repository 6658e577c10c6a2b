"""Importing: tried first, taken as a whole or not at all, by the person who gave the file and nobody else."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nhipcau import access
from nhipcau.access import PermissionDeniedError
from nhipcau.audit.models import Entry
from nhipcau.documents import importing
from nhipcau.documents.importing import ImportColumn, Importer, Outcome, Problem, Taken
from nhipcau.documents.reading import read_table
from nhipcau.documents.sentences import FileRefusedError
from nhipcau.network.models import Organisation
from nhipcau.workspace.domain import imports as domain
from nhipcau.workspace.domain.imports import (
    ImportOverError,
    ImportProblemsError,
    forget_imports_over,
    run_import,
    try_import,
)
from nhipcau.workspace.models import ImportFile
from tests.documents.files import workbook
from tests.support.people import make_office, make_person

pytestmark = pytest.mark.both_databases

HEAD = ["Mã", "Tên đơn vị"]


def take_offices(*, actor, rows):
    """Offices by their slug: new ones are founded, others renamed; a slug with a blank is a problem."""
    outcomes, problems = [], []
    for row in rows:
        slug, name = row.values["slug"], row.values["name"]
        if " " in slug:
            problems.append(Problem(row=row.number, column="slug", sentence="Mã không có khoảng trắng."))
            continue
        known = Organisation.objects.filter(slug=slug).first()
        if known is None:
            make_office(name, slug=slug)
            outcomes.append(Outcome(row=row.number, action="create", label=name))
        elif str(known) == name:
            outcomes.append(Outcome(row=row.number, action="same", label=name))
        else:
            changes = {"Tên": (str(known), name)}
            outcomes.append(Outcome(row=row.number, action="change", label=name, changes=changes))
    return Taken(outcomes=outcomes, problems=problems)


@pytest.fixture
def offices(monkeypatch):
    """An import of offices for those who administer one, there for one test."""
    monkeypatch.setattr(importing, "_IMPORTERS", {})
    return importing.register(
        Importer(
            name="test.offices",
            title="Đơn vị",
            columns=[
                ImportColumn(key="slug", label="Mã", required=True),
                ImportColumn(key="name", label="Tên đơn vị", required=True),
            ],
            may=lambda actor: actor.holds("office_administrator", None, timezone.localdate()),
            take=take_offices,
        )
    )


@pytest.fixture
def administrator(as_system):
    return make_person("Trần Quản Trị", office=make_office("Sở Mẫu", slug="so-mau"), roles=["office_administrator"])


def give(client, content, name="offices.xlsx"):
    return client.post("/nhap-du-lieu/test.offices/", {"file": SimpleUploadedFile(name, content)})


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))


def heading(answer):
    return re.sub(r"<[^>]*>", "", re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)[1]).strip()


def slugs():
    return set(Organisation.objects.values_list("slug", flat=True))


@pytest.fixture
def desk(administrator, signed_in_client):
    return signed_in_client(administrator)


def test_file_is_tried_and_nothing_is_changed(offices, desk):
    answer = give(desk, workbook([HEAD, ["moi-1", "Sở Mới"], ["so-mau", "Sở Mẫu Mới"], ["so-mau", "Sở Mẫu"]]))
    page = desk.get(answer["Location"])

    assert heading(page) == "3 dòng nhập được"
    assert re.findall(r'number-value">(\d+)</span>', page.text) == ["1", "1", "0", "1"]
    assert "<del>Sở Mẫu</del> → <ins>Sở Mẫu Mới</ins>" in page.text
    assert "moi-1" not in slugs()
    assert list(Entry.objects.filter(verb="workspace.run_import")) == []


def test_what_was_tried_is_taken_once_and_recorded(offices, desk, administrator):
    content = workbook([HEAD, ["moi-1", "Sở Mới"], ["so-mau", "Sở Mẫu"]])
    where = give(desk, content)["Location"]

    page = desk.post(where, follow=True)

    assert heading(page) == "2 dòng đã được nhập"
    assert "moi-1" in slugs()
    (entry,) = Entry.objects.filter(verb="workspace.run_import")
    file = ImportFile.objects.get()
    assert (entry.actor_id, entry.object_id, entry.object_label) == (
        administrator.actor_id,
        str(file.pk),
        "offices.xlsx",
    )
    assert entry.changes == {"importer": "test.offices", "sha256": file.digest, "rows": {"create": 1, "same": 1}}
    assert file.content is None
    assert "hết hạn" in text_of(desk.post(where, follow=True))
    assert Organisation.objects.filter(slug="moi-1").count() == 1


def test_problems_name_every_cell_and_nothing_can_be_taken(offices, desk):
    rows = [["DANH SÁCH"], HEAD, ["a b", "Sở A"], [None, "Sở B"], ["c", "Sở C"]]

    page = desk.get(give(desk, workbook(rows, title="Đợt 1"))["Location"])

    assert heading(page) == "2 chỗ cần sửa"
    said = text_of(page)
    assert "Đợt 1!A3 Mã Mã không có khoảng trắng." in said
    assert "Đợt 1!A4 Mã Ô này bắt buộc phải điền." in said
    assert "Nhập vào hệ thống" not in said
    assert slugs() & {"a b", "c"} == set()


def test_file_comes_back_with_its_problems_marked(offices, desk):
    where = give(desk, workbook([HEAD, ["a b", "Sở A"], ["c", "=1+1"]]), name="Đơn vị đợt 1.xlsx")["Location"]

    answer = desk.get(f"{where}can-sua.xlsx")

    assert answer["Content-Disposition"] == 'attachment; filename="don-vi-dot-1-can-sua.xlsx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    rows = read_table(answer.content, "x.xlsx").rows
    assert rows[0] == (1, ("Mã", "Tên đơn vị", "Cần sửa"))
    assert rows[1] == (2, ("a b", "Sở A", "A2: Mã không có khoảng trắng."))
    assert rows[2][1][2].startswith("B3: Công thức này chưa có kết quả")


def test_run_that_finds_problems_takes_nothing_and_shows_them(offices, desk, administrator):
    where = give(desk, workbook([HEAD, ["d", "Sở D"], ["e", "Sở E"]]))["Location"]
    problem = Problem(row=3, column=None, sentence="Vừa có người tạo.")

    def changed(*, actor, rows):
        make_office("Sở D", slug="d")
        return Taken(outcomes=[], problems=[problem])

    object.__setattr__(offices, "take", changed)
    page = desk.post(where, follow=True)

    assert "d" not in slugs()
    assert "Vừa có người tạo." in text_of(page)
    assert heading(page) == "1 chỗ cần sửa"
    assert list(Entry.objects.filter(verb="workspace.run_import")) == []


def test_template_is_taken_as_it_is_filled_in(offices, desk):
    answer = desk.get("/nhap-du-lieu/test.offices/mau.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    book.worksheets[0].append(["moi-2", "Sở Hai"])
    out = io.BytesIO()
    book.save(out)

    assert book.sheetnames == ["Dữ liệu", "Cách điền", "Danh mục giá trị"]
    assert heading(desk.get(give(desk, out.getvalue())["Location"])) == "1 dòng nhập được"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "x.xlsx", "Tệp trống."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.xls", "định dạng Excel trước năm 2007"),
        (b"a;b", "x.xlsx", "văn bản thường mang tên tệp Excel"),
        (workbook([["x"], ["y"]]), "x.xlsx", "hãy bắt đầu từ tệp mẫu"),
        (workbook([["Mã"], ["y"]]), "x.xlsx", "Thiếu cột: “Tên đơn vị”"),
        (b"0" * (10 * 2**20 + 1), "x.xlsx", "Tệp lớn hơn 10 MB"),
    ],
)
def test_file_that_is_not_taken_says_why_at_its_field(offices, desk, content, name, says):
    answer = give(desk, content, name)

    assert answer.status_code == 200
    assert says in text_of(answer)
    assert ImportFile.objects.count() == 0


def test_without_a_file_the_form_says_so(offices, desk):
    assert "Hãy chọn tệp trước" in text_of(desk.post("/nhap-du-lieu/test.offices/"))


def test_only_those_who_may_import_are_shown_the_way(offices, desk, two_offices, signed_in_client):
    other = signed_in_client(two_offices.theirs.drafter)

    assert "/nhap-du-lieu/" in desk.get("/").text
    assert "/nhap-du-lieu/" not in other.get("/").text
    assert heading(other.get("/nhap-du-lieu/")) == "Bạn không có gì để nhập"
    assert other.get("/nhap-du-lieu/test.offices/").status_code == 403
    assert other.get("/nhap-du-lieu/test.offices/mau.xlsx").status_code == 403
    assert desk.get("/nhap-du-lieu/test.nothing/").status_code == 404


def test_file_belongs_to_whoever_gave_it_even_among_colleagues(offices, desk, administrator, signed_in_client):
    where = give(desk, workbook([HEAD, ["moi-3", "Sở Ba"]]))["Location"]
    office = Organisation.objects.get(slug="so-mau")
    colleague = signed_in_client(make_person(office=office, roles=["office_administrator"]))

    for address in (where, f"{where}can-sua.xlsx"):
        assert desk.get(address).status_code == 200
        assert colleague.get(address).status_code == 404
    assert colleague.post(where).status_code == 404
    with pytest.raises(PermissionDeniedError):
        run_import(actor=make_person(office=office, roles=["office_administrator"]), file=ImportFile.objects.get())
    assert "moi-3" not in slugs()


def test_whoever_lost_the_right_meanwhile_takes_nothing(offices, administrator, as_system):
    file = try_import(
        actor=administrator, importer=offices, name="x.xlsx", content=workbook([HEAD, ["moi-4", "Sở Bốn"]])
    )
    object.__setattr__(offices, "may", lambda actor: False)

    with pytest.raises(PermissionDeniedError):
        run_import(actor=administrator, file=file)
    with pytest.raises(PermissionDeniedError):
        try_import(actor=administrator, importer=offices, name="x.xlsx", content=b"")


def test_hour_is_over(offices, administrator, as_system, desk):
    content = workbook([HEAD, ["moi-5", "Sở Năm"]])
    file = try_import(actor=administrator, importer=offices, name="x.xlsx", content=content)
    ImportFile.objects.update(given_at=timezone.now() - timedelta(hours=1))

    assert "Đã hết một giờ" in text_of(desk.get(f"/nhap-du-lieu/tep/{file.pk}/"))
    with pytest.raises(ImportOverError):
        run_import(actor=administrator, file=file)
    assert forget_imports_over(timezone.now()) == 1
    assert ImportFile.objects.count() == 0


def test_bytes_that_changed_are_not_taken(offices, administrator, as_system):
    file = try_import(
        actor=administrator, importer=offices, name="x.xlsx", content=workbook([HEAD, ["moi-6", "Sở Sáu"]])
    )
    ImportFile.objects.update(content=workbook([HEAD, ["moi-7", "Sở Bảy"]]))

    with pytest.raises(ImportOverError):
        run_import(actor=administrator, file=file)
    assert slugs() & {"moi-6", "moi-7"} == set()


def test_run_with_problems_raises_and_keeps_the_file(offices, administrator, as_system):
    file = try_import(actor=administrator, importer=offices, name="x.xlsx", content=workbook([HEAD, ["a b", "Sở A"]]))

    with pytest.raises(ImportProblemsError):
        run_import(actor=administrator, file=file)
    assert ImportFile.objects.get().content is not None


def test_trial_reads_a_value_as_people_write_it():
    from datetime import date

    assert [domain.said(value) for value in (None, "", True, 1234, date(2026, 11, 22), "x")] == [
        "–",
        "–",
        "Có",
        "1.234",
        "22/11/2026",
        "x",
    ]


def test_name_of_a_file_loses_its_folders(offices, administrator, as_system):
    content = workbook([HEAD, ["moi-8", "Sở Tám"]])

    names = [
        try_import(actor=administrator, importer=offices, name=name, content=content).name
        for name in ("..\\..\\etc\\x.xlsx", "/etc/passwd", "a\r\nb.xlsx", "")
    ]

    assert names == ["x.xlsx", "passwd", "ab.xlsx", "table.xlsx"]


def test_refused_file_is_not_kept(offices, administrator, as_system):
    with pytest.raises(FileRefusedError):
        try_import(actor=administrator, importer=offices, name="x.xlsx", content=b"x")
    assert ImportFile.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_pages_need_the_same_queries_for_one_row_and_three(offices, desk, number):
    rows = [[f"moi-{n}", f"Sở {n}"] for n in range(number)]
    for _each in rows:
        where = give(desk, workbook([HEAD, *rows]))["Location"]
        desk.post(where)
        where = give(desk, workbook([HEAD, *rows]))["Location"]
    for address in ("/nhap-du-lieu/", where):
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(address).status_code == 200
        assert len([query for query in captured if "workspace_importfile" in query["sql"]]) == 1


def test_two_clicks_take_it_once(offices, administrator, as_system):
    file = try_import(
        actor=administrator, importer=offices, name="x.xlsx", content=workbook([HEAD, ["moi-9", "Sở Chín"]])
    )

    run_import(actor=administrator, file=file)
    with pytest.raises(ImportOverError), transaction.atomic():
        run_import(actor=administrator, file=file)
    with access.system("test"):
        assert Entry.objects.filter(verb="workspace.run_import").count() == 1
