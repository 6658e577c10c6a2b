"""What people correct in stories: obeyed in any order of arrival, from run to run, and the later decision wins."""

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.newswire import pipeline
from nhipcau.newswire.records import Corrections, HandGroup, HandTitle
from nhipcau.newswire.state import StateError
from nhipcau.newswire.stories import StoryStream
from nhipcau.newswire.stories.clusters import story_id
from nhipcau.newswire.stories.corrections import Bonds
from tests.support.engine import CHESS, FLOOD, RICE, TRAIN, make_article

TEXTS = {"rice": RICE, "train": TRAIN, "flood": FLOOD, "chess": CHESS}
#: Three articles on each of four events: ``rice-1`` ... ``chess-3``.
ARTICLES = {
    f"{name}-{number}": make_article(f"{text} Report {number}.", name, id=f"{name}-{number}", hours=number)
    for name, text in TEXTS.items()
    for number in (1, 2, 3)
}


def grouped(*groupings, titles=()):
    """Corrections in which each grouping is a list of groups, each group a text of ids."""
    return Corrections(
        groupings=tuple(tuple(HandGroup(article_ids=tuple(ids.split())) for ids in groups) for groups in groupings),
        titles=tuple(titles),
    )


def streamed(corrections, *names):
    stream = StoryStream()
    stream.correct(corrections)
    stream.add(ARTICLES[name] for name in names or ARTICLES)
    return stream


def stories_of(stream):
    return {article: story.id for story in stream.stories() for article in story.article_ids}


def members(stream):
    return sorted(sorted(story.article_ids) for story in stream.stories())


def obeys(found, bonds):
    """Whether articles stand, article id to story id, as the bonds say."""
    stories = {}
    for article, bond in bonds.of.items():
        if article in found:
            stories.setdefault(bond, set()).add(found[article])
    if any(len(told) > 1 for told in stories.values()):
        return False
    pairs = [tuple(pair) for pair in bonds.apart if pair <= stories.keys()]
    return all(stories[one] != stories[other] for one, other in pairs)


# Bonds ----------------------------------------------------------------------------------------------------------------


def test_later_decision_wins_and_leaves_the_rest_of_the_earlier_one():
    bonds = Bonds(grouped(["a b c d"], ["a", "b"]))
    assert bonds.of["c"] == bonds.of["d"]
    assert len({bonds.of[name] for name in "abc"}) == 3
    assert bonds.bar([bonds.of["a"]], [bonds.of["b"]])
    assert not bonds.bar([bonds.of["a"]], [bonds.of["c"]])


def test_articles_held_apart_that_are_joined_later_are_one():
    bonds = Bonds(grouped(["a", "b", "c"], ["a b"]))
    assert bonds.of["a"] == bonds.of["b"]
    assert bonds.bar([bonds.of["a"]], [bonds.of["c"]])
    assert len(bonds.apart) == 1


def test_what_is_taken_out_of_a_bond_stays_apart_from_what_the_bond_was_apart_from():
    bonds = Bonds(grouped(["a b", "x"], ["a", "b"]))
    assert all(bonds.bar([bonds.of[name]], [bonds.of["x"]]) for name in "ab")


GROUPINGS = st.lists(
    st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=3),
    max_size=6,
)


@given(GROUPINGS)
def test_last_decision_holds_whatever_was_decided_before(groupings):
    bonds = Bonds(grouped(*groupings))
    seen = set()
    last = []
    for group in groupings[-1] if groupings else []:
        ids = set(group.split()) - seen
        seen |= ids
        if ids:
            last.append({bonds.of[article] for article in ids})
    assert all(len(held) == 1 for held in last)
    assert all(bonds.bar(one, other) for place, one in enumerate(last) for other in last[place + 1 :])
    assert all(pair <= set(bonds.of.values()) and len(pair) == 2 for pair in bonds.apart)


# In the stream --------------------------------------------------------------------------------------------------------


def test_no_corrections_leave_the_bytes_of_the_state_as_they_are(tmp_path):
    plain = StoryStream()
    plain.add(ARTICLES.values())
    plain.save(tmp_path / "plain.gz")
    streamed(Corrections()).save(tmp_path / "empty.gz")
    assert (tmp_path / "plain.gz").read_bytes() == (tmp_path / "empty.gz").read_bytes()


def test_unlike_articles_that_a_hand_joined_are_one_story():
    stream = streamed(grouped(["rice-1 chess-1"]))
    found = stories_of(stream)
    assert found["rice-1"] == found["chess-1"]
    assert [story.by_hand for story in stream.stories() if "rice-1" in story.article_ids] == [True]


def test_articles_that_a_hand_parted_are_two_stories_and_what_comes_next_joins_one_of_them():
    stream = streamed(grouped(["rice-1", "rice-2"]))
    found = stories_of(stream)
    assert found["rice-1"] != found["rice-2"]
    assert found["rice-3"] in {found["rice-1"], found["rice-2"]}
    assert len(stream.stories()) == 5


