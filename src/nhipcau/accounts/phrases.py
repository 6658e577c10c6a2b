"""Texts of the libraries that reach the screens of sign-in and have no Vietnamese there, and what the verbs say.

The libraries' texts are named here, so they are part of our catalogue, which is asked before theirs.
"""

from django.utils.translation import gettext_lazy, gettext_noop, ngettext_lazy

BORROWED = (
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("Too many failed login attempts. Try again later."),
    gettext_noop("Please type your current password."),
    gettext_noop("You must type the same password each time."),
    gettext_noop("Current Password"),
    gettext_noop("New Password"),
    gettext_noop("New Password (again)"),
)
TOO_SHORT = ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
    "number",
)
#: What was done, for the audit record.
VERBS = {
    "accounts.create_person": gettext_lazy("opened the account"),
    "accounts.set_password": gettext_lazy("set a new password"),
    "accounts.change_preferences": gettext_lazy("changed the preferences"),
    "accounts.grant_membership": gettext_lazy("gave the role"),
    "accounts.end_membership": gettext_lazy("ended the role"),
    "accounts.withdraw_membership": gettext_lazy("withdrew the role before it began"),
    "accounts.deputise": gettext_lazy("named a deputy"),
    "accounts.take_back_deputyship": gettext_lazy("took the deputyship back"),
    "accounts.shorten_deputyship": gettext_lazy("ended the deputyship with the role"),
}
