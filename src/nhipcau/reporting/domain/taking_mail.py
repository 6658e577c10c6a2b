"""Mail that comes to the intake address of an office: a filled workbook waits on the desk, nothing else happens.

The sender of a mail can be forged and its content is anybody's: it must come to an address with the office's secret,
from somebody who writes for that office, and what it brings is never applied by itself.
"""

from __future__ import annotations

import email
import email.policy
from email.errors import MessageError
from email.utils import getaddresses
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from nhipcau.access import SystemActor, opened, system
from nhipcau.accounts.models import Person
from nhipcau.accounts.queries import access_for
from nhipcau.documents.forms.workbook import report_in
from nhipcau.documents.packages import MOST_BYTES
from nhipcau.documents.sentences import FileRefusedError as NoWorkbookError
from nhipcau.network.models import Organisation
from nhipcau.reporting.domain.workbooks import give_workbook
from nhipcau.reporting.intake import office_of
from nhipcau.reporting.queries.reports import reports
from nhipcau.workspace.domain.errors import WorkspaceError
from nhipcau.workspace.domain.notices import notify
from nhipcau.workspace.queries.people import holding
from nhipcau.workspace.rules.letters import WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from nhipcau.reporting.models import GivenWorkbook, Report

#: Bytes of a mail; parts that are looked at; workbooks that are taken from one mail.
MOST_MESSAGE = 2 * MOST_BYTES
MOST_PARTS = 100
MOST_FILES = 3
#: What came of a mail.
WAITING, REFUSED, IGNORED = "waiting", "refused", "ignored"
_ADDRESSED = ("Delivered-To", "X-Original-To", "To", "Cc")
_ACTOR = SystemActor("intake")


def take_mail(data: bytes, *, to: str = "") -> str:
    """Take one mail in.

    Args:
        data: as RFC 822 has it, from anybody.
        to: the address to which the mail server delivers it; else those that its head names are tried.

    Returns:
        ``waiting`` where at least one workbook waits now; ``refused`` where the sender was told on the desk why not;
        ``ignored`` where nobody is told: it is not for us, or not from somebody of ours.
    """
    if len(data) > MOST_MESSAGE:
        return IGNORED
    try:
        message: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
        office, person = _office(message, to), _sender(message)
        if office is None or person is None or str(message.get("Auto-Submitted", "no")).lower() != "no":
            return IGNORED
        files = list(_files(message))
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError):
        # The parser of mail raises whatever a head made to confuse leads it to.
        return IGNORED
    if person not in holding(WRITERS, [office.pk]):
        return IGNORED
    with translation.override(person.language):
        outcomes = [_take(person, office, name, content) for name, content in files]
        if not outcomes:
            _refuse(person, office, gettext("it has no workbook (.xlsx) attached"))
    return WAITING if WAITING in outcomes else REFUSED


def _office(message: EmailMessage, to: str) -> Organisation | None:
    named = [to] if to else [address for name in _ADDRESSED for address in _addresses(message, name)]
    slug = next((slug for slug in map(office_of, named[:MOST_PARTS]) if slug), "")
    with system("intake"):
        found: Organisation | None = Organisation.objects.filter(slug=slug).first() if slug else None
    return found


def _sender(message: EmailMessage) -> Person | None:
    """Who wrote it, where that is one person whom the desk knows."""
    senders = _addresses(message, "From")
    if len(senders) != 1:
        return None
    with system("intake"):
        found: Person | None = Person.objects.filter(email=senders[0].lower(), is_active=True).first()
    return found


def _addresses(message: EmailMessage, name: str) -> list[str]:
    return [address for _words, address in getaddresses([str(each) for each in message.get_all(name, [])]) if address]


def _files(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """The attached workbooks, of the mail itself and not of mails inside it."""
    waiting: list[Any] = [message]
    seen = found = 0
    while waiting and seen < MOST_PARTS and found < MOST_FILES:
        part = waiting.pop(0)
        seen += 1
        if part.get_content_maintype() == "multipart":
            waiting[:0] = list(part.iter_parts())[:MOST_PARTS]
            continue
        name = part.get_filename() or ""
        content = part.get_payload(decode=True) if part.get_content_maintype() != "message" else None
        if not isinstance(content, bytes) or not content:
            continue
        if name.lower().endswith((".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")) or content.startswith(b"PK\x03\x04"):
            found += 1
            yield name, content


def _take(person: Person, office: Organisation, name: str, content: bytes) -> str:
    try:
        with opened(access_for(person)):
            row = _report(office, report_in(content))
            given = give_workbook(actor=person, report=row, name=name or "workbook.xlsx", content=content, mailed=True)
    except NoWorkbookError as refused:
        _refuse(person, office, refused.sentence.told(gettext))
    except WorkspaceError as refused:
        _refuse(person, office, str(refused))
    else:
        _tell(person, row, given)
        return WAITING
    return REFUSED


def _report(office: Organisation, key: int) -> Report:
    row: Report | None = reports().filter(pk=key, organisation=office).first()
    if row is None:
        raise WorkspaceError(gettext("This workbook is of no report of this office."))
    return row


def _tell(person: Person, report: Report, given: GivenWorkbook) -> None:
    """The writers of the office, the sender among them: it came, and waits."""
    with system("intake"), transaction.atomic():
        notify(
            actor=_ACTOR,
            kind="reporting.workbook",
            to=holding(WRITERS, [report.organisation_id]),
            target=report,
            sentence=gettext_noop("The workbook of “%(campaign)s” that %(who)s mailed waits: look at what it changes."),
            params={"campaign": report.campaign, "who": person.name},
            url=f"/bao-cao/excel/{given.pk}/",
            effect=str(given.pk),
        )


def _refuse(person: Person, office: Organisation, why: str) -> None:
    """Only the sender is told, on the desk and as they chose: no answer goes to an address that a mail names."""
    with system("intake"), transaction.atomic():
        notify(
            actor=_ACTOR,
            kind="reporting.workbook",
            to=[person],
            target=office,
            sentence=gettext_noop("Your mail to the intake address of %(office)s was not taken: %(why)s"),
            params={"office": office, "why": why},
            url="/bao-cao/",
        )
