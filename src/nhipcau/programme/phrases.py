"""Phrases that recur in the programme room, each translated once."""

from __future__ import annotations

from typing import Any

from nhipcau.programme.plan_phrases import PLAN_RECORDED, PLAN_VERBS

#: What a history says of each verb, of the actor, in the past.
VERBS: dict[str, Any] = {**PLAN_VERBS}
#: What the audit record calls something that is no field.
RECORDED: dict[str, Any] = {**PLAN_RECORDED}
