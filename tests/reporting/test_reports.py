import hashlib
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.accounts.domain.roles import grant_membership
from nhipcau.accounts.queries import access_for
from nhipcau.audit.models import Entry
from nhipcau.documents.forms import FigureAnswer
from nhipcau.reporting.domain import exceptions, reports
from nhipcau.reporting.domain.campaigns import close_campaign
from nhipcau.reporting.models import Report, ReportDraft, Submission, Value
from nhipcau.workspace.domain.comments import add_comment
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from nhipcau.workspace.models import Comment, FixedAtIssueError, Notice, Revision, on
from tests.support.letters import put_file
from tests.support.people import ACTOR, START, make_office, make_person
from tests.support.reporting import bring, make_answers, make_campaign, make_exception, make_report

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]


@pytest.fixture
def desk(as_system):
    """An office with its people, and the office above with two coordinators."""
    office, above = make_office(), make_office()
    people = {role: make_person(office=office, roles=[role]) for role in ("drafter", "reviewer", "approver")}
    people |= {name: make_person(office=above, roles=["coordinator"]) for name in ("coordinator", "second")}
    return office, above, people


def take(person, step, report, **given):
    with access.opened(access_for(person)):
        return step(actor=person, report=Report.objects.get(pk=report.pk), **given)


def save(person, report, *, version=0, symbol="BC-BM", place="Hà Nội", **fields):
    letter = {"symbol": symbol, "place": place}
    return take(person, reports.save_draft, report, answers=make_answers(**fields), version=version, **letter)


def test_a_report_goes_all_the_way(desk):
    office, above, people = desk
    report = make_report(office, campaign=make_campaign(above, offices=[office], two_steps=True))
    save(people["drafter"], report)
    take(people["drafter"], reports.submit_for_review, report)
    take(people["approver"], reports.approve_report, report)
    report.refresh_from_db()
    assert report.state == "open"
    submitted = take(people["approver"], reports.submit_report, report, post="Cục trưởng")
    assert submitted.number_and_symbol == "01/BC-BM"
    take(people["coordinator"], reports.check_report, report)
    take(people["second"], reports.accept_report, report)
    report.refresh_from_db()
    assert report.state == "accepted"


@pytest.mark.parametrize("letter", [{"symbol": ""}, {"place": " "}], ids=["symbol", "place"])
def test_a_report_without_its_letter_is_not_submitted_for_approval(desk, letter):
    office, above, people = desk
    report = make_report(office, campaign=make_campaign(above, offices=[office]))
    save(people["drafter"], report, **letter)
    with pytest.raises(IncompleteError) as refused:
        take(people["drafter"], reports.submit_for_review, report)
    assert refused.value.field == "symbol"


