from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LawConfig(AppConfig):
    name = "nhipcau.law"
    label = "law"
    verbose_name = _("Legal bases and deadlines")
    default_auto_field = "django.db.models.BigAutoField"
