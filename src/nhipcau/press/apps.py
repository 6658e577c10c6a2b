from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PressConfig(AppConfig):
    name = "nhipcau.press"
    label = "press"
    verbose_name = _("Foreign press")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The places of the press in the navigation, and what its verbs say in a history."""
        from nhipcau.audit import verbs
        from nhipcau.press.digest_template import register_digest_template
        from nhipcau.press.figures import register_figures
        from nhipcau.press.finding import register_searches
        from nhipcau.press.hosting import register_digests
        from nhipcau.press.number_section import register_numbers
        from nhipcau.press.phrases import RECORDED, VERBS
        from nhipcau.ui.places import Place, register

        verbs.register(VERBS, names=RECORDED)

        register_searches()
        register_digest_template()
        register_digests()
        register_numbers()
        register_figures()
        register(Place(view="press:articles", name=_("Coverage"), icon="news", key="t", order=50))
        register(
            Place(
                view="press:numbers",
                name=_("Coverage in numbers"),
                icon="calculator",
                group="office",
                key="s",
                order=55,
            )
        )
        register(Place(view="press:digests", name=_("Press digests"), icon="file-text", key="b", order=60))
        register(Place(view="press:sources", name=_("Sources"), icon="rss", group="office", key="n", order=70))
