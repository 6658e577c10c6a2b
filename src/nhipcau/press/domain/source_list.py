from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from nhipcau.newswire.outlets import outlet_of
from nhipcau.newswire.sources.opml import parse_opml
from nhipcau.press.domain.errors import BadAddressError, SourceOfAnotherOutletError
from nhipcau.press.domain.outlets import register_outlet, register_source
from nhipcau.press.sentences import kept, told

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.press.models import Source


@dataclass(frozen=True, slots=True)
class Imported:
    """What a source list brought: the sources it names, and a sentence for each line that could not be used."""

    sources: tuple[Source, ...]
    problems: tuple[str, ...]


def import_source_list(*, actor: Actor, raw: bytes) -> Imported:
    """Register every feed of an OPML document with its outlet; what is registered already is brought up to date.

    A line that cannot be used is told and stops no other.

    Raises:
        PermissionDeniedError: the actor is neither press analyst nor the system.
    """
    outlines = parse_opml(raw)
    sources: list[Source] = []
    problems = [told(kept(problem)) for problem in outlines.problems]
    with transaction.atomic():
        for subscription in outlines.subscriptions:
            listed = subscription.outlet or outlet_of(subscription.url)
            try:
                with transaction.atomic():
                    outlet = register_outlet(
                        actor=actor,
                        host=listed.host,
                        name=listed.name,
                        country=listed.country or "",
                        reach=listed.reach,
                        sample=listed.sample,
                    )
                    sources.append(register_source(actor=actor, outlet=outlet, url=subscription.url))
            except (BadAddressError, SourceOfAnotherOutletError) as error:
                problems.append(str(error))
    if not sources and not problems:
        problems.append(gettext("The list names no feed."))
    return Imported(tuple(sources), tuple(problems))
