import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nhipcau.access import PermissionDeniedError
from nhipcau.audit.models import Entry
from nhipcau.press import queries
from nhipcau.press.domain.articles import store_articles
from nhipcau.press.domain.digests import store_digest
from nhipcau.press.domain.errors import NotDraftError, UnknownArticleError
from nhipcau.press.models import Article, Digest, DigestArticle, DigestStory, Story
from tests.support.articles import ACTOR, make_record
from tests.support.people import make_person
from tests.support.results import make_result

pytestmark = pytest.mark.both_databases

DAY = date(2026, 11, 22)
PERIOD = (datetime(2026, 11, 19, 17, 0, tzinfo=UTC), datetime(2026, 11, 22, 16, 59, tzinfo=UTC))


def store(office, records, *, actor=ACTOR, **fields):
    given = {"day": DAY, "period": PERIOD, "as_of": timezone.now(), "result": make_result(records)} | fields
    return store_digest(actor=actor, organisation=office, **given)


def make_stored(*stories, **fields):
    """Stored articles, one for each story named; None is an article without a story."""
    records = [
        make_record(host=f"h{n}.example", outlet=f"H{n}", country=("FR", "DE")[n % 2], story_id=story, **fields)
        for n, story in enumerate(stories)
    ]
    store_articles(actor=ACTOR, articles=records)
    return records


def contents(digest):
    return [
        (entry.rank, entry.story.engine_id, [item.article.engine_id for item in entry.articles.all()])
        for entry in queries.stories_of_digest(digest).select_related("story")
    ]


def test_store_digest_keeps_stories_articles_and_numbers(as_system, office):
    records = make_stored("s1", "s1", "s2", None)

    digest = store(office, records, result=make_result(records, rejected={"too_short": 2}))

    assert contents(digest) == [(1, "s1", [records[0].id, records[1].id]), (2, "s2", [records[2].id])]
    assert digest.counts == {
        "documents": 6,
        "articles": 4,
        "rejected": {"too_short": 2},
        "duplicates": 0,
        "relevant": 4,
    }
    entry = DigestStory.objects.get(rank=1)
    assert (entry.article_count, entry.outlet_count, entry.country_count, entry.language_count) == (2, 2, 2, 1)
    assert (entry.title, entry.gist_article.engine_id, entry.topic) == (records[0].title, records[0].id, "economy")
    assert queries.articles_of_digest(digest).count() == 4
    assert queries.numbers_by(digest, "article__outlet__country") == [("DE", 2), ("FR", 2)]


def test_store_digest_gives_the_articles_their_stories(as_system, office):
    records = make_stored("s1", "s1", "s2", None)

    store(office, records)

    stories = dict(Article.objects.values_list("engine_id", "story__engine_id"))
    assert stories == {record.id: record.story_id for record in records}
    story = Story.objects.get(engine_id="s1")
    assert (story.article_count, story.outlet_count, story.country_count, story.language_count) == (2, 2, 2, 1)
    assert (story.first_seen, story.last_seen) == tuple(sorted(record.published_at for record in records[:2]))


def test_store_digest_twice_changes_nothing_and_writes_one_entry(as_system, office):
    records, now = make_stored("s1", "s2"), timezone.now()
    store(office, records, as_of=now)
    models = (Article, Story, Digest, DigestStory, DigestArticle)
    before = [list(model.objects.order_by("pk").values()) for model in models]

    store(office, records, as_of=now)

    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    assert Entry.objects.filter(verb="press.store_digest").count() == 1


def test_store_digest_notes_that_the_same_still_holds(as_system, office):
    records, now = make_stored("s1"), timezone.now()
    store(office, records, as_of=now)

    later = store(office, records, as_of=now + timedelta(hours=1))

    assert later.built_at == now + timedelta(hours=1)
    assert Entry.objects.filter(verb="press.store_digest").count() == 1


def test_store_digest_again_replaces_the_draft(as_system, office):
    records = make_stored("s1", "s2", "s3")
    first = store(office, records[:2])
    kept = DigestStory.objects.get(story__engine_id="s1").pk

    again = store(office, [records[2], records[0]])

    assert again.pk == first.pk
    assert contents(again) == [(1, "s3", [records[2].id]), (2, "s1", [records[0].id])]
    assert DigestStory.objects.get(story__engine_id="s1").pk == kept
    assert set(again.articles.values_list("article__engine_id", flat=True)) == {records[0].id, records[2].id}
    changes = json.loads(Entry.objects.filter(verb="press.store_digest").last().payload)
    before, after = changes.pop("result_hash")
    assert changes == {"stories": [2, 2], "articles": [2, 2]}
    assert before != after


