from nhipcau.newswire.records import Corrections, HandGroup
from nhipcau.newswire.stories import StoryStream
from tests.support.engine import CHESS, FLOOD, RICE, TRAIN, make_article

RUSSIAN = (
    "Экспортёры риса ждут рекорда. В городе Кантхо торговцы называют заказы с Филиппин и из Индонезии, сказал Нгуен."
)
OTHERS = {"chess": CHESS, "flood": FLOOD, "train": TRAIN}


def _stream():
    stream = StoryStream()
    stream.add(
        [
            make_article(RICE, "Rice", id="rice-1", reasons=()),
            make_article(RICE + " Prices rose to 520 dollars.", "Rice again", id="rice-2", reasons=()),
            *(make_article(text, name, id=name, reasons=()) for name, text in OTHERS.items()),
        ]
    )
    return stream


def _id_of(stream, article):
    return next(story.id for story in stream.stories() if article in story.article_ids)


def test_members_say_what_they_share_and_how_like_the_others_they_are():
    stream = _stream()
    found = stream.explained(_id_of(stream, "rice-1"))
    assert [member.article_id for member in found.members] == ["rice-1", "rice-2"]
    for member in found.members:
        assert member.likeness > 0.5
        spelt = {text for one in member.shared for text in one.spelt}
        assert {"Philippines", "Indonesia"} <= spelt
        assert {one.kind for one in member.shared} <= {"word", "name", "number", "sound"}
        parts = [one.part for one in member.shared]
        assert parts == sorted(parts, reverse=True)
    assert not found.by_hand


def test_nearest_other_story_is_named_with_its_likeness():
    stream = _stream()
    found = stream.explained(_id_of(stream, "rice-1"))
    assert found.nearest_id in {_id_of(stream, name) for name in OTHERS}
    assert 0 <= found.nearest_likeness < 0.12
    assert found.nearest_articles[0] in OTHERS


def test_what_a_person_said_is_told():
    stream = _stream()
    apart = (HandGroup(article_ids=("rice-1",)), HandGroup(article_ids=("rice-2",)))
    stream.correct(Corrections(groupings=(apart,)))
    found = stream.explained(_id_of(stream, "rice-1"))
    assert (found.by_hand, found.held_apart) == (True, True)
    assert found.nearest_articles == ("rice-2",)


def test_explanation_is_the_same_after_saving(tmp_path):
    stream = _stream()
    story = _id_of(stream, "rice-1")
    stream.save(tmp_path / "state.gz")
    assert StoryStream.load(tmp_path / "state.gz").explained(story) == stream.explained(story)


def test_unknown_story_is_not_explained():
    assert _stream().explained("0" * 16) is None
