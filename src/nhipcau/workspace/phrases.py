"""Phrases that recur in the workspace, each translated once."""

from django.utils.translation import gettext_lazy as _

#: What was done, for the audit record.
VERBS = {
    "workspace.upload_template": _("gave the office the template"),
    "workspace.use_template": _("put the template into use"),
    "workspace.stop_template": _("put the template aside"),
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
    "workspace.attach_file": _("attached a file"),
    "workspace.refuse_file": _("was refused a file"),
    "workspace.remove_file": _("took a file away"),
    "workspace.take_file": _("downloaded a restricted file"),
    "workspace.add_comment": _("commented"),
    "workspace.edit_comment": _("changed a comment"),
    "workspace.withdraw_comment": _("withdrew a comment"),
    "workspace.take_over_editing": _("took over the editing"),
    "workspace.make_feed": _("made an address for a calendar program"),
    "workspace.revoke_feed": _("revoked the address for a calendar program"),
    "workspace.choose_notices": _("chose how to be told"),
    "workspace.retry_address": _("had mail to a refused address tried again"),
}

#: What a payload calls something that is no field of its object.
NAMES = {
    "recipients": _("recipients"),
    "number_and_symbol": _("number and symbol"),
    "file": _("file name"),
    "audience": _("for"),
    "comment": _("comment"),
    "purpose": _("what it is"),
    "size": _("size in bytes"),
}
