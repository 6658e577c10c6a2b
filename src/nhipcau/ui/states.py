"""How a state looks, the same on every screen: the tone of its colour and its icon. The word comes from the model."""

from __future__ import annotations

from typing import NamedTuple


class Appearance(NamedTuple):
    """``tone`` is one of good, soon, late, busy, plain; ``icon`` a name of :data:`nhipcau.ui.icons.ICONS`."""

    tone: str
    icon: str


STATES = {
    "draft": Appearance("plain", "pencil"),
    "done": Appearance("good", "check"),
    "running": Appearance("busy", "refresh"),
    "working": Appearance("good", "check"),
    "failing": Appearance("late", "alert-triangle"),
    "paused": Appearance("plain", "player-pause"),
    "waiting": Appearance("soon", "clock"),
    "in_review": Appearance("busy", "clock"),
    "sent_back": Appearance("soon", "arrow-back-up"),
    "approved": Appearance("good", "check"),
    "issued": Appearance("good", "send"),
    "recalled": Appearance("late", "arrow-back-up"),
    "discarded": Appearance("plain", "trash"),
    "registered": Appearance("good", "check"),
    "open": Appearance("busy", "clock"),
    "closed": Appearance("plain", "lock"),
    "not_yet_due": Appearance("plain", "clock"),
    "due": Appearance("soon", "clock"),
    "overdue": Appearance("late", "alert-triangle"),
    "submitted": Appearance("busy", "send"),
    "checked": Appearance("busy", "check"),
    "accepted": Appearance("good", "check"),
    "handed_over": Appearance("plain", "arrow-right"),
    "released": Appearance("plain", "user-off"),
    "broken": Appearance("late", "alert-triangle"),
    "verified": Appearance("good", "check"),
    "unverified": Appearance("soon", "info-circle"),
    "unsigned": Appearance("plain", "info-circle"),
    "received": Appearance("good", "check"),
    "in_force": Appearance("good", "check"),
    "coming": Appearance("soon", "clock"),
    "over": Appearance("plain", "check"),
    "replaced": Appearance("plain", "arrows-exchange"),
    "returned": Appearance("late", "arrow-back-up"),
    "missing": Appearance("late", "alert-triangle"),
    "given": Appearance("plain", "clock"),
    "in_progress": Appearance("busy", "refresh"),
    "late": Appearance("late", "alert-triangle"),
    "not_needed": Appearance("plain", "check"),
    "not_given": Appearance("plain", "info-circle"),
    "withdrawn": Appearance("plain", "arrow-back-up"),
    "amended": Appearance("soon", "pencil"),
    "sent": Appearance("busy", "send"),
    "answered": Appearance("good", "message"),
    "taken": Appearance("good", "check"),
    "set_aside": Appearance("plain", "trash"),
}
#: A state that no room has described yet is shown as a plain word with a neutral icon.
UNDESCRIBED = Appearance("plain", "info-circle")


def appearance(state: str) -> Appearance:
    """The appearance of a state by its code."""
    return STATES.get(str(state), UNDESCRIBED)
