"""What the stranger matrix (tests/test_stranger_matrix.py) must know; each room adds its own lines at the end.

A route of ours with a parameter needs a maker for that parameter, or the matrix fails. Name a parameter after its
object (``<int:article_id>``), so that one maker serves every route that speaks of the same thing. A model whose rows
have an owner needs a maker too: that of its route, or one under its label. Whatever is not named as reference is owned.

    @maker("digest_id")
    def digest(office, owner):                  # called with the system's access open
        return Made(make_digest(office), mark="a text that every page about it shows")
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Made:
    """An object of ``office``, made for one test.

    Attributes:
        instance: the row.
        value: what stands in the address; its primary key where nothing is given.
        mark: a text that a page about the object shows to its owner, and never to a stranger where it has an owner.
        personal: a row of the sign-in library's tables, which no manager of ours guards: views look among one's own.
    """

    instance: Model
    value: Any = None
    mark: str = ""
    personal: bool = False

    def in_address(self):
        return self.instance.pk if self.value is None else self.value


#: Route parameter, or label of a model -> maker ``(office, owner) -> Made``.
MAKERS: dict[str, Callable[..., Made]] = {}

#: Label of a model whose rows all who sign in may read -> why.
REFERENCE: dict[str, str] = {}

#: Route name -> why it answers people who have not signed in.
OPEN: dict[str, str] = {}

#: (route name, method) -> form data with which the owner's request does something; without it the body is empty.
DATA: dict[tuple[str, str], dict[str, Any]] = {}


#: Label of a model whose rows are addressed -> ``(office, owner, receiver) -> (state, row, whether it is given)``...
ADDRESSED: dict[str, Callable[..., Any]] = {}

#: (route name, field) -> why what is posted with a key of another office may reach that office.
INTO: dict[tuple[str, str], str] = {}


def addressed(label):
    """Register the function below as the maker of addressed rows, one in each state, given to the office ``receiver``.

    It yields the state, the row, and whether people of ``receiver`` see it then.
    """

    def register(function):
        assert label not in ADDRESSED, f"two makers for {label}"
        ADDRESSED[label] = function
        return function

    return register


def maker(key):
    """Register the function below as the maker for a route parameter, or for a model by its label."""

    def register(function):
        assert key not in MAKERS, f"two makers for {key}"
        MAKERS[key] = function
        return function

    return register


# --- audit


@maker("entry_id")
def _entry(office, owner):
    from nhipcau.audit.domain.record import record
    from nhipcau.network.models import Organisation

    target = Organisation(pk=office.pk, name_vi="Việc chỉ một cơ quan biết", name_en="Việc chỉ một cơ quan biết")
    entry = record(actor=owner, verb="network.praise", target=target, organisation=office)
    return Made(entry, mark="Việc chỉ một cơ quan biết")


# --- law

REFERENCE |= {
    "law.LegalBasis": "the law is public",
    "law.Deadline": "the law is public",
    "law.WorkingDayOverride": "everybody works by the same calendar",
}


def _law():
    from nhipcau.access import SystemActor
    from nhipcau.law import shipped
    from nhipcau.law.domain.loading import load_legal_data

    load_legal_data(actor=SystemActor("test"), bases=shipped.bases(), deadlines=shipped.deadlines())


@maker("basis_id")
def _basis(office, owner):
    from nhipcau.law.models import LegalBasis

    _law()
    return Made(LegalBasis.objects.get(slug="decree-262-2026"), mark="262/2026/NĐ-CP")


@maker("deadline_id")
def _deadline(office, owner):
    from nhipcau.law.models import Deadline

    _law()
    return Made(Deadline.objects.filter(kind="fp_visit_decide").latest("valid_from"), mark="trong 7 ngày làm việc")


# --- network

REFERENCE |= {
    "network.Organisation": "the network is the map that everybody works by",
    "network.OrganisationName": "as the organisation",
    "network.OrganisationParent": "as the organisation",
    "network.OrganisationClass": "as the organisation",
    "network.OrganisationCode": "as the organisation",
    "network.Jurisdiction": "as the organisation",
    "network.Succession": "as the organisation",
    "network.HeldRole": "as the organisation",
    "network.BodyMembership": "as the organisation",
}


@maker("organisation_id")
def _organisation(office, owner):
    return Made(office, mark=str(office))


# --- accounts

REFERENCE |= {"accounts.Person": "colleagues are named wherever they act"}
OPEN |= {
    "account_login": "it is where one signs in",
    "account_logout": "it signs out whoever comes, and leads to sign-in",
    "account_demo_sign_in": "it signs in, in a demonstration on this machine only",
}

# --- accounts: sign-in

OPEN |= {
    "account_reset_password": "whoever has lost the password is not signed in",
    "account_reset_password_done": "as the form before it",
    "account_reset_password_from_key": "the link that was sent is the proof",
    "mfa_login_webauthn": "it is another way of signing in",
    "openid_connect_callback": "as the way there",
    "openid_connect_login": "it is another way of signing in",
}


@maker("uidb36")
def _uidb36(office, owner):
    return Made(owner, value="1")


@maker("key")
def _reset_key(office, owner):
    return Made(owner, value="khong-con-dung")


@maker("authenticator_id")
def _authenticator(office, owner):
    from allauth.mfa.models import Authenticator

    from tests.support.keys import SoftKey

    data = {"name": "Khóa trong ngăn bàn", "credential": SoftKey().made()}
    key = Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data=data)
    return Made(key, mark="Khóa trong ngăn bàn", personal=True)


@maker("usersession_id")
def _session(office, owner):
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.backends.db import SessionStore

    elsewhere = SessionStore()
    elsewhere.create()
    key = elsewhere.session_key
    return Made(UserSession.objects.create(user=owner, ip="192.0.2.7", session_key=key, user_agent="x"), personal=True)


@maker("socialaccount_id")
def _identity(office, owner):
    from allauth.socialaccount.models import SocialAccount

    return Made(SocialAccount.objects.create(user=owner, provider="oidc", uid="chu-nhan"), personal=True)


@maker("person_id")
def _person(office, owner):
    return Made(owner)


@maker("membership_id")
def _membership(office, owner):
    from tests.support.people import make_person

    person = make_person("Đồng Nghiệp Cùng Phòng", office=office, roles=["viewer"])
    return Made(person.memberships.get(), mark="Đồng Nghiệp Cùng Phòng")


REFERENCE |= {"accounts.FocalDuty": "every office must know whom to turn to in every other"}


@maker("duty_id")
def _focal_duty(office, owner):
    return Made(_focal_training(office, owner).instance.duty)


@maker("accounts.FocalTraining")
def _focal_training(office, owner):
    from nhipcau.accounts.domain.focal import add_focal_training, assign_focal_duty
    from tests.support.people import ACTOR, START, make_person

    person = make_person("Đầu Mối Mẫu", office=office, roles=["viewer"])
    duty = assign_focal_duty(actor=ACTOR, person=person, organisation=office, share=40, valid_from=START)
    course = add_focal_training(actor=ACTOR, duty=duty, course="Lớp bồi dưỡng riêng", held_from=START)
    return Made(course, mark="Lớp bồi dưỡng riêng")


OPEN |= {"account_accept_invitation": "whoever is invited has no password to sign in with"}


@maker("invitation_token")
def _invitation(office, owner):
    from nhipcau.accounts.domain.joining import admit_person
    from tests.support.people import ACTOR, START

    given = {"email": "duoc-moi@example.org", "name": "Người Được Mời", "roles": ["viewer"], "valid_from": START}
    admitted = admit_person(actor=ACTOR, organisation=office, **given)
    return Made(admitted.invitation, value=admitted.token)


@maker("deputyship_id")
def _deputyship(office, owner):
    from tests.support.deputies import make_deputy
    from tests.support.people import make_person

    deputy = make_person("Người Đi Thay", office=office, roles=["viewer"])
    return Made(make_deputy(deputy, owner, office), mark="12/QĐ-UQ")


# --- press

REFERENCE |= {
    "press.Outlet": "outlets are common to all who follow the press",
    "press.Source": "as the outlet",
    "press.Collection": "what the collector brought, for everybody",
    "press.Refusal": "as the collection",
    "press.Story": "coverage is common to all",
    "press.StoryCorrection": "as the story, and made by the press analysts of any office",
    "press.CorrectedArticle": "as the correction",
    "press.Article": "coverage is common to all",
    "press.ArticleTopic": "as the article",
    "press.ArticleAddress": "as the article",
    "press.LaterVersion": "as the article",
    "press.WatchedPage": "as the article",
}


@maker("article_id")
def _article(office, owner):
    from tests.support.articles import make_article

    return Made(make_article("Một bài báo ai cũng đọc"), mark="Một bài báo ai cũng đọc")


@maker("story_id")
def _story(office, owner):
    from nhipcau.press.models import Story

    story, _ = Story.objects.get_or_create(engine_id="story", title="Một câu chuyện ai cũng đọc", language="vi")
    return Made(story, mark="Một câu chuyện ai cũng đọc")


@maker("correction_id")
def _correction(office, owner):
    from nhipcau.press.domain.corrections import rename_story
    from nhipcau.press.models import Story

    story = Story.objects.create(engine_id=f"corrected {office.pk}", title="Un titre d'origine", language="fr")
    made = rename_story(actor=owner, organisation=office, story=story, name="Một câu chuyện được đặt tên")
    return Made(made, mark="Một câu chuyện được đặt tên")


@maker("collection_id")
def _collection(office, owner):
    from nhipcau.press.models import Collection

    begun = datetime(2019, 3, 8, 5, tzinfo=UTC)
    return Made(Collection.objects.create(started_at=begun, finished_at=begun), mark="08/03/2019")


@maker("digest_id")
def _digest(office, owner):
    from nhipcau.press.models import Digest

    moment = datetime(2019, 3, 7, 5, tzinfo=UTC)
    digest, _ = Digest.objects.get_or_create(
        organisation=office,
        focus="VN",
        day=moment.date(),
        defaults={"period_from": moment, "period_to": moment, "built_at": moment},
    )
    _somebody_wrote(digest, office)
    return Made(digest, mark="07/03/2019")


@maker("file_format")
def _file_format(office, owner):
    return Made(_digest(office, owner).instance, value="html", mark="07/03/2019")


def _somebody_wrote(digest, office):
    """Whoever wrote in the digest: not its owner, who may approve it so."""
    from nhipcau.accounts.models import Person
    from nhipcau.workspace.domain.revisions import add_revision
    from nhipcau.workspace.models import Revision, on
    from tests.support.people import make_person

    written = Revision.objects.filter(**on(digest)).first()
    if written is not None:
        return Person.objects.get(pk=written.person_id)
    analyst = make_person(office=office, roles=["press_analyst"])
    add_revision(digest, number=1, actor=analyst, fields={})
    return analyst


DATA |= {
    ("press:triage_choose", "POST"): {"do": "undo"},
    ("press:digest_notice", "POST"): {"text": "Số liệu đúng là 12."},
}


@maker("entry_of_digest_id")
def _entry_of_digest(office, owner):
    from django.utils import timezone

    from nhipcau.press.models import DigestEntry

    digest, article = _digest(office, owner).instance, _article(office, owner).instance
    writer = _somebody_wrote(digest, office)
    words = {"headline": "Tiêu đề của riêng một cơ quan", "added_by": writer, "added_at": timezone.now()}
    row, _ = DigestEntry.objects.get_or_create(digest=digest, article=article, defaults=words)
    return Made(row, mark=row.headline)


@maker("digest_notice_id")
def _digest_notice(office, owner):
    from tests.support.digests import make_digest, make_notice

    notice = make_notice(office, make_digest(office, state="issued"))
    return Made(notice, mark=notice.text)


@maker("press.DigestChoice")
def _digest_choice(office, owner):
    from django.utils import timezone

    from nhipcau.press.models import DigestChoice

    digest, article = _digest(office, owner).instance, _article(office, owner).instance
    given = {"decision": "dropped", "reason": "old", "by": _somebody_wrote(digest, office), "at": timezone.now()}
    return Made(DigestChoice.objects.create(digest=digest, article=article, **given))


@addressed("press.Digest")
def _digests(office, owner, receiver):
    from tests.support.digests import STATES, make_digest

    for state in STATES:
        yield state, make_digest(office, state=state, to=[receiver]), state in {"issued", "recalled"}


def _before_and_after_issue(office, receiver):
    """A digest still inside its office, and one that was sent: what hangs on a digest is asked by the digest's rule."""
    from tests.support.digests import make_digest

    for state, given in (("approved", False), ("issued", True)):
        yield state, make_digest(office, state=state, to=[receiver]), given


