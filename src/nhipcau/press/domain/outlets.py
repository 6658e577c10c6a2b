from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau import text
from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.press.domain.errors import BadAddressError, SourceOfAnotherOutletError
from nhipcau.press.models import Outlet, Source, SourceKind

if TYPE_CHECKING:
    from django.db.models import Model

    from nhipcau.access import Actor


def register_outlet(
    *,
    actor: Actor,
    host: str,
    name: str,
    country: str = "",
    reach: float | None = None,
    rights: str = "",
    sample: bool = False,
) -> Outlet:
    """Enter an outlet in the registry, or bring its entry up to date.

    Args:
        actor: a press analyst or the system.
        host: the host that identifies it, without ``www.``.
        name: as its publisher writes it.
        country: ISO 3166-1 alpha-2 of where it publishes from; empty where nobody said.
        reach: weight of its audience in [0, 1].
        rights: what its publisher allows to be kept and shown.
        sample: whether it is invented.

    Raises:
        PermissionDeniedError: the actor is neither.
    """
    require("press.collect", actor)
    values = {
        "name": text.nfc(name),
        "sort_key": text.sort_key(name),
        "country": country.upper(),
        "country_from": "registry" if country else "",
        "reach": reach,
        "rights": rights,
        "sample": sample,
    }
    with transaction.atomic():
        outlet: Outlet
        outlet, created = Outlet.objects.get_or_create(host=host.lower(), defaults=values)
        _note(actor, "press.register_outlet", outlet, values, created=created)
    return outlet


def register_source(
    *, actor: Actor, outlet: Outlet, url: str, kind: str = SourceKind.FEED, active: bool = True
) -> Source:
    """Give the collector an address of an outlet; it is due at once. An address already there changes kind and state.

    Raises:
        PermissionDeniedError: the actor is neither press analyst nor the system.
        BadAddressError: the address is no web address, carries a password, or is longer than 600 characters.
        SourceOfAnotherOutletError: it is already a source of another outlet.
    """
    require("press.collect", actor)
    _check_address(url)
    values = {"kind": SourceKind(kind), "active": active}
    with transaction.atomic():
        source: Source
        source, created = Source.objects.select_related("outlet").get_or_create(
            url=url, defaults={"outlet": outlet, "next_due": timezone.now(), **values}
        )
        if source.outlet_id != outlet.pk:
            raise SourceOfAnotherOutletError(
                _("%(url)s is already a source of %(outlet)s.") % {"url": url, "outlet": source.outlet}
            )
        _note(actor, "press.register_source", source, values, created=created)
    return source


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username and not parts.password
    except ValueError:
        good = False
    if not good or len(url) > Source.URL_LENGTH:
        sentence = _("%(url)s cannot be a source: give a web address without a password, up to 600 characters.")
        raise BadAddressError(sentence % {"url": url[:100]})


def _note(actor: Actor, verb: str, target: Model, values: dict[str, Any], *, created: bool) -> None:
    """Save what differs from ``values`` and write it into the audit record; nothing where nothing differs."""
    if created:
        changes: dict[str, list[Any]] = {field: [None, value] for field, value in values.items()}
    else:
        changes = {
            field: [getattr(target, field), value] for field, value in values.items() if getattr(target, field) != value
        }
        for field in changes:
            setattr(target, field, values[field])
        if changes:
            target.save(update_fields=list(changes))
    if changes:
        record(actor=actor, verb=verb, target=target, payload=changes)
