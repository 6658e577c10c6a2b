"""py3langid, kept for what our own classifier leaves open, and for languages that it has learned hardly anything of.

Its model is opened at the first text that needs it, once for each process.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The model's labels by the code that the press and CLDR use; dialects under the written language.
_CODES: Final[Mapping[str, str]] = {
    "ary": "ar",
    "arz": "ar",
    "gug": "gn",
    "kik": "ki",
    "nb": "no",
    "sdh": "ckb",
    "tl": "fil",
    "uzs": "uz",
}
# Scripts that several languages share, each with the labels that are asked for. Labels without a press of their own
# (constructed, liturgical, ancient, or dialects seldom printed) are left out: they only take votes on short texts.
_LATIN = (
    "ace af az bcl br bs ca crh cs cy da de en eo es et eu fi fo fr fuv fy ga gd gl gug ha hr ht hu id ig is it jv kab "
    "kik ku lb lg ln lt lv mg ms mt nl nn no nso oc om pcm pl pt qu ro rw se sk sl sn so sq sr st sv sw tk tl tr uz vi "
    "xh yo zu"
)
_CYRILLIC = "ba be bg kk ky mk mn ru sr tg tt uk"
_ARABIC = "ar ary arz fa ku ps sdh ug ur uzs"
_DEVANAGARI = "gom hi mr ne sa"
_LABELS: Final[Mapping[str, frozenset[str]]] = {
    "Latin": frozenset(_LATIN.split()),
    "Cyrillic": frozenset(_CYRILLIC.split()),
    "Arabic": frozenset(_ARABIC.split()),
    "Devanagari": frozenset(_DEVANAGARI.split()),
}
# Languages that few newspapers are printed in, so that a few words are seldom in them.
_FEW_PAPERS = "ace bcl fuv gom gn kab ki lg ln nso oc om pcm qu sa se sn st"
_SELDOM = frozenset(_FEW_PAPERS.split())
_SELDOM_WEIGHT = 0.2


@functools.cache
def model() -> Any:
    """py3langid's model, opened once for each process."""
    from nhipcau.newswire.language import unpacked

    return unpacked.model()


def codes() -> set[str]:
    """Every code that a second opinion may give."""
    return {"ckb", *(_CODES.get(label, label) for labels in _LABELS.values() for label in labels)}


def second_opinion(text: str, script: str) -> dict[str, float]:
    """How likely each language of a script is, by its code; empty where the model is sure of another script's."""
    labels = _LABELS.get(script, frozenset())
    votes: dict[str, float] = {}
    for label, chance in _ranked(text):
        if label in labels:
            code = "ckb" if (label, script) == ("ku", "Arabic") else _CODES.get(label, label)
            votes[code] = votes.get(code, 0.0) + chance * (_SELDOM_WEIGHT if code in _SELDOM else 1.0)
    total = sum(votes.values())
    return {code: vote / total for code, vote in votes.items()} if total else {}


def _ranked(text: str) -> Iterable[tuple[str, float]]:
    ranked: Iterable[tuple[str, float]] = model().rank(text)
    return ranked
