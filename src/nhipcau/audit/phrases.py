"""Phrases of the audit room, each translated once."""

from django.utils.translation import gettext_lazy

from nhipcau.audit.purged import PURGE

#: What was done, for the record itself.
VERBS = {
    PURGE: gettext_lazy("purged payloads"),
    "audit.verify_chain": gettext_lazy("verified the record"),
}
#: What the record calls something that is no field.
RECORDED = {
    "rule": gettext_lazy("rule"),
    "number": gettext_lazy("number"),
    "entries": gettext_lazy("entries"),
    "unsealed": gettext_lazy("not sealed yet"),
    "faults": gettext_lazy("faults"),
    "first_faults": gettext_lazy("first faults"),
}
