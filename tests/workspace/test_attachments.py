"""Files on letters: what is taken, what is refused and leaves nothing, who gets one out again."""

import sys

import pytest

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.audit.models import Entry
from nhipcau.documents import inspecting
from nhipcau.workspace.domain import file_checks, storage
from nhipcau.workspace.domain.attachments import attach_file, hand_out, remove_file, sweep_files
from nhipcau.workspace.domain.file_checks import FileRefusedError
from nhipcau.workspace.domain.file_names import safe_name
from nhipcau.workspace.models import Attachment, Letter
from tests.support.letters import make_letter, put_file
from tests.support.office import docx, packed, xlsx
from tests.support.pdfs import certificate, locked_pdf, pdf, signed_pdf

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def files(settings, tmp_path, monkeypatch):
    """Files lie in a folder of the test's own and are looked through in this process, which is quicker."""
    settings.FILES = tmp_path / "files"
    monkeypatch.setattr(file_checks, "inspect", inspecting.look_through)
    return settings.FILES


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (pdf("TOI MAT"), inspecting.Inspection(mark="TỐI MẬT")),
        (pdf("Khong co gi"), inspecting.Inspection()),
        (locked_pdf(), inspecting.Inspection(unreadable="password")),
        (b"%PDF-1.7\n1 0 obj\n" + b"<<" * 300_000, inspecting.Inspection(unreadable="damaged")),
    ],
    ids=["marked", "plain", "locked", "hostile"],
)
def test_file_is_looked_through_by_a_program_of_its_own(tmp_path, content, found):
    (tmp_path / "file").write_bytes(content)
    assert inspecting.inspect(tmp_path / "file", "pdf") == found


def test_program_that_takes_too_long_is_ended_and_the_file_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(inspecting, "SECONDS", 0.001)
    (tmp_path / "file").write_bytes(pdf())
    assert inspecting.inspect(tmp_path / "file", "pdf") == inspecting.Inspection(unreadable="too_heavy")


def stored(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name != ".lock")


@pytest.fixture
def letter(house):
    with access.system("test"):
        return make_letter(house.ours.office, to=[house.theirs.office], drafter=house.ours.drafter)


@pytest.fixture
def attach(letter, house, opened_for):
    def put(name, content, person=house.ours.drafter, target=letter, **given):
        with opened_for(person):
            return attach_file(actor=person, target=target, name=name, chunks=[content], **given)

    return put


PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(40)
JPG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(40)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Kế hoạch.docx", docx("Bảo mật thông tin", "Mật độ dân số"), "docx"),
        ("Số liệu.xlsx", xlsx("Mật độ", "12"), "xlsx"),
        ("Trình chiếu.pptx", packed("pptx"), "pptx"),
        ("Bản in.pdf", pdf(), "pdf"),
        ("Ảnh.png", PNG, "png"),
        ("Ảnh.JPEG", JPG, "jpg"),
        ("Ghi chú.txt", "Tiếng Việt".encode(), "txt"),
    ],
)
def test_file_is_taken_for_what_it_holds(attach, files, name, content, kind):
    made = attach(name, content)

    assert (made.kind, made.size, made.uploaded_by) == (kind, len(content), made.uploaded_by)
    assert stored(files) == [made.sha256]
    assert storage.path_of(made.sha256).read_bytes() == content


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", docx("TỐI MẬT"), "secrecy"),
        ("a.docx", docx(["M", "Ậ", "T"]), "secrecy"),
        ("a.docx", docx("Nội dung", header="TUYỆT MẬT"), "secrecy"),
        ("a.docx", docx("Nội dung", drawn="MẬT"), "secrecy"),
        ("a.xlsx", xlsx("Nội dung", "Tối mật"), "secrecy"),
        ("a.xlsx", xlsx("Nội dung", header="&amp;C&amp;14MẬT"), "secrecy"),
        ("a.pdf", pdf("TOI MAT"), "secrecy"),
        ("a.txt", "Kính gửi\nTUYỆT MẬT\n".encode(), "secrecy"),
        ("a.txt", "Kính gửi\nTỐI MẬT\n".encode("utf-16"), "secrecy"),
        ("a.txt", "TuyÖt mËt".encode("cp1252"), "secrecy"),
        ("a.pdf", locked_pdf(), "password"),
        ("a.pdf", b"%PDF-1.7 nonsense", "damaged"),
        ("a.docx", docx("x")[:-40], "damaged"),
        ("a.docx", packed("docx", **{"word/vbaProject.bin": b"x"}), "macros"),
        ("a.docx", packed("docx", **{"word/document.xml": "<a><b></a>"}), "damaged"),
        ("a.zip", packed("other"), "kind"),
        ("a.exe", b"MZ\x90\0" + bytes(60), "kind"),
        ("a.html", b"<!DOCTYPE html><script>1</script>", "kind"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        ("a.pdf", b"", "kind"),
        ("a.pdf", PNG, "ending"),
        ("a.docx", xlsx("x"), "ending"),
    ],
)
def test_file_that_may_not_be_is_refused_and_nothing_is_stored(attach, files, name, content, reason):
    with pytest.raises(FileRefusedError) as refused:
        attach(name, content)

    assert refused.value.reason == reason
    assert stored(files) == []
    with access.system("test"):
        assert not Attachment.objects.exists()
        entry = Entry.objects.get(verb="workspace.refuse_file")
        assert entry.changes == {"reason": reason}


