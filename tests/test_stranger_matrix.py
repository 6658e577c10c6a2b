"""For every route and every method: who has not signed in, and who belongs to another office, gets nothing.

In the same test the owner really reaches the object. New routes join by themselves: see tests/support/strangers.py.
"""

import pytest
from django.db import transaction
from django.db.models import Q

from nhipcau.access.query import has_owner
from nhipcau.accounts.queries import access_for
from tests.support import matrix, strangers

pytestmark = pytest.mark.django_db

ROUTES = {route.name: route for route in matrix.routes()}
WITH_OBJECT = [route for route in ROUTES.values() if route.parameters and route.name not in strangers.OPEN]
#: Their forms offer some hundred keys or more, each of which is tried.
MANY_KEYS = frozenset(
    {
        "people:deputise",
        *(f"programme:{name}" for name in ("directive_new", "directive_edit", "clause_new", "clause_edit")),
        *(f"programme:{name}" for name in ("task_new", "task_edit", "scheme_new", "scheme_edit")),
        *(f"programme:{name}" for name in ("plan_edit", "plan_head", "plan_activity_edit")),
        "reporting:campaign_new",
    }
)
POSTED = [
    pytest.param(route, marks=pytest.mark.long) if route.name in MANY_KEYS else route for route in ROUTES.values()
]
OWNED = {model._meta.label: model for model in matrix.owned_models()}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once: what a test does to it is put back, and all of it goes when the last test has run."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield matrix.make_world()
        transaction.set_rollback(True)


@pytest.mark.postgres_when_long
@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_whoever_has_not_signed_in_is_sent_to_do_so(world, route):
    answers = {method: matrix.ask(None, route, world, method) for method in matrix.METHODS}
    sent = {method for method, answer in answers.items() if matrix.sent_to_sign_in(answer)}
    if route.name in strangers.OPEN:
        assert sent != set(answers), "it is open by name and open to nobody: take the name away"
        return
    assert set(answers) - sent == set()


@pytest.mark.postgres_when_long
@pytest.mark.parametrize("route", WITH_OBJECT, ids=lambda route: route.name)
def test_stranger_reaches_no_object_of_another_office_and_its_owner_does(world, route):
    assert set(route.parameters) <= set(strangers.MAKERS), "a parameter without a maker in tests/support/strangers.py"
    assert list(matrix.faults_of_route(route, world)) == []


@pytest.mark.postgres_when_long
@pytest.mark.parametrize("route", [r for r in ROUTES.values() if not r.parameters], ids=lambda route: route.name)
def test_list_names_nothing_of_another_office(world, route):
    marks = [thing.mark for thing in world.made.values() if type(thing.instance) in OWNED.values() and thing.mark]
    page = matrix.ask(world.stranger, route, world, "GET")
    assert [mark for mark in marks if mark in page.text] == []


@pytest.mark.both_databases
@pytest.mark.parametrize("model", OWNED.values(), ids=OWNED)
def test_rows_with_an_owner_are_seen_by_the_owner_alone(world, model):
    assert list(matrix.faults_of_model(model, world)) == []


@pytest.mark.both_databases
@pytest.mark.parametrize("label", strangers.REFERENCE)
def test_reference_is_what_its_rule_says(world, label):
    from django.apps import apps

    assert not has_owner(apps.get_model(label), access_for(world.stranger))


@pytest.mark.both_databases
def test_names_in_the_lists_still_stand_for_something():
    parameters = {name for route in ROUTES.values() for name in route.parameters}
    assert set(strangers.OPEN) - set(ROUTES) == set()
    assert {name for name, method in strangers.DATA} - set(ROUTES) == set()
    assert {key for key in strangers.MAKERS if "." not in key} - parameters == set()
    assert {key for key in strangers.MAKERS if "." in key} - set(OWNED) == set()
    assert {name for name, _field in strangers.INTO} - set(ROUTES) == set()


@pytest.mark.postgres_when_long
@pytest.mark.parametrize("model", OWNED.values(), ids=OWNED)
def test_matrix_fails_when_a_model_forgets_its_rule(world, monkeypatch, model):
    monkeypatch.setattr(model, "visible_to", lambda access: Q())

    assert [fault for fault in matrix.faults_of_model(model, world) if "stranger" in fault] != []


@pytest.mark.both_databases
@pytest.mark.parametrize("label", strangers.ADDRESSED)
def test_addressed_row_is_seen_in_each_state_by_whom_it_should(world, label):
    assert list(matrix.faults_of_states(label, world)) == []


@pytest.mark.both_databases
def test_every_model_whose_rule_says_addressed_is_tried_at_every_state():
    says = {label for label, model in OWNED.items() if matrix.says_it_is_addressed(model)}

    assert "workspace.Letter" in says
    assert says - set(strangers.ADDRESSED) == set()
    assert set(strangers.ADDRESSED) - set(OWNED) == set()


@pytest.fixture(scope="module")
def their_world(world):
    with matrix.of_their_own(world) as theirs:
        yield theirs


@pytest.mark.postgres_when_long
@pytest.mark.parametrize("route", POSTED, ids=ROUTES)
def test_form_with_a_key_of_another_office_reaches_nothing_of_it(their_world, route):
    if not set(route.parameters) <= set(their_world.values):
        pytest.skip("nobody can make a second one of these")
    assert list(matrix.faults_of_posting(route, their_world)) == []


@pytest.mark.both_databases
@pytest.mark.long
@pytest.mark.parametrize("route", WITH_OBJECT, ids=lambda route: route.name)
def test_matrix_fails_when_a_view_forgets_its_rule(world, monkeypatch, route):
    things = [world.made[name] for name in route.parameters]
    if not any(type(thing.instance) in OWNED.values() for thing in things):
        pytest.skip("whatever it is about, all who sign in may read it")
    pattern = matrix.pattern_of(route.name)
    monkeypatch.setattr(pattern, "callback", matrix.careless(pattern.callback))

    assert [fault for fault in matrix.faults_of_route(route, world) if "stranger" in fault] != []
