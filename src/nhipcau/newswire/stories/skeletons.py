"""How a name sounds, as far as scripts agree on it: its consonants in rough classes, from Latin, Cyrillic and katakana.

A name that is carried into another script loses its vowels' exact colour, and some consonants fall together. What is
left is a skeleton: Кардашьян and Kardashian are ``krdSn``. Katakana cannot tell l from r, v from b, or end a syllable
in r, so names have a second, coarser skeleton that it shares: カーダシアン and Kardashian are ``kdSn``.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Cyrillic letters as Latin ones, roughly as English press writes them.
_LATIN = "a b v g d e e zh z i i k l m n o p r s t u f h ts ch sh sh _ i _ e iu ia i i e g u i l n ch j j g k z"
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџѓќѕ",
        _LATIN.split(),
        strict=True,
    )
)
# Endings of cases that are no part of a name; other cases end in vowels, which a skeleton has none of.
_CASE = re.compile("(?:ом|ем|ым|им|ого|его|ому|ему|ами|ах)$")
_LEAST_WITH_CASE = 6

_SYLLABLES = """
アa イi ウu エe オo カka キki クku ケke コko ガga ギgi グgu ゲge ゴgo サsa シshi スsu
セse ソso ザza ジji ズzu ゼze ゾzo タta チchi ツtsu テte トto ダda ヂji ヅzu デde ドdo ナna
ニni ヌnu ネne ノno ハha ヒhi フfu ヘhe ホho バba ビbi ブbu ベbe ボbo パpa ピpi プpu ペpe
ポpo マma ミmi ムmu メme モmo ヤia ユiu ヨio ラra リri ルru レre ロro ワwa ヰi ヱe ヲo
ンn ヴvu ァa ィi ゥu ェe ォo ャia ュiu ョio
"""
_KANA = {syllable[0]: syllable[1:] for syllable in _SYLLABLES.split()}

# What one sound is written as in several languages, first to last; S is all that hisses.
_SOUNDS = [
    (re.compile(written), sound)
    for written, sound in (
        ("tsch|tch|sch|sh|zh|cz", "S"),
        ("ch(?=[rl])", "k"),
        ("ch", "S"),
        ("ph", "f"),
        ("ck", "k"),
        ("kh", "h"),
        ("^gh", "g"),
        ("gh", ""),
        ("x", "ks"),
        ("[cg](?=[eiy])", "S"),
        ("d[jzS]|t[sS]|[szj]", "S"),
        ("[cq]", "k"),
        ("v", "b"),
    )
]
# Latin letters that folding leaves as they are.
_SPECIAL = str.maketrans({"ł": "l", "ø": "o", "ß": "s", "þ": "t", "ð": "d", "æ": "e", "œ": "e", "ħ": "h", "ı": "i"})
_AFTER_VOWEL = re.compile("(?<=[aeiouy])r(?![aeiouy])")
_BEFORE_LIPS = re.compile("m(?=[pb])")
_SOFT = re.compile(r"[aeiouyhw]|[^A-Za-z]")
_DOUBLE = re.compile(r"(.)\1+")
_LEAST = 2


def from_cyrillic(word: str) -> str:
    """A Cyrillic word in Latin letters, without the ending of its case."""
    lower = word.lower()
    if len(lower) >= _LEAST_WITH_CASE:
        lower = _CASE.sub("", lower)
    return "".join(_CYRILLIC.get(letter, "") for letter in lower).replace("_", "")


def from_katakana(word: str) -> str:
    """Katakana in Latin letters; what it cannot spell is left out."""
    return "".join(_KANA.get(letter, "") for letter in word)


@lru_cache(maxsize=1 << 14)
def skeleton(latin: str) -> str:
    """The consonants of a folded word in Latin letters; empty where fewer than two are left."""
    return _bare(_sounded(latin.replace("th", "t")))


@lru_cache(maxsize=1 << 14)
def coarse_skeleton(latin: str, *, from_kana: bool = False) -> str:
    """The same as far as katakana can say it."""
    sounded = _sounded(latin.replace("th", "s"))
    if not from_kana:
        sounded = _AFTER_VOWEL.sub("", sounded)
    return _bare(_BEFORE_LIPS.sub("n", sounded.replace("l", "r")))


def _sounded(latin: str) -> str:
    latin = latin.translate(_SPECIAL)
    for written, sound in _SOUNDS:
        latin = written.sub(sound, latin)
    return latin


def _bare(sounded: str) -> str:
    """Without vowels and what comes and goes like them (h, w, y); that a word begins with one is kept, as A."""
    bare = _DOUBLE.sub(r"\1", _SOFT.sub("", sounded))
    if sounded[:1] in "aeiouyhw" and sounded:
        bare = "A" + bare
    return bare if len(bare) >= _LEAST else ""
