"""Figures that rooms offer, each with its sources: reports pull them in, evaluation and dashboards ask for them.

A room registers a provider from the ``ready`` of its app; a room that is not there is simply absent. A provider answers
for one office under the access now open, so nobody is offered what they may not read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from nhipcau.network.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing that a figure is made of, or a list of all of them: what it is called, and its path on the desk."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a room counted.

    Attributes:
        value: the total.
        by: axis (``language``, ``channel``, ``audience``, ``country``) -> choice -> value; adds up to the total.
        sources: what it is made of; never empty where the value is not zero.
    """

    value: Decimal
    by: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    sources: Sequence[Source] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for: an office, a period with both days included, and the moment as of which it is counted."""

    organisation: Organisation
    begin: date
    end: date
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A figure that a room offers.

    Attributes:
        key: ``room.figure``; what a form names as the source of a figure.
        title: what is counted (may be lazily translated).
        unit: of what (may be lazily translated).
        count: what is asked -> the figure; None where the room cannot know it.
    """

    key: str
    title: Any
    count: Callable[[Asked], Figure | None]
    unit: Any = ""


_OFFERS: dict[str, Offer] = {}


def register(offer: Offer) -> Offer:
    """Offer a figure. Called from the ``ready`` of a room.

    Raises:
        ValueError: another figure has that key.
    """
    if _OFFERS.get(offer.key, offer) is not offer:
        raise ValueError(f"Two figures are called {offer.key}.")
    _OFFERS[offer.key] = offer
    return offer


def offers() -> Sequence[Offer]:
    """All figures that rooms offer, by key."""
    return [_OFFERS[key] for key in sorted(_OFFERS)]


def count(key: str, asked: Asked) -> Figure | None:
    """What a room counts under a key now; None where no room offers it, or it cannot know."""
    offer = _OFFERS.get(key)
    return None if offer is None else offer.count(asked)
