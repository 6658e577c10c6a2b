from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped, ScopedManager, current_or_none
from nhipcau.access.standing import counts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from nhipcau.access import Access
    from nhipcau.accounts.models.held import Held


class TextSize(models.TextChoices):
    """How large a person reads the desk."""

    SMALL = "small", _("Small")
    NORMAL = "normal", _("Normal")
    LARGE = "large", _("Large")


class Theme(models.TextChoices):
    """Light, dark, high contrast, or whatever the device says."""

    SYSTEM = "system", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
    CONTRAST = "contrast", _("High contrast")


class PersonManager(ScopedManager):
    """What sign-in asks of a manager; sign-in opens an access of its own for it (:mod:`nhipcau.accounts.backend`)."""

    def get_by_natural_key(self, email: str) -> Person:
        """The person who signs in by this address, however it is typed."""
        person: Person = self.get(email=email.lower())
        return person


class Person(Scoped, AbstractBaseUser):
    """Somebody who signs in. The name is written as Vietnamese write it, family name first, in one field.

    Rights come from memberships and deputyships alone: the system owner keeps settings in order and reads no content by
    that role.
    """

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("full name"), max_length=200)
    sort_key = models.CharField(max_length=700, editable=False, db_index=True)
    # Name and address folded, with a space before each word: found by the beginnings of words, marks or none.
    folded = models.CharField(max_length=1000, editable=False, default="")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    text_size = models.CharField(_("text size"), max_length=8, choices=TextSize, default=TextSize.NORMAL)
    theme = models.CharField(_("colours"), max_length=8, choices=Theme, default=Theme.SYSTEM)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_system_owner = models.BooleanField(_("system owner"), default=False)
    sample = models.BooleanField(_("sample data"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta(Scoped.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_in_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: all who sign in see who their colleagues are; nobody else does."""
        return Q()

    @property
    def actor_id(self) -> str:
        """``person:<id>``, as the audit record keeps it."""
        return f"person:{self.pk}"

    @property
    def actor_label(self) -> str:
        """The name."""
        return self.name

    def holds(self, role: str, organisation_id: int | None, on: date) -> bool:
        """Whether this person holds ``role`` on that day, as a deputy too; with no organisation named, in any."""
        own, deputised = self._held(on)
        pairs = own | {pair for pair, principals in deputised.items() if any(map(counts, principals))}
        return any(held == role and organisation_id in {None, place} for held, place in pairs)

    def stands_in_for(self, on: date) -> Sequence[str]:
        """``actor_id`` of everybody whose deputy this person is on that day, in roles they do not hold themselves."""
        principals = {principal for all_of_them in self._held(on).deputised.values() for principal in all_of_them}
        return sorted(principals)

    def _held(self, on: date) -> Held:
        """As the access now open knows it, where it is this person's and of that day; else as the tables say."""
        from nhipcau.accounts.models.held import Held, held_on

        access = current_or_none()
        if access is None or access.person_id != self.pk or timezone.localdate(access.at) != on:
            return held_on(self.pk, on)
        return Held(own=access.memberships - access.deputised.keys(), deputised=dict(access.deputised))

    @property
    def is_staff(self) -> bool:
        """What Django's admin asks before it lets somebody in."""
        return self.is_system_owner and self.is_active

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """What the rules say, and nothing else: no role stands above them."""
        return self.is_active and bool(rules.has_perm(perm, self, obj))

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the system owner may open this room in Django's admin."""
        return self.is_staff and bool(app_label)
