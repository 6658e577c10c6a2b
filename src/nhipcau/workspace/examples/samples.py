"""What the examples show, held in memory: nobody real, no office, marked as sample data. Vietnamese, as content is."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.classification import Classification
from nhipcau.text import compare_words
from nhipcau.ui.charts import Chart, Row, Value
from nhipcau.ui.icons import ICONS
from nhipcau.ui.states import STATES
from nhipcau.workspace.examples.listed import EXAMPLES
from nhipcau.workspace.examples.parts import COLOURS
from nhipcau.workspace.models import Audience, FileKind, FilePurpose

MARK = "DỮ LIỆU MẪU"
DAY = date(2026, 11, 22)
PERSON, OFFICE = "Người dùng mẫu", "Cơ quan mẫu"


class Sample(SimpleNamespace):
    """Something as a template reads it; ``name`` is what it is called."""

    def __str__(self) -> str:
        return str(self.name)


def samples(here: str) -> dict[str, Any]:
    """By name, what the templates of the examples need. ``here`` is where forms and links lead."""
    at = timezone.make_aware(timezone.datetime(2026, 11, 22, 14, 5))
    return {
        "mark": MARK,
        "here": here,
        "day": DAY,
        "at": at,
        "colours": COLOURS,
        "icons": ICONS,
        "states": tuple(STATES),
        "levels": Classification.choices,
        "told": _told(),
        "listing": EXAMPLES,
        "writing": _writing(at),
        "files": _files(at, here),
        "threads": _threads(at),
        "history": _history(at),
        "pieces": compare_words("Tổ chức hai lớp tập huấn", "Tổ chức ba lớp tập huấn trực tuyến"),
        "paper": _letter(),
        "charts": _charts(at, here),
    }


def _told() -> list[Message]:
    return [
        Message(messages.INFO, gettext("For information: nothing has to be done.")),
        Message(messages.SUCCESS, gettext("It was done.")),
        Message(messages.WARNING, gettext("It was done, and something is to be looked at.")),
        Message(messages.ERROR, gettext("It was not done: the sentence says why and what to do.")),
    ]


def _writing(at: Any) -> dict[str, Any]:
    both = {"theirs": f"{MARK}: bản của người kia", "mine": f"{MARK}: bản của tôi"}
    return {
        "other": Sample(person=PERSON, since=at, idle=True),
        "kept": Sample(saved_at=at),
        "differences": [Sample(field="subject", both=True, **both), Sample(field="body", both=False, **both)],
    }


def _charts(at: Any, here: str) -> list[Chart]:
    """One of each kind: a line with a gap, bars with what they were before, small multiples."""
    told = {"as_of": at, "source": MARK, "sample": True}
    days = [f"{number:02}/11" for number in range(16, 23)]
    counts = ((4, 9, 7, None, 12, 8, 10), (2, 3, 1, None, 5, 4, 2), (1, 0, 2, None, 3, 6, 4))

    def row(label: str, *numbers: float | None) -> Row:
        return Row(label=label, values=[Value(number, f"{here}#vd-charts") for number in numbers])

    return [
        Chart(
            key="vd-line",
            kind="line",
            title=gettext("Items by day"),
            says=gettext("Most on 20/11: 12 items; nothing was measured on 19/11."),
            across=gettext("Day"),
            series=[gettext("Items")],
            rows=[row(label, number) for label, number in zip(days, counts[0], strict=True)],
            gap=gettext("not measured"),
            **told,
        ),
        Chart(
            key="vd-bar",
            kind="bar",
            title=gettext("Items by office"),
            says=gettext("The first office has 31 items, nine more than before."),
            across=gettext("Office"),
            series=[gettext("Now"), gettext("Before")],
            rows=[row(f"{OFFICE} {number}", *pair) for number, pair in enumerate(((31, 22), (18, 20), (5, 0)), 1)],
            total=row(gettext("Total"), 54, 42),
            keeps_table=True,
            **told,
        ),
        Chart(
            key="vd-multiples",
            kind="multiples",
            title=gettext("Items by office and day"),
            says=gettext("Only the third office rises towards the end."),
            across=gettext("Day"),
            series=[f"{OFFICE} {number}" for number in (1, 2, 3)],
            rows=[row(label, *numbers) for label, *numbers in zip(days, *counts, strict=True)],
            gap=gettext("not measured"),
            **told,
        ),
    ]


def _files(at: Any, here: str) -> list[Sample]:
    said = {"uploaded_by": PERSON, "uploaded_at": at, "get_absolute_url": here, "pk": 0, "removed_at": None}
    signature = {
        "intact": True,
        "valid": True,
        "covers": "whole",
        "trusted": False,
        "why": "unknown",
        "signer": PERSON,
        "issuer": "Nơi cấp mẫu",
        "stamped_at": "",
        "signed_at": at.isoformat(),
    }
    signed = {"purpose": FilePurpose.SIGNED_COPY, "get_purpose_display": FilePurpose.SIGNED_COPY.label}
    plain = {"purpose": FilePurpose.FILE, "get_kind_display": FileKind.XLSX.label, "size": 48_300}
    return [
        Sample(
            name="du-lieu-mau-da-ky.pdf",
            get_kind_display=FileKind.PDF.label,
            size=1_240_000,
            signatures=[signature],
            **signed | said,
        ),
        Sample(name="du-lieu-mau-cu.xlsx", **plain | said | {"removed_at": at, "removed_by": PERSON}),
    ]


def _threads(at: Any) -> list[tuple[Sample, list[Sample]]]:
    said = {
        "author": PERSON,
        "author_id": 0,
        "organisation": OFFICE,
        "edited_at": None,
        "withdrawn_at": None,
        "must_answer": False,
        "resolved_at": None,
        "get_audience_display": Audience.OFFICE.label,
    }

    def comment(pk: int, text: str, **more: Any) -> Sample:
        when = at + timedelta(minutes=20 * pk)
        return Sample(pk=pk, text=f"{MARK}: {text}", made_at=when, name=f"{PERSON} {pk}", **said | more)

    return [
        (
            comment(1, "ý kiến phải trả lời trước khi trình lại.", must_answer=True, resolved_at=at),
            [comment(2, "câu trả lời.", edited_at=at)],
        ),
        (comment(3, "ý kiến đã rút.", withdrawn_at=at), []),
    ]


def _history(at: Any) -> Sample:
    entry = {"at": at, "reason": "", "purged_under": ""}
    change = Sample(name="Trích yếu", before=f"{MARK} cũ", after=f"{MARK} mới")
    told = Sample(name="Số trang", value="2")
    line = {"who": PERSON, "in_name_of": "", "changes": [], "told": [], "purged": False}
    return Sample(
        more=False,
        lines=[
            Sample(
                entry=Sample(**entry | {"reason": f"{MARK}: vì sao"}),
                what="sửa",
                **line | {"changes": [change], "told": [told]},
            ),
            Sample(entry=Sample(**entry), what="soạn", **line | {"in_name_of": f"{PERSON} khác"}),
        ],
    )


def _letter() -> dict[str, Any]:
    office = Sample(name_vi=OFFICE)
    return {
        "letter": Sample(
            issuer_name="",
            organisation=office,
            issue_number=None,
            symbol="CQM-M",
            subject=f"{MARK}: trích yếu",
            place="Nơi mẫu",
            issued_on=DAY,
            archive_line="VT, M",
            signer_post="Chức vụ mẫu",
            signer_name=PERSON,
        ),
        "parent": Sample(name_vi="Cơ quan chủ quản mẫu"),
        "for_action": [Sample(organisation=Sample(name_vi="Cơ quan nhận mẫu"))],
        "for_information": [Sample(organisation=Sample(name_vi="Cơ quan biết mẫu"))],
        "paragraphs": [f"{MARK}: đoạn thứ nhất của văn bản.", f"{MARK}: đoạn thứ hai của văn bản."],
    }
