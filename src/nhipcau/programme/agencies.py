"""Who leads a task or works on it, written as one word each: what a table lists and what a form sends.

``role:coordinating_ministry``, ``kind:peoples_committee``, ``office:12`` (or its key), ``words:as the paper says it``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from nhipcau.network.models import Kind, Organisation, RoleInNetwork
from nhipcau.programme.models import Part, TaskAgency
from nhipcau.workspace.domain.errors import IncompleteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def written(agency: TaskAgency) -> str:
    """The word for an agency."""
    if agency.organisation_id is not None:
        return f"office:{agency.organisation_id}"
    if agency.role:
        return f"role:{agency.role}"
    return f"kind:{agency.kind}" if agency.kind else f"words:{agency.words}"


def read(words: Iterable[str]) -> Sequence[dict[str, Any]]:
    """The fields of :class:`TaskAgency` for each word, each once.

    Raises:
        IncompleteError: there is no such role, class or office.
    """
    return [_fields(word) for word in dict.fromkeys(words)]


def put(task: Any, part: Part, words: Iterable[str]) -> list[list[str]]:
    """Make these the agencies of a task in this part; ``[before, after]`` where that changes something, else empty."""
    rows = list(TaskAgency.objects.filter(task=task, part=part))
    before = [written(row) for row in rows]
    wanted = read(words)
    after = [_word(fields) for fields in wanted]
    if before == after:
        return []
    for row in rows:
        row.delete()
    for place, fields in enumerate(wanted):
        TaskAgency.objects.create(task=task, part=part, place=place, **fields)
    return [before, after]


def _fields(word: str) -> dict[str, Any]:
    what, _, value = word.partition(":")
    if what == "role" and value in RoleInNetwork:
        return {"role": value}
    if what == "kind" and value in Kind:
        return {"kind": value}
    if what == "office":
        key = {"pk": int(value)} if value.isascii() and value.isdigit() else {"slug": value}
        found = Organisation.objects.filter(**key).first()
        if found is not None:
            return {"organisation": found}
    if what == "words" and value.strip():
        return {"words": " ".join(value.split())}
    raise IncompleteError(gettext("%(word)s: there is no such agency.") % {"word": word})


def _word(fields: dict[str, Any]) -> str:
    if "organisation" in fields:
        return f"office:{fields['organisation'].pk}"
    name, value = next(iter(fields.items()))
    return f"{name}:{value}"