@addressed("press.DigestEntry")
def _entries_of_digests(office, owner, receiver):
    for state, digest, given in _before_and_after_issue(office, receiver):
        yield state, digest.entries.get(), given


@addressed("press.DigestRecipient")
def _recipients_of_digests(office, owner, receiver):
    for state, digest, given in _before_and_after_issue(office, receiver):
        yield state, digest.recipients.get(), given


@addressed("press.DigestStory")
def _stories_of_digests(office, owner, receiver):
    for state, digest, given in _before_and_after_issue(office, receiver):
        yield state, digest.stories.first(), given


@addressed("press.DigestArticle")
def _articles_of_digests(office, owner, receiver):
    for state, digest, given in _before_and_after_issue(office, receiver):
        yield state, digest.articles.first(), given


@addressed("press.DigestNotice")
def _notices_of_digests(office, owner, receiver):
    from tests.support.digests import make_digest, make_notice

    digest = make_digest(office, state="issued", to=[receiver])
    yield "written", make_notice(office, digest), False
    yield "published", make_notice(office, digest, published=True), True


@maker("press.DigestRecipient")
def _digest_recipient(office, owner):
    from nhipcau.press.models import DigestRecipient
    from tests.support.people import make_office

    return Made(DigestRecipient.objects.create(digest=_digest(office, owner).instance, organisation=make_office()))


