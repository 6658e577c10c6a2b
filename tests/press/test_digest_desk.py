import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.press.comparing import compare
from nhipcau.press.domain.triage import keep_item
from nhipcau.press.models import Digest, DigestChoice, DigestEntry
from nhipcau.workspace.models import UnsavedText
from tests.support.digests import make_built, make_digest
from tests.support.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]


@pytest.fixture(autouse=True)
def _english(analyst):
    with access.system("test"):
        analyst.language = "en"
        analyst.save()


@pytest.fixture
def built(office):
    with access.system("test"):
        return make_built(office, "s1", "s1", "s2", None)


@pytest.fixture
def signer(office, signed_in_client):
    with access.system("test"):
        person = make_person("Lê Văn Duyệt", office=office, roles=["approver"], language="en")
    return signed_in_client(person)


def items(answer):
    return re.findall(r'id="item-(\d+)"', answer.text)


def heading(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL).group(1)).split())


def act(desk, digest, article, **data):
    return desk.post(f"/diem-bao/{digest.pk}/sang-loc/chon/", {"article": article.pk, "part": "open", **data})


def test_triage_shows_each_story_once_and_says_what_goes_with_it(desk, built):
    digest, articles = built

    answer = desk.get(f"/diem-bao/{digest.pk}/sang-loc/")

    assert items(answer) == [str(articles[n].pk) for n in (0, 2, 3)]
    assert heading(answer) == "3 items to decide, 0 kept"
    assert "3 items, with all that goes with them 4 articles about the country" in answer.text
    assert "1 article that goes with it" in answer.text
    assert answer.text.count("Suggested: keep") == 2


def test_triage_by_buttons_alone(desk, built):
    digest, articles = built

    kept = act(desk, digest, articles[0], do="keep")
    dropped = act(desk, digest, articles[2], drop="old")
    shown = desk.get(kept["Location"])
    undone = desk.post(f"/diem-bao/{digest.pk}/sang-loc/chon/", {"do": "undo", "part": "open"})

    assert kept["Location"] == f"/diem-bao/{digest.pk}/sang-loc/?part=open#item-{articles[0].pk}"
    assert dropped["Location"].endswith(f"#item-{articles[2].pk}")
    assert heading(shown) == "1 item to decide, 1 kept"
    assert undone["Location"].endswith(f"#item-{articles[2].pk}")
    assert heading(desk.get(f"/diem-bao/{digest.pk}/sang-loc/")) == "2 items to decide, 1 kept"


def test_triage_answers_the_script_with_the_item_and_the_counts(desk, built):
    digest, articles = built

    given = {"article": articles[0].pk, "part": "open", "do": "keep"}
    answer = desk.post(f"/diem-bao/{digest.pk}/sang-loc/chon/", given, headers={"HX-Request": "true"})

    assert items(answer) == [str(articles[0].pk)]
    assert "2 items to decide, 1 kept" in answer.text
    assert 'id="said" role="status" hx-swap-oob="true"' in answer.text


def test_triage_says_what_is_wrong(desk, built):
    digest, articles = built

    answer = desk.post(
        f"/diem-bao/{digest.pk}/sang-loc/chon/",
        {"article": articles[0].pk, "drop": "other", "part": "open"},
        follow=True,
    )

    assert "Say in a few words why the item is left out." in answer.text
    with access.system("test"):
        assert not DigestChoice.objects.exists()


def test_triage_suggests_to_leave_out_what_was_told(desk, office, analyst):
    from datetime import timedelta

    from django.utils import timezone

    with access.system("test"):
        yesterday = timezone.localdate() - timedelta(days=1)
        make_digest(office, state="approved", analyst=analyst, day=yesterday, stories=("s1", "s2"))
        from nhipcau.press.models import Article
        from tests.press.test_digest_steps import _record

        digest, _same = make_built(office, records=[_record(article) for article in Article.objects.order_by("pk")])

    answer = desk.get(f"/diem-bao/{digest.pk}/sang-loc/")

    assert answer.text.count("Suggested: leave out") == 1
    assert "and nothing new since" in answer.text


