from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access import PermissionDeniedError, current, system
from nhipcau.audit import chain
from nhipcau.audit.heads import last_head
from nhipcau.audit.ledger import row_of
from nhipcau.audit.models import Entry
from nhipcau.audit.reading import Line, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model, QuerySet

    from nhipcau.access import Access

#: How many entries of a history stand on an object's page at first.
FIRST = 20


@dataclass(frozen=True, slots=True)
class History:
    """What happened to an object, newest first; ``more`` says whether there is older than what ``lines`` tells."""

    lines: Sequence[Line]
    more: bool = False


def history_of(target: Model, *parts: Model, limit: int | None = FIRST) -> History:
    """What happened to an object: for everybody who may see the object itself under the access now open.

    Whoever sees an object sees its history, auditor or not: the object is therefore asked for once more through its
    own manager, and only entries of exactly this object are read.

    Args:
        target: the object.
        parts: further objects whose history belongs to it (the memberships of a person); those that the reader may not
            see are left out.
        limit: how many entries at most, the newest; None for all.

    Raises:
        NoAccessOpenError: no access is open.
    """
    asked: dict[type[Model], list[int]] = {}
    for one in (target, *parts):
        asked.setdefault(type(one), []).append(one.pk)
    of_these = Q()
    for model, keys in asked.items():
        seen = model._default_manager.filter(pk__in=keys).order_by().values_list("pk", flat=True)  # noqa: SLF001
        if seen_keys := [str(key) for key in seen]:
            of_these |= Q(object_type=model._meta.label_lower, object_id__in=seen_keys)
    if not of_these:
        return History([])
    with system("history"):
        found = Entry.objects.filter(of_these).order_by("-pk")
        entries = list(found if limit is None else found[: limit + 1])
    shown = entries if limit is None else entries[:limit]
    return History(lines(shown), more=len(entries) > len(shown))


#: An entry that waits longer for its seal than this says that no worker is running.
LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainState:
    """How the record is, for whoever keeps the installation; nothing of what stands in it.

    Attributes:
        sealed: entries in the chain; ``head`` is the hash of the last.
        sealed_at: when this machine last noted a head; None where it never did.
        unsealed: entries that wait for their seal, the oldest since ``waiting_since``.
        verified_at: when the whole record was last read; ``faults`` is what was found wrong then.
        cut_off: whether fewer entries are sealed than were noted outside the database.
    """

    sealed: int
    head: str
    sealed_at: datetime | None
    unsealed: int
    waiting_since: datetime | None
    verified_at: datetime | None
    faults: int
    cut_off: bool

    @property
    def late(self) -> bool:
        """Whether entries wait so long that no worker can be running."""
        return self.waiting_since is not None and self.waiting_since < timezone.now() - LATE

    @property
    def good(self) -> bool:
        """Whether nothing has to be looked into."""
        return not (self.late or self.faults or self.cut_off)


def state_of_chain() -> ChainState:
    """The last seal, what waits for one, and the last verification. Three queries and the end of a file."""
    noted = last_head(settings.AUDIT_HEADS)
    with system("health"):
        sealed = Entry.objects.filter(sequence__isnull=False).order_by("-sequence")
        count, head = sealed.values_list("sequence", "chain_hash").first() or (0, chain.GENESIS)
        waiting = Entry.objects.filter(sequence__isnull=True).aggregate(number=Count("pk"), since=Min("at"))
        verified = Entry.objects.filter(verb="audit.verify_chain").order_by("-pk").first()
    found = verified.changes if verified is not None else None
    return ChainState(
        sealed=count,
        head=head,
        sealed_at=datetime.fromisoformat(noted.at) if noted is not None else None,
        unsealed=waiting["number"],
        waiting_since=waiting["since"],
        verified_at=verified.at if verified is not None else None,
        faults=found["faults"] if found else 0,
        cut_off=noted is not None and noted.count > count,
    )


def audits(access: Access) -> bool:
    """Whether somebody audits an organisation, and so may go to the record."""
    return bool(access.organisations("auditor"))


def require_auditor() -> None:
    """Refuse whoever audits nothing.

    Raises:
        PermissionDeniedError: the access now open holds the role of auditor nowhere.
    """
    if not audits(current()):
        raise PermissionDeniedError(gettext("Only auditors read the audit record."))


def entries() -> QuerySet[Entry]:
    """The entries that the reader may see: those of the organisations that they audit."""
    rows: QuerySet[Entry] = Entry.objects.all()
    return rows


def audited_offices() -> list[tuple[int, str]]:
    """The organisations that the reader audits and for which something was done, as last written in the record.

    One query each: few audit more than one.
    """
    found = []
    for key in sorted(current().organisations("auditor")):
        label = Entry.objects.filter(organisation_id=key).order_by("-pk").values_list("organisation_label", flat=True)
        if (name := label.first()) is not None:
            found.append((key, name))
    return found


def of_the_same_request(entry: Entry) -> list[Line]:
    """What else was done by the same click, as far as the reader may see it."""
    if not entry.request_id:
        return []
    others = entries().filter(request_id=entry.request_id).exclude(pk=entry.pk).order_by("pk")
    return lines(others[:FIRST])


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands in the chain, and whether it still fits there.

    ``before`` is the hash of the entry before it. ``payload_matches`` is None where a rule purged the payload.
    """

    sequence: int
    before: str
    follows: bool
    payload_matches: bool | None


def place_of(entry: Entry) -> Place | None:
    """The place of an entry that the reader sees, with the hash before it; None while it waits for its seal."""
    if entry.sequence is None:
        return None
    with system("history"):
        row = row_of(entry.pk)
        hashes = Entry.objects.filter(sequence=entry.sequence - 1).values_list("chain_hash", flat=True)
        before = hashes.first() or (chain.GENESIS if entry.sequence == 1 else "")
    matches = None if row.payload is None else chain.payload_hash(row.payload) == row.payload_hash
    follows = chain.link(before, entry.sequence, row.kept) == row.chain_hash
    return Place(entry.sequence, before, follows, matches)
