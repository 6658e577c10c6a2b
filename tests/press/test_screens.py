"""The screens of one thing: article, story, digest, sources, collection, rejected documents."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nhipcau.newswire.records import InputProblem, Institution, Place, Reason, Rejection
from nhipcau.press.domain.articles import store_articles
from nhipcau.press.domain.collecting import (
    finish_collection,
    mark_source_collected,
    record_collected,
    start_collection,
)
from nhipcau.press.domain.digests import store_digest
from nhipcau.press.domain.outlets import register_outlet, register_source
from nhipcau.press.models import Article, Digest, Story
from tests.press.test_coverage import heading, press_queries, titles
from tests.support.articles import ACTOR, make_article, make_record
from tests.support.results import make_result

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]

DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _english(analyst, as_system):
    analyst.language = "en"
    analyst.save()


def text_of(answer):
    """What the page says, without its tags, blanks made one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))


def make_digest(office, *stories, day=DAY, rejected=None, **fields):
    """A digest with one article for each story named, None for one in no story."""
    records = [
        make_record(f"{story} {n}", host=f"h{n}.example", outlet=f"H{n}", country=("FR", "DE")[n % 2], story_id=story)
        for n, story in enumerate(stories)
    ]
    store_articles(actor=ACTOR, articles=records)
    now = timezone.now()
    return store_digest(
        actor=ACTOR,
        organisation=office,
        result=make_result(records, rejected=rejected),
        day=day,
        period=(now - timedelta(days=3), now + timedelta(hours=1)),
        as_of=now,
        **fields,
    )


# One article ----------------------------------------------------------------------------------------------------------


def test_article_shows_original_text_byline_and_where_facts_come_from(desk):
    article = make_article(
        "Le pont",
        "Un pont au Vietnam.\nIl est long.",
        byline="Jeanne Dupont",
        published_from="json-ld",
        origin="feed 3",
    )

    answer = desk.get(f"/tin-bai/{article.pk}/")

    said = text_of(answer)
    assert heading(answer) == "Le pont"
    assert re.search(r'<article[^>]* lang="fr" dir="ltr">', answer.text)
    assert "<p>Un pont au <mark>Vietnam</mark>.</p>" in answer.text
    assert "<p>Il est long.</p>" in answer.text
    assert said.count("Jeanne Dupont") == 2
    assert "according to the page's structured data" in said.replace("&#x27;", "'")
    assert "according to the source list" in said
    assert "Country: Viet Nam, at the beginning, 4 times" in said
    assert "97 % certain" in said
    assert "feed 3" in said


def test_article_shows_its_topics_places_and_institutions_with_the_words_that_say_so(desk):
    article = make_article(
        "Banque mondiale",
        "Les entreprises exportent depuis Munich. L'économie et le commerce à Munich.",
        places=(
            Place(country="DE", name="Munich", kind="city", matched="Munich", where="lead", count=2),
            Place(country="DE", name="DE", kind="country", matched="allemandes", where="body"),
        ),
        institutions=(Institution(code="world-bank", name="World Bank", matched="Banque mondiale", where="title"),),
    )

    said = text_of(desk.get(f"/tin-bai/{article.pk}/"))

    assert "What it treats and names" in said
    assert re.search(r"Topics 1 Economy and trade Banque in the title, \d words that say so", said)
    assert "Places 2 Munich, Germany Munich at the beginning, 2 times Germany allemandes further on" in said
    assert "Institutions 1 World Bank Banque mondiale in the title" in said


def test_article_keeps_all_but_the_first_places_behind_a_line_that_counts_them(desk):
    places = tuple(
        Place(country="DE", name=f"Stadt {n}", kind="city", matched=f"Stadt {n}", where="body") for n in range(9)
    )
    article = make_article(places=places)

    said = text_of(desk.get(f"/tin-bai/{article.pk}/"))

    assert "3 more names : Places Stadt 6, Germany" in said


