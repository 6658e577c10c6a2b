"""What histories say of plans, each phrase translated once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

#: What a history says of each verb, of the actor, in the past.
PLAN_VERBS = {
    "programme.draft_plan": gettext_lazy("began the plan"),
    "programme.edit_plan": gettext_lazy("changed the head of the plan"),
    "programme.write_plan_part": gettext_lazy("wrote a part of the plan"),
    "programme.add_activity": gettext_lazy("put an activity into the plan"),
    "programme.write_activity": gettext_lazy("wrote an activity of the plan"),
    "programme.move_activity": gettext_lazy("moved an activity of the plan"),
    "programme.remove_activity": gettext_lazy("took an activity out of the plan"),
    "programme.put_back_activity": gettext_lazy("put an activity back into the plan"),
    "programme.submit_plan": gettext_lazy("submitted the plan"),
    "programme.withdraw_plan": gettext_lazy("took the plan back from review"),
    "programme.discard_plan": gettext_lazy("discarded the plan"),
    "programme.send_back_plan": gettext_lazy("sent the plan back"),
    "programme.approve_plan": gettext_lazy("approved the plan"),
    "programme.issue_plan": gettext_lazy("issued the plan"),
    "programme.recall_plan": gettext_lazy("recalled the plan"),
    "programme.replace_plan": gettext_lazy("replaced the plan by an amendment"),
    "programme.reinstate_plan": gettext_lazy("had the plan stand again, its amendment being recalled"),
    "programme.amend_plan": gettext_lazy("began the amendment of the plan"),
    "programme.receive_plan": gettext_lazy("took the plan in"),
    "programme.take_plan": gettext_lazy("took the plan along"),
    "programme.accept_plan": gettext_lazy("accepted the plan"),
    "programme.return_plan": gettext_lazy("sent the plan back to be amended"),
    "programme.publish_plan_template": gettext_lazy("published the plan template"),
}
#: What the audit record calls something that is no field of the plan.
PLAN_RECORDED = {
    "activity": gettext_lazy("activity (its key)"),
    "part": gettext_lazy("part"),
    "text": gettext_lazy("text"),
    "group": gettext_lazy("part of the plan"),
    "category": gettext_lazy("category"),
    "begins_on": gettext_lazy("from"),
    "ends_on": gettext_lazy("to"),
    "country": gettext_lazy("country"),
    "languages": gettext_lazy("languages"),
    "responsible": gettext_lazy("responsible"),
    "output": gettext_lazy("expected output"),
    "budget": gettext_lazy("budget, million đồng"),
    "budget_source": gettext_lazy("source of the budget"),
    "task": gettext_lazy("task served"),
    "verdict": gettext_lazy("answer"),
    "arrival_number": gettext_lazy("number of arrival"),
    "received_at": gettext_lazy("received"),
}
