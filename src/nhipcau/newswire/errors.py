"""What stops a run before it has begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhipcau.newswire.sentences import Sentence


class RunError(ValueError):
    """A question that cannot be answered as asked; ``sentence`` says why and how to mend it."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence
