"""The sentences of an answer, each with the characters where it stands. No database here.

Where sentences end is decided by the engine (:mod:`nhipcau.newswire.splitting`): a full stop inside a number (1.234,5),
an abbreviation (TP., TS.) or an initial ends none, a line always does. Marks of a list stay with what they number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhipcau.newswire.splitting import sentences_of

#: ``1.``, ``2.1.``, ``IV.``, ``a)``, ``-``: numbers of a list, which say nothing alone.
_MARKER = re.compile(r"(?:\d+(?:\.\d+)*[.)]?|[IVXLC]+\.|[a-zđ][.)]|[-–—+•*])\Z")
_NUMBER_ENDS = re.compile(r"(?<!\S)\d+(?:[.,]\d+)+\.(?=\s)")
#: What ends no sentence in a report, beside what the engine knows: and so on; numbers and symbols of papers.
_OPEN_END = re.compile(r"(?:\bv\.v\.?|\bSố:?|\bĐ/c|\bTT\.|\bNQ\.|\bQĐ\.)\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence: ``text[begin:end]`` of the answer; ``line`` counts the lines that are not empty, from 0."""

    text: str
    begin: int
    end: int
    line: int


def pieces_of(text: str) -> list[Piece]:
    """The sentences of an answer in order."""
    found: list[Piece] = []
    at, number = 0, -1
    for line in text.splitlines(keepends=True):
        if line.strip():
            number += 1
            found.extend(_in_line(line, at, number))
        at += len(line)
    return found


def _in_line(line: str, at: int, number: int) -> list[Piece]:
    spans: list[tuple[int, int]] = []
    seen, begin = 0, -1
    for sentence in (part for whole in sentences_of(line) for part in _after_numbers(whole)):
        start = line.index(sentence, seen)
        seen = start + len(sentence)
        begin = start if begin < 0 else begin
        if _goes_on(line[begin:seen], line[seen:]):
            continue
        spans.append((begin, seen))
        begin = -1
    if begin >= 0:
        # A mark that nothing follows belongs to what stands before it.
        spans = [*spans[:-1], (spans[-1][0], seen)] if spans else [(begin, seen)]
    return [Piece(line[a:b], at + a, at + b, number) for a, b in spans]


def _after_numbers(sentence: str) -> list[str]:
    """Cut where a number with points inside ends a sentence (15.4.2024. or 1.500.), which the engine leaves open."""
    found, begin = [], 0
    for match in _NUMBER_ENDS.finditer(sentence):
        # At the beginning it is the number of a list: 2.1. Kết quả.
        if sentence[begin : match.start()].strip() and sentence[match.end() :].lstrip()[:1].isupper():
            found.append(sentence[begin : match.end()])
            begin = match.end()
    return [part.strip() for part in (*found, sentence[begin:]) if part.strip()]


def _goes_on(said: str, rest: str) -> bool:
    after = rest.lstrip()
    if _MARKER.match(said.strip()):
        return bool(after)
    # "v.v." ends a sentence where the next begins with a capital letter.
    return bool(after) and _OPEN_END.search(said) is not None and not after[:1].isupper()
