from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.accounts.models import Deputyship, Person, Role
from nhipcau.accounts.queries import access_for, sample_offices
from nhipcau.config.demo.letters import LETTERS, write_letters
from nhipcau.config.demo.people import PEOPLE, make_people
from nhipcau.network.domain.organisations import load_organisations
from nhipcau.network.nation import sample_offices as offices_of_the_nation
from nhipcau.workspace.due import due_from, late_in_offices
from nhipcau.workspace.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    with access.system("demo") as opened:
        load_organisations(actor=opened.actor, rows=offices_of_the_nation())
        return make_people(opened.actor)


def test_there_is_somebody_for_every_role_and_a_deputy_and_a_system_owner(people):
    assert {role for row in PEOPLE for role in row.roles} == set(Role.values)
    with access.system("test"):
        assert Deputyship.objects.count() == 1
        assert Person.objects.filter(is_system_owner=True).count() == 1


def test_preparing_again_makes_nobody_twice(people):
    write_letters(people)
    with access.system("demo") as opened:
        make_people(opened.actor)
    write_letters(people)
    with access.system("test"):
        assert (Person.objects.count(), Letter.objects.count()) == (len(PEOPLE), len(LETTERS))


def test_letters_are_in_several_states_and_marked_as_samples(people):
    write_letters(people)
    with access.system("test"):
        letters = list(Letter.objects.all())
    assert {letter.state for letter in letters} == {"in_review", "approved", "sent_back", "issued"}
    assert all(letter.sample and "mẫu" in letter.subject and "DỮ LIỆU MẪU" in letter.body for letter in letters)


def test_home_is_not_empty_for_those_who_have_something_to_do(people, opened_for):
    write_letters(people)
    waiting = {}
    for key in ("lanh-dao", "cap-pho", "soan-thao", "dau-moi", "tinh-duyet", "dai-su"):
        with opened_for(people[key]) as opened:
            waiting[key] = len(due_from(opened))
    assert all(waiting.values()), waiting
    with access.opened(access_for(people["bo-truong"])) as opened:
        assert len(late_in_offices(opened, timezone.now() + timedelta(days=1))) == 1


def test_sign_in_offers_them_by_office_and_the_keeper_of_the_system_last(people):
    with access.system("sign-in"):
        shown = sample_offices()
    assert {person for place in shown for person, _roles in place.people} == set(people.values())
    assert [place.office for place in shown][-1] is None
