"""In whose right something is done, and that the audit record says so by itself."""

from contextlib import contextmanager
from datetime import date

import pytest
import rules
from django.db import transaction
from django.utils import timezone

from nhipcau.access import Access, PermissionDeniedError, opened, system
from nhipcau.access.rights import holds, is_not_among_drafters, require, standing
from nhipcau.access.standing import counts, noted
from nhipcau.audit.domain.record import record
from nhipcau.audit.models import Entry
from tests.support.people import make_office

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


class Somebody:
    """An actor with roles of their own and of principals: ``{"": {"drafter"}, "person:9": {"approver"}}``."""

    actor_id, actor_label = "person:1", "Nguyễn Văn Một"

    def __init__(self, **roles_by_principal):
        self.roles = {"": set(), **roles_by_principal}

    def holds(self, role, organisation_id, on):
        return any(role in roles for principal, roles in self.roles.items() if not principal or counts(principal))

    def stands_in_for(self, on):
        return [principal for principal in self.roles if principal]


def somebody(own=(), **principals):
    return Somebody(**{"": set(own), **{name.replace("_", ":"): set(roles) for name, roles in principals.items()}})


@pytest.fixture
def rule():
    """``rule("name", predicate)``: a rule for one test."""
    made = []

    def add(name, predicate):
        rules.add_perm(name, predicate)
        made.append(name)
        return name

    yield add
    for name in made:
        rules.remove_perm(name)


@pytest.fixture
def office(db):
    with system("test"):
        return make_office()


@pytest.fixture
def approve(rule):
    return rule("test.approve", holds("approver"))


@pytest.fixture
def draft(rule):
    return rule("test.draft", holds("drafter"))


@contextmanager
def acting(actor):
    with opened(Access(actor=actor)), transaction.atomic():
        yield actor


def written(actor, office, **given):
    return record(actor=actor, verb="test.did", target=office, organisation=office, **given).deputy_of


def test_own_right_wins_over_the_right_of_another(approve, office):
    found = standing(approve, somebody(["approver"], person_9=["approver"]), office)
    assert (found.deputy_of, found.in_own_right) == ("", True)


def test_deputy_acts_in_the_right_of_the_principal(approve, office):
    found = standing(approve, somebody(["drafter"], person_8=["viewer"], person_9=["approver"]), office)
    assert (found.deputy_of, found.in_own_right) == ("person:9", False)


def test_rights_of_two_principals_do_not_add_up(rule, office):
    both = rule("test.both", holds("approver") & holds("publisher"))
    assert standing(both, somebody(person_8=["publisher"], person_9=["approver"]), office) is None
    assert standing(both, somebody(["publisher"], person_9=["approver"]), office).deputy_of == "person:9"


def test_without_the_right_there_is_no_standing(approve, office):
    actor = somebody(["drafter"])
    assert standing(approve, actor, office) is None
    with acting(actor), pytest.raises(PermissionDeniedError):
        require(approve, actor, office)


def test_entry_says_as_whose_deputy(approve, draft, office):
    with acting(somebody(["drafter"], person_9=["approver"])) as actor:
        assert require(approve, actor, office).deputy_of == "person:9"
        assert written(actor, office) == "person:9"
        require(draft, actor, office)
        assert written(actor, office) == ""
    with system("test"):
        assert list(Entry.objects.filter(verb="test.did").values_list("deputy_of", flat=True)) == ["person:9", ""]


def test_entry_keeps_to_what_it_was_told(approve, office):
    with acting(somebody(person_9=["approver"])) as actor:
        require(approve, actor, office)
        assert written(actor, office, deputy_of="") == ""
        assert written(actor, office, deputy_of="person:5") == "person:5"


def test_function_called_from_another_does_not_change_its_standing(approve, draft, office):
    def number(actor):
        with transaction.atomic():
            require(draft, actor, office)
            return written(actor, office)

    def issue(actor):
        with transaction.atomic():
            require(approve, actor, office)
            return number(actor), written(actor, office)

    with acting(somebody(["drafter"], person_9=["approver"])) as actor:
        assert issue(actor) == ("", "person:9")
        assert number(actor) == ""


def test_rule_may_be_asked_before_the_transaction(approve, office):
    actor = somebody(person_9=["approver"])
    with opened(Access(actor=actor)):
        require(approve, actor, office)
        with transaction.atomic():
            assert written(actor, office) == "person:9"


def test_standing_belongs_to_its_actor_and_its_access(approve, office):
    deputy, other = somebody(person_9=["approver"]), somebody(["approver"])
    other.actor_id = "person:2"
    with acting(deputy):
        require(approve, deputy, office)
        assert written(other, office) == ""
        with system("test"):
            assert noted(deputy).in_own_right
    with acting(deputy):
        assert written(deputy, office) == ""


def test_drafter_does_not_approve_as_deputy_and_a_deputy_approves_what_the_principal_drafted(rule, office):
    class Draft:
        def __init__(self, drafter):
            self.drafter = drafter

        def drafter_ids(self):
            return {self.drafter}

    @rules.predicate
    def is_approver(actor, drafted):
        return actor.holds("approver", office.pk, timezone.localdate())

    approve = rule("test.approve_draft", is_approver & is_not_among_drafters)
    deputy = somebody(["drafter"], person_9=["approver"])
    assert standing(approve, deputy, Draft("person:1")) is None
    assert standing(approve, deputy, Draft("person:2")).deputy_of == "person:9"
    assert standing(approve, deputy, Draft("person:9")).deputy_of == "person:9"


def test_day_of_a_right_is_the_day_in_viet_nam(approve, office, monkeypatch):
    asked = []
    actor = somebody()
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 2, 17))
    actor.stands_in_for = lambda on: asked.append(on) or ()
    assert standing(approve, actor, office) is None
    assert asked == [date(2026, 2, 17)]
