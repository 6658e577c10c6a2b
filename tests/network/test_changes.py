"""What may happen to organisations, one verb at a time: the history that it leaves, and what it refuses."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.access import PermissionDeniedError, SystemActor, system
from nhipcau.audit.models import Entry
from nhipcau.network import queries
from nhipcau.network.domain.changes import change_kind, change_parent, close_organisation, rename_organisation
from nhipcau.network.domain.errors import OrganisationError
from nhipcau.network.domain.roles import end_held_role, grant_held_role, join_body
from nhipcau.network.domain.successions import merge_organisations, split_organisation, transfer_duty
from nhipcau.network.finding import found_by_name
from nhipcau.network.models import BodyMembership, HeldRole, Organisation, Succession
from nhipcau.network.rebase import rebase
from nhipcau.network.rows import NameRow, OrganisationRow
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")
START, EVE, DAY = date(2020, 1, 1), date(2025, 6, 30), date(2025, 7, 1)


def new(slug="new", name="Bộ Mới", day=DAY):
    """A body that begins on the day."""
    return OrganisationRow(
        slug=slug,
        kind="ministry",
        names=(NameRow(name_vi=name, name_en=name.upper(), valid_from=day),),
        valid_from=day,
        sample=True,
        source="test",
        confidence="high",
    )


def names(body):
    return list(body.names.values_list("name_vi", "valid_from", "valid_to"))


def parents(body):
    return list(body.parents.values_list("parent__slug", "valid_from", "valid_to"))


def facts():
    return list(Succession.objects.values_list("predecessor__slug", "successor__slug", "kind", "day"))


def verbs(body):
    of_body = Entry.objects.filter(object_type="network.organisation", object_id=str(body.pk))
    return list(of_body.order_by("pk").values_list("verb", flat=True))


# ---- renamed


def test_renamed_body_bears_both_names_each_in_its_time(as_system):
    office = make_office("Cục Cũ Mẫu", slug="a")

    done = rename_organisation(
        actor=ACTOR,
        organisation=office,
        name_vi="Cục Mới Mẫu",
        name_en="New",
        day=DAY,
        source="a decree",
        confidence="high",
        reason="by decree",
    )

    assert done.name_vi == "Cục Mới Mẫu"
    assert names(done) == [("Cục Cũ Mẫu", START, EVE), ("Cục Mới Mẫu", DAY, None)]
    assert done.names.last().source == "a decree"
    assert [body.slug for body in found_by_name("cuc cu")] == ["a"]
    entry = Entry.objects.get(verb="network.rename_organisation")
    assert (entry.organisation_id, entry.reason) == (office.pk, "by decree")
    before, after = entry.changes["names"]
    assert [one["name"] for one in before + after] == ["Cục Cũ Mẫu", "Cục Cũ Mẫu", "Cục Mới Mẫu"]


def test_name_that_began_on_the_very_day_is_corrected(as_system):
    office = make_office("Cục Cũ Mẫu")
    for name in ("Cục Mói Mẫu", "Cục Mới Mẫu"):
        rename_organisation(actor=ACTOR, organisation=office, name_vi=name, name_en="New", day=DAY)
    assert [name for name, _begin, _end in names(office)] == ["Cục Cũ Mẫu", "Cục Mới Mẫu"]


def test_body_is_not_renamed_before_a_later_name_or_outside_its_life(as_system):
    office = make_office("Cục Cũ Mẫu")
    rename_organisation(actor=ACTOR, organisation=office, name_vi="Cục Mới", name_en="New", day=DAY)
    for day in (EVE, START - timedelta(days=1)):
        with pytest.raises(OrganisationError, match="Cục Mới"):
            rename_organisation(actor=ACTOR, organisation=office, name_vi="X", name_en="X", day=day)
    assert len(names(office)) == 2


# ---- moved, reclassed


def test_moved_body_belongs_to_each_parent_in_its_time(as_system):
    first, second = make_office(slug="first"), make_office(slug="second")
    office = make_office(parent=first)

    change_parent(actor=ACTOR, organisation=office, parent=second, day=DAY)
    assert parents(office) == [("first", START, EVE), ("second", DAY, None)]

    change_parent(actor=ACTOR, organisation=office, parent=None, day=DAY + timedelta(days=1))
    assert parents(office) == [("first", START, EVE), ("second", DAY, DAY)]
    assert verbs(office)[-1] == "network.change_parent"


def test_no_body_is_put_below_itself_or_below_one_that_is_gone(as_system):
    top = make_office()
    middle = make_office(parent=top)
    below = make_office(parent=middle)
    for body, parent in ((top, below), (top, top), (top, make_office(valid_to=EVE))):
        with pytest.raises(OrganisationError):
            change_parent(actor=ACTOR, organisation=body, parent=parent, day=DAY)
    assert parents(top) == []


def test_ring_that_would_stand_on_some_days_only_is_refused(as_system):
    a, b = make_office(slug="a"), make_office(slug="b")
    change_parent(actor=ACTOR, organisation=a, parent=b, day=DAY)
    with pytest.raises(OrganisationError, match=r"01/07/2025|1 Jul 2025"):
        change_parent(actor=ACTOR, organisation=b, parent=a, day=EVE)


def test_body_changes_its_class_from_a_day(as_system):
    office = make_office()
    done = change_kind(actor=ACTOR, organisation=office, kind="government_agency", day=DAY)
    assert done.kind == "government_agency"
    assert [queries.tree_on(day).nodes[office.pk].kind for day in (EVE, DAY)] == ["ministry", "government_agency"]
    with pytest.raises(OrganisationError, match="kingdom"):
        change_kind(actor=ACTOR, organisation=office, kind="kingdom", day=DAY)


# ---- ended


def test_body_that_ends_takes_its_roles_and_memberships_with_it(as_system):
    office, committee = make_office(slug="a"), make_office(slug="committee", kind="steering_committee")
    grant_held_role(actor=ACTOR, role="foreign_ministry", organisation=office, valid_from=START)
    join_body(actor=ACTOR, body=committee, member=office, valid_from=START, position="standing")

    done = close_organisation(actor=ACTOR, organisation=office, last_day=EVE, reason="by decree")

    assert done.valid_to == EVE
    assert names(done)[-1][-1] == EVE
    assert HeldRole.objects.get().valid_to == BodyMembership.objects.get().valid_to == EVE
    assert queries.held_role("foreign_ministry", DAY, sample=True) is None
    assert verbs(done)[-1] == "network.close_organisation"
    assert list(queries.answering_today(done)) == []


def test_body_does_not_end_while_others_belong_to_it(as_system):
    office = make_office()
    make_office("Vụ Ở Lại Mẫu", parent=office)
    with pytest.raises(OrganisationError, match="Vụ Ở Lại Mẫu"):
        close_organisation(actor=ACTOR, organisation=office, last_day=EVE)
    assert Organisation.objects.get(pk=office.pk).valid_to is None


# ---- merged


def test_merged_bodies_end_on_the_eve_and_their_successor_answers(as_system):
    a, b = make_office(slug="a"), make_office(slug="b")
    child = make_office(slug="child", parent=a)

    heir = merge_organisations(actor=ACTOR, members=[a, b], into=new(), day=DAY, basis="NQ 1", confidence="high")

    assert facts() == [("a", "new", "merge", DAY), ("b", "new", "merge", DAY)]
    assert [Organisation.objects.get(slug=key).valid_to for key in ("a", "b", "new")] == [EVE, EVE, None]
    assert parents(child) == [("a", START, EVE), ("new", DAY, None)]
    a.refresh_from_db()
    assert list(queries.answering_on(a, DAY)) == [heir]
    assert [verbs(body)[-1] for body in (a, heir, child)] == [
        "network.merge_organisation",
        "network.create_organisation",
        "network.change_parent",
    ]
    assert Succession.objects.first().basis == "NQ 1"


def test_body_that_absorbs_another_goes_on(as_system):
    a, b = make_office(slug="a"), make_office(slug="b")

    merge_organisations(actor=ACTOR, members=[a, b], into=b, day=DAY)

    assert facts() == [("a", "b", "merge", DAY)]
    assert Organisation.objects.get(slug="b").valid_to is None
    flow = queries.flow_between_days(EVE, DAY)
    assert rebase({a.pk: 3, b.pk: 4}, flow).values == {b.pk: 7}


def test_body_that_absorbs_what_it_belonged_to_belongs_to_none(as_system):
    top = make_office(slug="top")
    below = make_office(slug="below", parent=top)
    merge_organisations(actor=ACTOR, members=[top, top], into=below, day=DAY)
    assert parents(below) == [("top", START, EVE)]
    assert facts() == [("top", "below", "merge", DAY)]


def test_single_body_that_becomes_a_new_one_was_reorganised(as_system):
    merge_organisations(actor=ACTOR, members=[make_office(slug="a")], into=new(), day=DAY)
    assert facts() == [("a", "new", "rename", DAY)]


def test_merger_that_cannot_be_changes_nothing(as_system):
    a, gone = make_office(slug="a"), make_office(slug="gone", valid_to=date(2021, 1, 1))
    real = make_office(slug="real", sample=False)
    entries = Entry.objects.count()
    for members, into in (
        ([a, gone], new()),
        ([a], gone),
        ([a], a),
        ([], new()),
        ([a], new(slug="gone")),
        ([a], new(day=EVE)),
        ([a], real),
    ):
        with pytest.raises(OrganisationError), transaction.atomic():
            merge_organisations(actor=ACTOR, members=members, into=into, day=DAY)
    assert (facts(), Entry.objects.count()) == ([], entries)
    assert Organisation.objects.get(slug="a").valid_to is None


# ---- split


def test_split_body_ends_and_nobody_knows_how_its_figures_divide(as_system):
    old = make_office(slug="old")

    parts = split_organisation(actor=ACTOR, organisation=old, parts=[new("x"), new("y")], day=DAY)

    assert facts() == [("old", "x", "split", DAY), ("old", "y", "split", DAY)]
    assert Organisation.objects.get(slug="old").valid_to == EVE
    done = rebase({old.pk: 5}, queries.flow_between_days(EVE, DAY))
    assert (done.values, [one.among for one in done.unsplit]) == ({}, [frozenset(part.pk for part in parts)])


def test_body_may_go_on_after_a_part_was_split_off(as_system):
    old = make_office(slug="old")
    make_office(parent=old)
    split_organisation(actor=ACTOR, organisation=old, parts=[new("x")], day=DAY, survives=True)
    assert Organisation.objects.get(slug="old").valid_to is None


def test_body_is_not_split_while_others_belong_to_it_or_into_nothing(as_system):
    old = make_office(slug="old")
    make_office(parent=old)
    for parts in ([new("x")], []):
        with pytest.raises(OrganisationError):
            split_organisation(actor=ACTOR, organisation=old, parts=parts, day=DAY)
    assert not Organisation.objects.filter(slug="x").exists()


# ---- duties and roles


def test_duty_passes_and_figures_counted_under_it_pass_with_it(as_system):
    giver, taker = make_office(slug="giver"), make_office(slug="taker")

    fact = transfer_duty(
        actor=ACTOR, giver=giver, taker=taker, day=DAY, duty="external_information", part_vi="thông tin đối ngoại"
    )

    assert (fact.kind, fact.part) == ("transfer", "thông tin đối ngoại")
    flow = queries.flow_between_days(EVE, DAY, duty="external_information")
    assert rebase({giver.pk: 3, taker.pk: 1}, flow).values == {taker.pk: 4}
    with pytest.raises(OrganisationError):
        transfer_duty(actor=ACTOR, giver=giver, taker=taker, day=DAY + timedelta(days=1))


def test_role_that_one_body_holds_ends_for_the_one_before(as_system):
    first, second = make_office(slug="first"), make_office(slug="second")
    grant_held_role(actor=ACTOR, role="coordinating_ministry", organisation=first, valid_from=START)

    held = grant_held_role(
        actor=ACTOR, role="coordinating_ministry", organisation=second, valid_from=DAY, basis="NĐ 43"
    )

    spells = HeldRole.objects.order_by("valid_from").values_list("organisation__slug", "valid_from", "valid_to")
    assert list(spells) == [("first", START, EVE), ("second", DAY, None)]
    with pytest.raises(OrganisationError):
        grant_held_role(actor=ACTOR, role="coordinating_ministry", organisation=first, valid_from=date(2024, 1, 1))
    assert end_held_role(actor=ACTOR, held=held, last_day=date(2026, 1, 1)).valid_to == date(2026, 1, 1)


def test_role_of_every_province_is_held_by_many(as_system):
    for slug in ("a", "b"):
        office = make_office(slug=slug, kind="provincial_department")
        grant_held_role(actor=ACTOR, role="provincial_information_department", organisation=office, valid_from=START)
    assert queries.held_roles_on("provincial_information_department", DAY, sample=True).count() == 2


def test_role_is_not_held_outside_the_life_of_the_body_nor_one_that_there_is_not(as_system):
    office = make_office(valid_to=EVE)
    for role, begin in (("foreign_ministry", START), ("king", START)):
        with pytest.raises(OrganisationError):
            grant_held_role(actor=ACTOR, role=role, organisation=office, valid_from=begin)
    assert not HeldRole.objects.exists()


def test_body_is_a_member_once_at_a_time_and_never_of_itself(as_system):
    committee, office = make_office(), make_office()
    join_body(actor=ACTOR, body=committee, member=office, valid_from=START)
    with pytest.raises(OrganisationError):
        join_body(actor=ACTOR, body=committee, member=office, valid_from=DAY)
    with pytest.raises(OrganisationError):
        join_body(actor=ACTOR, body=committee, member=committee, valid_from=DAY)
    join_body(actor=ACTOR, body=committee, member=office, valid_from=START, valid_to=EVE)
    join_body(actor=ACTOR, body=committee, member=office, valid_from=DAY, position="chair")
    assert BodyMembership.objects.count() == 2


# ---- who may


def test_only_the_system_owner_changes_the_network(as_system):
    office = make_office(slug="a")
    administrator = make_person(office=office, roles=["office_administrator", "coordinator"])
    acts = [
        lambda actor: rename_organisation(actor=actor, organisation=office, name_vi="x", name_en="x", day=DAY),
        lambda actor: change_parent(actor=actor, organisation=office, parent=None, day=DAY),
        lambda actor: change_kind(actor=actor, organisation=office, kind="embassy", day=DAY),
        lambda actor: merge_organisations(actor=actor, members=[office], into=new("m"), day=DAY),
        lambda actor: split_organisation(actor=actor, organisation=office, parts=[new("s")], day=DAY),
        lambda actor: transfer_duty(actor=actor, giver=office, taker=office, day=DAY, part_vi="x"),
        lambda actor: grant_held_role(actor=actor, role="foreign_ministry", organisation=office, valid_from=DAY),
        lambda actor: join_body(actor=actor, body=office, member=office, valid_from=DAY),
        lambda actor: close_organisation(actor=actor, organisation=office, last_day=DAY),
    ]
    for act in acts:
        with pytest.raises(PermissionDeniedError):
            act(administrator)
    owner = make_person(is_system_owner=True)
    assert acts[-1](owner).valid_to == DAY


# ---- any order of verbs


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["rename", "move", "kind", "merge", "absorb", "split", "carve", "close"]),
            st.integers(0, 9),
            st.integers(0, 9),
            st.integers(0, 60),
        ),
        max_size=10,
    )
)
def test_whatever_happens_there_is_one_tree_a_day_and_no_figure_is_lost(db, acts):
    with transaction.atomic(), system("test"):
        for number in range(4):
            make_office(slug=f"o-{number}")
        for number, (verb, one, other, days) in enumerate(acts):
            _do(verb, f"n-{number}", one, other, DAY + timedelta(days=days))
        moments = queries.days_of_change()
        for day in moments:
            tree = queries.tree_on(day)
            assert len(list(tree.walk())) == len(tree) == queries.organisations_on(day).count()
        for day in moments:
            flow = queries.flow_between_days(START, day)
            assert rebase(dict.fromkeys(flow.into, 1), flow).total == 4
        transaction.set_rollback(True)


def _do(verb, slug, one, other, day):
    bodies = list(Organisation.objects.order_by("pk"))
    first, second = bodies[one % len(bodies)], bodies[other % len(bodies)]
    fresh = new(slug, day=day)
    does = {
        "rename": lambda: rename_organisation(actor=ACTOR, organisation=first, name_vi=slug, name_en=slug, day=day),
        "move": lambda: change_parent(actor=ACTOR, organisation=first, parent=second, day=day),
        "kind": lambda: change_kind(actor=ACTOR, organisation=first, kind="embassy", day=day),
        "merge": lambda: merge_organisations(actor=ACTOR, members=[first, second], into=fresh, day=day),
        "absorb": lambda: merge_organisations(actor=ACTOR, members=[first], into=second, day=day),
        "split": lambda: split_organisation(actor=ACTOR, organisation=first, parts=[fresh], day=day),
        "carve": lambda: split_organisation(actor=ACTOR, organisation=first, parts=[fresh], day=day, survives=True),
        "close": lambda: close_organisation(actor=ACTOR, organisation=first, last_day=day),
    }
    try:
        with transaction.atomic():
            does[verb]()
    except OrganisationError:
        pass
