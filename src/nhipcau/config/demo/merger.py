"""Two sample provinces of a demonstration become one: what the old one had begun goes on in the report of the new."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from nhipcau.config.demo.acting import write
from nhipcau.config.demo.answers import MARK
from nhipcau.config.demo.people import SINCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.accounts.models import Person
    from nhipcau.reporting.models import Campaign

_OLD, _NEW = "sample-province-11", "sample-province-01"


def begin_as_the_old(campaign: Campaign, drafter: Person) -> None:
    """The old province begins its report; whoever writes for the new one wrote for it until the merger."""
    from nhipcau.access import system
    from nhipcau.accounts.domain.roles import end_membership, grant_membership
    from nhipcau.network.models import Organisation

    with system("demo") as access:
        old = Organisation.objects.get(slug=_OLD)
        given = {"person": drafter, "organisation": old, "role": "drafter", "valid_from": SINCE}
        held = grant_membership(actor=access.actor, **given)
    write(drafter, campaign, _OLD, number=3)
    with system("demo") as access:
        end_membership(actor=access.actor, membership=held, last_day=timezone.localdate() - timedelta(days=1))


def merge_provinces(campaigns: Iterable[Campaign]) -> None:
    """The old province ends today, and the campaigns are brought up to date with it, as the worker does every night."""
    from nhipcau.access import system
    from nhipcau.network.domain.successions import merge_organisations
    from nhipcau.network.models import Organisation
    from nhipcau.reporting.domain.expected import renew_expected
    from nhipcau.reporting.models import Campaign

    today = timezone.localdate()
    with system("demo") as access:
        old, new = (Organisation.objects.get(slug=slug) for slug in (_OLD, _NEW))
        said = {"source": "invented", "confidence": "high", "reason": f"{MARK}: sáp nhập để trình diễn."}
        merge_organisations(actor=access.actor, members=[old], into=new, day=today, **said)
        for campaign in campaigns:
            row = Campaign.objects.get(pk=campaign.pk)
            renew_expected(actor=access.actor, campaign=row, on=today)