def test_article_without_its_text_shows_its_topics_and_no_words(desk):
    article = make_article(text="Les entreprises et le commerce. " * 5)
    Article.objects.filter(pk=article.pk).update(text="")

    said = text_of(desk.get(f"/tin-bai/{article.pk}/"))

    assert "Topics 1 Economy and trade" in said
    assert "that say so" not in said


def test_article_marks_whole_words_of_its_reasons_and_escapes_the_rest(desk):
    reasons = (
        Reason(kind="place", name="Hue", matched="Hue", where="body"),
        Reason(kind="country", name="Viet Nam", matched="越南", where="body"),
    )
    article = make_article(text="<b>Hue</b> & Hueber, 在越南的. " * 5, reasons=reasons)

    answer = desk.get(f"/tin-bai/{article.pk}/").text

    assert "&lt;b&gt;<mark>Hue</mark>&lt;/b&gt; &amp; Hueber, 在<mark>越南</mark>的." in answer


def test_article_links_only_where_a_browser_may_follow(desk):
    good = make_article(url="https://paper.example/x", image="https://paper.example/x.jpg")
    bad = make_article(url="javascript:alert(1)", canonical_url="javascript:alert(2)", image="data:text/html,x")

    assert 'href="https://paper.example/x"' in desk.get(f"/tin-bai/{good.pk}/").text
    answer = desk.get(f"/tin-bai/{bad.pk}/")
    assert "javascript:alert(1)" in text_of(answer)
    assert re.findall(r'href="(?:javascript|data):', answer.text) == []


def test_article_without_its_text_shows_the_excerpt_and_says_why(desk):
    article = make_article(text="Mot " * 200)
    Article.objects.filter(pk=article.pk).update(text="")

    answer = desk.get(f"/tin-bai/{article.pk}/")

    assert f"<p>{article.excerpt}</p>" in answer.text
    assert "rights do not allow the whole text to stay here" in answer.text


def test_article_lists_everyone_who_ran_the_same_text(desk):
    first, second, third = (make_article(f"T{n}", host=f"h{n}.example", outlet=f"Outlet {n}") for n in range(3))
    Article.objects.filter(pk__in=[second.pk, third.pk]).update(
        duplicate_of=first, duplicate_measure="containment", duplicate_value=0.94
    )

    said = text_of(desk.get(f"/tin-bai/{second.pk}/"))

    assert "2 other articles have this text" in said
    assert "Outlet 0" in said
    assert "Outlet 2" in said
    assert "nearly the same text, 94 %" in said


def test_article_undated_says_when_it_was_collected(desk):
    article = make_article(published_at=None, published_from=None, published_precision=None)

    assert "undated, collected" in text_of(desk.get(f"/tin-bai/{article.pk}/"))


def test_article_dated_by_its_day_shows_no_hour(desk):
    article = make_article(published_at=datetime(2026, 11, 20, tzinfo=UTC), published_precision="day")

    assert '<time datetime="2026-11-20">20 Nov 2026</time>' in desk.get(f"/tin-bai/{article.pk}/").text


def test_article_needs_the_same_queries_with_one_reprint_and_with_three(desk):
    first = make_article()
    for number in (1, 3):
        while first.reprints.count() < number:
            Article.objects.filter(pk=make_article().pk).update(duplicate_of=first)
        with CaptureQueriesContext(connection) as captured:
            desk.get(f"/tin-bai/{first.pk}/")
        # The article, its topics; those who ran it too, and their topics; the page's later version; the texts that are
        # compared; whether its history may be read.
        assert len(press_queries(captured)) == 7


# One story ------------------------------------------------------------------------------------------------------------


def test_story_tells_who_reported_first_and_counts_open_their_articles(desk, office):
    make_digest(office, "s1", "s1", "s1")
    story = Story.objects.get()

    answer = desk.get(f"/cau-chuyen/{story.pk}/")

    said = text_of(answer)
    assert "3 articles, 3 outlets, 2 countries, 1 language." in said
    first = Article.objects.order_by("dated_at").first()
    assert f"{first.outlet.name} reported first" in said
    assert said.count("reported first") == 2
    for link in re.findall(r'href="(/tin-bai/\?[^"]*)"', answer.text):
        assert titles(desk.get(link.replace("&amp;", "&"))), link
    assert len(titles(desk.get(f"/tin-bai/?story={story.pk}&show=all"))) == 3


