"""What languages put behind a city's name, or in place of its last letters: tried where a word is no name itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

# Endings, longest first, and what the basic form may have instead.
_Rules = tuple[tuple[str, tuple[str, ...]], ...]
_SLAVIC_LATIN: Final[_Rules] = (
    ("skeho", ("", "a", "o")), ("skem", ("", "a", "o")), ("sky", ("", "a", "o")), ("ska", ("", "a", "o")),
    ("ske", ("", "a", "o")), ("em", ("",)), ("ovi", ("",)), ("ou", ("a",)), ("u", ("", "a", "o")), ("e", ("", "a")),
    ("ie", ("", "a")), ("ii", ("ia", "ie")), ("i", ("", "a", "e")), ("y", ("a", "")), ("a", ("", "o")),
    ("ach", ("y", "e")), ("iem", ("",)),
)  # fmt: skip
_CYRILLIC: Final[_Rules] = (
    ("ского", ("", "а", "о", "ский")), ("ском", ("", "а", "о", "ский")), ("скому", ("ский",)), ("ским", ("ский",)),
    ("ский", ("", "а", "о")), ("ская", ("", "а", "о")),
    ("ские", ("", "а", "о")), ("ских", ("", "а", "о")), ("ской", ("", "а", "о")), ("ом", ("", "о")), ("ем", ("ь",)),
    ("ой", ("а",)), ("ою", ("а",)), ("ью", ("ь",)), ("ии", ("ия",)), ("ию", ("ия",)), ("ией", ("ия",)),
    ("у", ("", "а", "о")), ("ю", ("ь", "я")), ("е", ("", "а", "о", "я")), ("и", ("ь", "а", "я")), ("ы", ("а",)),
    ("а", ("", "о")), ("я", ("ь", "й")), ("ого", ("ый", "ий")), ("ому", ("ый", "ий")),
)  # fmt: skip
_FINNISH: Final[_Rules] = tuple(
    (ending, ("",))
    for ending in ("issa", "ssa", "ista", "sta", "lla", "lta", "iin", "een", "oon", "aan", "in", "an", "en", "on", "n")
)
_HUNGARIAN: Final[_Rules] = tuple(
    (ending, ("", "a", "e"))
    for ending in ("ban", "ben", "bol", "ba", "be", "ban", "on", "en", "rol", "ra", "re", "nak", "nek", "i", "t")
)
_TURKISH: Final[_Rules] = tuple(
    (ending, ("",)) for ending in ("da", "de", "ta", "te", "dan", "den", "nin", "nun", "in", "un", "ya", "ye", "a", "e")
)
_BALTIC: Final[_Rules] = (
    ("eje", ("e", "ė")), ("oje", ("a",)), ("uje", ("as", "us")), ("e", ("as", "a")), ("os", ("a",)), ("o", ("as",)),
    ("a", ("",)), ("u", ("",)), ("s", ("",)),
)  # fmt: skip
_GERMAN: Final[_Rules] = (("ern", ("",)), ("er", ("",)), ("s", ("",)))
_GENITIVE: Final[_Rules] = (("s", ("",)),)
_ICELANDIC: Final[_Rules] = (
    ("ar", ("", "a")), ("um", ("",)), ("i", ("", "ur")), ("u", ("a",)), ("s", ("", "ur")), ("ur", ("",)),
)  # fmt: skip
_RULES: Final[Mapping[str, _Rules]] = {
    **dict.fromkeys(("cs", "sk", "pl", "sl", "hr", "bs"), _SLAVIC_LATIN),
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr"), _CYRILLIC),
    **dict.fromkeys(("lt", "lv"), _BALTIC),
    "fi": _FINNISH, "et": _FINNISH, "hu": _HUNGARIAN, "tr": _TURKISH, "az": _TURKISH, "de": _GERMAN, "is": _ICELANDIC,
    **dict.fromkeys(("nl", "sv", "da", "nb", "no"), _GENITIVE),
}  # fmt: skip
_FOLDED: Final = {
    language: tuple((fold(ending), tuple(fold(one) for one in instead)) for ending, instead in rules)
    for language, rules in _RULES.items()
}
_ANY_ENDING: Final = {language: tuple(ending for ending, _ in rules) for language, rules in _FOLDED.items()}
_SHORTEST = 4
_ATTACHED: Final = {"ar": ("وال", "بال", "ال", "لل", "و", "ب", "ل"), "he": ("וב", "ב", "ל", "מ", "ה", "ו", "ש")}


def bent_among(words: Iterable[str], language: str, basic: Container[str]) -> set[str]:
    """Those of some folded words that may be bent, and whose basic form is then among those given."""
    marks, endings = _ATTACHED.get(language, ()), _ANY_ENDING.get(language, ())
    bent = [word for word in words if word.startswith(marks) or word.endswith(endings)]
    return {word for word in bent for base in bases_of(word, language) if base in basic}


def bases_of(folded: str, language: str) -> list[str]:
    """The basic forms that a folded word may have."""
    if language in _ATTACHED:
        return [folded.removeprefix(mark) for mark in _ATTACHED[language] if folded.startswith(mark)]
    found: list[str] = []
    if not folded.endswith(_ANY_ENDING.get(language, ())):
        return found
    for ending, instead in _FOLDED[language]:
        if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST:
            stem = folded[: len(folded) - len(ending)]
            found += [stem + one for one in instead]
    return found
