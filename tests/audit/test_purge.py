"""Payloads go by rule; the hash, the name of the rule and the chain stay."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from nhipcau.access import PermissionDeniedError, SystemActor
from nhipcau.audit import retention
from nhipcau.audit.domain.purge import purge_due, purge_payloads
from nhipcau.audit.domain.record import record
from nhipcau.audit.domain.seal import seal_entries
from nhipcau.audit.domain.verify import verify_chain
from nhipcau.audit.models import Entry
from nhipcau.audit.retention import PayloadRule, declare
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")
RULE = PayloadRule(name="test-after-a-day", why="test", age=timedelta(days=1), verbs=frozenset({"accounts.x"}))


@pytest.fixture
def office(as_system, tmp_path):
    with override_settings(AUDIT_HEADS=tmp_path / "heads.log"):
        yield make_office()


def write(office, *verbs):
    with transaction.atomic():
        return [record(actor=ACTOR, verb=verb, target=office, payload={"secret": verb}) for verb in verbs]


def later():
    return timezone.now() + timedelta(days=2)


def test_payload_goes_and_its_hash_and_the_rule_stay(office):
    first, other, second = write(office, "accounts.x", "accounts.y", "accounts.x")
    seal_entries(actor=ACTOR)

    assert purge_payloads(actor=ACTOR, rule=RULE, now=later()) == 2

    for entry in (first, second):
        kept = Entry.objects.get(pk=entry.pk)
        assert (kept.payload, kept.purged_under, kept.payload_hash) == (None, RULE.name, entry.payload_hash)
        assert kept.changes is None
    assert Entry.objects.get(pk=other.pk).changes == {"secret": "accounts.y"}


def test_record_is_good_after_a_purge_and_says_what_went(office):
    first, _, second = write(office, "accounts.x", "accounts.y", "accounts.x")
    seal_entries(actor=ACTOR)
    purge_payloads(actor=ACTOR, rule=RULE, now=later())

    assert verify_chain(actor=ACTOR).good
    seal_entries(actor=ACTOR)
    assert verify_chain(actor=ACTOR).good
    assert Entry.objects.get(verb="audit.purge_payloads").changes == {
        "rule": RULE.name,
        "number": 2,
        "entries": f"{first.pk}-{first.pk} {second.pk}-{second.pk}",
    }


def test_what_is_young_or_not_sealed_stays(office):
    write(office, "accounts.x")
    assert purge_payloads(actor=ACTOR, rule=RULE, now=later()) == 0
    seal_entries(actor=ACTOR)
    assert purge_payloads(actor=ACTOR, rule=RULE) == 0
    assert purge_payloads(actor=ACTOR, rule=RULE, now=later()) == 1
    assert purge_payloads(actor=ACTOR, rule=RULE, now=later()) == 0


def test_what_a_purge_leaves_is_never_purged(office):
    write(office, "accounts.x")
    seal_entries(actor=ACTOR)
    purge_payloads(actor=ACTOR, rule=RULE, now=later())
    seal_entries(actor=ACTOR)
    everything = PayloadRule(name="all", why="", age=timedelta(0), object_types=frozenset({"audit.entry"}))

    assert purge_payloads(actor=ACTOR, rule=everything, now=later()) == 0


def test_nobody_but_the_system_purges(office):
    person = make_person(office=office, roles=["auditor", "office_administrator"])
    write(office, "accounts.x")
    seal_entries(actor=ACTOR)

    with pytest.raises(PermissionDeniedError):
        purge_payloads(actor=person, rule=RULE, now=later())
    assert not Entry.objects.exclude(purged_under="").exists()


def test_every_declared_rule_is_applied(office, monkeypatch):
    monkeypatch.setattr(retention, "_RULES", {})
    declare(RULE)
    declare(RULE)
    write(office, "accounts.x")
    seal_entries(actor=ACTOR)

    assert purge_due(actor=ACTOR, now=later()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        PayloadRule(name="nothing", why="", age=timedelta(1)),
        PayloadRule(name="purges", why="", age=timedelta(1), verbs=frozenset({"audit.purge_payloads"})),
        PayloadRule(name="entries", why="", age=timedelta(1), object_types=frozenset({"audit.entry"})),
        PayloadRule(name=RULE.name, why="another", age=timedelta(2), verbs=frozenset({"a.b"})),
    ],
    ids=lambda rule: rule.name,
)
def test_rule_that_cannot_be_is_refused(monkeypatch, wrong):
    monkeypatch.setattr(retention, "_RULES", {RULE.name: RULE})
    with pytest.raises(ValueError, match=wrong.name):
        declare(wrong)
