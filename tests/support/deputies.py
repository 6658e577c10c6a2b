"""People who stand in for others, for tests. Call these with the system's access open."""

from datetime import timedelta

from django.utils import timezone

from nhipcau.accounts.domain.deputies import deputise
from tests.support.people import ACTOR


def make_deputy(deputy, principal, office, role="approver", **given):
    """``deputy`` stands in for ``principal`` from a week ago to a week ahead."""
    today = timezone.localdate()
    days = {"valid_from": today - timedelta(days=7), "valid_to": today + timedelta(days=7)}
    basis = {"number": "12/QĐ-UQ", "decided_on": days["valid_from"]}
    if role == "spokesperson":
        basis["case"] = "Vụ việc Mẫu"
    return deputise(
        actor=ACTOR, principal=principal, deputy=deputy, organisation=office, role=role, **days | basis | given
    )
