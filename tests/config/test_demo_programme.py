from collections import Counter

import pytest

from nhipcau import access
from nhipcau.config.demo.people import make_people
from nhipcau.config.demo.programme import write_programme
from nhipcau.network.domain.organisations import load_organisations
from nhipcau.network.nation import sample_offices
from nhipcau.programme.models import Directive, Recommendation, Scheme, Task, TaskInstance
from nhipcau.workspace.due import due_from

pytestmark = pytest.mark.django_db


def test_sample_programme_is_marked_in_different_states_and_written_once(db, opened_for):
    with access.system("demo") as opened:
        load_organisations(actor=opened.actor, rows=sample_offices())
        people = make_people(opened.actor)

    write_programme(people)
    write_programme(people)

    with access.system("test"):
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
