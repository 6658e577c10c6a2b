"""The invented nation has the shape of the real one, and nothing of its names."""

from collections import Counter
from datetime import date

import pytest

from nhipcau.access import SystemActor
from nhipcau.network import queries
from nhipcau.network.domain.organisations import load_nation
from nhipcau.network.nation import real_nation, sample_offices
from nhipcau.network.rebase import rebase
from nhipcau.network.sample_nation import sample_nation


@pytest.fixture(scope="module")
def nations():
    return real_nation(), sample_nation()


def test_classes_numbers_and_lives_are_those_of_the_real_nation(nations):
    real, sample = (Counter((b.kind, b.valid_from, b.valid_to, len(b.names)) for b in n.bodies) for n in nations)
    assert real == sample
    assert (len(nations[1].bodies), sum(b.valid_to is None for b in nations[1].bodies)) == (515, 281)


def test_lineage_is_that_of_the_real_nation(nations):
    def shape(nation):
        kinds = {b.slug: b.kind for b in nation.bodies}
        into = Counter(fact.successor for fact in nation.successions)
        return Counter(
            (f.kind, f.day, f.duty, kinds[f.predecessor], kinds[f.successor], into[f.successor])
            for f in nation.successions
        )

    assert shape(nations[0]) == shape(nations[1])


def test_no_real_name_key_source_or_code_is_in_it(nations):
    real, sample = nations
    names = {name.name_vi for body in real.bodies for name in body.names}
    assert not names & {name.name_vi for body in sample.bodies for name in body.names}
    assert not {b.slug for b in real.bodies} & {b.slug for b in sample.bodies}
    assert all(b.sample and b.source == "invented" and not b.codes for b in sample.bodies)
    assert all("Mẫu" in name.name_vi and "Sample" in name.name_en for b in sample.bodies for name in b.names)


def test_it_is_the_same_every_time(nations):
    sample_nation.cache_clear()
    assert sample_nation() == nations[1]


def test_offices_of_the_demonstration_are_the_same_offices_here(nations):
    here = {b.slug: b for b in nations[1].bodies}
    for office in sample_offices():
        body = here[office.slug]
        assert (body.kind, body.names[-1].name_vi, body.valid_to) == (office.kind, office.names[0].name_vi, None)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_sixty_three_sample_provinces_become_thirty_four(as_system):
    loaded = load_nation(actor=SystemActor("test"), nation=sample_nation())
    assert (loaded.created, loaded.between) == (515, 332)
    again = load_nation(actor=SystemActor("test"), nation=sample_nation())
    assert (again.unchanged, again.between) == (515, 0)

    flow = queries.flow_between_days(date(2025, 6, 30), date(2025, 7, 1), kinds=["peoples_committee"])
    done = rebase(dict.fromkeys(flow.into, 1), flow)

    assert (len(flow.into), len(done.values), done.total, done.unsplit) == (63, 34, 63, ())
    assert queries.held_role("coordinating_ministry", date(2026, 1, 1)) is None
    assert queries.held_role("coordinating_ministry", date(2026, 1, 1), sample=True).kind == "ministry"
