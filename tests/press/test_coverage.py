import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau.press.domain.collecting import record_collected, start_collection
from nhipcau.press.domain.outlets import register_outlet, register_source
from nhipcau.press.models import Article
from tests.support.articles import ACTOR, make_article, make_record

pytestmark = pytest.mark.both_databases


def titles(answer):
    """What stands in the title column, top to bottom."""
    return re.findall(r'<a class="clamp"[^>]*>([^<]*)</a>', answer.text)


def heading(answer):
    return re.sub(r"<[^>]*>", "", re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL).group(1)).strip()


def press_queries(captured):
    """Queries of this room; what the desk asks about the person is not its business."""
    return [query["sql"] for query in captured if '"press_' in query["sql"]]


@pytest.fixture
def english(analyst, as_system):
    analyst.language = "en"
    analyst.save()


@pytest.fixture
def mixed(as_system):
    """Three relevant articles and one that is not."""
    return [
        make_article("Rice", host="a.example", outlet="A", country="FR", published_at=at(20), topics=("economy",)),
        make_article("Riz", host="b.example", outlet="B", country="DE", published_at=at(21), language="de", topics=()),
        make_article(
            "Reis", host="b.example", outlet="B", country="DE", published_at=at(19), topics=("culture", "economy")
        ),
        make_article("Football", host="a.example", outlet="A", country="FR", relevance=0.0, reasons=()),
    ]


def at(day, hour=5):
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_coverage_counts_what_it_shows_and_what_it_does_not(desk, english, mixed):
    answer = desk.get("/tin-bai/")

    assert heading(answer) == "3 articles about Viet Nam"
    assert titles(answer) == ["Riz", "Rice", "Reis"]
    assert "1 article that is not about Viet Nam is not shown." in answer.text
    assert 'href="?show=all"' in answer.text


def test_coverage_shows_everything_when_asked(desk, english, mixed):
    answer = desk.get("/tin-bai/?show=all")

    assert heading(answer) == "4 articles collected"
    assert set(titles(answer)) == {"Riz", "Rice", "Reis", "Football"}
    assert answer.text.count("Not about Viet Nam") == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=rice", ["Rice"]),
        ("q=vietnam", ["Riz", "Rice", "Reis"]),
        ("q=%22annonce+aujourd%22", ["Riz", "Rice", "Reis"]),
        ("country=DE", ["Riz", "Reis"]),
        ("language=de", ["Riz"]),
        ("topic=economy", ["Rice", "Reis"]),
        ("outlet=a.example", ["Rice"]),
        ("since=2026-11-20", ["Riz", "Rice"]),
        ("until=2026-11-20", ["Rice", "Reis"]),
        ("since=20/11/2026&until=20/11/2026", ["Rice"]),
        ("sort=oldest", ["Reis", "Rice", "Riz"]),
        ("sort=outlet", ["Rice", "Riz", "Reis"]),
        ("country=DE&topic=economy", ["Reis"]),
        ("country=FR&language=de", []),
        ("reprints=only", []),
        ("reprints=without", ["Riz", "Rice", "Reis"]),
    ],
)
def test_coverage_is_narrowed(desk, mixed, query, expected):
    assert titles(desk.get(f"/tin-bai/?{query}")) == expected


def test_coverage_judges_days_by_the_calendar_of_viet_nam(desk, as_system):
    make_article("Late", published_at=at(20, 16))
    make_article("Next", published_at=at(20, 18))

    assert titles(desk.get("/tin-bai/?until=2026-11-20")) == ["Late"]
    assert titles(desk.get("/tin-bai/?since=2026-11-21")) == ["Next"]


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "since=0001-01-01",
        "until=9999-12-31",
        "country=%00",
        "country=XX",
        "story=x",
        "story=99999999999999999999",
        "collection=-1",
        "show=some",
        "sort=byline",
        "topic='--",
    ],
)
def test_coverage_leaves_out_a_filter_that_makes_no_sense_and_says_so(desk, english, mixed, query):
    answer = desk.get(f"/tin-bai/?{query}")

    assert answer.status_code == 200
    assert sorted(titles(answer)) == ["Reis", "Rice", "Riz"]
    assert "A filter could not be used and was left out" in answer.text


def test_coverage_takes_any_page_number(desk, mixed):
    for page in ("0", "999", "x", "-1"):
        assert len(titles(desk.get(f"/tin-bai/?page={page}"))) == 3


