"""Pages of what was found are the pages of the same rows asked for plainly, by whichever way they are found."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau import access, search
from nhipcau.press.domain.articles import store_articles
from nhipcau.press.queries import coverage
from nhipcau.search import paging
from tests.support.articles import ACTOR, START, make_article, make_record

pytestmark = pytest.mark.both_databases
WORDS = ["cầu", "rồng", "đà", "nẵng", "hội", "an", "việt", "nam", "越南", "47/NQ-CP"]
ORDERS = {
    "newest": ("-dated_at", "-pk"),
    "oldest": ("dated_at", "pk"),
    "relevance": ("-relevance", "-dated_at", "-pk"),
    "outlet": ("outlet__sort_key", "-dated_at", "-pk"),
}


@pytest.fixture
def articles(articles_stored, as_system):
    """Eighty articles of three outlets, many of one hour."""


@pytest.fixture(scope="module")
def articles_stored(for_the_file):
    chance = random.Random(7)
    records = [
        make_record(
            " ".join(chance.choices(WORDS, k=3)),
            " ".join(chance.choices(WORDS, k=12)),
            host=f"{chance.choice('abc')}.example",
            outlet=chance.choice("ABC"),
            relevance=chance.choice([0.2, 0.6, 0.8, 0.9]),
            published_at=START + timedelta(hours=chance.randint(0, 9)),
        )
        for _ in range(80)
    ]
    with access.system("test"):
        store_articles(actor=ACTOR, articles=records)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limits", [(1000, 1000), (5, 1000), (1000, 20), (30, 20), (0, 7)])
@pytest.mark.parametrize("text", ["cau", '"da nang"', "viet nam", "越南", "47/nq-cp", '"hoi an viet"', "khongco"])
def test_pages_are_those_of_the_rows_asked_for_plainly(articles, monkeypatch, order, limits, text):
    few, most = limits
    monkeypatch.setattr(paging, "HITS", few)
    monkeypatch.setattr(paging, "FEW", few)
    monkeypatch.setattr(paging, "WALK", few and 3)
    monkeypatch.setattr(paging, "MOST", most)
    rows = search.matching(coverage().filter(relevant=True, outlet__host__in=["a.example", "b.example"]), text)
    rows = rows.order_by(*ORDERS[order])
    plainly = list(rows)

    pages = search.FoundPaginator(rows, 6)

    assert (pages.count, pages.more) == (min(len(plainly), most), len(plainly) > most)
    assert [row for page in pages for row in page] == plainly[:most]


def test_pages_of_what_was_not_searched_are_djangos_own(articles):
    pages = search.FoundPaginator(coverage(), 50)
    assert (pages.count, pages.more, len(pages.page(2).object_list)) == (80, False, 30)


def test_page_shows_what_the_list_shows_in_as_many_queries_for_one_row_as_for_three(as_system):
    make_article("Xuân Hồng", "Đà Nẵng")

    def page():
        with CaptureQueriesContext(connection) as queries:
            rows = search.FoundPaginator(search.matching(coverage(), "xuan hong"), 50).page(1)
            shown = [(row.outlet.name, [topic.code for topic in row.topics.all()]) for row in rows]
        return len(shown), sum(query["sql"].startswith(("SELECT", "WITH")) for query in queries)

    one = page()
    for _ in range(2):
        make_article("Xuân Hồng", "Đà Nẵng")
    assert (one, page()) == ((1, one[1]), (3, one[1]))
    assert one[1] == 4
