import random

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau import search
from nhipcau.press.domain.articles import store_articles
from nhipcau.press.models import Article
from nhipcau.search.index import NotInTransactionError, empty_index
from nhipcau.search.words import document
from tests.support.articles import ACTOR, make_article, make_record

pytestmark = pytest.mark.both_databases

#: Words that are hard to agree on: one folded form for several spellings, scripts without spaces, numbers that a
#: tokenizer might read as one, signs that might be operators, marks that stand alone.
HARD = """
    Đà đà da Nẵng nang NANG việt viet Việt Nam nam cầu Cầu cau 47/NQ-CP 47 nq 1e5 3.14 0x1F a_b foo@bar.vn
    越南 越 南方 越南。 ベトナム ベト ท่าเรือ ท่า ກຸງ ភ្នំពេញ မြန်မာ Việt-Nam Ελλάς ελλάσ Straße STRASSE हिन्दी বাংলা
    עברית العربية ½ ① ﬁn fin É é É NOT AND OR NEAR * ( ) : ^ - + ' \\ '' & | ! <-> 한국 한 i̇ İ ı I
"""
VOCABULARY = tuple(HARD.split())


def expected(text, corpus, form="folded"):
    """Which documents hold every phrase of the query, worked out without a database."""
    query = search.parse(text, form)
    return {
        key
        for key, found in corpus.items()
        if query
        and all(phrase in zip(*(found[n:] for n in range(len(phrase))), strict=False) for phrase in query.phrases)
    }


@pytest.fixture
def corpus(as_system):
    """120 stored documents of hard words, and their words by key."""
    chance = random.Random(4)
    records = [
        make_record(
            " ".join(chance.choices(VOCABULARY, k=chance.randint(1, 4))),
            " ".join(chance.choices(VOCABULARY, k=chance.randint(1, 25))),
        )
        for _ in range(120)
    ]
    store_articles(actor=ACTOR, articles=records)
    return {article.pk: document((article.title, article.text)) for article in Article.objects.all()}


@pytest.fixture
def exact_corpus(corpus):
    """The same documents with their marks."""
    return {article.pk: document((article.title, article.text), "exact") for article in Article.objects.all()}


def test_matching_finds_what_the_words_say_on_every_database(corpus):
    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(st.lists(st.sampled_from([*VOCABULARY, '"', "“", "”"]), min_size=1, max_size=5).map(" ".join))
    def agrees(text):
        hits = set(search.matching(Article.objects.all(), text).values_list("pk", flat=True))
        assert hits == expected(text, corpus)

    agrees()


def test_matching_exactly_finds_what_the_words_say_on_every_database(exact_corpus):
    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(st.lists(st.sampled_from([*VOCABULARY, '"', "“", "”"]), min_size=1, max_size=5).map(" ".join))
    def agrees(text):
        hits = set(search.matching(Article.objects.all(), text, exact=True).values_list("pk", flat=True))
        assert hits == expected(text, exact_corpus, "exact")
        assert hits <= set(search.matching(Article.objects.all(), text).values_list("pk", flat=True))

    agrees()


def test_matching_finds_two_words_of_every_document_as_a_phrase(corpus):
    for key, found in corpus.items():
        query = f'"{found[-2]} {found[-1]}"' if len(found) > 2 else found[-1]
        hits = set(search.matching(Article.objects.all(), query).values_list("pk", flat=True))
        assert hits == expected(query, corpus), query
        assert key in hits or not search.parse(query) or "\ue000" in found[-2:]


def test_matching_exactly_never_raises_whatever_is_typed(exact_corpus):
    @settings(max_examples=150, derandomize=True)
    @given(st.text(max_size=80) | st.text(alphabet="\"'()*:^-+ANDORNEAR{}\\%;\0&|!<> aàđ\u0345\u0301", max_size=40))
    def answers(text):
        hits = set(search.matching(Article.objects.all(), text, exact=True).values_list("pk", flat=True))
        assert hits == (expected(text, exact_corpus, "exact") if text.strip() else set(exact_corpus))

    answers()