@pytest.mark.parametrize("path", ["sang-loc/", "soan/"])
def test_lists_of_a_digest_need_the_same_queries_for_one_item_and_three(desk, office, analyst, path):
    counts = set()
    for number in (1, 3):
        with access.system("test"):
            digest, articles = make_built(office, *(f"{number}-{n}" for n in range(number)))
        with access.opened(access_for(analyst)):
            for article in articles:
                keep_item(actor=analyst, digest=digest, article=article)
        desk.get(f"/diem-bao/{digest.pk}/{path}?part=all")
        with CaptureQueriesContext(connection) as captured:
            desk.get(f"/diem-bao/{digest.pk}/{path}?part=all")
        counts.add(len([query for query in captured if '"press_' in query["sql"]]))

    # Triage: the digest, counts (2), pages, rows, topics, stories, choices, those that go with them, earlier digests.
    # The editor: the digest, entries, stories (2), articles; what was taken out; stories not in it; kept texts.
    assert counts == {{"sang-loc/": 10, "soan/": 8}[path]}


def test_editor_saves_says_who_wrote_and_shows_a_conflict_with_both_texts(
    desk, built, analyst, office, signed_in_client
):
    digest, articles = built
    act(desk, digest, articles[0], do="keep")
    with access.system("test"):
        entry = DigestEntry.objects.get()
        person = make_person("Trần Thị Cùng", office=office, roles=["press_analyst"], language="en")
    colleague = signed_in_client(person)
    path, scripted = f"/diem-bao/muc/{entry.pk}/", {"HX-Request": "true"}

    first = desk.post(path, {"headline": "Của tôi", "version": 1}, headers=scripted)
    second = colleague.post(path, {"headline": "Của bạn", "version": 1}, headers=scripted)
    page = colleague.get(f"/diem-bao/{digest.pk}/soan/")
    third = colleague.post(path, {"headline": "Của cả hai", "version": 2}, headers=scripted)

    assert 'name="version" value="2"' in first.text
    assert "Written by Lê Thị Đọc" in first.text
    assert second["HX-Retarget"] == f"#entry-{entry.pk}"
    for shown in (second, page):
        assert 'lang="vi">Của tôi</dd>' in shown.text
        assert 'lang="vi">Của bạn</dd>' in shown.text
    assert "Written by Trần Thị Cùng" in third.text
    with access.system("test"):
        assert DigestEntry.objects.get().headline == "Của cả hai"
        assert not UnsavedText.objects.exists()


def test_editor_moves_entries_by_buttons_and_by_drag(desk, built):
    digest, articles = built
    for article in (articles[0], articles[2], articles[3]):
        act(desk, digest, article, do="keep")
    with access.system("test"):
        first, second, third = (entry.pk for entry in DigestEntry.objects.order_by("place"))

    desk.post(f"/diem-bao/muc/{third}/chuyen/", {"move": "up"})
    desk.post(f"/diem-bao/muc/{first}/chuyen/", {"after": second}, headers={"HX-Request": "true"})

    with access.system("test"):
        assert [entry.pk for entry in DigestEntry.objects.order_by("place")] == [third, second, first]


def test_editor_takes_stories_in_and_out(desk, built):
    digest, _articles = built
    with access.system("test"):
        story = digest.stories.get(rank=2)

    desk.post(f"/diem-bao/{digest.pk}/soan/lay-vao/", {"story": story.pk})
    with access.system("test"):
        entry = DigestEntry.objects.get()
    desk.post(f"/diem-bao/muc/{entry.pk}/bo/")
    out = desk.get(f"/diem-bao/{digest.pk}/soan/")
    desk.post(f"/diem-bao/muc/{entry.pk}/bo/", {"back": "1"})

    assert heading(out) == "Nothing is in this digest yet"
    assert ">Taken out<" in out.text
    with access.system("test"):
        assert DigestEntry.objects.get().removed_at is None


def test_from_items_to_an_issued_digest_by_forms_alone(desk, signer, built):
    digest, articles = built
    act(desk, digest, articles[0], do="keep")
    with access.system("test"):
        entry = DigestEntry.objects.get()
    desk.post(f"/diem-bao/muc/{entry.pk}/", {"headline": "Tiêu đề tiếng Việt", "gist": "Ý chính.", "version": 1})
    head = {"symbol": "đb-bm", "place": "Hà Nội", "classification": "internal", "title": "Điểm báo", "version": 1}
    desk.post(f"/diem-bao/{digest.pk}/soan/dau-de/", head)

    submitted = desk.post(f"/diem-bao/{digest.pk}/trinh/", follow=True)
    approved = signer.post(f"/diem-bao/{digest.pk}/duyet/", follow=True)
    issued = signer.post(f"/diem-bao/{digest.pk}/ban-hanh/", {"post": "Cục trưởng"}, follow=True)

    assert "The digest is submitted." in submitted.text
    assert "The digest is approved; it can be issued." in approved.text
    assert "Issued as 01/ĐB-BM." in issued.text
    assert 'lang="vi">Tiêu đề tiếng Việt</span>' in issued.text
    with access.system("test"):
        assert Digest.objects.get(pk=digest.pk).state == "issued"


