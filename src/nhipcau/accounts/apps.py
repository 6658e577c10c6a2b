from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "nhipcau.accounts"
    label = "accounts"
    verbose_name = _("People and roles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What the verbs of this room say; who listens to the sign-in library; whether the operator's roles exist."""
        from django.core import checks

        from nhipcau.accounts.checks import check_factor_roles
        from nhipcau.accounts.phrases import NAMES, VERBS
        from nhipcau.accounts.receivers import connect
        from nhipcau.audit import verbs

        verbs.register(VERBS, names=NAMES)
        checks.register(check_factor_roles)
        connect()
