"""Accounts of people: made, given a password, set as their owner likes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.accounts.models import Person
from nhipcau.audit.domain.record import record
from nhipcau.text import fold, nfc, sort_key

if TYPE_CHECKING:
    from nhipcau.access import Actor


class PersonError(Exception):
    """An account cannot be made or changed as asked; the sentence says why."""


def person_sort_key(name: str) -> str:
    """Vietnamese lists of people go by given name, which stands last, then by family and middle name."""
    *before, given = name.split()
    key = sort_key(" ".join([given, *before]))
    return key[: Person._meta.get_field("sort_key").max_length]


def person_folded(name: str, email: str) -> str:
    """What a search looks through: each word of name and address, folded, with a space before it."""
    words = " ".join([*fold(name).split(), *fold(email).split()])
    return f" {words}"[: Person._meta.get_field("folded").max_length]


def create_person(
    *,
    actor: Actor,
    email: str,
    name: str,
    password: str | None = None,
    language: str = "vi",
    is_system_owner: bool = False,
    sample: bool = False,
) -> Person:
    """Make an account; without a password nobody can sign in to it until one is set.

    Raises:
        PermissionDeniedError: the actor may not.
        PersonError: the address, the name or the password cannot be; nothing was made.
    """
    with transaction.atomic():
        require("accounts.create_person", actor)
        person = new_person(
            email=email, name=name, password=password, language=language, is_system_owner=is_system_owner, sample=sample
        )
        person.save(force_insert=True)
        payload = {"email": person.email, "language": language, "is_system_owner": is_system_owner, "sample": sample}
        record(actor=actor, verb="accounts.create_person", target=person, payload=payload)
    return person


def new_person(*, email: str, name: str, password: str | None = None, **fields: Any) -> Person:
    """An account that could be stored, and is not yet: for the functions that make one.

    Raises:
        PersonError: the address, the name or the password cannot be.
    """
    person = Person(email=email.strip().lower(), name=" ".join(nfc(name).split()), **fields)
    _check_new(person)
    person.sort_key = person_sort_key(person.name)
    person.folded = person_folded(person.name, person.email)
    _use_password(person, password)
    return person


def _check_new(person: Person) -> None:
    if not person.name:
        raise PersonError(gettext("A person needs a name."))
    try:
        validate_email(person.email)
        person.clean_fields(exclude=["password", "sort_key"])
    except ValidationError as error:
        raise PersonError(f"{person.email}: {' '.join(error.messages)}") from error
    if Person.objects.filter(email=person.email).exists():
        raise PersonError(gettext("%(email)s: somebody signs in by this address already.") % {"email": person.email})


def _use_password(person: Person, password: str | None) -> None:
    if password is None:
        person.set_unusable_password()
        return
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise PersonError(" ".join(error.messages)) from error
    person.set_password(password)


def set_password(*, actor: Actor, person: Person, password: str) -> None:
    """Give an account a new password; every session signed in with the old one ends.

    Raises:
        PermissionDeniedError: the actor is neither that person nor the system.
        PersonError: the password is too weak.
    """
    with transaction.atomic():
        require("accounts.set_password", actor, person)
        _use_password(person, password)
        person.save(update_fields=["password"])
        record(actor=actor, verb="accounts.set_password", target=person)


def change_preferences(
    *,
    actor: Actor,
    person: Person,
    language: str | None = None,
    text_size: str | None = None,
    theme: str | None = None,
) -> None:
    """Set how a person reads the desk; None leaves a preference as it is.

    Raises:
        PermissionDeniedError: the actor is not that person.
        PersonError: there is no such language, size or theme.
    """
    given = {"language": language, "text_size": text_size, "theme": theme}
    wanted = {name: value for name, value in given.items() if value is not None and value != getattr(person, name)}
    with transaction.atomic():
        require("accounts.change_preferences", actor, person)
        if not wanted:
            return
        payload = {name: [getattr(person, name), value] for name, value in wanted.items()}
        for name, value in wanted.items():
            setattr(person, name, value)
        try:
            person.clean_fields(exclude={field.name for field in Person._meta.fields} - wanted.keys())
        except ValidationError as error:
            raise PersonError(" ".join(error.messages)) from error
        person.save(update_fields=list(wanted))
        record(actor=actor, verb="accounts.change_preferences", target=person, payload=payload)
