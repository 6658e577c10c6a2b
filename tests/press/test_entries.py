import random

import pytest

from nhipcau import access
from nhipcau.access import PermissionDeniedError
from nhipcau.accounts.queries import access_for
from nhipcau.press.domain.entries import add_story, move_entry, put_back_entry, remove_entry, write_entry
from nhipcau.press.domain.errors import NotInDigestError
from nhipcau.press.models import Digest, DigestEntry, DigestStory
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from nhipcau.workspace.models import Revision, UnsavedText, on
from tests.support.digests import make_built
from tests.support.people import make_person

pytestmark = pytest.mark.both_databases


@pytest.fixture
def written(office, analyst):
    """A digest with three entries; the analyst's access is open."""
    with access.system("test"):
        digest, _articles = make_built(office, "s1", "s2", "s3")
    with access.opened(access_for(analyst)):
        for story in DigestStory.objects.filter(digest=digest):
            add_story(actor=analyst, digest=digest, entry=story)
        yield digest


@pytest.fixture
def colleague(office):
    with access.system("test"):
        return make_person("Trần Thị Cùng", office=office, roles=["press_analyst"])


def order(digest):
    return [row.story.engine_id for row in DigestEntry.objects.filter(digest=digest).select_related("story")]


def test_writing_keeps_every_version_with_its_writer(written, analyst, colleague):
    entry = DigestEntry.objects.filter(digest=written).first()
    write_entry(actor=analyst, entry=entry, values={"headline": "Một  tiêu đề", "gist": "Ý chính."}, version=1)
    with access.opened(access_for(colleague)):
        saved = write_entry(actor=colleague, entry=entry, values={"headline": "Tiêu đề khác"}, version=2)

    assert (saved.headline, saved.gist, saved.version, saved.writer) == ("Tiêu đề khác", "Ý chính.", 3, colleague)
    kept = Revision.objects.filter(**on(entry)).order_by("number")
    assert [(row.number, row.person, row.fields["headline"]) for row in kept] == [
        (1, analyst, ""),
        (2, analyst, "Một tiêu đề"),
        (3, colleague, "Tiêu đề khác"),
    ]


def test_the_same_words_again_are_no_version(written, analyst):
    entry = DigestEntry.objects.filter(digest=written).first()
    write_entry(actor=analyst, entry=entry, values={"headline": "Một"}, version=1)

    assert write_entry(actor=analyst, entry=entry, values={"headline": "Một"}, version=2).version == 2


def test_two_who_change_different_fields_are_joined(written, analyst, colleague):
    entry = DigestEntry.objects.filter(digest=written).first()
    write_entry(actor=analyst, entry=entry, values={"headline": "Của tôi", "gist": "", "note": ""}, version=1)
    with access.opened(access_for(colleague)):
        mine = {"headline": "", "gist": "Của bạn", "note": ""}
        saved = write_entry(actor=colleague, entry=entry, values=mine, version=1)

    assert (saved.headline, saved.gist) == ("Của tôi", "Của bạn")


def test_two_who_change_the_same_words_are_told_and_both_texts_are_kept(written, analyst, colleague):
    entry = DigestEntry.objects.filter(digest=written).first()
    write_entry(actor=analyst, entry=entry, values={"headline": "Của tôi"}, version=1)
    with access.opened(access_for(colleague)):
        with pytest.raises(ConflictError):
            write_entry(actor=colleague, entry=entry, values={"headline": "Của bạn"}, version=1)
        kept = UnsavedText.objects.get()
        assert (kept.values, kept.version) == ({"headline": ["Của bạn"]}, 1)

        write_entry(actor=colleague, entry=entry, values={"headline": "Của hai người"}, version=2)

        assert not UnsavedText.objects.exists()
    entry.refresh_from_db()
    assert entry.headline == "Của hai người"


def test_what_is_typed_while_it_is_submitted_is_kept(written, analyst):
    entry = DigestEntry.objects.filter(digest=written).first()
    with access.system("test"):
        Digest.objects.update(state="in_review")

    with pytest.raises(WrongStateError):
        write_entry(actor=analyst, entry=entry, values={"headline": "Đang gõ"}, version=1)

    assert UnsavedText.objects.get().values == {"headline": ["Đang gõ"]}


@pytest.mark.parametrize("values", [{"headline": "x" * 501}, {"section": "không có"}], ids=["long", "section"])
def test_what_cannot_be_is_said_at_its_field(written, analyst, values):
    entry = DigestEntry.objects.filter(digest=written).first()
    with pytest.raises(IncompleteError) as caught:
        write_entry(actor=analyst, entry=entry, values=values, version=1)
    assert caught.value.field == next(iter(values))


