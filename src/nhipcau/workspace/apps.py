from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkspaceConfig(AppConfig):
    name = "nhipcau.workspace"
    label = "workspace"
    verbose_name = _("Workspace")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Places of the navigation, what people are told of by every room's reminders, and the letters."""
        from nhipcau.audit import verbs
        from nhipcau.ui.places import Place, register
        from nhipcau.workspace import notice_kinds
        from nhipcau.workspace.letter_host import register_letters
        from nhipcau.workspace.notice_kinds import Kind
        from nhipcau.workspace.phrases import VERBS

        verbs.register(VERBS)

        register(Place(view="workspace:notices", name=_("Notices"), icon="bell", group="office", key="o", order=10))

        notice_kinds.register(
            Kind(
                key="workspace.due",
                title=_("What is due soon, or today"),
                channel="mail",
                icon="clock",
                tone="soon",
                order=10,
            )
        )
        notice_kinds.register(
            Kind(
                key="workspace.late",
                title=_("What is late"),
                channel="mail",
                always=True,
                icon="alert-triangle",
                tone="late",
                order=5,
            )
        )
        register(Place(view="workspace:letters", name=_("Letters"), icon="mail", key="c", order=30))
        register_letters()
