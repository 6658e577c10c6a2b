"""The reads of the network over the real bodies, loaded once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.access import system
from nhipcau.network import queries
from nhipcau.network.models import Kind, Organisation, OrganisationParent, Succession
from nhipcau.network.rebase import rebase
from tests.support.people import make_office

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

EVE, DAY, NOW = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 22)
COMMITTEES = [Kind.PEOPLES_COMMITTEE]
#: Statistics codes that mean another province since 2025-07-01: code, province before, province after.
REUSED = [
    ("15", "yen-bai-2008", "lao-cai-2025"),
    ("24", "bac-giang-2008", "bac-ninh-2025"),
    ("44", "quang-binh-2008", "quang-tri-2025"),
    ("52", "binh-dinh-2008", "gia-lai-2025"),
    ("80", "long-an-2008", "tay-ninh-2025"),
    ("82", "tien-giang-2008", "dong-thap-2025"),
    ("91", "kien-giang-2008", "an-giang-2025"),
]


@pytest.fixture
def nation(real_bodies_loaded, as_system):
    """The real bodies, and the system's access open."""


def body(slug):
    return Organisation.objects.get(slug=slug)


def slugs(bodies):
    return [one.slug for one in bodies]


def test_tree_of_a_day_has_every_body_of_that_day_under_its_name_then(nation, django_assert_num_queries):
    with django_assert_num_queries(3):
        before = queries.tree_on(EVE)
    with django_assert_num_queries(3):
        now = queries.tree_on(NOW)

    assert (len(before), len(now)) == (queries.organisations_on(EVE).count(), 281)
    department = body("cao-bang-2008-department").pk
    assert queries.tree_on(date(2025, 2, 28)).nodes[department].name_en.startswith("Department of Information")
    assert now.nodes[department].name_en.startswith("Department of Culture")
    assert now.nodes[department].parent.pk == body("cao-bang-2008-peoples-committee").pk
    assert (now.nodes[body("vtv").pk].kinds, now.nodes[body("mofa").pk].kinds) == (
        ("government_agency", "external_press"),
        ("ministry",),
    )
    assert len(now.nodes[body("mofa").pk].children) == 97


def test_tree_walks_every_body_once_parents_first(nation):
    tree = queries.tree_on(NOW)
    walked = [node.pk for _depth, node in tree.walk()]
    assert sorted(walked) == sorted(tree.nodes)
    place = {pk: number for number, pk in enumerate(walked)}
    assert all(place[node.parent.pk] < place[pk] for pk, node in tree.nodes.items() if node.parent)
    depths = {node.pk: depth for depth, node in tree.walk()}
    assert {depths[node.pk] for node in tree.roots} == {0}


def test_tree_leaves_sample_offices_out_where_it_is_asked_to(nation):
    sample = make_office()
    assert (sample.pk in queries.tree_on(NOW, sample=False).nodes, len(queries.tree_on(NOW, sample=True))) == (False, 1)


def test_seven_codes_mean_another_province_since_the_merger(nation):
    for code, before, after in REUSED:
        bearers = [queries.bearer_of_code("statistics", code, day).province for day in (EVE, DAY)]
        assert bearers == [before, after]


def test_codes_are_borne_by_sixty_three_and_then_by_thirty_four(nation):
    def borne(day):
        return {code for n in range(100) if queries.bearer_of_code("statistics", code := f"{n:02}", day)}

    assert (len(borne(EVE)), len(borne(DAY)), len(borne(NOW))) == (63, 34, 34)


