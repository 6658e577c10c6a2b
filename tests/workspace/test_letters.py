"""Letters from the first draft to the receipt, each step by who may take it and by nobody else."""

import pytest
from django.db import transaction
from django.utils import timezone

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.audit.models import Entry
from nhipcau.workspace.domain import letters as domain
from nhipcau.workspace.domain.comments import add_comment
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, RecipientError, WrongStateError
from nhipcau.workspace.models import Comment, FixedAtIssueError, Letter, LetterRecipient, NumberRegister, Revision
from nhipcau.workspace.queries.letters import incoming_letters, outgoing_letters
from tests.support.letters import STATES, make_content, make_letter
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def written(house, state="draft", **fields):
    with access.system("test"):
        return make_letter(house.ours.office, state=state, to=[house.theirs.office], **fields)


def act(opened_for, person, function, **given):
    """The domain function as this person calls it, under this person's access."""
    with opened_for(person):
        return function(actor=person, **given)


def test_letter_goes_from_draft_to_receipt(house, opened_for):
    content = make_content(to=[house.theirs.office])
    today = timezone.localdate()

    letter = act(opened_for, house.ours.drafter, domain.draft_letter, organisation=house.ours.office, content=content)
    act(opened_for, house.ours.drafter, domain.submit_letter, letter=letter)
    act(opened_for, house.ours.approver, domain.approve_letter, letter=letter)
    issued = act(opened_for, house.ours.approver, domain.issue_letter, letter=letter, post="CỤC  TRƯỞNG")
    with opened_for(house.theirs.focal_officer):
        receipt = incoming_letters().get()
        taken = domain.receive_letter(actor=house.theirs.focal_officer, receipt=receipt)

    assert (issued.state, issued.number_and_symbol, issued.issued_on) == ("issued", "01/CV-BM", today)
    assert (issued.signer, issued.signer_name, issued.signer_post) == (
        house.ours.approver,
        house.ours.approver.name,
        "CỤC TRƯỞNG",
    )
    assert (taken.arrival_number, taken.received_by) == (1, house.theirs.focal_officer)
    with access.system("test"):
        entries = Entry.objects.filter(object_type="workspace.letter").values_list("verb", "organisation_id")
        assert list(entries) == [
            ("workspace.draft_letter", house.ours.office.pk),
            ("workspace.submit_letter", house.ours.office.pk),
            ("workspace.approve_letter", house.ours.office.pk),
            ("workspace.issue_letter", house.ours.office.pk),
            ("workspace.receive_letter", house.theirs.office.pk),
        ]


def answer_all(letter, person, opened_for):
    with opened_for(person):
        for comment in Comment.objects.filter(object_id=letter.pk, must_answer=True):
            add_comment(actor=person, target=Letter.objects.get(pk=letter.pk), text="Đã bổ sung.", reply_to=comment)


ALLOWED = {
    "draft": {"edit", "submit", "discard"},
    "in_review": {"withdraw", "send_back", "approve"},
    "sent_back": {"edit", "submit", "discard"},
    "approved": {"send_back", "issue"},
    "issued": {"recall"},
    "recalled": set(),
    "discarded": set(),
}
BY = {"edit": "drafter", "submit": "drafter", "discard": "drafter", "withdraw": "drafter"}
WITH = {
    "edit": {"content": make_content(to=[]), "version": 1},
    "issue": {"post": "Cục trưởng"},
    "send_back": {"reason": "Thiếu căn cứ."},
    "recall": {"reason": "Gửi nhầm."},
}


@pytest.mark.parametrize("state", STATES)
def test_letter_takes_the_steps_of_its_state_and_no_other(house, opened_for, state):
    taken, written_once = set(), written(house, state)
    for step in ("edit", "submit", "discard", "withdraw", "send_back", "approve", "issue", "recall"):
        with transaction.atomic():
            with access.system("test"):
                letter = Letter.objects.get(pk=written_once.pk)
            person = getattr(house.ours, BY.get(step, "approver"))
            if (state, step) == ("sent_back", "submit"):
                answer_all(letter, house.ours.drafter, opened_for)
            try:
                act(opened_for, person, getattr(domain, f"{step}_letter"), letter=letter, **WITH.get(step, {}))
                taken.add(step)
            except WrongStateError:
                pass
            transaction.set_rollback(True)
    assert taken == ALLOWED[state]


@pytest.mark.parametrize("step", ["edit", "submit", "discard", "withdraw", "send_back", "approve", "issue", "recall"])
def test_step_is_refused_to_who_has_not_its_role_and_to_every_other_office(house, opened_for, step):
    state = next(state for state, steps in ALLOWED.items() if step in steps)
    letter = written(house, state)
    may = (
        {"drafter", "focal_officer"} if step in BY else {"approver"} | ({"reviewer"} if step == "send_back" else set())
    )
    others = [house.ours.viewer, house.ours.office_administrator, house.theirs.approver, house.apart.approver]
    others += [getattr(house.ours, role) for role in {"drafter", "approver", "reviewer"} - may]
    for person in others:
        with pytest.raises(PermissionDeniedError):
            act(opened_for, person, getattr(domain, f"{step}_letter"), letter=letter, **WITH.get(step, {}))
    with access.system("test"):
        assert Letter.objects.get(pk=letter.pk).state == state


