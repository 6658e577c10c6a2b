from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """What everyone who signs in sees first, and what surrounds every screen."""

    name = "nhipcau.desk"
    label = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        """The first place of the navigation."""
        from nhipcau.ui.places import Place, register

        register(
            Place(
                view="health",
                name=_("Health"),
                icon="shield-lock",
                group="system",
                key="k",
                order=90,
                may=lambda access: bool(getattr(access.actor, "is_system_owner", False)),
            )
        )
        register(Place(view="home", name=_("Today"), icon="home", key="h", order=10))
