from collections import Counter

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.config.demo.people import make_people
from nhipcau.config.demo.reports import write_reports
from nhipcau.documents.forms.checking import problems
from nhipcau.network.domain.organisations import load_organisations
from nhipcau.network.nation import sample_offices
from nhipcau.reporting.models import (
    Campaign,
    LockException,
    NationalReport,
    NationalSentence,
    Report,
    ReportDraft,
    Seal,
    Submission,
)
from nhipcau.reporting.queries.national import changed_since
from nhipcau.reporting.queries.reports import form_of, parts_of
from nhipcau.workspace.models import Attachment, Comment
from tests.support.recorded import unnamed

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    with access.system("demo") as opened:
        load_organisations(actor=opened.actor, rows=sample_offices())
        return make_people(opened.actor)


def test_sample_reports_are_in_every_state_marked_handed_over_and_written_once(people, opened_for):
    write_reports(people)
    write_reports(people)

    with access.system("test"):
        for model in (Campaign, Report, ReportDraft, Submission, NationalReport, Seal):
            assert model.objects.exists(), model
            assert not model.objects.filter(sample=False).exists(), model
        states = Counter(Report.objects.values_list("state", flat=True))
        assert states.pop("open") > 20
        assert states == {
            "submitted": 1,
            "checked": 1,
            "sent_back": 1,
            "accepted": 4,
            "handed_over": 2,
            "released": 2,
        }
        assert LockException.objects.get(ended_at__isnull=True).report.organisation.slug == "sample-ministry-a"
        assert Comment.objects.filter(must_answer=True).exclude(place="").count() == 2
        assert Attachment.objects.count() > 0
        assert unnamed() == set()
        for draft in ReportDraft.objects.filter(version__gt=0):
            assert not problems(form_of(draft.report), draft.plain), draft
    with opened_for(people["dieu-phoi"]):
        issued, drafted = NationalReport.objects.order_by("pk")
        assert (issued.state, drafted.state) == ("issued", "draft")
        assert len(changed_since(drafted, at=timezone.now())) == 1
        assert NationalSentence.objects.filter(national=drafted, edited_by__isnull=False).count() == 2
        assert NationalSentence.objects.filter(national=drafted, dropped_at__isnull=False).count() == 1
    with opened_for(people["tinh-mau"]):
        year = Campaign.objects.get(period_kind="year")
        old = Report.objects.get(state="handed_over", campaign=year)
        heir = Report.objects.get(pk=old.handed_over_to_id)
        assert (old.organisation.slug, heir.organisation.slug) == ("sample-province-11", "sample-province-01")
        assert parts_of(heir) == [old.organisation]
        draft = ReportDraft.objects.get(report=heir)
        unit = draft.plain.figure("items").by["unit"]
        assert unit == {str(old.organisation_id): "33", str(heir.organisation_id): "15"}