def test_what_comes_next_joins_the_side_it_is_most_like():
    stream = StoryStream()
    stream.add([*ARTICLES.values(), make_article(f"{RICE} Durian growers in Dak Lak wait.", "Durian", id="durian")])
    rice = "rice-1 rice-2 rice-3"
    stream.correct(grouped([rice, "durian"]))
    more = [make_article(f"{RICE} Durian growers in Dak Lak, again.", "Durian", id="next")]
    stream.add(more)
    found = stories_of(stream)
    assert found["next"] == found["durian"] != found["rice-1"]


def test_correction_of_stories_at_hand_is_told_as_a_change():
    stream = StoryStream()
    stream.add(ARTICLES.values())
    before = stories_of(stream)
    changes = stream.correct(grouped(["rice-1 rice-2 rice-3 chess-1 chess-2 chess-3"]))
    assert changes.merged == {before["chess-1"]: before["rice-1"]}
    changes = stream.correct(grouped(["rice-1 rice-2", "rice-3"]))
    after = stories_of(stream)
    assert changes.split == {before["rice-1"]: (before["rice-1"], after["rice-3"], after["chess-1"])}


def test_correction_taken_back_leaves_what_the_engine_itself_says():
    plain, corrected = streamed(Corrections()), streamed(Corrections())
    corrected.correct(grouped(["rice-1", "rice-2 rice-3"], ["train-1 flood-1"]))
    assert members(corrected) != members(plain)
    corrected.correct(Corrections())
    assert members(corrected) == members(plain)


def test_groups_go_by_the_ids_that_are_given_to_them():
    stream = StoryStream()
    stream.add(ARTICLES.values())
    old = story_id("rice-1")
    assert stories_of(stream)["rice-1"] == old
    parted = (
        HandGroup(article_ids=("rice-2", "rice-3"), story_id=old),
        HandGroup(article_ids=("rice-1",), story_id="f" * 16),
    )
    stream.correct(Corrections(groupings=(parted,)))
    found = stories_of(stream)
    assert (found["rice-1"], found["rice-2"], found["rice-3"]) == ("f" * 16, old, old)


def test_no_two_stories_go_by_one_id():
    """A group takes the id that another story's founder would have given it."""
    taken = Corrections(groupings=((HandGroup(article_ids=("chess-1",), story_id=story_id("rice-1")),),))
    stream = streamed(taken)
    found = stories_of(stream)
    assert found["chess-1"] == story_id("rice-1") != found["rice-1"]
    assert len({story.id for story in stream.stories()}) == 4


def test_saved_corrections_are_obeyed_in_the_next_run(tmp_path):
    title = HandTitle(article_ids=("rice-1",), title="Gạo Việt Nam được mùa")
    corrections = grouped(["rice-1", "rice-2"], ["flood-1 chess-1"], titles=[title])
    streamed(corrections, "rice-1", "rice-2", "flood-1").save(tmp_path / "one.gz")
    loaded = StoryStream.load(tmp_path / "one.gz")
    loaded.save(tmp_path / "two.gz")
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()
    assert loaded.corrections == corrections
    loaded.add(ARTICLES.values())
    assert obeys(stories_of(loaded), Bonds(corrections))
    told = {story.title for story in loaded.stories() if "rice-1" in story.article_ids}
    assert told == {"Gạo Việt Nam được mùa"}


def test_corrections_of_articles_that_the_window_lost_are_forgotten(tmp_path):
    stream = StoryStream(window_days=2)
    stream.correct(grouped(["rice-1 rice-2"], ["late", "gone"]))
    stream.add(ARTICLES.values())
    stream.add([make_article(CHESS, id="late", hours=24 * 9)])
    stream.save(tmp_path / "state.gz")
    loaded = StoryStream.load(tmp_path / "state.gz")
    assert members(loaded) == [["late"]]
    assert loaded.corrections == grouped(["late", "gone"])
    loaded.add([make_article(CHESS, id="gone", hours=24 * 9)])
    assert members(loaded) == [["gone"], ["late"]]


def test_state_that_knows_no_corrections_still_loads(tmp_path):
    streamed(Corrections()).save(tmp_path / "old.gz")
    header = json.loads(gzip.decompress((tmp_path / "old.gz").read_bytes()).splitlines()[0])
    assert "corrections" not in header
    assert StoryStream.load(tmp_path / "old.gz").corrections == Corrections()


