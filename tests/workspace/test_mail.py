import re
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from nhipcau import access
from nhipcau.access import PermissionDeniedError, SystemActor
from nhipcau.workspace import notice_kinds
from nhipcau.workspace.domain import mail as domain
from nhipcau.workspace.domain.notices import mark_read, notify
from nhipcau.workspace.models import Comment, Mail, Notice, NoticeTimes, RefusedAddress
from nhipcau.workspace.models.attached import on
from nhipcau.workspace.notice_kinds import Kind
from nhipcau.workspace.postman import deliver_mail
from nhipcau.workspace.queries.notices import notices
from tests.support.letters import make_letter
from tests.support.people import ACTOR, make_office, make_person
from tests.support.post_office import html, plain, post_office

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)  # in Hanoi


@pytest.fixture
def office_of_post():
    with post_office() as running:
        yield running


@pytest.fixture
def clock(monkeypatch):
    """The time, which a test may move: ``clock.now``."""
    held = SimpleNamespace(now=NOON)
    monkeypatch.setattr(timezone, "now", lambda: held.now)
    return held


@pytest.fixture(autouse=True)
def server(settings, office_of_post, clock, monkeypatch):
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", office_of_post.port, 5
    settings.URL = "https://nhip-cau.example.vn"
    settings.DEFAULT_FROM_EMAIL = "Nhịp Cầu <nhip-cau@example.vn>"
    monkeypatch.setattr(notice_kinds, "_KINDS", dict(notice_kinds._KINDS))
    notice_kinds.register(Kind(key="test.now", title="Thư đến", channel="mail"))
    notice_kinds.register(Kind(key="test.daily", title="Tin hằng ngày", channel="daily"))


@pytest.fixture
def office(db):
    with access.system("test"):
        return make_office()


@pytest.fixture
def reader(office):
    with access.system("test"):
        return make_person("Trần Thị Đọc", office=office, roles=["drafter"], email="doc@example.org")


def tell(person, target, sentence="Bộ Mẫu <A> đã gửi công văn 12/CV", kind="test.now", **fields):
    with transaction.atomic():
        return notify(
            actor=ACTOR, kind=kind, to=[person], target=target, sentence=sentence, effect=sentence, url="/x/", **fields
        )


def mails():
    with access.system("test"):
        return list(Mail.objects.all())


def test_mail_says_what_happened_in_both_forms_with_a_link_to_this_desk(office_of_post, reader, office):
    tell(reader, office, due=NOON + timedelta(days=1))
    assert deliver_mail() == 1
    (mail,) = office_of_post.taken
    assert (mail["To"], mail["From"]) == ("doc@example.org", "Nhịp Cầu <nhip-cau@example.vn>")
    assert mail["Subject"] == "Bộ Mẫu <A> đã gửi công văn 12/CV"
    with access.system("test"):
        link = f"https://nhip-cau.example.vn/thong-bao/{Notice.objects.get().pk}/"
    assert "Bộ Mẫu <A> đã gửi công văn 12/CV" in plain(mail)
    assert "24/11/2026 12:00 (Asia/Ho_Chi_Minh)" in plain(mail)
    assert link in plain(mail)
    assert f'<a href="{link}">Bộ Mẫu &lt;A&gt; đã gửi công văn 12/CV</a>' in html(mail)


def test_mail_loads_nothing_and_leads_nowhere_else(office_of_post, reader, office):
    tell(reader, office)
    deliver_mail()
    (mail,) = office_of_post.taken
    links = re.findall(r"https?://[^\s\"<>]+", plain(mail) + html(mail))
    assert [link for link in links if not link.startswith("https://nhip-cau.example.vn/")] == []
    assert re.findall(r"<(?:img|script|link|style|iframe)|src=", html(mail)) == []


def test_mail_is_written_in_the_language_of_its_reader(office_of_post, reader, office):
    with access.system("test"):
        reader.language = "en"
        reader.save()
    tell(reader, office)
    deliver_mail()
    assert plain(office_of_post.taken[0]).startswith("Dear Trần Thị Đọc,")


def test_notices_of_one_minute_go_in_one_mail(office_of_post, reader, office):
    tell(reader, office, "Việc thứ nhất")
    tell(reader, office, "Việc thứ hai")
    assert deliver_mail() == 1
    (mail,) = office_of_post.taken
    assert mail["Subject"] == "2 thông báo từ Nhịp Cầu"
    assert plain(mail).index("Việc thứ nhất") < plain(mail).index("Việc thứ hai")


def test_nothing_is_sent_twice(office_of_post, reader, office):
    tell(reader, office)
    deliver_mail()
    assert deliver_mail() == 0
    assert len(office_of_post.taken) == 1


def test_without_a_server_nothing_is_tried(office_of_post, reader, office, settings):
    tell(reader, office)
    settings.MAIL = False
    assert deliver_mail() == 0
    assert mails() == []


