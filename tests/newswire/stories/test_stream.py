import dataclasses
import gzip
import json
import random
from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.newswire.records import Reason
from nhipcau.newswire.state import StateError
from nhipcau.newswire.stories import StoryStream
from nhipcau.newswire.stories import stream as stream_module
from tests.support.engine import CHESS, FLOOD, RICE, START, TRAIN, make_article
from tests.support.shared import shared_data

RAILWAY_TEXTS = {
    "en": """Vietnam approves 67 billion dollar railway
Vietnam's National Assembly on Thursday approved a 67 billion dollar railway between Hanoi and Ho Chi Minh City.
The line will be 1,541 kilometres long with 23 stations. Work is to begin in 2027. Siemens
and Hitachi have shown interest, and so has a bank in Seoul.""",
    "de": """Vietnam beschließt Bahn für 67 Milliarden Dollar
Die Nationalversammlung in Hanoi hat am Donnerstag den Bau einer 1.541 Kilometer langen Bahnstrecke nach
Ho-Chi-Minh-Stadt beschlossen. Die Kosten von 67 Milliarden Dollar trägt der Staat. Baubeginn soll 2027 sein.
Siemens und Hitachi zeigen Interesse, ebenso eine Bank in Seoul.""",
    "vi": """Quốc hội thông qua đường sắt 67 tỷ USD
Quốc hội Việt Nam hôm thứ Năm thông qua dự án đường sắt tốc độ cao dài 1.541 km nối Hà Nội với Thành phố Hồ Chí Minh,
vốn 67 tỷ USD, 23 ga, khởi công năm 2027. Siemens, Hitachi và một ngân hàng ở Seoul quan tâm.""",
    "ja": """ベトナム、高速鉄道を承認
ベトナム国会は木曜日、ハノイとホーチミン市を結ぶ全長1541キロの高速鉄道計画を承認した。23駅を設け、2027年に着工する。
SiemensとHitachiが関心を示している。""",
}
RAILWAY = {language: text.split("\n", 1) for language, text in RAILWAY_TEXTS.items()}
EVENTS = {
    "rice": (RICE, "Rice exporters in Can Tho expect a record year, with orders from the Philippines and Indonesia."),
    "train": (
        TRAIN,
        "Deputies approved the fast railway from Hanoi to Ho Chi Minh City after a debate about cost and land.",
    ),
    "flood": (FLOOD, "Hue and Da Nang moved thousands as floods cut roads and rivers rose in central Vietnam."),
    "chess": (
        CHESS,
        "The festival in Reykjavik ended with a draw; the youngest player and a grandmaster share first place.",
    ),
}


def _railway(language, **fields):
    title, text = RAILWAY[language]
    return make_article(text, title, language=language, id=f"railway-{language}", **fields)


def _both(name, **fields):
    return [
        make_article(text, name, id=f"{name}-{place}", **fields) for place, text in enumerate(EVENTS[name], start=1)
    ]


def _members(stream):
    return [set(story.article_ids) for story in stream.stories()]


def bcubed(gold, found):
    """Precision and recall of story assignments, both article id to label, averaged over articles, and their F1."""
    of_gold, of_found = defaultdict(set), defaultdict(set)
    for article, label in gold.items():
        of_gold[label].add(article)
        of_found[found[article]].add(article)
    shared = {article: len(of_gold[gold[article]] & of_found[found[article]]) for article in gold}
    precision = sum(shared[article] / len(of_found[found[article]]) for article in gold) / len(gold)
    recall = sum(shared[article] / len(of_gold[gold[article]]) for article in gold) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _real(name, keep):
    lines = (shared_data("stories") / name).read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if keep(row)]
    articles = [
        make_article(
            row["text"], row.get("title", ""), language=row["lang"], id=str(place), published_at=None, reasons=()
        )
        for place, row in enumerate(rows)
    ]
    return articles, {str(place): row["story"] for place, row in enumerate(rows)}


def test_articles_on_one_event_make_one_story_and_others_their_own():
    stream = StoryStream()
    changes = stream.add([article for name in EVENTS for article in _both(name)])
    assert _members(stream) == [{f"{name}-1", f"{name}-2"} for name in EVENTS]
    assert changes.assigned == {f"{name}-{place}": changes.assigned[f"{name}-1"] for name in EVENTS for place in (1, 2)}
    assert (changes.merged, changes.split) == ({}, {})


def test_one_event_in_four_languages_is_one_story():
    stream = StoryStream()
    stream.add([*(_railway(language) for language in RAILWAY), *_both("rice"), *_both("flood"), *_both("chess")])
    assert {f"railway-{language}" for language in RAILWAY} in _members(stream)
    assert len(stream.stories()) == 4


