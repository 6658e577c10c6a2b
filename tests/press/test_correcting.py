"""Stories corrected by hand: at once on the desk, in the drafts at the next build, and in the engine from then on."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nhipcau.access import PermissionDeniedError
from nhipcau.audit.models import Entry
from nhipcau.newswire import records
from nhipcau.press import queries
from nhipcau.press.digesting import build_digests
from nhipcau.press.domain.articles import store_articles
from nhipcau.press.domain.corrections import merge_stories, rename_story, split_story, undo_correction
from nhipcau.press.domain.errors import CorrectionError
from nhipcau.press.engine_records import corrections_record
from nhipcau.press.models import Article, Digest, DigestStory, Story, StoryCorrection
from tests.press.test_digests import make_stored, store
from tests.support.articles import ACTOR, make_record
from tests.support.people import make_person

pytestmark = pytest.mark.both_databases


def by(office, **given):
    return {"actor": ACTOR, "organisation": office} | given


def stories_of_articles():
    return {article.engine_id: article.story for article in Article.objects.select_related("story")}


@pytest.fixture
def two_stories(as_system, office):
    """Story ``s1`` of three articles and ``s2`` of two, with a digest that holds them."""
    articles = make_stored("s1", "s1", "s1", "s2", "s2")
    store(office, articles)
    return articles


def one(key):
    return Story.objects.get(engine_id=key)


def test_split_makes_another_story_of_the_articles_chosen(two_stories, office):
    first, second, third, *_ = two_stories
    chosen = Article.objects.get(engine_id=third.id)

    other = split_story(**by(office, story=one("s1"), articles=[chosen.pk]))

    assert (other.title, other.article_count, other.language) == (third.title, 1, "fr")
    assert one("s1").article_count == 2
    assert stories_of_articles()[third.id] == other
    assert stories_of_articles()[first.id] == stories_of_articles()[second.id] == one("s1")
    made = StoryCorrection.objects.get()
    assert (made.kind, made.story, made.other, made.organisation) == ("split", one("s1"), other, office)
    assert dict(made.articles.values_list("article__engine_id", "of_other")) == {
        first.id: False,
        second.id: False,
        third.id: True,
    }
    entry = Entry.objects.filter(verb="press.split_story").get()
    assert (entry.organisation_id, json.loads(entry.payload)["articles"]) == (office.pk, [3, 2])


def test_split_takes_all_copies_of_a_text_along(as_system, office):
    first, copy, third = make_stored("s1", "s1", "s1")
    reprint = copy.replace(duplicate_of=first.id, duplicate_measure="text", duplicate_value=1.0)
    store(office, [first, reprint, third])

    other = split_story(**by(office, story=one("s1"), articles=[Article.objects.get(engine_id=copy.id).pk]))

    assert set(other.articles.values_list("engine_id", flat=True)) == {first.id, copy.id}


@pytest.mark.parametrize("chosen", ["none", "all", "others"])
def test_split_needs_articles_to_go_and_articles_to_stay(two_stories, office, chosen):
    story = {"others": "s2"}.get(chosen, "s1")
    keys = list(Article.objects.filter(story__engine_id=story).values_list("pk", flat=True)) if chosen != "none" else []

    with pytest.raises(CorrectionError):
        split_story(**by(office, story=one("s1"), articles=keys))

    assert Story.objects.count() == 2
    assert not StoryCorrection.objects.exists()


def test_merge_brings_the_articles_in_and_the_address_leads_there(two_stories, office):
    merge_stories(**by(office, story=one("s2"), other=one("s1")))

    assert (one("s2").article_count, one("s1").article_count, one("s1").merged_into) == (5, 0, one("s2"))
    assert set(stories_of_articles().values()) == {one("s2")}


def test_merge_of_a_story_with_itself_or_with_an_empty_one_is_refused(two_stories, office):
    with pytest.raises(CorrectionError):
        merge_stories(**by(office, story=one("s1"), other=one("s1")))
    empty = Story.objects.create(engine_id="empty", title="Empty")
    with pytest.raises(CorrectionError):
        merge_stories(**by(office, story=one("s1"), other=empty))
    assert not StoryCorrection.objects.exists()


def test_name_stands_before_the_headline_and_can_be_taken_away(two_stories, office):
    assert rename_story(**by(office, story=one("s1"), name="  Cầu \n mới  ")).name == "Cầu mới"
    assert (str(one("s1")), one("s1").called_in, one("s1").title) == ("Cầu mới", "vi", two_stories[0].title)
    assert rename_story(**by(office, story=one("s1"), name="Cầu mới")) is None
    rename_story(**by(office, story=one("s1"), name=""))
    assert (str(one("s1")), one("s1").called_in) == (two_stories[0].title, "fr")
    with pytest.raises(CorrectionError):
        rename_story(**by(office, story=one("s1"), name="x" * 301))
    assert StoryCorrection.objects.count() == 2


def test_engine_never_overwrites_a_name(two_stories, office):
    rename_story(**by(office, story=one("s1"), name="Cầu mới"))

    store(office, [record.replace(title=f"Autre {record.title}") for record in two_stories])

    assert (one("s1").name, one("s1").title) == ("Cầu mới", f"Autre {two_stories[0].title}")


def test_undo_of_a_split_brings_back_what_is_still_there(two_stories, office):
    gone = list(Article.objects.filter(engine_id__in=[two_stories[1].id, two_stories[2].id]))
    other = split_story(**by(office, story=one("s1"), articles=[article.pk for article in gone]))
    Article.objects.filter(pk=gone[0].pk).update(story=one("s2"))

    undone = undo_correction(**by(office, correction=StoryCorrection.objects.get()))

    assert undone.undone_by == ACTOR.actor_label
    assert stories_of_articles()[gone[1].engine_id] == one("s1")
    assert stories_of_articles()[gone[0].engine_id] == one("s2")
    other.refresh_from_db()
    assert (other.article_count, other.merged_into) == (0, one("s1"))
    with pytest.raises(CorrectionError):
        undo_correction(**by(office, correction=undone))


def test_undo_of_a_merge_gives_both_their_articles(two_stories, office):
    before = stories_of_articles()
    made = merge_stories(**by(office, story=one("s1"), other=one("s2")))

    undo_correction(**by(office, correction=made))

    assert stories_of_articles() == before
    assert (one("s2").article_count, one("s2").merged_into) == (2, None)


def test_undo_of_a_name_that_another_one_replaced_is_refused(two_stories, office):
    first = rename_story(**by(office, story=one("s1"), name="Một"))
    second = rename_story(**by(office, story=one("s1"), name="Hai"))

    with pytest.raises(CorrectionError):
        undo_correction(**by(office, correction=first))
    undo_correction(**by(office, correction=second))

    assert one("s1").name == "Một"


def test_split_again_after_undo_makes_another_story(two_stories, office):
    chosen = [Article.objects.get(engine_id=two_stories[2].id).pk]
    one_other = split_story(**by(office, story=one("s1"), articles=chosen))
    undo_correction(**by(office, correction=StoryCorrection.objects.get()))

    other = split_story(**by(office, story=one("s1"), articles=chosen))

    assert other.engine_id != one_other.engine_id
    assert other.article_count == 1


@pytest.mark.parametrize("verb", ["split", "merge", "rename", "undo"])
def test_only_press_analysts_of_the_office_correct(two_stories, office, two_offices, verb):
    made = rename_story(**by(office, story=one("s1"), name="Một"))
    chosen = [Article.objects.get(engine_id=two_stories[0].id).pk]
    viewer = make_person(office=office, roles=["viewer"])
    elsewhere = make_person(office=two_offices.theirs.office, roles=["press_analyst"])
    verbs = {
        "split": lambda **who: split_story(story=one("s1"), articles=chosen, **who),
        "merge": lambda **who: merge_stories(story=one("s1"), other=one("s2"), **who),
        "rename": lambda **who: rename_story(story=one("s2"), name="Hai", **who),
        "undo": lambda **who: undo_correction(correction=made, **who),
    }

    for actor in (viewer, elsewhere):
        with pytest.raises(PermissionDeniedError):
            verbs[verb](actor=actor, organisation=office)
    assert StoryCorrection.objects.filter(undone_at=None).count() == 1
    verbs[verb](actor=elsewhere, organisation=two_offices.theirs.office)


def test_correction_holds_in_the_record_that_the_engine_gets(two_stories, office):
    a, b, c, d, e = (record.id for record in two_stories)
    now = timezone.now() - timedelta(0)
    Story.objects.update(last_seen=now)
    other = split_story(**by(office, story=one("s1"), articles=[Article.objects.get(engine_id=c).pk]))
    merge_stories(**by(office, story=one("s2"), other=other))
    rename_story(**by(office, story=one("s1"), name="Một"))
    rename_story(**by(office, story=one("s2"), name="Một"))
    Story.objects.update(last_seen=now)

    told = corrections_record(queries.corrected_articles(now), queries.named_articles(now))

    groups = [[(set(group.article_ids), group.story_id) for group in grouping] for grouping in told.groupings]
    assert groups == [[({a, b}, "s1"), ({c}, other.engine_id)], [({c, d, e}, "s2")]]
    assert [(set(title.article_ids), title.title) for title in told.titles] == [({a, b}, "Một"), ({c, d, e}, "Một")]
    undo_correction(**by(office, correction=StoryCorrection.objects.get(kind="merge")))
    assert len(corrections_record(queries.corrected_articles(now), ()).groupings) == 1
    later = now + timedelta(days=31)
    assert corrections_record(queries.corrected_articles(later), queries.named_articles(later)) == records.Corrections()


def test_record_for_the_engine_needs_the_same_queries_for_one_correction_and_three(two_stories, office):
    now = timezone.now()
    for number in (1, 2):
        for _ in range(number):
            story = Story.objects.filter(article_count__gt=1).order_by("pk").first()
            split_story(**by(office, story=story, articles=[story.articles.order_by("pk").last().pk]))
        Story.objects.update(last_seen=now)
        with CaptureQueriesContext(connection) as captured:
            corrections_record(queries.corrected_articles(now), queries.named_articles(now))
        # The articles of the corrections with their stories; their ids; the articles of named stories.
        assert len(captured) == 3


# With the engine itself -----------------------------------------------------------------------------------------------

RICE = (
    "Vietnam's rice exporters expect a record year. The ministry of agriculture said shipments rose by a tenth. "
    "Traders in Can Tho point to orders from the Philippines and Indonesia, and to better prices for fragrant rice."
)
AGAIN = (
    "Rice exporters in Can Tho expect a record year, with orders from the Philippines and Indonesia. Prices for "
    "fragrant rice are better than last year, traders in Vietnam say, and shipments rise."
)

CHESS = (
    "The chess festival in Hanoi, Vietnam, ended with a draw that nobody had foreseen. The youngest player won. " * 2
)


@pytest.fixture
def newsroom(as_system, office, analyst, settings, tmp_path):
    """Two articles of one event and one of another, of today, and the office's digest of them."""
    settings.HOME = tmp_path
    now = timezone.now()
    texts = {"Rice": RICE, "Rice again": AGAIN, "Chess": CHESS}
    made = [
        make_record(title, text, host=f"h{hours}.example", language="en", published_at=now - timedelta(hours=hours))
        for hours, (title, text) in enumerate(texts.items(), start=1)
    ]
    store_articles(actor=ACTOR, articles=made)
    build(office)
    return made