def test_daily_mail_waits_for_its_hour(office_of_post, reader, office, clock):
    tell(reader, office, "Một", kind="test.daily")
    tell(reader, office, "Hai", kind="test.daily")
    assert deliver_mail() == 0
    clock.now = datetime(2026, 11, 24, 0, tzinfo=UTC)
    assert deliver_mail() == 1
    assert mails()[0].daily is True


def test_what_was_read_meanwhile_is_not_mailed(office_of_post, reader, office, clock, opened_for):
    tell(reader, office, kind="test.daily")
    with opened_for(reader):
        mark_read(actor=reader, notices=notices())
    clock.now += timedelta(days=1)
    assert deliver_mail() == 0
    assert office_of_post.attempts == 0


@pytest.mark.parametrize(
    ("zone", "told", "goes"),
    [
        ("America/New_York", "2026-03-08T04:00", "2026-03-08T10:00"),  # into summer time that night
        ("America/New_York", "2026-11-01T04:00", "2026-11-01T11:00"),  # out of it
        ("Europe/Paris", "2026-03-28T23:00", "2026-03-29T04:00"),
    ],
)
def test_quiet_hours_hold_across_a_change_of_the_clocks(reader, clock, zone, told, goes):
    with access.system("test"):
        times = {"daily_at": time(7), "quiet_from": time(22), "quiet_to": time(6)}
        NoticeTimes.objects.create(person=reader, time_zone=zone, **times)
    clock.now = datetime.fromisoformat(told).replace(tzinfo=UTC)
    tell(reader, reader)
    end = datetime.fromisoformat(goes).replace(tzinfo=UTC)
    clock.now = end - timedelta(minutes=1)
    assert deliver_mail() == 0
    clock.now = end
    assert deliver_mail() == 1


def test_quiet_hours_chosen_after_the_notice_count(office_of_post, reader, office, clock):
    tell(reader, office)
    with access.system("test"):
        NoticeTimes.objects.create(person=reader, daily_at=time(7), quiet_from=time(11), quiet_to=time(14))
    assert deliver_mail() == 0
    clock.now = NOON + timedelta(hours=2)
    assert deliver_mail() == 1


def test_server_that_asks_to_come_again_gets_the_same_mail_later(office_of_post, reader, office, clock):
    office_of_post.says = [("RCPT", "450 4.2.0 Greylisted, come again"), ("DATA", "451 busy")]
    tell(reader, office)
    assert deliver_mail() == 0
    (mail,) = mails()
    assert (mail.state, mail.error) == ("waiting", "450 4.2.0 Greylisted, come again")
    assert deliver_mail() == 0
    assert office_of_post.attempts == 1
    clock.now += timedelta(minutes=1)
    assert deliver_mail() == 0
    clock.now += timedelta(minutes=5)
    assert deliver_mail() == 1
    (taken,) = office_of_post.taken
    assert taken["Message-ID"] == mail.message_id
    assert taken["Date"].datetime == NOON


def test_address_that_is_unknown_is_listed_and_given_up_after_three_times(office_of_post, reader, office, clock):
    for number in range(4):
        office_of_post.says = [("RCPT", "550 5.1.1 No such person")]
        tell(reader, office, f"Việc {number}")
        clock.now += timedelta(minutes=1)
        deliver_mail()
    with access.system("test"):
        refused = RefusedAddress.objects.get()
        assert (refused.address, refused.times, refused.error) == ("doc@example.org", 3, "550 5.1.1 No such person")
        assert Notice.objects.filter(read_at__isnull=True).count() == 4
    assert [mail.state for mail in mails()] == ["refused"] * 3
    assert office_of_post.attempts == 3


def test_refused_address_is_tried_again_when_the_operator_says_so(office_of_post, reader, office, clock):
    office_of_post.says = [("RCPT", "550 No")]
    tell(reader, office, "Một")
    deliver_mail()
    with access.system("test"):
        refused = RefusedAddress.objects.get()
        with pytest.raises(PermissionDeniedError):
            domain.retry_address(actor=reader, refused=refused)
        owner = make_person(is_system_owner=True)
        domain.retry_address(actor=owner, refused=refused)
    tell(reader, office, "Hai")
    assert deliver_mail() == 1


def test_mail_that_arrives_clears_the_refusal(office_of_post, reader, office):
    office_of_post.says = [("RCPT", "550 No")]
    tell(reader, office, "Một")
    deliver_mail()
    tell(reader, office, "Hai")
    deliver_mail()
    with access.system("test"):
        assert not RefusedAddress.objects.exists()


def test_mail_that_the_server_never_takes_is_given_up_and_the_address_is_not_blamed(office_of_post, reader, office):
    office_of_post.says = [("DATA", "554 5.7.1 Spam")]
    tell(reader, office)
    deliver_mail()
    assert [(mail.state, mail.error) for mail in mails()] == [("failed", "554 5.7.1 Spam")]
    with access.system("test"):
        assert not RefusedAddress.objects.exists()


