from types import SimpleNamespace

import pytest
import rules

from nhipcau.access import SystemActor
from nhipcau.access.rights import is_not_among_drafters


class Somebody:
    """An actor who holds every role everywhere."""

    def __init__(self, number):
        self.actor_id = self.actor_label = f"person:{number}"

    def holds(self, role, organisation_id, on):
        return True

    def stands_in_for(self, on):
        return ()


def drafted_by(*ids):
    return SimpleNamespace(drafter_ids=lambda: ids)


@pytest.mark.parametrize(
    ("drafters", "may"),
    [
        (["person:2"], True),
        (["person:1"], False),
        (["person:2", "person:1"], False),
        (["system:worker"], True),
        ([], False),
    ],
    ids=["another", "oneself", "one of several", "the system", "nobody is named"],
)
def test_nobody_approves_what_they_drafted(drafters, may):
    assert is_not_among_drafters.test(Somebody(1), drafted_by(*drafters)) is may


def test_what_does_not_say_who_drafted_it_is_approved_by_nobody():
    assert not is_not_among_drafters.test(Somebody(1), object())
    assert not is_not_among_drafters.test(Somebody(1), None)
    assert not is_not_among_drafters.test(SystemActor("worker"), object())


def test_predicate_joins_with_others():
    @rules.predicate
    def is_approver(actor, drafted):
        return actor.holds("approver", 1, None)

    both = is_approver & is_not_among_drafters
    assert both.test(Somebody(1), drafted_by("person:2"))
    assert not both.test(Somebody(1), drafted_by("person:1"))
