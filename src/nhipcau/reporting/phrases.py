"""Phrases that recur in the reporting room, each translated once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

#: What a history says of each verb, of the actor, in the past.
VERBS = {
    "reporting.draft_campaign": _("began the campaign"),
    "reporting.edit_campaign": _("changed the campaign"),
    "reporting.open_campaign": _("opened the campaign"),
    "reporting.close_campaign": _("closed the campaign"),
    "reporting.reopen_campaign": _("opened the campaign again"),
    "reporting.discard_campaign": _("put the campaign aside"),
    "reporting.ask_for_report": _("asked for the report"),
    "reporting.renew_expected": _("brought the expected reports up to date"),
    "reporting.hand_over_report": _("handed the report over to the successor"),
    "reporting.release_report": _("let the office off the report"),
    "reporting.remind_of_report": _("reminded the office of the report"),
    "reporting.save_draft": _("saved the report"),
    "reporting.submit_for_review": _("submitted the report for approval"),
    "reporting.withdraw_report": _("took the report back from review"),
    "reporting.send_back_inside": _("sent the report back inside the office"),
    "reporting.approve_report": _("approved the report"),
    "reporting.submit_report": _("submitted the report"),
    "reporting.check_report": _("checked the report"),
    "reporting.accept_report": _("accepted the report"),
    "reporting.send_back_report": _("sent the report back to its office"),
    "reporting.give_exception": _("unlocked the report"),
    "reporting.end_exception": _("locked the report again"),
    "reporting.draft_form": _("began a version of the form"),
    "reporting.edit_form": _("changed the form"),
    "reporting.publish_form": _("put the form into use"),
    "reporting.withdraw_form": _("took the form out of use"),
    "reporting.give_workbook": _("gave the report back as a workbook"),
    "reporting.take_workbook": _("took over what the workbook says"),
    "reporting.set_aside_workbook": _("set the workbook aside"),
}
#: What the audit record calls something that is no field.
RECORDED = {
    "due_on": _("due on"),
    "reports": _("reports expected"),
    "classes": _("classes that report"),
    "offices": _("offices named by themselves"),
    "created": _("reports that came up"),
    "handed_over": _("reports handed over"),
    "released": _("reports not owed any more"),
    "submission": _("submission"),
    "places": _("places commented on"),
    "number_and_symbol": _("number and symbol"),
    "office_state": _("state inside the office"),
    "answers_hash": _("hash of the answers"),
    "until": _("until"),
    "workbook": _("workbook"),
    "mailed": _("came by mail"),
    "changes": _("fields changed"),
}
