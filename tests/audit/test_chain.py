"""The chain without a database: what is sealed, and that whatever is done to it is named."""

import json
import random
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.audit import chain
from nhipcau.audit.chain import FIELDS, GENESIS, link
from nhipcau.audit.faults import SENTENCES, Fault
from tests.support.ledger import (
    PLACE,
    TAMPERINGS,
    edited,
    faults,
    heads_of,
    make_chain,
    make_row,
    named,
    sealed,
    tamper,
    verdict,
)


def test_link_is_what_its_documentation_says():
    row = make_row(1)
    said = ["nhipcau-audit-1", GENESIS, 1, *row.kept]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    assert link(GENESIS, 1, row.kept) == sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("name", FIELDS)
def test_link_depends_on_every_field(name):
    row = make_row(1)

    assert link(GENESIS, 1, edited(row, name, "another").kept) != link(GENESIS, 1, row.kept)


def test_link_depends_on_the_place_and_on_what_is_before():
    row = make_row(1)

    assert len({link(GENESIS, 1, row.kept), link(GENESIS, 2, row.kept), link("1" * 64, 1, row.kept)}) == 3


@pytest.mark.parametrize("value", [b"bytes", object(), {1, 2}])
def test_value_that_no_entry_can_have_has_no_link(value):
    assert link(GENESIS, 1, (value,)) == ""


def test_lone_surrogate_has_a_link():
    assert len(link(GENESIS, 1, ("\ud800",))) == 64


def test_chain_as_it_was_sealed_is_good():
    rows = make_chain(30)
    found = verdict(rows, [make_row(40), make_row(41)], heads_of(rows, 10, 20, 30))

    assert (found.faults, found.count, found.head) == ([], 30, rows[-1].chain_hash)
    assert (found.unsealed, found.oldest_unsealed, found.heads) == (2, make_row(40).at, 3)


def test_nothing_at_all_is_good():
    assert (verdict([]).good, verdict([]).count, verdict([]).head) == (True, 0, GENESIS)


@pytest.mark.parametrize("kind", TAMPERINGS)
@given(length=st.integers(2, 24), seed=st.integers(0, 2**32))
@settings(max_examples=60)
def test_whatever_is_done_is_named(kind, length, seed):
    rows = make_chain(length)
    rng = random.Random(seed)
    noted = heads_of(rows, *range(1, length + 1)) if kind == "made anew" else heads_of(rows, length)

    tampered, unsealed, done = tamper(rows, rng, kind)

    assert named(verdict(tampered, unsealed, noted), done)


@pytest.mark.parametrize("kind", sorted(set(TAMPERINGS) - {"made anew", "inserted", "cut off"}))
@given(length=st.integers(6, 24), seed=st.integers(0, 2**32))
@settings(max_examples=60)
def test_nothing_is_said_of_entries_to_which_nothing_was_done(kind, length, seed):
    rows = make_chain(length)

    tampered, unsealed, done = tamper(rows, random.Random(seed), kind)

    found = verdict(tampered, unsealed, heads_of(rows, length))
    assert {fault.kind for fault in found.faults} == {done.kind}
    places = {fault.entry if fault.kind == "purged" else fault.place for fault in found.faults}
    assert places <= set(done.places)


def test_entry_put_in_is_named_and_those_behind_it_are_only_shifted():
    rows = make_chain(10)
    fake = make_row(99)._replace(sequence=4, chain_hash="f" * 64)
    tampered = [*rows[:3], fake, *(row._replace(sequence=row.sequence + 1) for row in rows[3:])]

    assert faults(tampered) == [("inserted", 4, 990), ("renumbered", 5, 40)]


def test_entry_taken_out_and_numbers_closed_up_is_named():
    rows = make_chain(10)
    tampered = [*rows[:3], *(row._replace(sequence=row.sequence - 1) for row in rows[4:])]

    assert faults(tampered) == [("renumbered", 4, 50)]


def test_number_alone_changed_is_named():
    rows = make_chain(5)

    assert faults([*rows[:4], rows[4]._replace(sequence=9)]) == [("renumbered", 9, 50)]


def test_several_unsealed_together_are_named():
    rows = make_chain(9)
    taken = [row._replace(sequence=None, chain_hash="") for row in rows[3:6]]

    found = faults([*rows[:3], *rows[6:]], [*taken, make_row(20)])

    assert found == [("unsealed", 4, 40), ("unsealed", 5, 50), ("unsealed", 6, 60)]


