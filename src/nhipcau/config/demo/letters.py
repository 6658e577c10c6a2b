"""Sample letters of a demonstration, in several states, so that everybody's home has something to do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

if TYPE_CHECKING:
    from nhipcau.accounts.models import Person

_BODY = (
    "DỮ LIỆU MẪU: nội dung để trình diễn, không phải văn bản chính thức.\n\n"
    "Kính đề nghị quý cơ quan phối hợp thực hiện và gửi kết quả đúng thời hạn.\n\nTrân trọng."
)


class SampleLetter(NamedTuple):
    """Who writes, from which office to which; how far it goes; in how many days an answer is due."""

    drafter: str
    approver: str
    office: str
    to: tuple[str, ...]
    subject: str
    state: str
    due_in: int | None = None


LETTERS = (
    SampleLetter(
        "soan-thao",
        "lanh-dao",
        "sample-ministry-a",
        ("sample-province-01", "sample-mission-01"),
        "Về việc cung cấp tin, bài phục vụ Tuần lễ Việt Nam mẫu",
        "in_review",
        7,
    ),
    SampleLetter(
        "soan-thao",
        "lanh-dao",
        "sample-ministry-a",
        ("sample-ministry-b",),
        "Về việc phối hợp đón đoàn báo chí nước ngoài mẫu",
        "approved",
        10,
    ),
    SampleLetter(
        "soan-thao",
        "lanh-dao",
        "sample-ministry-a",
        ("sample-ministry-c",),
        "Về việc góp ý kế hoạch thông tin đối ngoại mẫu năm tới",
        "sent_back",
        14,
    ),
    SampleLetter(
        "soan-thao",
        "lanh-dao",
        "sample-ministry-a",
        ("sample-province-01",),
        "Về việc báo cáo kết quả điểm báo mẫu tháng trước",
        "issued",
        0,
    ),
    SampleLetter(
        "tinh-mau",
        "tinh-duyet",
        "sample-province-01",
        ("sample-ministry-a",),
        "Về việc đề nghị hỗ trợ tư liệu ảnh mẫu của tỉnh",
        "issued",
        0,
    ),
    SampleLetter(
        "co-quan-dai-dien",
        "dai-su",
        "sample-mission-01",
        ("sample-ministry-a", "sample-province-01"),
        "Về việc tổ chức Ngày Việt Nam mẫu tại địa bàn",
        "issued",
        5,
    ),
    SampleLetter(
        "co-quan-dai-dien",
        "dai-su",
        "sample-mission-01",
        ("sample-ministry-a",),
        "Về việc trao đổi thông tin mẫu với báo chí sở tại",
        "in_review",
        3,
    ),
)


def write_letters(people: dict[str, Person]) -> None:
    """Write the letters as their people would, each under the rights of whoever takes the step; once only."""
    from nhipcau.access import system
    from nhipcau.workspace.models import Letter

    with system("demo"):
        if Letter.objects.filter(sample=True).exists():
            return
    for row in LETTERS:
        _write(row, people)


def _write(row: SampleLetter, people: dict[str, Person]) -> None:
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.network.models import Organisation
    from nhipcau.workspace.domain import letters
    from nhipcau.workspace.domain.letter_content import LetterContent, To

    due = timezone.localdate() + timedelta(days=row.due_in) if row.due_in is not None else None
    drafter, approver = people[row.drafter], people[row.approver]
    with opened(access_for(drafter)):
        office = Organisation.objects.get(slug=row.office)
        to = [To(receiver, due_on=due) for receiver in Organisation.objects.filter(slug__in=row.to)]
        content = LetterContent(subject=row.subject, body=_BODY, place="Hà Nội", symbol="CV-MAU", recipients=to)
        letter = letters.draft_letter(actor=drafter, organisation=office, content=content, sample=True)
        letter = letters.submit_letter(actor=drafter, letter=letter)
    if row.state == "in_review":
        return
    with opened(access_for(approver)):
        if row.state == "sent_back":
            letters.send_back_letter(actor=approver, letter=letter, reason="DỮ LIỆU MẪU: bổ sung căn cứ pháp lý.")
            return
        letter = letters.approve_letter(actor=approver, letter=letter)
        if row.state == "issued":
            letters.issue_letter(actor=approver, letter=letter, post="Thủ trưởng cơ quan mẫu")
