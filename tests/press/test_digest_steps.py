from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.access import PermissionDeniedError
from nhipcau.accounts.queries import access_for
from nhipcau.press import sections
from nhipcau.press.domain import notices, steps
from nhipcau.press.domain.contents import DigestHead, edit_digest, head_of
from nhipcau.press.domain.making import begin_flash, begin_weekly
from nhipcau.press.domain.triage import keep_item
from nhipcau.press.models import Digest, DigestEntry, DigestStory, Story
from nhipcau.workspace.domain.comments import add_comment
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from nhipcau.workspace.models import Comment, Notice, UnsavedText, on
from tests.support.digests import make_built, make_digest, make_notice
from tests.support.people import make_office, make_person

pytestmark = pytest.mark.both_databases


@pytest.fixture
def approver(office):
    with access.system("test"):
        return make_person("Lê Văn Duyệt", office=office, roles=["approver"])


def as_person(person):
    return access.opened(access_for(person))


def test_a_digest_is_not_submitted_without_headlines(office, analyst):
    with access.system("test"):
        digest, articles = make_built(office)
    with as_person(analyst):
        with pytest.raises(IncompleteError) as empty:
            steps.submit_digest(actor=analyst, digest=digest)
        keep_item(actor=analyst, digest=digest, article=articles[0])
        with pytest.raises(IncompleteError) as bare:
            steps.submit_digest(actor=analyst, digest=digest)
    assert (empty.value.field, bare.value.field) == ("entries", "headline")


def test_an_issued_digest_has_number_signer_and_its_recipients(office, analyst, approver):
    with access.system("test"):
        receiver = make_office("Sở Nhận")
        reader = make_person(office=receiver, roles=["press_analyst"])
        digest = make_digest(office, state="issued", analyst=analyst, approver=approver, to=[receiver])
    today = timezone.localdate()

    assert (digest.number_and_symbol, digest.issued_on, digest.signer_id) == ("01/ĐB-BM", today, approver.pk)
    with access.system("test"):
        assert Notice.objects.filter(person=reader, kind="press.digests.arrived").count() == 1
    with as_person(reader):
        receipt = Digest.objects.get(pk=digest.pk).recipients.get()
        taken = steps.receive_digest(actor=reader, receipt=receipt)
        assert (taken.received_by, taken.arrival_number) == (reader, 1)
        with pytest.raises(WrongStateError):
            steps.receive_digest(actor=reader, receipt=receipt)


def test_nobody_approves_what_they_chose_or_wrote(office):
    with access.system("test"):
        both = make_person(office=office, roles=["press_analyst", "approver"])
        digest = make_digest(office, state="in_review", analyst=both)
    with as_person(both), pytest.raises(PermissionDeniedError):
        steps.approve_digest(actor=both, digest=digest)


def test_what_is_sent_back_is_answered_before_it_comes_again(office, analyst, approver):
    with access.system("test"):
        digest = make_digest(office, state="sent_back", analyst=analyst, approver=approver)
    with as_person(analyst):
        with pytest.raises(IncompleteError) as caught:
            steps.submit_digest(actor=analyst, digest=digest)
        asked = Comment.objects.get(**on(digest))
        add_comment(actor=analyst, target=digest, text="Đã bổ sung.", reply_to=asked)
        assert steps.submit_digest(actor=analyst, digest=digest).state == "in_review"
    assert caught.value.field == "comments"


def test_sections_of_rooms_speak_live_until_the_digest_is_approved(office, analyst, approver, monkeypatch):
    said = ["Một nội dung cần làm rõ."]
    monkeypatch.setattr(sections, "_SECTIONS", {})
    sections.register(sections.Section(key="x.claims", title="Cần làm rõ", paragraphs=lambda _digest: said))
    sections.register(sections.Section(key="x.none", title="Trống", paragraphs=lambda _digest: []))
    with access.system("test"):
        digest = make_digest(office, state="in_review", analyst=analyst)
    live = sections.of_digest(digest)
    with as_person(approver):
        digest = steps.approve_digest(actor=approver, digest=digest)
    said[:] = ["Nói khác đi."]

    assert live == [{"key": "x.claims", "title": "Cần làm rõ", "paragraphs": ["Một nội dung cần làm rõ."]}]
    assert sections.of_digest(digest) == live


def test_a_correction_is_published_by_another_and_told_to_the_recipients(office, analyst, approver):
    with access.system("test"):
        receiver = make_office("Sở Nhận")
        reader = make_person(office=receiver, roles=["press_analyst"])
        digest = make_digest(office, state="issued", analyst=analyst, approver=approver, to=[receiver])
        notice = make_notice(office, digest, analyst=analyst)
    with as_person(reader):
        assert not Digest.objects.get(pk=digest.pk).notices.exists()
    with as_person(analyst), pytest.raises(PermissionDeniedError):
        notices.publish_notice(actor=analyst, notice=notice)
    with as_person(approver):
        notices.publish_notice(actor=approver, notice=notice)
        with pytest.raises(WrongStateError):
            notices.withdraw_notice(actor=approver, notice=notice)
    with as_person(reader):
        assert [row.text for row in Digest.objects.get(pk=digest.pk).notices.all()] == ["Số liệu đúng là 12."]
    with access.system("test"):
        assert Notice.objects.filter(person=reader, kind="press.digests.recalled").count() == 1


