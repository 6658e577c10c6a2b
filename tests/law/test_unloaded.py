import pytest
from django.urls import reverse

from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]


def test_calendar_without_the_law_says_how_to_load_it(as_system, signed_in_client):
    reader = signed_in_client(make_person(office=make_office(), roles=["drafter"]))
    assert "nhipcau manage load_law" in reader.get(reverse("law:calendar")).content.decode()
