"""What every page knows: who reads it, for which office, how, and where they can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

import nhipcau
from nhipcau.accounts.models import Theme
from nhipcau.accounts.queries import memberships_on
from nhipcau.desk.look import Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.functional import _StrPromise

#: The navigation: what people do, where it is, its icon, and the letter that goes there after ``g``.
PLACES: tuple[tuple[_StrPromise, str, str, str], ...] = (
    (_("Today"), "home", "home", "h"),
    (_("Coverage"), "press:articles", "news", "t"),
    (_("Press digests"), "press:digests", "file-text", "b"),
    (_("Sources"), "press:sources", "rss", "n"),
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
class Place:
    """One entry of the navigation; ``here`` where the page shown belongs to it."""

    name: str
    url: str
    icon: str
    key: str
    here: bool


def places(path: str) -> Iterator[Place]:
    """The navigation as seen from the page at ``path``."""
    for name, view, icon, key in PLACES:
        url = reverse(view)
        here = path == url or (view != "home" and path.startswith(url))
        yield Place(str(name), url, icon, key, here)


def desk(request: Any) -> dict[str, dict[str, Any]]:
    """``desk`` for every template. Nothing here asks the database for a stranger."""
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
        roles = list(memberships_on(person, timezone.localdate()).select_related("organisation"))
        known |= {
            "person": person,
            "roles": roles,
            "office": roles[0].organisation if roles else None,
            "places": list(places(request.path)),
            "search_url": reverse("press:articles"),
        }
    return {"desk": known}
