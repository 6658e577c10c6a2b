import numpy as np
import pytest

from nhipcau.newswire.stories.features import Reader
from nhipcau.newswire.stories.likeness import Chorus, Voice, tables
from nhipcau.newswire.stories.stream import StoryStream
from nhipcau.newswire.stories.termspace import TermSpace
from tests.support.engine import CHESS, FLOOD, RICE, TRAIN, make_article

# One form filled in twice: what differs are the names, or the numbers and the day.
FORMS = {
    "en-names": (
        "Miller wins {0}",
        (
            "in {0}: Anna Miller has won the primary in {0}, networks project, beating Tom Brown by a wide "
            "margin. Turnout was high, said officials in {1}. The winner thanked her voters and said the race "
            "was now open."
        ),
        ("Ohio", "Columbus"),
        ("Iowa", "Davenport"),
        "en",
    ),
    "de-names": (
        "Müller gewinnt in {0}",
        (
            "Anna Müller hat die Vorwahl in {0} gewonnen, melden die Sender, klar vor Thomas Braun. Die "
            "Beteiligung war hoch, sagten die Behörden in {1}. Die Siegerin dankte ihren Wählern und nannte "
            "das Rennen offen."
        ),
        ("Ohio", "Columbus"),
        ("Iowa", "Davenport"),
        "de",
    ),
    "vi-numbers": (
        "Giá vàng hôm nay {0}",
        (
            "Giá vàng trong nước hôm nay {0} được niêm yết ở mức {1} triệu đồng/lượng mua vào và {2} triệu "
            "đồng bán ra, theo các doanh nghiệp. Giá vàng thế giới giao ngay ở mức {3} USD/ounce. Chuyên gia "
            "khuyên người dân thận trọng."
        ),
        ("22/11", "91,2", "92,7", "2.711"),
        ("23/11", "90,4", "91,9", "2.698"),
        "vi",
    ),
    "en-numbers": (
        "Gold price today, {0}",
        (
            "The price of gold today, {0}, stands at {1} dollars an ounce after {2} dollars in early trade, "
            "dealers said. Silver costs {3} dollars an ounce. Analysts advise buyers to wait until the "
            "central bank has spoken."
        ),
        ("November 22", "2,711", "2,705", "31.4"),
        ("November 23", "2,698", "2,693", "30.9"),
        "en",
    ),
    "ru-numbers": (
        "Цена золота на {0}",
        (
            "Цена золота сегодня, {0}, составляет {1} доллара за унцию после {2} доллара в начале торгов, "
            "сообщили дилеры. Серебро стоит {3} доллара за унцию. Аналитики советуют покупателям дождаться "
            "решения центрального банка."
        ),
        ("22 ноября", "2711", "2705", "31,4"),
        ("23 ноября", "2698", "2693", "30,9"),
        "ru",
    ),
    "zh-numbers": (
        "今日金价{0}",
        (
            "{0}，国内金价报每克{1}元，较早盘的{2}元有所变动，交易商表示。国际现货黄金报每盎司{3}美元。"
            "分析人士建议投资者等待央行的决定，保持谨慎，不要盲目跟风买入。"
        ),
        ("11月22日", "611.2", "609.8", "2711"),
        ("11月23日", "607.4", "606.1", "2698"),
        "zh-Hans",
    ),
}


def _filled(name, which, host, number):
    title, text, *fillings, language = FORMS[name]
    return make_article(
        text.format(*fillings[which]), title.format(*fillings[which]), host=host, id=f"{which}-{number}",
        language=language, hours=24 * which + number, reasons=(),
    )  # fmt: skip


def _others():
    return [
        make_article(text, "", id=f"other-{number}", reasons=())
        for number, text in enumerate((CHESS, FLOOD, RICE, TRAIN))
    ]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_filled_in_otherwise_is_another_story(name):
    stream = StoryStream()
    stream.add(
        [*_others(), *(_filled(name, which, f"{number}.example", number) for which in (0, 1) for number in (1, 2))]
    )
    members = [story.article_ids for story in stream.stories() if story.article_ids[0][:2] in ("0-", "1-")]
    assert members == [("0-1", "0-2"), ("1-1", "1-2")]


def test_an_update_of_one_number_is_the_same_story():
    text = (
        "An earthquake of magnitude 6.1 struck near Hualien in Taiwan on Tuesday, killing {} people, officials said. "
        "Rescuers searched 14 buildings. The quake was felt in Taipei, 120 kilometres away, at 23:50."
    )
    articles = [
        make_article(text.format(dead), f"Quake kills {dead} in Taiwan", id=f"q{dead}", reasons=()) for dead in (4, 7)
    ]
    stream = StoryStream()
    stream.add([*_others(), *articles])
    assert ("q4", "q7") in [story.article_ids for story in stream.stories()]


def test_one_against_many_is_as_all_against_all():
    articles = [*_others(), *(_filled(name, which, "a.example", 1) for name in FORMS for which in (0, 1))]
    space, batch = TermSpace(), Reader().read(articles)
    space.learn(batch)
    counts = space.most_telling(batch.counts)
    voices = [Voice(*one) for one in zip(counts, space.vectors(counts), strict=True)]
    products, pairs = tables(voices)
    chorus, everyone = Chorus(voices), range(len(voices))
    for place in everyone:
        row, counted = chorus.compared(place, everyone)
        others = np.arange(len(voices)) != place
        assert row[others] == pytest.approx(products[place][others], abs=1e-5)
        assert counted.tolist() == pairs[place].tolist()
