import dataclasses
import json
import threading
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nhipcau import access
from nhipcau.access import PermissionDeniedError
from nhipcau.audit.models import Entry
from nhipcau.newswire.records import Institution, Place
from nhipcau.newswire.records import Outlet as EngineOutlet
from nhipcau.press import queries
from nhipcau.press.domain import articles
from nhipcau.press.domain.articles import StoredArticles, store_articles
from nhipcau.press.engine_records import article_record
from nhipcau.press.models import Article, ArticleAddress, ArticleTopic, Outlet
from tests.support.articles import ACTOR, make_article, make_record
from tests.support.people import make_office, make_person

pytestmark = pytest.mark.both_databases


def test_store_articles_keeps_what_the_engine_said(as_system):
    record = make_record(
        "Cầu mới",
        byline="Jeanne Dupont",
        image="https://paper.example/a.jpg",
        topics=("trade", "law"),
        places=(Place(country="VN", name="Hue", kind="region", matched="Huế", where="lead", count=2),),
        institutions=(Institution(code="un", name="United Nations", matched="ONU", where="body"),),
    )

    store_articles(actor=ACTOR, articles=[record])

    article = Article.objects.get()
    assert (article.engine_id, article.title, article.text) == (record.id, "Cầu mới", record.text)
    assert (article.outlet.host, article.outlet.country, article.outlet.country_from) == (
        "paper.example",
        "FR",
        "registry",
    )
    assert (article.published_at, article.dated_at) == (record.published_at, record.published_at)
    assert (article.byline, article.image) == ("Jeanne Dupont", "https://paper.example/a.jpg")
    assert article.reasons == [dataclasses.asdict(record.reasons[0])]
    assert article.places == [dataclasses.asdict(record.places[0])]
    assert article.institutions == [dataclasses.asdict(record.institutions[0])]
    assert (article_record(article).places, article_record(article).institutions) == (
        record.places,
        record.institutions,
    )
    assert (article.relevant, article.text_chars) == (True, len(record.text))
    assert list(article.topics.values_list("code", "place")) == [("trade", 0), ("law", 1)]


def test_store_articles_twice_changes_nothing_and_writes_one_entry(as_system):
    records = [make_record() for _ in range(3)]

    first = store_articles(actor=ACTOR, articles=records)
    before = list(Article.objects.order_by("pk").values())
    again = store_articles(actor=ACTOR, articles=[*records, records[0]])

    assert (first, again) == (StoredArticles(3, 0), StoredArticles(0, 4))
    assert list(Article.objects.order_by("pk").values()) == before
    entry = Entry.objects.get(verb="press.store_articles")
    assert json.loads(entry.payload) == {"articles": [None, [record.id for record in records]]}


def test_store_articles_counts_one_that_comes_twice_as_known(as_system):
    record = make_record()

    assert store_articles(actor=ACTOR, articles=[record, record]) == StoredArticles(1, 1)


def test_store_articles_remembers_other_addresses_of_the_same_article(as_system):
    record = make_record()
    copy = record.replace(url=f"{record.url}?from=feed")
    other = make_record()
    moved = other.replace(url=f"{other.url}?from=feed")

    store_articles(actor=ACTOR, articles=[record, copy])
    store_articles(actor=ACTOR, articles=[other])
    for _ in range(2):
        assert store_articles(actor=ACTOR, articles=[moved]) == StoredArticles(0, 1)

    now = timezone.now()
    assert [queries.is_known(article.url, now) for article in (record, copy, other, moved)] == [True] * 4
    assert not queries.is_known(f"{record.url}?from=elsewhere", now)
    assert Article.objects.get(engine_id=record.id).url == record.url
    assert ArticleAddress.objects.count() == 2


def test_store_articles_needs_few_queries_for_many(as_system):
    def queries(number):
        records = [make_record(host=f"h{n % 7}.example") for n in range(number)]
        with CaptureQueriesContext(connection) as captured:
            store_articles(actor=ACTOR, articles=records)
        return sum(1 for query in captured if "SAVEPOINT" not in query["sql"])

    queries(7)
    # Batches of 500: what grows is the rows of an INSERT, which SQLite takes some thirty at a time.
    assert queries(1) <= 12
    assert queries(500) <= 50


def test_store_articles_refuses_who_is_no_analyst(as_system, two_offices):
    with pytest.raises(PermissionDeniedError):
        store_articles(actor=two_offices.ours.drafter, articles=[make_record()])

    assert not Article.objects.exists()


def test_store_articles_lets_an_analyst_of_any_office(as_system):
    analyst = make_person(office=make_office(), roles=["press_analyst"])

    assert store_articles(actor=analyst, articles=[make_record()]).new == 1
    assert Entry.objects.get(verb="press.store_articles").actor_id == f"person:{analyst.pk}"


def test_store_articles_leaves_a_registered_outlet_as_it_is(as_system):
    Outlet.objects.create(host="paper.example", name="Báo Giấy", sort_key="bao giay", country="BE", reach=0.4)

    store_articles(actor=ACTOR, articles=[make_record(country="FR")])

    assert Outlet.objects.values_list("name", "country", "reach").get() == ("Báo Giấy", "BE", 0.4)


def test_store_articles_takes_what_a_hostile_page_holds(as_system):
    outlet = EngineOutlet(host="evil.example", name="E\0vil " * 100, reach=7.5)
    record = make_record("a\0b\ud800", "x\0" * 200, byline="\ud83d", language="q" * 60)

    store_articles(actor=ACTOR, articles=[record.replace(outlet=outlet, url="https://evil.example/" + "u" * 5000)])

    article = Article.objects.get()
    assert (article.title, article.byline, article.text) == ("ab?", "?", "x" * 200)
    assert article.outlet.reach is None
    assert article.outlet.name == ("Evil " * 100)[:300]


def test_store_articles_dates_the_undated_and_the_future_by_their_collection(as_system):
    before = timezone.now()
    undated = make_article(published_at=None, published_from=None, published_precision=None)
    future = make_article(published_at=datetime(2999, 1, 1, tzinfo=UTC))

    assert before <= undated.dated_at <= timezone.now()
    assert before <= future.dated_at <= timezone.now()
    assert (future.published_at, future.published_from, future.published_precision) == (None, "", "")


def test_store_articles_cuts_an_excerpt_between_words(as_system):
    long = make_article(text="từ " * 400)
    short = make_article(text="một hai ba")
    chinese = make_article(text="越" * 900)

    assert long.excerpt == ("từ " * 100)[:299].strip() + "…"
    assert short.excerpt == "một hai ba"
    assert chinese.excerpt == "越" * 300 + "…"


@pytest.mark.django_db(transaction=True)
def test_store_articles_finds_that_another_collector_was_faster(monkeypatch):
    """Between the look and the insert another one commits: the unique key says so, and the second look sees it."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time: nobody commits between the look and the insert")
    record = make_record()
    outlets, others = articles._outlets, []

    def faster():
        with access.system("test"):
            others.append(store_articles(actor=ACTOR, articles=[record]))
        connection.close()

    def late(batch):
        if threading.current_thread() is threading.main_thread() and not others:
            other = threading.Thread(target=faster)
            other.start()
            other.join()
        return outlets(batch)

    monkeypatch.setattr(articles, "_outlets", late)

    with access.system("test"):
        assert store_articles(actor=ACTOR, articles=[record]) == StoredArticles(0, 1)
        assert others == [StoredArticles(1, 0)]
        assert (Article.objects.count(), ArticleTopic.objects.count()) == (1, 1)
