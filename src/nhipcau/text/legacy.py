"""Vietnamese typed for TCVN3 (.VnTime) and VNI fonts: recognised and turned into Unicode.

Both systems put Vietnamese letters on the places of Western ones, so that a file read as Windows-1252 shows
``ViÖt Nam`` (TCVN3) or ``Vieät Nam`` (VNI). TCVN3 gives each small letter with its tone a byte of its own, after TCVN
5712:1993; capitals with a tone exist only in a second font (.VnTimeH) over the same bytes. VNI puts the mark behind
its vowel as a second character.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3_PLACES = (
    (0xB5, "àảãáạ"), (0xA8, "ă"), (0xBB, "ằẳẵắ"), (0xC6, "ặ"), (0xA9, "â"), (0xC7, "ầẩẫấậ"),
    (0xAE, "đ"), (0xCC, "è"), (0xCE, "ẻẽéẹ"), (0xAA, "ê"), (0xD2, "ềểễếệ"),
    (0xD7, "ìỉ"), (0xDC, "ĩíịò"), (0xE1, "ỏõóọ"), (0xAB, "ô"), (0xE5, "ồổỗốộ"),
    (0xAC, "ơ"), (0xEA, "ờởỡớợ"), (0xEF, "ù"), (0xF1, "ủũúụ"), (0xAD, "ư"), (0xF5, "ừửữứự"),
    (0xFA, "ỳỷỹýỵ"), (0xA1, "ĂÂÊÔƠƯĐ"),
)  # fmt: skip
_TCVN3 = {place + offset: letter for place, letters in _TCVN3_PLACES for offset, letter in enumerate(letters)}

_HUYEN, _HOI, _NGA, _SAC, _NANG = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_VNI_PLAIN = {"ø": _HUYEN, "û": _HOI, "õ": _NGA, "ù": _SAC, "ï": _NANG}
_VNI_CIRCUMFLEX = {"à": _HUYEN, "å": _HOI, "ã": _NGA, "á": _SAC, "ä": _NANG, "â": ""}
_VNI_BREVE = {"è": _HUYEN, "ú": _HOI, "ü": _NGA, "é": _SAC, "ë": _NANG, "ê": ""}
_VNI_ALONE = {"ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "o" + _HORN, "ö": "u" + _HORN}


def _vni_pairs() -> dict[str, str]:
    """Each vowel with the character behind it, both in lower case, and the letter that they show."""
    pairs = {}
    for vowel in ("a", "e", "o", "u", "y", "ô", "ö"):
        for character, tone in _VNI_PLAIN.items():
            pairs[vowel + character] = _VNI_ALONE.get(vowel, vowel) + tone
    for vowel in "aeo":
        for character, tone in _VNI_CIRCUMFLEX.items():
            pairs[vowel + character] = vowel + _CIRCUMFLEX + tone
    for character, tone in _VNI_BREVE.items():
        pairs["a" + character] = "a" + _BREVE + tone
    return {pair: unicodedata.normalize("NFC", shown) for pair, shown in (pairs | _VNI_ALONE).items()}


_VNI = _vni_pairs()
_VNI_PATTERN = re.compile("|".join(sorted(_VNI, key=len, reverse=True)), re.IGNORECASE)

_WORD = re.compile(r"[^\s!-@\[-`{-~\u2010-\u2026]+")
_ONSET = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
_NUCLEUS = (
    "(?:oai|oay|oao|oeo|uây|uôi|uya|uyê|uyu|iêu|yêu|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi"
    "|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy])"
)
_SYLLABLE = re.compile(_ONSET + _NUCLEUS + "(?:ch|ng|nh|[cmnpt])?")
_TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_UNICODE_VIETNAMESE = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_MARKED_WORDS_NEEDED = 2
_SHARE_NEEDED = (
    0.85  # names and foreign words stand in any text; of French, German or Icelandic words under a third fit
)
_SHARE_AS_IT_STANDS = 0.6  # a text whose words are Vietnamese already is left alone


def legacy_encoding(text: str) -> str | None:
    """``"tcvn3"`` or ``"vni"`` where ``text`` is Vietnamese typed for such fonts, ``None`` where nothing says so.

    Said where the words with characters outside ASCII, at least two different ones, become Vietnamese syllables under
    that system and the text holds no Vietnamese letter of Unicode. One word alone says nothing: ``thé`` is French.
    """
    if text.isascii() or _UNICODE_VIETNAMESE.search(text):
        return None
    found = _WORD.findall(text)
    words = [word for word in dict.fromkeys(found) if not word.isascii() and re.search("[A-Za-z]", word)]
    if len(words) < _MARKED_WORDS_NEEDED:
        return None
    shares = {encoding: _share_explained(words, encoding) for encoding in ("tcvn3", "vni")}
    best = max(shares, key=lambda encoding: shares[encoding])
    as_it_stands = sum(map(_is_syllable, words)) / len(words)
    return best if shares[best] >= _SHARE_NEEDED and as_it_stands <= _SHARE_AS_IT_STANDS else None


def could_be(text: str, encoding: str) -> bool:
    """Whether every word of ``text`` outside ASCII becomes a syllable under ``encoding``.

    Weaker than :func:`legacy_encoding`, for a short text beside others that were typed so.
    """
    if text.isascii() or _UNICODE_VIETNAMESE.search(text):
        return False
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return bool(words) and _share_explained(words, encoding) == 1


def _share_explained(words: list[str], encoding: str) -> float:
    """The share of ``words`` that ``encoding`` changes into something that could be Vietnamese."""
    shown = [(word, from_legacy(word, encoding)) for word in words]
    return sum(word != changed and _is_syllable(changed) for word, changed in shown) / len(words)


def from_legacy(text: str, encoding: str) -> str:
    """``text`` in Unicode, NFC. ``encoding`` is ``"tcvn3"`` or ``"vni"``, as :func:`legacy_encoding` says it.

    A TCVN3 word whose plain letters are capitals, two at least, is put in capitals whole.

    Raises:
        ValueError: for any other encoding.
    """
    if encoding == "vni":
        return unicodedata.normalize("NFC", _VNI_PATTERN.sub(_from_vni, text))
    if encoding == "tcvn3":
        return unicodedata.normalize("NFC", re.sub(r"\S+", _from_tcvn3, text))
    raise ValueError(f"unknown legacy encoding {encoding!r}: it is 'tcvn3' or 'vni'")


def _from_vni(match: re.Match[str]) -> str:
    shown = _VNI[match.group().lower()]
    return shown.upper() if match.group()[0].isupper() else shown


def _from_tcvn3(match: re.Match[str]) -> str:
    word = match.group()
    plain = "".join(character for character in word if character.isascii() and character.isalpha())
    shown = word.translate(_TCVN3)
    return shown.upper() if len(plain) > 1 and plain.isupper() else shown


def _is_syllable(word: str) -> bool:
    """Whether ``word`` could be one Vietnamese syllable: at most one tone, and an onset and a rhyme that exist."""
    decomposed, tones = _TONE_MARKS.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", decomposed)) is not None
