"""How somebody reads the desk: language, text size, colours.

A signed-in person's choice is kept with the person, a stranger's in a cookie that holds these three words and no more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings

from nhipcau.accounts.models import TextSize, Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.accounts.models import Person

COOKIE = "nhipcau_look"
COOKIE_AGE = 365 * 24 * 3600
CHOICES: Mapping[str, frozenset[str]] = {
    "language": frozenset(code for code, _ in settings.LANGUAGES),
    "text_size": frozenset(TextSize.values),
    "theme": frozenset(Theme.values),
}


@dataclass(frozen=True, slots=True)
class Look:
    """One language of the interface, one text size, one set of colours."""

    language: str = settings.LANGUAGE_CODE
    text_size: str = TextSize.NORMAL.value
    theme: str = Theme.SYSTEM.value

    @classmethod
    def of(cls, person: Person) -> Look:
        """What this person chose."""
        return cls(person.language, person.text_size, person.theme)

    @classmethod
    def read(cls, cookie: str | None) -> Look:
        """What the cookie says; a part that it leaves out or that is not on offer is the default."""
        return cls().changed(dict(zip(CHOICES, (cookie or "").split("."), strict=False)))

    def changed(self, wishes: Mapping[str, Any]) -> Look:
        """This look with every wish that is on offer."""
        return replace(self, **{name: wish for name, wish in wishes.items() if wish in CHOICES.get(name, ())})

    def cookie(self) -> str:
        """As the cookie keeps it."""
        return f"{self.language}.{self.text_size}.{self.theme}"