def test_place_that_relevance_named_links_texts_that_share_no_word():
    dalat = (Reason(kind="place", name="Da Lat", matched="Đà Lạt", where="title"),)
    flowers = (Reason(kind="heritage", name="Da Lat flower festival", matched="hoa", where="lead"),)
    russian = make_article("В городе открылся праздник цветов, приехали гости.", "Праздник", language="ru", id="ru")
    hebrew = make_article("פסטיבל הפרחים נפתח בעיר אתמול בערב עם אורחים רבים.", "פסטיבל", language="he", id="he")
    alone, together = StoryStream(), StoryStream()
    alone.add([russian.replace(reasons=()), hebrew.replace(reasons=())])
    together.add([russian.replace(reasons=dalat + flowers), hebrew.replace(reasons=dalat + flowers), *_both("rice")])
    assert _members(alone) == [{"ru"}, {"he"}]
    assert {"ru", "he"} in _members(together)


def test_story_keeps_its_id_from_one_run_to_the_next(tmp_path):
    first, second = _both("rice", hours=0)
    yesterday = StoryStream()
    told = yesterday.add([first, *_both("flood")]).assigned
    yesterday.save(tmp_path / "state.gz")
    today = StoryStream.load(tmp_path / "state.gz")
    assert today.add([second, *_both("chess")]).assigned["rice-2"] == told["rice-1"]
    novelty = {story.article_ids: story.novelty for story in today.stories()}
    assert novelty == {
        ("rice-1", "rice-2"): 0.5,
        ("flood-1", "flood-2"): 0.0,
        ("chess-1", "chess-2"): 1.0,
    }


def test_ids_do_not_depend_on_what_else_came():
    alone, among = StoryStream(), StoryStream()
    alone.add(_both("rice"))
    among.add([*_both("flood"), *_both("rice")])
    assert alone.stories()[0].id == among.stories()[1].id


def test_adding_an_article_again_changes_nothing(tmp_path):
    stream = StoryStream()
    stream.add(_both("rice"))
    stream.save(tmp_path / "once.gz")
    assert stream.add([*_both("rice"), *_both("rice")]).assigned == {}
    stream.save(tmp_path / "twice.gz")
    assert (tmp_path / "once.gz").read_bytes() == (tmp_path / "twice.gz").read_bytes()


def test_saved_stream_goes_on_as_the_one_it_was_saved_from(tmp_path):
    kept = StoryStream(window_days=5)
    kept.add([*_both("rice"), *_both("flood"), _railway("en"), make_article(CHESS, published_at=None)])
    kept.save(tmp_path / "one.gz")
    loaded = StoryStream.load(tmp_path / "one.gz")
    loaded.save(tmp_path / "two.gz")
    assert loaded.window_days == 5
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()
    more = [_railway("vi"), *_both("chess"), make_article(RICE.upper(), id="again")]
    assert loaded.add(more) == kept.add(more)
    assert [story.article_ids for story in loaded.stories()] == [story.article_ids for story in kept.stories()]


def test_story_knows_its_times_and_its_centre():
    one, other = _both("rice")
    stream = StoryStream()
    stream.add([one.replace(published_at=START + timedelta(hours=9)), other.replace(published_at=START)])
    stream.add([make_article(RICE + " Prices rose.", "rice", id="undated", published_at=None)])
    [story] = stream.stories()
    assert story.article_ids == ("rice-2", "rice-1", "undated")
    assert (story.first_seen, story.last_seen) == (START, START + timedelta(hours=9))
    assert set(story.centrality) == {"rice-1", "rice-2", "undated"}
    assert all(0 < value <= 1 for value in story.centrality.values())
    assert story.centrality["rice-2"] == min(story.centrality.values())


def test_same_words_after_the_window_are_another_story():
    stream = StoryStream(window_days=2)
    stream.add([*_both("flood"), make_article(FLOOD, "flood", id="later", hours=24 * 5)])
    assert _members(stream) == [{"flood-1", "flood-2"}, {"later"}]


def test_closed_stories_are_still_told_and_not_saved(tmp_path):
    stream = StoryStream(window_days=2)
    stream.add(_both("flood"))
    stream.add(_both("chess", hours=24 * 9))
    stream.save(tmp_path / "state.gz")
    assert _members(stream) == [{"flood-1", "flood-2"}, {"chess-1", "chess-2"}]
    assert _members(StoryStream.load(tmp_path / "state.gz")) == [{"chess-1", "chess-2"}]


