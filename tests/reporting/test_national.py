from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.access import PermissionDeniedError
from nhipcau.accounts.domain.roles import grant_membership
from nhipcau.accounts.queries import access_for
from nhipcau.documents.forms import FigureAnswer
from nhipcau.reporting.domain import national_sentences as sentences
from nhipcau.reporting.domain import national_steps as steps
from nhipcau.reporting.domain.national import draft_national, take_over_changes
from nhipcau.reporting.models import NationalReport, NationalSentence, Report
from nhipcau.reporting.national_figures import figures_of, units_of, values_of
from nhipcau.reporting.national_plain import plain_of
from nhipcau.reporting.queries.national import changed_since, inputs_of, not_in, sentences_of
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from tests.support.national import accept, make_asked, make_national, make_said, make_seal
from tests.support.people import ACTOR, make_office, make_person
from tests.support.reporting import bring, make_answers, make_exception, make_report

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("as_system")]


def told(national, **asked):
    return [row.text for row in sentences_of(national, **asked)]


def totals(national):
    return {
        total.item.key: total.summed.value if total.summed else None
        for _section, rows in figures_of(national)
        for total in rows
    }


def as_coordinator(national):
    person = make_person(office=national.organisation, roles=["coordinator"])
    return person, access.opened(access_for(person))


def test_draft_holds_every_sentence_with_its_office_and_the_place_where_it_stands():
    national = make_national()
    rows = list(sentences_of(national))
    assert [row.text for row in rows] == [
        "Đã ban hành kế hoạch.",
        "Đã phân công đầu mối.",
        "Đã tổ chức 3 lớp tập huấn.",
    ]
    assert [row.block for row in rows] == [0, 0, 1]
    offices = [one.organisation_id for one in inputs_of(national)]
    sources = [row.sources.get() for row in rows]
    assert [source.organisation_id for source in sources] == [offices[0], offices[0], offices[1]]
    texts = [source.submission.plain.texts["direction"][source.begin : source.end] for source in sources]
    assert texts == [row.text for row in rows]


def test_answer_none_gives_no_sentence():
    answers = make_said("Có việc.", nones=frozenset({"papers"}))
    none = make_answers(texts={}, nones=frozenset({"direction", "papers"}))
    assert told(make_national(make_asked(answers, none))) == ["Có việc."]


def test_totals_are_the_sums_of_the_offices_and_say_how_many_gave_them():
    answers = make_said(items="20")
    unknown = make_answers(figures={"items": FigureAnswer(comment="Chưa thống kê được.")})
    campaign = make_asked(make_said(items="12"), answers, unknown, None)
    national = make_national(campaign)
    ((_section, (items, events, spent)),) = figures_of(national)
    assert (items.summed.value, items.summed.offices) == (32, 2)
    assert {(part.axis.key, part.choice): part.summed.value for part in items.parts} == {
        ("language", "vi"): 16,
        ("language", "en"): 16,
        ("channel", "press"): 32,
    }
    assert (events.summed.value, spent.summed) == (2, None)
    assert [row.organisation.name_vi for row in not_in(national, taken=[r.report_id for r in inputs_of(national)])] == [
        Report.objects.filter(campaign=campaign, state="open").get().organisation.name_vi
    ]


def test_sums_are_exact_where_floats_are_not():
    none = FigureAnswer(none=True)
    spent = [FigureAnswer(value=value) for value in ("0.1", "0.2", "99999999.9999")]
    answers = [make_answers(figures={"items": none, "spent": each}) for each in spent]
    assert totals(make_national(make_asked(*answers)))["spent"] == Decimal("100000000.2999")


def test_what_was_sent_back_does_not_count_and_what_is_not_accepted_is_marked():
    office = make_office()
    campaign = make_asked(make_said(items="1"), office=office)
    for state, items in (("submitted", "10"), ("sent_back", "100"), ("open", "1000")):
        make_report(make_office(), state=state, campaign=campaign, answers=make_said(items=items))
    national = make_national(campaign)
    assert totals(national)["items"] == 11
    assert sorted(row.accepted for row in inputs_of(national)) == [False, True]
    coordinator = make_person(office=office, roles=["coordinator"])
    with access.opened(access_for(coordinator)):
        only = draft_national(actor=coordinator, campaign=campaign, title="Chỉ đã tiếp nhận", only_accepted=True)
        assert totals(only)["items"] == 1


