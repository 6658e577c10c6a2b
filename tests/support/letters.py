"""Letters for tests, brought as far as a test needs them. Call these with the system's access open."""

from django.utils import timezone

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.workspace.domain import storage
from nhipcau.workspace.domain.letter_content import LetterContent, To
from nhipcau.workspace.domain.letters import (
    approve_letter,
    discard_letter,
    draft_letter,
    issue_letter,
    recall_letter,
    send_back_letter,
    submit_letter,
)
from nhipcau.workspace.models import Attachment, Letter, on
from tests.support.people import make_office, make_person

STATES = ("draft", "in_review", "sent_back", "approved", "issued", "recalled", "discarded")


def make_content(subject="Về việc cung cấp tin, bài", *, to=(), **fields):
    given = {"body": "Kính đề nghị quý cơ quan phối hợp.\n\nTrân trọng.", "place": "Hà Nội", "symbol": "CV-BM"}
    return LetterContent(subject=subject, recipients=[To(office) for office in to], **given | fields)


def make_letter(
    office, subject="Về việc cung cấp tin, bài", *, state="draft", to=(), drafter=None, approver=None, **fields
):
    """A letter of ``office`` in a state; drafter and approver are made where none is given."""
    drafter = drafter or make_person(office=office, roles=["drafter"])
    to = to or [make_office()]
    with access.opened(access_for(drafter)):
        letter = draft_letter(actor=drafter, organisation=office, content=make_content(subject, to=to, **fields))
        if state == "discarded":
            return _as_system(discard_letter(actor=drafter, letter=letter))
        if state != "draft":
            letter = submit_letter(actor=drafter, letter=letter)
    if state in {"draft", "in_review"}:
        return _as_system(letter)
    approver = approver or make_person(office=office, roles=["approver"])
    with access.opened(access_for(approver)):
        if state == "sent_back":
            return _as_system(send_back_letter(actor=approver, letter=letter, reason="Bổ sung căn cứ."))
        letter = approve_letter(actor=approver, letter=letter)
        if state != "approved":
            letter = issue_letter(actor=approver, letter=letter, post="Cục trưởng")
        if state == "recalled":
            letter = recall_letter(actor=approver, letter=letter, reason="Gửi nhầm.")
    return _as_system(letter)


def _as_system(letter):
    """The row as whoever called reads it: a row read under another access cannot follow its relations."""
    return Letter.objects.get(pk=letter.pk)


def put_file(target, person, name, content, *, purpose="file"):
    """A file on an object as if it had been looked through: no program is started for it."""
    with storage.received([content], limit=10**8) as (path, sha256, size):
        storage.keep(path, sha256)
    return Attachment.objects.create(
        **on(target),
        purpose=purpose,
        name=name,
        kind=name.rpartition(".")[2],
        size=size,
        sha256=sha256,
        uploaded_by=person,
        uploaded_at=timezone.now(),
    )
