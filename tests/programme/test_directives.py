from datetime import date

import pytest

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.programme.domain.directives import (
    ClauseContent,
    DirectiveContent,
    add_clause,
    edit_clause,
    edit_directive,
    link_directives,
    register_directive,
    remove_clause,
    unlink_directives,
)
from nhipcau.programme.models import Clause, Directive
from nhipcau.programme.queries.directives import clause_tree, directives, in_standing, standing_of
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError
from tests.support.people import make_office
from tests.support.programme import make_clause, make_directive, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]

DAY = date(2026, 6, 1)


def content(**fields):
    return DirectiveContent(
        **{"kind": "decision", "number": "5/QĐ-M", "title_vi": "Về kế hoạch", "issuer": "Bộ Mẫu"} | fields
    )


def test_coordinator_enters_and_changes_a_directive(ministry, coordinator, officer, as_person):
    with as_person(officer), pytest.raises(PermissionDeniedError):
        register_directive(actor=officer, organisation=ministry, content=content())
    with as_person(coordinator):
        made = register_directive(actor=coordinator, organisation=ministry, content=content())
        again = register_directive(actor=coordinator, organisation=ministry, content=content())
        assert (made.slug, again.slug) == ("5-qd-m", "5-qd-m-2")

        edited = edit_directive(actor=coordinator, directive=made, content=content(note="Xem phụ lục."), version=1)
        assert (edited.note, edited.version) == ("Xem phụ lục.", 2)
        with pytest.raises(ConflictError):
            edit_directive(actor=coordinator, directive=made, content=content(), version=1)
        with pytest.raises(IncompleteError) as refused:
            edit_directive(actor=coordinator, directive=made, content=content(title_vi=" "), version=2)
        assert refused.value.field == "title_vi"


def test_directive_is_found_by_the_words_of_its_clauses(ministry, coordinator, as_person):
    from nhipcau import search

    with as_person(coordinator):
        made = register_directive(actor=coordinator, organisation=ministry, content=content())
        add_clause(actor=coordinator, directive=made, content=ClauseContent(text_vi="Xây dựng bộ tiêu chí đánh giá."))

        assert list(search.matching(directives(), "bo tieu chi")) == [made]
        assert list(search.matching(directives(), "5/QĐ-M")) == [made]


STANDINGS = [
    ({"valid_from": date(2026, 1, 1)}, "in_force"),
    ({"valid_from": None, "issued_on": None}, "in_force"),
    ({"valid_from": None, "issued_on": date(2026, 7, 1)}, "coming"),
    ({"valid_from": date(2026, 6, 2)}, "coming"),
    ({"valid_from": date(2025, 1, 1), "valid_to": date(2026, 5, 31)}, "over"),
    ({"valid_from": date(2025, 1, 1), "valid_to": DAY}, "in_force"),
]


def test_standing_of_a_row_and_of_a_query_are_one(as_system):
    office = make_office()
    made = {make_directive(office, **fields): standing for fields, standing in STANDINGS}
    old, amended = make_directive(office), make_directive(office)
    newer = make_directive(office, valid_from=date(2026, 5, 1))
    from nhipcau.programme.models import DirectiveLink

    DirectiveLink.objects.create(later=newer, earlier=old, kind="replaces")
    DirectiveLink.objects.create(later=newer, earlier=amended, kind="amends", day=DAY)
    DirectiveLink.objects.create(
        later=newer, earlier=newer_link_of_tomorrow(office, made), kind="replaces", day=date(2026, 6, 2)
    )
    made |= {old: "replaced", amended: "amended", newer: "in_force"}

    found = {row: standing_of(row, DAY) for row in directives()}
    assert found == made
    for standing in ("in_force", "amended", "replaced", "over", "coming"):
        rows = directives().filter(in_standing(standing, DAY))
        assert set(rows) == {row for row, code in made.items() if code == standing}


def newer_link_of_tomorrow(office, made):
    """A directive that will be replaced tomorrow holds today."""
    row = make_directive(office)
    made[row] = "in_force"
    return row


def test_links_are_made_changed_and_taken_back(as_system, ministry):
    from tests.support.people import ACTOR

    old, new = make_directive(ministry), make_directive(ministry)
    link = link_directives(actor=ACTOR, later=new, earlier=old, kind="replaces", day=DAY)
    assert link_directives(actor=ACTOR, later=new, earlier=old, kind="replaces", day=date(2026, 1, 1)).pk == link.pk
    with pytest.raises(IncompleteError):
        link_directives(actor=ACTOR, later=new, earlier=new, kind="amends")
    unlink_directives(actor=ACTOR, link=link)
    assert not old.later_links.exists()


def test_clauses_hang_as_they_are_entered_and_never_on_themselves(as_system, ministry):
    from tests.support.people import ACTOR

    directive = make_directive(ministry)
    add = lambda text, **more: add_clause(  # noqa: E731 - four times below
        actor=ACTOR, directive=directive, content=ClauseContent(text_vi=text, **more)
    )
    first, second = add("Điều một"), add("Điều hai")
    below = add("Khoản một", parent=first)
    before = add("Điều không", place=0)
    make_task(ministry, clause=below)

    tree = clause_tree(directive)
    assert [node.clause for node in tree] == [before, first, second]
    assert [(node.clause, node.depth, len(node.tasks)) for node in tree[1].walk()] == [(first, 0, 0), (below, 1, 1)]
    with pytest.raises(IncompleteError) as refused:
        edit_clause(actor=ACTOR, clause=first, content=ClauseContent(text_vi="Điều một", parent=below), version=1)
    assert refused.value.field == "parent"
    with pytest.raises(IncompleteError):
        add("Lạc chỗ", parent=make_clause(ministry))
    for kept in (first, below):
        with pytest.raises(IncompleteError):
            remove_clause(actor=ACTOR, clause=kept)
    remove_clause(actor=ACTOR, clause=second)
    assert Clause.objects.filter(directive=directive).count() == 3


def test_what_the_legal_basis_says_is_not_changed_here(as_system, ministry):
    from nhipcau.law import shipped
    from nhipcau.law.domain.loading import load_legal_data
    from nhipcau.law.models import LegalBasis
    from tests.support.people import ACTOR

    load_legal_data(actor=ACTOR, bases=shipped.bases(), deadlines=[])
    basis = LegalBasis.objects.get(slug="decree-72-2015")
    made = make_directive(ministry, basis=basis, number="72/2015/NĐ-CP")
    same = {name: getattr(made, name) for name in ("kind", "title_vi", "issuer", "issued_on", "valid_from")}

    with pytest.raises(IncompleteError) as refused:
        edit_directive(actor=ACTOR, directive=made, content=content(**same, basis=basis, number="73"), version=1)
    assert refused.value.field == "number"
    kept = content(**same, basis=basis, number="72/2015/NĐ-CP", signer_post="TM. CHÍNH PHỦ")
    assert edit_directive(actor=ACTOR, directive=made, content=kept, version=1).signer_post == "TM. CHÍNH PHỦ"
    assert Directive.objects.get(pk=made.pk).number == "72/2015/NĐ-CP"


def test_link_reaches_no_register_of_another_office(ministry, coordinator, as_person):
    with access.system("test"):
        mine, theirs = make_directive(ministry), make_directive(make_office())
    with as_person(coordinator), pytest.raises(PermissionDeniedError):
        link_directives(actor=coordinator, later=mine, earlier=theirs, kind="replaces")
