import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.text import from_legacy, legacy_encoding
from nhipcau.text.legacy import _TCVN3, _VNI

TCVN3 = {letter: chr(place) for place, letter in _TCVN3.items()}
VNI = {letter: pair for pair, letter in _VNI.items()}
SENTENCE = "Độc lập, tự do, hạnh phúc: kế hoạch công tác thông tin đối ngoại năm nay của các tỉnh, thành phố"
SYLLABLES = st.lists(st.sampled_from(SENTENCE.replace(",", "").replace(":", "").lower().split()), min_size=4)


def typed_in(system, text):
    return "".join(
        system.get(letter, system.get(letter.lower(), letter)) for letter in unicodedata.normalize("NFC", text)
    )


@pytest.mark.parametrize(
    ("encoding", "typed", "shown"),
    [
        ("tcvn3", "Hµ Néi", "Hà Nội"),
        ("tcvn3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("tcvn3", "§µ N½ng", "Đà Nẵng"),
        ("tcvn3", "nh­ng", "nhưng"),
        ("tcvn3", "CéNG HOµ", "CỘNG HOÀ"),
        ("vni", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("vni", "Ñaø Naüng", "Đà Nẵng"),
        ("vni", "ÑOÄC LAÄP", "ĐỘC LẬP"),
        ("vni", "Aùnh, Ñöùc, Thôøi", "Ánh, Đức, Thời"),
    ],
)
def test_from_legacy_shows_what_the_font_showed(encoding, typed, shown):
    assert from_legacy(typed, encoding) == shown


@pytest.mark.parametrize(("encoding", "system"), [("tcvn3", TCVN3), ("vni", VNI)])
def test_legacy_encoding_recognises_a_sentence(encoding, system):
    typed = typed_in(system, SENTENCE.lower())

    assert typed != SENTENCE.lower()
    assert legacy_encoding(typed) == encoding
    assert from_legacy(typed, encoding) == SENTENCE.lower()


@given(SYLLABLES)
def test_both_systems_come_back_whole(syllables):
    text = " ".join(syllables)

    assert from_legacy(typed_in(TCVN3, text), "tcvn3") == text
    assert from_legacy(typed_in(VNI, text), "vni") == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ministry of Foreign Affairs",
        SENTENCE,
        unicodedata.normalize("NFD", SENTENCE),
        "nhà bé, cá và chó là của cô",
        "Le thé est né à l'été, où la forêt est très fraîche",
        "Der Präsident äußerte sich für größere Übungen in Österreich",
        "El niño comió más piña en la montaña según él",
        "Þetta er það sem hún sagði í gær á Íslandi",
        "A decisão não é só da União: há eleições em março",
        "thé",
        "© ® · ¶",
    ],
)
def test_legacy_encoding_leaves_other_text_alone(text):
    assert legacy_encoding(text) is None


def test_from_legacy_names_an_unknown_encoding():
    with pytest.raises(ValueError, match="'viscii'"):
        from_legacy("a", "viscii")
