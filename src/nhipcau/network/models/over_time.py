"""What changes about an organisation while it stays the same: its names, its classes, its codes, where it hangs."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhipcau.network.models.organisation import Kind, Organisation
from nhipcau.network.models.validity import Dated, ends_after_it_begins


class OrganisationName(Dated):
    """The names that an organisation bore between two days, both included; an open end is the name it bears now.

    ``folded`` holds the words of both names as they are searched, one space before and after each word.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name_vi = models.CharField(_("name in Vietnamese"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)
    sort_key = models.CharField(max_length=900, editable=False, default="")
    folded = models.CharField(max_length=1300, editable=False, default="")

    class Meta(Dated.Meta):
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of organisations")
        ordering = ["organisation", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="one_name_from_a_day"),
            ends_after_it_begins("name"),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_vi


class OrganisationParent(Dated):
    """What an organisation belonged to between two days, both included."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Organisation, models.PROTECT, related_name="children")

    class Meta(Dated.Meta):
        verbose_name = _("parent of an organisation")
        verbose_name_plural = _("parents of organisations")
        ordering = ["organisation", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="one_parent_from_a_day"),
            models.CheckConstraint(condition=~Q(organisation=F("parent")), name="nobody_is_its_own_parent"),
            ends_after_it_begins("parent"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} < {self.parent_id}"


class OrganisationClass(Dated):
    """A class that an organisation belonged to: the main one, one on every day, or one that it carried beside it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="classes")
    kind = models.CharField(_("class"), max_length=32, choices=Kind)
    main = models.BooleanField(_("main class"), default=True)

    class Meta(Dated.Meta):
        verbose_name = _("class of an organisation")
        verbose_name_plural = _("classes of organisations")
        ordering = ["organisation", "-main", "valid_from", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "valid_from"], name="one_class_from_a_day"),
            models.UniqueConstraint(
                fields=["organisation", "valid_from"], condition=Q(main=True), name="one_main_class_from_a_day"
            ),
            ends_after_it_begins("class"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Scheme(models.TextChoices):
    """Who gives a code."""

    STATISTICS = "statistics", _("Code of the statistics office")
    OFFICE = "office", _("Identifier of the office in electronic documents")


class OrganisationCode(Dated):
    """A code that an organisation carried between two days. An attribute, never a key: codes are given again.

    Seven codes of the statistics office mean another province since 2025-07-01 than before. The code of a province is
    carried by its People's Committee.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="codes")
    scheme = models.CharField(_("scheme"), max_length=16, choices=Scheme)
    code = models.CharField(_("code"), max_length=32, db_index=True)

    class Meta(Dated.Meta):
        verbose_name = _("code of an organisation")
        verbose_name_plural = _("codes of organisations")
        ordering = ["organisation", "scheme", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "scheme", "valid_from"], name="one_code_from_a_day"),
            models.UniqueConstraint(fields=["scheme", "code", "valid_from"], name="one_bearer_of_a_code_from_a_day"),
            ends_after_it_begins("code"),
        ]

    def __str__(self) -> str:
        return self.code


class Jurisdiction(Dated):
    """A country that a mission covers between two days; the country where it sits is ``Organisation.country``."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="jurisdictions")
    country = models.CharField(_("country"), max_length=2)

    class Meta(Dated.Meta):
        verbose_name = _("country covered by a mission")
        verbose_name_plural = _("countries covered by missions")
        ordering = ["organisation", "country", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "country", "valid_from"], name="one_country_from_a_day"),
            ends_after_it_begins("jurisdiction"),
        ]

    def __str__(self) -> str:
        return self.country