def test_server_that_does_not_take_us_as_sender_makes_all_mail_wait(office_of_post, reader, office):
    office_of_post.says = [("MAIL", "553 You are not who you say")]
    with access.system("test"):
        second = make_person(office=office, roles=["drafter"])
    tell(reader, office)
    tell(second, office)
    deliver_mail()
    assert [mail.state for mail in mails()] == ["waiting", "waiting"]
    assert "553" in mails()[0].error


def test_server_that_is_down_costs_one_attempt_a_round_and_nothing_is_lost(reader, office, settings, clock):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with access.system("test"):
        second = make_person(office=office, roles=["drafter"])
    tell(reader, office)
    tell(second, office)
    deliver_mail()
    assert sorted(mail.attempts for mail in mails()) == [0, 1]
    settings.EMAIL_PORT = port
    clock.now += timedelta(minutes=10)
    assert deliver_mail() == 2


def test_mail_is_given_up_after_five_days(office_of_post, reader, office, settings, clock):
    settings.EMAIL_PORT = 1
    tell(reader, office)
    while clock.now < NOON + timedelta(days=6):
        deliver_mail()
        clock.now += timedelta(hours=8)
    assert [mail.state for mail in mails()] == ["failed"]


def test_two_workers_do_not_take_the_same_mail(reader, office, as_system):
    tell(reader, office)
    worker = SystemActor("worker")
    domain.gather_mail(actor=worker, at=NOON)
    assert domain.claim_mail(actor=worker, at=NOON) is not None
    assert domain.claim_mail(actor=worker, at=NOON) is None


def test_worker_believed_dead_changes_nothing_when_it_comes_back(reader, office, as_system):
    tell(reader, office)
    worker = SystemActor("worker")
    domain.gather_mail(actor=worker, at=NOON)
    slow = domain.claim_mail(actor=worker, at=NOON)
    quick = domain.claim_mail(actor=worker, at=NOON + domain.LEASE)
    domain.mark_sent(actor=worker, mail=quick, address=reader.email)
    domain.put_off(actor=worker, mail=slow, error="late", at=NOON)
    assert [mail.state for mail in mails()] == ["sent"]


def test_person_who_lost_sight_of_the_target_gets_no_mail_of_it(office_of_post, office, clock):
    with access.system("test"):
        boss = make_person(office=office, roles=["office_administrator"])
        target = make_person(office=office, roles=["drafter"]).memberships.get()
    tell(boss, target, kind="test.daily")
    with access.system("test"):
        boss.memberships.update(valid_to=datetime(2020, 1, 2, tzinfo=UTC).date())
    clock.now += timedelta(days=1)
    assert deliver_mail() == 0
    assert office_of_post.attempts == 0
    assert [mail.state for mail in mails()] == ["dropped"]


def test_restricted_things_are_not_named_in_mail(office_of_post, reader, office, monkeypatch):
    monkeypatch.setattr(type(office), "classification", "restricted", raising=False)
    tell(reader, office)
    deliver_mail()
    (mail,) = office_of_post.taken
    said = f"{mail['Subject']} {plain(mail)} {html(mail)}"
    assert "12/CV" not in said
    assert mail["Subject"].strip() == "Có việc thuộc diện hạn chế đang chờ bạn trên bàn làm việc."


def test_notice_that_cannot_be_written_does_not_stop_the_others(office_of_post, reader, office):
    tell(reader, office)
    with access.system("test"):
        Notice.objects.update(sentence="%(missing)s", params={"other": "x"})
        second = make_person(office=office, roles=["drafter"])
    tell(second, office)
    assert deliver_mail() == 1
    assert sorted(mail.state for mail in mails()) == ["sent", "waiting"]


def test_only_the_system_sends(reader, as_system):
    with pytest.raises(PermissionDeniedError):
        domain.gather_mail(actor=reader, at=NOON)
    with pytest.raises(PermissionDeniedError):
        domain.claim_mail(actor=reader, at=NOON)


def test_comment_on_a_restricted_letter_is_not_named_in_mail_either(office_of_post, office):
    with access.system("test"):
        drafter, approver = (make_person(office=office, roles=[role]) for role in ("drafter", "approver"))
        letter = make_letter(office, "Chuyện không kể qua thư", drafter=drafter, classification="restricted")
        said = Comment.objects.create(
            **on(letter), organisation=office, author=drafter, text="@duyệt", made_at=timezone.now()
        )
    tell(approver, said, "%(what)s", params={"what": letter.subject})
    assert deliver_mail() == 1
    (mail,) = office_of_post.taken
    assert "Chuyện" not in f"{mail['Subject']} {plain(mail)} {html(mail)}"
