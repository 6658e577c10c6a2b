"""What every page knows: who reads it, for which office, how, and where they can go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

import nhipcau
from nhipcau.access import current
from nhipcau.accounts.models import Theme
from nhipcau.accounts.queries import memberships_on
from nhipcau.desk.look import Look
from nhipcau.ui.places import places as registered_places
from nhipcau.workspace.queries.notices import unread_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhipcau.access import Access

#: Main places in the header, and in the bar of a phone; the others stand in the menu.
IN_SIGHT, ON_PHONE = 6, 4
GROUPS = (
    ("network", _("The network")),
    ("office", _("My office")),
    ("system", _("This system")),
)
TEXT_SIZES = (
    ("small", _("Small text"), "A−"),
    ("normal", _("Normal text"), "A"),
    ("large", _("Large text"), "A+"),
)
#: Languages call themselves by their own names, in the language itself.
LANGUAGES = (("vi", "Tiếng Việt"), ("en", "English"))
THEMES = (
    (Theme.SYSTEM, pgettext_lazy("colours", "Automatic")),
    (Theme.LIGHT, pgettext_lazy("colours", "Light")),
    (Theme.DARK, pgettext_lazy("colours", "Dark")),
    (Theme.CONTRAST, pgettext_lazy("colours", "High contrast")),
)


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """One entry of the navigation; ``here`` where the page shown belongs to it."""

    name: str
    url: str
    icon: str
    key: str
    group: str
    here: bool


def places(path: str, access: Access) -> Iterator[ShownPlace]:
    """The navigation as its reader sees it from the page at ``path``: of every group, where they may go."""
    for place in registered_places():
        if not place.may(access):
            continue
        url = reverse(place.view)
        here = path == url or (place.view != "home" and path.startswith(url))
        yield ShownPlace(str(place.name), url, place.icon, place.key, place.group, here)


class PlaceGroup(NamedTuple):
    """Places of one group; ``main`` marks the rest of what a phone has no room for in its bar."""

    title: str
    places: list[ShownPlace]
    main: bool


def grouped(shown: Sequence[ShownPlace]) -> list[PlaceGroup]:
    """The menu of all places: those of the main group that are not in sight, then the other groups."""
    main = [place for place in shown if place.group == "main"]
    groups = [
        PlaceGroup(gettext("Daily work"), main[ON_PHONE:], main=len(main) <= IN_SIGHT),
        *(
            PlaceGroup(str(title), [place for place in shown if place.group == name], main=False)
            for name, title in GROUPS
        ),
    ]
    return [group for group in groups if group.places]


def desk(request: Any) -> dict[str, Any]:
    """``desk`` for every template. Nothing is looked up for a piece of a page that does not speak of it."""
    return {"desk": SimpleLazyObject(partial(_known, request))}


def _known(request: Any) -> dict[str, Any]:
    """What the frame of a page says. Nothing here asks the database for a stranger."""
    look = getattr(request, "look", None) or Look()
    known: dict[str, Any] = {
        "version": nhipcau.__version__,
        "sample": settings.DEMO,
        "as_of": timezone.now(),
        "text_size": look.text_size,
        "theme": look.theme,
        "text_sizes": TEXT_SIZES,
        "languages": LANGUAGES,
        "themes": THEMES,
        "person": None,
    }
    person = getattr(request, "user", None)
    if person is not None and person.is_authenticated:
        shown = list(places(request.path, current()))
        roles = list(memberships_on(person, timezone.localdate()).select_related("organisation"))
        known |= {
            "person": person,
            "roles": roles,
            "office": roles[0].organisation if roles else None,
            "places": [place for place in shown if place.group == "main"][:IN_SIGHT],
            "place_groups": grouped(shown),
            "keyed_places": [place for place in shown if place.key],
            "search_url": reverse("search"),
            "palette_url": reverse("palette"),
            # Asked for by the header alone: an answer without one does not count.
            "bell": {
                "url": reverse("workspace:notices"),
                "count_url": reverse("workspace:notice_count"),
                "unread": partial(unread_count, current()),
            },
        }
    return known
