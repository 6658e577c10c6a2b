import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.newswire.records import Reason
from nhipcau.newswire.stories.features import NAME, NUMBER, SOUNDING, WORD, Reader
from nhipcau.newswire.stories.lexicon import term_number
from tests.support.engine import make_article


def _counts(text, title="", *, language="en", reasons=()):
    (found,) = Reader().read([make_article(text, title, language=language, reasons=reasons)]).counts
    return found


def _terms(counts, kind):
    return dict(
        zip(counts.terms[counts.kinds == kind].tolist(), counts.times[counts.kinds == kind].tolist(), strict=True)
    )


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Deputies met Tran Van Mau in Vinh.", "en", 4),
        ("Vinh grows. In Vinh, trade grew.", "en", 1),
        ("The end. The start.", "en", 0),
        ("ông Phạm Văn Mẫu và Đà Nẵng", "vi", 5),
        ("日立はSiemensと組む", "ja", 1),
        ('said: "Trade is ready"', "en", 0),
    ],
)
def test_names_are_capitals_that_no_sentence_asks_for(text, language, names):
    assert len(_terms(_counts(text, language=language), NAME)) == names


def test_title_and_lead_count_more_and_words_belong_to_their_language():
    far = "x " * 300
    text = f"rice rose {far} rice fell"
    one, other = _counts(text, "rice", language="en"), _counts(text, "rice", language="de")
    assert sorted(_terms(one, WORD).values())[:3] == [1, 2, 3 + 2 + 1]
    assert not _terms(one, WORD).keys() & _terms(other, WORD).keys()


def test_what_leads_is_marked():
    far = "word " * 200
    counts = _counts(f"in Vinh, then {far} in Busan", "")
    led = counts.leading[counts.kinds == NAME]
    assert sorted(led.tolist()) == [False, True]


def test_what_relevance_named_is_one_fact_in_every_language():
    hue = Reason(kind="place", name="Hue", matched="Huế", where="lead", count=3)
    counts = _counts("đến Huế", language="vi", reasons=(hue,))
    assert _terms(counts, NAME) == {term_number("=Hue"): 3}


def test_one_name_in_three_scripts_sounds_alike():
    latin = _terms(_counts("said Narendra Modi"), SOUNDING).keys()
    russian = _terms(_counts("сказал Нарендра Моди", language="ru"), SOUNDING).keys()
    japanese = _terms(_counts("ナレンドラ・モディ首相", language="ja"), SOUNDING).keys()
    assert latin == russian
    assert japanese < latin


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("in France and South Korea", "en"),
        ("in Frankreich und Südkorea", "de"),
        ("во Франции и в Республике Корея", "ru"),
        ("フランスと韓国で", "ja"),
        ("法国和韩国", "zh-Hans"),
        ("ở Pháp và Hàn Quốc", "vi"),
        ("프랑스와 대한민국에서", "ko"),
    ],
)
def test_countries_are_one_name_in_every_language(text, language):
    found = _terms(_counts(text, language=language), NAME).keys()
    expected = {term_number("=kr")} | ({term_number("=fr")} if language != "vi" else set())
    assert expected <= found


def test_numbers_are_one_term_in_every_language():
    assert _terms(_counts("1.5 million on Aug. 5"), NUMBER) == _terms(_counts("8月5日150万", language="ja"), NUMBER)


def test_batch_reads_each_article_as_if_it_were_alone():
    articles = [
        make_article("Über Köln, sagte Meier.", "Köln", language="de"),
        make_article("越南总理 ベトナム 2026", "", language="ja"),
        make_article("", "", reasons=()),
    ]
    together = Reader().read(articles).counts
    alone = [Reader().read([article]).counts[0] for article in articles]
    for one, other in zip(together, alone, strict=True):
        assert one.language == other.language
        for column in ("terms", "times", "kinds", "leading"):
            assert np.array_equal(getattr(one, column), getattr(other, column))


@settings(max_examples=60)
@given(st.text(max_size=200), st.sampled_from(["en", "vi", "ru", "ja", "zh-Hant", "th", "und", "ar"]))
def test_terms_of_any_text_are_terms_of_an_article(text, language):
    assert _counts(text, text[:20], language=language).checked()


def test_terms_that_no_article_has_are_refused():
    counts = _counts("in Vinh 2026")
    for wrong in ({"terms": counts.terms[::-1]}, {"times": counts.times * 0}, {"kinds": counts.kinds + 9}):
        with pytest.raises(ValueError, match="no terms of an article"):
            type(counts)(
                counts.language,
                wrong.get("terms", counts.terms),
                wrong.get("times", counts.times),
                wrong.get("kinds", counts.kinds),
                counts.leading,
            ).checked()