def test_story_that_went_into_another_leads_there(desk, office):
    make_digest(office, "s1", "s2")
    one, two = Story.objects.order_by("pk")
    Story.objects.filter(pk=one.pk).update(merged_into=two)

    answer = desk.get(f"/cau-chuyen/{one.pk}/")

    assert (answer.status_code, answer["location"]) == (302, f"/cau-chuyen/{two.pk}/")


def test_story_without_articles_says_so(desk):
    story = Story.objects.create(engine_id="s", title="Empty")

    assert "No article of this story is left" in desk.get(f"/cau-chuyen/{story.pk}/").text


def test_story_needs_the_same_queries_for_one_article_and_three(desk, office):
    for number in (1, 3):
        make_digest(office, *[f"s{number}"] * number, day=DAY + timedelta(days=number))
        story = Story.objects.get(engine_id=f"s{number}")
        with CaptureQueriesContext(connection) as captured:
            desk.get(f"/cau-chuyen/{story.pk}/")
        # The story, its articles, their topics, its corrections.
        assert len(press_queries(captured)) == 4


# Digests --------------------------------------------------------------------------------------------------------------


def test_digest_groups_stories_by_topic_in_the_order_of_their_rank(desk, office):
    digest = make_digest(office, "s1", "s2", "s2", None)

    answer = desk.get(f"/diem-bao/{digest.pk}/")

    assert heading(answer) == "22 Nov 2026: 2 stories about Viet Nam in 4 articles"
    assert re.findall(r'<h3 class="story-title"[^>]*><a href="[^"]*">([^<]*)</a>', answer.text) == ["s1 0", "s2 1"]


def test_digest_numbers_open_as_many_articles_as_they_say(desk, office):
    digest = make_digest(office, "s1", "s2", "s2", None)
    answer = desk.get(f"/diem-bao/{digest.pk}/")
    links = re.findall(r'<dd class="num"><a href="(/diem-bao/[^"]*)">(\d+)</a>', answer.text)

    assert len(links) >= 9
    for link, number in links:
        assert len(titles(desk.get(link.replace("&amp;", "&")))) == int(number), link


def test_digest_opens_what_was_rejected(desk, office):
    run = start_collection(actor=ACTOR, sources=[])
    refused = [Rejection(url=f"https://a.example/{n}", origin="feed", reason="too_short") for n in range(2)]
    record_collected(actor=ACTOR, collection=run, rejections=refused)
    digest = make_digest(office, "s1", rejected={"too_short": 2})

    link = re.search(r'href="(/nguon-tin/khong-lay/\?[^"]*)">2</a>', desk.get(f"/diem-bao/{digest.pk}/").text).group(1)

    assert heading(desk.get(link.replace("&amp;", "&"))) == "2 documents set aside"


def test_digest_of_another_office_is_not_there(desk, two_offices):
    theirs = make_digest(two_offices.theirs.office, "s1")

    assert desk.get(f"/diem-bao/{theirs.pk}/").status_code == 404
    assert desk.get(f"/diem-bao/{theirs.pk}/tin-bai/").status_code == 404
    assert heading(desk.get("/diem-bao/")) == "No press digest yet"
    assert heading(desk.get(f"/nguon-tin/khong-lay/?digest={theirs.pk}")) == "0 documents set aside"


def test_digest_list_shows_the_newest_first(desk, office):
    make_digest(office, "s1", day=DAY - timedelta(days=1))
    make_digest(office, "s2", "s3")

    answer = desk.get("/diem-bao/")

    assert heading(answer) == "2 press digests"
    assert re.findall(r"Daily digest ([\d/]+)</a>", answer.text) == ["22/11/2026", "21/11/2026"]