def test_bomb_and_file_too_large_are_refused(attach, files, settings, monkeypatch):
    from nhipcau.documents import office_files

    monkeypatch.setattr(office_files, "MAX_UNPACKED", 1000)
    with pytest.raises(FileRefusedError) as bomb:
        attach("a.docx", packed("docx", **{"word/document.xml": "a" * 2000}))
    settings.FILE_MEGABYTES = 0
    with pytest.raises(FileRefusedError) as large:
        attach("a.txt", b"xx")
    assert (bomb.value.reason, large.value.reason, stored(files)) == ("bomb", "size", [])


def test_scanner_decides(attach, files, settings, tmp_path):
    script = tmp_path / "scan.py"
    script.write_text("import sys; sys.exit(b'virus' in open(sys.argv[1], 'rb').read())")
    settings.SCANNER = f"{sys.executable} {script}"
    attach("a.txt", b"clean")
    with pytest.raises(FileRefusedError) as found:
        attach("b.txt", b"a virus")
    settings.SCANNER = "/nowhere/at/all"
    with pytest.raises(FileRefusedError) as silent:
        attach("c.txt", b"clean, too")
    assert (found.value.reason, silent.value.reason, len(stored(files))) == ("scanner", "scanner", 1)


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Temp\\Kế hoạch.txt", "Kế hoạch.txt"),
        ("a\u202egnp.exe.txt", "agnp.exe.txt"),
        ("Ke\u0302\u0301 hoach\0.txt", "Kế hoach.txt"),
        ('a<b>:"c|?*.txt', "a_b___c___.txt"),
        ("CON.txt", "tep_CON.txt"),
        (".txt", "tep.txt"),
        ("   ", "tep.txt"),
        ("x" * 400 + ".txt", "x" * 150 + ".txt"),
    ],
)
def test_name_is_made_safe(given, safe):
    assert safe_name(given, "txt") == safe


def test_file_is_put_by_writers_while_the_letter_is_written(house, attach, opened_for):
    for person in (house.ours.viewer, house.ours.approver, house.theirs.drafter, house.apart.drafter):
        with pytest.raises(PermissionDeniedError):
            attach("a.txt", b"x", person=person)
    with access.system("test"):
        closed = make_letter(house.ours.office, state="in_review")
    with pytest.raises(PermissionDeniedError):
        attach("a.txt", b"x", target=closed)


def test_file_is_read_by_who_reads_the_letter(house, signed_in_client, opened_for):
    with access.system("test"):
        issued = make_letter(house.ours.office, state="issued", to=[house.theirs.office])
        draft = make_letter(house.ours.office, to=[house.theirs.office])
        file = put_file(issued, house.ours.drafter, "Kế hoạch 2026.txt", b"Noi dung")
        unseen = put_file(draft, house.ours.drafter, "Bản nháp.txt", b"Nhap")
    answer = signed_in_client(house.theirs.viewer).get(f"/tep/{file.pk}/")

    assert b"".join(answer.streaming_content) == b"Noi dung"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch%202026.txt"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert signed_in_client(house.theirs.viewer).get(f"/tep/{unseen.pk}/").status_code == 404
    assert signed_in_client(house.apart.approver).get(f"/tep/{file.pk}/").status_code == 404


def test_restricted_file_is_handed_out_on_record(house, opened_for):
    with access.system("test"):
        letter = make_letter(house.ours.office, classification="restricted")
        plain = make_letter(house.ours.office)
        file = put_file(letter, house.ours.drafter, "a.txt", b"x")
        other = put_file(plain, house.ours.drafter, "b.txt", b"y")
    for one in (file, other):
        with opened_for(house.ours.reviewer):
            hand_out(actor=house.ours.reviewer, attachment=one)
    with opened_for(house.ours.viewer), pytest.raises(PermissionDeniedError):
        hand_out(actor=house.ours.viewer, attachment=file)
    with access.system("test"):
        assert [(e.actor_label, e.object_id) for e in Entry.objects.filter(verb="workspace.take_file")] == [
            (house.ours.reviewer.name, str(letter.pk))
        ]


def test_signed_copy_comes_with_what_was_found_of_its_signatures(house, attach, settings):
    with access.system("test"):
        approved = make_letter(house.ours.office, state="approved")
    made = attach("Bản ký.pdf", signed_pdf(*certificate()), target=approved, purpose="signed_copy")

    assert [(one["signer"], one["intact"], one["trusted"]) for one in made.signatures] == [
        ("Nguyễn Văn Ký", True, False)
    ]
    with pytest.raises(FileRefusedError):
        attach("a.txt", b"x", target=approved, purpose="signed_copy")


def test_content_goes_when_nothing_needs_it_and_is_old(house, letter, files, opened_for):
    import os

    with access.system("test"):
        one = put_file(letter, house.ours.drafter, "a.txt", b"x")
        same = put_file(letter, house.ours.drafter, "b.txt", b"x")
        other = put_file(letter, house.ours.drafter, "c.txt", b"y")
    with opened_for(house.ours.drafter):
        remove_file(actor=house.ours.drafter, attachment=one)
        remove_file(actor=house.ours.drafter, attachment=other)
        with pytest.raises(PermissionDeniedError):
            hand_out(actor=house.ours.drafter, attachment=other)
    with access.system("test"):
        assert sweep_files() == 0
        for path in files.rglob("*"):
            os.utime(path, (1, 1))
        assert sweep_files() == 1
        assert stored(files) == [same.sha256]
        assert Letter.objects.filter(pk=letter.pk).exists()
