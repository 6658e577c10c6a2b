"""Where a number leads: the list that shows exactly the articles it counted."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlencode

from django.urls import reverse

from nhipcau.press.filters import NO_TOPIC, UNKNOWN_COUNTRY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from nhipcau.press.models import Digest
    from nhipcau.press.numbers import Comparison
    from nhipcau.press.periods import Period

#: A filter and its value, as the lists name them.
Asked = tuple[str, str]
#: The filter that leads from items to what repeats them.
REPRINTS: Asked = ("reprints", "only")
_MISSING = {"country": UNKNOWN_COUNTRY, "topic": NO_TOPIC}


def named(what: str, value: Any) -> Asked:
    """A value as the filters of the lists name it."""
    return what, str(value) or _MISSING.get(what, "")


class _List:
    """Addresses of one list that differ in one filter: a page has a thousand of them, so what is common is kept."""

    def __init__(self, path: str, asked: Mapping[str, Any]) -> None:
        self._path, self._asked = path, asked
        self._without = cache(self._written)

    def _written(self, name: str) -> str:
        kept = urlencode({key: value for key, value in self._asked.items() if key != name})
        return f"{self._path}?{kept}&" if kept and name else f"{self._path}?{kept}"

    def at(self, value: Asked | None = None) -> str:
        """The address, with this filter in place of its own of that name."""
        return f"{self._without(value[0])}{value[0]}={quote_plus(value[1])}" if value else self._without("")


class CoverageLinks:
    """Into the coverage, narrowed as the numbers are."""

    def __init__(self, period: Period, narrowing: Mapping[str, str]) -> None:
        self._period, self._narrowing = period, narrowing
        self._list = cache(self._listed)

    def _listed(self, **limits: Any) -> _List:
        return _List(reverse("press:articles"), {**self._narrowing, **limits})

    def now(self, value: Asked | None = None) -> str:
        """The items of the period, or of one value."""
        return self.days(self._period.first, self._period.last, value)

    def days(self, first: date, last: date, value: Asked | None = None) -> str:
        """The items of some of its days."""
        return self._list(since=first, until=last).at(value)

    def compared(self, comparison: Comparison, value: Asked | None = None) -> str:
        """The items of the period from the outlets that are compared."""
        return self._list(span=comparison.this.code, followed=comparison.codes).at(value)

    def before(self, comparison: Comparison, value: Asked | None = None) -> str:
        """The items of the earlier period from the outlets that are compared."""
        return self._list(span=comparison.period.code, followed=comparison.codes).at(value)


class DigestLinks:
    """Into the articles that a digest was built from; for a year before, into the coverage."""

    def __init__(self, digest: Digest) -> None:
        self._digest = digest
        self._list = cache(self._listed)

    def _listed(self, digest: int, **limits: str) -> _List:
        return _List(reverse("press:digest_articles", args=[digest]), {"part": "first", **limits})

    def now(self, value: Asked | None = None) -> str:
        """The items of the digest, or of one value."""
        return self._list(self._digest.pk).at(_in_part(value))

    def days(self, first: date, _last: date, value: Asked | None = None) -> str:
        """The items of a day: a digest spans so few that none is added up with another."""
        return self._list(self._digest.pk, day=str(first)).at(value)

    def compared(self, comparison: Comparison, value: Asked | None = None) -> str:
        """The items of the digest from the outlets that are compared."""
        return self._list(self._digest.pk, followed=comparison.codes).at(_in_part(value))

    def before(self, comparison: Comparison, value: Asked | None = None) -> str:
        """The items of the earlier digest, or of the coverage of a year before."""
        if comparison.digest is not None:
            return self._list(comparison.digest.pk, followed=comparison.codes).at(_in_part(value))
        asked = {"reprints": "without", "span": comparison.period.code, "followed": comparison.codes}
        return _List(reverse("press:articles"), asked).at(value)


def _in_part(value: Asked | None) -> Asked | None:
    """A digest's list knows the reprints as a part."""
    return ("part", "reprints") if value == REPRINTS else value


Links = CoverageLinks | DigestLinks
