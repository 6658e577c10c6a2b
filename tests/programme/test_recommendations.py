from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.network.models import Succession
from nhipcau.programme.domain.recommendations import (
    answer_recommendation,
    ask,
    ask_again,
    close_recommendation,
    draft_recommendation,
    edit_recommendation,
    readdress_recommendations,
    receive_recommendation,
    send_recommendation,
    withdraw_recommendation,
)
from nhipcau.programme.models import Recommendation
from nhipcau.programme.queries.recommendations import of_origin
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from nhipcau.workspace.models import Comment, Notice
from tests.support.letters import make_letter
from tests.support.people import ACTOR, make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]

TEXT = "Đề nghị bổ sung kinh phí cho thông tin đối ngoại khu vực cửa khẩu."


@pytest.fixture
def leader(ministry):
    """Who approves in the office that is asked."""
    with access.system("test"):
        return make_person("Vũ Trả Lời", office=ministry, roles=["approver"])


@pytest.fixture
def clerk(ministry):
    with access.system("test"):
        return make_person("Đỗ Văn Thư", office=ministry, roles=["focal_officer"])


@pytest.fixture
def drafted(province, ministry, officer, as_person):
    with as_person(officer):
        return draft_recommendation(
            actor=officer, organisation=province, title="Bổ sung kinh phí", text=TEXT, addressee=ministry
        )


def get(key):
    return Recommendation.objects.get(pk=key.pk)


@pytest.fixture
def sent(drafted, approver, as_person):
    with as_person(approver):
        return send_recommendation(actor=approver, asked=get(drafted))


def test_draft_is_seen_by_its_office_alone_and_sent_by_another_person(drafted, approver, leader, clerk, as_person):
    officer = drafted.drafter
    with as_person(leader):
        assert not Recommendation.objects.exists()
    with as_person(officer), pytest.raises(PermissionDeniedError):
        send_recommendation(actor=officer, asked=get(drafted))
    with as_person(approver):
        assert send_recommendation(actor=approver, asked=get(drafted)).state == "sent"
    with as_person(leader):
        assert Recommendation.objects.get().state == "sent"
    with access.system("test"):
        told = Notice.objects.filter(kind="programme.recommendations.asked")
        assert [notice.person for notice in told] == [clerk]


def test_from_receipt_to_the_answer_that_the_asker_saw(sent, officer, leader, clerk, as_person):
    with as_person(clerk):
        assert receive_recommendation(actor=clerk, asked=get(sent)).received_by == clerk
        with pytest.raises(PermissionDeniedError):
            answer_recommendation(actor=clerk, asked=get(sent), answer="Đồng ý.")
    with as_person(leader):
        with pytest.raises(IncompleteError):
            answer_recommendation(actor=leader, asked=get(sent), answer=" ")
        answered = answer_recommendation(actor=leader, asked=get(sent), answer="Đồng ý bổ sung.", number="9/CV-B")
        assert (answered.state, answered.answered_by) == ("answered", leader)
    with as_person(officer):
        closed = close_recommendation(actor=officer, asked=get(sent))
        assert (closed.state, closed.seen_by) == ("closed", officer)
        with pytest.raises(WrongStateError):
            close_recommendation(actor=officer, asked=get(sent))
    with access.system("test"):
        told = Notice.objects.filter(kind="programme.recommendations.answered")
        assert [notice.person for notice in told] == [officer]


def test_asked_again_it_waits_for_another_answer(sent, officer, leader, as_person):
    with as_person(leader):
        answer_recommendation(actor=leader, asked=get(sent), answer="Ghi nhận.")
    with as_person(officer):
        again = ask_again(actor=officer, asked=get(sent), reason="Chưa nói bao giờ.")
        assert (again.state, again.seen_by) == ("received", officer)
    with as_person(leader):
        assert Comment.objects.get().text == "Chưa nói bao giờ."
        assert answer_recommendation(actor=leader, asked=get(sent), answer="Trong quý I.").seen_at is None


def test_draft_that_is_withdrawn_never_shows_and_one_that_was_sent_keeps_its_reason(
    drafted, officer, approver, leader, as_person
):
    with as_person(officer):
        withdraw_recommendation(actor=officer, asked=get(drafted), reason="")
        other = draft_recommendation(
            actor=officer,
            organisation=drafted.organisation,
            title="Khác",
            text=TEXT,
            addressee=drafted.addressee,
        )
    with as_person(approver):
        send_recommendation(actor=approver, asked=get(other))
        with pytest.raises(IncompleteError):
            withdraw_recommendation(actor=approver, asked=get(other), reason="")
        withdraw_recommendation(actor=approver, asked=get(other), reason="Đã giải quyết.")
    with as_person(leader):
        assert [row.pk for row in Recommendation.objects.all()] == [other.pk]
        with pytest.raises(WrongStateError):
            answer_recommendation(actor=leader, asked=get(other), answer="Đồng ý.")


def test_two_who_write_do_not_save_over_each_other(drafted, officer, as_person):
    given = {"title": "Bổ sung kinh phí", "text": TEXT, "addressee": drafted.addressee}
    with as_person(officer):
        edit_recommendation(actor=officer, asked=get(drafted), version=1, **given | {"text": "Khác."})
        with pytest.raises(ConflictError):
            edit_recommendation(actor=officer, asked=get(drafted), version=1, **given)


def test_what_cannot_be_asked_is_said_at_its_field(province, officer, as_person):
    with access.system("test"):
        real = make_office("Bộ Thật", sample=False)
        other = make_office("Bộ Mẫu Khác")
    given = {"actor": officer, "organisation": province, "title": "x", "text": TEXT}
    with as_person(officer):
        for more, field in (
            ({"addressee": province}, "addressee"),
            ({"addressee": real}, "addressee"),
            ({"addressee": other, "text": " "}, "text"),
            ({"addressee": other, "due_on": timezone.localdate() - timedelta(days=1)}, "due_on"),
        ):
            with pytest.raises(IncompleteError) as refused:
                draft_recommendation(**given | more)
            assert refused.value.field == field


def test_issued_document_asks_once_for_each_place(province, ministry, approver, leader, as_person):
    with access.system("test"):
        origin = make_letter(province, "Báo cáo năm", state="issued", to=[ministry])
    with as_person(approver):
        given = {"actor": approver, "organisation": province, "addressee": ministry, "origin": origin}
        first = ask(**given, text=TEXT * 3, place="texts.part_vii")
        again = ask(**given, text=TEXT * 3, place="texts.part_vii")
        other = ask(**given, text=TEXT, place="texts.part_vi")

        assert (first.pk, first.state) == (again.pk, "sent")
        assert (len(first.title) <= 121, first.title.endswith("…")) == (True, True)
        assert set(of_origin(origin)) == {first, other}
    with as_person(leader):
        assert Recommendation.objects.count() == 2


def test_addressee_that_merged_is_followed(sent, ministry, as_person):
    with access.system("test"):
        heir = make_office("Bộ Sau Sáp Nhập")
        yesterday = timezone.localdate() - timedelta(days=1)
        type(ministry).objects.filter(pk=ministry.pk).update(valid_to=yesterday)
        Succession.objects.create(
            predecessor=ministry, successor=heir, kind="merge", day=timezone.localdate(), confidence="high"
        )
        assert readdress_recommendations(actor=ACTOR) == 1
        assert readdress_recommendations(actor=ACTOR) == 0
        row = Recommendation.objects.get()
        assert (row.addressee, row.first_addressee, row.state) == (heir, ministry, "sent")
