"""Who may change the law that the installation works by, and what is left behind."""

import dataclasses
from datetime import date

import pytest

from nhipcau.access import PermissionDeniedError, SystemActor
from nhipcau.audit.models import Entry
from nhipcau.law import shipped
from nhipcau.law.domain.deadlines import replace_deadline
from nhipcau.law.domain.due import due_at
from nhipcau.law.domain.loading import Loaded, load_legal_data
from nhipcau.law.domain.working_days import override_working_day, withdraw_working_day
from nhipcau.law.errors import LawError, OutsideCalendarError
from nhipcau.law.models import Deadline, LegalBasis, WorkingDayOverride
from tests.support.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")
STORM = date(2026, 9, 8)


@pytest.fixture
def owner(as_system):
    return make_person(is_system_owner=True)


def load(**changes):
    rows = {"bases": list(shipped.bases()), "deadlines": list(shipped.deadlines())} | changes
    return load_legal_data(actor=ACTOR, **rows)


def test_loading_enters_everything_and_doing_it_again_nothing(as_system):
    assert load() == Loaded(created=8 + 41)
    assert Entry.objects.filter(verb__startswith="law.").count() == 49

    assert load() == Loaded(unchanged=49)
    assert Entry.objects.filter(verb__startswith="law.").count() == 49
    old = LegalBasis.objects.get(slug="decree-88-2012")
    assert (old.replaced_by.number, old.valid_to) == ("262/2026/NĐ-CP", date(2026, 6, 30))
    assert LegalBasis.objects.get(slug="decree-72-2015").amended_by.number == "148/2026/NĐ-CP"


def test_loading_what_changed_changes_that_alone(as_system):
    load()
    bases = [
        dataclasses.replace(row, note_en="Checked.") if row.slug == "decree-262-2026" else row
        for row in shipped.bases()
    ]

    assert load(bases=bases) == Loaded(changed=1, unchanged=48)
    assert LegalBasis.objects.get(slug="decree-262-2026").note_en == "Checked."


def test_loading_a_row_that_cannot_be_keeps_nothing(as_system):
    rows = list(shipped.deadlines())
    wrong = dataclasses.replace(rows[-1], value=0)

    with pytest.raises(LawError, match="vn_day_abroad_annual"):
        load(deadlines=[*rows[:-1], wrong])
    assert (LegalBasis.objects.count(), Deadline.objects.count()) == (0, 0)


def test_loading_needs_the_right(as_system):
    with pytest.raises(PermissionDeniedError):
        load_legal_data(actor=make_person(), bases=[], deadlines=[])


def test_facts_are_those_of_the_collected_table():
    kinds = {row.kind for row in shipped.deadlines()}
    assert len(list(shipped.deadlines())) == 41
    assert len(kinds) == 33
    assert all(row.source and row.article and row.trigger_vi != row.trigger_en for row in shipped.deadlines())


def test_decision_about_a_day_is_entered_corrected_and_withdrawn(owner):
    said = {"day": STORM, "name": "Nghỉ phòng, chống bão", "basis": "Công điện mẫu 01"}
    decision = override_working_day(actor=owner, working=False, **said)
    override_working_day(actor=owner, working=False, **said)
    override_working_day(actor=owner, working=True, **said | {"name": "Làm việc bình thường"})

    decision.refresh_from_db()
    assert (decision.working, decision.name) == (True, "Làm việc bình thường")
    withdraw_working_day(actor=owner, decision=decision)
    assert WorkingDayOverride.objects.count() == 0
    entries = Entry.objects.filter(verb__endswith="_working_day").order_by("pk")
    assert [(entry.verb, entry.actor_id) for entry in entries] == [
        ("law.override_working_day", owner.actor_id),
        ("law.override_working_day", owner.actor_id),
        ("law.withdraw_working_day", owner.actor_id),
    ]
    assert entries[1].changes == {"working": [False, True], "name": ["Nghỉ phòng, chống bão", "Làm việc bình thường"]}


def test_decision_about_a_day_needs_a_right_a_name_and_a_basis(owner):
    said = {"day": STORM, "working": False, "name": "Nghỉ", "basis": "Công điện"}
    stranger = make_person()
    with pytest.raises(PermissionDeniedError):
        override_working_day(actor=stranger, **said)
    for field in ("name", "basis"):
        with pytest.raises(LawError):
            override_working_day(actor=owner, **said | {field: " "})
    with pytest.raises(OutsideCalendarError):
        override_working_day(actor=owner, **said | {"day": date(2100, 1, 1)})
    decision = override_working_day(actor=owner, **said)
    with pytest.raises(PermissionDeniedError):
        withdraw_working_day(actor=stranger, decision=decision)
    assert WorkingDayOverride.objects.count() == 1


def replace(actor, kind="fp_visit_decide", **changes):
    given = {
        "deadline": Deadline.objects.filter(kind=kind).latest("valid_from"),
        "valid_from": date(2027, 1, 1),
        "basis": LegalBasis.objects.get(slug="decree-262-2026"),
        "article": "5.3",
        "source": "test",
        "confidence": "high",
        "value": 5,
    }
    return replace_deadline(actor=actor, **given | changes)


def test_replaced_rule_holds_for_what_happened_before(law, owner):
    opened = replace(owner)

    assert due_at("fp_visit_decide", date(2026, 12, 31)).deadline.value == 7
    assert due_at("fp_visit_decide", date(2027, 1, 1)).deadline == opened
    assert (opened.value, opened.unit, opened.valid_to, opened.entered_here) == (5, "working_day", None, True)
    verbs = Entry.objects.order_by("-pk").values_list("verb", flat=True)[:2]
    assert list(verbs) == ["law.replace_deadline", "law.close_deadline"]


def test_loading_leaves_a_replaced_kind_alone(law, owner):
    replace(owner)

    assert load() == Loaded(unchanged=47, kept=2)
    assert Deadline.objects.filter(kind="fp_visit_decide").latest("valid_from").value == 5


def test_rule_is_replaced_by_who_may_once_forwards_and_within_what_a_rule_says(law, owner):
    old = Deadline.objects.filter(kind="fp_visit_decide").earliest("valid_from")
    with pytest.raises(PermissionDeniedError):
        replace(make_person())
    with pytest.raises(LawError):
        replace(owner, deadline=old)
    with pytest.raises(LawError):
        replace(owner, valid_from=date(2026, 7, 1))
    with pytest.raises(LawError):
        replace(owner, value=0)
    with pytest.raises(TypeError, match="kind"):
        replace(owner, kind_="x", entered_here=False)
    assert Deadline.objects.filter(kind="fp_visit_decide").count() == 2
