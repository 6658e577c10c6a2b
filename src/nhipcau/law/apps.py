from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LawConfig(AppConfig):
    name = "nhipcau.law"
    label = "law"
    verbose_name = _("Legal bases and deadlines")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The places of the law in the navigation, what it does in words, and its import."""
        from nhipcau.audit import verbs
        from nhipcau.documents import importing
        from nhipcau.law.importing import WORKING_DAYS
        from nhipcau.law.phrases import VERBS
        from nhipcau.ui.places import Place, register

        register(
            Place(view="law:calendar", name=_("Legal calendar"), icon="calendar", group="network", key="l", order=60)
        )
        register(Place(view="law:deadlines", name=_("Deadlines by law"), icon="gavel", group="network", order=70))
        verbs.register(VERBS)
        importing.register(WORKING_DAYS)
