"""Mail to the intake address of an office: what waits afterwards, and what hostile mail does not do."""

import io
import sys
from email.message import EmailMessage

import pytest

from nhipcau import access
from nhipcau.config import cli
from nhipcau.documents.forms.flat import flatten
from nhipcau.reporting.domain import taking_mail
from nhipcau.reporting.domain.taking_mail import take_mail
from nhipcau.reporting.intake import address_of, office_of
from nhipcau.reporting.models import GivenWorkbook, ReportDraft
from nhipcau.workspace.models import Notice
from tests.support.people import make_office, make_person
from tests.support.reporting import make_report
from tests.support.workbooks import handed_out, typed

pytestmark = pytest.mark.django_db
XLSX = {"maintype": "application", "subtype": "vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@pytest.fixture
def desk(as_system, settings):
    settings.INTAKE_DOMAIN = "nhap.example.vn"
    office = make_office()
    return make_report(office, state="draft"), make_person(office=office, roles=["drafter"])


@pytest.fixture
def desk_alone(db, settings):
    """The same, and no access is open, as for a command."""
    settings.INTAKE_DOMAIN = "nhap.example.vn"
    with access.system("test"):
        office = make_office()
        report, person = make_report(office, state="draft"), make_person(office=office, roles=["drafter"])
        data = typed(handed_out(report, person), figures__items=15)
        return report, person, data, mail(report, person, ("a.xlsx", data), to="kin@example.vn")


def mail(report, person, *files, sender=None, to=None, **headers):
    message = EmailMessage()
    message["From"] = sender or f"Ai Đó <{person.email}>"
    message["To"] = to or address_of(report.organisation)
    message["Subject"] = "Báo cáo năm"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Kính gửi báo cáo.")
    for name, content in files:
        message.add_attachment(content, filename=name, **XLSX)
    return message.as_bytes()


def told(person):
    with access.system("test"):
        return [notice.said for notice in Notice.objects.filter(person=person)]


def given():
    with access.system("test"):
        return GivenWorkbook.objects.count()


@pytest.mark.postgres_when_long
def test_workbook_that_is_mailed_waits_and_changes_nothing_by_itself(desk):
    report, person = desk
    data = typed(handed_out(report, person), figures__items=15)
    other = make_person(office=report.organisation, roles=["focal_officer"])
    before = ReportDraft.objects.get(report=report)

    assert take_mail(mail(report, person, ("bao cao.xlsx", data))) == "waiting"

    row = GivenWorkbook.objects.get()
    assert (row.report_id, row.given_by_id, row.mailed, row.state) == (report.pk, person.pk, True, "waiting")
    assert flatten(ReportDraft.objects.get(report=report).plain) == flatten(before.plain)
    assert len(told(person)) == len(told(other)) == 1


def test_address_is_the_office_s_own_and_its_secret_counts(desk):
    report, _person = desk
    address = address_of(report.organisation)

    assert office_of(address) == office_of(address.upper()) == report.organisation.slug
    assert office_of(address.replace("+", "+0")) == ""
    assert office_of(address.replace("nhap.", "khac.")) == ""
    assert office_of(f"{report.organisation.slug}@nhap.example.vn") == ""
    assert office_of("") == ""


@pytest.mark.parametrize(
    "change",
    [
        {"to": "so-mau+00000000000000000000@nhap.example.vn"},
        {"to": "ai@example.vn"},
        {"sender": "la@example.vn"},
        {"sender": "la@example.vn, hai@example.vn"},
        {"Auto_Submitted": "auto-replied"},
    ],
    ids=["wrong token", "not ours", "stranger", "two senders", "automatic"],
)
def test_mail_that_is_not_for_us_or_not_from_ours_does_nothing(desk, change):
    report, person = desk

    assert take_mail(mail(report, person, ("a.xlsx", b"PK\x03\x04"), **change)) == "ignored"
    assert (given(), told(person)) == (0, [])


def test_somebody_of_another_office_gives_nothing(desk):
    report, person = desk
    data = typed(handed_out(report, person), figures__items=15)
    stranger = make_person(office=make_office(), roles=["drafter"])
    reader = make_person(office=report.organisation, roles=["approver"])

    assert take_mail(mail(report, stranger, ("a.xlsx", data))) == "ignored"
    assert take_mail(mail(report, reader, ("a.xlsx", data))) == "ignored"
    assert given() == 0


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ((), "không đính kèm bảng tính"),
        ((("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),), ".xls"),
        ((("a.xlsx", b"PK\x03\x04" + b"x" * 100),), "hỏng"),
        ((("a.pdf", b"%PDF-1.7"),), "không đính kèm bảng tính"),
    ],
    ids=["none", "xls", "broken", "pdf"],
)
def test_writer_is_told_why_a_mail_was_not_taken(desk, files, says):
    report, person = desk

    assert take_mail(mail(report, person, *files)) == "refused"
    (sentence,) = told(person)
    assert says in sentence
    assert given() == 0


def test_workbook_of_another_office_that_is_mailed_is_refused(desk):
    report, person = desk
    other = make_report(make_office(), state="draft")

    assert take_mail(mail(report, person, ("a.xlsx", handed_out(other)))) == "refused"
    assert given() == 0


def test_mail_inside_a_mail_and_a_deep_one_bring_nothing(desk):
    report, person = desk
    inner = EmailMessage()
    inner.add_attachment(handed_out(report, person), filename="a.xlsx", **XLSX)
    outer = EmailMessage()
    outer["From"], outer["To"] = person.email, address_of(report.organisation)
    outer.set_content("xem thư kèm")
    outer.add_attachment(inner)
    deep = f"From: {person.email}\r\nTo: {address_of(report.organisation)}\r\nMIME-Version: 1.0\r\n"
    for number in range(300):
        deep += f'Content-Type: multipart/mixed; boundary="b{number}"\r\n\r\n--b{number}\r\n'

    assert take_mail(outer.as_bytes()) == "refused"
    assert take_mail(deep.encode()) in {"refused", "ignored"}
    assert given() == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 1000,
        b"From: =?utf-8?b?////?=\r\n\r\n",
        b"From: a\r\nTo: " + b"<" * 5000 + b"\r\n\r\n",
        b"\xff\xfe" * 50,
    ],
    ids=["empty", "zeros", "encoded", "brackets", "bytes"],
)
def test_what_is_no_mail_is_ignored(desk, data):
    assert take_mail(data) == "ignored"


def test_mail_that_is_too_large_is_not_read(desk, monkeypatch):
    report, person = desk
    monkeypatch.setattr(taking_mail, "MOST_MESSAGE", 1000)

    assert take_mail(mail(report, person, ("a.xlsx", b"x" * 2000))) == "ignored"


def test_command_takes_a_mail_on_its_standard_input(desk_alone, monkeypatch):
    report, _person, _data, content = desk_alone
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    assert cli.main(["intake", "--to", address_of(report.organisation)]) == 0
    assert given() == 1


def test_command_takes_what_is_new_in_a_maildir_once(desk_alone, settings, tmp_path):
    report, _person, _data, content = desk_alone
    settings.INTAKE = str(tmp_path)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1.host").write_bytes(content)

    command = ["intake", "--to", address_of(report.organisation)]
    assert (cli.main(command), cli.main(command)) == (0, 0)
    assert given() == 1
    assert [file.name for file in (tmp_path / "cur").iterdir()] == ["1.host:2,S"]