@pytest.mark.parametrize(
    "line", [["groups", [["x"]]], ["groups", 3], ["title", "t"], ["title", "t", "ids"], ["else"], {}, [[]]]
)
def test_damaged_correction_is_named_in_a_sentence(tmp_path, line):
    streamed(grouped(["rice-1 rice-2"])).save(tmp_path / "good.gz")
    lines = [json.loads(one) for one in gzip.decompress((tmp_path / "good.gz").read_bytes()).splitlines()]
    lines[1 + lines[0]["parts"]] = line
    (tmp_path / "bad.gz").write_bytes(gzip.compress("".join(json.dumps(one) + "\n" for one in lines).encode()))
    with pytest.raises(StateError, match="is damaged"):
        StoryStream.load(tmp_path / "bad.gz")


def test_large_story_is_taken_apart_though_not_all_its_articles_speak():
    stream = StoryStream()
    days = [make_article(f"{FLOOD} Day {day}.", "Floods", id=f"f{day}", hours=day) for day in range(60)]
    stream.add([*ARTICLES.values(), *days])
    silent = {"f20", "f21"}
    rest = " ".join([*sorted({f"f{day}" for day in range(60)} - silent), "flood-1", "flood-2", "flood-3"])
    stream.correct(grouped([rest, " ".join(sorted(silent))]))
    assert sorted(silent) in members(stream)
    stream.add([make_article(f"{FLOOD} Day 61.", "Floods", id="f61", hours=61)])
    assert stories_of(stream)["f61"] == stories_of(stream)["f0"]


IDS = st.sampled_from(sorted(ARTICLES))
DECISIONS = st.lists(
    st.lists(st.lists(IDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=3), min_size=1, max_size=4
)


@settings(max_examples=60)
@given(DECISIONS, st.permutations(sorted(ARTICLES)), st.integers(0, len(ARTICLES)), st.booleans())
def test_corrections_hold_in_any_order_of_arrival(decisions, order, known, one_by_one):
    """Some articles are there when the corrections are made, others come after it, at once or one by one."""
    corrections = grouped(*decisions)
    stream = StoryStream()
    stream.add(ARTICLES[name] for name in order[:known])
    stream.correct(corrections)
    assert obeys(stories_of(stream), Bonds(corrections))
    later = [ARTICLES[name] for name in order[known:]]
    for batch in [[article] for article in later] if one_by_one else [later]:
        stream.add(batch)
    found = stories_of(stream)
    assert obeys(found, Bonds(corrections))
    assert sorted(found) == sorted(ARTICLES)
    assert len({story.id for story in stream.stories()}) == len(stream.stories())


@settings(max_examples=25)
@given(DECISIONS, DECISIONS, st.integers(0, len(ARTICLES)))
def test_corrections_hold_over_a_saved_state_and_when_they_change(tmp_path_factory, first, then, known):
    folder = tmp_path_factory.mktemp("state")
    stream = streamed(grouped(*first), *sorted(ARTICLES)[:known] or ["rice-1"])
    stream.save(folder / "state.gz")
    loaded = StoryStream.load(folder / "state.gz")
    loaded.correct(grouped(*first, *then))
    loaded.add(ARTICLES.values())
    assert obeys(stories_of(loaded), Bonds(grouped(*first, *then)))


# In the whole line ----------------------------------------------------------------------------------------------------


OTHER_RICE = "Rice exporters in Can Tho expect a record year, with orders from the Philippines and Indonesia."


def test_run_obeys_corrections_and_the_next_run_remembers_them(tmp_path):
    """Reprints, which no story is made of, go where their first goes."""
    other = make_article(OTHER_RICE, "Rice", id="other", hours=5)
    corrections = grouped(
        ["rice-1", "other"], titles=[HandTitle(article_ids=("train-1",), title="Đường sắt tốc độ cao")]
    )
    with pipeline.run([[*ARTICLES.values(), other]], corrections=corrections) as result:
        rows = {article: row for row in result.data["stories"] for article in row["article_ids"]}
        result.write(tmp_path / "out", formats=["json"])
    assert rows["rice-1"]["id"] == rows["rice-2"]["id"] != rows["other"]["id"]
    assert (rows["rice-1"]["grouped_by"], rows["other"]["grouped_by"]) == ("hand", "hand")
    assert "grouped_by" not in rows["flood-1"]
    named = rows["train-1"]
    assert (named["headline"], named["headline_by"], named["title"]) == ("Đường sắt tốc độ cao", "hand", "train")
    assert (rows["flood-1"]["headline"], "headline_by" in rows["flood-1"]) == (None, False)
    more = [ARTICLES["rice-1"], other, make_article(f"{TRAIN} It is long awaited.", "train", id="train-4")]
    with pipeline.run([more], previous=tmp_path / "out") as result:
        rows = {article: row for row in result.data["stories"] for article in row["article_ids"]}
    assert rows["rice-1"]["id"] != rows["other"]["id"]
    assert rows["train-4"]["headline"] == "Đường sắt tốc độ cao"
