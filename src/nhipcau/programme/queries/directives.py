"""The register of directives as screens read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from nhipcau.programme.models import Clause, Directive, DirectiveLink, LinkKind, Scheme, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet


@dataclass(slots=True)
class Node:
    """A clause in the tree of its directive: how deep it hangs, what tasks it sets, what hangs on it."""

    clause: Clause
    depth: int = 0
    tasks: list[Task] = field(default_factory=list)
    below: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This clause, and everything below it, in the order of the paper."""
        yield self
        for node in self.below:
            yield from node.walk()


def directives() -> QuerySet[Directive]:
    """Every directive with what the lists and pages show: its basis, and what later ones do to it."""
    later = DirectiveLink.objects.select_related("later").order_by("day", "pk")
    rows: QuerySet[Directive] = Directive.objects.select_related("organisation", "basis")
    return rows.prefetch_related(Prefetch("later_links", queryset=later))


def standing_of(directive: Directive, day: date | None = None) -> str:
    """``replaced``, ``over``, ``coming``, ``amended`` or ``in_force`` on a day; ``later_links`` are read with the row.

    Where the day of coming into force was not found, a directive is in force since its issue; a link without a day
    holds since the later directive is in force.
    """
    day = day or timezone.localdate()
    links = {link.kind for link in directive.later_links.all() if _since(link) is None or _since(link) <= day}
    if LinkKind.REPLACES in links:
        return "replaced"
    if directive.valid_to is not None and directive.valid_to < day:
        return "over"
    begin = directive.valid_from or directive.issued_on
    if begin is not None and begin > day:
        return "coming"
    return "amended" if LinkKind.AMENDS in links else "in_force"


def in_standing(standing: str, day: date | None = None) -> Q:
    """Which directives have this standing on a day; the same as :func:`standing_of` for a row that was read."""
    day = day or timezone.localdate()
    replaced, amended = _linked(LinkKind.REPLACES, day), _linked(LinkKind.AMENDS, day)
    over = Q(valid_to__lt=day)
    coming = Q(valid_from__gt=day) | Q(valid_from__isnull=True, issued_on__gt=day)
    # A day that is missing compares as neither, so what is not over is asked for in so many words.
    standing_now = (Q(valid_to__isnull=True) | Q(valid_to__gte=day)) & ~replaced
    begun = Q(valid_from__lte=day) | Q(valid_from__isnull=True) & (Q(issued_on__lte=day) | Q(issued_on__isnull=True))
    return {
        "replaced": replaced,
        "over": over & ~replaced,
        "coming": standing_now & coming,
        "amended": standing_now & begun & amended,
        "in_force": standing_now & begun & ~amended,
    }[standing]


def links_of(directive: Directive) -> tuple[Sequence[DirectiveLink], Sequence[DirectiveLink]]:
    """What later directives do to this one, and what it does to earlier ones."""
    rows = DirectiveLink.objects.select_related("later", "earlier").order_by("kind", "day", "pk")
    return list(rows.filter(earlier=directive)), list(rows.filter(later=directive))


def clause_tree(directive: Directive) -> Sequence[Node]:
    """The clauses of a directive as they hang, each with the tasks that it sets: three queries."""
    tasks = Task.objects.prefetch_related("agencies__organisation").order_by("pk")
    rows = Clause.objects.filter(directive=directive).prefetch_related(Prefetch("tasks", queryset=tasks))
    nodes: dict[int, Node] = {}
    for clause in rows.order_by("place", "pk"):
        nodes[clause.pk] = Node(clause, tasks=list(clause.tasks.all()))
    tops: list[Node] = []
    for node in nodes.values():
        above = nodes.get(node.clause.parent_id or 0)
        (above.below if above else tops).append(node)
    for top in tops:
        _deepen(top, 0)
    return tops


def schemes_of(directive: Directive) -> Sequence[Scheme]:
    """The schemes and master plans that come from a directive."""
    return list(Scheme.objects.filter(directive=directive))


def choices_of_directives(*, sample: bool) -> Sequence[tuple[int, str]]:
    """Every directive of one nation for a field that chooses one: key and words."""
    rows: Any = Directive.objects.filter(sample=sample)
    return [(row.pk, f"{row} · {row.title}"[:140]) for row in rows]


def _deepen(node: Node, depth: int) -> None:
    node.depth = depth
    for below in node.below:
        _deepen(below, depth + 1)


def _since(link: DirectiveLink) -> Any:
    return link.day or link.later.valid_from


def _linked(kind: str, day: date) -> Q:
    """Directives to which a later one does this by a day."""
    since = Q(day__lte=day) | Q(day__isnull=True, later__valid_from__lte=day)
    since |= Q(day__isnull=True, later__valid_from__isnull=True)
    rows = DirectiveLink.objects.filter(since, kind=kind).order_by()
    return Q(pk__in=rows.values("earlier_id"))
