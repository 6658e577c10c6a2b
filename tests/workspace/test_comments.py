"""Comments: who reads them, who is named in them, how they are answered; none goes without a trace."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.audit.models import Entry
from nhipcau.workspace.domain.comments import add_comment, edit_comment, withdraw_comment
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.domain.letters import submit_letter
from nhipcau.workspace.domain.mentions import MentionError
from nhipcau.workspace.models import Comment, Letter, Notice
from tests.support.letters import make_letter
from tests.support.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def issued(house):
    with access.system("test"):
        return make_letter(house.ours.office, state="issued", to=[house.theirs.office], drafter=house.ours.drafter)


@pytest.fixture
def say(issued, opened_for):
    def said(person, text, target=issued, **given):
        with opened_for(person):
            return add_comment(actor=person, target=target, text=text, **given)

    return said


def seen_by(person, opened_for):
    with opened_for(person):
        return list(Comment.objects.values_list("text", flat=True))


def test_comment_is_read_by_its_office_or_by_everybody_who_reads_the_letter(house, say, opened_for):
    say(house.ours.approver, "Trong nhà")
    say(house.ours.approver, "Cho mọi người", audience="everybody")
    say(house.theirs.approver, "Nhà bên kia")

    assert seen_by(house.ours.viewer, opened_for) == ["Trong nhà", "Cho mọi người"]
    assert seen_by(house.theirs.viewer, opened_for) == ["Cho mọi người", "Nhà bên kia"]
    assert seen_by(house.apart.approver, opened_for) == []


def test_viewers_and_strangers_do_not_comment(house, say):
    for person in (house.ours.viewer, house.theirs.viewer, house.apart.approver):
        with pytest.raises(PermissionDeniedError):
            say(person, "Có ý kiến")


def test_person_named_is_told_and_a_stranger_cannot_be_named(house, say):
    with access.system("test"):
        an = make_person("Nguyễn Thị Hoài An", office=house.ours.office, roles=["reviewer"])
        make_person("Nguyễn Thị Hoài", office=house.apart.office, roles=["reviewer"])
    made = say(house.ours.approver, "Nhờ @Nguyễn Thị Hoài An xem, gửi @khong.ai và a@b.vn")

    assert made.mentions == [an.pk]
    with access.system("test"):
        assert Notice.objects.filter(person=an, kind="workspace.mention").count() == 1
    with pytest.raises(MentionError, match="Nguyễn Thị Hoài"):
        say(house.ours.approver, "Nhờ @Nguyễn Thị Hoài xem")
    with pytest.raises(MentionError):
        say(house.ours.approver, f"Nhờ @{house.theirs.approver.email} xem")
    assert say(house.ours.approver, f"@{house.theirs.approver.email}", audience="everybody").mentions == [
        house.theirs.approver.pk
    ]


def test_letter_sent_back_is_submitted_again_once_every_comment_is_answered(house, opened_for, say):
    with access.system("test"):
        letter = make_letter(house.ours.office, state="sent_back", drafter=house.ours.drafter)
    with opened_for(house.ours.drafter):
        with pytest.raises(IncompleteError):
            submit_letter(actor=house.ours.drafter, letter=letter)
        asked = Comment.objects.get(must_answer=True)
    say(house.ours.drafter, "Đã bổ sung căn cứ.", target=letter, reply_to=asked)
    with opened_for(house.ours.drafter):
        assert submit_letter(actor=house.ours.drafter, letter=letter).state == "in_review"
        assert Comment.objects.get(pk=asked.pk).resolved_by == house.ours.drafter


def test_comment_is_changed_by_its_author_within_minutes(house, say, opened_for):
    made = say(house.ours.approver, "Ý kiến")
    with opened_for(house.ours.approver):
        assert edit_comment(actor=house.ours.approver, comment=made, text="Ý kiến khác").edited_at
        Comment.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(minutes=16))
        with pytest.raises(WrongStateError):
            edit_comment(actor=house.ours.approver, comment=made, text="Quá muộn")
    with opened_for(house.ours.reviewer), pytest.raises(PermissionDeniedError):
        edit_comment(actor=house.ours.reviewer, comment=made, text="Của người khác")


def test_withdrawn_comment_leaves_its_place_and_its_trace(house, say, opened_for, signed_in_client, issued):
    made = say(house.ours.approver, "Ý kiến nói rồi rút")
    with opened_for(house.ours.approver):
        withdraw_comment(actor=house.ours.approver, comment=made)
    page = signed_in_client(house.ours.viewer).get(f"/cong-van/{issued.pk}/").content.decode()

    assert "nói rồi rút" not in page
    assert f'id="comment-{made.pk}"' in page
    with access.system("test"):
        assert Entry.objects.filter(verb="workspace.withdraw_comment").count() == 1
        assert Letter.objects.filter(pk=issued.pk).exists()


def test_comments_on_an_object_that_was_read_are_those_of_its_reader_without_asking_for_the_object_again(
    say, issued, house, opened_for, django_assert_num_queries
):
    with access.system("test"):
        stranger = make_person()
    say(house.ours.drafter, "Chỉ trong nhà.", audience="office")
    say(house.ours.drafter, "Cho mọi người.", audience="everybody")
    for person, seen in ((house.ours.approver, 2), (house.theirs.drafter, 1)):
        with opened_for(person):
            letter = Letter.objects.get(pk=issued.pk)
            with django_assert_num_queries(1) as asked:
                assert len(Comment.objects.on(letter)) == seen
            assert "workspace_letter" not in asked[0]["sql"]
            assert set(Comment.objects.on(letter)) == set(Comment.objects.on(issued))
        with opened_for(stranger):
            assert not Comment.objects.on(letter)
