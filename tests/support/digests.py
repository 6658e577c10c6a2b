"""Digests for tests, brought as far as a test needs them. Call these with the system's access open."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.press.domain import notices, steps
from nhipcau.press.domain.articles import store_articles
from nhipcau.press.domain.contents import DigestHead, edit_digest
from nhipcau.press.domain.digests import store_digest
from nhipcau.press.domain.entries import write_entry
from nhipcau.press.domain.triage import keep_item
from nhipcau.press.models import Article, Digest, DigestEntry
from tests.support.articles import ACTOR, make_record
from tests.support.people import make_office, make_person
from tests.support.results import make_result

STATES = ("draft", "in_review", "sent_back", "approved", "issued", "recalled", "discarded")


def make_records(*stories, **fields):
    """Stored articles, one for each story named; None is one in no story."""
    records = [
        make_record(host=f"h{n}.example", outlet=f"H{n}", country=("FR", "DE")[n % 2], story_id=story, **fields)
        for n, story in enumerate(stories)
    ]
    store_articles(actor=ACTOR, articles=records)
    return records


def make_built(office, *stories, day=None, records=None):
    """A digest as the engine left it, and its articles in the order given."""
    day = day or _free_day(office)
    records = records if records is not None else make_records(*(stories or ("s1", "s2", None)))
    night = datetime(day.year, day.month, day.day, 16, 59, tzinfo=UTC)
    digest = store_digest(
        actor=ACTOR,
        organisation=office,
        result=make_result(records),
        day=day,
        period=(night - timedelta(days=3), night),
        as_of=timezone.now(),
    )
    rows = Article.objects.in_bulk([record.id for record in records], field_name="engine_id")
    return digest, [rows[record.id] for record in records]


def _free_day(office):
    """Today, or the last day before it of which the office has no digest."""
    day = timezone.localdate()
    while Digest.objects.filter(organisation=office, kind="daily", day=day).exists():
        day -= timedelta(days=1)
    return day


def make_digest(
    office, *, state="draft", to=(), analyst=None, approver=None, title="Điểm báo thử", day=None, stories=()
):
    """A digest of ``office`` with one entry, in a state; analyst and approver are made where none is given."""
    analyst = analyst or make_person(office=office, roles=["press_analyst"])
    to = to or [make_office()]
    digest, articles = make_built(office, *stories, day=day)
    with access.opened(access_for(analyst)):
        head = DigestHead(title=title, symbol="ĐB-BM", place="Hà Nội", recipients=to)
        digest = edit_digest(actor=analyst, digest=digest, head=head, version=digest.version)
        keep_item(actor=analyst, digest=digest, article=articles[0])
        entry = DigestEntry.objects.get(digest=digest)
        write_entry(actor=analyst, entry=entry, values={"headline": "Tiêu đề tiếng Việt"}, version=entry.version)
        if state == "discarded":
            # The one of a day is never discarded.
            Digest.objects.filter(pk=digest.pk).update(kind="flash")
            return _as_system(steps.discard_digest(actor=analyst, digest=digest))
        if state != "draft":
            digest = steps.submit_digest(actor=analyst, digest=digest)
    if state in {"draft", "in_review"}:
        return _as_system(digest)
    approver = approver or make_person(office=office, roles=["approver"])
    with access.opened(access_for(approver)):
        if state == "sent_back":
            return _as_system(steps.send_back_digest(actor=approver, digest=digest, reason="Bổ sung nguồn."))
        digest = steps.approve_digest(actor=approver, digest=digest)
        if state != "approved":
            digest = steps.issue_digest(actor=approver, digest=digest, post="Cục trưởng")
        if state == "recalled":
            digest = steps.recall_digest(actor=approver, digest=digest, reason="Sai số liệu.")
    return _as_system(digest)


def make_notice(office, digest, *, published=False, analyst=None):
    """A correction of an issued digest."""
    analyst = analyst or make_person(office=office, roles=["press_analyst"])
    with access.opened(access_for(analyst)):
        notice = notices.draft_notice(actor=analyst, digest=digest, text="Số liệu đúng là 12.")
    if published:
        approver = make_person(office=office, roles=["approver"])
        with access.opened(access_for(approver)):
            notices.publish_notice(actor=approver, notice=notice)
    return type(notice).objects.get(pk=notice.pk)


def _as_system(digest):
    """The row as whoever called reads it: a row read under another access cannot follow its relations."""
    return Digest.objects.get(pk=digest.pk)