@maker("press.DigestStory")
def _digest_story(office, owner):
    from nhipcau.press.models import DigestStory

    counts = dict.fromkeys(("article_count", "outlet_count", "country_count", "language_count"), 1)
    told = {"rank": 1, "title": "Chuyện riêng của một cơ quan", "title_language": "vi"} | counts
    row, _ = DigestStory.objects.get_or_create(
        digest=_digest(office, owner).instance, story=_story(office, owner).instance, defaults=told
    )
    return Made(row, mark=row.title)


@maker("press.DigestArticle")
def _digest_article(office, owner):
    from nhipcau.press.models import DigestArticle

    article = _article(office, owner).instance
    digest = _digest(office, owner).instance
    return Made(DigestArticle.objects.create(digest=digest, article=article, relevant=True, reprint=False))


# --- reporting: national reports


@maker("national_id")
def _national(office, owner):
    """One of the year 2019, so that the page of no other campaign names it."""
    from nhipcau.reporting.models import NationalReport
    from tests.support.national import make_asked, make_national, make_said

    found = NationalReport.objects.filter(organisation=office, title=_NATIONAL).first()
    return Made(found or make_national(make_asked(make_said(), office=office), title=_NATIONAL), mark=_NATIONAL)


_NATIONAL = "Tổng hợp riêng của một cơ quan"


