"""What hangs on objects of any room, by their kind and key: files, comments, versions. The object says who sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped, ScopedManager, current
from nhipcau.access.models import for_a_rule, read_now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nhipcau.access import Access
    from nhipcau.network.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A kind of object that carries files, comments and versions; registered from the ``ready`` of its room.

    Attributes:
        model: the scoped model.
        office: row -> the organisation that owns it.
        url: row -> where it opens.
        attach: permission ``(actor, row)`` to put a file to it, or take one away.
        comment: permission ``(actor, row)`` to comment on it.
        edit: permission ``(actor, row)`` to write it.
        sign: permission ``(actor, row)`` to put its signed copy to it.
        receivers: row -> the organisations that read it besides its owner, now.
        classification: row -> its :class:`~nhipcau.access.classification.Classification`.
    """

    model: type[Any]
    office: Callable[[Any], Organisation]
    url: Callable[[Any], str]
    attach: str
    comment: str
    edit: str
    sign: str
    receivers: Callable[[Any], Iterable[Organisation]] = lambda _row: ()
    classification: Callable[[Any], str] = lambda _row: "internal"

    @property
    def label(self) -> str:
        """``workspace.letter``: what ``object_type`` says."""
        label: str = self.model._meta.label_lower
        return label


_HOSTS: dict[str, Host] = {}


def register_host(host: Host) -> Host:
    """Let objects of a kind carry files, comments and versions.

    Raises:
        ValueError: the kind is registered already, differently.
    """
    if _HOSTS.get(host.label, host) is not host:
        raise ValueError(f"{host.label} is registered twice.")
    _HOSTS[host.label] = host
    return host


def host_of(row: Any) -> Host:
    """What is registered for the kind of this object.

    Raises:
        KeyError: nothing is: such objects carry nothing.
    """
    return _HOSTS[row._meta.label_lower]


def host_named(label: str) -> Host | None:
    """What is registered under ``app.model``."""
    return _HOSTS.get(label)


class AttachedManager(ScopedManager):
    """Answers with the rows that hang on objects which the access now open may see."""

    def of_kind(self, label: str) -> Any:
        """What hangs on objects of one kind, ``app.model``: only its rule is asked for, not that of every kind."""
        kinds = [_HOSTS[label]] if label in _HOSTS else []
        rows = self._filtered_by(lambda access: self.model.visible_to(access, on_visible_objects(access, kinds)), label)
        return rows.filter(object_type=label)

    def on(self, row: Any) -> Any:
        """What hangs on one object. Whether it is seen is not asked for again where it was read under this access."""
        access = current()
        if row._meta.label_lower in _HOSTS and not access.everything and read_now(row):
            this = Q(**on(row))
            return self.seen_with(row, this & self.model.visible_to(access, this))
        return self.of_kind(row._meta.label_lower).filter(object_id=row.pk)


class Attached(Scoped):
    """A row that hangs on an object. It is seen by who sees the object; of a kind that nobody registered, by nobody."""

    objects = AttachedManager()

    object_type = models.CharField(_("kind of object"), max_length=100, editable=False)
    object_id = models.BigIntegerField(_("object"), editable=False)

    class Meta(Scoped.Meta):
        abstract = True

    @classmethod
    def visible_to(cls, access: Access, objects: Q | None = None) -> Q:
        """As the object: any that the access sees, or those that ``objects`` says of them."""
        return on_visible_objects(access) if objects is None else objects

    @property
    def target(self) -> Any:
        """The object, as the access now open sees it; None where it does not."""
        host = _HOSTS.get(self.object_type)
        return None if host is None else host.model.objects.filter(pk=self.object_id).first()


def on_visible_objects(access: Access, kinds: Iterable[Host] | None = None) -> Q:
    """Rows that hang on an object, of these kinds or any, which the access may see, by the object's own rule."""
    rule = Q(pk__in=())
    for host in _HOSTS.values() if kinds is None else kinds:
        seen = for_a_rule(host.model).filter(host.model.visible_to(access)).values("pk")
        rule |= Q(object_type=host.label, object_id__in=seen)
    return rule


def on(row: Any) -> dict[str, Any]:
    """The two fields by which something hangs on this object, for ``filter`` and ``create``."""
    return {"object_type": row._meta.label_lower, "object_id": row.pk}
