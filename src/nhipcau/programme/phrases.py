"""Phrases that recur in the programme room, each translated once."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from nhipcau.programme.plan_phrases import PLAN_RECORDED, PLAN_VERBS

#: What a history says of each verb, of the actor, in the past.
VERBS: dict[str, Any] = {
    **PLAN_VERBS,
    "programme.register_directive": _("entered the directive"),
    "programme.edit_directive": _("changed the directive"),
    "programme.link_directive": _("linked the directive with a later one"),
    "programme.unlink_directive": _("took back a link with a later directive"),
    "programme.add_clause": _("added a clause"),
    "programme.edit_clause": _("changed a clause"),
    "programme.remove_clause": _("took a clause out"),
    "programme.set_task": _("entered the task"),
    "programme.edit_task": _("changed the task"),
    "programme.give_task": _("gave the task to offices"),
    "programme.end_task": _("ended the task"),
    "programme.take_up_task": _("took the task up again"),
    "programme.hand_over_task": _("handed the task over to the successor"),
    "programme.free_office": _("freed the office of the task"),
    "programme.say_how_it_stands": _("said how it stands"),
    "programme.doubt_word": _("asked the office to go on with the task"),
    "programme.move_due_day": _("gave the office another day"),
    "programme.register_scheme": _("entered the scheme"),
    "programme.edit_scheme": _("changed the scheme"),
    "programme.set_review": _("set a review of the scheme"),
    "programme.hold_review": _("entered what a review found"),
    "programme.drop_review": _("took a review out"),
    "programme.draft_recommendation": _("wrote the recommendation"),
    "programme.edit_recommendation": _("changed the recommendation"),
    "programme.send_recommendation": _("sent the recommendation"),
    "programme.receive_recommendation": _("took the recommendation in"),
    "programme.answer_recommendation": _("answered the recommendation"),
    "programme.close_recommendation": _("saw the answer and closed the recommendation"),
    "programme.ask_again": _("asked again"),
    "programme.withdraw_recommendation": _("withdrew the recommendation"),
    "programme.readdress_recommendation": _("sent the recommendation on to the successor"),
}
#: What the audit record calls something that is no field.
RECORDED: dict[str, Any] = {
    **PLAN_RECORDED,
    "lead": _("lead agency"),
    "coordinating": _("coordinating agency"),
    "given_to": _("classes of offices"),
    "by_name": _("offices named by themselves"),
    "without": _("without"),
    "given": _("offices given the task"),
    "to": _("to"),
    "clause": _("clause (its key)"),
    "directive": _("directive"),
    "phases": _("phases"),
    "held_on": _("held on"),
    "result": _("result"),
    "document": _("number and symbol of its report"),
    "parent": _("part of"),
    "text_vi": _("text in Vietnamese"),
    "text_en": _("text in English"),
    "place": _("position"),
    "finding": _("what was read"),
    "source_status": _("status of the source"),
    "day": _("from"),
}
