import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.newswire.features import features_of, names_in
from nhipcau.newswire.records import Reason
from tests.support.engine import make_article


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deputies met Tran Van Mau in Hanoi.", {"@tran": 1, "@van": 1, "@mau": 1, "@hanoi": 1}),
        ("Hanoi grows. In Hanoi, trade grew.", {"@hanoi": 2}),
        ("The end. The start.", {}),
        ("ông Phạm Văn Mẫu và Đà Nẵng", {"@pham": 1, "@van": 1, "@mau": 1, "@da": 1, "@nang": 1}),
        ("日立はSiemensと組む", {"@siemens": 1}),
        ("costs 1,541 km or 1.541 km, 8,2 and 8.2", {"#1541": 2, "#82": 2}),
        ("२०२६ and ٢٠٢٦ and ２０２６", {"#2026": 3}),
        ('said: "Vietnam is ready"', {}),
    ],
)
def test_names_and_numbers_of_a_text(text, expected):
    assert names_in(text) == expected


def test_title_and_lead_count_more_and_words_carry_their_language():
    far = "x " * 300
    found = features_of(make_article(f"rice rose {far} rice fell", "Rice", language="zh-Hant", reasons=()))
    assert found.language == "zh"
    assert {term: found.words[term] for term in ("zh rice", "zh rose", "zh fell")} == {
        "zh rice": 2 + 1 + 3,
        "zh rose": 2,
        "zh fell": 1,
    }


def test_what_relevance_named_is_a_name_in_every_language():
    hue = Reason(kind="place", name="Hue", matched="Huế", where="lead", count=3)
    assert features_of(make_article("x", "", reasons=(hue,))).names == {"=Hue": 3}


@settings(deadline=None)
@given(st.text(max_size=200))
def test_names_of_any_text_are_marked_and_counted(text):
    assert all(name[0] in "@#" and len(name) > 1 and count > 0 for name, count in names_in(text).items())
