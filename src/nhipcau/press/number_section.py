"""The section of a digest that says how its numbers changed: live while it is written, fixed once it is approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from nhipcau.press import phrases
from nhipcau.press.models import DigestKind
from nhipcau.press.sections import Section, register
from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from nhipcau.press.models import Digest
    from nhipcau.press.numbers import Change, Comparison


def register_numbers() -> None:
    """Called once, from the ``ready`` of the room."""
    title = gettext_lazy("How the numbers changed")
    register(Section(key="press.numbers", title=title, paragraphs=paragraphs, order=10))


def paragraphs(digest: Digest) -> list[str]:
    """One sentence for each comparison: what was counted, or why it cannot be compared. None for a flash."""
    # Counting loads what the worker at rest does without.
    from nhipcau.press.numbers import count_digest

    if digest.kind == DigestKind.FLASH:
        return []
    counted = count_digest(digest, as_of=timezone.now())
    return [_said(each) for each in counted.comparisons]


def _said(comparison: Comparison) -> str:
    from nhipcau.press.numbers import NAMES, TOTALS

    name = str(NAMES[comparison.name])
    if comparison.why_not:
        return gettext("Compared with %(period)s: %(why)s") % {"period": name, "why": comparison.why_not}
    changes = [(str(label), comparison.of(what)) for what, label in TOTALS.items()]
    return gettext("Compared with %(period)s, on the same %(outlets)s: %(changes)s.") % {
        "period": name,
        "outlets": phrases.outlets(comparison.outlets),
        "changes": "; ".join(f"{label} {_change(change)}" for label, change in changes if change is not None),
    }


def _change(change: Change) -> str:
    """``51 (39; +12; +31 %)``: now, before, the difference, and in percent where the base bears it."""
    from nhipcau.press.number_charts import signed

    parts = [vi_number(change.before), signed(change.difference)]
    if change.percent is not None:
        parts.append(f"{signed(change.percent)}\N{NO-BREAK SPACE}%")
    return f"{vi_number(change.now)} ({'; '.join(parts)})"
