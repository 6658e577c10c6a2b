"""Sentences for people that are made deep inside the engine, where nobody knows yet who will read them."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: What is quoted from a file or a server inside a sentence is cut to this many characters.
QUOTED = 200


def quoted(value: object) -> str:
    """Foreign text made fit for one line: control characters become spaces, what is too long is cut."""
    text = "".join(c if c.isprintable() else " " for c in str(value)[: QUOTED + 1])
    text = " ".join(text.split())
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


class Sentence(str):
    """An English sentence that still knows its template, so that it can be told in another language.

    As a ``str`` it is the English text, so it compares, sorts and serialises like one. Babel finds the templates
    through the keyword ``Sentence``.
    """

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, **values: object) -> Self:
        """The template with each ``{name}`` replaced; a value from outside is quoted, a sentence is kept whole."""
        shown = {name: v if isinstance(v, (int, Sentence)) else quoted(v) for name, v in values.items()}
        self = super().__new__(cls, template.format_map(shown))
        self.template = template
        self.values = shown
        return self

    def __reduce__(self) -> tuple[Callable[..., Sentence], tuple[str, Mapping[str, object]]]:
        return _rebuilt, (self.template, self.values)

    def told(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language of ``translate``, a sentence inside it included."""
        return translate(self.template).format_map({name: told(v, translate) for name, v in self.values.items()})


def _rebuilt(template: str, values: Mapping[str, object]) -> Sentence:
    return Sentence(template, **values)


def told(message: object, translate: Callable[[str], str]) -> object:
    """A :class:`Sentence` in another language; anything else as it is."""
    return message.told(translate) if isinstance(message, Sentence) else message


#: What the system says most often when a file cannot be had or written; the rest is told in its own words.
_SYSTEM: Mapping[int, Sentence] = {
    errno.EACCES: Sentence("permission is missing"),
    errno.EPERM: Sentence("permission is missing"),
    errno.EROFS: Sentence("the place can only be read"),
    errno.ENOSPC: Sentence("the disk is full"),
    errno.EDQUOT: Sentence("the disk is full"),
    errno.EFBIG: Sentence("a file would grow larger than is allowed"),
    errno.EIO: Sentence("the disk fails, is full, or a file would grow larger than is allowed"),
    errno.EEXIST: Sentence("a file is in its place"),
    errno.ENOTDIR: Sentence("part of the path is a file, not a folder"),
    errno.EISDIR: Sentence("a folder is in its place"),
    errno.ENOENT: Sentence("it is not there"),
    errno.ENAMETOOLONG: Sentence("its name is too long"),
    errno.EBADF: Sentence("the output is closed"),
}


def system_reason(error: OSError) -> Sentence | str:
    """Why the system refused, without the file's name, fit for the end of a sentence."""
    return _SYSTEM.get(error.errno or 0) or error.strerror or str(error)
