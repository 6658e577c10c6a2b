"""Directives, tasks of offices and recommendations carry files and comments, are found, and are told of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau import search
from nhipcau.programme import words
from nhipcau.programme.models import Directive, Recommendation, Scheme, Task, TaskInstance
from nhipcau.search.registry import Searchable
from nhipcau.search.registry import register as register_search
from nhipcau.workspace import notice_kinds
from nhipcau.workspace.models import Host, register_host
from nhipcau.workspace.notice_kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from nhipcau.network.models import Organisation

_KINDS = (
    Kind(key="programme.tasks.given", title=_("Tasks given to my office"), channel="mail", icon="list-check", order=50),
    Kind(
        key="programme.recommendations.asked",
        title=_("Recommendations to my office"),
        channel="mail",
        icon="message",
        order=51,
    ),
    Kind(
        key="programme.recommendations.answered",
        title=_("Answers to recommendations of my office"),
        channel="mail",
        icon="check",
        tone="good",
        order=52,
    ),
)


def directive_url(row: Directive) -> str:
    """Where a directive opens."""
    return reverse("programme:directive", args=[row.pk])


def task_url(row: Task) -> str:
    """Where a task opens."""
    return reverse("programme:task", args=[row.pk])


def instance_url(row: TaskInstance) -> str:
    """Where the task of an office opens."""
    return reverse("programme:task_instance", args=[row.pk])


def recommendation_url(row: Recommendation) -> str:
    """Where a recommendation opens."""
    return reverse("programme:recommendation", args=[row.pk])


def scheme_url(row: Scheme) -> str:
    """Where a scheme opens."""
    return reverse("programme:scheme", args=[row.pk])


def register_programme() -> None:
    """Called once, from the ``ready`` of the room."""
    register_host(
        Host(
            model=Directive,
            office=lambda row: row.organisation,
            url=directive_url,
            attach="programme.edit_directive",
            comment="programme.edit_directive",
            edit="programme.edit_directive",
            sign="programme.edit_directive",
            classification=lambda _row: "public",
        )
    )
    register_host(
        Host(
            model=TaskInstance,
            office=lambda row: row.organisation,
            url=instance_url,
            attach="programme.attach_to_task",
            comment="programme.comment_task",
            edit="programme.say_how_it_stands",
            sign="programme.sign_nothing",
            receivers=_givers,
        )
    )
    register_host(
        Host(
            model=Recommendation,
            office=lambda row: row.organisation,
            url=recommendation_url,
            attach="programme.attach_to_recommendation",
            comment="programme.comment_recommendation",
            edit="programme.edit_recommendation",
            sign="programme.sign_nothing",
            receivers=lambda row: [row.addressee] if row.sent_at is not None else [],
        )
    )
    for kind in _KINDS:
        notice_kinds.register(kind)
    _searches()


def _searches() -> None:
    for name, title, model, url, note, icon, order in (
        ("directives", _("Directives"), Directive, directive_url, _about_directive, "gavel", 40),
        ("tasks", _("Tasks of directives"), Task, task_url, _about_task, "list-check", 41),
        ("schemes", _("Schemes and master plans"), Scheme, scheme_url, _about_scheme, "file-text", 42),
        (
            "recommendations",
            _("Recommendations"),
            Recommendation,
            recommendation_url,
            _about_recommendation,
            "message",
            43,
        ),
    ):
        register_search(
            Searchable(
                name=f"programme.{name}",
                title=title,
                find=_finder(model),
                label=_label,
                url=url,
                note=note,
                icon=icon,
                order=order,
            )
        )


def _finder(model: Any) -> Any:
    def find(text: str, *, exact: bool = False) -> QuerySet[Any]:
        rows: QuerySet[Any] = search.matching(model.objects.all(), text, exact=exact)
        return rows.order_by("-changed_at", "-pk")

    return find


def _label(row: Any) -> str:
    return f"{row}: {row.title}" if isinstance(row, Directive) and row.number else str(row)


def _about_directive(row: Directive) -> str:
    return row.issuer


def _about_task(row: Task) -> str:
    return f"{row.clause.directive}, {row.get_state_display()}"


def _about_scheme(row: Scheme) -> str:
    return row.term


def _about_recommendation(row: Recommendation) -> str:
    return f"{row.organisation} → {row.addressee}, {words.recommendation_state(row)[0]}"


def _givers(row: TaskInstance) -> Iterable[Organisation]:
    """The office that gave the task, and whoever took it over."""
    found = [row.task.organisation]
    if row.successor_id is not None:
        found += [taken.organisation for taken in TaskInstance.objects.filter(pk=row.successor_id)]
    return [office for office in found if office.pk != row.organisation_id]
