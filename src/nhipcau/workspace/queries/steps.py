"""Which steps a person may take with a letter now. The domain functions check all of it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.utils.translation import gettext_lazy as _

from nhipcau.workspace.models import EDITABLE, Letter, LetterState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.access import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: its verb, the word on its button, its icon, from which states, and whether it asks first."""

    verb: str
    word: Any
    icon: str
    states: Sequence[str]
    asks: bool = False

    @property
    def view(self) -> str:
        """The route."""
        return f"workspace:letter_{self.verb}"


#: In the order in which they are offered; the first that may be taken is the page's primary action.
STEPS = (
    Step("issue", _("Issue"), "send", (LetterState.APPROVED,), asks=True),
    Step("approve", _("Approve"), "check", (LetterState.IN_REVIEW,)),
    Step("submit", _("Submit"), "arrow-right", EDITABLE),
    Step("edit", _("Edit"), "pencil", EDITABLE, asks=True),
    Step("send_back", _("Send back"), "arrow-back-up", (LetterState.IN_REVIEW, LetterState.APPROVED), asks=True),
    Step("withdraw", _("Take back"), "arrow-back-up", (LetterState.IN_REVIEW,)),
    Step("recall", _("Recall"), "arrow-back-up", (LetterState.ISSUED,), asks=True),
    Step("discard", _("Discard"), "trash", EDITABLE, asks=True),
)


def steps_for(actor: Actor, letter: Letter) -> list[Step]:
    """The steps that this actor may take with the letter as it is."""
    return [
        step
        for step in STEPS
        if letter.state in step.states and rules.has_perm(f"workspace.{step.verb}_letter", actor, letter)
    ]