@maker("taken_national_id")
def _taken_national(office, owner):
    """A file is packed: nobody reads a mark in its bytes."""
    return Made(_national(office, owner).instance)


@maker("taken_seal_id")
def _taken_seal(office, owner):
    return Made(_seal(office, owner).instance)


@maker("national_part")
def _national_part(office, owner):
    return Made(_national(office, owner).instance, value="one")


@maker("national_item")
def _national_item(office, owner):
    return Made(_national(office, owner).instance, value="items")


@maker("report_format")
def _report_format(office, owner):
    return Made(_national(office, owner).instance, value="xlsx")


@maker("national_sentence_id")
def _national_sentence(office, owner):
    row = _national(office, owner).instance.sentences.first()
    return Made(row, mark=row.text)


@maker("submission_id")
def _submission_in_address(office, owner):
    return _submission(office, owner)


@maker("seal_id")
def _seal(office, owner):
    from nhipcau.reporting.models import Seal
    from tests.support.national import make_asked, make_said, make_seal

    found = Seal.objects.filter(organisation=office).first()
    return Made(found or make_seal(make_asked(make_said(), office=office), reason=_SEALED), mark=_SEALED)


_SEALED = "Niêm phong riêng của một cơ quan"


@maker("reporting.NationalInput")
def _national_input(office, owner):
    return Made(_national(office, owner).instance.inputs.first())


@maker("reporting.NationalSource")
def _national_source(office, owner):
    return Made(_national_sentence(office, owner).instance.sources.first())


@maker("reporting.NationalRecipient")
def _national_recipient(office, owner):
    return Made(_national(office, owner).instance.recipients.first())


@addressed("reporting.NationalReport")
def _nationals(office, owner, receiver):
    from tests.support.national import STATES, make_asked, make_national, make_said

    campaign = make_asked(make_said(), office=office)
    for state in STATES:
        yield state, make_national(campaign, state=state, to=[receiver]), state in {"issued", "recalled"}


@addressed("reporting.NationalRecipient")
def _recipients_of_nationals(office, owner, receiver):
    from tests.support.national import make_asked, make_national, make_said

    campaign = make_asked(make_said(), office=office)
    for state, given in (("approved", False), ("issued", True)):
        yield state, make_national(campaign, state=state, to=[receiver]).recipients.get(), given


# --- workspace: templates


@maker("template_id")
def _template(office, owner):
    from django.utils import timezone

    from nhipcau.workspace.models import DocumentTemplate

    template = DocumentTemplate.objects.create(
        organisation=office,
        kind="digest",
        name="mau-rieng.docx",
        content=b"",
        uploaded_by=owner,
        uploaded_at=timezone.now(),
    )
    return Made(template, mark="mau-rieng.docx")


@maker("template_kind")
def _template_kind(office, owner):
    return Made(office, value="digest")


# --- workspace: notices


@maker("notice_id")
def _notice(office, owner):
    from django.utils import timezone

    from nhipcau.workspace.models import Notice

    given = {
        "kind": "workspace.due",
        "sentence": "Một việc của riêng một người",
        "url": "/",
        "created_at": timezone.now(),
    }
    target = {"target_type": "network.organisation", "target_id": office.pk}
    row, _ = Notice.objects.get_or_create(person=owner, effect="matrix", defaults=given | target)
    return Made(row, mark=row.sentence)


