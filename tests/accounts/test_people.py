import pytest
from django.contrib.auth.hashers import identify_hasher
from django.db import IntegrityError, transaction

from nhipcau.access import Actor, NoAccessOpenError, PermissionDeniedError, SystemActor, opened
from nhipcau.accounts.domain.people import (
    PersonError,
    change_preferences,
    create_person,
    person_sort_key,
    set_password,
)
from nhipcau.accounts.models import Person
from nhipcau.accounts.queries import access_for
from nhipcau.audit.models import Entry
from tests.support.people import PASSWORD, make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")


def test_person_is_created_as_they_write_themselves(as_system):
    decomposed = "Trần  Thị\u00a0Hoà"

    person = create_person(actor=ACTOR, email=" Hoa.Tran@Example.ORG ", name=decomposed, password=PASSWORD)

    kept = Person.objects.get(pk=person.pk)
    assert (kept.email, kept.name, str(kept)) == ("hoa.tran@example.org", "Trần Thị Hoà", "Trần Thị Hoà")
    assert (kept.language, kept.text_size, kept.theme) == ("vi", "normal", "system")
    assert (kept.is_active, kept.is_system_owner, kept.is_staff, kept.sample) == (True, False, False, False)
    assert kept.check_password(PASSWORD)


def test_creation_is_on_record_without_the_password(as_system):
    person = make_person("Lê Văn An")

    entry = Entry.objects.get(verb="accounts.create_person", object_id=person.pk)
    assert entry.object_label == "Lê Văn An"
    assert set(entry.changes) == {"email", "language", "is_system_owner", "sample"}


def test_person_is_an_actor(as_system):
    person = make_person("Lê Văn An")
    assert isinstance(person, Actor)
    assert (person.actor_id, person.actor_label) == (f"person:{person.pk}", "Lê Văn An")


def test_people_stand_by_given_name_then_family_name(as_system):
    for text in ("Nguyễn Văn Ân", "Trần Thị An", "Lê An", "Đỗ Bình", "Nguyễn Thị An"):
        make_person(text)

    assert [p.name for p in Person.objects.all()] == [
        "Lê An",
        "Nguyễn Thị An",
        "Trần Thị An",
        "Nguyễn Văn Ân",
        "Đỗ Bình",
    ]


def test_sort_key_of_one_name_is_a_key():
    assert person_sort_key("Madonna") > person_sort_key("An")


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "not an address"},
        {"email": ""},
        {"email": "a@b.c" * 60},
        {"name": "  "},
        {"name": "x" * 201},
        {"password": "ngắn"},
        {"password": "123456789012"},
        {"language": "fr"},
    ],
    ids=str,
)
def test_person_that_cannot_be_is_refused(as_system, wrong):
    with pytest.raises(PersonError, match=r"\w+ \w+"):
        create_person(actor=ACTOR, **({"email": "a@example.org", "name": "An", "password": PASSWORD} | wrong))
    assert not Person.objects.exists()


def test_address_signs_in_one_person_however_it_is_typed(as_system):
    make_person(email="an@example.org")
    with pytest.raises(PersonError, match=r"an@example\.org"):
        make_person(email="AN@Example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="AN@example.org", name="An")


def test_person_without_a_password_cannot_be_signed_in_to(as_system):
    person = make_person(password=None)
    assert not person.has_usable_password()
    assert not person.check_password("")


def test_people_are_created_by_the_system_and_its_owner_only(as_system):
    office = make_office()
    for actor in (make_person(), make_person(office=office, roles=["office_administrator"])):
        with pytest.raises(PermissionDeniedError):
            create_person(actor=actor, email="new@example.org", name="Mới")
    assert create_person(actor=make_person(is_system_owner=True), email="new@example.org", name="Mới").pk


def test_people_are_hidden_from_strangers_and_named_to_colleagues(two_offices):
    with pytest.raises(NoAccessOpenError):
        Person.objects.exists()
    with opened(access_for(two_offices.theirs.drafter)):
        assert two_offices.ours.drafter in Person.objects.all()


def test_password_is_changed_by_its_owner_and_by_nobody_else(as_system):
    person, owner = make_person(), make_person(is_system_owner=True)
    for actor in (owner, make_person()):
        with pytest.raises(PermissionDeniedError):
            set_password(actor=actor, person=person, password="một câu dài khác hẳn")
    set_password(actor=person, person=person, password="một câu dài khác hẳn")

    assert Person.objects.get(pk=person.pk).check_password("một câu dài khác hẳn")
    assert Entry.objects.get(verb="accounts.set_password").changes is None


def test_weak_password_is_refused_and_the_old_one_stays(as_system):
    person = make_person()
    with pytest.raises(PersonError):
        set_password(actor=person, person=person, password="ngắn")
    assert Person.objects.get(pk=person.pk).check_password(PASSWORD)


def test_preferences_are_changed_by_their_owner(as_system):
    person = make_person()

    change_preferences(actor=person, person=person, text_size="large", theme="dark")
    change_preferences(actor=person, person=person, text_size="large")

    kept = Person.objects.get(pk=person.pk)
    assert (kept.language, kept.text_size, kept.theme) == ("vi", "large", "dark")
    assert Entry.objects.get(verb="accounts.change_preferences").changes == {
        "text_size": ["normal", "large"],
        "theme": ["system", "dark"],
    }


def test_preferences_of_another_are_not_changed(as_system):
    for actor in (make_person(), make_person(is_system_owner=True), ACTOR):
        with pytest.raises(PermissionDeniedError):
            change_preferences(actor=actor, person=make_person(), theme="dark")


@pytest.mark.parametrize("wrong", [{"theme": "pink"}, {"language": "fr"}, {"text_size": ""}], ids=str)
def test_preference_that_does_not_exist_is_refused(as_system, wrong):
    person = make_person()
    with pytest.raises(PersonError):
        change_preferences(actor=person, person=person, **wrong)
    assert not Entry.objects.filter(verb="accounts.change_preferences").exists()


def test_system_owner_is_let_into_the_admin_and_holds_no_right_by_it(as_system):
    owner = make_person(is_system_owner=True)
    assert (owner.is_staff, owner.has_module_perms("accounts")) == (True, True)
    assert not owner.has_perm("accounts.manage_memberships", make_office())
    owner.is_active = False
    assert (owner.is_staff, owner.has_perm("accounts.create_person")) == (False, False)


def test_passwords_are_kept_by_argon2_at_its_full_cost():
    from nhipcau.config import settings as installation

    (path,) = installation.PASSWORD_HASHERS
    assert path == "django.contrib.auth.hashers.Argon2PasswordHasher"
    from django.contrib.auth.hashers import Argon2PasswordHasher

    parameters = Argon2PasswordHasher().params()
    # OWASP's password storage cheat sheet asks for 19 MiB, two passes, one lane, or more.
    assert parameters.memory_cost >= 19 * 1024
    assert parameters.time_cost >= 2
    assert identify_hasher("argon2$argon2id$x").algorithm == "argon2"
