"""Sample national reports of a demonstration: one issued, its figures sealed, and one being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from nhipcau.config.demo.answers import MARK

if TYPE_CHECKING:
    from nhipcau.accounts.models import Person
    from nhipcau.reporting.models import Campaign, NationalReport

_RECIPIENTS = ("sample-ministry-a", "sample-mission-01")
_LEAD = f"{MARK}: báo cáo để trình diễn, không phải văn bản chính thức.\nKính gửi các cơ quan mẫu kết quả tổng hợp."


def draft_national_report(campaign: Campaign, coordinator: Person) -> NationalReport:
    """Draft the national report of a campaign, with one sentence edited, one left out and one of the coordinator's."""
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.network.models import Organisation
    from nhipcau.reporting.domain import national_sentences as sentences
    from nhipcau.reporting.domain.national import NationalHead, draft_national, edit_national
    from nhipcau.reporting.models import Campaign, NationalSentence

    with opened(access_for(coordinator)):
        row = Campaign.objects.get(pk=campaign.pk)
        title = f"Tổng hợp: {row.title[0].lower()}{row.title[1:]}"
        national = draft_national(actor=coordinator, campaign=row, title=title)
        to = list(Organisation.objects.filter(slug__in=_RECIPIENTS))
        head = NationalHead(title=title, lead=_LEAD, symbol="BC-MAU", place="Hà Nội", archive_line="VT", recipients=to)
        national = edit_national(actor=coordinator, national=national, head=head, version=national.version)
        said = NationalSentence.objects.filter(national=national).order_by("section", "item", "place")
        first, *_between, last = said
        text = first.text.removesuffix(".") + ", đúng tiến độ."
        sentences.write_sentence(actor=coordinator, sentence=first, text=text, version=first.version)
        sentences.drop_sentences(actor=coordinator, national=national, sentences=[last.pk])
        own = "Nhìn chung các cơ quan mẫu đã thực hiện đầy đủ hướng dẫn."
        sentences.add_sentence(actor=coordinator, national=national, item="results", text=own)
        return national


def issue_national_report(campaign: Campaign, coordinator: Person, approver: Person) -> None:
    """Draft it, have it approved by somebody who wrote none of it, issue it, and seal the figures that it gives."""
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.reporting.domain import national_steps as steps
    from nhipcau.reporting.domain.sealing import seal_figures
    from nhipcau.reporting.models import Campaign

    national = draft_national_report(campaign, coordinator)
    with opened(access_for(coordinator)):
        national = steps.submit_national(actor=coordinator, national=national)
    with opened(access_for(approver)):
        national = steps.approve_national(actor=approver, national=national)
        steps.issue_national(actor=approver, national=national, post="Thứ trưởng mẫu")
    with opened(access_for(coordinator)):
        row = Campaign.objects.get(pk=campaign.pk)
        reason = f"{MARK}: số liệu của báo cáo tổng hợp mẫu."
        seal_figures(actor=coordinator, campaign=row, moment=timezone.now(), reason=reason)
