import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.digest import ranking
from nhipcau.newswire.digest.numbers import numbers
from nhipcau.newswire.digest.telling import Gist, name_of, tell
from nhipcau.newswire.outlets import NO_HOST
from nhipcau.newswire.records import Outlet, Story
from tests.support.engine import make_article


def test_weights_add_up_to_one():
    assert sum(ranking.WEIGHTS.values()) == pytest.approx(1.0)


def test_parts_are_zero_to_one_and_full_at_their_numbers():
    hosts = [(f"h{n}.example", f"{chr(65 + n % 16)}{chr(65 + n % 16)}") for n in range(ranking.FULL_OUTLETS)]
    articles = [make_article(host=host, country=country) for host, country in hosts]
    parts = ranking.score_parts(articles, novelty=1.0)
    assert parts == {"outlets": 1.0, "countries": 1.0, "reach": 0.5, "centrality": 0.8, "novelty": 1.0}


def test_centrality_is_that_of_originals_and_reach_that_of_the_widest_outlet():
    wide = make_article(relevance=0.6)
    wide = wide.replace(outlet=dataclasses.replace(wide.outlet, reach=0.9))
    reprint = make_article(relevance=0.9, duplicate_of=wide.id)
    parts = ranking.score_parts([wide, reprint], novelty=0.5)
    assert (parts["centrality"], parts["reach"], parts["novelty"]) == (0.6, 0.9, 0.5)


def test_country_that_is_not_known_is_no_country():
    assert ranking.score_parts([make_article(country=None)], novelty=1.0)["countries"] == 0.0


@given(st.integers(1, 60), st.integers(1, 60))
def test_more_outlets_never_rank_lower(some, more):
    def score(count):
        articles = [make_article(host=f"h{number}.example") for number in range(count)]
        return ranking.total(ranking.score_parts(articles, novelty=1.0))

    low, high = sorted([some, more])
    assert score(low) <= score(high) <= 1.0


def _told(*groups, novelty=1.0):
    stories, members = [], {}
    for number, articles in enumerate(groups):
        story = Story(id=f"s{number}", article_ids=tuple(a.id for a in articles), novelty=novelty)
        stories.append(story)
        members[story.id] = articles
    return tell(stories, members, lambda article: Gist(article.text[:20], "extract"))


def test_stories_are_ranked_by_score_then_news_then_id():
    small, smaller = [make_article(hours=1)], [make_article(hours=1)]
    large = [make_article(host="a.example"), make_article(host="b.example", country="JP")]
    later = [make_article(hours=2)]
    rows = _told(small, smaller, large, later)
    assert [(row["id"], row["rank"]) for row in rows] == [("s2", 1), ("s3", 2), ("s0", 3), ("s1", 4)]
    assert all(row["score"] == ranking.total(row["score_parts"]) for row in rows)


def test_story_speaks_through_its_most_central_original():
    early, central, reprint = make_article(title="Early"), make_article(title="Central"), make_article(title="Reprint")
    reprint = reprint.replace(duplicate_of=central.id)
    centrality = {early.id: 0.4, central.id: 0.8, reprint.id: 0.9}
    story = Story(id="s", article_ids=(early.id, central.id, "elsewhere"), centrality=centrality)
    [row] = tell([story], {"s": [early, central, reprint]}, lambda article: Gist(article.title, "extract"))
    assert (row["title"], row["gist"], row["gist_article_id"]) == ("Central", "Central", central.id)
    assert (row["article_ids"], row["earlier_articles"]) == ([early.id, central.id, reprint.id], 1)


def test_outlets_stand_in_the_order_in_which_they_reported():
    hosts = ["b.example", "a.example", "b.example", "c.example"]
    [row] = _told([make_article(host=host) for host in hosts])
    assert row["outlets"] == ["B", "A", "C"]


def test_page_that_names_no_outlet_is_counted_as_none_by_story_and_numbers():
    unknown = Outlet(host=NO_HOST, name=NO_HOST)
    articles = [make_article(host="b.example"), make_article().replace(outlet=unknown)]
    [row] = _told(articles)
    assert row["outlets"] == ["B"]
    assert numbers(articles, [])["outlets"]["count"] == len(row["outlets"])


def test_page_files_without_an_address_are_told_apart_by_the_printed_name():
    nameless = Outlet(host=NO_HOST, name=NO_HOST)
    printed = [Outlet(host=NO_HOST, name=name) for name in ("Post", "Times", "Post")]
    assert [ranking.outlet_key(outlet) for outlet in (nameless, *printed)] == [None, "Post", "Times", "Post"]
    articles = [make_article(outlet=outlet) for outlet in (nameless, *printed)]
    outlets = numbers(articles, [])["outlets"]
    assert [(row["name"], row["count"]) for row in outlets["values"]] == [("Post", 2), ("Times", 1)]
    assert outlets["unknown"]["article_ids"] == [articles[0].id]


def test_countries_and_topics_stand_by_how_often_they_occur():
    articles = [
        make_article(country="FR", topics=("trade",)),
        make_article(country="JP", topics=("food", "trade")),
        make_article(country="JP", topics=()),
    ]
    [row] = _told(articles)
    assert (row["countries"], row["topics"]) == (["JP", "FR"], ["trade", "food"])


def test_model_is_called_by_its_own_name():
    class Model:
        name = "small-1"

        def __call__(self, title, text):
            return text

    assert (name_of(Model()), name_of(len)) == ("small-1", "len")


def test_every_number_is_made_of_the_articles_it_names():
    articles = [
        make_article(host="a.example", country="FR", language="fr", topics=("trade", "food")),
        make_article(host="a.example", country="FR", language="und", topics=()),
        make_article(host="b.example", country=None, language="ja", topics=("food",), duplicate_of="x"),
    ]
    one, two, three = (article.id for article in articles)
    found = numbers(articles, [{"id": "s1"}])
    assert found["items"] == {"count": 3, "article_ids": [one, two, three]}
    assert found["reprints"] == {"count": 1, "article_ids": [three]}
    assert found["stories"] == {"count": 1, "story_ids": ["s1"]}
    assert found["outlets"]["values"] == [
        {"value": "a.example", "name": "A", "country": "FR", "count": 2, "article_ids": [one, two]},
        {"value": "b.example", "name": "B", "country": None, "count": 1, "article_ids": [three]},
    ]
    assert found["countries"]["count"] == 1
    assert found["countries"]["unknown"] == {"count": 1, "article_ids": [three]}
    assert found["languages"]["unknown"] == {"count": 1, "article_ids": [two]}
    assert [(row["value"], row["article_ids"]) for row in found["topics"]["values"]] == [
        ("food", [one, three]),
        ("trade", [one]),
    ]
    assert found["topics"]["unknown"]["article_ids"] == [two]
