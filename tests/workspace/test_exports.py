"""A list leaves as a file: what is shown and nothing else, recorded, and nothing restricted in the wrong hands."""

import io
import re
from types import SimpleNamespace

import openpyxl
import pytest
from django.db.models import Q
from django.test import RequestFactory
from django.utils.translation import override

from nhipcau.access import PermissionDeniedError, SystemActor
from nhipcau.audit.models import Entry
from nhipcau.documents.reading import read_table
from nhipcau.network.models import Organisation
from nhipcau.ui.listing import Column, Listing, Shown
from nhipcau.workspace.domain import exports
from nhipcau.workspace.domain.exports import export_list
from nhipcau.workspace.files import file_name
from tests.support.articles import make_article
from tests.support.people import make_office, make_person

pytestmark = pytest.mark.both_databases


@pytest.fixture
def analyst(as_system):
    return make_person("Lê Thị Đọc", office=make_office("Cục Mẫu"), roles=["press_analyst"])


@pytest.fixture
def desk(analyst, client):
    """Signed in with the password just now."""
    client.post("/account/sign-in", {"login": analyst.email, "password": "một câu dài để vào cửa"})
    return client


def body(answer):
    return b"".join(answer.streaming_content)


def rows_of(answer):
    sheet = read_table(body(answer), "x.csv" if "csv" in answer["Content-Type"] else "x.xlsx")
    return [cells for _number, cells in sheet.rows]


@pytest.fixture
def articles(as_system):
    return [
        make_article("=HYPERLINK(1)", host="a.example", outlet="A", country="FR"),
        make_article("Riz", host="b.example", outlet="B", country="DE", language="de"),
        make_article("Football", host="a.example", outlet="A", relevance=0.0, reasons=()),
    ]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_file_holds_what_is_filtered_with_the_columns_and_the_order_shown(desk, articles, kind):
    answer = desk.get(f"/tin-bai/?language=fr&columns=country&sort=oldest&export={kind}")

    assert rows_of(answer) == [("Tiêu đề", "Quốc gia"), ("=HYPERLINK(1)", "Pháp")]
    assert re.fullmatch(rf'attachment; filename="tin-bai-\d{{4}}-\d\d-\d\d\.{kind}"', answer["Content-Disposition"])
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_file_holds_every_page_in_the_order_asked_for(desk, as_system):
    from nhipcau.press.domain.articles import store_articles
    from tests.press.test_coverage import at
    from tests.support.articles import ACTOR, make_record

    store_articles(actor=ACTOR, articles=[make_record(f"T{n:03}", published_at=at(20, n % 24)) for n in range(60)])

    on_screen = [re.findall(r'<a class="clamp"[^>]*>([^<]*)', desk.get(f"/tin-bai/?page={n}").text) for n in (1, 2)]
    in_file = [row[0] for row in rows_of(desk.get("/tin-bai/?export=xlsx"))[1:]]

    assert len(in_file) == 60
    assert in_file == [*on_screen[0], *on_screen[1]]


def test_file_says_what_it_is(desk, articles):
    answer = desk.get("/tin-bai/?country=FR&export=xlsx")

    book = openpyxl.load_workbook(io.BytesIO(body(answer)))
    about = {row[0].value: row[1].value for row in book["Về tệp này"].iter_rows()}
    assert about["Danh sách"] == "Tin bài"
    assert about["Quốc gia"] == "Pháp"
    assert about["Người lấy"] == "Lê Thị Đọc"


def test_export_is_recorded_for_the_auditors_of_the_office(desk, articles, analyst):
    rows_of(desk.get("/tin-bai/?country=FR&export=csv"))

    (entry,) = Entry.objects.filter(verb="workspace.export_list")
    assert (entry.actor_id, entry.organisation_label) == (analyst.actor_id, "Cục Mẫu")
    assert entry.changes == {
        "list": "press.articles",
        "filters": {"Quốc gia": "Pháp"},
        "columns": ["title", "outlet", "country", "language", "topics", "published"],
        "order": ["-dated_at", "-pk"],
        "kind": "csv",
        "rows": 1,
        "left_out": 0,
    }


