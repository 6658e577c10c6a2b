"""What the screens about people share: whose offices are the reader's, and what a refused change says."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.http import Http404

from nhipcau.access import PermissionDeniedError, current
from nhipcau.accounts import queries
from nhipcau.accounts.domain.deputies import DeputyshipError
from nhipcau.accounts.domain.focal import FocalDutyError
from nhipcau.accounts.domain.invitations import InvitationError
from nhipcau.accounts.domain.people import PersonError
from nhipcau.accounts.domain.roles import MembershipError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.forms import Form

    from nhipcau.network.models import Organisation

REFUSALS = (DeputyshipError, FocalDutyError, InvitationError, MembershipError, PersonError, PermissionDeniedError)


def my_offices() -> QuerySet[Organisation]:
    """The offices whose people the reader keeps.

    Raises:
        PermissionDeniedError: there is none.
    """
    offices = queries.offices_administered(current())
    if not offices.exists():
        raise PermissionDeniedError
    return offices


def my_offices_or_404() -> QuerySet[Organisation]:
    """The same where not even the existence of the screen is said.

    Raises:
        Http404: there is none.
    """
    try:
        return my_offices()
    except PermissionDeniedError as error:
        raise Http404 from error


@contextmanager
def refusals_in(form: Form) -> Iterator[None]:
    """A sentence of the domain becomes one of the form: nothing was done, and what was typed stays."""
    try:
        yield
    except REFUSALS as error:
        form.add_error(None, str(error))


def filled(request: Any, form: type[Form], **options: Any) -> Form:
    """The form with what was sent, or empty."""
    return form(request.POST if request.method == "POST" else None, **options)
