from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhipcau.network.models.validity import Sourced, ends_after_it_begins

HOME_ZONE = "Asia/Ho_Chi_Minh"


class Kind(models.TextChoices):
    """What sort of body an organisation is: its class. A body has one at a time and may carry others beside it."""

    MINISTRY = "ministry", _("Ministry")
    MINISTERIAL_LEVEL_AGENCY = "ministerial_level_agency", _("Ministerial-level agency")
    GOVERNMENT_AGENCY = "government_agency", _("Government agency")
    PARTY_BODY = "party_body", _("Party body")
    STEERING_COMMITTEE = "steering_committee", _("Steering committee")
    PEOPLES_COMMITTEE = "peoples_committee", _("Provincial People's Committee")
    PROVINCIAL_DEPARTMENT = "provincial_department", _("Provincial department")
    PROPAGANDA_BOARD = "propaganda_board", _("Provincial propaganda board")
    FRIENDSHIP_UNION = "friendship_union", _("Friendship union")
    BORDER_COMMAND = "border_command", _("Border command")
    EMBASSY = "embassy", _("Embassy")
    CONSULATE_GENERAL = "consulate_general", _("Consulate general")
    PERMANENT_MISSION = "permanent_mission", _("Permanent mission")
    MISSION_OFFICE = "mission_office", _("Office abroad")
    PRESS_OFFICE = "press_office", _("Vietnamese resident press office abroad")
    EXTERNAL_PRESS = "external_press", _("External press body")
    CENTRAL_CITY = "central_city", _("Centrally-run city")


class Organisation(Sourced):
    """A body in the network, for as long as it exists.

    Its key never changes and is no official code: codes are reused for other territories. The names and the kind here
    are the last ones it had; each with its dates is in :class:`OrganisationName` and :class:`OrganisationClass`, and
    only the domain functions write both. Where its day begins and ends is said by ``time_zone``.
    """

    slug = models.SlugField(_("key"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=32, choices=Kind)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)
    sort_key = models.CharField(max_length=900, editable=False, db_index=True)
    country = models.CharField(_("host country"), max_length=2, blank=True)
    province = models.SlugField(_("province"), max_length=60, blank=True, db_index=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default=HOME_ZONE)
    valid_from = models.DateField(_("exists from"))
    valid_to = models.DateField(_("exists until, that day included"), null=True, blank=True)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Sourced.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key", "pk"]
        constraints = [ends_after_it_begins("organisation")]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_vi