def test_what_was_submitted_is_data_and_letter(desk):
    office, above, people = desk
    report = make_report(office, campaign=make_campaign(above, offices=[office]), state="approved")
    file = put_file(report.draft, people["drafter"], "van-ban.pdf", b"%PDF-1.7")
    ReportDraft.objects.filter(report=report).update(
        answers=make_answers(nones=frozenset(), files={"papers": (file.pk,)}).to_plain()
    )
    made = take(people["approver"], reports.submit_report, report, post="Cục trưởng")
    made = Submission.objects.get(pk=made.pk)
    assert made.number_and_symbol == "01/BC-BM"
    assert (made.organisation, made.receiver, made.arrival_number, made.received_by) == (office, above, 1, None)
    (copy,) = made.plain.files["papers"]
    assert copy != file.pk
    assert dict(on(made)) == {"object_type": "reporting.submission", "object_id": made.pk}
    canonical = json.dumps(made.answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert made.answers_hash == hashlib.sha256(canonical.encode()).hexdigest()
    report.refresh_from_db()
    assert (report.state, report.received_at, report.first_received_at) == ("submitted", *[made.received_at] * 2)


def test_its_numbers_are_stored_one_by_one(as_system):
    report = make_report(state="submitted")
    rows = Value.objects.order_by("figure", "axis", "choice").values_list(
        "figure", "axis", "choice", "value", "estimated"
    )
    assert list(rows) == [
        ("events", "", "", Decimal(1), Decimal(0)),
        ("items", "", "", Decimal(12), Decimal(2)),
        ("items", "channel", "press", Decimal(10), Decimal(0)),
        ("items", "channel", "web", Decimal(2), Decimal(0)),
        ("items", "language", "en", Decimal(5), Decimal(0)),
        ("items", "language", "vi", Decimal(7), Decimal(0)),
        ("spent", "", "", Decimal(0), Decimal(0)),
    ]
    assert set(Value.objects.values_list("organisation", flat=True)) == {report.organisation_id}


def test_a_submission_never_changes(as_system):
    made = make_report(state="submitted").submissions.get()
    made.answers = {}
    with pytest.raises(FixedAtIssueError):
        made.save()


def test_the_second_of_two_who_save_is_told(desk):
    office, above, people = desk
    report = make_report(office, campaign=make_campaign(above, offices=[office]))
    save(people["drafter"], report)
    other = make_person(office=office, roles=["focal_officer"])
    with pytest.raises(ConflictError):
        save(other, report, texts={"direction": "Khác."})
    draft = ReportDraft.objects.get(report=report)
    assert (draft.version, draft.plain) == (1, make_answers())
    assert Revision.objects.filter(**on(draft)).count() == 1


def test_saving_the_same_again_changes_nothing(desk):
    office, above, people = desk
    report = make_report(office, campaign=make_campaign(above, offices=[office]))
    save(people["drafter"], report)
    assert save(people["drafter"], report, version=1).version == 1


def test_nobody_approves_what_they_wrote(desk):
    office, above, people = desk
    both = make_person(office=office, roles=["drafter", "approver"])
    report = make_report(office, campaign=make_campaign(above, offices=[office]))
    save(both, report)
    save(people["drafter"], report, version=1, texts={"direction": "Bổ sung."})
    take(people["drafter"], reports.submit_for_review, report)
    with pytest.raises(PermissionDeniedError):
        take(both, reports.approve_report, report)
    assert take(people["approver"], reports.approve_report, report).office_state == "approved"


def test_whoever_checked_it_does_not_accept_it(desk):
    office, above, people = desk
    report = make_report(office, campaign=make_campaign(above, offices=[office], two_steps=True))
    bring(report, "submitted")
    with pytest.raises(WrongStateError):
        take(people["coordinator"], reports.accept_report, report)
    take(people["coordinator"], reports.check_report, report)
    with pytest.raises(PermissionDeniedError):
        take(people["coordinator"], reports.accept_report, report)
    accepted = take(people["second"], reports.accept_report, report)
    assert accepted.state == "accepted"
    assert accepted.accepted_submission_id == Submission.objects.get(report=report).pk


def test_whoever_signed_it_in_the_office_does_not_receive_it_above(desk):
    office, above, _people = desk
    signer = make_person(office=office, roles=["approver"])

    grant_membership(actor=ACTOR, person=signer, organisation=above, role="coordinator", valid_from=START)
    report = make_report(office, campaign=make_campaign(above, offices=[office]))
    bring(report, "submitted", approver=signer)
    with pytest.raises(PermissionDeniedError):
        take(signer, reports.accept_report, report)


def test_lines_of_a_report_sent_back_are_answered_before_it_comes_again(desk):
    office, above, people = desk
    report = make_report(office, campaign=make_campaign(above, offices=[office]))
    bring(report, "submitted", drafter=people["drafter"], approver=people["approver"])
    lines = [reports.Line("figures.items", "Thiếu nguồn."), reports.Line("texts.direction", " ")]
    back = take(people["coordinator"], reports.send_back_report, report, reason="Bổ sung.", lines=lines)
    assert back.state == "sent_back"
    assert list(Comment.objects.values_list("place", "must_answer", "audience").order_by("pk")) == [
        ("", True, "everybody"),
        ("figures.items", True, "everybody"),
    ]
    with pytest.raises(IncompleteError):
        take(people["drafter"], reports.submit_for_review, report)
    with access.opened(access_for(people["drafter"])):
        for comment in Comment.objects.filter(must_answer=True):
            add_comment(actor=people["drafter"], target=comment.target, text="Đã bổ sung.", reply_to=comment)
    take(people["drafter"], reports.submit_for_review, report)
    take(people["approver"], reports.approve_report, report)
    take(people["approver"], reports.submit_report, report, post="Cục trưởng")
    assert list(Submission.objects.filter(report=report).order_by("number").values_list("number", flat=True)) == [1, 2]


def test_what_is_accepted_is_locked_and_opens_by_exception_alone(desk):
    office, above, people = desk
    report = make_report(office, campaign=make_campaign(above, offices=[office]))
    bring(report, "accepted", **{role: people[role] for role in ("drafter", "approver", "coordinator")})
    first = Submission.objects.get(report=report)
    with pytest.raises(WrongStateError):
        save(people["drafter"], report, version=1, texts={})
    make_exception(report, coordinator=people["coordinator"])
    given = {"answers": make_answers(figures={"items": FigureAnswer(value="20")}), "symbol": "BC-BM", "place": "Hà Nội"}
    take(people["drafter"], reports.save_draft, report, version=1, **given)
    take(people["drafter"], reports.submit_for_review, report)
    take(people["approver"], reports.approve_report, report)
    second = take(people["approver"], reports.submit_report, report, post="Cục trưởng")
    report.refresh_from_db()
    assert (report.state, report.accepted_submission) == ("submitted", first)
    assert report.exceptions.get().ended_at is not None
    take(people["coordinator"], reports.accept_report, report)
    report.refresh_from_db()
    assert report.accepted_submission_id == second.pk


def test_an_exception_ends_by_itself(desk):
    office, above, people = desk
    report = make_report(office, campaign=make_campaign(above, offices=[office]))
    bring(report, "accepted", **{role: people[role] for role in ("drafter", "approver", "coordinator")})
    make_exception(report, coordinator=people["coordinator"], until=timezone.now() + timedelta(hours=1))
    assert exceptions.end_exceptions(timezone.now()) == 0
    assert exceptions.end_exceptions(timezone.now() + timedelta(hours=2)) == 1
    assert exceptions.end_exceptions(timezone.now() + timedelta(hours=2)) == 0
    with pytest.raises(WrongStateError):
        save(people["drafter"], report, version=1, texts={})
    assert Entry.objects.filter(verb="reporting.end_exception").count() == 1


def test_nothing_is_submitted_to_a_closed_campaign_but_what_was_sent_back(desk):
    office, above, people = desk
    campaign = make_campaign(above, offices=[office, make_office()])
    back, open_one = Report.objects.filter(campaign=campaign).order_by("pk")
    bring(back, "sent_back")
    with access.opened(access_for(people["coordinator"])):
        close_campaign(actor=people["coordinator"], campaign=campaign)
    writer = make_person(office=open_one.organisation, roles=["drafter"])
    with pytest.raises(WrongStateError):
        save(writer, open_one)
    writer = make_person(office=back.organisation, roles=["drafter"])
    assert save(writer, back, version=1, texts={}).version == 2


def test_those_to_whom_it_falls_are_told(desk):
    office, above, people = desk
    campaign = make_campaign(above, offices=[office], coordinator=people["coordinator"])
    report = make_report(office, campaign=campaign)
    bring(report, "accepted", **{role: people[role] for role in ("drafter", "approver", "coordinator")})
    told = Notice.objects.values_list("person__name", "kind")
    names = {role: person.name for role, person in people.items()}
    assert sorted(told) == sorted(
        [
            (names["drafter"], "reporting.asked"),
            (names["reviewer"], "reporting.review"),
            (names["approver"], "reporting.review"),
            (names["drafter"], "reporting.approved"),
            (names["coordinator"], "reporting.arrived"),
            (names["second"], "reporting.arrived"),
            (names["drafter"], "reporting.accepted"),
            (names["approver"], "reporting.accepted"),
        ]
    )
