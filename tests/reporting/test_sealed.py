import copy
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from nhipcau import access
from nhipcau.access import PermissionDeniedError
from nhipcau.accounts.queries import access_for
from nhipcau.documents.forms import FigureAnswer
from nhipcau.reporting.domain.sealing import seal_figures
from nhipcau.reporting.models import Campaign, Report, Seal, SealedError, Submission, Value
from nhipcau.reporting.seal_plain import plain_of_seal
from nhipcau.reporting.sealed import reproduce, verify
from nhipcau.workspace.domain.errors import IncompleteError
from tests.support.national import accept, make_asked, make_said, make_seal
from tests.support.people import make_office, make_person
from tests.support.reporting import bring, make_answers, make_exception, make_report

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("as_system")]


@pytest.fixture
def sealed(sealed_made, as_system):
    return copy.deepcopy(sealed_made)


@pytest.fixture(scope="module")
def sealed_made(for_the_file):
    with access.system("test"):
        campaign = make_asked(make_said(items="12"), make_said(items="20"), None, state="submitted")
        return make_seal(campaign)


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def items_of(seal):
    plain = plain_of_seal(seal)
    return plain["sections"][0]["figures"][0]["total"]["value"]


def test_seal_is_whole_and_its_hash_is_in_the_audit_record(sealed):
    found = verify(sealed)
    assert (found.whole, found.recorded, len(found.pack.parts)) == (True, sealed.hash, 2)
    assert items_of(sealed) == "32"


def test_later_submission_and_correction_leave_it_as_it_was(sealed):
    late = Report.objects.get(campaign=sealed.campaign, state="open")
    bring(late, "accepted", answers=make_said(items="1000"))
    corrected = Report.objects.filter(campaign=sealed.campaign, state="submitted").first()
    accept(corrected)
    make_exception(corrected)
    bring(corrected, "submitted", answers=make_said(items="2000"))
    assert (verify(sealed).whole, items_of(sealed)) == (True, "32")


def test_merger_leaves_it_as_it_was(sealed):
    old = Report.objects.filter(campaign=sealed.campaign, state="submitted").first()
    heir = make_report(make_office(), campaign=sealed.campaign)
    heir.parts.create(organisation=old.organisation)
    Report.objects.filter(pk=old.pk).update(state="handed_over", handed_over_to=heir)
    by = {"unit": {str(old.organisation_id): "12", str(heir.organisation_id): "1"}}
    bring(heir, "accepted", answers=make_answers(figures={"items": FigureAnswer(value="13", by=by)}))
    old.organisation.name_vi, old.organisation.valid_to = "Tên sau sáp nhập", timezone.localdate()
    old.organisation.save()
    assert (verify(sealed).whole, items_of(sealed)) == (True, "32")
    # What is sealed now counts the old unit once, inside its successor.
    assert items_of(make_seal(Campaign.objects.get(pk=sealed.campaign_id))) == "33"


def test_number_changed_in_the_database_is_found_and_named(sealed):
    value = Value.objects.filter(figure="items", axis="", value=12).get()
    run("UPDATE reporting_value SET value = 13 WHERE id = %s", value.pk)
    found = verify(sealed)
    (touched,) = found.touched
    assert (found.whole, touched.submission_id, touched.kind) == (False, value.submission_id, "changed")
    assert touched.cells == (("items", "", "", "13", "12"),)


def test_answers_changed_together_with_the_numbers_are_found(sealed):
    row = Submission.objects.filter(report__in=Report.objects.filter(campaign=sealed.campaign)).first()
    answers = row.answers
    answers["figures"]["items"]["value"] = "99"
    Submission.objects.filter(pk=row.pk).update(answers=answers)
    Value.objects.filter(submission=row, figure="items", axis="").update(value=99)
    (touched,) = verify(sealed).touched
    assert (touched.submission_id, touched.cells, touched.answers_differ) == (row.pk, (), True)


def test_estimate_changed_in_the_database_is_found(sealed):
    Value.objects.filter(figure="items", axis="", value=12).update(estimated=5)
    assert [row.kind for row in verify(sealed).touched] == ["changed"]


def test_submission_that_came_earlier_than_it_did_is_found(sealed):
    late = Report.objects.get(campaign=sealed.campaign, state="open")
    bring(late, "submitted", answers=make_said(items="7"))
    row = Submission.objects.get(report=late)
    Submission.objects.filter(pk=row.pk).update(received_at=sealed.moment - timedelta(hours=1))
    assert [(one.submission_id, one.kind) for one in verify(sealed).touched] == [(row.pk, "slipped_in")]


def test_submission_that_is_gone_is_found(sealed):
    row = Submission.objects.filter(report__in=Report.objects.filter(campaign=sealed.campaign)).first()
    Submission.objects.filter(pk=row.pk).update(received_at=sealed.moment + timedelta(hours=1))
    assert (row.pk, "gone") in [(one.submission_id, one.kind) for one in verify(sealed).touched]


def test_seal_that_was_made_to_fit_is_not_the_recorded_one(sealed):
    Value.objects.filter(figure="items", axis="", value=12).update(value=13)
    pack = reproduce(sealed)
    Seal.objects.filter(pk=sealed.pk).update(hash=pack.hash, parts={str(k): v for k, v in pack.parts.items()})
    found = verify(Seal.objects.get(pk=sealed.pk))
    assert (found.whole, found.same, found.touched) == (False, False, [])


def test_seal_is_never_saved_again(sealed):
    with pytest.raises(SealedError):
        sealed.save()


def test_last_submission_by_the_moment_counts_whatever_came_of_it():
    campaign = make_asked(make_said(items="5"), state="sent_back")
    assert items_of(make_seal(campaign)) == "5"


def test_without_a_reason_before_anything_or_in_the_future_nothing_is_sealed():
    campaign = make_asked(make_said())
    person = make_person(office=campaign.organisation, roles=["coordinator"])
    now = timezone.now()
    with access.opened(access_for(person)):
        for moment, reason in ((now, " "), (now + timedelta(days=1), "Vì sao"), (now - timedelta(days=1), "Vì sao")):
            with pytest.raises(IncompleteError):
                seal_figures(actor=person, campaign=campaign, moment=moment, reason=reason)
    stranger = make_person(office=campaign.organisation, roles=["approver"])
    with access.opened(access_for(stranger)), pytest.raises(PermissionDeniedError):
        seal_figures(actor=stranger, campaign=campaign, moment=now, reason="Vì sao")
