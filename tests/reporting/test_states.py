"""Random acts by random people: no forbidden transition, no lost version, locked stays locked, submissions stay."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.accounts.queries import access_for
from nhipcau.reporting.domain import campaigns, exceptions, reports
from nhipcau.reporting.domain.expected import renew_expected
from nhipcau.reporting.domain.submitting import hash_of
from nhipcau.reporting.models import Campaign, LockException, Report, ReportDraft, Submission
from nhipcau.workspace.domain.comments import add_comment
from nhipcau.workspace.domain.errors import WorkspaceError
from nhipcau.workspace.models import Comment, Revision, on
from tests.support.people import ACTOR, make_office, make_person, sign_in
from tests.support.reporting import make_answers, make_campaign

pytestmark = [pytest.mark.django_db]

#: Act -> from which states between the offices to which. Anything else is a forbidden transition.
BETWEEN = {
    "submit": {("open", "submitted"), ("sent_back", "submitted"), ("accepted", "submitted")},
    "check": {("submitted", "checked")},
    "accept": {("checked", "accepted")},
    "send_back": {("submitted", "sent_back"), ("checked", "sent_back")},
    "release": {("open", "released"), ("sent_back", "released")},
}
#: The same inside the office; what opens it again from above makes it a draft.
INSIDE = {
    "review": {("draft", "in_review"), ("sent_back", "in_review")},
    "withdraw": {("in_review", "draft")},
    "back_inside": {("in_review", "sent_back"), ("approved", "sent_back")},
    "approve": {("in_review", "approved")},
    "submit": set(),
    "send_back": {("approved", "draft")},
    "unlock": {("approved", "draft"), ("draft", "draft")},
    "lock": {(state, "draft") for state in ("draft", "in_review", "sent_back", "approved")},
}
PEOPLE = ("drafter", "both", "approver", "coordinator", "second", "stranger")
VIEWS = {"review": "trinh", "withdraw": "rut", "check": "kiem-tra", "accept": "tiep-nhan"}
who = st.sampled_from(PEOPLE)


class World:
    """One report, and everybody who could do something with it; made once, put back after every example."""

    def __init__(self):
        office, above = make_office(), make_office()
        campaign = make_campaign(above, offices=[office], two_steps=True)
        roles = {
            "drafter": (office, ["drafter"]),
            "both": (office, ["drafter", "approver"]),
            "approver": (office, ["approver", "reviewer"]),
            "coordinator": (above, ["coordinator"]),
            "second": (above, ["coordinator"]),
            "stranger": (make_office(), ["drafter", "approver", "coordinator"]),
        }
        self.people = {name: make_person(office=place, roles=held) for name, (place, held) in roles.items()}
        self.clients = {}
        for name, person in self.people.items():
            self.clients[name] = Client()
            sign_in(self.clients[name], person)
        self.campaign, self.report = campaign.pk, Report.objects.get(campaign=campaign).pk


class Acts(RuleBasedStateMachine):
    """Everything that people and the worker may try with one report; each refuses or keeps to the tables above."""

    world: World

    def __init__(self):
        super().__init__()
        self.saved = transaction.atomic()
        self.saved.__enter__()
        self.system = access.system("test")
        self.system.__enter__()
        self.versions, self.submissions, self.texts = [], [], 0

    def teardown(self):
        self.system.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.saved.__exit__(None, None, None)

    def stands(self):
        report = Report.objects.get(pk=self.world.report)
        return report.state, ReportDraft.objects.get(report=report).office_state, report.is_writable(timezone.now())

    def act(self, name, person, step, **given):
        """Take a step as somebody, and look at what it did; whether it was taken."""
        state, inside, _writable = self.stands()
        try:
            with transaction.atomic(), access.opened(access_for(self.world.people[person])):
                step(actor=self.world.people[person], report=Report.objects.get(pk=self.world.report), **given)
        except (WorkspaceError, PermissionDeniedError, Report.DoesNotExist):
            assert self.stands()[:2] == (state, inside)
            return False
        self.moved(name, state, inside)
        return True

    def moved(self, name, state, inside):
        after, now, _writable = self.stands()
        if state != after:
            assert (state, after) in BETWEEN.get(name, set()), f"{name}: {state} to {after}"
        if inside != now:
            assert (inside, now) in INSIDE.get(name, set()), f"{name}: {inside} to {now} inside"

    @rule()
    def go_on(self):
        """The next step on the way, by whoever takes it: what follows acceptance is reached often enough."""
        state, inside, writable = self.stands()
        if writable and inside in {"draft", "sent_back"}:
            self.save("drafter", stale=False)
            self.answer()
            self.act("review", "drafter", reports.submit_for_review)
        elif writable and inside == "in_review":
            self.approve("approver")
        elif writable:
            self.submit("approver")
        elif state == "submitted":
            self.act("check", "coordinator", reports.check_report)
        elif state == "checked":
            self.act("accept", "second", reports.accept_report)

    @rule(person=who, stale=st.booleans())
    def save(self, person, stale):
        draft, writable = ReportDraft.objects.get(report=self.world.report), self.stands()[2]
        self.texts += 1
        answers = make_answers(texts={"direction": f"Bản {self.texts}"})
        version = max(draft.version - 1, 0) if stale else draft.version
        given = {"answers": answers, "version": version, "symbol": "BC", "place": "Hà Nội"}
        if self.act("save", person, reports.save_draft, **given):
            assert writable
            assert version == draft.version
            assert person in {"drafter", "both"}

    @rule(person=who, screen=st.booleans())
    def review(self, person, screen):
        self.either("review", person, reports.submit_for_review, screen=screen)

    @rule(person=who, screen=st.booleans())
    def withdraw(self, person, screen):
        self.either("withdraw", person, reports.withdraw_report, screen=screen)

    def either(self, name, person, step, *, screen):
        """The same act through the domain, or by its button."""
        if not screen:
            return self.act(name, person, step)
        state, inside, _writable = self.stands()
        answer = self.world.clients[person].post(f"/bao-cao/{self.world.report}/{VIEWS[name]}/")
        assert answer.status_code in {302, 403, 404}
        return self.moved(name, state, inside)

    @rule(person=who)
    def back_inside(self, person):
        self.act("back_inside", person, reports.send_back_inside, reason="Bổ sung.")

    @rule(person=who)
    def approve(self, person):
        if self.act("approve", person, reports.approve_report):
            draft = ReportDraft.objects.get(report=self.world.report)
            assert self.world.people[person].actor_id not in draft.drafter_ids()

    @rule(person=who)
    def submit(self, person):
        if self.act("submit", person, reports.submit_report, post="Giám đốc"):
            assert person in {"both", "approver"}

    @rule(person=who, screen=st.booleans())
    def check(self, person, screen):
        self.either("check", person, reports.check_report, screen=screen)

    @rule(person=who, screen=st.booleans())
    def accept(self, person, screen):
        self.either("accept", person, reports.accept_report, screen=screen)

    @rule(person=who)
    def send_back(self, person):
        self.act("send_back", person, reports.send_back_report, lines=[reports.Line("figures.items", "Sai.")])

    @rule()
    def answer(self):
        """Whoever writes answers every comment."""
        person = self.world.people["drafter"]
        with access.opened(access_for(person)):
            for comment in Comment.objects.filter(must_answer=True, resolved_at__isnull=True):
                add_comment(actor=person, target=comment.target, text="Đã sửa.", reply_to=comment)

    @rule(person=who)
    def unlock(self, person):
        until = timezone.now() + timedelta(days=1)
        self.act("unlock", person, exceptions.give_exception, reason="Sai.", until=until)

    @rule(late=st.booleans())
    def lock(self, late):
        state, inside, _writable = self.stands()
        exceptions.end_exceptions(timezone.now() + timedelta(days=2 if late else 0))
        self.moved("lock", state, inside)

    @rule(person=who)
    def release(self, person):
        self.act("release", person, reports.release_report, reason="Thôi.")

    @rule(person=who)
    def close_and_open(self, person):
        def step(*, actor, report):
            campaign = report.campaign
            if campaign.state == "open":
                campaigns.close_campaign(actor=actor, campaign=campaign)
            else:
                campaigns.reopen_campaign(actor=actor, campaign=campaign, reason="Còn thiếu.")

        self.act("campaign", person, step)

    @rule()
    def renew(self):
        campaign = Campaign.objects.get(pk=self.world.campaign)
        if campaign.state == "open":
            assert not any(renew_expected(actor=ACTOR, campaign=campaign, on=timezone.localdate()))

    @invariant()
    def no_version_is_lost(self):
        draft = ReportDraft.objects.get(report=self.world.report)
        rows = list(Revision.objects.filter(**on(draft)).order_by("number").values_list("number", "fields"))
        assert [number for number, _fields in rows] == list(range(1, draft.version + 1))
        assert rows[: len(self.versions)] == self.versions
        assert not rows or rows[-1][1]["answers"] == draft.answers
        self.versions = rows

    @invariant()
    def what_was_submitted_stays(self):
        rows = list(Submission.objects.filter(report=self.world.report).order_by("number").values())
        assert rows[: len(self.submissions)] == self.submissions
        assert all(hash_of(row["answers"]) == row["answers_hash"] for row in rows)
        self.submissions = rows

    @invariant()
    def what_is_accepted_is_locked_unless_an_exception_is_open(self):
        report = Report.objects.get(pk=self.world.report)
        if report.state == "accepted":
            given = LockException.objects.filter(report=report, ended_at__isnull=True, until__gt=timezone.now())
            assert report.is_writable(timezone.now()) == given.exists()
            assert report.accepted_by_id != report.checked_by_id
            assert report.accepted_submission_id == self.submissions[-1]["id"]


def run(examples, steps):
    with access.system("test"):
        world = World()
    plan = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(type("ActsInThisWorld", (Acts,), {"world": world}), settings=plan)


def test_random_acts_by_random_people_break_no_rule():
    run(4, 15)


@pytest.mark.long
def test_many_random_acts_by_random_people_break_no_rule():
    run(60, 50)
