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
        from nhipcau.ui.actions import Action
        from nhipcau.ui.actions import register as start
        from nhipcau.ui.places import Place, register
        from nhipcau.workspace import notice_kinds
        from nhipcau.workspace.examples import keeps_the_house
        from nhipcau.workspace.letter_due import register_due_letters
        from nhipcau.workspace.letter_host import register_letters
        from nhipcau.workspace.notice_kinds import Kind
        from nhipcau.workspace.on_lists import register_on_lists
        from nhipcau.workspace.phrases import NAMES, VERBS
        from nhipcau.workspace.rules.letters import RECEIVERS, WRITERS
        from nhipcau.workspace.rules.templates import KEEPERS

        verbs.register(VERBS, names=NAMES)

        register(Place(view="workspace:notices", name=_("Notices"), icon="bell", group="office", key="o", order=10))
        register(
            Place(
                view="workspace:templates",
                name=_("Word templates"),
                icon="file-text",
                group="office",
                order=60,
                may=lambda access: bool(access.organisations(*KEEPERS)),
            )
        )
        register_on_lists()

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
        register(
            Place(
                view="workspace:examples",
                name=_("Parts of the screens"),
                icon="color-swatch",
                group="system",
                order=95,
                may=keeps_the_house,
            )
        )
        register(
            Place(view="workspace:calendar", name=_("Calendar"), icon="calendar", group="office", key="a", order=10)
        )
        register(Place(view="workspace:letters", name=_("Letters"), icon="mail", key="c", order=30))
        register_letters()
        register_due_letters()
        start(
            Action(
                view="workspace:letter_new",
                name=_("Write a letter"),
                icon="pencil",
                order=10,
                may=lambda access: bool(access.organisations(*WRITERS)),
            )
        )
        start(
            Action(
                view="workspace:letter_register",
                name=_("Register a letter that came in"),
                icon="mail",
                order=20,
                may=lambda access: bool(access.organisations(*RECEIVERS)),
            )
        )
        start(Action(view="workspace:notice_settings", name=_("Choose how I am told"), icon="bell", order=90))