def test_letter_is_not_begun_in_another_office(house, opened_for):
    with pytest.raises(PermissionDeniedError):
        act(
            opened_for,
            house.apart.drafter,
            domain.draft_letter,
            organisation=house.ours.office,
            content=make_content(to=[house.theirs.office]),
        )
    with access.system("test"):
        assert not Letter.objects.exists()


def test_nobody_approves_what_they_drafted_or_edited(house, opened_for):
    with access.system("test"):
        both = make_person(office=house.ours.office, roles=["drafter", "approver"])
    drafted = written(house, "in_review", drafter=both)
    edited = written(house)
    content = make_content("Sửa lại", to=[house.theirs.office])
    act(opened_for, both, domain.edit_letter, letter=edited, content=content, version=1)
    act(opened_for, house.ours.drafter, domain.submit_letter, letter=edited)

    for letter in (drafted, edited):
        with pytest.raises(PermissionDeniedError):
            act(opened_for, both, domain.approve_letter, letter=letter)
        approved = act(opened_for, house.ours.approver, domain.approve_letter, letter=letter)
        assert approved.state == "approved"


def test_saving_counts_versions_and_the_same_again_none(house, opened_for):
    letter = written(house)
    content = make_content("Một trích yếu khác", to=[house.theirs.office])

    once = act(opened_for, house.ours.drafter, domain.edit_letter, letter=letter, content=content, version=1)
    twice = act(opened_for, house.ours.drafter, domain.edit_letter, letter=letter, content=content, version=2)

    assert (once.version, twice.version) == (2, 2)
    with access.system("test"):
        kept = Revision.objects.filter(object_id=letter.pk)
        assert [row.fields["subject"] for row in kept] == ["Về việc cung cấp tin, bài", "Một trích yếu khác"]
        entry = Entry.objects.get(verb="workspace.edit_letter")
        assert entry.changes == {"subject": ["Về việc cung cấp tin, bài", "Một trích yếu khác"]}


def test_saving_over_another_version_is_refused(house, opened_for):
    letter = written(house)
    mine, other = make_content("Của tôi", to=[house.theirs.office]), make_content("Của bạn", to=[house.theirs.office])
    act(opened_for, house.ours.focal_officer, domain.edit_letter, letter=letter, content=other, version=1)

    with pytest.raises(ConflictError):
        act(opened_for, house.ours.drafter, domain.edit_letter, letter=letter, content=mine, version=1)
    with access.system("test"):
        assert Letter.objects.get(pk=letter.pk).subject == "Của bạn"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({"subject": "  "}, IncompleteError),
        ({"subject": "Có", "symbol": "CV BM"}, IncompleteError),
        ({"subject": "Có", "twice": True}, RecipientError),
        ({"subject": "Có", "due": True}, RecipientError),
    ],
)
def test_content_that_cannot_be_is_refused_with_a_sentence(house, opened_for, content, error):
    from datetime import date

    from nhipcau.workspace.domain.letter_content import LetterContent, To

    office = house.theirs.office
    to = [To(office, "action", date(2020, 1, 1) if content.pop("due", False) else None)]
    to *= 2 if content.pop("twice", False) else 1
    with pytest.raises(error, match=r"\w+"):
        act(
            opened_for,
            house.ours.drafter,
            domain.draft_letter,
            organisation=house.ours.office,
            content=LetterContent(recipients=to, **content),
        )


def test_letter_without_text_or_recipient_is_not_submitted(house, opened_for):
    for content in (make_content(to=[house.theirs.office], body=""), make_content(to=[])):
        letter = act(
            opened_for, house.ours.drafter, domain.draft_letter, organisation=house.ours.office, content=content
        )
        with pytest.raises(IncompleteError):
            act(opened_for, house.ours.drafter, domain.submit_letter, letter=letter)


def test_what_issue_fixed_never_changes(house):
    letter = written(house, "issued")
    for field, value in {
        "issue_number": 9,
        "symbol": "CV-X",
        "issued_on": timezone.localdate().replace(day=1),
        "signer_name": "Người khác",
        "signer_post": "Bộ trưởng",
        "place": "Huế",
    }.items():
        with access.system("test"):
            held = Letter.objects.get(pk=letter.pk)
            if getattr(held, field) == value:
                continue
            setattr(held, field, value)
            with pytest.raises(FixedAtIssueError):
                held.save()
            with pytest.raises(FixedAtIssueError):
                held.save(update_fields=[field])


def test_number_is_not_used_again_after_a_recall_and_begins_anew_each_year(house):
    with access.system("test"):
        NumberRegister.objects.create(
            organisation=house.ours.office, register="outgoing", year=timezone.localdate().year - 1, last=46
        )
    numbers = [written(house, state).number_and_symbol for state in ("issued", "recalled", "issued")]
    assert numbers == ["01/CV-BM", "02/CV-BM", "03/CV-BM"]


