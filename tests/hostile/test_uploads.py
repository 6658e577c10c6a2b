"""Hostile files where a person of an office gives one to the desk: refused in a sentence, nothing kept, nothing run."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nhipcau.access import system
from nhipcau.documents import inspecting, office_files
from nhipcau.workspace.domain import file_checks
from nhipcau.workspace.models import Attachment
from tests.hostile.test_desk import executable
from tests.support.letters import make_letter
from tests.support.office import docx, packed
from tests.support.pdfs import pdf
from tests.support.people import make_office, make_person

pytestmark = pytest.mark.django_db
ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>'
BOMB = "a bomb in a Word file"
FILES = {
    BOMB: ("a.docx", packed("docx", **{"word/document.xml": b"<a/>" + b" " * 3_000_000})),
    "external entities in a Word file": ("a.docx", packed("docx", **{"word/document.xml": ENTITY})),
    "macros": ("a.docx", packed("docx", **{"word/vbaProject.bin": b"x"})),
    "truncated": ("a.docx", docx("x")[:-40]),
    "a page with a script called a PDF": ("a.pdf", b"<!DOCTYPE html><script>alert(1)</script>"),
    "a picture with a script": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "100,000 levels of nesting": ("a.pdf", b"%PDF-1.7\n1 0 obj\n" + b"<<" * 100_000),
}


@pytest.fixture
def desk(settings, tmp_path, monkeypatch, signed_in_client):
    """A drafter's client, and the address of a letter of theirs. A file may unpack to two megabytes."""
    monkeypatch.setattr(office_files, "MAX_UNPACKED", 2_000_000)
    settings.FILES = tmp_path / "files"
    monkeypatch.setattr(file_checks, "inspect", inspecting.look_through)
    with system("test"):
        office = make_office("Cục Mẫu")
        drafter = make_person(office=office, roles=["drafter"])
        letter = make_letter(office, to=[make_office("Sở Mẫu")], drafter=drafter)
    return signed_in_client(drafter), f"/cong-van/{letter.pk}/"


def give(desk, name, content):
    client, letter = desk
    return client.post(f"{letter}tep/", {"file": SimpleUploadedFile(name, content)}, follow=True)


@pytest.mark.parametrize("what", FILES)
def test_hostile_file_is_refused_in_a_sentence_and_not_kept(desk, settings, what):
    answer = give(desk, *FILES[what])

    assert answer.status_code == 200
    said = re.search(r'class="notice notice-error[^>]*>(.*?)</', answer.text, re.DOTALL)
    assert said
    assert len(html.unescape(said[1]).strip()) > 20
    assert executable(answer.text) == []
    assert [path for path in settings.FILES.rglob("*") if path.is_file() and path.name != ".lock"] == []
    with system("test"):
        assert not Attachment.objects.exists()


def test_name_with_a_script_is_shown_as_text_and_the_file_only_handed_out(desk):
    answer = give(desk, "<img src=x onerror=alert(1)>.pdf", pdf())

    assert executable(answer.text) == []
    with system("test"):
        attached = Attachment.objects.get()
    handed = desk[0].get(f"/tep/{attached.pk}/")
    sent = b"".join(handed.streaming_content)
    handed.close()
    assert sent == pdf()
    assert handed["Content-Disposition"].startswith("attachment")
    assert handed["X-Content-Type-Options"] == "nosniff"
