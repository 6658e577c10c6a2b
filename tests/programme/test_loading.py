from collections import Counter
from datetime import date

import pytest

from nhipcau import access
from nhipcau.audit.models import Entry
from nhipcau.law import shipped as law
from nhipcau.law.domain.loading import load_legal_data
from nhipcau.law.models import LegalBasis
from nhipcau.network.domain.roles import grant_held_role
from nhipcau.programme import shipped
from nhipcau.programme.domain.loading import Loaded, Programme, load_programme
from nhipcau.programme.models import Clause, Directive, DirectiveLink, Part, Scheme, Task
from nhipcau.workspace.domain.errors import IncompleteError
from tests.support.people import ACTOR, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(as_system):
    load_legal_data(actor=ACTOR, bases=law.bases(), deadlines=law.deadlines())
    ministry = make_office("Bộ Văn hóa", sample=False)
    make_office("Bộ Tài chính", slug="mof", sample=False)
    make_office("Bộ Ngoại giao", slug="mofa", sample=False)
    grant_held_role(
        actor=ACTOR, role="coordinating_ministry", organisation=ministry, valid_from=date(2025, 3, 1), basis="43/2025"
    )
    return load_programme(actor=ACTOR, programme=shipped.programme())


def test_what_comes_with_the_program_is_there_once(loaded):
    assert (Directive.objects.count(), Scheme.objects.count()) == (22, 11)
    assert Clause.objects.count() == Task.objects.count() == 36
    assert Counter(Clause.objects.values_list("kind", flat=True)) == {
        "objective": 2,
        "requirement": 4,
        "task_group": 5,
        "task": 17,
        "follow_up": 1,
        "annex": 1,
        "target": 6,
    }
    assert not Clause.objects.filter(source="").exists()
    assert not Directive.objects.filter(source="").exists()
    assert Counter(Clause.objects.values_list("finding", flat=True)) == {"sourced": 33, "excerpt": 2, "not_found": 1}
    _role_is_kept_as_a_role_and_what_was_not_found_says_so()
    _document_of_the_law_room_is_not_told_twice()
    entries = Entry.objects.count()

    again = load_programme(actor=ACTOR, programme=shipped.programme())

    assert again == Loaded(unchanged=loaded.created)
    assert Entry.objects.count() == entries
    _what_was_changed_here_is_left_alone()


def _role_is_kept_as_a_role_and_what_was_not_found_says_so():
    regulation = Task.objects.get(key="r47-g2-t5")
    agencies = [(row.part, row.role or row.kind) for row in regulation.agencies.all()]

    assert agencies == [
        (Part.LEAD, "coordinating_ministry"),
        (Part.COORDINATING, "party_body"),
        (Part.COORDINATING, "ministry"),
    ]
    assert (regulation.not_found, regulation.deadline_text) == (["deadline"], "")
    assert "Ministry of Information and Communications (to 2025-02-28)" in regulation.source_note
    annex = Task.objects.get(key="r47-annex")
    assert annex.not_found == ["lead", "coordinating", "deadline", "indicator"]


def _document_of_the_law_room_is_not_told_twice():
    decree = Directive.objects.get(slug="nghi-dinh-88-2012-nd-cp")

    assert decree.basis == LegalBasis.objects.get(slug="decree-88-2012")
    assert (decree.number, decree.valid_to) == ("88/2012/NĐ-CP", date(2026, 6, 30))
    link = DirectiveLink.objects.get(earlier=decree)
    assert (link.kind, link.later.number) == ("replaces", "262/2026/NĐ-CP")


def _what_was_changed_here_is_left_alone():
    changed = Directive.objects.get(slug="nghi-quyet-47-nq-cp-2024")
    Directive.objects.filter(pk=changed.pk).update(issuer="Chính phủ nước ta", entered_here=True)
    rows = [row for row in shipped.directives() if row.slug == changed.slug]

    assert load_programme(actor=ACTOR, programme=Programme(directives=rows)) == Loaded(kept=1)
    changed.refresh_from_db()
    assert changed.issuer == "Chính phủ nước ta"


def test_nothing_is_loaded_where_nobody_keeps_the_register(db):
    with access.system("test"), pytest.raises(IncompleteError, match="cơ quan chủ trì quản lý"):
        load_programme(actor=ACTOR, programme=shipped.programme())