@maker("workspace.NoticeChoice")
def _notice_choice(office, owner):
    from nhipcau.workspace.models import NoticeChoice

    return Made(NoticeChoice.objects.create(person=owner, kind="workspace.due", channel="daily"))


@maker("workspace.NoticeTimes")
def _notice_times(office, owner):
    from datetime import time

    from nhipcau.workspace.models import NoticeTimes

    return Made(NoticeTimes.objects.create(person=owner, daily_at=time(7)))


@maker("workspace.Mail")
def _mail(office, owner):
    from django.utils import timezone

    from nhipcau.workspace.models import Mail

    now = timezone.now()
    return Made(Mail.objects.create(person=owner, message_id="<1@example.org>", created_at=now, next_due=now))


@maker("workspace.RefusedAddress")
def _refused_address(office, owner):
    from django.utils import timezone

    from nhipcau.workspace.models import RefusedAddress

    now = timezone.now()
    return Made(RefusedAddress.objects.create(person=owner, address=owner.email, first_at=now, last_at=now))


# --- workspace: imports

#: Who may do the import of the matrix, by actor id.
_MAY_IMPORT: set[str] = set()


def _sample_import(owner):
    from nhipcau.documents.importing import ImportColumn, Importer, Taken, importer, register

    _MAY_IMPORT.add(owner.actor_id)
    return importer("test.matrix") or register(
        Importer(
            name="test.matrix",
            title="Nhập thử của ma trận",
            columns=[ImportColumn(key="name", label="Tên", required=True)],
            may=lambda actor: actor.actor_id in _MAY_IMPORT,
            take=lambda *, actor, rows: Taken(outcomes=[]),
        )
    )


@maker("import_name")
def _import_name(office, owner):
    return Made(office, value=_sample_import(owner).name)


@maker("import_file_id")
def _import_file(office, owner):
    from nhipcau.workspace.domain.imports import try_import

    content = "Tên;Ghi chú\nA;b".encode()
    kind = _sample_import(owner)
    return Made(try_import(actor=owner, importer=kind, name="matrix-import.csv", content=content), mark="matrix-import")


# --- workspace: saved views


@maker("saved_view_id")
def _saved_view(office, owner):
    from nhipcau.workspace.domain.saved_views import save_view

    return Made(save_view(actor=owner, listing="press.articles", name="Bộ lọc của ma trận", query="country=FR"))


@maker("workspace.DefaultView")
def _default_view(office, owner):
    from nhipcau.workspace.domain.saved_views import save_view
    from nhipcau.workspace.models import DefaultView

    save_view(actor=owner, listing="press.articles", name="Mở đầu", query="country=DE", opens=True)
    return Made(DefaultView.objects.get(person=owner))


DATA |= {("workspace:view_opens", "POST"): {"opens": "1"}}

# --- workspace: work on many rows


@maker("workspace.BulkRun")
def _bulk_run(office, owner):
    from django.utils import timezone

    from nhipcau.workspace.models import BulkRun

    given = {"listing": "press.sources", "action": "pause", "model": "press.source", "done_at": timezone.now()}
    return Made(BulkRun.objects.create(person=owner, **given))


# --- desk

OPEN |= {"health_json": "monitoring programs read states and counts, at this machine or with the operator's token"}
OPEN |= {"preferences": "whoever cannot read the sign-in page changes its language and size first"}

# --- workspace: letters


@maker("letter_id")
def _letter(office, owner):
    from tests.support.letters import make_letter

    return Made(make_letter(office, "Công văn của riêng một cơ quan", state="in_review"), mark="của riêng một cơ quan")


@addressed("workspace.SavedView")
def _saved_views(office, owner, receiver):
    from nhipcau.workspace.models import SavedView

    given = {"person": owner, "listing": "press.articles"}
    yield "kept to oneself", SavedView.objects.create(name="riêng", **given), False
    yield "shared", SavedView.objects.create(name="chung", office=receiver, **given), True


@addressed("workspace.Letter")
def _letters(office, owner, receiver):
    from nhipcau.workspace.models import LetterState
    from tests.support.letters import STATES, make_letter

    for state in STATES:
        yield (
            state,
            make_letter(office, f"Công văn {state}", state=state, to=[receiver]),
            state in {"issued", "recalled"},
        )
    # One that came from outside is the business of the office that registered it.
    letter = make_letter(office, "Công văn đến", state="issued", to=[receiver])
    type(letter).objects.filter(pk=letter.pk).update(state=LetterState.REGISTERED)
    yield "registered", letter, False