def test_entries_are_moved_one_behind_another(written, analyst):
    first, second, third = DigestEntry.objects.filter(digest=written)

    move_entry(actor=analyst, entry=first, after=second)
    assert order(written) == ["s2", "s1", "s3"]
    move_entry(actor=analyst, entry=third, after=None)
    assert order(written) == ["s3", "s2", "s1"]


def test_an_entry_is_not_moved_behind_one_of_another_digest(written, analyst, two_offices):
    with access.system("test"):
        other, _articles = make_built(two_offices.theirs.office, records=[])
        stranger = DigestEntry(digest=other, pk=10**6)
    entry = DigestEntry.objects.filter(digest=written).first()

    with pytest.raises(NotInDigestError):
        move_entry(actor=analyst, entry=entry, after=stranger)


def test_what_is_taken_out_comes_back_to_its_place(written, analyst):
    entry = DigestEntry.objects.filter(digest=written)[1]

    remove_entry(actor=analyst, entry=entry)
    assert DigestEntry.objects.filter(digest=written, removed_at__isnull=True).count() == 2
    put_back_entry(actor=analyst, entry=entry)

    assert order(written) == ["s1", "s2", "s3"]
    assert not DigestEntry.objects.filter(removed_at__isnull=False).exists()


def test_nobody_else_writes(written, two_offices):
    entry = DigestEntry.objects.filter(digest=written).first()
    stranger = two_offices.theirs.drafter
    with access.opened(access_for(stranger)), pytest.raises(PermissionDeniedError):
        write_entry(actor=stranger, entry=entry, values={"headline": "Của người lạ"}, version=1)


class Editor:
    """One of two who have the same entry open: a form, and the version it was opened with."""

    def __init__(self, person, entry, chance):
        self.person, self.chance = person, chance
        self.load(entry)

    def load(self, entry):
        self.entry, self.version = entry, entry.version
        self.form = {name: getattr(entry, name) for name in ("headline", "gist", "note")}

    def type(self, word):
        self.form[self.chance.choice(list(self.form))] += f" {word}"

    def save(self):
        """Save; where both changed the same words, read what is kept and put both texts together. Whether told so."""
        with access.opened(access_for(self.person)):
            try:
                self.load(write_entry(actor=self.person, entry=self.entry, values=self.form, version=self.version))
            except ConflictError:
                mine = {name: texts[0] for name, texts in UnsavedText.objects.get(person=self.person).values.items()}
                assert {name: text.split() for name, text in mine.items()} == {
                    name: text.split() for name, text in self.form.items()
                }
                theirs = DigestEntry.objects.get(pk=self.entry.pk)
                both = {name: f"{getattr(theirs, name)} {mine[name]}" for name in mine}
                self.load(theirs)
                self.form = both
                return True
        return False


def interleave(entry, people, seed):
    """Two people type and save in a random order; the words typed, how often one was told of a conflict."""
    chance = random.Random(seed)
    editors = [Editor(person, entry, chance) for person in people]
    typed, told = [], 0
    for step in range(chance.randint(6, 14)):
        editor = chance.choice(editors)
        if chance.random() < 0.6:
            typed.append(f"t{seed}x{step}")
            editor.type(typed[-1])
        else:
            told += editor.save()
    for editor in editors * 2:
        while editor.save():
            told += 1
    return typed, told


def assert_nothing_is_lost(entry, people, seeds):
    told = 0
    for seed in seeds:
        with access.system("test"):
            fresh = DigestEntry.objects.get(pk=entry.pk)
        typed, conflicts = interleave(fresh, people, seed)
        told += conflicts
        with access.system("test"):
            now = DigestEntry.objects.get(pk=entry.pk)
        words = f"{now.headline} {now.gist} {now.note}".split()
        assert set(typed) <= set(words), f"seed {seed}"
        with access.system("test"):
            DigestEntry.objects.filter(pk=entry.pk).update(headline="", gist="", note="")
            Revision.objects.filter(**on(entry), number=now.version).update(
                fields={"headline": "", "gist": "", "note": "", "section": now.section}
            )
    return told


def test_two_at_once_lose_nothing(written, analyst, colleague):
    entry = DigestEntry.objects.filter(digest=written).first()

    assert assert_nothing_is_lost(entry, [analyst, colleague], range(8)) > 2


@pytest.mark.long
def test_a_thousand_interleavings_lose_nothing(written, analyst, colleague):
    entry = DigestEntry.objects.filter(digest=written).first()

    assert assert_nothing_is_lost(entry, [analyst, colleague], range(1000)) > 250
