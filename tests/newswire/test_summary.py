import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.summary import LONGEST, gist, gist_sentences

LEAD = "Deputies in Hanoi approved a railway of 1,541 kilometres to Ho Chi Minh City on Thursday."
SECOND = "The railway between Hanoi and Ho Chi Minh City will have 23 stations, the deputies were told."
ASIDE = "Some visitors drank coffee in the garden behind the house."
TEXT = f"{LEAD} {ASIDE} {SECOND} Work on the railway from Hanoi is to begin in 2027, a deputy told the assembly."


def test_gist_is_the_lead_and_the_sentence_that_says_most_after_it():
    assert gist(TEXT) == f"{LEAD} {SECOND}"
    assert gist(TEXT, sentences=1) == LEAD


def test_title_draws_the_sentence_that_speaks_of_it_and_is_not_repeated():
    title = "Visitors drink coffee in a garden."
    assert ASIDE in gist(f"{title}\n{TEXT}", title=title)
    assert title not in gist(f"{title}\n{TEXT}", title=title)


def test_sentence_that_repeats_the_first_is_passed_over():
    assert gist(f"{LEAD} {LEAD.replace('Thursday', 'Friday')} {ASIDE}") == f"{LEAD} {ASIDE}"


@pytest.mark.parametrize(
    "before",
    [
        "HANOI, Nov 22 (Reuters) - ",
        "Hà Nội (TTXVN) – ",
        "HÀ NỘI, 22/11 — ",
        "NEW DELHI: ",
        "(TTXVN) ",
        "【ハノイ＝共同】",
        "(서울=연합뉴스) 홍길동 기자 = ",
        "新华社河内11月22日电 ",
        "नई दिल्ली, 22 नवंबर (भाषा) — ",
        "- ",
        "Photo: A. Nguyen / Agency\n",
        "Ảnh: TTXVN\n",
        "By A. N. Other\n",
        "A heading that is no sentence\n",
        "Write to desk@paper.example for more of these stories.\n",
        "Reporting by A. Nguyen; editing by B. Tran and others here.\n",
    ],
)
def test_what_stands_before_the_story_is_passed_over(before):
    assert gist_sentences(f"{before}{TEXT}") == [LEAD, SECOND]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hanoi – the capital of Vietnam – wants to plant a million trees by 2030.",
        "By the end of the year exports of rice rose by a tenth.",
        "Photographers from nine countries met in the old town of Hoi An.",
        "Hanoi (population 8 million) wants to plant a million trees by 2030.",
    ],
)
def test_sentence_that_only_looks_like_a_dateline_or_credit_is_kept_whole(sentence):
    assert gist(sentence) == sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("越南国会周四通过了铁路法案。铁路全长1541公里。", "越南国会周四通过了铁路法案。铁路全长1541公里。"),
        ("One sentence only, and no more.", "One sentence only, and no more."),
        ("just words", "just words"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_short_texts_and_scripts_without_spaces(text, expected):
    assert gist(text) == expected


def test_long_sentence_is_cut_between_words_with_an_ellipsis():
    text = "Vietnam exports rice, coffee and pepper to many countries of the world, " * 10 + "and fish."
    cut = gist(text)
    assert len(cut) <= LONGEST
    assert text.startswith(cut[:-1])
    assert cut[-1] == "…"
    assert cut[-2].isalpha()
    assert text[len(cut) - 1] in " ,"


@pytest.mark.parametrize("cluster", ["ក្រុ", "ကြော", "င့်", "ที่", "เก่า", "क्षि", "한", "👩🏽‍🌾", "é̂", "葛󠄀", "ເຂົ້າ"])
def test_cut_never_falls_inside_a_letter(cluster):
    for shift in range(len(cluster)):
        cut = gist("x" * shift + cluster * 200)
        assert len(cut) <= LONGEST
        assert (len(cut) - 1 - shift) % len(cluster) == 0


@given(
    st.text(max_size=400) | st.text(alphabet='aB. 。!?”"\nก ข9-—(電)社：:@', max_size=400),
    st.text(max_size=30),
    st.integers(1, 4),
)
def test_gist_of_any_text_is_made_of_its_own_sentences(text, title, sentences):
    found = gist_sentences(text, title=title, sentences=sentences)
    assert len(found) <= sentences
    assert bool(found) == bool(text.strip())
    place = 0
    for sentence in found:
        place = text.index(sentence, place) + len(sentence)
    assert len(gist(text, title=title, sentences=sentences)) <= sentences * (LONGEST + 1)


@given(
    st.text(alphabet=st.characters(categories=["Lo", "Mn", "Mc", "Cf"]), min_size=LONGEST + 1, max_size=LONGEST + 80)
)
def test_cut_text_is_never_left_before_a_mark(text):
    cut = gist(text)
    if cut.endswith("…") and len(cut) > LONGEST // 2:
        following = text[text.index(cut[:-1]) + len(cut) - 1 :][:1]
        assert not unicodedata.category(following or "x").startswith("M")
