from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "nhipcau.reporting"
    label = "reporting"
    verbose_name = _("Reporting")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What its verbs say in a history, and where its work is done."""
        from nhipcau.accounts.models import Role
        from nhipcau.audit import verbs
        from nhipcau.reporting.due import register_due_reports
        from nhipcau.reporting.hosting import register_reports
        from nhipcau.reporting.national_hosting import register_nationals
        from nhipcau.reporting.phrases import RECORDED, VERBS
        from nhipcau.ui.actions import Action
        from nhipcau.ui.actions import register as start
        from nhipcau.ui.places import Place, register

        verbs.register(VERBS, names=RECORDED)
        register_reports()
        register_due_reports()

        register_nationals()
        register(Place(view="reporting:forms", name=_("Report forms"), icon="list-check", group="office", order=86))
        register(Place(view="reporting:reports", name=_("Reports"), icon="file-text", key="r", order=40))
        register(
            Place(view="reporting:campaigns", name=_("Campaigns"), icon="calendar", group="office", key="d", order=45)
        )
        register(
            Place(view="reporting:nationals", name=_("National reports"), icon="file-text", group="office", order=47)
        )
        start(
            Action(
                view="reporting:campaign_new",
                name=_("Begin a reporting campaign"),
                icon="calendar",
                order=40,
                may=lambda access: bool(access.organisations(Role.COORDINATOR)),
            )
        )