def test_unit_that_its_successor_speaks_for_is_not_counted_twice():
    old, heir = make_office(), make_office()
    campaign = make_asked(make_said(items="5"))
    make_report(old, state="accepted", campaign=campaign, answers=make_said(items="7"))
    report = make_report(heir, campaign=campaign)
    report.parts.create(organisation=old)
    by = {"unit": {str(old.pk): "7", str(heir.pk): "3"}}
    answers = make_answers(figures={"items": FigureAnswer(value="10", by=by), "events": FigureAnswer(value="1")})
    bring(report, "accepted", answers=answers)
    national = make_national(campaign)
    assert totals(national)["items"] == 15
    assert units_of(inputs_of(national), "items") == {old.pk: 7, heir.pk: 3}


def test_each_office_stands_beside_its_value_of_the_year_before():
    office = make_office()
    before = make_asked(
        make_said(items="10"),
        office=office,
        begin=date(2024, 12, 15),
        end=date(2025, 12, 14),
        figures_as_of=date(2025, 11, 15),
    )
    same = Report.objects.get(campaign=before).organisation
    campaign = make_asked(make_said(items="4"), office=office, compared_with=before)
    make_report(same, state="accepted", campaign=campaign, answers=make_said(items="12"))
    national = make_national(campaign)
    rows, compared = values_of(national.campaign, inputs_of(national), ("items", "", ""))
    assert {(row.value, row.before) for row in rows} == {(12, 10), (4, None)}
    assert (compared.now, compared.before) == (12, 10)


def test_edit_stays_beside_its_source_and_two_who_write_at_once_are_told():
    national = make_national()
    person, opened = as_coordinator(national)
    with opened:
        row = NationalSentence.objects.filter(national=national, text__startswith="Đã ban").get()
        sentences.write_sentence(actor=person, sentence=row, text="Đã ban hành 2 kế hoạch.", version=row.version)
        with pytest.raises(ConflictError):
            sentences.write_sentence(actor=person, sentence=row, text="Đã ban hành 9 kế hoạch.", version=1)
        row.refresh_from_db()
        assert (row.text, row.version, row.edited_by) == ("Đã ban hành 2 kế hoạch.", 2, person)
        assert row.sources.get().original == "Đã ban hành kế hoạch."


def test_sentences_are_dropped_put_back_moved_merged_and_added():
    national = make_national()
    person, opened = as_coordinator(national)
    with opened:
        first, second, third = NationalSentence.objects.filter(national=national).order_by("place")
        assert sentences.drop_sentences(actor=person, national=national, sentences=[first.pk]) == 1
        assert told(national) == [second.text, third.text]
        assert sentences.put_back_sentences(actor=person, national=national, sentences=[first.pk]) == 1
        sentences.move_sentence(actor=person, sentence=third, after=None)
        assert told(national) == [third.text, first.text, second.text]
        merged = sentences.merge_sentences(
            actor=person, national=national, sentences=[first.pk, third.pk], text="Gộp lại."
        )
        assert told(national) == ["Gộp lại.", second.text]
        assert len({source.organisation_id for source in merged.sources.all()}) == 2
        sentences.add_sentence(actor=person, national=national, item="direction", text="Nhìn chung.", after=second)
        assert told(national) == ["Gộp lại.", second.text, "Nhìn chung."]
        with pytest.raises(IncompleteError):
            sentences.add_sentence(actor=person, national=national, item="items", text="Không có mục này.")


def test_stranger_to_the_office_writes_nothing():
    national = make_national()
    stranger = make_person(office=make_office(), roles=["coordinator"])
    with access.opened(access_for(stranger)), pytest.raises(PermissionDeniedError):
        sentences.drop_sentences(actor=stranger, national=national, sentences=[])


