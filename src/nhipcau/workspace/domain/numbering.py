"""Numbers of an office's books: unique, without a gap, whoever asks at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from nhipcau.access import system
from nhipcau.workspace.models import NumberRegister

if TYPE_CHECKING:
    from nhipcau.network.models import Organisation


class NotInTransactionError(Exception):
    """A number was asked for outside the transaction that uses it, so a failure would leave a gap."""


def take_number(*, organisation: Organisation, register: str, year: int) -> int:
    """The next number of the office's book of that year, from 1.

    The row of the book stays locked until the caller's transaction ends; where that fails, the number is given to the
    next who asks. The caller has checked the rule: who may issue, may number.

    Raises:
        NotInTransactionError: no transaction is open.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError("A number is taken in the transaction that uses it.")
    # The book is the office's, not the actor's: a deputy or a task numbers in the same one.
    with system("numbering"):
        book = NumberRegister.objects.filter(organisation=organisation, register=register, year=year)
        if not book.update(last=F("last") + 1):
            NumberRegister.objects.get_or_create(organisation=organisation, register=register, year=year)
            book.update(last=F("last") + 1)
        return int(book.values_list("last", flat=True).get())
