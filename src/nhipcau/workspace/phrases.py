"""Phrases that recur in the workspace, each translated once."""

from django.utils.translation import gettext_lazy as _

#: What was done, for the audit record.
VERBS = {
    "workspace.choose_notices": _("chose how to be told"),
    "workspace.retry_address": _("had mail to a refused address tried again"),
}
