from datetime import date

import pytest

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.programme.domain.schemes import (
    PhaseContent,
    SchemeContent,
    drop_review,
    edit_scheme,
    hold_review,
    register_scheme,
    set_review,
)
from nhipcau.programme.models import Scheme, SchemeReview
from nhipcau.programme.queries.schemes import STANDINGS, in_standing, schemes, standing_of
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError
from nhipcau.workspace.due import due_from
from tests.support.people import make_office

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]

DAY = date(2026, 6, 1)


def due(access):
    return [(item.title, item.due) for item in due_from(access) if item.url.startswith("/de-an/")]


def content(**fields):
    return SchemeContent(**{"kind": "scheme", "title_vi": "Đề án mẫu"} | fields)


@pytest.fixture
def scheme(ministry, coordinator, as_person):
    with as_person(coordinator):
        given = content(begin=date(2026, 1, 1), end=date(2030, 12, 31), budget=5_000_000_000, budget_source="NSNN")
        return register_scheme(actor=coordinator, organisation=ministry, content=given, sample=True)


def test_scheme_is_entered_and_changed_with_its_phases(scheme, coordinator, officer, as_person):
    phases = [PhaseContent(title="Giai đoạn 1", begin=date(2026, 1, 1), end=date(2027, 12, 31), aim="Mười tin, bài.")]
    with as_person(officer), pytest.raises(PermissionDeniedError):
        edit_scheme(actor=officer, scheme=scheme, content=content(), version=1)
    with as_person(coordinator):
        edited = edit_scheme(actor=coordinator, scheme=scheme, content=content(), version=1, phases=phases)
        assert [(row.title, row.place) for row in edited.phases.all()] == [("Giai đoạn 1", 1)]
        with pytest.raises(ConflictError):
            edit_scheme(actor=coordinator, scheme=scheme, content=content(), version=1)
        with pytest.raises(IncompleteError):
            edit_scheme(actor=coordinator, scheme=scheme, content=content(begin=DAY, end=date(2020, 1, 1)), version=2)


def test_reviews_are_due_until_they_are_held(scheme, coordinator, as_person):
    with as_person(coordinator) as access:
        review = set_review(actor=coordinator, scheme=scheme, kind="interim", due_on=date(2028, 6, 30))
        with pytest.raises(IncompleteError):
            set_review(actor=coordinator, scheme=scheme, kind="interim", due_on=date(2028, 6, 30))
        assert due(access) == [(str(review), date(2028, 6, 30))]

        for wrong in ({"held_on": date(2999, 1, 1), "result": "Tốt."}, {"held_on": DAY, "result": " "}):
            with pytest.raises(IncompleteError):
                hold_review(actor=coordinator, review=review, **wrong)
        hold_review(actor=coordinator, review=review, held_on=DAY, result="Đạt.", document="7/BC-M")
        assert due(access) == []
        with pytest.raises(IncompleteError):
            drop_review(actor=coordinator, review=review)
        other = set_review(actor=coordinator, scheme=scheme, kind="final", due_on=date(2031, 1, 31))
        drop_review(actor=coordinator, review=other)
        assert SchemeReview.objects.count() == 1


def test_standing_of_a_row_and_of_a_query_are_one(as_system):
    office = make_office()
    make = lambda n, **fields: Scheme.objects.create(  # noqa: E731 - a row for each of the cases below
        organisation=office, slug=f"s{n}", kind="scheme", title_vi=f"Đề án {n}", **fields
    )
    cases = [
        ({}, "undated"),
        ({"begin": date(2026, 1, 1)}, "running"),
        ({"begin": date(2026, 7, 1), "end": date(2027, 1, 1)}, "coming"),
        ({"end": date(2030, 1, 1)}, "running"),
        ({"end": DAY}, "running"),
        ({"end": date(2026, 5, 31)}, "over"),
    ]
    made = {make(n, **fields).pk: standing for n, (fields, standing) in enumerate(cases)}
    done = make(99, end=date(2020, 12, 31))
    SchemeReview.objects.create(scheme=done, kind="final", due_on=DAY, held_on=DAY)
    made[done.pk] = "reviewed"

    assert {row.pk: standing_of(row, DAY) for row in schemes()} == made
    for standing in STANDINGS:
        rows = schemes().filter(in_standing(standing, DAY))
        assert {row.pk for row in rows} == {key for key, code in made.items() if code == standing}
