from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "nhipcau.programme"
    label = "programme"
    verbose_name = _("Programme")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What its verbs say in a history, where its work is done, what it offers to other rooms."""
        from nhipcau.audit import verbs
        from nhipcau.programme.due_work import register_due_work
        from nhipcau.programme.hosting import register_programme
        from nhipcau.programme.listings.recommendations import ASKERS
        from nhipcau.programme.offered import register_figures
        from nhipcau.programme.phrases import RECORDED, VERBS
        from nhipcau.programme.plan_due import register_due_plans
        from nhipcau.programme.plan_figures import register_plan_figures
        from nhipcau.programme.plan_hosting import register_plans
        from nhipcau.programme.plan_serving import register_plan_serving
        from nhipcau.ui.actions import Action
        from nhipcau.ui.actions import register as start
        from nhipcau.ui.places import Place, register

        verbs.register(VERBS, names=RECORDED)
        register_programme()
        register_due_work()
        register_figures()
        register_plans()
        register_due_plans()
        register_plan_figures()
        register_plan_serving()
        register(Place(view="programme:plans", name=_("Plans"), icon="calendar", key="p", order=30))
        register(
            Place(view="programme:directives", name=_("Directives"), icon="gavel", group="office", key="v", order=20)
        )
        register(
            Place(
                view="programme:task_instances", name=_("Tasks"), icon="list-check", group="office", key="m", order=21
            )
        )
        register(Place(view="programme:schemes", name=_("Schemes"), icon="file-text", group="office", order=22))
        register(
            Place(view="programme:recommendations", name=_("Recommendations"), icon="message", group="office", order=23)
        )
        start(
            Action(
                view="programme:recommendation_new",
                name=_("Recommend something to an office"),
                icon="message",
                order=30,
                may=lambda access: bool(access.organisations(*ASKERS)),
            )
        )