def test_held_roles_pass_with_their_dates(nation, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.held_role("coordinating_ministry", date(2025, 2, 28)).slug == "mic"
    assert queries.held_role("coordinating_ministry", date(2025, 3, 1)).slug == "mcst"
    assert queries.held_role("foreign_ministry", NOW).slug == "mofa"
    assert queries.held_role("coordinating_ministry", date(2000, 1, 1)) is None
    departments = [queries.held_roles_on("provincial_information_department", day).count() for day in (EVE, DAY)]
    assert departments == [63, 34]
    with pytest.raises(ValueError, match="many"):
        queries.held_role("provincial_information_department", NOW)


def test_who_answers_today_for_an_old_unit(nation, django_assert_num_queries):
    today = timezone.localdate()
    assert today > DAY
    old = body("mic")
    with django_assert_num_queries(1):
        found = queries.answering_today(old)
    # The coordinating ministry's duty first; then in the order of names.
    assert slugs(found)[0] == "mcst"
    assert sorted(slugs(found)) == ["mcst", "most", "mps"]
    assert slugs(queries.answering_today(body("kien-giang-2008-department"))) == ["an-giang-2025-department"]
    assert slugs(queries.answering_today(body("mofa"))) == ["mofa"]
    assert slugs(queries.answering_on(body("cpmm"), date(2024, 1, 1))) == []
    assert slugs(queries.answering_on(old, date(2025, 2, 28))) == ["mic"]


def test_lineage_runs_both_ways(nation, django_assert_num_queries):
    with django_assert_num_queries(2):
        line = queries.lineage_of(body("phu-tho-2025-peoples-committee"))
    assert sorted(branch.body.province for _, branch in line.origins()) == [
        "hoa-binh-2008",
        "phu-tho-2008",
        "vinh-phuc-2008",
    ]
    assert list(line.steps()) == []
    assert {branch.fact.kind for _, branch in line.origins()} == {"merge"}
    (forward,) = queries.lineage_of(body("hoa-binh-2008-peoples-committee")).steps()
    assert (forward[0], forward[1].body.province) == (0, "phu-tho-2025")


def test_the_63_of_the_eve_lie_exactly_on_the_34_of_the_day(nation, django_assert_num_queries):
    with django_assert_num_queries(2):
        flow = queries.flow_between_days(EVE, DAY, kinds=COMMITTEES)
    values = {pk: 10_000 + number for number, pk in enumerate(sorted(flow.into))}

    done = rebase(values, flow)

    sizes = sorted(len(members) for members in flow.members().values())
    assert (len(flow.into), len(flow.onto), sizes.count(1), sum(size > 1 for size in sizes)) == (63, 34, 11, 23)
    assert sizes.count(2) + sizes.count(3) == 23
    assert sum(sizes) == 63
    assert (len(done.values), done.missing, done.unsplit, done.unplaced) == (34, {}, (), {})
    assert sum(done.values.values()) == sum(values.values())
    for target, members in flow.members().items():
        assert done.values[target] == sum(values[member] for member in members)


def test_the_11_that_did_not_merge_are_themselves_and_23_are_left_whole_on_the_way_back(nation):
    flow = queries.flow_between_days(DAY, EVE, kinds=COMMITTEES)
    done = rebase(dict.fromkeys(flow.into, 1), flow)
    assert (len(done.values), len(done.unsplit), done.total) == (11, 23, 34)
    assert all(flow.into[pk] == {pk} for pk in done.values)


def test_all_bodies_lie_on_the_map_of_today_and_none_is_lost(nation):
    flow = queries.flow_between_days(date(2025, 2, 1), NOW)
    done = rebase(dict.fromkeys(flow.into, 1), flow)
    names = dict(Organisation.objects.values_list("pk", "slug"))
    assert done.total == len(flow.into)
    assert {names[one.body] for one in done.unsplit} == {"mic", "molisa"}
    assert done.unplaced == {}


def test_every_province_that_ended_has_one_successor_of_its_class(nation):
    ended = Organisation.objects.filter(valid_to=EVE).exclude(province="")
    heirs = {}
    for fact in queries.successions().filter(day=DAY):
        heirs.setdefault(fact.predecessor_id, []).append(fact)
    assert sorted(heirs) == sorted(ended.values_list("pk", flat=True))
    assert all(len(facts) == 1 for facts in heirs.values())
    assert all(f.predecessor.kind == f.successor.kind for facts in heirs.values() for f in facts)
    assert Succession.objects.filter(kind="rename", day=DAY).count() == 9
    assert all(fact.source for facts in heirs.values() for fact in facts)


def test_missions_cover_their_host_country(nation):
    in_japan = ["consulate-fukuoka", "consulate-osaka", "embassy-japan"]
    assert sorted(slugs(queries.missions_covering("JP", NOW))) == in_japan
    assert slugs(queries.missions_covering("CH", NOW)) == ["embassy-switzerland"]


days = st.dates(date(2007, 8, 1), date(2026, 12, 31))


def test_there_is_one_tree_on_every_day_and_no_body_below_itself(nation):
    links = list(OrganisationParent.objects.values_list("organisation_id", "parent_id", "valid_from", "valid_to"))
    moments = {day for link in links for day in link[2:] if day}
    for day in sorted(moments | {moment + timedelta(days=1) for moment in moments}):
        tree = queries.tree_on(day)
        assert len(list(tree.walk())) == len(tree)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(from_day=days, to_day=days, data=st.data())
def test_every_rebasing_of_the_real_bodies_keeps_the_total(nation, from_day, to_day, data):
    with system("test"):
        flow = queries.flow_between_days(from_day, to_day)
    some = data.draw(st.lists(st.sampled_from(sorted(flow.into)), unique=True, max_size=40)) if flow.into else []
    values = {pk: data.draw(st.integers(0, 10**6)) for pk in some}
    assert rebase(values, flow).total == sum(values.values())
