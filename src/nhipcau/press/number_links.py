"""Where a number leads: the list that shows exactly the articles it counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode

from nhipcau.press.filters import NO_TOPIC, UNKNOWN_COUNTRY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from nhipcau.press.models import Digest
    from nhipcau.press.numbers import Comparison
    from nhipcau.press.periods import Period


def named(what: str, value: Any) -> dict[str, str]:
    """A value as the filters of the lists name it."""
    missing = {"country": UNKNOWN_COUNTRY, "topic": NO_TOPIC}
    return {what: str(value) or missing.get(what, "")}


def _coverage(asked: Mapping[str, Any]) -> str:
    return f"{reverse('press:articles')}?{urlencode(asked)}"


def _both(comparison: Comparison) -> str:
    return f"{comparison.period.code},{comparison.this.code}"


@dataclass(frozen=True, slots=True)
class CoverageLinks:
    """Into the coverage, narrowed as the numbers are."""

    period: Period
    narrowing: Mapping[str, str]

    def now(self, value: Mapping[str, str] | None = None) -> str:
        """The items of the period, or of one value."""
        return self.days(self.period.first, self.period.last, value)

    def days(self, first: date, last: date, value: Mapping[str, str] | None = None) -> str:
        """The items of some of its days."""
        return _coverage({**self.narrowing, **(value or {}), "since": first, "until": last})

    def reprints(self) -> str:
        """The reprints of the period."""
        return self.now({"reprints": "only"})

    def compared(self, comparison: Comparison, value: Mapping[str, str] | None = None) -> str:
        """The items of the period from the outlets that are compared."""
        asked = {"span": comparison.this.code, "followed": _both(comparison)}
        return _coverage({**self.narrowing, **(value or {}), **asked})

    def before(self, comparison: Comparison, value: Mapping[str, str] | None = None) -> str:
        """The items of the earlier period from the outlets that are compared."""
        asked = {"span": comparison.period.code, "followed": _both(comparison)}
        return _coverage({**self.narrowing, **(value or {}), **asked})


@dataclass(frozen=True, slots=True)
class DigestLinks:
    """Into the articles that a digest was built from; for a year before, into the coverage."""

    digest: Digest

    def _list(self, digest: Digest, asked: Mapping[str, Any]) -> str:
        given = {"part": "first", **asked}
        if "reprints" in given:
            given["part"] = "reprints"
            del given["reprints"]
        return f"{reverse('press:digest_articles', args=[digest.pk])}?{urlencode(given)}"

    def now(self, value: Mapping[str, str] | None = None) -> str:
        """The items of the digest, or of one value."""
        return self._list(self.digest, value or {})

    def days(self, first: date, last: date, value: Mapping[str, str] | None = None) -> str:  # noqa: ARG002 - a digest spans few days: each is a place of its own
        """The items of a day."""
        return self._list(self.digest, {**(value or {}), "day": first})

    def reprints(self) -> str:
        """The reprints of the digest."""
        return self._list(self.digest, {"reprints": "only"})

    def compared(self, comparison: Comparison, value: Mapping[str, str] | None = None) -> str:
        """The items of the digest from the outlets that are compared."""
        return self._list(self.digest, {**(value or {}), "followed": _both(comparison)})

    def before(self, comparison: Comparison, value: Mapping[str, str] | None = None) -> str:
        """The items of the earlier digest, or of the coverage of a year before."""
        asked = {**(value or {}), "followed": _both(comparison)}
        if comparison.digest is not None:
            return self._list(comparison.digest, asked)
        return _coverage({"reprints": "without", **asked, "span": comparison.period.code})


Links = CoverageLinks | DigestLinks
