import re
from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.newswire.records import Rejection
from nhipcau.press.domain.articles import store_articles
from nhipcau.press.domain.collecting import (
    claim_sources,
    finish_collection,
    mark_source_collected,
    record_collected,
    start_collection,
)
from nhipcau.press.domain.outlets import register_outlet, register_source
from nhipcau.press.models import Story
from nhipcau.text import format_date
from tests.support.articles import ACTOR, START, make_record
from tests.support.newsroom import build_digest
from tests.support.people import make_office, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    with access.system("test"):
        return make_office("Cục Mẫu")


@pytest.fixture
def home(office, signed_in_client):
    """``home()``: the front page as a press analyst of ``office`` sees it."""
    with access.system("test"):
        person = make_person(office=office, roles=["press_analyst"], language="en")
    client = signed_in_client(person)
    return lambda: client.get("/")


def digest_of(office, day, *titles, prefix=""):
    """A digest with one story for each title, each story run by two outlets."""
    records = [
        make_record(
            f"{title} {host}", host=f"{host}.example", outlet=host, country=country, story_id=f"{prefix}{place}"
        )
        for place, title in enumerate(titles)
        for host, country in (("echo", "FR"), ("kurier", "DE"))
    ]
    with access.system("test"):
        store_articles(actor=ACTOR, articles=records)
        return build_digest(office, day, records)


def heading(answer):
    return re.search(r"<h1[^>]*>(.*?)</h1>", answer.text).group(1)


def test_home_answers_how_many_stories_from_how_many_countries(home, office):
    digest_of(office, timezone.localdate(), "Lúa gạo", "Đèn lồng")
    page = home()
    assert heading(page) == "Nothing waits for you"
    assert "<strong>2 stories about Viet\xa0Nam, 4 articles from 2 countries</strong>" in page.text


def test_home_names_the_outlets_and_countries_of_a_story(home, office):
    digest_of(office, timezone.localdate(), "Lúa gạo")
    assert "echo (France), kurier (Germany)" in home().text


def test_home_links_every_figure_to_what_it_counts(home, office):
    digest = digest_of(office, timezone.localdate(), "Lúa gạo")
    figures = re.findall(r'class="number" href="([^"]+)">\s*<span class="number-value">(\d+)<', home().text)
    whole = f"/diem-bao/{digest.pk}/"
    assert figures == [
        (whole, "1"),
        (f"{whole}tin-bai/", "2"),
        (f"{whole}#outlets", "2"),
        (f"{whole}#countries", "2"),
    ]


def test_home_shows_the_first_five_stories_and_counts_the_rest(home, office):
    digest_of(office, timezone.localdate(), *(f"Chuyện {n}" for n in range(9)))
    page = home().text
    assert page.count('class="story-title"') == 5
    assert "4 more stories in the digest" in page


def test_home_says_when_the_digest_is_not_of_today(home, office):
    yesterday = timezone.localdate() - timedelta(days=1)
    digest_of(office, yesterday, "Lúa gạo")
    assert f"No digest for today yet; this is the one of {format_date(yesterday, 'en')}." in home().text


def test_home_calls_a_story_by_the_name_that_a_person_gave_it(home, office):
    digest_of(office, timezone.localdate(), "Lúa gạo")
    with access.system("test"):
        Story.objects.update(name="Gạo được mùa")

    page = home().text

    assert "Gạo được mùa" in page
    assert "Lúa gạo" in page


def test_home_of_one_office_shows_nothing_of_another_ones_digest(home, office):
    with access.system("test"):
        other = make_office("Cục Khác")
    digest_of(other, timezone.localdate(), "Bí mật của họ")
    assert "Bí mật của họ" not in home().text
    digest_of(office, timezone.localdate(), "Của chúng ta", prefix="ours")
    assert "Của chúng ta" in home().text


def test_home_without_a_role_says_whom_to_ask(signed_in_client, office):
    digest_of(office, timezone.localdate(), "Lúa gạo")
    with access.system("test"):
        person = make_person(language="en")
    answer = signed_in_client(person).get("/")
    assert heading(answer) == "You hold no role in an office today"
    assert "Lúa gạo" not in answer.text


def test_home_before_anything_is_collected_says_how_to_start(home):
    answer = home()
    assert "Nothing is collected yet" in answer.text
    assert 'href="/nguon-tin/"' in answer.text


def test_home_names_sources_in_trouble_and_what_the_last_collection_did(home):
    with access.system("test"):
        outlet = register_outlet(actor=ACTOR, host="echo.example", name="L'Écho", country="FR")
        source = register_source(actor=ACTOR, outlet=outlet, url="https://echo.example/feed.xml")
        run = start_collection(actor=ACTOR, sources=claim_sources(actor=ACTOR))
        rejections = [Rejection(url="https://echo.example/1", origin="feed", reason="too_short")]
        record_collected(actor=ACTOR, collection=run, articles=[make_record(), make_record()], rejections=rejections)
        mark_source_collected(actor=ACTOR, source=source, at=START, status=500, error="Máy chủ trả lời 500.")
        finish_collection(actor=ACTOR, collection=run)
    page = home().text
    assert "No press digest yet" in page
    assert f'<a href="/nguon-tin/#source-{source.pk}">L&#x27;Écho</a>' in page
    assert "Máy chủ trả lời 500." in page
    assert f'<a href="/tin-bai/?show=all&amp;collection={run.pk}">2</a>' in page
    assert f'<a href="/nguon-tin/khong-lay/?collection={run.pk}">1</a>' in page


@pytest.mark.both_databases
@pytest.mark.parametrize("stories", [1, 3])
def test_home_asks_as_much_for_three_stories_as_for_one(home, office, django_assert_num_queries, stories):
    digest_of(office, timezone.localdate(), *(f"Chuyện {n}" for n in range(stories)))
    home()
    with django_assert_num_queries(16):
        home()


def test_password_can_be_changed_by_whoever_has_one(two_offices, signed_in_client):
    person, sample = two_offices.ours.drafter, two_offices.ours.administrator
    with access.system("test"):
        sample.set_unusable_password()
        sample.save()
        person.set_password("một câu ngắn dễ nhớ")
        person.save()

    with_one = signed_in_client(person).get("/")
    without = signed_in_client(sample).get("/")

    assert with_one.text.count('href="/account/password"') == 2  # in the menu of a desk and in that of a phone
    assert '"/account/password"' not in without.text
