from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "nhipcau.audit"
    label = "audit"
    verbose_name = _("Audit record")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The database guards the record from the first migration on; and what its own verbs say."""
        from nhipcau.audit import verbs
        from nhipcau.audit.guard import install_after_migrate
        from nhipcau.audit.phrases import RECORDED, VERBS
        from nhipcau.audit.queries import audits
        from nhipcau.ui.places import Place, register

        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="audit.guard")
        verbs.register(VERBS, names=RECORDED)
        register(Place(view="audit:entries", name=_("Audit record"), icon="history", group="system", may=audits))
