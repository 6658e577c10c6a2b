"""Report forms: a version is written, put into use, and from then on stays as it is; the next version follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.rights import require
from nhipcau.accounts.models import Person
from nhipcau.audit.domain.record import record
from nhipcau.documents.forms import Form, FormError
from nhipcau.reporting.models import FormState, FormVersion, ReportForm
from nhipcau.reporting.outline import outline
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation


def load_outline(*, actor: Actor, organisation: Organisation) -> FormVersion:
    """The form that comes with the program, in use by an office; the one that is there where it has it already.

    Raises:
        PermissionDeniedError: the actor does not coordinate for that office.
    """
    plain = outline()
    own = ReportForm.objects.filter(organisation=organisation, key=_key(plain))
    in_use = FormVersion.objects.filter(form__in=own, state=FormState.PUBLISHED)
    found: FormVersion | None = in_use.first()
    if found is not None:
        return found
    with transaction.atomic():
        version = draft_form(actor=actor, organisation=organisation, definition=plain.to_plain())
        return publish_form(actor=actor, version=version)


def draft_form(*, actor: Actor, organisation: Organisation, definition: Mapping[str, Any]) -> FormVersion:
    """Begin the next version of a form; the first one of a key begins the form.

    Raises:
        PermissionDeniedError: the actor does not coordinate for that office.
        IncompleteError: the definition is no form; the sentence says why.
        WrongStateError: a version of it is being written already.
    """
    with transaction.atomic():
        require("reporting.draft_form", actor, organisation)
        plain = _checked(definition)
        form, _made = ReportForm.objects.get_or_create(
            organisation=organisation,
            key=_key(plain),
            defaults={"title": plain.title[:300], "sample": organisation.sample},
        )
        versions = FormVersion.objects.select_for_update().filter(form=form)
        if versions.filter(state=FormState.DRAFT).exists():
            raise WrongStateError(gettext("A version of this form is being written already: go on with that one."))
        number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
        version = FormVersion(form=form, number=number, drafter=actor if isinstance(actor, Person) else None)
        _put(version, plain)
        _record(actor, "reporting.draft_form", version, {"version": [None, number]})
    return version


def edit_form(*, actor: Actor, version: FormVersion, definition: Mapping[str, Any], seen: datetime) -> FormVersion:
    """Write a version of a form that is not in use yet.

    Args:
        actor: a coordinator of its office.
        version: the version.
        definition: all of it.
        seen: when the version that the actor had read was changed last.

    Raises:
        PermissionDeniedError: the actor does not coordinate for its office.
        WrongStateError: it is in use, or withdrawn.
        ConflictError: somebody changed it meanwhile.
        IncompleteError: the definition is no form; the sentence says why. Nothing was stored.
    """
    with transaction.atomic():
        row = _held(version)
        require("reporting.edit_form", actor, row.form)
        _expect(row, FormState.DRAFT)
        if row.changed_at != seen:
            raise ConflictError(gettext("Somebody else changed this form meanwhile. Look at it again."))
        _put(row, _checked(definition))
        _record(actor, "reporting.edit_form", row, {})
    return row


def publish_form(*, actor: Actor, version: FormVersion) -> FormVersion:
    """Put a version of a form into use: campaigns may ask by it, and it stays as it is.

    Raises:
        PermissionDeniedError: the actor does not coordinate for its office.
        WrongStateError: it is in use already, or withdrawn.
    """
    with transaction.atomic():
        row = _held(version)
        require("reporting.publish_form", actor, row.form)
        _expect(row, FormState.DRAFT)
        row.published_at = timezone.now()
        return _move(actor, "reporting.publish_form", row, FormState.PUBLISHED)


def withdraw_form(*, actor: Actor, version: FormVersion) -> FormVersion:
    """Take a version out of use, or put a draft aside: no new campaign asks by it; those that do go on.

    Raises:
        PermissionDeniedError: the actor does not coordinate for its office.
        WrongStateError: it is withdrawn already.
    """
    with transaction.atomic():
        row = _held(version)
        require("reporting.withdraw_form", actor, row.form)
        _expect(row, FormState.DRAFT, FormState.PUBLISHED)
        return _move(actor, "reporting.withdraw_form", row, FormState.WITHDRAWN)


def _checked(definition: Mapping[str, Any]) -> Form:
    try:
        return Form.from_plain(definition)
    except FormError as error:
        raise IncompleteError(error.sentence.told(gettext), "definition") from error


def _put(version: FormVersion, plain: Form) -> None:
    version.definition = {**plain.to_plain(), "version": version.number}
    version.save()
    ReportForm.objects.filter(pk=version.form_id).update(title=plain.title[:300])


def _key(plain: Form) -> str:
    return plain.key.replace("_", "-")


def _held(version: FormVersion) -> FormVersion:
    row: FormVersion | None = FormVersion.objects.select_for_update().filter(pk=version.pk).first()
    if row is None:
        raise PermissionDeniedError(gettext("This form is not there for you."))
    return row


def _expect(version: FormVersion, *states: FormState) -> None:
    if version.state not in states:
        sentence = gettext("The form is in the state “%(state)s” now, so this cannot be done.")
        raise WrongStateError(sentence % {"state": version.get_state_display()})


def _move(actor: Actor, verb: str, version: FormVersion, state: FormState) -> FormVersion:
    before, version.state = version.state, state
    version.save()
    _record(actor, verb, version, {"state": [before, state.value]})
    return version


def _record(actor: Actor, verb: str, version: FormVersion, payload: Mapping[str, object]) -> None:
    record(actor=actor, verb=verb, target=version, organisation=version.form.organisation, payload=payload)