def test_coverage_pages_through_everything_once(desk, as_system):
    from nhipcau.press.domain.articles import store_articles

    store_articles(actor=ACTOR, articles=[make_record(f"T{n:03}", published_at=at(20)) for n in range(120)])

    seen = [title for page in (1, 2, 3) for title in titles(desk.get(f"/tin-bai/?page={page}"))]

    assert len(seen) == 120
    assert len(set(seen)) == 120


def test_coverage_of_unknown_country(desk, as_system):
    make_article("Nowhere", host="n.example", country=None)
    make_article("Somewhere", host="s.example", country="FR")

    assert titles(desk.get("/tin-bai/?country=ZZ")) == ["Nowhere"]


def test_coverage_of_one_collection_says_so(desk, english, as_system):
    run = start_collection(actor=ACTOR, sources=[])
    record_collected(actor=ACTOR, collection=run, articles=[make_record("Inside")])
    make_article("Outside")

    answer = desk.get(f"/tin-bai/?collection={run.pk}")

    assert titles(answer) == ["Inside"]
    assert "Only new articles of the collection of" in answer.text


def test_coverage_of_reprints(desk, mixed):
    Article.objects.filter(pk=mixed[0].pk).update(duplicate_of=mixed[1])

    assert titles(desk.get("/tin-bai/?reprints=only")) == ["Rice"]
    assert titles(desk.get("/tin-bai/?reprints=without")) == ["Riz", "Reis"]


def test_coverage_offers_outlets_that_are_collected_and_the_one_asked_for(desk, mixed):
    outlet = register_outlet(actor=ACTOR, host="c.example", name="Collected")
    register_source(actor=ACTOR, outlet=outlet, url="https://c.example/feed")

    answer = desk.get("/tin-bai/?outlet=a.example").text

    assert re.findall(r'<option value="([^"]*\.example)"', answer) == ["c.example", "a.example"]
    assert '<option value="a.example" selected>' in answer


def test_coverage_sets_the_language_of_every_title(desk, as_system):
    make_article("خبر", language="ar")

    assert re.search(r'<a class="clamp"[^>]* lang="ar" dir="rtl">خبر</a>', desk.get("/tin-bai/").text)


def test_coverage_shows_markup_as_text(desk, as_system):
    make_article("<script>alert(1)</script>")

    answer = desk.get("/tin-bai/?q=<script>").text

    assert "<script>alert" not in answer
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?q=nothingatall", "Nothing fits all of these filters"),
        ("", "Nothing is collected yet"),
    ],
)
def test_an_empty_coverage_says_how_to_go_on(desk, english, query, says):
    assert says in desk.get(f"/tin-bai/{query}").text


def test_coverage_without_anything_relevant_points_at_the_rest(desk, english, as_system):
    make_article("Football", relevance=0.0)

    assert "Articles were collected, but none of them is about Viet Nam." in desk.get("/tin-bai/").text


def test_coverage_needs_the_same_queries_for_one_row_and_three(desk, as_system):
    for number in (1, 3):
        while Article.objects.count() < number:
            make_article()
        with CaptureQueriesContext(connection) as captured:
            assert len(titles(desk.get("/tin-bai/"))) == number
        # Shown, hidden, rows, topics of the rows; countries, languages and outlets on offer.
        assert len(press_queries(captured)) == 7


def test_coverage_asks_to_sign_in(client, db):
    assert client.get("/tin-bai/").status_code == 302


def test_topic_is_the_same_filter_with_words_and_without(desk, mixed):
    by_topic = {topic: sorted(titles(desk.get("/tin-bai/", {"topic": topic}))) for topic in ("economy", "culture")}
    found = {
        topic: sorted(titles(desk.get("/tin-bai/", {"topic": topic, "q": "vietnam"})))
        for topic in ("economy", "culture")
    }

    assert by_topic == found == {"economy": ["Reis", "Rice"], "culture": ["Reis"]}


def test_languages_to_choose_are_those_that_there_are_articles_in(mixed):
    from nhipcau.access import NoAccessOpenError, opened, system
    from nhipcau.press.queries import languages

    with system("test"):
        assert languages() == ["de", "fr"]
    with opened(None), pytest.raises(NoAccessOpenError):
        languages()


def test_more_than_a_thousand_is_said_so(desk, mixed, monkeypatch):
    from nhipcau.search import paging

    monkeypatch.setattr(paging, "MOST", 2)
    answer = desk.get("/tin-bai/", {"q": "vietnam"})

    assert heading(answer) == "Hơn 2 tin bài về Việt Nam"
    assert titles(answer) == ["Riz", "Rice"]
