from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "nhipcau.accounts"
    label = "accounts"
    verbose_name = _("People and roles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What the verbs say; places and search; who listens to the sign-in library; start-up checks."""
        from django.core import checks

        from nhipcau.accounts.checks import check_factor_roles
        from nhipcau.accounts.phrases import NAMES, VERBS
        from nhipcau.accounts.receivers import connect
        from nhipcau.audit import verbs

        verbs.register(VERBS, names=NAMES)
        checks.register(check_factor_roles)
        connect()
        self._be_shown()

    def _be_shown(self) -> None:
        """The places of people in the navigation, and people to be found by name."""
        from django.urls import reverse
        from django.utils.http import urlencode

        from nhipcau.accounts.importing import PEOPLE
        from nhipcau.accounts.queries import found_by_name
        from nhipcau.documents import importing
        from nhipcau.search.registry import Searchable
        from nhipcau.search.registry import register as make_findable
        from nhipcau.ui.places import Place, register

        register(Place(view="people:people", name=_("People"), icon="users", group="office", order=40))
        register(Place(view="people:me", name=_("My roles and deputies"), icon="user-share", group="office", order=50))
        register(
            Place(view="people:focal_coverage", name=_("Focal officers"), icon="user-star", group="network", order=30)
        )
        importing.register(PEOPLE)
        make_findable(
            Searchable(
                name="accounts.people",
                title=_("People"),
                find=found_by_name,
                label=str,
                url=lambda person: reverse("people:person", args=[person.pk]),
                note=lambda person: person.email,
                everything=lambda text: f"{reverse('people:people')}?{urlencode({'q': text, 'when': 'all'})}",
                icon="user",
                order=50,
            )
        )
