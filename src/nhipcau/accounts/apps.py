from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "nhipcau.accounts"
    label = "accounts"
    verbose_name = _("People and roles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What the verbs of this room say in a history."""
        from nhipcau.accounts.phrases import VERBS
        from nhipcau.audit import verbs

        verbs.register(VERBS)
