from nhipcau.newswire.duplicates import Differences, differences
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
    assert differences(first, reprint) == Differences(headline="A good year for rice", cut=(FIRST[2],), added=(added,))


def test_short_paragraphs_are_compared_as_a_whole():
    first = make_article(f"Rice\n{FIRST[0]}\nPrices")
    reprint = make_article(f"Rice\n{FIRST[0]}\nHarvests")
    assert differences(first, reprint) == Differences(cut=("Prices",), added=("Harvests",))
