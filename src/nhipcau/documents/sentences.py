"""Sentences about files, which every reader gets in their own language although this room knows none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def gettext_noop(message: str) -> str:
    """Mark a text for the catalogues where it is written; it is translated where it is shown."""
    return message


class Sentence(str):
    """An English sentence that still knows its template; Babel finds templates through the keyword ``Sentence``."""

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, **values: Any) -> Self:
        """The template with each ``{name}`` replaced."""
        self = super().__new__(cls, template.format_map({name: str(value) for name, value in values.items()}))
        self.template, self.values = template, values
        return self

    def told(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language of ``translate``; values that are translated lazily follow it."""
        return translate(self.template).format_map({name: str(value) for name, value in self.values.items()})


class FileRefusedError(ValueError):
    """A file that is not taken; ``sentence`` says why and how to mend it."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence
