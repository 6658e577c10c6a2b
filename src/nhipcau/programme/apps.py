from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "nhipcau.programme"
    label = "programme"
    verbose_name = _("Programme")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What its verbs say in a history, and where its work is done."""
        from nhipcau.audit import verbs
        from nhipcau.programme.phrases import RECORDED, VERBS
        from nhipcau.programme.plan_due import register_due_plans
        from nhipcau.programme.plan_hosting import register_plans
        from nhipcau.ui.places import Place, register

        verbs.register(VERBS, names=RECORDED)

        register_plans()
        register_due_plans()
        register(Place(view="programme:plans", name=_("Plans"), icon="calendar", key="p", order=30))
