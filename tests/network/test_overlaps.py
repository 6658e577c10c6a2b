"""What goes round the domain functions: the database itself refuses two facts of one kind on one day."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from nhipcau.network.models import (
    BodyMembership,
    Jurisdiction,
    OrganisationClass,
    OrganisationCode,
    OrganisationName,
    OrganisationParent,
)
from nhipcau.network.overlaps import install, remove
from tests.support.people import make_office

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
START, EVE, DAY = date(2020, 1, 1), date(2025, 6, 30), date(2025, 7, 1)


def facts(a, b):
    """Model, fields of a fact, and of another that may not hold on the same day."""
    names = {"name_vi": "x", "name_en": "x"}
    return [
        (OrganisationParent, {"organisation": a, "parent": b}, {"organisation": a, "parent": make_office()}),
        (OrganisationClass, {"organisation": a, "kind": "embassy", "main": False}, {}),
        (OrganisationCode, {"organisation": a, "scheme": "office", "code": "1"}, {"code": "2"}),
        (OrganisationCode, {"organisation": a, "scheme": "statistics", "code": "1"}, {"organisation": b}),
        (Jurisdiction, {"organisation": a, "country": "CU"}, {}),
        (BodyMembership, {"body": a, "member": b}, {}),
        (OrganisationName, {"organisation": _bare(), **names}, {}),
    ]


def _bare():
    """A body without names: those that it has end before the facts of the test begin."""
    office = make_office()
    OrganisationName.objects.filter(organisation=office).update(valid_to=date(2020, 2, 1))
    return office


def test_second_fact_on_the_same_day_is_refused_and_the_day_after_it_is_not(as_system):
    a, b = make_office(), make_office()
    for model, fields, other in facts(a, b):
        common = {"confidence": "high"}
        model.objects.create(**fields, **common, valid_from=date(2020, 3, 1), valid_to=EVE)
        for begin, end in ((EVE, None), (date(2020, 2, 10), date(2020, 3, 1)), (date(2021, 1, 1), date(2021, 1, 1))):
            with pytest.raises(IntegrityError, match="same day"), transaction.atomic():
                model.objects.create(**(fields | other), **common, valid_from=begin, valid_to=end)
        later = model.objects.create(**(fields | other), **common, valid_from=DAY)
        with pytest.raises(IntegrityError, match="same day"), transaction.atomic():
            model.objects.filter(pk=later.pk).update(valid_from=EVE)


def test_second_main_class_is_refused(as_system):
    office = make_office()
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationClass.objects.create(organisation=office, kind="embassy", valid_from=DAY, confidence="high")


def test_triggers_are_put_in_place_twice_and_taken_away(as_system):
    office = make_office()
    install(connection)
    remove(connection)
    OrganisationClass.objects.create(organisation=office, kind="embassy", valid_from=DAY, confidence="high")
