"""For how long payloads are kept: rules that rooms declare, each with a name that stays in the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nhipcau.audit.purged import PURGE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class PayloadRule:
    """What is purged and when.

    Attributes:
        name: stands in every entry whose payload was purged under it: never reuse one for something else.
        why: lazily translated, for people.
        age: how old an entry must be.
        verbs: entries of these verbs; empty for all.
        object_types: entries about these kinds of objects (``accounts.person``); empty for all.
    """

    name: str
    why: Any
    age: timedelta
    verbs: frozenset[str] = frozenset()
    object_types: frozenset[str] = frozenset()


_RULES: dict[str, PayloadRule] = {}


def declare(rule: PayloadRule) -> PayloadRule:
    """Add a rule. Called from the ``ready`` of a room.

    Raises:
        ValueError: the name is taken, or the rule says neither verbs nor kinds, or would purge what purges leave.
    """
    if _RULES.get(rule.name, rule) != rule:
        raise ValueError(f"Two rules are called {rule.name}.")
    if not rule.verbs and not rule.object_types:
        raise ValueError(f"{rule.name}: say of which verbs or kinds of objects.")
    if PURGE in rule.verbs or "audit.entry" in rule.object_types:
        raise ValueError(f"{rule.name}: the entries of purges and verifications are kept.")
    _RULES[rule.name] = rule
    return rule


def rules() -> Sequence[PayloadRule]:
    """All that were declared, by name."""
    return sorted(_RULES.values(), key=lambda rule: rule.name)
