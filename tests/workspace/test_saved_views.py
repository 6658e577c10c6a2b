"""Saved views: a list found again under a name, shared with an office, opened by default; never rows, never rights."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau.access import PermissionDeniedError
from nhipcau.audit.models import Entry
from nhipcau.workspace.domain.saved_views import (
    ViewError,
    kept_part,
    open_in_view,
    open_without_view,
    remove_view,
    save_view,
)
from nhipcau.workspace.models import DefaultView, SavedView
from tests.support.articles import START, make_article
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("as_system")]

LIST = "press.articles"


@pytest.fixture
def office():
    return make_office("Cục Mẫu")


@pytest.fixture
def analyst(office):
    return make_person("Lê Thị Đọc", office=office, roles=["press_analyst"])


@pytest.fixture
def colleague(office):
    return make_person("Phan Đồng Nghiệp", office=office, roles=["viewer"])


@pytest.fixture
def stranger():
    return make_person("Vũ Người Lạ", office=make_office(), roles=["press_analyst"])


@pytest.fixture
def desk(analyst, signed_in_client):
    make_article("Rice", country="FR", language="fr", published_at=START)
    make_article("Reis", host="b.example", country="DE", language="de", published_at=START + timedelta(hours=1))
    return signed_in_client(analyst)


def titles(answer):
    return re.findall(r'<a class="clamp"[^>]*>([^<]*)</a>', answer.text)


def menu(answer):
    return re.findall(r'<li><a href="([^"]*view=\d+)"[^>]*>([^<]*)</a>', answer.text)


def save(client, **changes):
    given = {"listing": LIST, "name": "Báo Đức", "query": "language=de&columns=country&sort=oldest&page=3"}
    return client.post("/bo-loc/luu/", given | changes, follow=True)


def test_view_brings_back_filters_columns_and_order_with_one_click(desk):
    answer = save(desk)

    assert titles(answer) == ["Reis"]
    (address, name) = menu(answer)[0]
    assert name == "Báo Đức"
    assert SavedView.objects.get().query == "language=de&columns=country&sort=oldest"
    page = desk.get(address.replace("&amp;", "&"))
    assert titles(page) == ["Reis"]
    assert "Cơ quan báo chí</th>" not in page.text


def test_view_saved_under_its_name_again_is_written_over(desk):
    save(desk)
    save(desk, name=" Báo  Đức ", query="language=fr")

    assert [(view.name, view.query) for view in SavedView.objects.all()] == [("Báo Đức", "language=fr")]


def test_list_opens_in_the_view_of_its_reader_and_can_be_seen_without(desk):
    assert titles(desk.get("/tin-bai/")) == ["Reis", "Rice"]
    save(desk, opens="on")

    assert titles(desk.get("/tin-bai/", follow=True)) == ["Reis"]
    assert titles(desk.get("/tin-bai/?view=")) == ["Reis", "Rice"]
    desk.post(f"/bo-loc/{SavedView.objects.get().pk}/mac-dinh/", {"opens": "0"})
    assert desk.get("/tin-bai/").status_code == 200


def test_shared_view_is_found_by_the_members_of_the_office_and_nobody_else(
    desk, office, colleague, stranger, signed_in_client
):
    save(desk, office=office.pk)
    view = SavedView.objects.get()

    other, foreign = signed_in_client(colleague), signed_in_client(stranger)
    assert [name for _address, name in menu(other.get("/tin-bai/"))] == ["Báo Đức"]
    assert "của Lê Thị Đọc" in other.get("/tin-bai/").text
    assert titles(other.get(f"/bo-loc/{view.pk}/", follow=True)) == ["Reis"]
    assert menu(foreign.get("/tin-bai/")) == []
    assert foreign.get(f"/bo-loc/{view.pk}/").status_code == 404
    # Shared, not given away.
    assert other.post(f"/bo-loc/{view.pk}/bo/").status_code == 403
    assert other.post(f"/bo-loc/{view.pk}/mac-dinh/", {"opens": "1"}).status_code == 302
    assert titles(other.get("/tin-bai/", follow=True)) == ["Reis"]


def test_view_no_longer_shared_no_longer_opens_a_colleagues_list(desk, office, colleague, signed_in_client):
    save(desk, office=office.pk)
    open_in_view(actor=colleague, view=SavedView.objects.get())
    save(desk)

    assert titles(signed_in_client(colleague).get("/tin-bai/", follow=True)) == ["Reis", "Rice"]


def test_view_is_shared_with_an_office_of_ones_own_only(desk, stranger, analyst):
    elsewhere = stranger.memberships.get().organisation

    assert save(desk, office=elsewhere.pk).status_code == 404
    with pytest.raises(PermissionDeniedError):
        save_view(actor=analyst, listing=LIST, name="x", query="", office=elsewhere)
    assert SavedView.objects.count() == 0


def test_sharing_is_recorded_and_what_is_ones_own_is_not(desk, office, analyst):
    save(desk)
    save(desk, name="Chung", office=office.pk)
    remove_view(actor=analyst, view=SavedView.objects.get(name="Chung"))
    remove_view(actor=analyst, view=SavedView.objects.get())

    entries = Entry.objects.filter(verb__startswith="workspace.").order_by("pk")
    assert [(entry.verb, entry.organisation_label) for entry in entries] == [
        ("workspace.share_view", "Cục Mẫu"),
        ("workspace.remove_view", "Cục Mẫu"),
    ]


def test_removed_view_opens_no_list_any_more(desk):
    save(desk, opens="on")
    desk.post(f"/bo-loc/{SavedView.objects.get().pk}/bo/")

    assert (SavedView.objects.count(), DefaultView.objects.count()) == (0, 0)
    assert titles(desk.get("/tin-bai/")) == ["Reis", "Rice"]


@pytest.mark.parametrize(
    "changes", [{"name": ""}, {"name": "  "}, {"name": "x" * 81}, {"query": f"q={'x' * 2000}"}, {"listing": "no.list"}]
)
def test_what_cannot_be_saved_says_so_and_saves_nothing(desk, changes):
    assert save(desk, **changes).status_code == 200
    assert SavedView.objects.count() == 0


def test_view_of_no_list_is_refused(analyst):
    with pytest.raises(ViewError):
        save_view(actor=analyst, listing="no.list", name="x", query="")


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("q=a&page=2&view=3&export=csv", "q=a"),
        ("q=&sort=oldest", "sort=oldest"),
        ("q=a%26b%3Dc", "q=a%26b%3Dc"),
        ("", ""),
    ],
)
def test_what_is_of_the_moment_is_not_saved(query, kept):
    assert kept_part(query) == kept


def test_name_and_filters_of_a_view_are_shown_as_text(desk):
    answer = save(desk, name="<script>alert(1)</script>", query='q="><script>alert(2)</script>')

    assert "<script>alert" not in answer.text


def test_list_opens_plainly_again(analyst):
    view = save_view(actor=analyst, listing=LIST, name="x", query="q=a", opens=True)
    assert DefaultView.objects.get().view == view

    open_without_view(actor=analyst, listing=LIST)

    assert DefaultView.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_menu_needs_the_same_queries_for_one_view_and_three(desk, analyst, office, number):
    for n in range(number):
        save_view(actor=analyst, listing=LIST, name=f"v{n}", query="q=a", office=office)
    with CaptureQueriesContext(connection) as captured:
        assert len(menu(desk.get("/tin-bai/?view="))) == number
    assert len([query for query in captured if "workspace_savedview" in query["sql"]]) == 1
