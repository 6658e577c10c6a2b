"""What a digest is written from, whoever holds it: a run of the engine, or a desk that stored one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhipcau.newswire.records import Article, InputProblem, Rejection


class Told(Protocol):
    """A digest that can be written in every form.

    Attributes:
        data: ``digest.json`` as plain values, but for its lists ``articles`` and ``rejections``.
    """

    data: dict[str, Any]

    def items(self) -> Sequence[Article]:
        """The relevant articles without their texts, earliest first, undated last."""

    def others(self) -> Iterator[Article]:
        """The articles that are not relevant, without their texts."""

    def article_rows(self) -> Iterable[dict[str, Any]]:
        """Every article as ``digest.json`` lists it."""

    def rejections(self) -> Iterable[Rejection]:
        """Every document that became no article."""

    def problems(self) -> Iterable[InputProblem]:
        """Everything of the inputs that could not be read."""