@addressed("workspace.LetterRecipient")
def _recipients_of_letters(office, owner, receiver):
    for state, letter, given in _letters(office, owner, receiver):
        yield state, letter.recipients.get(), given


@maker("workspace.LetterRecipient")
def _letter_recipient(office, owner):
    return Made(_letter(office, owner).instance.recipients.first())


@maker("workspace.NumberRegister")
def _number_register(office, owner):
    from nhipcau.workspace.models import NumberRegister

    return Made(NumberRegister.objects.create(organisation=office, register="outgoing", year=2019, last=7))


@maker("workspace.Revision")
def _revision(office, owner):
    from nhipcau.workspace.models import Revision

    letter = _letter(office, owner).instance
    return Made(Revision.objects.get(object_type="workspace.letter", object_id=letter.pk))


@maker("attachment_id")
def _attachment(office, owner):
    from tests.support.letters import make_letter, put_file

    # Still being written: what was submitted keeps its files.
    letter = make_letter(office, "Công văn có tệp", drafter=owner)
    return Made(put_file(letter, owner, "tệp riêng.txt", b"Noi dung rieng cua mot co quan"), mark="Noi dung rieng")


@maker("comment_id")
def _comment(office, owner):
    from django.utils import timezone

    from nhipcau.workspace.models import Comment, on

    letter = _letter(office, owner).instance
    said = {"organisation": office, "author": owner, "text": "Ý kiến riêng trong cơ quan", "made_at": timezone.now()}
    return Made(Comment.objects.create(**on(letter), **said), mark="Ý kiến riêng trong")


@maker("workspace.UnsavedText")
def _unsaved_text(office, owner):
    from django.utils import timezone

    from nhipcau.workspace.models import UnsavedText, on

    letter = _letter(office, owner).instance
    return Made(UnsavedText.objects.create(person=owner, **on(letter), version=1, saved_at=timezone.now()))


@maker("workspace.EditLock")
def _edit_lock(office, owner):
    from django.utils import timezone

    from nhipcau.workspace.models import EditLock, on

    letter, now = _letter(office, owner).instance, timezone.now()
    return Made(EditLock.objects.create(**on(letter), person=owner, since=now, seen_at=now))


# --- programme: directives and tasks

REFERENCE |= {
    "programme.Directive": "everybody works by the same directives",
    "programme.DirectiveLink": "as the directives",
    "programme.Clause": "as the directive",
    "programme.Task": "as the directive",
    "programme.TaskAgency": "as the task",
    "programme.TaskClass": "as the task",
    "programme.TaskNamedOffice": "as the task",
    "programme.Scheme": "as the directives",
    "programme.SchemePhase": "as the scheme",
    "programme.SchemeReview": "as the scheme",
}


@maker("directive_id")
def _directive(office, owner):
    from tests.support.programme import make_directive

    return Made(make_directive(office, "Kế hoạch ai cũng đọc"), mark="Kế hoạch ai cũng đọc")


@maker("clause_id")
def _clause(office, owner):
    from tests.support.programme import make_clause

    return Made(make_clause(office, "Điều khoản ai cũng đọc"), mark="Điều khoản ai cũng đọc")


@maker("task_id")
def _task(office, owner):
    from tests.support.programme import make_task

    return Made(make_task(office, "Nhiệm vụ ai cũng đọc"), mark="Nhiệm vụ ai cũng đọc")


@maker("task_instance_id")
def _task_instance(office, owner):
    from tests.support.programme import make_instance

    made = make_instance(office, word_note="Lời riêng của một cơ quan")
    return Made(made, mark="Lời riêng của một cơ quan")


@addressed("programme.TaskInstance")
def _task_instances(office, owner, receiver):
    from nhipcau.programme.models import InstanceState
    from tests.support.people import make_office
    from tests.support.programme import make_instance

    for state in InstanceState:
        # The receiver took it over only where it was handed over to it.
        made = make_instance(office, giver=make_office(), state=state)
        if state == InstanceState.HANDED_OVER:
            made.successor = make_instance(receiver, task=made.task)
            made.save()
        yield state, made, state == InstanceState.HANDED_OVER


@maker("directive_link_id")
def _directive_link(office, owner):
    from nhipcau.programme.models import DirectiveLink
    from tests.support.programme import make_directive

    link = DirectiveLink.objects.create(later=make_directive(office), earlier=make_directive(office), kind="amends")
    return Made(link)


@maker("scheme_id")
def _scheme(office, owner):
    from tests.support.programme import make_scheme

    return Made(make_scheme(office, "Đề án ai cũng đọc"), mark="Đề án ai cũng đọc")


