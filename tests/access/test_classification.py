"""The classification of rows, without any model that has one."""

from django.db.models import Q

from nhipcau.access import Access, SystemActor, classification
from nhipcau.access.classification import Classification, exportable, narrowest
from nhipcau.accounts.models import Role


def test_roles_that_it_names_are_roles():
    named = {*classification.OWNER_READERS, *classification.RECEIVER_READERS, *classification.TAKERS}
    assert named <= set(Role.values)


def test_who_takes_a_restricted_row_out_may_read_it():
    assert set(classification.TAKERS) <= set(classification.OWNER_READERS)
    assert set(classification.RECEIVER_READERS) <= set(classification.OWNER_READERS)


def test_file_is_called_by_the_narrowest_of_what_it_holds():
    assert narrowest([]) == Classification.PUBLIC
    assert narrowest(["public", "internal"]) == Classification.INTERNAL
    assert narrowest(["restricted", "public"]) == Classification.RESTRICTED


def test_system_takes_everything_out():
    assert exportable(Access(actor=SystemActor("test"), everything=True)) == Q()
    assert exportable(Access(actor=SystemActor("test"))) != Q()


def test_every_classification_has_a_word_and_an_icon():
    assert set(classification.ICONS) == set(Classification)