def test_tail_unsealed_is_named_by_the_noted_head():
    rows = make_chain(9)
    taken = [row._replace(sequence=None, chain_hash="") for row in rows[7:]]

    assert faults(rows[:7], taken, heads_of(rows, 9)) == [("unsealed", 8, 80), ("unsealed", 9, 90)]


def test_tail_cut_off_is_not_seen_without_the_heads():
    rows = make_chain(9)

    assert faults(rows[:7]) == []
    assert faults(rows[:7], heads=heads_of(rows, 4, 9)) == [("cut_off", 8, None)]


def test_chain_that_was_cut_off_and_grew_again_is_named():
    rows = make_chain(9)
    again = [*rows[:6], *sealed([make_row(n) for n in (50, 51, 52, 53)], before=rows[5].chain_hash, first=7)]

    (fault,) = verdict(again, heads=heads_of(rows, 5, 9)).faults

    assert (fault.kind, fault.place, fault.values["last"]) == ("rewritten", 6, 9)


def test_two_changed_together_are_both_named():
    rows = make_chain(9)
    rows[3], rows[4] = edited(rows[3], "reason", "x"), edited(rows[4], "verb", "x")

    assert faults(rows) == [("edited", 4, 40), ("edited", 5, 50)]


def test_hash_of_the_last_is_told_from_its_content_by_the_noted_head():
    rows = make_chain(4)
    noted = heads_of(rows, 4)

    assert faults([*rows[:3], rows[3]._replace(chain_hash="f" * 64)], heads=noted) == [("hash_edited", 4, 40)]
    assert faults([*rows[:3], edited(rows[3], "reason", "x")], heads=noted) == [("edited", 4, 40)]


def test_lines_in_another_order_are_named():
    rows = make_chain(6)

    assert faults([*rows[:2], rows[4], rows[2], rows[3], rows[5]]) == [("out_of_place", 3, 30), ("out_of_place", 4, 40)]
    assert faults([*rows[:3], rows[1], *rows[3:]]) == [("out_of_place", 2, 20)]


def test_payload_purged_by_a_rule_is_good_where_an_entry_says_so():
    rows = [make_row(n) for n in range(1, 8)]
    purge = make_row(8, verb="audit.purge_payloads", payload='{"entries":"20-20 30-40","rule":"old"}')
    done = sealed([*rows, purge])
    for number in (1, 2, 3):
        done[number] = done[number]._replace(payload=None, purged_under="old")

    assert faults(done) == []
    assert faults([*done[:4], done[4]._replace(payload=None, purged_under="old"), *done[5:]]) == [("purged", None, 50)]
    assert faults([*done[:3], done[3]._replace(purged_under="other"), *done[4:]]) == [("purged", None, 40)]
    assert faults([*done[:3], done[3]._replace(payload=rows[3].payload), *done[4:]]) == [("purge_claimed", 4, 40)]


def test_purge_whose_entry_is_not_sealed_yet_is_good():
    rows = make_chain(3)
    rows[1] = rows[1]._replace(payload=None, purged_under="old")
    purge = make_row(9, verb="audit.purge_payloads", payload='{"entries":"20-20","rule":"old"}')

    assert faults(rows, [purge]) == []


def test_many_faults_are_counted_and_the_first_thousand_named():
    rows = [edited(row, "reason", "x") for row in make_chain(1200)]
    found = verdict(rows)

    assert len(found.faults) == 1000
    assert found.more == 200
    assert (found.faults[0].kind, found.faults[0].place) == ("edited", 1)


def test_every_kind_has_a_sentence_that_its_values_fill():
    values = {"rule": "r", "last": 2, "from": 1, "by": 1, "at": "t", "line": 3}
    for kind in SENTENCES:
        assert "%" not in Fault(kind, place=1, entry=10, values=values).sentence()


def test_time_is_written_in_one_way():
    from datetime import datetime, timedelta, timezone

    there = timezone(timedelta(hours=7))

    assert chain.moment(datetime(2026, 11, 25, 18, tzinfo=there)) == "2026-11-25T11:00:00.000000+00:00"
    assert make_row(1).kept[PLACE["at"]] == "2026-11-25T01:01:00.000000+00:00"
