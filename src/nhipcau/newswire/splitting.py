"""Where sentences end, in every script that the engine reads; every sentence is a piece of the text as it stands."""

from __future__ import annotations

import re

# Ends that need nothing after them: ideographic and half-width, Devanagari, Burmese, Khmer, Ethiopic, Tibetan.
_HARD = "。！？｡．।॥။៕។።༎"
# Ends that count before a space, where what follows may begin a sentence: Latin, Arabic, Urdu, Armenian.
_SOFT = ".!?…؟۔։"
_CLOSERS = "\"'”’»›)]」』】》〉）］"
# German closes with the mark that opens in English, Danish with the one that opens in French: a space tells them apart.
_ALSO_CLOSERS = "“‘«‹"
_OPENERS = "\"'“‘„«‹»›([「『【《〈（［¿¡—–- "
_END = re.compile(f"[{_HARD}]+[{re.escape(_CLOSERS)}]*|[{_SOFT}]+[{re.escape(_CLOSERS + _ALSO_CLOSERS)}]*")
# How far around an end it takes to judge it.
_LOOK = 24
_LONGEST_ORDINAL = 2

# What stands before a full stop that ends no sentence: titles, months, measures and the like, in lower case. English;
# German, French, Spanish, Portuguese, Italian, Dutch; Polish, Czech; Vietnamese; Malay, Turkish; Russian, Greek.
_ABBREVIATIONS = """
mr mrs ms dr prof st sr jr gen col lt sgt capt gov sen rep rev hon inc ltd co corp vs etc jan feb mar apr jun jul aug
sep sept oct nov dec dept est approx vol pp
bzw ca nr usw mio mrd abs str geb evtl ggf inkl sog vgl zzt mme mlle sra dra srta uds pág núm exmo dott sig ing avv
drs ir mw dhr bijv np ul tzw tzv např mgr inż hab tj
tp ts ths gs pgs bs kts đ/c tx tt
sdr drg yth dkk dll doç yrd
гг ул им руб млн млрд тыс см стр проф акад обл κα κκ
"""
_SHORTENED = frozenset(_ABBREVIATIONS.split())
_BEFORE_NUMBERS = frozenset({"no", "art", "fig", "nº", "č"})
# Thai and Lao mark clauses and sentences alike, by a space: pieces are joined until they are as long as a sentence. A
# space beside digits or Latin letters marks nothing.
_THAI = "\u0e01-\u0e5b\u0e81-\u0edf"
_THAI_LETTER = re.compile(f"[{_THAI}]")
_BETWEEN_CLAUSES = re.compile(f'(?<=[{_THAI}”")]) +(?=[{_THAI}“"(])')
_LEAST_CLAUSES = 60


def sentences_of(text: str) -> list[str]:
    """The sentences of a text in order. A line break always ends one; white space around them is left out."""
    found: list[str] = []
    for line in text.splitlines():
        paragraph = line.strip()
        if len(_THAI_LETTER.findall(paragraph)) * 2 > len(paragraph):
            found.extend(_by_spaces(paragraph))
        elif paragraph:
            found.extend(_by_marks(paragraph))
    return found


def is_ended(sentence: str) -> bool:
    """Whether a sentence ends as one, not as a label or a heading does; Thai and Lao have no mark for that."""
    last = sentence.rstrip(_CLOSERS + _ALSO_CLOSERS)[-1:]
    return bool(last) and (last in _HARD + _SOFT or _THAI_LETTER.match(last) is not None)


def _by_marks(paragraph: str) -> list[str]:
    found: list[str] = []
    start = 0
    for match in _END.finditer(paragraph):
        if _ends_here(paragraph, match):
            found.append(paragraph[start : match.end()].strip())
            start = match.end()
    found.append(paragraph[start:].strip())
    return [sentence for sentence in found if sentence]


def _ends_here(paragraph: str, match: re.Match[str]) -> bool:
    mark, end = match.group(), match.end()
    after = paragraph[end : end + _LOOK]
    following = after.lstrip()
    if not following:
        return True
    spaced = after[0].isspace()
    if mark[0] in _HARD:
        # A quotation that closed after its own full stop goes on with who said it.
        return spaced or mark[-1] in _HARD or not following[0].isalnum()
    if not spaced or following.lstrip(_OPENERS)[:1].islower():
        return False
    before = paragraph[max(0, match.start() - _LOOK) : match.start()]
    return mark[0] != "." or mark.startswith("..") or not _is_shortened(before, numbered=following[0].isdecimal())


def _is_shortened(before: str, *, numbered: bool) -> bool:
    """Whether a full stop belongs to the word before it: an abbreviation, an initial, an ordinal number."""
    word = before.rsplit(maxsplit=1)[-1].lstrip(_OPENERS).lower() if before.strip() else ""
    initial = len(word) == 1 and word.isalpha()
    ordinal = word.isdecimal() and len(word) <= _LONGEST_ORDINAL
    return initial or ordinal or word in _SHORTENED or "." in word or (numbered and word in _BEFORE_NUMBERS)


def _by_spaces(paragraph: str) -> list[str]:
    """Pieces of Thai or Lao, cut where a space stands between letters and enough is said on both sides."""
    found: list[str] = []
    start = 0
    for match in _BETWEEN_CLAUSES.finditer(paragraph):
        if min(match.start() - start, len(paragraph) - match.end()) >= _LEAST_CLAUSES:
            found.append(paragraph[start : match.start()])
            start = match.end()
    found.append(paragraph[start:])
    return found