def test_story_of_an_undated_article_closes_when_the_window_has_passed_since_what_joined_it():
    stream = StoryStream(window_days=2)
    first, second = _both("rice")
    stream.add([first.replace(published_at=None)])
    stream.add([second])
    [story] = stream.stories()
    assert stream.explained(story.id) is not None

    stream.add([make_article(CHESS, published_at=START + timedelta(days=9))])

    assert stream.explained(story.id) is None
    assert story.id in {one.id for one in stream.stories()}


def test_undated_story_is_forgotten_when_the_window_has_passed(tmp_path):
    stream = StoryStream(window_days=2)
    stream.add([*_both("rice", hours=0), *_both("flood", published_at=None)])
    stream.save(tmp_path / "one.gz")
    later = StoryStream.load(tmp_path / "one.gz")
    assert {"flood-1", "flood-2"} in _members(later)
    later.add(_both("chess", hours=24 * 9))
    later.save(tmp_path / "two.gz")
    assert _members(StoryStream.load(tmp_path / "two.gz")) == [{"chess-1", "chess-2"}]


def test_one_date_in_the_future_closes_nothing(tmp_path):
    stream = StoryStream()
    stream.add([*_both("rice"), *_both("flood"), *_both("train"), make_article(CHESS, hours=24 * 365 * 50, id="2076")])
    stream.save(tmp_path / "state.gz")
    assert len(StoryStream.load(tmp_path / "state.gz").stories()) == 4


def test_two_stories_that_one_article_joins_are_merged_into_the_older():
    """Each half of a text shares nothing with the other half; the whole text, told twice, makes one story of them."""
    half, other = RAILWAY["en"][1], RICE
    stream = StoryStream()
    before = stream.add(
        [make_article(half, "", id="a"), make_article(other, "", id="b"), *_both("chess"), *_both("flood")]
    )
    assert before.assigned["a"] != before.assigned["b"]
    whole = [make_article(f"{half} {other}", "", id=f"whole-{number}") for number in range(6)]
    changes = stream.add(whole)
    assert changes.merged == {before.assigned["b"]: before.assigned["a"]}
    assert changes.assigned == dict.fromkeys(["b", *(article.id for article in whole)], before.assigned["a"])


def test_articles_joined_too_early_are_split_when_rarity_is_known():
    """Two reports that share a frame look alike until the frame turns out to stand in every report."""
    pick = random.Random(3)
    frame = " ".join("".join(pick.choices("abcdefghijklm", k=8)) for _ in range(60))
    texts = [f"{' '.join(''.join(pick.choices('nopqrstuvwxyz', k=8)) for _ in range(40))} {frame}" for _ in range(40)]
    articles = [make_article(text, "", id=str(number), reasons=()) for number, text in enumerate(texts)]
    stream = StoryStream()
    before = stream.add(articles[:2]).assigned
    assert before["0"] == before["1"]
    changes = stream.add(articles[2:])
    assert changes.split == {before["0"]: (before["0"], changes.assigned["1"])}
    assert len(stream.stories()) == 40


def test_a_chain_of_neighbours_does_not_become_one_story():
    """Each text shares half of its words with the next; first and last share none."""
    pick = random.Random(5)
    words = ["".join(pick.choices("bcdfghklmnprst", k=9)) for _ in range(60 * 21)]
    articles = [
        make_article(" ".join(words[60 * step : 60 * step + 120]), "", id=str(step), reasons=()) for step in range(20)
    ]
    stream = StoryStream()
    for article in articles:
        stream.add([article])
    assert max(len(story.article_ids) for story in stream.stories()) <= 6


def test_memory_of_a_large_story_stays_bounded_and_it_still_grows(tmp_path):
    stream = StoryStream()
    others = [*_both("chess"), *_both("rice"), *_both("train")]
    stream.add(
        [*others, *(make_article(f"{FLOOD} Day {day}.", "Floods", id=f"f{day}", hours=day) for day in range(60))]
    )
    assert stream.add([make_article(FLOOD, "Floods", id="last", hours=61)]).assigned["last"] == stream.stories()[-1].id
    stream.save(tmp_path / "state.gz")
    lines = [json.loads(line) for line in gzip.decompress((tmp_path / "state.gz").read_bytes()).splitlines()]
    flood = [line for line in lines[1:68] if str(line[1]).startswith(("f", "last"))]
    assert len(flood) == 61
    assert sum(len(line) > 6 for line in flood) == 32
    assert len(StoryStream.load(tmp_path / "state.gz").stories()[-1].article_ids) == 61