def test_matching_never_raises_whatever_is_typed(corpus):
    @settings(max_examples=150, derandomize=True)
    @given(st.text(max_size=80) | st.text(alphabet="\"'()*:^-+ANDORNEAR{}\\%;\0&|!<> a", max_size=40))
    def answers(text):
        hits = set(search.matching(Article.objects.all(), text).values_list("pk", flat=True))
        assert hits == (expected(text, corpus) if text.strip() else set(corpus))

    answers()


def test_matching_folds_tones_capitals_and_punctuation(as_system):
    bridge = make_article("Cầu Rồng ở Đà Nẵng", "Nghị quyết 47/NQ-CP")
    make_article("Chợ Bến Thành", "Nghị quyết 48/NQ-CP")

    for query in ("da nang", "ĐÀ NẴNG", '"rong o da nang"', "47/NQ-CP", '"47 nq cp"', "cau 47"):
        assert list(search.matching(Article.objects.all(), query)) == [bridge], query


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hội an", [0]),
        ("HỘI AN", [0]),
        ('"hội an"', [0]),
        ("hoi an", [1]),
        ("hối ăn", [2]),
        ("đà nẵng", [0]),
        ("da nang", [1]),
        ("hoà bình", [0, 2]),
        ("hòa bình", [0, 2]),
        ("quý", [2]),
        ("越南", [1]),
        ("47/NQ-CP", [0]),
    ],
)
def test_matching_exactly_lets_marks_and_the_stroke_of_d_count(as_system, typed, found):
    texts = [
        "Hội An và Đà Nẵng, hòa bình, nghị quyết 47/NQ-CP",
        "Hoi An va Da Nang, 越南",
        "Hối ăn, hoà bình, quý",
    ]
    articles = [make_article(f"Bài {number}", text) for number, text in enumerate(texts)]

    hits = search.matching(Article.objects.order_by("pk"), typed, exact=True)

    assert list(hits) == [articles[number] for number in found]


def test_matching_does_not_let_a_phrase_run_from_title_into_text(as_system):
    article = make_article("Hạ", "Long Biên")

    assert list(search.matching(Article.objects.all(), '"ha long"')) == []
    assert list(search.matching(Article.objects.all(), "ha long")) == [article]


def test_matching_nothing_leaves_all_and_signs_find_none(as_system):
    article = make_article()

    assert list(search.matching(Article.objects.all(), "  ")) == [article]
    assert list(search.matching(Article.objects.all(), "?!")) == []


def test_matching_goes_with_filters_counts_and_subqueries(as_system):
    ours = make_article("Cầu mới", host="a.example")
    make_article("Cầu cũ", host="b.example")

    hits = search.matching(Article.objects.filter(outlet__host="a.example"), "cau")

    assert hits.count() == 1
    assert hits.exists()
    assert list(Article.objects.filter(pk__in=hits.values("pk"))) == [ours]
    assert list(Article.objects.filter(story__isnull=True) & hits) == [ours]


def test_matching_sees_only_what_the_access_sees(as_system, opened_for, two_offices):
    article = make_article("Cầu Long Biên")

    with opened_for(two_offices.ours.drafter):
        assert list(search.matching(Article.objects.all(), "long bien")) == [article]


def test_matching_forgets_an_article_that_was_deleted(as_system):
    article = make_article("Cầu Long Biên")

    article.delete()

    assert list(search.matching(Article.objects.all(), "long bien")) == []


def test_emptied_index_finds_nothing_until_the_rows_are_entered_again(as_system):
    article = make_article("Cầu Long Biên")

    empty_index(Article)
    assert list(search.matching(Article.objects.all(), "long bien")) == []

    search.add_to_index(Article, [(article.pk, (article.title, article.text))])
    assert list(search.matching(Article.objects.all(), '"long biên"', exact=True)) == [article]


def test_matching_holds_a_document_of_many_words(as_system):
    long = make_article("Dài", "từ " * 400 + " ".join(f"w{n}" for n in range(20_000)))

    assert list(search.matching(Article.objects.all(), '"w14000 w14001"')) == [long]
    assert list(search.matching(Article.objects.all(), "w19999")) == []


@pytest.mark.django_db(transaction=True)
def test_index_is_refused_outside_a_transaction():
    assert not connection.in_atomic_block

    with pytest.raises(NotInTransactionError):
        search.add_to_index(Article, [(1, ("a", "b"))])
