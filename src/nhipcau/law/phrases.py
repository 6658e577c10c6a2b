"""Words that recur in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Monday first.
WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
SHORT_WEEKDAYS = (
    pgettext_lazy("weekday", "Mo"),
    pgettext_lazy("weekday", "Tu"),
    pgettext_lazy("weekday", "We"),
    pgettext_lazy("weekday", "Th"),
    pgettext_lazy("weekday", "Fr"),
    pgettext_lazy("weekday", "Sa"),
    pgettext_lazy("weekday", "Su"),
)
MONTHS = (
    *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
    *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
)
#: What was done, for the audit record.
VERBS = {
    "law.enter_basis": _("entered the legal basis"),
    "law.change_basis": _("changed the legal basis"),
    "law.enter_deadline": _("entered the deadline"),
    "law.change_deadline": _("changed the deadline"),
    "law.close_deadline": _("closed the deadline"),
    "law.replace_deadline": _("replaced the deadline by a new rule"),
    "law.override_working_day": _("decided whether the day is worked"),
    "law.withdraw_working_day": _("took back the decision about the day"),
}