def test_failed_issue_leaves_no_gap(house, opened_for):
    letter = written(house, "approved")
    with pytest.raises(IncompleteError):
        act(opened_for, house.ours.approver, domain.issue_letter, letter=letter, post="  ")
    issued = act(opened_for, house.ours.approver, domain.issue_letter, letter=letter, post="Cục trưởng")
    assert issued.issue_number == 1


def test_letter_is_taken_in_once(house, opened_for):
    written(house, "issued")
    with opened_for(house.theirs.drafter):
        receipt = incoming_letters().get()
        domain.receive_letter(actor=house.theirs.drafter, receipt=receipt)
        with pytest.raises(WrongStateError):
            domain.receive_letter(actor=house.theirs.drafter, receipt=receipt)


def test_letter_is_not_taken_in_for_another_office(house, opened_for):
    letter = written(house, "issued")
    with access.system("test"):
        receipt = LetterRecipient.objects.get(letter=letter)
    for person in (house.ours.focal_officer, house.apart.focal_officer, house.theirs.viewer):
        with pytest.raises(PermissionDeniedError):
            act(opened_for, person, domain.receive_letter, receipt=receipt)


def test_letter_from_outside_gets_the_next_number_of_the_incoming_book(house, opened_for):
    for number in (1, 2):
        letter = act(
            opened_for,
            house.ours.office_administrator,
            domain.register_letter,
            organisation=house.ours.office,
            content=make_content(f"Thư mời {number}"),
            sender="Đại sứ quán Mẫu",
            sender_number="12/2026",
            channel="paper",
        )
        with opened_for(house.ours.viewer):
            assert LetterRecipient.objects.get(letter=letter).arrival_number == number
    with opened_for(house.ours.viewer):
        assert [row.letter.subject for row in incoming_letters()] == ["Thư mời 2", "Thư mời 1"]
        assert list(outgoing_letters()) == []
    with pytest.raises(PermissionDeniedError):
        act(
            opened_for,
            house.apart.office_administrator,
            domain.register_letter,
            organisation=house.ours.office,
            content=make_content("Thư mời"),
            sender="Đại sứ quán Mẫu",
        )


ROLES = ("drafter", "reviewer", "approver", "leader", "viewer", "focal_officer", "office_administrator")


def readers(letter, place, opened_for):
    """The roles of an office that see the letter."""
    seen = set()
    for role in ROLES:
        with opened_for(getattr(place, role)):
            if Letter.objects.filter(pk=letter.pk).exists():
                seen.add(role)
    return seen


@pytest.mark.parametrize("classification", ["public", "internal", "restricted"])
@pytest.mark.parametrize("state", STATES)
def test_letter_is_seen_by_its_office_and_once_issued_by_its_recipients(house, opened_for, state, classification):
    letter = written(house, state, classification=classification)
    own, given = set(ROLES), set(ROLES)
    if classification == "restricted":
        own = {"drafter", "focal_officer", "reviewer", "approver", "leader"}
        given = {"focal_officer", "approver", "leader"}
    if state not in {"issued", "recalled"}:
        given = set()

    assert readers(letter, house.ours, opened_for) == own
    assert readers(letter, house.theirs, opened_for) == given
    assert readers(letter, house.apart, opened_for) == set()


def test_recipient_reads_a_letter_once_however_many_offices_have_it(house, opened_for):
    with access.system("test"):
        both = make_person(office=house.theirs.office, roles=["focal_officer"])
        from nhipcau.accounts.domain.roles import grant_membership
        from tests.support.people import ACTOR, START

        grant_membership(actor=ACTOR, person=both, organisation=house.apart.office, role="leader", valid_from=START)
        make_letter(house.ours.office, state="issued", to=[house.theirs.office, house.apart.office, make_office()])
    with opened_for(both):
        assert Letter.objects.count() == 1
        assert incoming_letters().count() == 2


def test_letter_is_found_by_what_it_says_now_by_who_may_read_it(house, opened_for):
    from nhipcau.search.registry import kinds

    letter = written(house, "draft", body="Tuần lễ Việt Nam tại Mẫu Quốc")
    content = make_content("Ngày hội hoa đào", to=[house.theirs.office], body="Một nội dung khác")
    act(opened_for, house.ours.drafter, domain.edit_letter, letter=letter, content=content, version=1)
    find = next(kind.find for kind in kinds() if kind.name == "workspace.letters")

    def found(person, words):
        with opened_for(person):
            return [row.pk for row in find(words)]

    assert found(house.ours.viewer, "hoa dao") == [letter.pk]
    assert found(house.ours.viewer, "tuần lễ") == []
    assert found(house.theirs.approver, "hoa dao") == []
    issued = written(house, "issued")
    assert found(house.theirs.approver, "01/CV-BM") == [issued.pk]