def test_changed_report_is_shown_and_taken_over_without_losing_what_was_edited():
    campaign = make_asked(make_said("Câu một. Câu hai. Câu ba.", items="12"))
    national = make_national(campaign)
    report = Report.objects.get(campaign=campaign)
    person, opened = as_coordinator(national)
    with opened:
        rows = {row.text: row for row in NationalSentence.objects.filter(national=national)}
        sentences.write_sentence(actor=person, sentence=rows["Câu một."], text="Câu một đã sửa.", version=1)
        sentences.write_sentence(actor=person, sentence=rows["Câu ba."], text="Câu ba đã sửa.", version=1)
    make_exception(report)
    bring(report, "submitted", answers=make_said("Câu một. Câu bốn.", items="40"))
    # What was accepted stands until the new one is.
    assert changed_since(national, at=timezone.now()) == []
    accept(report)
    (change,) = changed_since(national, at=timezone.now())
    assert change.was.submission_id != change.now.submission_id
    assert totals(national)["items"] == 12
    with access.opened(access_for(person)):
        assert take_over_changes(actor=person, national=national) == 1
        assert told(national) == ["Câu một đã sửa.", "Câu ba đã sửa.", "Câu bốn."]
        assert take_over_changes(actor=person, national=national) == 0
    assert totals(national)["items"] == 40


def test_issued_report_says_the_same_whatever_comes_in_afterwards():
    campaign = make_asked(make_said(items="12"))
    national = make_national(campaign, state="issued")
    before = plain_of(national)
    report = Report.objects.get(campaign=campaign)
    make_exception(report)
    bring(report, "submitted", answers=make_said("Khác.", items="99"))
    accept(report)
    report.organisation.name_vi = "Tên mới"
    report.organisation.save()
    again = NationalReport.objects.get(pk=national.pk)
    assert plain_of(again) == before
    assert before["edition"]["number_and_symbol"].endswith("/BC-BM")
    assert before["sections"][1]["figures"][0]["total"]["value"] == "12"


def test_who_wrote_it_does_not_approve_it_and_nothing_is_written_in_review():
    national = make_national(state="in_review")
    person, opened = as_coordinator(national)
    with opened, pytest.raises(WrongStateError):
        sentences.drop_sentences(actor=person, national=national, sentences=[])
    drafter = national.drafter
    grant_membership(
        actor=ACTOR, person=drafter, organisation=national.organisation, role="approver", valid_from=date(2020, 1, 1)
    )
    with access.opened(access_for(drafter)), pytest.raises(PermissionDeniedError):
        steps.approve_national(actor=drafter, national=national)


def test_sent_back_report_is_answered_before_it_comes_again():
    national = make_national(state="sent_back")
    person, opened = as_coordinator(national)
    with opened, pytest.raises(IncompleteError):
        steps.submit_national(actor=person, national=national)


def test_recipient_takes_it_in_once_and_reads_it_after_issue_only():
    office = make_office()
    reader = make_person(office=office, roles=["focal_officer"])
    drafted = make_national(to=[office])
    with access.opened(access_for(reader)):
        assert not NationalReport.objects.filter(pk=drafted.pk).exists()
    national = make_national(state="issued", to=[office])
    with access.opened(access_for(reader)):
        receipt = NationalReport.objects.get(pk=national.pk).recipients.get()
        assert steps.receive_national(actor=reader, receipt=receipt).arrival_number == 1
        with pytest.raises(WrongStateError):
            steps.receive_national(actor=reader, receipt=receipt)
        assert not NationalSentence.objects.exists()


def test_nothing_is_drafted_from_nothing():
    campaign = make_asked(None)
    person = make_person(office=campaign.organisation, roles=["coordinator"])
    with access.opened(access_for(person)), pytest.raises(IncompleteError):
        draft_national(actor=person, campaign=campaign, title="Trống")


def test_queries_do_not_grow_with_the_offices(django_assert_num_queries):
    for number in (1, 3):
        national = make_national(make_asked(*[make_said() for _ in range(number)]))
        national = NationalReport.objects.select_related("organisation").get(pk=national.pk)
        campaign = national.campaign
        assert campaign.form_version.plain
        with django_assert_num_queries(2):
            figures_of(national)


def test_seal_is_named_in_the_method_note():
    campaign = make_asked(make_said())
    seal = make_seal(campaign)
    national = make_national(campaign)
    assert any(seal.hash in sentence for sentence in plain_of(national)["method"])
