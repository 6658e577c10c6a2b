"""How somebody wants to be told: one choice for each kind, and the times for mail."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.workspace.models import Channel
from nhipcau.workspace.notice_kinds import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhipcau.workspace.quiet import Clock

_REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def zone_choices() -> list[Any]:
    """Time zones grouped by region, by the name of the place; the first choice follows the office."""
    by_region: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(available_timezones()):
        region, _slash, place = name.partition("/")
        if region in _REGIONS and place:
            by_region[region].append((name, place.replace("_", " ")))
    return [("", _("As my office")), *by_region.items()]


def _time(label: Any, *, required: bool, help_text: Any = "") -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, help_text=help_text, widget=widget)


class NoticeSettingsForm(forms.Form):
    """Fields ``kind-<key>`` for each registered kind, and the times. Both quiet hours are given, or neither."""

    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    daily_at = _time(_("Daily mail at"), required=True)
    quiet_from = _time(_("No mail from"), required=False)
    quiet_to = _time(_("until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zone_choices()  # type: ignore[attr-defined]
        for kind in kinds():
            offered = [choice for choice in Channel.choices if not (kind.always and choice[0] == Channel.NEVER)]
            self.fields[f"kind-{kind.key}"] = forms.ChoiceField(label=kind.title, choices=offered)

    @property
    def by_kind(self) -> Iterator[Any]:
        """The fields of the kinds, in their order."""
        return (field for field in self if field.name.startswith("kind-"))

    @property
    def choices(self) -> dict[str, str]:
        """Kind to channel, once the form is valid."""
        return {
            name.removeprefix("kind-"): value for name, value in self.cleaned_data.items() if name.startswith("kind-")
        }

    def clean(self) -> dict[str, Any]:
        """Quiet hours need both ends."""
        cleaned = super().clean() or {}
        if (cleaned.get("quiet_from") is None) != (cleaned.get("quiet_to") is None):
            self.add_error("quiet_to", gettext("Give both ends of the quiet hours, or neither."))
        return cleaned


def initial(channels: Mapping[str, str], clock: Clock, time_zone: str) -> dict[str, Any]:
    """What the form shows at first."""
    times = {"daily_at": clock.daily_at, "quiet_from": clock.quiet_from, "quiet_to": clock.quiet_to}
    return {f"kind-{key}": channel for key, channel in channels.items()} | times | {"time_zone": time_zone}
