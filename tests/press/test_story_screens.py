"""The screen of a story: its articles over time, and correcting it by hand with a look at what moves first."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau.accounts.domain.roles import grant_membership
from nhipcau.press.domain.corrections import merge_stories, rename_story, split_story
from nhipcau.press.models import Article, Digest, Story, StoryCorrection
from nhipcau.press.timeline import timeline
from tests.press.test_coverage import heading, press_queries
from tests.press.test_digests import make_stored, store
from tests.press.test_screens import text_of
from tests.support.articles import ACTOR
from tests.support.people import START, make_person

pytestmark = pytest.mark.postgres_when_long


@pytest.fixture(autouse=True)
def _english(analyst, as_system):
    analyst.language = "en"
    analyst.save()


@pytest.fixture
def stories(office):
    """Story ``s1`` of three articles, ``s2`` of two."""
    store(office, make_stored("s1", "s1", "s1", "s2", "s2"))
    return {story.engine_id: story for story in Story.objects.all()}


def keys(story):
    return list(story.articles.order_by("dated_at", "pk").values_list("pk", flat=True))


# Over time ------------------------------------------------------------------------------------------------------------

HOUR = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)


def test_timeline_counts_by_hour_in_viet_nam_without_a_gap():
    drawn = timeline([HOUR, HOUR + timedelta(minutes=40), HOUR + timedelta(hours=3)])

    assert (drawn.unit, [bar.count for bar in drawn.bars]) == ("hour", [2, 0, 0, 1])
    assert drawn.bars[0].at.isoformat() == "2026-11-22T14:00:00+07:00"
    assert (drawn.highest.height, drawn.bars[3].height, drawn.bars[3].y) == (60, 30, 30)


def test_timeline_takes_days_and_weeks_where_hours_are_too_many():
    assert timeline([HOUR, HOUR + timedelta(days=20)]).unit == "day"
    weekly = timeline([HOUR, HOUR + timedelta(days=300)])
    assert weekly.unit == "week"
    assert {bar.at.weekday() for bar in weekly.bars} == {0}


def test_timeline_of_one_hour_or_of_nothing_is_none():
    assert timeline([]) is None
    assert timeline([HOUR, HOUR]) is None


def test_timeline_gathers_what_lies_centuries_back_in_its_first_bar():
    drawn = timeline([HOUR.replace(year=1405), HOUR, HOUR])

    assert (len(drawn.bars), drawn.bars[0].count, drawn.bars[-1].count) == (520, 1, 2)


def test_story_draws_its_articles_over_time_and_says_the_same_in_words(desk, stories):
    said = desk.get(f"/cau-chuyen/{stories['s1'].pk}/")

    assert said.text.count("<rect ") == 3
    assert re.search(r'<svg [^>]*role="img" aria-labelledby="timeline-says"', said.text)
    assert "Articles in each hour; most from" in text_of(said)
    assert "style=" not in said.text


# Correcting -----------------------------------------------------------------------------------------------------------


def test_story_offers_corrections_to_press_analysts_only(desk, stories, office, signed_in_client):
    path = f"/cau-chuyen/{stories['s1'].pk}/"
    reader = make_person(office=office, roles=["viewer"])

    assert desk.get(path).text.count('<input type="checkbox" name="article"') == 3
    answer = signed_in_client(reader).get(path).text
    assert "checkbox" not in answer
    assert "/gop/" not in answer
    assert "<textarea" not in answer


@pytest.mark.parametrize("what", ["ten", "tach", "gop"])
def test_correction_by_somebody_else_is_refused(stories, office, signed_in_client, what):
    reader = signed_in_client(make_person(office=office, roles=["viewer"]))
    data = {"name": "Tên", "article": keys(stories["s1"])[:1], "other": stories["s2"].pk}

    assert reader.post(f"/cau-chuyen/{stories['s1'].pk}/{what}/", data).status_code == 403

    assert not StoryCorrection.objects.exists()


def test_split_shows_what_moves_and_then_moves_it(desk, stories, office):
    story = stories["s1"]
    first, second, third = keys(story)

    preview = desk.get(f"/cau-chuyen/{story.pk}/tach/", {"article": [third]})
    assert heading(preview) == "Make another story of 1 article?"
    assert "Staying: 2 articles" in text_of(preview)
    assert story.articles.count() == 3

    done = desk.post(f"/cau-chuyen/{story.pk}/tach/", {"article": [third], "name": "Chuyện khác"})
    other = Story.objects.get(name="Chuyện khác")
    assert done["location"] == f"/cau-chuyen/{other.pk}/"
    assert keys(other) == [third]
    assert keys(story) == [first, second]
    page = desk.get(done["location"])
    assert heading(page) == "Chuyện khác"
    assert "Original headline:" in text_of(page)
    assert "1 article came out of:" in text_of(page)
    assert StoryCorrection.objects.filter(organisation=office).count() == 2


def test_split_says_which_copies_go_along(desk, stories):
    first, _second, third = keys(stories["s1"])
    Article.objects.filter(pk=third).update(duplicate_of=first)

    preview = text_of(desk.get(f"/cau-chuyen/{stories['s1'].pk}/tach/", {"article": [first]}))

    assert "Going along because the text is the same as one that was chosen: 1 article." in preview
    assert "Staying: 1 article" in preview


@pytest.mark.parametrize("given", [[], ["x", "-1", "9" * 30], "all"])
def test_split_of_nothing_or_of_everything_asks_again(desk, stories, given):
    story = stories["s1"]
    chosen = keys(story) if given == "all" else given

    answer = desk.get(f"/cau-chuyen/{story.pk}/tach/", {"article": chosen})

    assert heading(answer) == "Which articles are of another event?"
    assert answer.text.count('<input type="checkbox" name="article"') == 3
    assert desk.post(f"/cau-chuyen/{story.pk}/tach/", {"article": chosen}).status_code == 302
    assert not StoryCorrection.objects.exists()


def test_merge_offers_likely_stories_shows_them_and_joins_them(desk, stories):
    one, other = stories["s1"], stories["s2"]

    choice = desk.get(f"/cau-chuyen/{one.pk}/gop/")
    assert re.findall(r"\?other=(\d+)", choice.text) == [str(other.pk)]
    preview = desk.get(f"/cau-chuyen/{one.pk}/gop/?other={other.pk}")
    assert heading(preview) == "Join these two stories?"
    assert "Coming in: 2 articles" in text_of(preview)
    done = desk.post(f"/cau-chuyen/{one.pk}/gop/", {"other": other.pk})

    assert done["location"] == f"/cau-chuyen/{one.pk}/"
    assert len(keys(one)) == 5
    assert desk.get(f"/cau-chuyen/{other.pk}/")["location"] == f"/cau-chuyen/{one.pk}/"
    assert "2 articles came in from:" in text_of(desk.get(f"/cau-chuyen/{one.pk}/"))


def test_merge_finds_a_story_by_the_words_of_its_articles(desk, stories):
    one, other = stories["s1"], stories["s2"]
    words = other.articles.first().title

    found = desk.get(f"/cau-chuyen/{one.pk}/gop/", {"q": f'"{words}"'})
    assert re.findall(r"\?other=(\d+)", found.text) == [str(other.pk)]
    assert "No story found" in desk.get(f"/cau-chuyen/{one.pk}/gop/", {"q": "khongcogica"}).text


@pytest.mark.parametrize("other", ["", "x", "0", "itself"])
def test_merge_with_nothing_is_said(desk, stories, other):
    one = stories["s1"]
    given = one.pk if other == "itself" else other

    answer = desk.post(f"/cau-chuyen/{one.pk}/gop/", {"other": given}, follow=True)

    assert 'class="notice notice-error' in answer.text
    assert desk.get(f"/cau-chuyen/{one.pk}/gop/", {"other": given}).status_code == 200
    assert not StoryCorrection.objects.exists()


def test_name_is_shown_everywhere_beside_the_headline(desk, stories):
    story = stories["s1"]

    desk.post(f"/cau-chuyen/{story.pk}/ten/", {"name": "Cầu <b>mới</b>"})

    page = desk.get(f"/cau-chuyen/{story.pk}/")
    assert '<span lang="vi" dir="ltr">Cầu &lt;b&gt;mới&lt;/b&gt;</span>' in page.text
    assert f'<span lang="fr" dir="ltr">{story.title}</span>' in page.text.replace("&#x27;", "'")
    assert "Cầu &lt;b&gt;mới" in desk.get(f"/tin-bai/{keys(story)[0]}/").text


def test_name_stands_over_the_headline_in_the_digest(desk, stories, office):
    desk.post(f"/cau-chuyen/{stories['s1'].pk}/ten/", {"name": "Cầu mới"})

    page = desk.get(f"/diem-bao/{Digest.objects.get().pk}/").text

    named = re.findall(
        r'<h3 class="story-title" lang="vi"><a [^>]*>([^<]*)</a></h3>\s*<p [^>]*lang="fr"[^>]*>([^<]*)</p>', page
    )
    assert named == [("Cầu mới", stories["s1"].title)]


def test_history_tells_who_corrected_what_and_undoes_it(desk, stories, office, analyst):
    story = stories["s1"]
    who = {"actor": analyst, "organisation": office}
    split_story(story=story, articles=keys(story)[:1], **who)
    rename_story(story=story, name="Tên", **who)
    made = StoryCorrection.objects.get(kind="split")

    said = text_of(desk.get(f"/cau-chuyen/{story.pk}/"))
    assert f"{analyst.actor_label}, {office}" in said
    assert said.index("Named: Tên") < said.index("1 article moved to another story:")
    preview = desk.get(f"/cau-chuyen/chinh-sua/{made.pk}/hoan-tac/")
    assert "Going back to “Tên”: 1 article." in text_of(preview)
    desk.post(f"/cau-chuyen/chinh-sua/{made.pk}/hoan-tac/")

    assert len(keys(story)) == 3
    said = text_of(desk.get(f"/cau-chuyen/{story.pk}/"))
    assert f"by {analyst.actor_label}" in said
    again = desk.post(f"/cau-chuyen/chinh-sua/{made.pk}/hoan-tac/", follow=True)
    assert "This correction is undone already." in again.text


def test_analyst_of_two_offices_chooses_for_which_one(desk, stories, analyst, two_offices):
    theirs = two_offices.theirs.office
    given = {"person": analyst, "organisation": theirs, "role": "press_analyst", "valid_from": START}
    grant_membership(actor=ACTOR, **given)
    path = f"/cau-chuyen/{stories['s1'].pk}/tach/"

    assert "For the office" in desk.get(path, {"article": keys(stories["s1"])[:1]}).text
    desk.post(path, {"article": keys(stories["s1"])[:1], "organisation": theirs.pk})

    assert StoryCorrection.objects.get().organisation == theirs


def test_screens_of_a_correction_need_the_same_queries_for_one_row_and_three(desk, office):
    for number in (1, 3):
        names = [f"{number}-{n}" for n in range(number)]
        store(office, make_stored(*(name for name in ["s", *names] for _ in range(number + 1))))
        story = Story.objects.get(engine_id="s")
        others = [Story.objects.get(engine_id=name) for name in names]
        for other in others[1:]:
            merge_stories(actor=ACTOR, organisation=office, story=others[0], other=other)
        split_story(actor=ACTOR, organisation=office, story=story, articles=keys(story)[:1])
        undo = StoryCorrection.objects.filter(kind="split").latest("pk")
        paths = {
            # The story, its articles, their topics, its corrections.
            f"/cau-chuyen/{story.pk}/": 4,
            # The story, its articles, their topics.
            f"/cau-chuyen/{story.pk}/tach/?article={keys(story)[0]}": 3,
            # The story, those of its time, the topics in common, whether any is sample data.
            f"/cau-chuyen/{story.pk}/gop/": 4,
            # The stories; the articles of each, and their topics.
            f"/cau-chuyen/{story.pk}/gop/?other={others[0].pk}": 6,
            # The correction, what goes back, its topics.
            f"/cau-chuyen/chinh-sua/{undo.pk}/hoan-tac/": 3,
        }
        for path, expected in paths.items():
            with CaptureQueriesContext(connection) as captured:
                desk.get(path)
            assert len(press_queries(captured)) == expected, path
