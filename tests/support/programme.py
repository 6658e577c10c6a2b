"""Directives, tasks and recommendations for tests. Call these with the system's access open."""

import itertools
from datetime import date

from django.utils import timezone

from nhipcau.programme.models import Clause, Directive, Recommendation, Scheme, Task, TaskInstance
from tests.support.people import make_person

_numbers = itertools.count(1)


def make_directive(office, title="Kế hoạch thông tin đối ngoại", **fields):
    """A directive in the register of ``office``."""
    number = next(_numbers)
    given = {
        "slug": f"directive-{number}",
        "kind": "decision",
        "number": f"{number}/QĐ-M",
        "title_vi": title,
        "issuer": "Bộ Mẫu",
        "issued_on": date(2026, 1, 5),
        "valid_from": date(2026, 1, 5),
        "sample": True,
    }
    return Directive.objects.create(organisation=office, **given | fields)


def make_clause(office, text="Mỗi cơ quan xây dựng kế hoạch.", *, directive=None, **fields):
    """A clause of a directive, which is made where none is given."""
    directive = directive or make_directive(office)
    return Clause.objects.create(directive=directive, **{"kind": "task", "number": "Điều 1", "text_vi": text} | fields)


def make_task(office, title="Xây dựng kế hoạch", *, clause=None, **fields):
    """A task that ``office`` gives."""
    clause = clause or make_clause(office)
    return Task.objects.create(organisation=office, clause=clause, title_vi=title, sample=True, **fields)


def make_instance(office, *, task=None, giver=None, **fields):
    """A task as ``office`` has it; it is given by ``giver``, or by the office itself."""
    task = task or make_task(giver or office)
    given = {"kind": office.kind, "due_on": date(2026, 12, 15), "given_on": date(2026, 1, 5), "sample": True}
    return TaskInstance.objects.create(task=task, organisation=office, **given | fields)


def make_scheme(office, title="Đề án thông tin đối ngoại", **fields):
    """A scheme in the register of ``office``."""
    number = next(_numbers)
    given = {"slug": f"scheme-{number}", "kind": "scheme", "title_vi": title, "begin": date(2026, 1, 1), "sample": True}
    return Scheme.objects.create(organisation=office, **given | fields)


def make_recommendation(office, addressee, *, state="draft", drafter=None, **fields):
    """A recommendation of ``office`` to another, in a state."""
    now = timezone.now()
    given = {"title": "Bổ sung kinh phí", "text": "Đề nghị bổ sung kinh phí.", "sample": True}
    if state != "draft":
        given["sent_at"] = now
    if state in {"answered", "closed"}:
        given |= {"answer": "Đồng ý.", "answered_at": now}
    drafter = drafter or make_person(office=office, roles=["drafter"])
    return Recommendation.objects.create(
        organisation=office, addressee=addressee, drafter=drafter, state=state, **given | fields
    )
