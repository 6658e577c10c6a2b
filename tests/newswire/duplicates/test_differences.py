import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.duplicates import differences, in_short
from nhipcau.newswire.records import Differences
from tests.support.engine import make_article

FIRST = (
    "The ministry said on Monday that rice exports rose by a tenth in the first half of the year.",
    "Traders in Can Tho point to orders from the Philippines and Indonesia, and to better prices.",
    "Officials expect a record harvest in the autumn if the rivers of the delta stay calm.",
)


def test_a_reprint_word_for_word_differs_in_nothing():
    first = make_article("\n".join(FIRST), title="Rice exports rise")
    assert differences(first, make_article("\n".join(FIRST).upper(), title="RICE EXPORTS RISE!")) == Differences()


def test_headline_cuts_and_additions_are_told():
    added = "Our correspondent adds that farmers in the north see little of it so far, and wait for rain."
    corrected = FIRST[0].replace("Monday", "Tuesday")
    first = make_article("\n".join(FIRST), title="Rice exports rise")
    reprint = make_article(f"{corrected}\n{added}\n{FIRST[1]}", title="A good year for rice")
    assert differences(first, reprint) == Differences(
        headline="A good year for rice", changed=((FIRST[0], corrected),), cut=(FIRST[2],), added=(added,)
    )


def test_sentences_are_compared_wherever_the_lines_break():
    first = make_article("\n".join(FIRST))
    assert differences(first, make_article(" ".join(reversed(FIRST)), title=first.title)) == Differences()
    assert differences(make_article("Rice\nPrices"), make_article("Rice\nHarvests")) == Differences(
        cut=("Prices",), added=("Harvests",)
    )


def test_a_figure_that_was_corrected_is_told_before_and_after():
    before, after = "Ba người chết trong trận lũ ở Quảng Nam.", "Năm người chết trong trận lũ ở Quảng Nam."
    first, later = (make_article(f"{FIRST[1]} {one} {FIRST[2]}") for one in (before, after))
    assert differences(first, later) == Differences(changed=((before, after),))


def test_of_several_rewordings_each_goes_with_the_one_most_like_it():
    old = ["越南今年出口大米八百万吨。", "越南去年出口咖啡一百万吨。"]
    new = ["越南去年出口咖啡两百万吨。", "越南今年出口大米九百万吨。"]
    found = differences(make_article("".join(old)), make_article("".join(new)))
    assert found.changed == ((old[0], new[1]), (old[1], new[0]))


def test_in_short_the_first_few_of_each_kind_are_told_and_the_others_counted():
    found = Differences(headline="h" * 300, cut=tuple("abcde"), added=("word " * 100,))
    short = in_short(found)
    assert short == dataclasses.replace(short, cut=("a", "b", "c"), left_out=2)
    assert len(short.headline) == 240
    assert short.added == ("word " * 46 + "word…",)
    assert in_short(short) == short


PASSAGES = st.lists(
    st.one_of(st.text(max_size=40), st.sampled_from([*FIRST, "越南。", "ไทย ลาว", "-- ?!"])), max_size=12
)


@given(PASSAGES, PASSAGES, st.text(max_size=20), st.text(max_size=20))
def test_whatever_two_texts_say_each_passage_stands_in_its_own_text(old, new, headline, other):
    first, reprint = make_article("\n".join(old), title=headline), make_article("\n".join(new), title=other)
    found = differences(first, reprint)
    assert not differences(first, first)
    assert all(passage in first.text for passage in [*found.cut, *(before for before, _ in found.changed)])
    assert all(passage in reprint.text for passage in [*found.added, *(after for _, after in found.changed)])
    assert bool(in_short(found)) == bool(found)


def test_texts_of_megabytes_are_compared_as_well():
    words = [f"w{number}" for number in range(100_000)]
    first, later = make_article(" ".join(words), title="T"), make_article("\n".join(words), title="T")
    assert len(differences(first, later).added) == 100_000
    long = [" ".join(words[start::60]) for start in range(60)]
    assert (
        differences(make_article("\n".join(long), title="T"), make_article("\n".join(long[::-1]), title="T"))
        == Differences()
    )
