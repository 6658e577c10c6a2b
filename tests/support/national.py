"""National reports for tests, brought as far as a test needs. Call these with the system's access open."""

from django.utils import timezone

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.documents.forms import FigureAnswer
from nhipcau.reporting.domain import national_steps as steps
from nhipcau.reporting.domain import reports
from nhipcau.reporting.domain.national import NationalHead, draft_national, edit_national
from nhipcau.reporting.domain.sealing import seal_figures
from nhipcau.reporting.models import Campaign, NationalReport, Report, Seal
from tests.support.people import make_office, make_person
from tests.support.reporting import make_answers, make_campaign, make_report

STATES = ("draft", "in_review", "sent_back", "approved", "issued", "recalled", "discarded")


def make_said(text="Đã ban hành kế hoạch. Đã phân công đầu mối.", items="12", **fields):
    """Answers with a text and a number of items in Vietnamese and English, all of them in the press."""
    vi = str(int(items) // 2)
    by = {"language": {"vi": vi, "en": str(int(items) - int(vi))}, "channel": {"press": items}}
    figures = {"items": FigureAnswer(value=items, by=by), "events": FigureAnswer(value="1")}
    return make_answers(texts={"direction": text}, figures=figures, **fields)


def make_asked(*answers, office=None, coordinator=None, state="accepted", **fields):
    """A campaign whose offices have reported so, one each; None for an office whose report is not in."""
    office = office or make_office()
    coordinator = coordinator or make_person(office=office, roles=["coordinator"])
    offices = [make_office() for _ in answers]
    campaign = make_campaign(office, offices=offices, coordinator=coordinator, **fields)
    for each, said in zip(offices, answers, strict=True):
        if said is not None:
            make_report(each, state=state, campaign=campaign, answers=said)
    return Campaign.objects.get(pk=campaign.pk)


def make_national(campaign=None, *, state="draft", to=(), coordinator=None, approver=None, title="Báo cáo tổng hợp"):
    """The national report of a campaign (one of two offices is made where none is given), in a state."""
    campaign = campaign or make_asked(make_said(), make_said("Đã tổ chức 3 lớp tập huấn.", items="20"))
    office = campaign.organisation
    coordinator = coordinator or make_person(office=office, roles=["coordinator"])
    to = to or [make_office()]
    with access.opened(access_for(coordinator)):
        national = draft_national(actor=coordinator, campaign=Campaign.objects.get(pk=campaign.pk), title=title)
        head = NationalHead(title=title, symbol="BC-BM", place="Hà Nội", recipients=to)
        national = edit_national(actor=coordinator, national=national, head=head, version=national.version)
        if state == "discarded":
            return _as_system(steps.discard_national(actor=coordinator, national=national))
        if state != "draft":
            national = steps.submit_national(actor=coordinator, national=national)
    if state in {"draft", "in_review"}:
        return _as_system(national)
    approver = approver or make_person(office=office, roles=["approver"])
    with access.opened(access_for(approver)):
        if state == "sent_back":
            return _as_system(steps.send_back_national(actor=approver, national=national, reason="Bổ sung số liệu."))
        national = steps.approve_national(actor=approver, national=national)
        if state != "approved":
            national = steps.issue_national(actor=approver, national=national, post="Bộ trưởng")
        if state == "recalled":
            national = steps.recall_national(actor=approver, national=national, reason="Sai số liệu.")
    return _as_system(national)


def make_seal(campaign=None, *, moment=None, coordinator=None, reason="Trình Chính phủ"):
    """The figures of a campaign sealed as of a moment, now where none is given."""
    campaign = campaign or make_asked(make_said())
    coordinator = coordinator or make_person(office=campaign.organisation, roles=["coordinator"])
    with access.opened(access_for(coordinator)):
        shown = Campaign.objects.get(pk=campaign.pk)
        seal = seal_figures(actor=coordinator, campaign=shown, moment=moment or timezone.now(), reason=reason)
    return Seal.objects.get(pk=seal.pk)


def accept(report):
    """Accept what was submitted of a report."""
    person = make_person(office=report.campaign.organisation, roles=["coordinator"])
    with access.opened(access_for(person)):
        reports.accept_report(actor=person, report=Report.objects.get(pk=report.pk))


def _as_system(national):
    """The row as whoever called reads it: a row read under another access cannot follow its relations."""
    return NationalReport.objects.get(pk=national.pk)
