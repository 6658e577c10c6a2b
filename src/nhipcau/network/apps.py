from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "nhipcau.network"
    label = "network"
    verbose_name = _("Organisations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What the verbs of this room say in a history."""
        from nhipcau.audit import verbs
        from nhipcau.network.phrases import RECORDED, VERBS

        verbs.register(VERBS, names=RECORDED)
