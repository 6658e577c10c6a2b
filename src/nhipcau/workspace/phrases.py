"""Phrases that recur in the workspace, each translated once."""

from django.utils.translation import gettext_lazy as _

#: What was done, for the audit record.
VERBS = {
    "workspace.draft_letter": _("began the letter"),
    "workspace.edit_letter": _("changed the letter"),
    "workspace.submit_letter": _("submitted the letter"),
    "workspace.withdraw_letter": _("took the letter back from review"),
    "workspace.discard_letter": _("put the draft of the letter aside"),
    "workspace.send_back_letter": _("sent the letter back"),
    "workspace.approve_letter": _("approved the letter"),
    "workspace.issue_letter": _("issued the letter"),
    "workspace.recall_letter": _("recalled the letter"),
    "workspace.register_letter": _("entered the letter into the incoming book"),
    "workspace.receive_letter": _("took the letter in"),
    "workspace.choose_notices": _("chose how to be told"),
    "workspace.retry_address": _("had mail to a refused address tried again"),
}