@maker("scheme_review_id")
def _scheme_review(office, owner):
    from datetime import date

    from nhipcau.programme.models import SchemeReview
    from tests.support.programme import make_scheme

    scheme = make_scheme(office, "Đề án ai cũng đọc")
    return Made(SchemeReview.objects.create(scheme=scheme, kind="final", due_on=date(2030, 12, 31)))


@maker("recommendation_id")
def _recommendation(office, owner):
    from nhipcau.accounts.domain.roles import grant_membership
    from tests.support.people import ACTOR, START, make_office
    from tests.support.programme import make_recommendation

    # The owner acts for both offices, so that each step is somebody's to take.
    asked = make_office()
    for role in ("approver", "drafter"):
        grant_membership(actor=ACTOR, person=owner, organisation=asked, role=role, valid_from=START)
    made = make_recommendation(office, asked, title="Kiến nghị riêng của một cơ quan")
    return Made(made, mark="Kiến nghị riêng của một cơ quan")


@addressed("programme.Recommendation")
def _recommendations(office, owner, receiver):
    from nhipcau.programme.models import RecommendationState
    from tests.support.programme import make_recommendation

    for state in RecommendationState:
        made = make_recommendation(office, receiver, state=state)
        yield state, made, state != RecommendationState.DRAFT
    # A draft that was taken back was never sent.
    yield "withdrawn unsent", make_recommendation(office, receiver, state="withdrawn", sent_at=None), False


# --- workspace: calendars

OPEN |= {"workspace:calendar_feed": "a calendar program cannot sign in; it holds the secret of one person's address"}


@maker("feed_token")
def _feed_token(office, owner):
    from nhipcau.access import opened
    from nhipcau.accounts.models import Person
    from nhipcau.accounts.queries import access_for
    from nhipcau.workspace.domain.calendar_feeds import make_feed
    from tests.support.people import make_person

    # Whoever holds the token is answered; that nobody else is, tests/workspace/test_calendar.py says.
    person = make_person(office=office, roles=["viewer"])
    with opened(access_for(person)):
        token = make_feed(actor=Person.objects.get(pk=person.pk))
    return Made(office, value=token)


@maker("workspace.CalendarFeed")
def _calendar_feed(office, owner):
    from django.utils import timezone

    from nhipcau.workspace.models import CalendarFeed

    return Made(CalendarFeed.objects.create(person=owner, token_hash="0" * 64, made_at=timezone.now()))


# --- reporting


def _of_its_office(office, owner, state):
    """A report of ``office`` to itself, by somebody else than the owner, so that the owner may take its every step."""
    from tests.support.reporting import make_campaign, make_report

    return make_report(office, campaign=make_campaign(office, offices=[office]), state=state)


@maker("report_id")
def _report(office, owner):
    report = _of_its_office(office, owner, "approved")
    return Made(report, mark=report.campaign.title)


@maker("campaign_id")
def _campaign(office, owner):
    from tests.support.reporting import make_campaign

    campaign = make_campaign(office)
    return Made(campaign, mark=campaign.title)


@maker("reporting.ReportForm")
def _report_form(office, owner):
    from tests.support.reporting import make_form, make_plain_form

    return Made(make_form(office, state="draft", form=make_plain_form(key="rieng")).form)


@maker("reporting.FormVersion")
def _form_version(office, owner):
    from tests.support.reporting import make_form

    return Made(make_form(office, state="draft"))


@maker("reporting.CampaignClass")
def _campaign_class(office, owner):
    from tests.support.reporting import make_campaign

    return Made(make_campaign(office, classes={"border_command": None}, offices=[office]).classes.get())


@maker("reporting.CampaignOffice")
def _campaign_office(office, owner):
    return Made(_campaign(office, owner).instance.offices.get())


@maker("reporting.ReportPart")
def _report_part(office, owner):
    from nhipcau.reporting.models import ReportPart
    from tests.support.people import make_office

    report = _of_its_office(office, owner, "open")
    return Made(ReportPart.objects.create(report=report, organisation=make_office()))


@maker("reporting.ReportDraft")
def _report_draft(office, owner):
    return Made(_of_its_office(office, owner, "draft").draft)


@maker("reporting.LockException")
def _lock_exception(office, owner):
    from tests.support.reporting import make_exception

    return Made(make_exception(_of_its_office(office, owner, "accepted")))


@maker("reporting.Submission")
def _submission(office, owner):
    return Made(_of_its_office(office, owner, "submitted").submissions.get())


@maker("reporting.Value")
def _value(office, owner):
    return Made(_submission(office, owner).instance.values.first())


@addressed("reporting.Campaign")
def _campaigns(office, owner, receiver):
    from tests.support.reporting import make_campaign

    for state in ("draft", "open", "closed", "discarded"):
        yield state, make_campaign(office, state=state, offices=[receiver]), state in {"open", "closed"}


