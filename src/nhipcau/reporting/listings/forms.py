"""The list of report forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.reporting.queries.forms import form_keepers, form_versions
from nhipcau.ui.listing import Column, Empty, Listing, cells, register
from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from nhipcau.reporting.models import FormVersion
    from nhipcau.ui.listing import Shown


def _heading(shown: Shown) -> str:
    if not shown.number:
        return gettext("No report form yet")
    number = shown.number
    said = ngettext("%(number)s version of report forms", "%(number)s versions of report forms", number)
    return said % {"number": vi_number(number)}


def _url(version: FormVersion) -> str:
    return reverse("reporting:form_version", args=[version.pk])


FORMS = register(
    Listing(
        name="reporting.forms",
        view="reporting:forms",
        title=gettext_lazy("Report forms"),
        heading=_heading,
        rows=form_versions,
        order=("form_id", "-number"),
        anchor="form",
        sample=lambda rows: any(version.form.sample for version in rows),
        template="reporting/forms.html",
        context=lambda _shown: {"keepers": list(form_keepers())},
        empty=lambda _shown: Empty(
            gettext("A form says what a campaign asks"),
            gettext("The coordinating ministry begins with the outline that comes with the program."),
            "file-text",
        ),
        columns=[
            Column(
                key="title",
                label=gettext_lazy("Form"),
                value=lambda version: version.form.title,
                link=_url,
                note=lambda version: str(version.form.organisation),
                card="title",
            ),
            Column(key="number", label=gettext_lazy("Version"), value="number", order_by=("number",), css="num"),
            Column(
                key="state",
                label=gettext_lazy("State"),
                value=lambda version: version.get_state_display(),
                show=lambda version: cells.state(version.get_state_display(), version.state),
                order_by=("state",),
                card="plain",
            ),
            Column(key="published", label=gettext_lazy("In use since"), value="published_at", css="when"),
        ],
    )
)
