from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.programme import figures
from nhipcau.programme.figures import Asked
from nhipcau.programme.models import Recommendation
from nhipcau.programme.tasks import follow_the_network
from tests.support.people import make_office
from tests.support.programme import make_instance, make_recommendation, make_task

pytestmark = pytest.mark.django_db


def test_figures_count_the_period_and_lead_to_what_they_are_made_of(province, ministry, officer, as_person):
    as_of = datetime(2026, 7, 15, tzinfo=UTC)
    with access.system("test"):
        for number, day in enumerate((date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)), start=1):
            task = make_task(ministry, f"Nhiệm vụ {number}")
            make_instance(province, task=task, state="done", done_on=day)
        make_instance(make_office(), giver=ministry, state="done", done_on=date(2026, 6, 1))
        for moment in (datetime(2026, 6, 30, 16, 59, tzinfo=UTC), datetime(2026, 6, 30, 17, 0, tzinfo=UTC)):
            row = make_recommendation(ministry, province, state="answered")
            Recommendation.objects.filter(pk=row.pk).update(sent_at=moment, answered_at=moment)
        make_recommendation(province, ministry, state="sent")
    asked = Asked(organisation=province, begin=date(2026, 1, 1), end=date(2026, 6, 30), as_of=as_of)

    with as_person(officer):
        found = {
            offer.key: figures.count(offer.key, asked)
            for offer in figures.offers()
            if offer.key.startswith("programme.") and "plan" not in offer.key
        }

    values = {key: int(figure.value) for key, figure in found.items()}
    # The last moment of June in Hà Nội is 16:59:59 in UTC.
    assert values == {
        "programme.tasks_done": 2,
        "programme.recommendations_sent": 0,
        "programme.recommendations_received": 1,
        "programme.recommendations_answered": 1,
    }
    assert [source.label for source in found["programme.tasks_done"].sources] == ["Nhiệm vụ 1", "Nhiệm vụ 2"]


def test_figures_stop_at_the_moment_asked_about(province, ministry, officer, as_person):
    with access.system("test"):
        make_recommendation(province, ministry, state="sent")
    today = timezone.localdate()
    for as_of, number in ((timezone.now() + timedelta(minutes=1), 1), (timezone.now() - timedelta(hours=1), 0)):
        asked = Asked(organisation=province, begin=today - timedelta(days=1), end=today, as_of=as_of)
        with as_person(officer):
            assert figures.count("programme.recommendations_sent", asked).value == number


def test_worker_follows_the_network_and_may_do_it_twice(province, ministry):
    with access.system("test"):
        make_instance(province, giver=ministry)
    follow_the_network()
    follow_the_network()
