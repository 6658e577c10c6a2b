"""Issuing and receiving documents of any kind: number, date, signer and post on one side, the receipt on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.workspace.domain.errors import IncompleteError
from nhipcau.workspace.domain.numbering import take_number
from nhipcau.workspace.models import Register

if TYPE_CHECKING:
    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation
    from nhipcau.workspace.models import Issued, Received


def fix_issue(
    document: Issued,
    *,
    organisation: Organisation,
    signer: Person,
    post: str,
    register: str = Register.OUTGOING,
) -> dict[str, Any]:
    """Give a document its number, today's date (Asia/Ho_Chi_Minh), signer and post. In the caller's transaction.

    Returns:
        What was fixed, for the audit entry.

    Raises:
        IncompleteError: it has no symbol, no place, or the signer has no post.
        NotInTransactionError: no transaction is open.
    """
    for value, field, sentence in (
        (document.symbol, "symbol", gettext("It cannot be issued without a symbol.")),
        (document.place, "place", gettext("It cannot be issued without the place of issue.")),
        (post.strip(), "post", gettext("It cannot be issued without the signer's post.")),
    ):
        if not value.strip():
            raise IncompleteError(sentence, field)
    now = timezone.now()
    document.issued_at, document.issued_on = now, timezone.localdate(now)
    document.issue_register, document.issue_year = register, document.issued_on.year
    document.issue_number = take_number(organisation=organisation, register=register, year=document.issue_year)
    document.issuer_name = organisation.name_vi
    document.signer, document.signer_name, document.signer_post = signer, signer.name, " ".join(post.split())
    return {
        "number_and_symbol": [None, document.number_and_symbol],
        "issued_on": [None, document.issued_on],
        "signer": [None, signer.actor_id],
        "signer_post": [None, document.signer_post],
    }


def fix_receipt(receipt: Received, *, organisation: Organisation, person: Person | None) -> dict[str, Any]:
    """Give an arrival its moment, the person who took it in and its number in the incoming book.

    Returns:
        What was fixed, for the audit entry.

    Raises:
        NotInTransactionError: no transaction is open.
    """
    now = timezone.now()
    receipt.received_at, receipt.received_by = now, person
    receipt.arrival_year = timezone.localdate(now).year
    receipt.arrival_number = take_number(
        organisation=organisation, register=Register.INCOMING, year=receipt.arrival_year
    )
    return {"received_at": [None, now], "arrival_number": [None, receipt.arrival_number]}
