"""Which steps a person may take with a digest now. The domain functions check all of it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.utils.translation import gettext_lazy as _

from nhipcau.press.models import WRITABLE, Digest, DigestKind, DigestState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.access import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: verb, word on the button, icon, key, from which states, whether it asks first."""

    verb: str
    word: Any
    icon: str
    key: str
    states: Sequence[str]
    asks: bool = False

    @property
    def view(self) -> str:
        """The route."""
        return f"press:digest_{self.verb}"


#: In the order in which they are offered; the first that may be taken is the page's primary action.
STEPS = (
    Step("issue", _("Issue"), "send", "i", (DigestState.APPROVED,), asks=True),
    Step("approve", _("Approve"), "check", "d", (DigestState.IN_REVIEW,)),
    Step("edit", _("Write"), "pencil", "e", WRITABLE, asks=True),
    Step("submit", _("Submit"), "arrow-right", "t", WRITABLE),
    Step("send_back", _("Send back"), "arrow-back-up", "l", (DigestState.IN_REVIEW, DigestState.APPROVED), asks=True),
    Step("withdraw", _("Take back"), "arrow-back-up", "r", (DigestState.IN_REVIEW,)),
    Step("notice", _("Correct"), "pencil", "h", (DigestState.ISSUED,), asks=True),
    Step("recall", _("Recall"), "arrow-back-up", "u", (DigestState.ISSUED,), asks=True),
    Step("discard", _("Discard"), "trash", "x", WRITABLE, asks=True),
)
_RULES = {"notice": "press.draft_notice"}


def steps_for(actor: Actor, digest: Digest) -> list[Step]:
    """The steps that this actor may take with the digest as it is."""
    return [
        step
        for step in STEPS
        if digest.state in step.states
        and not (step.verb == "discard" and digest.kind == DigestKind.DAILY)
        and rules.has_perm(_RULES.get(step.verb, f"press.{step.verb}_digest"), actor, digest)
    ]