def test_what_is_missing_for_submission_is_said_in_the_editor(desk, built):
    digest, articles = built
    act(desk, digest, articles[0], do="keep")

    answer = desk.post(f"/diem-bao/{digest.pk}/trinh/", follow=True)

    assert heading(answer) == "1 entries, 1 without a headline in Vietnamese"
    assert "1 entry has no headline in Vietnamese yet." in answer.text


def test_head_that_could_not_be_saved_is_there_again(desk, built, office, signed_in_client):
    digest, _articles = built
    with access.system("test"):
        person = make_person(office=office, roles=["press_analyst"], language="en")
    colleague = signed_in_client(person)
    path, head = f"/diem-bao/{digest.pk}/soan/dau-de/", {"classification": "internal", "version": digest.version}
    desk.post(path, {**head, "title": "Của tôi"})

    refused = colleague.post(path, {**head, "title": "Của bạn"})
    again = colleague.get(path)
    saved = colleague.post(path, {**head, "title": "Của cả hai", "version": digest.version + 1})

    for answer in (refused, again):
        assert 'value="Của bạn"' in answer.text
        assert 'lang="vi">Của tôi</dd>' in answer.text
    assert f'name="version" value="{digest.version + 1}"' in again.text
    assert saved.status_code == 302
    with access.system("test"):
        assert Digest.objects.get(pk=digest.pk).title == "Của cả hai"
        assert not UnsavedText.objects.exists()


def test_what_is_in_review_is_closed_to_writing(desk, office, analyst):
    with access.system("test"):
        digest = make_digest(office, state="in_review", analyst=analyst)

    assert desk.get(f"/diem-bao/{digest.pk}/soan/").status_code == 409
    assert desk.get(f"/diem-bao/{digest.pk}/soan/dau-de/").status_code == 409


def test_archive_is_searched_by_what_the_digests_say(desk, office, analyst):
    with access.system("test"):
        make_digest(office, state="issued", analyst=analyst, title="Tuần lễ cà phê")
        make_digest(office, analyst=analyst, title="Hội nghị biển")

    found = desk.get("/diem-bao/", {"q": "ca phe"})
    by_headline = desk.get("/diem-bao/", {"q": '"tiêu đề tiếng việt"', "state": "issued"})

    assert heading(found) == "1 press digest"
    assert "Tuần lễ cà phê" in found.text
    assert heading(by_headline) == "1 press digest"


def test_compare_shows_words_moves_and_what_came(desk, built):
    digest, articles = built
    for article in (articles[0], articles[2]):
        act(desk, digest, article, do="keep")
    desk.post(f"/diem-bao/{digest.pk}/phien-ban/luu/")
    with access.system("test"):
        first, second = DigestEntry.objects.order_by("place")
    desk.post(f"/diem-bao/muc/{first.pk}/", {"headline": "Mới viết", "version": 1})
    desk.post(f"/diem-bao/muc/{second.pk}/chuyen/", {"move": "up"})

    answer = desk.get(f"/diem-bao/{digest.pk}/phien-ban/")

    assert heading(answer) == "2 changes"
    assert "Mới viết" in re.search(r"<ins>(.*?)</ins>", answer.text, re.DOTALL).group(1)
    assert "Moved from place" in answer.text


def test_compare_names_what_came_went_and_moved():
    def row(key, headline):
        return {"entry": key, "original": f"o{key}", "headline": headline, "gist": "", "note": "", "section": ""}

    before = {"title": "Cũ", "entries": [row(1, "a"), row(2, "b"), row(3, "c")]}
    after = {"title": "Mới", "entries": [row(3, "c"), row(1, "a mới"), row(4, "")]}

    found = [(change.kind, change.title, change.places) for change in compare(before, after)]

    assert found == [
        ("changed", "", (None, None)),
        ("moved", "c", (3, 1)),
        ("changed", "a mới", (1, 2)),
        ("new", "o4", (None, 3)),
        ("gone", "b", (2, None)),
    ]


def test_a_digest_says_how_many_stories_it_does_not_show(desk, office, monkeypatch):
    monkeypatch.setattr("nhipcau.press.views.digest.MOST", 2)
    with access.system("test"):
        digest, _articles = make_built(office, "s1", "s2", "s3")

    answer = desk.get(f"/diem-bao/{digest.pk}/")

    assert "3 stories about Viet Nam in 3 articles" in heading(answer)
    assert "1 more story of lower rank is not shown here." in answer.text
