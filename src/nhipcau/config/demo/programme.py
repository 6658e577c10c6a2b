"""The programme of a demonstration: the real directives, and a sample one with tasks, a scheme and recommendations.

What is invented is written as its people would write it, in sample offices, each step under the rights of its person.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation
    from nhipcau.programme.models import Directive

_MINISTRY = "sample-ministry-b"
_NOTE = "DỮ LIỆU MẪU: văn bản để trình diễn, không phải văn bản chính thức."


class SampleTask(NamedTuple):
    """A sample task: what is asked, of which classes, in how many days from today it is due."""

    title: str
    product: str
    indicator: str
    kinds: tuple[str, ...]
    due_in: int


TASKS = (
    SampleTask(
        "Ban hành kế hoạch thông tin đối ngoại mẫu năm tới",
        "Kế hoạch do lãnh đạo cơ quan ký, gửi cơ quan điều phối mẫu",
        "Đã ban hành (có/không, ngày)",
        ("peoples_committee", "embassy", "friendship_union"),
        20,
    ),
    SampleTask(
        "Rà soát trang thông tin tiếng nước ngoài mẫu",
        "Danh mục nội dung cần cập nhật",
        "Tỷ lệ mục đã cập nhật",
        ("peoples_committee", "embassy"),
        -6,
    ),
)


class SampleWord(NamedTuple):
    """Who says for which office how it stands with which task (by its place in :data:`TASKS`)."""

    person: str
    office: str
    task: int
    word: str
    note: str
    number: str = ""


WORDS = (
    SampleWord("tinh-mau", "sample-province-01", 0, "in_progress", "DỮ LIỆU MẪU: đang lấy ý kiến các đơn vị."),
    SampleWord("co-quan-dai-dien", "sample-mission-01", 0, "done", "DỮ LIỆU MẪU: đã ban hành.", "03/KH-MAU"),
    SampleWord("co-quan-dai-dien", "sample-mission-01", 1, "not_needed", "DỮ LIỆU MẪU: trang đã dừng hoạt động."),
)


#: Who drafts and who sends, for which office, what in short, and how far it goes; all to the sample ministry A.
RECOMMENDATIONS = (
    (*("tinh-mau", "tinh-duyet", "sample-province-01"), "Bổ sung kinh phí mẫu cho thông tin khu vực cửa khẩu", "sent"),
    (*("co-quan-dai-dien", "dai-su", "sample-mission-01"), "Cung cấp phim ngắn mẫu có phụ đề", "answered"),
    (*("co-quan-dai-dien", "dai-su", "sample-mission-01"), "Mời phóng viên mẫu của địa bàn vào Việt Nam", "draft"),
)


def load_programme(actor: Actor) -> None:
    """The real directives, tasks and schemes that come with the program."""
    from nhipcau.programme import shipped
    from nhipcau.programme.domain.loading import load_programme as load

    load(actor=actor, programme=shipped.programme())


def write_programme(people: dict[str, Person]) -> None:
    """A sample directive with its tasks given to sample offices, a scheme and recommendations; once only."""
    from nhipcau.access import opened, system
    from nhipcau.accounts.queries import access_for
    from nhipcau.network.models import Organisation
    from nhipcau.programme.models import Directive

    with system("demo"):
        if Directive.objects.filter(sample=True).exists():
            return
    coordinator = people["dieu-phoi"]
    with opened(access_for(coordinator)):
        ministry = Organisation.objects.get(slug=_MINISTRY)
        directive = _directive(coordinator, ministry)
        _tasks(coordinator, directive)
        _scheme(coordinator, ministry, directive)
    _words(people)
    _recommendations(people)


def _directive(coordinator: Person, ministry: Organisation) -> Directive:
    from nhipcau.programme.domain.directives import DirectiveContent, register_directive

    content = DirectiveContent(
        kind="plan",
        number="12/KH-MAU",
        title_vi="Kế hoạch mẫu về thông tin đối ngoại",
        title_en="Sample plan on external information",
        issuer="Bộ Mẫu B",
        signer_name="Lãnh đạo Mẫu",
        signer_post="Thứ trưởng mẫu",
        issued_on=date(2026, 1, 5),
        valid_from=date(2026, 1, 5),
        note=_NOTE,
        source="DỮ LIỆU MẪU",
    )
    return register_directive(actor=coordinator, organisation=ministry, content=content, sample=True)


def _tasks(coordinator: Person, directive: Directive) -> None:
    from nhipcau.programme.domain.directives import ClauseContent, add_clause
    from nhipcau.programme.domain.giving import Gift, give_task
    from nhipcau.programme.domain.tasks import TaskContent, set_task

    text = "Nhiệm vụ của các cơ quan mẫu"
    top = add_clause(
        actor=coordinator,
        directive=directive,
        content=ClauseContent(kind="task_group", number="Phần II", text_vi=text),
    )
    for number, row in enumerate(TASKS, start=1):
        clause = add_clause(
            actor=coordinator,
            directive=directive,
            content=ClauseContent(kind="task", number=f"Mục {number}", text_vi=row.title, parent=top),
        )
        content = TaskContent(
            title_vi=row.title,
            product=row.product,
            indicator=row.indicator,
            due_on=timezone.localdate() + timedelta(days=row.due_in),
            lead=[f"kind:{kind}" for kind in row.kinds],
        )
        task = set_task(actor=coordinator, clause=clause, content=content)
        give_task(actor=coordinator, task=task, gift=Gift(kinds=dict.fromkeys(row.kinds)))


def _scheme(coordinator: Person, ministry: Organisation, directive: Directive) -> None:
    from nhipcau.programme.domain.schemes import PhaseContent, SchemeContent, edit_scheme, register_scheme, set_review

    content = SchemeContent(
        kind="scheme",
        title_vi="Đề án mẫu quảng bá hình ảnh tại địa bàn mẫu",
        title_en="Sample scheme on image promotion in a sample country",
        directive=directive,
        lead=ministry,
        term="giai đoạn 2026 - 2028",
        begin=date(2026, 1, 1),
        end=date(2028, 12, 31),
        country="FR",
        budget=6_500_000_000,
        budget_source="Ngân sách nhà nước (mẫu)",
        note=_NOTE,
        source="DỮ LIỆU MẪU",
    )
    phases = [
        PhaseContent(
            title="Năm 2026", begin=date(2026, 1, 1), end=date(2026, 12, 31), aim="Khảo sát, xây dựng nội dung."
        ),
        PhaseContent(title="2027 - 2028", begin=date(2027, 1, 1), end=date(2028, 12, 31), aim="Triển khai, tổng kết."),
    ]
    scheme = register_scheme(actor=coordinator, organisation=ministry, content=content, sample=True)
    edit_scheme(actor=coordinator, scheme=scheme, content=content, version=scheme.version, phases=phases)
    soon = timezone.localdate() + timedelta(days=35)
    set_review(actor=coordinator, scheme=scheme, kind="interim", due_on=soon)
    set_review(actor=coordinator, scheme=scheme, kind="final", due_on=date(2029, 1, 31))


def _words(people: dict[str, Person]) -> None:
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.programme.domain.instances import say_how_it_stands
    from nhipcau.programme.models import TaskInstance

    for row in WORDS:
        person = people[row.person]
        with opened(access_for(person)):
            mine = TaskInstance.objects.filter(organisation__slug=row.office, task__title_vi=TASKS[row.task].title)
            say_how_it_stands(
                actor=person, instance=mine.get(), word=row.word, note=row.note, evidence_number=row.number
            )


def _recommendations(people: dict[str, Person]) -> None:
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.network.models import Organisation
    from nhipcau.programme.domain import recommendations as domain
    from nhipcau.programme.models import Recommendation

    for drafter, approver, office, title, state in RECOMMENDATIONS:
        with opened(access_for(people[drafter])):
            row = domain.draft_recommendation(
                actor=people[drafter],
                organisation=Organisation.objects.get(slug=office),
                title=title,
                text=f"DỮ LIỆU MẪU: {title}. Kính đề nghị quý cơ quan xem xét, trả lời.",
                addressee=Organisation.objects.get(slug="sample-ministry-a"),
                origin_words="Báo cáo mẫu năm trước, phần VII",
                due_on=timezone.localdate() + timedelta(days=10),
                sample=True,
            )
        if state == "draft":
            continue
        with opened(access_for(people[approver])):
            domain.send_recommendation(actor=people[approver], asked=Recommendation.objects.get(pk=row.pk))
        if state == "answered":
            leader = people["lanh-dao"]
            with opened(access_for(leader)):
                domain.answer_recommendation(
                    actor=leader,
                    asked=Recommendation.objects.get(pk=row.pk),
                    answer="DỮ LIỆU MẪU: đồng ý, sẽ gửi ba phim ngắn mẫu trong quý tới.",
                    number="45/CV-MAU",
                )
