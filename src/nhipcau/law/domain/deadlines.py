"""Following the law when it changes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.law.errors import LawError
from nhipcau.law.models import Deadline

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.law.models import LegalBasis

#: What a new rule may say differently about the same kind of deadline.
MAY_CHANGE = frozenset(
    {
        *("trigger_vi", "trigger_en", "actors", "actor_vi", "actor_en", "deliverable_vi", "deliverable_en"),
        *("value", "unit", "direction", "month", "day", "trigger_on", "counts_trigger_day", "moves_off_days_off"),
    }
)


def replace_deadline(
    *,
    actor: Actor,
    deadline: Deadline,
    valid_from: date,
    basis: LegalBasis,
    article: str,
    source: str,
    confidence: str,
    **changes: Any,
) -> Deadline:
    """Close a rule the day before ``valid_from`` and open the one that follows it.

    Cases whose event lies before that day keep the old rule; no case is touched. From then on, loading what comes with
    the program leaves this kind of deadline alone.

    Raises:
        PermissionDeniedError: the actor may not.
        LawError: the rule has a later one already, does not begin before the new one, or the new one cannot be.
        TypeError: something was to change that is not said by a rule.
    """
    if unknown := set(changes) - MAY_CHANGE:
        raise TypeError(f"A new rule does not change {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        require("law.manage_law", actor)
        rows = list(Deadline.objects.select_for_update().filter(kind=deadline.kind).order_by("valid_from"))
        if rows[-1] != deadline:
            raise LawError(gettext("This rule has been replaced already; replace the latest one."))
        if valid_from <= deadline.valid_from:
            raise LawError(gettext("The new rule must begin after the one that it replaces."))
        closed = rows[-1]
        before = closed.valid_to
        if before is None or before >= valid_from:
            closed.valid_to = valid_from - timedelta(days=1)
        closed.entered_here = True
        closed.save()
        ended = {"valid_to": [before, closed.valid_to]}
        record(actor=actor, verb="law.close_deadline", target=closed, payload=ended)
        opened = _open(closed, valid_from, basis, article, changes | {"source": source, "confidence": confidence})
        said = {name: [getattr(closed, name), value] for name, value in changes.items()}
        said |= {"basis": [closed.basis.number, basis.number], "article": [closed.article, article]}
        record(actor=actor, verb="law.replace_deadline", target=opened, payload=said)
    return opened


def _open(closed: Deadline, valid_from: date, basis: LegalBasis, article: str, said: dict[str, Any]) -> Deadline:
    kept = {name: getattr(closed, name) for name in MAY_CHANGE} | {"kind": closed.kind}
    opened = Deadline(
        **kept | said, basis=basis, article=article, valid_from=valid_from, valid_to=None, entered_here=True
    )
    try:
        opened.clean_fields()
        opened.validate_constraints()
    except ValidationError as error:
        raise LawError(" ".join(error.messages)) from error
    opened.save()
    return opened