def test_whole_list_leaves_only_after_a_fresh_proof(articles, analyst, signed_in_client):
    from tests.support.people import PASSWORD

    desk = signed_in_client(analyst, proved=False)

    asked = desk.get("/tin-bai/?export=csv")
    assert asked.status_code == 302
    assert asked["Location"].startswith("/tai-khoan/xac-nhan/")
    assert list(Entry.objects.filter(verb="workspace.export_list")) == []
    # A list that is narrowed leaves at once.
    assert rows_of(desk.get("/tin-bai/?country=FR&export=csv"))[1:] != []

    proved = desk.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert len(rows_of(proved)) == 3


@pytest.mark.parametrize("query", ["export=pdf", "export="])
def test_any_other_kind_is_the_page(desk, articles, query):
    assert "<h1" in desk.get(f"/tin-bai/?{query}").text


def test_head_takes_nothing_along(desk, articles):
    desk.head("/tin-bai/?country=FR&export=csv")

    assert list(Entry.objects.filter(verb="workspace.export_list")) == []


def test_invented_rows_are_marked_in_every_file(desk, articles):
    from nhipcau.press.models import Outlet

    Outlet.objects.filter(host="a.example").update(sample=True)

    book = openpyxl.load_workbook(io.BytesIO(body(desk.get("/tin-bai/?show=all&export=xlsx"))))
    answer = desk.get("/tin-bai/?export=csv&columns=title")

    assert book.sheetnames[0] == "DỮ LIỆU MẪU"
    assert set(rows_of(answer)) == {("Tiêu đề", "DỮ LIỆU MẪU"), ("=HYPERLINK(1)", "Có"), ("Riz",)}
    assert "du-lieu-mau" in answer["Content-Disposition"]


# What is restricted --------------------------------------------------------------------------------------------------


def shown_of(rows, person, classified):
    listing = Listing(
        name="test.offices",
        view="home",
        title="Offices",
        heading=lambda shown: "",
        rows=lambda: rows,
        order=("slug",),
        columns=[Column(key="slug", label="Name")],
        classified=classified,
    )
    request = RequestFactory().get("/")
    request.user = person
    return Shown(listing, request, {})


def test_restricted_rows_stay_behind_and_are_counted(as_system, opened_for, monkeypatch):
    offices = [make_office(slug=f"kept-{n}") for n in range(3)]
    person = make_person(office=offices[0], roles=["drafter"])
    monkeypatch.setattr(exports, "exportable", lambda access, *, office, classification: ~Q(slug="kept-1"))
    rows = {"kept-0": "internal", "kept-2": "restricted"}
    monkeypatch.setattr(exports, "_follow", lambda row, path: rows[row.slug])

    with opened_for(person), override("en"):
        shown = shown_of(Organisation.objects.filter(slug__startswith="kept-"), person, ("self", "classification"))
        with export_list(actor=person, shown=shown, kind="xlsx") as file:
            book = openpyxl.load_workbook(file)

    assert [row[0].value for row in book.worksheets[0].iter_rows()] == ["Name", "kept-0", "kept-2"]
    about = {row[0].value: row[1].value for row in book["About this file"].iter_rows()}
    assert about["Left out"].startswith("1 restricted row is not in this file")
    assert book.properties.subject == "Restricted"
    assert Entry.objects.get(verb="workspace.export_list").changes["left_out"] == 1


def test_nobody_takes_a_list_who_has_not_signed_in(as_system):
    person = SystemActor("test")

    with pytest.raises(PermissionDeniedError):
        export_list(actor=person, shown=SimpleNamespace(), kind="xlsx")


@pytest.mark.parametrize(
    ("words", "name"),
    [("Tin bài", "tin-bai.xlsx"), ("Đơn vị/2026: “mới”", "don-vi-2026-moi.xlsx"), ("越南", "nhip-cau.xlsx")],
)
def test_name_of_a_file_is_one_that_every_system_keeps(words, name):
    assert file_name(words, "xlsx") == name
