from collections import Counter

import pytest

from nhipcau import access
from nhipcau.config.demo.people import make_people
from nhipcau.config.demo.plans import begin_planning, write_plans
from nhipcau.config.demo.programme import write_programme
from nhipcau.network.domain.organisations import load_organisations
from nhipcau.network.nation import sample_offices
from nhipcau.programme.domain.plan_contents import contents_of
from nhipcau.programme.models import Directive, Plan, Recommendation, Scheme, Task, TaskInstance
from nhipcau.programme.plan_comparing import compare_plans
from nhipcau.workspace.due import due_from
from tests.support.recorded import unnamed

pytestmark = pytest.mark.django_db


def test_sample_programme_is_marked_in_different_states_and_written_once(db, opened_for):
    with access.system("demo") as opened:
        load_organisations(actor=opened.actor, rows=sample_offices())
        people = make_people(opened.actor)

    write_programme(people)
    write_programme(people)

    with access.system("test"):
        assert unnamed() == set()
        for model in (Directive, Scheme, Task, TaskInstance, Recommendation):
            assert not model.objects.filter(sample=False).exists()
        assert Counter(TaskInstance.objects.values_list("state", flat=True)) == {
            "given": 35,
            "in_progress": 1,
            "done": 1,
            "not_needed": 1,
        }
        assert Counter(Recommendation.objects.values_list("state", flat=True)) == {"sent": 1, "answered": 1, "draft": 1}
    for key in ("tinh-mau", "dai-su", "lanh-dao", "dieu-phoi"):
        with opened_for(people[key]) as opened:
            assert due_from(opened), key


def test_sample_plans_are_marked_in_different_states_and_one_is_amended(db):
    with access.system("demo") as opened:
        load_organisations(actor=opened.actor, rows=sample_offices())
        begin_planning(opened.actor)
        people = make_people(opened.actor)

    write_plans(people)
    write_plans(people)

    with access.system("test"):
        assert unnamed() == set()
        assert not Plan.objects.filter(sample=False).exists()
        assert Counter(Plan.objects.values_list("state", flat=True)) == {"issued": 2, "in_review": 2, "draft": 1}
        amended = Plan.objects.get(amends__isnull=False)
        found = compare_plans(amended, contents_of(amended.amends), contents_of(amended))
        assert [change.kind for change in found] == ["changed", "gone"]