def test_only_what_was_begun_is_discarded(office, analyst):
    with access.system("test"):
        digest, _articles = make_built(office)
    with as_person(analyst), pytest.raises(WrongStateError):
        steps.discard_digest(actor=analyst, digest=digest)


def test_two_who_write_the_head_are_joined_or_told(office, analyst):
    with access.system("test"):
        digest, _articles = make_built(office)
        colleague = make_person(office=office, roles=["press_analyst"])
    version = digest.version
    with as_person(analyst):
        edit_digest(actor=analyst, digest=digest, head=DigestHead(title="Của tôi"), version=version)
    with as_person(colleague):
        head = DigestHead(summary="Của bạn")
        joined = edit_digest(actor=colleague, digest=digest, head=head, version=version)
        assert (head_of(joined)["title"], head_of(joined)["summary"]) == ("Của tôi", "Của bạn")
        with pytest.raises(ConflictError):
            edit_digest(actor=colleague, digest=digest, head=DigestHead(title="Khác"), version=version)
        assert UnsavedText.objects.get().values["title"] == ["Khác"]


def test_a_digest_begins_with_what_the_last_issued_one_had(office, analyst):
    with access.system("test"):
        receiver = make_office("Sở Nhận")
        yesterday = timezone.localdate() - timedelta(days=1)
        make_digest(office, state="issued", analyst=analyst, to=[receiver], day=yesterday)
        digest, _articles = make_built(office, "s9")

        assert (digest.symbol, digest.place) == ("ĐB-BM", "Hà Nội")
        assert [row.organisation for row in digest.recipients.all()] == [receiver]


def test_what_an_approved_digest_told_is_not_new(office, analyst):
    with access.system("test"):
        yesterday = timezone.localdate() - timedelta(days=1)
        first, articles = make_built(office, "s1", "s2", day=yesterday)
        records = [_record(article) for article in articles]
        before = {row.story.engine_id: row.score_parts["novelty"] for row in _stories(first)}
    with as_person(analyst):
        keep_item(actor=analyst, digest=first, article=articles[0])
        DigestEntry.objects.update(headline="Đã đưa")
        steps.submit_digest(actor=analyst, digest=first)
    with access.system("test"):
        Digest.objects.filter(pk=first.pk).update(state="approved")
        again, _same = make_built(office, records=records)
        after = {row.story.engine_id: row.score_parts["novelty"] for row in _stories(again)}
        ranks = [row.story.engine_id for row in _stories(again)]

    assert (before, after) == ({"s1": 1.0, "s2": 1.0}, {"s1": 0.0, "s2": 1.0})
    assert ranks == ["s2", "s1"]


def test_a_flash_tells_one_story(office, analyst):
    with access.system("test"):
        make_built(office, "s1", "s1", "s2")
    with as_person(analyst):
        digest = begin_flash(actor=analyst, organisation=office, story=Story.objects.get(engine_id="s1"))
        entry = DigestEntry.objects.get(digest=digest)

        assert (digest.kind, digest.state, digest.articles.count()) == ("flash", "draft", 2)
        assert (entry.story.engine_id, entry.section) == ("s1", "economy")


def test_a_weekly_digest_takes_over_what_the_approved_days_told(office, analyst):
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    with access.system("test"):
        make_digest(office, state="approved", analyst=analyst, day=monday, stories=("s1", "s2"))
        make_digest(office, state="draft", analyst=analyst, day=monday + timedelta(days=1), stories=("s3",))
    with as_person(analyst):
        digest = begin_weekly(actor=analyst, organisation=office, day=monday + timedelta(days=2))
        entries = [(row.story.engine_id, row.headline) for row in DigestEntry.objects.filter(digest=digest)]
        with pytest.raises(IncompleteError):
            begin_weekly(actor=analyst, organisation=office, day=monday)

    assert (digest.day, digest.kind) == (monday + timedelta(days=6), "weekly")
    assert entries == [("s1", "Tiêu đề tiếng Việt")]
    with access.system("test"):
        assert {row.story.engine_id for row in _stories(digest)} == {"s1", "s2", "s3"}


def _stories(digest):
    return DigestStory.objects.filter(digest=digest).select_related("story").order_by("rank")


def _record(article):
    from nhipcau.press.engine_records import article_record

    return article_record(article).replace(story_id=article.story.engine_id if article.story else None)
