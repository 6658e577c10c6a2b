"""Which language a text is in: by its script where that settles it, otherwise by py3langid among those of the script.

Python's and py3langid's own data only; the model (4.6 MB on disk, 70 MB in memory) is loaded at the first text whose
script several languages share, once for each process.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Final

from nhipcau.newswire.records import Language
from nhipcau.newswire.workers import loads_before_fork

if TYPE_CHECKING:
    from collections.abc import Mapping

UNDETERMINED: Final = Language("und", 0.0)
#: Characters looked at; on 174 newspaper pages in 25 languages twice as many change no answer.
_SAMPLE = 1500
#: Nothing but knowing better: the surest answer that a rule or the model is allowed.
_SUREST = 0.99
#: How much likelier the language that a page declares is than without that. Templates left at ``lang="en"`` are
#: common, so it decides only between languages that the text itself leaves open.
_DECLARED_WEIGHT = 4.0

# Scripts that several languages share, each with the model's labels for them. Labels without a press of their own
# (constructed, liturgical, ancient, or dialects seldom printed) are left out: they only take votes on short texts.
_LATIN = (
    "ace af az bcl br bs ca crh cs cy da de en eo es et eu fi fo fr fuv fy ga gd gl gug guw ha hr ht hu id ig is it jv "
    "kab kik ku lb lg ln lt lv mg ms mt nl nn no nso oc om pcm pl pt qu ro rw se sk sl sn so sq sr st sv sw tk tl tr "
    "uz vi xh yo zu"
)
_CYRILLIC = "ba be bg kk ky mk mn ru sr tg tt uk"
_ARABIC = "ar ary arz fa ku ps sdh ug ur uzs"
_SHARED: Final[Mapping[str, tuple[str, ...]]] = {
    "Latin": tuple(_LATIN.split()),
    "Cyrillic": tuple(_CYRILLIC.split()),
    "Arabic": tuple(_ARABIC.split()),
    "Devanagari": ("gom", "hi", "mr", "ne", "sa"),
    "Bengali": ("as", "bn"),
    "Ethiopic": ("am",),
    "Han": ("zh", "yue", "wuu", "ja"),
}
# Languages that few newspapers are printed in, so that a few words are seldom in them.
_SELDOM_LABELS = "ace bcl fuv gom gug guw jv kab kik lg ln nso oc om pcm qu sa se sn st"
_SELDOM: Final = frozenset(_SELDOM_LABELS.split())
_SELDOM_WEIGHT = 0.2
# Scripts that one language of the press writes.
_SOLE: Final[Mapping[str, str]] = {
    "Hangul": "ko",
    "Thai": "th",
    "Lao": "lo",
    "Khmer": "km",
    "Myanmar": "my",
    "Hebrew": "he",
    "Greek": "el",
    "Armenian": "hy",
    "Georgian": "ka",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Gujarati": "gu",
    "Gurmukhi": "pa",
    "Odia": "or",
    "Tibetan": "bo",
}
_RANGES: Final[Mapping[str, str]] = {
    "Latin": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1d00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff"
    "\uff21-\uff3a\uff41-\uff5a",
    "Cyrillic": "\u0400-\u052f\u1c80-\u1c88\ua640-\ua69f",
    "Arabic": "\u0620-\u065f\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff"
    "\ufe70-\ufefc",
    "Devanagari": "\u0900-\u0963\u0971-\u097f",
    "Bengali": "\u0980-\u09e3\u09f0\u09f1",
    "Ethiopic": "\u1200-\u135a\u1380-\u139f",
    "Han": "\u3005\u3006\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
    "Kana": "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f",
    "Hangul": "\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e",
    "Thai": "\u0e01-\u0e3a\u0e40-\u0e4e",
    "Lao": "\u0e81-\u0ece\u0edc-\u0edf",
    "Khmer": "\u1780-\u17d3\u17dd",
    "Myanmar": "\u1000-\u103f\u1050-\u108f\u109a-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f",
    "Hebrew": "\u0591-\u05f4\ufb1d-\ufb4f",
    "Greek": "\u0370-\u0373\u0376\u0377\u0386\u0388-\u03ff\u1f00-\u1ffe",
    "Armenian": "\u0531-\u0556\u0561-\u0587",
    "Georgian": "\u10a0-\u10fa\u10fc-\u10ff\u1c90-\u1cbf",
    "Tamil": "\u0b82-\u0bd7",
    "Telugu": "\u0c00-\u0c63",
    "Kannada": "\u0c80-\u0ce3",
    "Malayalam": "\u0d00-\u0d63",
    "Sinhala": "\u0d81-\u0df3",
    "Gujarati": "\u0a81-\u0ae3",
    "Gurmukhi": "\u0a01-\u0a5e\u0a70-\u0a75",
    "Odia": "\u0b01-\u0b63\u0b71",
    "Tibetan": "\u0f00\u0f40-\u0fbc",
}
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPTS: Final = {name: re.compile(f"[{ranges}]") for name, ranges in _RANGES.items()}

# Letters that only Vietnamese has: with the horn, or with two marks; the dots below that Yoruba and Igbo share are
# not among them. They are every eighth letter of a news text.
_VIETNAMESE = re.compile("[ơưảẻỉỏủỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]", re.IGNORECASE)
_VIETNAMESE_SHARE = 0.04

# Letters that one language of a script has and the others of it hardly ever: they settle short texts.
_TELLING: Final[Mapping[str, re.Pattern[str]]] = {
    "uk": re.compile("[їєґЇЄҐ]"),
    "be": re.compile("[ўЎ]"),
    "mk": re.compile("[ѓќѕЃЌЅ]"),
    "sr": re.compile("[ђћЂЋ]"),
    "ur": re.compile("[ٹڈڑےں]"),
    "ps": re.compile("[ټډړښځڅ]"),
    "ug": re.compile("[ېۆۈۋ]"),
    "ar": re.compile("[ةي]"),
    "as": re.compile("[ৰৱ]"),
}
_TELLING_WEIGHT = 20.0

# Characters of one of the two ways of writing Chinese, among the commonest in news; none is also in use in the other.
# Labels of the model under the code that the press and CLDR use, dialect labels under the written language.
_CODES: Final[Mapping[str, str]] = {
    "ary": "ar",
    "arz": "ar",
    "gug": "gn",
    "kik": "ki",
    "sdh": "ku",
    "tl": "fil",
    "uzs": "uz",
    "wuu": "zh",
    "yue": "zh",
}


@functools.cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@loads_before_fork
def load() -> None:
    """Load the model now instead of at the first text that needs it."""
    _model()


def identify(text: str, *, declared: str | None = None) -> Language:
    """The language most of ``text`` is in, as a BCP 47 code; Chinese as ``zh-Hans`` or ``zh-Hant``.

    The confidence is the model's probability among the languages of the script, times the script's share of the
    letters. ``declared`` is what the page says of itself (``lang``): it decides where the text leaves two even.
    """
    sample = text[:_SAMPLE]
    script, share = _script(sample)
    if script is None:
        return UNDETERMINED
    hint = _base(declared)
    if script in _SOLE:
        return Language(_SOLE[script], share * _SUREST)
    if script == "Kana":
        return Language("ja", share * _SUREST)
    if script == "Latin" and _vietnamese(sample):
        return Language("vi", share * _SUREST)
    code, probability = _most_likely(sample, script, hint)
    if code == "zh":
        code, certainty = _chinese(sample, declared)
        probability *= certainty
    return Language(code, min(probability, _SUREST) * share)


def _script(sample: str) -> tuple[str | None, float]:
    """The script of most letters, with its share; kana and the Han among them are one.

    A Han character, a kana or a Hangul syllable counts for four letters: it says as much, and East Asian news is full
    of foreign names.
    """
    latin = len(_SCRIPTS["Latin"].findall(sample))
    if latin and latin == len(_LETTER.findall(sample)):
        return "Latin", 1.0
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS.items()}
    for name in ("Han", "Kana", "Hangul"):
        counts[name] *= 4
    total = sum(counts.values())
    if not total:
        return None, 0.0
    # Chinese quotes a Japanese name or an ornamental の now and then; Japanese is at least a third kana.
    if counts["Kana"] * 10 > counts["Han"]:
        counts["Kana"] += counts.pop("Han")
    script = max(counts, key=lambda name: counts[name])
    return script, counts[script] / total


def _vietnamese(sample: str) -> bool:
    letters = len(_SCRIPTS["Latin"].findall(sample))
    return len(_VIETNAMESE.findall(sample)) >= _VIETNAMESE_SHARE * letters


def _most_likely(sample: str, script: str, hint: str | None) -> tuple[str, float]:
    languages = _SHARED[script]
    votes: dict[str, float] = {}
    for label, probability in _model().rank(sample):
        if label in languages:
            code = _CODES.get(label, label)
            weight = _SELDOM_WEIGHT if label in _SELDOM else 1.0
            weight *= _TELLING_WEIGHT if code in _TELLING and _TELLING[code].search(sample) else 1.0
            weight *= _DECLARED_WEIGHT if code == hint else 1.0
            votes[code] = votes.get(code, 0.0) + probability * weight
    if script == "Han" and any(_japanese_only(character) for character in sample):
        votes["ja"] *= _TELLING_WEIGHT
    best = max(votes, key=lambda code: votes[code])
    # All votes may be zero: the model is sure of a language that is not written in this script.
    return best, votes[best] / (sum(votes.values()) or 1.0)


def _chinese(sample: str, declared: str | None) -> tuple[str, float]:
    """Which way of writing Chinese: by characters that only one of the two national standards knows."""
    simplified = sum(_only("gb2312", "big5", character) for character in sample)
    traditional = sum(_only("big5", "gb2312", character) for character in sample)
    total = simplified + traditional
    if not total:
        says_traditional = bool(declared and re.search("hant|tw|hk|mo", declared, re.IGNORECASE))
        return ("zh-Hant" if says_traditional else "zh-Hans"), 0.5
    code = "zh-Hant" if traditional > simplified else "zh-Hans"
    return code, max(simplified, traditional) / total


@functools.lru_cache(maxsize=8192)
def _only(standard: str, other: str, character: str) -> bool:
    return character > "\u3fff" and _has(standard, character) and not _has(other, character)


@functools.lru_cache(maxsize=8192)
def _japanese_only(character: str) -> bool:
    known_in_china = _has("gb2312", character) or _has("big5", character)
    return character > "\u3fff" and not known_in_china and _has("euc_jp", character)


def _has(standard: str, character: str) -> bool:
    try:
        character.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


def _base(declared: str | None) -> str | None:
    """The language of a declared tag under the codes used here: ``de`` of ``de_AT``, ``no`` of ``nb-NO``."""
    found = re.match("[a-z]{2,3}(?![a-z])", (declared or "").strip().lower())
    if found is None:
        return None
    base = found[0]
    return {"nb": "no", "iw": "he", "in": "id"}.get(base, _CODES.get(base, base))
