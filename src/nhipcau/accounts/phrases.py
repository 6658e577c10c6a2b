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
    gettext_noop("Be patient, you are sending too many requests."),
    gettext_noop("Incorrect code."),
    gettext_noop("Incorrect password."),
    gettext_noop("Password"),
    gettext_noop("Use your password"),
    gettext_noop("Use authenticator app or code"),
    gettext_noop("Use a security key"),
    gettext_noop("The password reset token was invalid."),
    gettext_noop("You cannot generate recovery codes without having two-factor authentication enabled."),
)
TOO_SHORT = ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
    "number",
)
#: What changed about an account, for a mail to its owner: by the name that the library gives its own mail.
CHANGES = {
    "account/email/password_changed": gettext_lazy("The password was changed."),
    "account/email/password_reset": gettext_lazy("A new password was set by a link."),
    "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes were made; the old ones no longer work."),
    "mfa/email/totp_activated": gettext_lazy("An authenticator app was set up."),
    "mfa/email/totp_deactivated": gettext_lazy("The authenticator app was removed."),
    "mfa/email/webauthn_added": gettext_lazy("A key was added."),
    "mfa/email/webauthn_removed": gettext_lazy("A key was removed."),
    "socialaccount/email/account_connected": gettext_lazy("An identity of your sign-in service was connected."),
}
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
    "accounts.sign_in": gettext_lazy("signed in"),
    "accounts.sign_out": gettext_lazy("signed out"),
    "accounts.fail_sign_in": gettext_lazy("did not get in: wrong password or code"),
    "accounts.add_factor": gettext_lazy("set up a second factor"),
    "accounts.remove_factor": gettext_lazy("removed a second factor or recovery codes"),
    "accounts.make_recovery_codes": gettext_lazy("made recovery codes"),
    "accounts.view_recovery_codes": gettext_lazy("read the recovery codes"),
    "accounts.end_session": gettext_lazy("ended an open session"),
    "accounts.connect_identity": gettext_lazy("connected an identity of the sign-in service"),
    "accounts.disconnect_identity": gettext_lazy("disconnected an identity of the sign-in service"),
    "accounts.invite": gettext_lazy("made an invitation"),
    "accounts.withdraw_invitation": gettext_lazy("withdrew the invitation"),
    "accounts.accept_invitation": gettext_lazy("accepted the invitation"),
    "accounts.dismiss_person": gettext_lazy("noted that the person leaves the office"),
    "accounts.reinstate_person": gettext_lazy("opened the account again"),
    "accounts.close_account": gettext_lazy("closed the account"),
    "accounts.assign_focal_duty": gettext_lazy("named the focal officer"),
    "accounts.change_focal_share": gettext_lazy("changed the share of working time"),
    "accounts.end_focal_duty": gettext_lazy("ended the duty of the focal officer"),
    "accounts.add_focal_training": gettext_lazy("noted a course of the focal officer"),
}
#: Parts of what the record keeps about sign-in.
NAMES = {
    "method": gettext_lazy("tried"),
    "methods": gettext_lazy("proved by"),
    "factor": gettext_lazy("factor"),
    "address": gettext_lazy("network address"),
    "browser": gettext_lazy("browser"),
    "since": gettext_lazy("since"),
    "provider": gettext_lazy("sign-in service"),
    "uid": gettext_lazy("identity there"),
    "last_day": gettext_lazy("last day"),
}