@addressed("reporting.Report")
def _reports(office, owner, receiver):
    """Given to the office that asked: the receiver here, who sees every report of its campaign."""
    from tests.support.reporting import STATES, make_campaign, make_report

    for state in STATES:
        campaign = make_campaign(receiver, offices=[office], two_steps=state == "checked")
        yield state, make_report(office, campaign=campaign, state=state), True


@maker("form_version_id")
def _form_version_in_address(office, owner):
    from tests.support.reporting import make_form, make_plain_form

    form = make_plain_form(key="dang_soan", title="Biểu mẫu đang soạn")
    return Made(make_form(office, state="draft", form=form), mark="Biểu mẫu đang soạn")


DATA[("reporting:form_move", "POST")] = {"section": "two", "item": "items", "do": "down"}


@maker("form_verb")
def _form_verb(office, owner):
    return Made(office, value="dung")


# --- programme: plans

REFERENCE |= {"programme.PlanTemplate": "whoever writes or reads a plan must know what it is to contain"}


@maker("plan_id")
def _plan(office, owner):
    from nhipcau.programme.models import Plan
    from tests.support.plans import make_plan

    plan = Plan.objects.filter(organisation=office, year_from=2019).first()
    return Made(
        plan or make_plan(office, year=2019, title="Kế hoạch của riêng một cơ quan"), mark="của riêng một cơ quan"
    )


@maker("plan_part_id")
def _plan_part(office, owner):
    return Made(_plan(office, owner).instance.parts.get(key="focal"), mark="Không có (focal)")


@maker("plan_activity_id")
def _plan_activity(office, owner):
    return Made(_plan(office, owner).instance.activities.first(), mark="Tuần phim Việt Nam")


@maker("plan_recipient_id")
def _plan_recipient(office, owner):
    """Of a plan that was sent to the office: answering is the receiver's."""
    from tests.support.people import make_office
    from tests.support.plans import make_plan

    plan = make_plan(make_office(), year=2019, state="issued", to=[office], title="Kế hoạch gửi riêng một cơ quan")
    return Made(plan.recipients.get(organisation=office), mark="Kế hoạch gửi riêng một cơ quan")


DATA |= {
    ("programme:plan_part_write", "POST"): {"text": "Phòng Thông tin.", "version": "2"},
    ("programme:plan_activity_write", "POST"): {"title": "Tuần sách Việt Nam", "version": "1"},
    ("programme:plan_return", "POST"): {"reason": "Bổ sung dự toán."},
}


@addressed("programme.Plan")
def _plans(office, owner, receiver):
    from tests.support.plans import STATES, make_plan

    for year, state in enumerate(STATES, 2020):
        plan = make_plan(office, state=state, to=[receiver], year=year)
        yield state, plan, state in {"issued", "recalled", "replaced"}


def _plan_before_and_after_issue(office, receiver):
    """A plan still inside its office, and one that was sent: what is in a plan is asked by the plan's rule."""
    from tests.support.plans import make_plan

    for year, state, given in ((2020, "approved", False), (2021, "issued", True)):
        yield state, make_plan(office, state=state, to=[receiver], year=year), given


@addressed("programme.PlanPart")
def _parts_of_plans(office, owner, receiver):
    for state, plan, given in _plan_before_and_after_issue(office, receiver):
        yield state, plan.parts.first(), given


@addressed("programme.PlanActivity")
def _activities_of_plans(office, owner, receiver):
    for state, plan, given in _plan_before_and_after_issue(office, receiver):
        yield state, plan.activities.get(), given


@addressed("programme.PlanRecipient")
def _recipients_of_plans(office, owner, receiver):
    for state, plan, given in _plan_before_and_after_issue(office, receiver):
        yield state, plan.recipients.get(organisation=receiver), given


@maker("reporting.GivenWorkbook")
def _given_workbook(office, owner):
    from tests.support.workbooks import make_given_workbook

    return Made(make_given_workbook(office))


@maker("given_workbook_id")
def _given_workbook_in_address(office, owner):
    """Beside a report of its own: the address names both, and each is looked for under the rights of the reader."""
    return _given_workbook(office, owner)


@maker("plan_template_id")
def _plan_template(office, owner):
    from nhipcau.programme.domain.plan_templates import load_plan_template
    from tests.support.people import ACTOR

    return Made(load_plan_template(actor=ACTOR), mark="Kế hoạch hoạt động thông tin đối ngoại")


@maker("plan_format")
def _plan_format(office, owner):
    return Made(_plan(office, owner).instance, value="docx")


@maker("taken_plan_id")
def _taken_plan(office, owner):
    """A file is packed: nobody reads a mark in its bytes."""
    return Made(_plan(office, owner).instance)
