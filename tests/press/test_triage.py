import pytest

from nhipcau import access
from nhipcau.access import PermissionDeniedError
from nhipcau.accounts.queries import access_for
from nhipcau.audit.models import Entry
from nhipcau.press.domain import triage
from nhipcau.press.domain.entries import write_entry
from nhipcau.press.domain.errors import NotInDigestError
from nhipcau.press.models import Digest, DigestChoice, DigestEntry
from nhipcau.workspace.domain.errors import IncompleteError, RecipientError, WrongStateError
from nhipcau.workspace.models import Notice
from tests.support.articles import make_article
from tests.support.digests import make_built, make_digest
from tests.support.people import make_person

pytestmark = pytest.mark.both_databases


@pytest.fixture
def morning(office, analyst):
    """The analyst's access, the digest as built, its articles: two of one story, one of another, one of none."""
    with access.system("test"):
        digest, articles = make_built(office, "s1", "s1", "s2", None)
    with access.opened(access_for(analyst)):
        yield digest, articles


def entered(digest):
    rows = DigestEntry.objects.filter(digest=digest, removed_at__isnull=True).select_related("article", "story")
    return [(row.story and row.story.engine_id, row.article.title, row.place) for row in rows]


def test_keeping_an_item_enters_its_story_once(morning, analyst):
    digest, articles = morning

    for article in articles:
        triage.keep_item(actor=analyst, digest=digest, article=article)

    assert entered(digest) == [("s1", articles[0].title, 0), ("s2", articles[2].title, 1), (None, articles[3].title, 2)]
    with access.system("test"):
        assert Entry.objects.filter(verb="press.keep_item").count() == 3


def test_dropping_needs_a_reason_and_takes_the_entry_of_the_story_out(morning, analyst):
    digest, articles = morning
    triage.keep_item(actor=analyst, digest=digest, article=articles[0])

    with pytest.raises(IncompleteError):
        triage.drop_item(actor=analyst, digest=digest, article=articles[0], reason="")
    with pytest.raises(IncompleteError):
        triage.drop_item(actor=analyst, digest=digest, article=articles[0], reason="other")
    assert len(entered(digest)) == 1

    triage.drop_item(actor=analyst, digest=digest, article=articles[1], reason="other", words="đã đăng trên cổng")

    assert entered(digest) == []
    choice = DigestChoice.objects.get()
    assert (choice.decision, choice.reason, choice.note) == ("dropped", "other", "đã đăng trên cổng")


def test_taking_back_undoes_one_thing_after_the_other(morning, analyst):
    digest, articles = morning
    triage.keep_item(actor=analyst, digest=digest, article=articles[0])
    triage.drop_item(actor=analyst, digest=digest, article=articles[2], reason="old")

    assert triage.take_back(actor=analyst, digest=digest).article == articles[2]
    assert DigestChoice.objects.get(article=articles[2]).decision == ""
    assert triage.take_back(actor=analyst, digest=digest).article == articles[0]

    assert entered(digest) == []
    with pytest.raises(IncompleteError):
        triage.take_back(actor=analyst, digest=digest)


def test_an_entry_that_comes_back_has_its_words(morning, analyst):
    digest, articles = morning
    triage.keep_item(actor=analyst, digest=digest, article=articles[2])
    entry = DigestEntry.objects.get(digest=digest)
    write_entry(actor=analyst, entry=entry, values={"headline": "Viết rồi"}, version=1)
    triage.reopen_item(actor=analyst, digest=digest, article=articles[2])
    assert entered(digest) == []

    triage.keep_item(actor=analyst, digest=digest, article=articles[2])

    assert DigestEntry.objects.get(digest=digest, removed_at__isnull=True).headline == "Viết rồi"


def test_an_item_is_given_to_a_colleague_who_is_told(morning, analyst, office):
    digest, articles = morning
    with access.system("test"):
        colleague = make_person("Trần Thị Cùng", office=office, roles=["press_analyst"])
        stranger = make_person()

    choice = triage.assign_item(actor=analyst, digest=digest, article=articles[0], to=colleague)

    assert (choice.assignee, choice.decision) == (colleague, "")
    with access.system("test"):
        assert list(Notice.objects.values_list("person", "kind")) == [(colleague.pk, "press.items.assigned")]
    with pytest.raises(RecipientError):
        triage.assign_item(actor=analyst, digest=digest, article=articles[0], to=stranger)
    assert triage.take_back(actor=analyst, digest=digest).assignee is None


def test_only_items_of_the_digest_are_chosen(morning, analyst):
    digest, _articles = morning
    with access.system("test"):
        other = make_article()

    with pytest.raises(NotInDigestError):
        triage.keep_item(actor=analyst, digest=digest, article=other)


def test_what_is_submitted_is_not_triaged_any_more(office, analyst):
    with access.system("test"):
        digest = make_digest(office, state="in_review", analyst=analyst)
        article = digest.articles.first().article
    with access.opened(access_for(analyst)), pytest.raises(WrongStateError):
        triage.drop_item(actor=analyst, digest=digest, article=article, reason="old")


def test_nobody_else_triages(morning, office, two_offices):
    digest, articles = morning
    with access.system("test"):
        approver = make_person(office=office, roles=["approver"])
    for person in (approver, two_offices.theirs.drafter):
        with access.opened(access_for(person)), pytest.raises(PermissionDeniedError):
            triage.keep_item(actor=person, digest=digest, article=articles[0])
    assert not DigestChoice.objects.exists()
    assert Digest.objects.get().state == "draft"
