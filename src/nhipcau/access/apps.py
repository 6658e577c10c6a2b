from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "nhipcau.access"
    label = "access"
    verbose_name = _("Access")

    def ready(self) -> None:
        """Start-up checks."""
        from nhipcau.access.checks import check_scoped

        checks.register(check_scoped, checks.Tags.models)
