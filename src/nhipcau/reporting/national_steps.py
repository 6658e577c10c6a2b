"""Which steps a person may take with a national report now. The domain functions check all of it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.utils.translation import gettext_lazy as _

from nhipcau.reporting.models import NATIONAL_WRITABLE, NationalReport, NationalState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.access import Actor


@dataclass(frozen=True, slots=True)
class NationalStep:
    """One thing to do: verb, word on the button, icon, from which states, whether it asks first."""

    verb: str
    word: Any
    icon: str
    states: Sequence[str]
    asks: bool = False

    @property
    def view(self) -> str:
        """The route."""
        return f"reporting:national_{self.verb}"


#: In the order in which they are offered; the first that may be taken is the page's primary action.
STEPS = (
    NationalStep("issue", _("Issue"), "send", (NationalState.APPROVED,), asks=True),
    NationalStep("approve", _("Approve"), "check", (NationalState.IN_REVIEW,)),
    NationalStep("submit", _("Submit"), "arrow-right", NATIONAL_WRITABLE),
    NationalStep("edit", _("Title, recipients"), "pencil", NATIONAL_WRITABLE, asks=True),
    NationalStep(
        "send_back",
        _("Send back"),
        "arrow-back-up",
        (NationalState.IN_REVIEW, NationalState.APPROVED),
        asks=True,
    ),
    NationalStep("withdraw", _("Take back"), "arrow-back-up", (NationalState.IN_REVIEW,)),
    NationalStep("recall", _("Recall"), "arrow-back-up", (NationalState.ISSUED,), asks=True),
    NationalStep("discard", _("Discard"), "trash", NATIONAL_WRITABLE, asks=True),
)


def national_steps_for(actor: Actor, national: NationalReport) -> list[NationalStep]:
    """The steps that this actor may take with the national report as it is."""
    return [
        step
        for step in STEPS
        if national.state in step.states and rules.has_perm(f"reporting.{step.verb}_national", actor, national)
    ]
