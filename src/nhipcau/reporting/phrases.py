"""Phrases that recur in the reporting room, each translated once."""

from __future__ import annotations

from typing import Any

#: What a history says of each verb, of the actor, in the past.
VERBS: dict[str, Any] = {}
#: What the audit record calls something that is no field.
RECORDED: dict[str, Any] = {}
