"""Random acts by random people, through the domain, by buttons and with workbooks: no forbidden transition, no lost
version, locked stays locked, submissions stay, and a workbook changes what was taken over of it and nothing else.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.accounts.queries import access_for
from nhipcau.documents.forms.flat import flatten
from nhipcau.reporting.domain import campaigns, exceptions, reports, workbooks
from nhipcau.reporting.domain.expected import renew_expected
from nhipcau.reporting.domain.submitting import hash_of
from nhipcau.reporting.models import Campaign, GivenWorkbook, LockException, Report, ReportDraft, Submission
from nhipcau.workspace.domain.comments import add_comment
from nhipcau.workspace.domain.errors import WorkspaceError
from nhipcau.workspace.models import Comment, Revision, on
from tests.support.people import ACTOR
from tests.support.reporting import make_answers
from tests.support.states import BETWEEN, INSIDE, PEOPLE, VIEWS, WRITERS, World
from tests.support.workbooks import typed

pytestmark = [pytest.mark.django_db]

who = st.sampled_from(PEOPLE)


class Acts(RuleBasedStateMachine):
    """Everything that people and the worker may try with one report; each refuses or keeps to the tables."""

    world: World

    def __init__(self):
        super().__init__()
        self.saved = transaction.atomic()
        self.saved.__enter__()
        self.system = access.system("test")
        self.system.__enter__()
        self.versions, self.submissions, self.books, self.texts = [], [], [], 0

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
        self.world.done.add(name)
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
            assert person in WRITERS

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

    @rule(person=who, screen=st.booleans())
    def take_along(self, person, screen):
        """The workbook of the report, as it is filled now."""

        def step(*, actor, report):
            if screen:
                answer = self.world.clients[person].post(f"/bao-cao/{report.pk}/excel/tai-ve/")
                assert answer.status_code in {200, 403, 404}
                if answer.status_code != 200:
                    raise PermissionDeniedError(answer)
                self.books.append(answer.content)
            else:
                self.books.append(workbooks.hand_out_workbook(actor=actor, report=report))

        if self.act("take_along", person, step):
            assert person in WRITERS

    @rule(person=who, old=st.booleans(), screen=st.booleans())
    def give_back(self, person, old, screen):
        """A workbook filled in and given back; an old one was perhaps overtaken. It changes nothing by itself."""
        if not self.books:
            self.take_along("drafter", screen=False)
        self.texts += 1
        filled = {"texts__direction": f"Bảng tính {self.texts}", "figures__items__comment": f"Ghi chú {self.texts}"}
        data = typed(self.books[0 if old else -1], **filled)

        def step(*, actor, report):
            before = GivenWorkbook.objects.count()
            if screen:
                file = SimpleUploadedFile("báo cáo.xlsx", data)
                answer = self.world.clients[person].post(f"/bao-cao/{report.pk}/excel/", {"file": file})
                assert answer.status_code in {200, 302, 403, 404}
                if GivenWorkbook.objects.count() == before:
                    raise PermissionDeniedError(answer)
            else:
                workbooks.give_workbook(actor=actor, report=report, name="báo cáo.xlsx", content=data)

        writable, version = self.can_be_written(), len(self.versions)
        if self.act("give_back", person, step):
            assert person in WRITERS
            assert writable
        assert ReportDraft.objects.get(report=self.world.report).version == version

    @rule(person=who, pick=st.integers(0, 3), leave=st.booleans(), stale=st.booleans(), screen=st.booleans())
    def take_over(self, person, pick, leave, stale, screen):
        """Some or all of what a workbook says becomes part of the draft, as it was looked at; or nothing does."""
        rows = list(GivenWorkbook.objects.filter(report=self.world.report).order_by("-pk"))
        if not rows:
            return
        given = rows[pick % len(rows)]
        draft, writable = ReportDraft.objects.get(report=self.world.report), self.can_be_written()
        before = flatten(draft.plain)
        found = workbooks.compare(given)
        left = {change.key for change in found.changes[:1]} if leave else set()
        picked = {question.key: question.options[pick % 2][0] for question in found.questions}
        wanted = found.fields(leave=left, picked=picked)
        version = max(draft.version - 1, 0) if stale else draft.version

        def step(*, actor, report):
            mine = GivenWorkbook.objects.filter(pk=given.pk).first()
            if screen:
                sent = {"leave": [*left], "version": version} | {f"pick.{key}": one for key, one in picked.items()}
                answer = self.world.clients[person].post(f"/bao-cao/excel/{given.pk}/", sent)
                assert answer.status_code in {200, 302, 403, 404}
                if answer.status_code != 302:
                    raise PermissionDeniedError(answer)
            elif mine is None:
                raise PermissionDeniedError(given)
            else:
                workbooks.take_workbook(actor=actor, given=mine, leave=left, picked=picked, version=version)

        taken = self.act("take_over", person, step)
        after = flatten(ReportDraft.objects.get(report=self.world.report).plain)
        if not taken:
            assert after == before
            return
        assert person in WRITERS
        assert writable
        assert given.state == "waiting"
        for path in before.keys() | after.keys() | wanted.keys():
            kept, came = before.get(path, ""), wanted.get(path, before.get(path, ""))
            # What somebody else changed since it was looked at stands, and mine is kept beside it.
            assert after.get(path, "") in ({came, kept} if stale else {came}), path

    @rule(person=who, screen=st.booleans())
    def set_aside(self, person, screen):
        """The last workbook is left aside: the draft stays."""
        given = GivenWorkbook.objects.filter(report=self.world.report).order_by("-pk").first()
        if given is None:
            return
        version = len(self.versions)
        if screen:
            answer = self.world.clients[person].post(f"/bao-cao/excel/{given.pk}/gac-lai/")
            assert answer.status_code in {302, 403, 404}
        else:
            self.act(
                "set_aside", person, lambda *, actor, report: workbooks.set_aside_workbook(actor=actor, given=given)
            )
        now = GivenWorkbook.objects.get(pk=given.pk).state
        assert now in {given.state, "set_aside"}
        assert now == given.state or (given.state == "waiting" and person in WRITERS)
        assert ReportDraft.objects.get(report=self.world.report).version == version

    def can_be_written(self):
        _state, inside, writable = self.stands()
        return writable and inside in {"draft", "sent_back"}

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
    def a_workbook_that_was_given_is_kept(self):
        for given in GivenWorkbook.objects.filter(report=self.world.report):
            assert workbooks.content_of(given)

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
    plan = settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(type("ActsInThisWorld", (Acts,), {"world": world}), settings=plan)
    return world.done


def test_random_acts_by_random_people_break_no_rule():
    run(4, 15)


@pytest.mark.long
def test_many_random_acts_by_random_people_break_no_rule():
    done = run(60, 50)

    # What happens in nearly every sequence; the other acts come by chance.
    acts = {"save", "review", "approve", "submit", "check", "accept"}
    assert done >= acts | {"take_along", "give_back", "take_over"}