def test_digest_says_that_it_is_sample_data(desk, office):
    register_outlet(actor=ACTOR, host="h0.example", name="H0", sample=True)
    digest = make_digest(office, "s1")

    assert Digest.objects.get().sample is True
    assert "DỮ LIỆU MẪU" in desk.get(f"/diem-bao/{digest.pk}/").text


def test_every_screen_of_sample_articles_says_that_they_are_invented(desk, office):
    outlet = register_outlet(actor=ACTOR, host="h0.example", name="H0", sample=True)
    source = register_source(actor=ACTOR, outlet=outlet, url="https://h0.example/feed")
    run = start_collection(actor=ACTOR, sources=[source])
    refused = Rejection(url="https://h0.example/x", origin="https://h0.example/feed:1", reason="too_short")
    record = make_record("Cầu", host="h0.example", story_id="s1")
    record_collected(actor=ACTOR, collection=run, articles=[record], rejections=[refused], sources=[source])
    period = {"day": DAY, "period": (timezone.now(), timezone.now()), "as_of": timezone.now()}
    digest = store_digest(actor=ACTOR, organisation=office, result=make_result([record]), **period)
    article, story = Article.objects.get(), Story.objects.get()
    paths = [
        "/tin-bai/",
        f"/tin-bai/{article.pk}/",
        f"/cau-chuyen/{story.pk}/",
        "/diem-bao/",
        f"/diem-bao/{digest.pk}/",
        f"/diem-bao/{digest.pk}/tin-bai/",
        "/nguon-tin/",
        f"/nguon-tin/thu-thap/{run.pk}/",
        "/nguon-tin/khong-lay/",
    ]

    assert [path for path in paths if 'class="sample"' not in desk.get(path).text] == []


def test_digest_needs_the_same_queries_for_one_story_and_three(desk, office):
    counts = set()
    for number in (1, 3):
        digest = make_digest(office, *(f"{number}-{n}" for n in range(number)), day=DAY + timedelta(days=number))
        with CaptureQueriesContext(connection) as captured:
            desk.get(f"/diem-bao/{digest.pk}/")
        counts.add(len(press_queries(captured)))

    # The digest, its entries, stories, their articles; three counts; outlets, countries, languages, topics;
    # corrections, receipts, recipients; files, comments; its history.
    assert counts == {14}


def test_digest_lists_need_the_same_queries_for_one_row_and_three(desk, office):
    for number in (1, 3):
        digest = make_digest(office, *["s"] * number, day=DAY + timedelta(days=number))
        with CaptureQueriesContext(connection) as captured:
            desk.get(f"/diem-bao/{digest.pk}/tin-bai/")
        # The digest, how many, the articles, their topics.
        assert len(press_queries(captured)) == 4
        make_digest(office, "s", day=DAY + timedelta(days=number + 1))
        with CaptureQueriesContext(connection) as captured:
            desk.get("/diem-bao/")
        # How many, the digests.
        assert len(press_queries(captured)) == 2


# Sources, collections, rejected documents -----------------------------------------------------------------------------


def make_source(number):
    outlet = register_outlet(actor=ACTOR, host=f"h{number}.example", name=f"H{number}", country="FR")
    return register_source(actor=ACTOR, outlet=outlet, url=f"https://h{number}.example/feed")


def make_run(**given):
    run = start_collection(actor=ACTOR, sources=[])
    record_collected(actor=ACTOR, collection=run, **given)
    return finish_collection(actor=ACTOR, collection=run)


def test_sources_name_those_in_trouble_first(desk):
    make_source(1)
    failing = make_source(2)
    for _ in range(2):
        mark_source_collected(actor=ACTOR, source=failing, at=timezone.now(), status=503, error="The server is down.")

    answer = desk.get("/nguon-tin/")

    assert heading(answer) == "2 sources, 1 in trouble"
    assert re.findall(r'<tr id="source-(\d+)"', answer.text)[0] == str(failing.pk)
    assert "The server is down." in answer.text
    assert "2 failures in a row" in answer.text


