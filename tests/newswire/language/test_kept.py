import pytest

from nhipcau.newswire.language import identify
from nhipcau.newswire.language.kept import second_opinion


def test_second_opinion_is_among_the_languages_of_the_script():
    found = second_opinion("Wasiirka arrimaha dibadda ayaa Talaadadii la kulmay wafdi", "Latin")

    assert max(found, key=found.get) == "so"
    assert sum(found.values()) == pytest.approx(1)
    assert second_opinion("text", "Greek") == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wasiirka arrimaha dibadda ayaa Talaadadii la kulmay wafdi ka socda Fiyatnaam", "so"),
        ("UNgqongqoshe wezangaphandle uhlangane nethimba laseVietnam ngoLwesibili", "zu"),
        ("Il-Prim Ministru ltaqa mad-delegazzjoni tal-Vjetnam nhar it-Tlieta filgħodu", "mt"),
    ],
)
def test_languages_that_ours_hardly_knows_are_told_by_it(text, code):
    assert identify(text).code == code
