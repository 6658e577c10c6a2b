"""What the workspace's templates need besides the filters that all rooms share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.access.classification import ICONS, Classification
from nhipcau.network.models import Organisation
from nhipcau.ui.templatetags.ui import moment, vi_number
from nhipcau.workspace.models import Letter, Purpose

if TYPE_CHECKING:
    from datetime import date

register = template.Library()


@register.filter
def classification_icon(level: str) -> str:
    """The icon of a classification, a name of :data:`nhipcau.ui.icons.ICONS`."""
    return ICONS[level]


@register.filter
def paper_date(day: date | None) -> str:
    """``ngày 05 tháng 01 năm 2026``: days under ten and the first two months with a zero (Decree 30/2020, annex I).

    A letter is Vietnamese whoever reads the desk in which language, so this is not translated.
    """
    if day is None:
        return "ngày     tháng     năm     "
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)  # noqa: PLR2004 - January and February
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


@register.filter
def file_size(size: int) -> str:
    """``1,2 MB``: bytes in thousands, as people know them."""
    for unit, step in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= step:
            return f"{vi_number(round(size / step, 1))} {unit}"
    return f"{vi_number(size)} B"


@register.filter
def field_label(name: str) -> str:
    """What a field of a letter is called."""
    if name == "recipients":
        return _("Recipients")
    label = str(Letter._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


@register.filter
def field_value(value: Any, name: str) -> str:
    """A field as versions keep it, in words."""
    if name == "classification":
        return str(Classification(value).label) if value else ""
    if name != "recipients":
        return str(value or "")
    rows = value or []
    names = Organisation.objects.in_bulk([row[0] for row in rows])
    return "; ".join(
        f"{names.get(row[0], '?')} ({Purpose(row[1]).label}{', ' + row[2] if row[2] else ''})" for row in rows
    )


_WHY = {
    "expired": gettext_lazy("the signer's certificate has expired"),
    "not_yet": gettext_lazy("the signer's certificate does not hold yet"),
    "usage": gettext_lazy("the certificate is not made out for signing"),
    "weak": gettext_lazy("the certificate uses a method that is no longer safe"),
    "unknown": gettext_lazy("the signer is not among the trusted"),
}


@register.filter
def signature_word(found: dict[str, Any]) -> str:
    """What is to be thought of a signature, in a few words."""
    if not (found["intact"] and found["valid"]):
        return _("Signature broken: the file was changed, or the signature is not its own")
    if found["covers"] == "part":
        return _("Signature intact, but the file was changed after it")
    return _("Signature intact, signer trusted") if found["trusted"] else _("Signature intact, signer not trusted")


@register.filter
def signature_state(found: dict[str, Any]) -> str:
    """The code of its appearance in :mod:`nhipcau.ui.states`."""
    if not (found["intact"] and found["valid"]) or found["covers"] == "part":
        return "broken"
    return "verified" if found["trusted"] else "unverified"


@register.filter
def signature_lines(found: dict[str, Any]) -> list[str]:
    """Who signed, on whose word, when, and why they are not trusted."""
    lines = [_("Signed by %(who)s") % {"who": found["signer"]}, _("Certificate of %(who)s") % {"who": found["issuer"]}]
    if found["stamped_at"]:
        lines.append(_("Time by an authority: %(at)s") % {"at": moment(parse_datetime(found["stamped_at"]))})
    elif found["signed_at"]:
        lines.append(_("Time by the signer's own clock: %(at)s") % {"at": moment(parse_datetime(found["signed_at"]))})
    if not found["trusted"] and found["why"]:
        lines.append(_("Not trusted: %(why)s") % {"why": _WHY.get(found["why"], found["why"])})
    return lines
