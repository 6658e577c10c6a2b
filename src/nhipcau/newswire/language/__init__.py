"""Which language a text is in: by its script where that settles it, else by our own classifier of runs of letters.

What that leaves open is put to py3langid too. The data are Python's, the classifier's own (``model.npz``) and
py3langid's; nothing of them is loaded before the first text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.newswire.workers import loads_before_fork

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.newswire.records import Language

__all__ = ["codes", "identify", "identify_all", "load"]


@loads_before_fork
def load() -> None:
    """Load both classifiers now instead of at the first texts that need them."""
    from nhipcau.newswire.language import classifier, kept

    classifier.tables()
    kept.model()


def identify(text: str, *, declared: str | None = None) -> Language:
    """The language most of ``text`` is in, as a BCP 47 code; Chinese as ``zh-Hans`` or ``zh-Hant``.

    The confidence is the chance that this is right: the classifier's probability among the languages of the script,
    times the script's share of the letters; ``und`` with 0 where no letter is known. ``declared`` is what the page says
    of itself (``lang``): it decides where the text leaves two even.
    """
    from nhipcau.newswire.language.identifying import identified

    return identified(text, declared)


def codes() -> frozenset[str]:
    """Every code that :func:`identify` may give, without script."""
    from nhipcau.newswire.language import classifier, kept, scripts

    known = {code for table in classifier.tables().values() for code in table.codes} - {classifier.OTHER}
    return frozenset(code.partition("-")[0] for code in {*known, *kept.codes(), *scripts.SOLE.values()})


def identify_all(texts: Iterable[str]) -> list[Language]:
    """The language of each text, in order."""
    return [identify(text) for text in texts]
