"""What the audit record holds, as people read it. Call these with the system's access open."""

from nhipcau.audit import verbs
from nhipcau.audit.models import Entry
from nhipcau.audit.reading import field_of


def unnamed():
    """``(verb, name)`` of every part of a payload that no room names and that is no field of what it is about."""
    return {
        (entry.verb, name)
        for entry in Entry.objects.exclude(payload=None)
        if isinstance(entry.changes, dict)
        for name in entry.changes
        if not verbs.names(name) and field_of(entry, name) is None
    }