def build(office):
    return build_digests([office], timezone.localdate(), actor=ACTOR, focus="VN")


def told(digest):
    return {
        frozenset(item.article.title for item in entry.articles.all()): entry
        for entry in queries.stories_of_digest(digest)
    }


def test_next_build_of_the_draft_obeys_what_a_person_corrected(newsroom, office):
    rice = Article.objects.get(title="Rice again")
    assert set(told(Digest.objects.get())) == {frozenset({"Rice", "Rice again"}), frozenset({"Chess"})}

    other = split_story(**by(office, story=rice.story, articles=[rice.pk]))
    rename_story(**by(office, story=other, name="Gạo lại được mùa"))
    (digest,) = build(office)

    entries = told(digest)
    assert set(entries) == {frozenset({"Rice"}), frozenset({"Rice again"}), frozenset({"Chess"})}
    entry = entries[frozenset({"Rice again"})]
    assert (entry.story, entry.title) == (other, "Rice again")
    other.refresh_from_db()
    assert (other.title, other.name, other.article_count) == ("Rice again", "Gạo lại được mùa", 1)

    for correction in StoryCorrection.objects.exclude(kind="rename"):
        undo_correction(**by(office, correction=correction))
    (digest,) = build(office)
    assert set(told(digest)) == {frozenset({"Rice", "Rice again"}), frozenset({"Chess"})}


def test_merge_by_hand_stays_in_the_builds_that_follow(newsroom, office):
    rice, chess = Article.objects.get(title="Rice").story, Article.objects.get(title="Chess").story

    merge_stories(**by(office, story=chess, other=rice))
    (digest,) = build(office)

    assert [entry.story for entry in DigestStory.objects.filter(digest=digest)] == [chess]
    rice.refresh_from_db()
    assert rice.merged_into == chess


def test_draft_is_behind_a_correction_at_once_and_not_after_the_next_build(newsroom, office):
    now = timezone.now()
    assert list(queries.offices_behind(now)) == []

    rename_story(**by(office, story=Article.objects.get(title="Chess").story, name="Cờ"))

    assert list(queries.offices_behind(now)) == [office]
    build(office)
    assert list(queries.offices_behind(timezone.now())) == []
    undo_correction(**by(office, correction=StoryCorrection.objects.get()))
    assert list(queries.offices_behind(timezone.now())) == [office]
