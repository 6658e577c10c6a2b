import re

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.network.models import Organisation
from nhipcau.press.domain.articles import store_articles
from nhipcau.search import registry
from tests.support.articles import ACTOR, make_record
from tests.support.letters import make_letter
from tests.support.newsroom import build_digest
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def office(db):
    with access.system("test"):
        return make_office("Bộ Mẫu Đà Nẵng")


@pytest.fixture
def desk(office, signed_in_client):
    with access.system("test"):
        return signed_in_client(make_person(office=office, roles=["drafter"], language="en"))


def articles(office, *titles):
    records = [make_record(title, host=f"{n}.example", story_id=str(n)) for n, title in enumerate(titles)]
    with access.system("test"):
        store_articles(actor=ACTOR, articles=records)
        return build_digest(office, timezone.localdate(), records)


def headings(page):
    return re.findall(r'<h2 class="block-title" id="found-\d">([^<]+) <', page)


def test_search_finds_every_kind_without_marks_and_counts_it(desk, office):
    articles(office, "Da Nang opens", "Elsewhere")
    page = desk.get("/tim/?q=da+nang").text
    assert headings(page) == ["Organisations", "Press digests", "Stories", "Coverage"]
    assert ">Da Nang opens<" in page
    assert ">Elsewhere<" not in page
    assert "4 found for “da nang”" in page


def test_exact_mode_lets_marks_count(desk, office):
    articles(office, "Da Nang opens")
    assert headings(desk.get("/tim/?q=đà+nẵng&dung=1").text) == ["Organisations"]


def test_search_finds_nothing_of_another_office(desk, office):
    with access.system("test"):
        make_letter(make_office(), "Thư riêng của họ")
    assert "Thư riêng của họ" not in desk.get("/tim/?q=thư+riêng").text.replace("“thư riêng”", "")


def test_coverage_is_one_click_from_everything(desk, office):
    articles(office, "Da Nang opens")
    assert 'href="/tin-bai/?q=da+nang"' in desk.get("/tim/?q=da+nang").text


def test_one_kind_has_a_page_of_its_own(desk, office):
    articles(office, *(f"Da Nang {n}" for n in range(7)))
    page = desk.get("/tim/?q=da+nang").text
    assert 'href="?q=da+nang&amp;loai=press.stories"' in page
    alone = desk.get("/tim/?q=da+nang&loai=press.stories").text
    assert alone.count('class="hit-name"') == 7
    assert desk.get("/tim/?q=da+nang&loai=unheard.of").status_code == 404


def test_nothing_typed_asks_nothing(desk, django_assert_num_queries):
    desk.get("/tim/")
    with django_assert_num_queries(5):
        assert "What are you looking for?" in desk.get("/tim/").text


@pytest.mark.parametrize("number", [1, 3])
def test_search_asks_as_much_for_three_hits_as_for_one(desk, office, django_assert_num_queries, monkeypatch, number):
    # The kinds of two rooms; each further kind asks once more.
    kinds = {name: kind for name, kind in registry._KINDS.items() if name.startswith(("press.", "network."))}
    monkeypatch.setattr(registry, "_KINDS", kinds)
    articles(office, *(f"Da Nang {n}" for n in range(number)))
    desk.get("/tim/?q=nang")
    with django_assert_num_queries(9):
        desk.get("/tim/?q=nang")


def test_palette_offers_places_and_what_may_be_started(desk):
    page = desk.get("/di-den/").text
    assert 'data-url="/cong-van/soan/"' in page
    assert "<kbd>t</kbd>" in page
    page = desk.get("/di-den/?q=cover").text
    assert 'data-url="/tin-bai/"' in page
    assert 'data-url="/cong-van/soan/"' not in page


def test_palette_offers_to_start_only_what_the_reader_may(office, signed_in_client):
    with access.system("test"):
        viewer = make_person(office=office, roles=["viewer"])
    assert "/cong-van/soan/" not in signed_in_client(viewer).get("/di-den/").text


def test_palette_finds_things_and_leads_to_the_whole_search(desk, office):
    page = desk.get("/di-den/?q=da+nang").text
    with access.system("test"):
        key = Organisation.objects.get(pk=office.pk).pk
    assert f'data-url="/to-chuc/{key}/"' in page
    assert 'data-url="/tim/?q=da%20nang"' in page
