"""Plans that leave the desk as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from nhipcau.access.rights import require
from nhipcau.programme.domain.plan_held import note

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.programme.models import Plan


def take_plan(*, actor: Actor, plan: Plan, form: str) -> None:
    """Say that somebody takes a plan along as a file; what lies on other machines is known by this alone.

    Args:
        actor: somebody of an office that has it; a restricted one leaves in the hands of who answers for its office.
        plan: what is taken.
        form: ``docx`` or ``pdf``.

    Raises:
        PermissionDeniedError: the actor is none.
    """
    with transaction.atomic():
        require("programme.take_plan", actor, plan)
        note(actor, "programme.take_plan", plan, {"kind": form})
