"""The list of the record, as auditors read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.audit import queries, verbs
from nhipcau.audit.filters import EntryFilter
from nhipcau.audit.reading import who
from nhipcau.ui.listing import Column, Empty, Listing, register
from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from nhipcau.audit.models import Entry
    from nhipcau.ui.listing import Shown


def _heading(shown: Shown) -> str:
    said = ngettext("%(number)s entry in the audit record", "%(number)s entries in the audit record", shown.number)
    return said % {"number": vi_number(shown.number)}


def _empty(_shown: Shown) -> Empty:
    return Empty(
        gettext("Nothing is recorded yet"),
        gettext("Whatever is done for the organisations that you audit stands here: who, when, what and why."),
        "history",
    )


def kind_of(entry: Entry) -> str:
    """What sort of object the entry is about, in words; its label where there is no such table any more."""
    try:
        return capfirst(str(apps.get_model(entry.object_type)._meta.verbose_name))
    except (LookupError, ValueError):
        return entry.object_type


def _done(entry: Entry) -> str:
    return capfirst(verbs.phrase(entry.verb))


def _place(entry: Entry) -> str:
    return gettext("waits for its seal") if entry.sequence is None else vi_number(entry.sequence)


ENTRIES = register(
    Listing(
        name="audit.entries",
        view="audit:entries",
        title=gettext_lazy("Audit record"),
        heading=_heading,
        rows=queries.entries,
        filters=EntryFilter,
        order=("-pk",),
        empty=_empty,
        columns=[
            Column(
                key="what",
                label=gettext_lazy("What was done"),
                value=_done,
                link=lambda entry: reverse("audit:entry", args=[entry.pk]),
                note=lambda entry: entry.reason[:120],
                card="title",
            ),
            Column(
                key="at",
                label=gettext_lazy("When"),
                order_by=("at",),
                css="when",
                card="plain",
            ),
            Column(key="who", label=gettext_lazy("Who"), value=who, card="plain"),
            Column(key="deputy_of", label=gettext_lazy("As deputy of"), chosen=False),
            Column(key="object", label=gettext_lazy("Object"), value="object_label", card="plain"),
            Column(key="kind", label=gettext_lazy("Kind of object"), value=kind_of, card="none"),
            Column(key="object_id", label=gettext_lazy("Its number"), chosen=False),
            Column(key="office", label=gettext_lazy("Organisation"), value="organisation_label", chosen=False),
            Column(key="reason", label=gettext_lazy("Reason"), chosen=False),
            Column(key="changes", label=gettext_lazy("Fields changed"), value="payload", chosen=False, card="none"),
            Column(key="verb", label=gettext_lazy("Verb"), chosen=False, card="none"),
            Column(key="request", label=gettext_lazy("Request"), value="request_id", chosen=False, card="none"),
            Column(
                key="place",
                label=gettext_lazy("Place in the chain"),
                value="sequence",
                show=_place,
                numeric=True,
                order_by=("sequence",),
            ),
            Column(key="hash", label=gettext_lazy("Chain hash"), value="chain_hash", chosen=False, card="none"),
        ],
    )
)
