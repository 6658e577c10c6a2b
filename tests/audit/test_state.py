"""How the record is, for whoever keeps the installation."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nhipcau.access import SystemActor, system
from nhipcau.audit.domain.record import record
from nhipcau.audit.domain.seal import seal_entries
from nhipcau.audit.domain.verify import verify_chain
from nhipcau.audit.models import Entry
from nhipcau.audit.queries import state_of_chain
from tests.audit.test_seal import spoil
from tests.support.people import make_office

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")


@pytest.fixture
def office(as_system, tmp_path):
    with override_settings(AUDIT_HEADS=tmp_path / "heads.log"):
        yield make_office()


def test_state_before_anything_was_sealed(office):
    state = state_of_chain()

    assert (state.sealed, state.sealed_at, state.unsealed, state.verified_at) == (0, None, 1, None)
    assert (state.good, state.late, state.cut_off) == (True, False, False)


def test_state_after_a_seal_and_a_verification(office):
    done = seal_entries(actor=ACTOR)
    verify_chain(actor=ACTOR)

    with CaptureQueriesContext(connection) as asked:
        state = state_of_chain()

    assert (state.sealed, state.head, state.unsealed, state.faults) == (done.count, done.head, 1, 0)
    assert timezone.now() - state.sealed_at < timedelta(minutes=1)
    assert timezone.now() - state.verified_at < timedelta(minutes=1)
    assert state.good
    assert len(asked) == 3


def test_entries_that_wait_long_say_that_no_worker_runs(office):
    spoil("UPDATE audit_entry SET at = '2020-01-01 00:00:00+00'")

    assert (state_of_chain().late, state_of_chain().good) == (True, False)


def test_faults_of_the_last_verification_are_told(office):
    with transaction.atomic():
        record(actor=ACTOR, verb="network.change_organisation", target=office)
    seal_entries(actor=ACTOR)
    spoil("UPDATE audit_entry SET reason = 'made up' WHERE sequence = 1")
    verify_chain(actor=ACTOR)

    assert (state_of_chain().faults, state_of_chain().good) == (1, False)


def test_end_cut_off_is_seen_at_once(office):
    seal_entries(actor=ACTOR)
    spoil("DELETE FROM audit_entry WHERE sequence IS NOT NULL")

    assert (state_of_chain().cut_off, state_of_chain().good) == (True, False)
    with system("test"):
        assert not Entry.objects.exists()