def test_collections_open_what_they_count(desk):
    refused = [Rejection(url="https://a.example/1", origin="feed", reason="too_short", detail="31 characters")]
    problem = InputProblem(source="https://a.example/feed", message="The feed breaks off.")
    run = make_run(articles=[make_record("New")], rejections=refused, problems=[problem])

    answer = desk.get(f"/nguon-tin/thu-thap/{run.pk}/")

    assert heading(answer).startswith("1 article new in the collection of")
    assert "The feed breaks off." in answer.text
    assert titles(desk.get(f"/tin-bai/?collection={run.pk}&show=all")) == ["New"]
    rejected = desk.get(f"/nguon-tin/khong-lay/?collection={run.pk}&reason=too_short")
    assert heading(rejected) == "1 document set aside"
    assert "31 characters" in rejected.text
    assert heading(desk.get(f"/nguon-tin/khong-lay/?collection={run.pk}&reason=not_html")) == "0 documents set aside"


def test_rejected_documents_show_hostile_addresses_as_text(desk):
    make_run(rejections=[Rejection(url="javascript:alert(1)", origin="<b>", reason="not_html", detail="<script>")])

    answer = desk.get("/nguon-tin/khong-lay/").text

    assert "javascript:alert(1)" in answer
    assert 'href="javascript:' not in answer
    assert "<script>" not in answer.replace("<script src", "")


def test_lists_of_sources_need_the_same_queries_for_one_row_and_three(desk):
    for number in (1, 3):
        make_source(number)
        make_source(number + 1)
        run = make_run(rejections=[Rejection(url="https://a.example", origin="f", reason="too_short")] * number)
        for path, expected in (("/nguon-tin/", 4), ("/nguon-tin/khong-lay/", 2), (f"/nguon-tin/thu-thap/{run.pk}/", 2)):
            with CaptureQueriesContext(connection) as captured:
                desk.get(path)
            # Sources: how many, the rows, how many fail, the last collections. One collection: itself, and whether
            # what it brought is sample data.
            assert len(press_queries(captured)) == expected, path


@pytest.mark.parametrize("path", ["/tin-bai/1/", "/cau-chuyen/1/", "/diem-bao/1/", "/nguon-tin/thu-thap/1/"])
def test_what_is_not_there_is_answered_as_such(desk, path):
    assert desk.get(path).status_code == 404


@pytest.mark.parametrize("name", ["country", "language", "topic", "outlet", "story", "part"])
@pytest.mark.parametrize("value", ["\0", "a\0b", "-1", "9" * 30, "ünbekannt", "'\"*"])
def test_articles_of_a_digest_with_a_filter_that_makes_no_sense_are_a_page(desk, office, name, value):
    digest = make_digest(office, "s1", "s1", None)

    answer = desk.get(f"/diem-bao/{digest.pk}/tin-bai/", {name: value})

    assert answer.status_code == 200
    assert re.match(r"[0-3] articles? of the press digest of 22 Nov 2026", heading(answer))


def test_articles_of_a_story_of_a_digest_are_named_with_the_numbers_that_led_there(desk, office):
    digest = make_digest(office, "s1", "s1", "s1", "s2")
    entry = digest.stories.order_by("pk").first()

    page = desk.get(f"/diem-bao/{digest.pk}/")
    listed = desk.get(f"/diem-bao/{digest.pk}/tin-bai/", {"story": entry.pk})
    elsewhere = desk.get(f"/diem-bao/{digest.pk}/tin-bai/", {"story": entry.pk + 1000})

    leads = re.findall(rf'href="/diem-bao/{digest.pk}/tin-bai/\?story={entry.pk}">([^<]*)<', page.text)
    assert leads == ["3 articles", "3 outlets", "2 countries"]
    assert heading(listed) == "3 articles of the press digest of 22 Nov 2026"
    assert f"{entry.title} · 3 outlets · 2 countries · Relevant · All its articles" in text_of(listed)
    assert heading(elsewhere) == "0 articles of the press digest of 22 Nov 2026"
