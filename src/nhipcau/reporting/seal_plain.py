"""Sealed figures as the plain values that :mod:`nhipcau.documents.report` draws: numbers as submitted, and the hash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.reporting.national_figures import figures_of_standing
from nhipcau.reporting.national_method import counted_words
from nhipcau.reporting.national_plain import figures_plain
from nhipcau.reporting.sealed import reproduce

if TYPE_CHECKING:
    from nhipcau.reporting.models import Seal


def plain_of_seal(seal: Seal) -> dict[str, Any]:
    """The figures of a seal, added up again; it is compared with nothing, for that would follow what changes."""
    pack = reproduce(seal)
    campaign = seal.campaign
    sections = figures_of_standing(campaign, pack.standing, compare=False)
    plain = figures_plain(campaign, pack.standing, sections)
    for section in plain["sections"]:
        section.pop("key")
    moment = timezone.localtime(seal.moment)
    said = gettext("Figures of %(number)s reports, as submitted by %(moment)s; what came later is not in them.")
    return {
        **plain,
        "kind": gettext("Sealed figures"),
        "compared": "",
        "sections": [section for section in plain["sections"] if section["figures"]],
        "day": moment.date().isoformat(),
        "lead": [said % {"number": len(pack.parts), "moment": f"{moment:%H:%M %d/%m/%Y}"}],
        "method": [
            *counted_words(campaign),
            gettext("Hash of what was sealed: %(hash)s.") % {"hash": seal.hash},
            gettext("Hash of what is printed here: %(hash)s.") % {"hash": pack.hash},
            gettext("Sealed for: %(reason)s") % {"reason": seal.reason},
        ],
    }
