"""Start-up checks: no table of ours stands outside the manager that fails closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.checks import Error

from nhipcau.access.models import Scoped, ScopedManager, ScopedQuerySet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

#: Models of ours that are not scoped, by ``app.Model``, each with the reason why nobody is harmed.
EXEMPT: dict[str, str] = {}


def check_scoped(app_configs: Any = None, **_: Any) -> list[Error]:
    """Every concrete model of ours is scoped, fully, or exempt by name."""
    rooms = [room for room in app_configs or apps.get_app_configs() if room.name.startswith("nhipcau.")]
    return [error for room in rooms for model in room.get_models(include_auto_created=True) for error in _faults(model)]


def _faults(model: type[Model]) -> Iterator[Error]:
    if model._meta.label in EXEMPT:
        return
    if not issubclass(model, Scoped):
        # A many-to-many field without a model of its own makes such a table, and its links are then open to all.
        yield Error(f"{model._meta.label} is not scoped.", obj=model, id="access.E001")
        return
    managers = {*model._meta.managers, model._base_manager, model._default_manager}  # noqa: SLF001 - Django uses them
    if not all(map(_closed, managers)):
        yield Error(f"{model._meta.label} has a manager that is open.", obj=model, id="access.E002")
    if not any("visible_to" in parent.__dict__ for parent in model.__mro__[: model.__mro__.index(Scoped)]):
        yield Error(f"{model._meta.label} does not say who may see it.", obj=model, id="access.E003")
    if model._meta.parents:
        yield Error(f"{model._meta.label} shares its rows with another table.", obj=model, id="access.E004")


def _closed(manager: Any) -> bool:
    return (
        isinstance(manager, ScopedManager)
        and type(manager).get_queryset is ScopedManager.get_queryset
        and issubclass(manager._queryset_class, ScopedQuerySet)  # noqa: SLF001 - no public name
    )