def test_result_does_not_depend_on_where_batches_end_for_clear_stories():
    articles = [article for name in EVENTS for article in _both(name)]
    one_by_one, at_once = StoryStream(), StoryStream()
    for article in articles:
        one_by_one.add([article])
    at_once.add(iter(articles))
    assert _members(one_by_one) == _members(at_once)


@pytest.mark.parametrize(
    "content", [b"", b"hello", gzip.compress(b'{"kind":"nhipcau-duplicates","version":1}\n', mtime=0)]
)
def test_damaged_state_is_named_in_a_sentence(tmp_path, content):
    (tmp_path / "state.gz").write_bytes(content)
    with pytest.raises(StateError, match="is damaged, or this program did not write it"):
        StoryStream.load(tmp_path / "state.gz")


@settings(max_examples=80)
@given(data=st.data())
def test_state_with_any_value_changed_loads_or_is_named(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("state")
    stream = StoryStream()
    stream.add(_both("rice"))
    stream.save(folder / "good.gz")
    lines = [json.loads(line) for line in gzip.decompress((folder / "good.gz").read_bytes()).splitlines()]
    line = lines[data.draw(st.integers(0, len(lines) - 1))]
    place = data.draw(st.sampled_from(sorted(line)) if isinstance(line, dict) else st.integers(0, len(line) - 1))
    line[place] = data.draw(
        st.sampled_from([None, "x", -1, 10**30, 1.5, [], {}, [[]], [["en", 1]], [-1], [2**40], [["x"]], float("nan")])
    )
    (folder / "bad.gz").write_bytes(gzip.compress("".join(json.dumps(line) + "\n" for line in lines).encode()))
    try:
        loaded = StoryStream.load(folder / "bad.gz")
    except StateError:
        return
    loaded.add(_both("flood"))
    assert {"flood-1", "flood-2"} <= {name for story in loaded.stories() for name in story.article_ids}


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.text(max_size=60), st.text(max_size=200), st.sampled_from(["en", "zh-Hans", "und"])), max_size=8
    )
)
def test_any_articles_end_up_in_exactly_one_story(texts):
    articles = [make_article(text, title, language=language) for title, text, language in texts]
    stream = StoryStream()
    changes = stream.add(articles)
    placed = [name for story in stream.stories() for name in story.article_ids]
    assert sorted(placed) == sorted(article.id for article in articles)
    assert changes.assigned == {name: story.id for story in stream.stories() for name in story.article_ids}


def test_stories_of_ecbplus_topics_that_chose_no_threshold():
    """BCubed F1 of at least 0.89 on topics 18 to 35, and 0.95 between two orders of arrival."""
    articles, gold = _real("ecbplus.jsonl", lambda row: row["topic"] >= 18)
    found = []
    for seed in (1, 2):
        random.Random(seed).shuffle(articles)
        stream = StoryStream()
        found.append(stream.add(articles).assigned)
    assert min(bcubed(gold, one)[2] for one in found) >= 0.89
    assert bcubed(*found)[2] >= 0.95


def test_stories_across_languages():
    """BCubed F1 of at least 0.83 on news and its translations, in nine languages."""
    articles, gold = _real("parallel-news.jsonl", lambda _: True)
    assert bcubed(gold, StoryStream().add(articles).assigned)[2] >= 0.83


def test_a_translator_is_a_plain_callable_and_stories_are_made_of_what_it_gives():
    told = [make_article(FLOOD, id="a"), make_article(RICE, id="b")]
    strange = [dataclasses.replace(one, id=f"{one.id}2", language="xx", title="", text="q w e") for one in told]
    known = {f"{one.id}2": one for one in told}

    def translate(articles):
        return [dataclasses.replace(known[one.id], id=one.id) if one.id in known else one for one in articles]

    assert len(set(StoryStream().add([*told, *strange]).assigned.values())) > 2
    found = StoryStream(translate=translate).add([*told, *strange]).assigned
    assert (found["a"], found["b"]) == (found["a2"], found["b2"])
    assert found["a"] != found["b"]


def test_a_translator_that_loses_articles_is_refused():
    with pytest.raises(ValueError, match="as many"):
        StoryStream(translate=lambda articles: articles[1:]).add([make_article("text", "title", id="a")])


def test_what_has_left_the_window_does_not_stay_in_the_index(monkeypatch):
    monkeypatch.setattr(stream_module, "_KNOWN_ENOUGH", 1)
    stream = StoryStream(window_days=1)
    for day in range(40):
        stream.add(
            make_article(f"{FLOOD} {day} {number}", id=f"{day}-{number}", published_at=START + timedelta(days=3 * day))
            for number in range(3)
        )
    assert stream._stories.index.used < 40
    assert len(stream.stories()) >= 40
