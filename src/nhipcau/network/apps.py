from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "nhipcau.network"
    label = "network"
    verbose_name = _("Organisations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The places of the network in the navigation, what its verbs say, and organisations to be found by name."""
        from django.urls import reverse
        from django.utils.http import urlencode

        from nhipcau.audit import verbs
        from nhipcau.documents import importing
        from nhipcau.network.finding import found_by_name
        from nhipcau.network.importing import ORGANISATIONS
        from nhipcau.network.overlaps import install_after_migrate
        from nhipcau.network.phrases import NAMES, VERBS
        from nhipcau.search.registry import Searchable
        from nhipcau.search.registry import register as make_findable
        from nhipcau.ui.places import Place, register

        register(
            Place(view="network:organisations", name=_("Organisations"), icon="sitemap", group="network", order=10)
        )
        register(
            Place(
                view="network:held_roles", name=_("Roles in the network"), icon="certificate", group="network", order=20
            )
        )
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="network.overlaps")
        importing.register(ORGANISATIONS)
        verbs.register(VERBS, names=NAMES)
        make_findable(
            Searchable(
                name="network.organisations",
                title=_("Organisations"),
                find=found_by_name,
                label=str,
                url=lambda body: reverse("network:organisation", args=[body.pk]),
                note=lambda body: str(body.get_kind_display()),
                everything=lambda text: f"{reverse('network:organisations')}?{urlencode({'q': text})}",
                icon="sitemap",
                order=40,
            )
        )
