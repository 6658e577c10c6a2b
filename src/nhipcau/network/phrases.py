"""Phrases that recur in the network room, each translated once."""

from django.utils.translation import gettext_lazy

#: What was done, for the audit record.
VERBS = {
    "network.create_organisation": gettext_lazy("entered the organisation"),
    "network.change_organisation": gettext_lazy("changed the organisation"),
}
#: What the audit record calls something that is no field.
RECORDED = {
    "names": gettext_lazy("names"),
    "parents": gettext_lazy("belongs to"),
    "exists": gettext_lazy("exists from, until"),
}