def test_store_digest_keeps_offices_apart(as_system, office, two_offices):
    records = make_stored("s1")

    ours, theirs = store(office, records), store(two_offices.theirs.office, records)

    assert ours.pk != theirs.pk
    assert contents(ours) == contents(theirs)
    assert Story.objects.count() == 1


def test_store_digest_marks_reprints_and_lets_them_be(as_system, office):
    first, second = make_stored("s1", "s1")
    reprint = second.replace(duplicate_of=first.id, duplicate_measure="containment", duplicate_value=0.93)

    digest = store(office, [first, reprint])
    later = store(office, [second], day=DAY + timedelta(days=1))

    article = Article.objects.get(engine_id=second.id)
    assert (article.duplicate_of.engine_id, article.duplicate_measure, article.duplicate_value) == (
        first.id,
        "containment",
        0.93,
    )
    assert list(queries.articles_of_digest(digest, reprint=True).values_list("article__engine_id", flat=True)) == [
        second.id
    ]
    assert later.counts["duplicates"] == 1


def test_store_digest_leads_a_merged_story_to_where_it_went(as_system, office):
    records = make_stored("s1", "s1", "s2")
    store(office, records)

    store(office, [record.replace(story_id="s2") for record in records])

    gone = Story.objects.get(engine_id="s1")
    assert (gone.article_count, gone.merged_into.engine_id) == (0, "s2")

    store(office, records)

    gone.refresh_from_db()
    assert (gone.article_count, gone.merged_into) == (2, None)


def test_store_digest_counts_articles_of_earlier_days_to_their_story(as_system, office):
    old, new = make_stored("s1", "s1")
    store(office, [old], day=DAY - timedelta(days=5))

    digest = store(office, [new])

    assert Story.objects.get(engine_id="s1").article_count == 2
    assert DigestStory.objects.get(digest=digest).article_count == 1


def test_store_digest_leaves_an_approved_digest_alone(as_system, office):
    records = make_stored("s1", "s2")
    digest = store(office, records[:1])
    Digest.objects.filter(pk=digest.pk).update(state="approved")

    with pytest.raises(NotDraftError):
        store(office, records)

    assert contents(Digest.objects.get()) == [(1, "s1", [records[0].id])]
    assert Article.objects.filter(story__isnull=False).count() == 1


def test_store_digest_speaks_of_stored_articles_only(as_system, office):
    with pytest.raises(UnknownArticleError):
        store(office, [make_record(story_id="s1")])

    assert not Digest.objects.exists()
    assert not Story.objects.exists()


def test_store_digest_is_for_the_analysts_of_that_office(as_system, office, two_offices):
    records = make_stored("s1")
    analyst = make_person(office=two_offices.theirs.office, roles=["press_analyst"])

    with pytest.raises(PermissionDeniedError):
        store(office, records, actor=analyst)
    with pytest.raises(PermissionDeniedError):
        store(office, records, actor=two_offices.ours.administrator)

    assert not Digest.objects.exists()
    assert store(two_offices.theirs.office, records, actor=analyst).organisation == two_offices.theirs.office


def test_store_digest_by_an_analyst_under_their_own_access(office, analyst, opened_for):
    from nhipcau import access

    with access.system("test"):
        records = make_stored("s1")

    with opened_for(analyst):
        digest = store(office, records, actor=analyst)
        assert contents(digest) == [(1, "s1", [records[0].id])]
        assert store(office, records[:0], actor=analyst).pk == digest.pk


def test_digests_are_seen_by_the_members_of_their_office_only(office, analyst, two_offices, opened_for):
    from nhipcau import access

    with access.system("test"):
        store(office, make_stored("s1"))

    with opened_for(analyst):
        assert (Digest.objects.count(), DigestStory.objects.count(), DigestArticle.objects.count()) == (1, 1, 1)
    with opened_for(two_offices.theirs.administrator):
        assert (Digest.objects.count(), DigestStory.objects.count(), DigestArticle.objects.count()) == (0, 0, 0)


def test_store_digest_needs_few_queries_for_many_articles(as_system, office):
    def queries_for(number, day):
        records = make_stored(*(f"{day}-{n // 4}" for n in range(number)))
        with CaptureQueriesContext(connection) as captured:
            store(office, records, day=day)
        return sum("SAVEPOINT" not in query["sql"] for query in captured)

    queries_for(8, DAY)
    assert queries_for(4, DAY + timedelta(days=1)) <= 25
    assert queries_for(400, DAY + timedelta(days=2)) <= 90


def test_stories_of_a_digest_are_read_in_the_same_few_queries(as_system, office, django_assert_num_queries):
    for number, day in ((1, DAY), (3, DAY + timedelta(days=1))):
        digest = store(office, make_stored(*(f"{day}-{n}" for n in range(number))), day=day)
        with django_assert_num_queries(2):
            assert len(contents(digest)) == number
