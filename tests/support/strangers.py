"""What the stranger matrix (tests/test_stranger_matrix.py) must know about routes; each room adds its own lines.

A route of ours with a parameter needs a maker for that parameter, or the matrix fails. Name a parameter after its
object (``<int:article_id>``), so that one maker serves every route that speaks of the same thing.

    @maker("article_id")
    def article(office, owner):                 # called with the system's access open
        return Made(make_article(), mark="a text that every page about it shows")
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Made:
    """An object of ``office``, made for one test.

    Attributes:
        instance: the row; whether it is reference or owned is read from its ``visible_to``.
        value: what stands in the address; its primary key where nothing is given.
        mark: a text that a page about the object shows to its owner and must never show to a stranger.
    """

    instance: Model
    value: Any = None
    mark: str = ""

    def in_address(self):
        return self.instance.pk if self.value is None else self.value


#: Route parameter -> maker ``(office, owner) -> Made``.
MAKERS: dict[str, Callable[..., Made]] = {}

#: Route name -> why it answers people who have not signed in.
OPEN: dict[str, str] = {}

#: (route name, method) -> form data with which the owner's request does something; without it the body is empty.
DATA: dict[tuple[str, str], dict[str, Any]] = {}

#: Route name -> role that the owner needs in the office to reach it; ``office_administrator`` where nothing is said.
ROLE: dict[str, str] = {}


def maker(parameter):
    """Register the function below as the maker for a route parameter."""

    def register(function):
        assert parameter not in MAKERS, f"two makers for {parameter}"
        MAKERS[parameter] = function
        return function

    return register


# Below: one block a room, in the order of the floors.
