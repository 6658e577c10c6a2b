"""Hands mail to the operator's server, one after the other over one connection, and notes what became of each."""

from __future__ import annotations

import logging
import smtplib
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone

from nhipcau.access import system
from nhipcau.workspace.domain import mail as domain
from nhipcau.workspace.mail import message_of

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.workspace.models import Mail

logger = logging.getLogger(__name__)

#: Mails of one round; the next minute takes the next.
ROUND = 200
#: From here on a server's code is final; below, it asks to come again (greylisting, a full mailbox, too busy).
_FINAL = 500


def deliver_mail() -> int:
    """Gather what is due, then send all that is due; how many were taken by the server. Safe to run twice, and at once.

    Where no server is named nothing is tried.
    """
    if not settings.MAIL:
        return 0
    with system("worker") as access:
        domain.gather_mail(actor=access.actor, at=timezone.now())
        return _send_all(access.actor)


class ServerDownError(Exception):
    """The server cannot be spoken to, or not by us: what else is due is not tried in this round."""


def _send_all(actor: Actor) -> int:
    sent = 0
    server: Any = get_connection()
    try:
        for _number in range(ROUND):
            mail = domain.claim_mail(actor=actor, at=timezone.now())
            if mail is None:
                break
            sent += _send(server, actor, mail)
    except ServerDownError:
        pass
    finally:
        _close(server)
    return sent


def _send(server: Any, actor: Actor, mail: Mail) -> bool:
    """Send one claimed mail; whether the server took it.

    Raises:
        ServerDownError: the next one need not be tried.
    """
    try:
        message = message_of(mail)
    except Exception as error:
        # One notice that cannot be written out must not stop everybody's mail.
        logger.exception("Mail %s cannot be written.", mail.message_id)
        domain.put_off(actor=actor, mail=mail, error=repr(error)[:1000], at=timezone.now())
        return False
    if message is None:
        domain.mark_dropped(actor=actor, mail=mail)
        return False
    address = message.to[0]
    try:
        server.open()
        message.connection = server
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        _not_taken(actor, mail, *next(iter(refused.recipients.values())), address=address)
    except _OURS as error:
        # What is wrong with our own connection, sign-in or sender is the operator's to mend: the mail waits.
        _not_taken(actor, mail, 0, _said(error))
        raise ServerDownError from error
    except smtplib.SMTPResponseException as answer:
        _not_taken(actor, mail, answer.smtp_code, answer.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        _not_taken(actor, mail, 0, str(error))
        raise ServerDownError from error
    else:
        domain.mark_sent(actor=actor, mail=mail, address=address)
        return True
    return False


_OURS = (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused, smtplib.SMTPConnectError, smtplib.SMTPHeloError)


def _said(error: Any) -> str:
    """The server's own code and words."""
    words = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
    return f"{error.smtp_code} {words}"


def _not_taken(actor: Actor, mail: Mail, code: int, said: bytes | str, address: str = "") -> None:
    """Note why; a final word about the address or the mail ends it, anything else puts it off."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    error = " ".join(f"{code or ''} {text}".split())[:1000]
    now = timezone.now()
    if code >= _FINAL and address:
        domain.mark_refused(actor=actor, mail=mail, address=address, error=error, at=now)
    elif code >= _FINAL:
        domain.give_up(actor=actor, mail=mail, error=error)
    else:
        domain.put_off(actor=actor, mail=mail, error=error, at=now)
    logger.warning("Mail %s was not taken: %s", mail.message_id, error)


def _close(server: Any) -> None:
    """End the conversation; a broken one is not used for the next mail."""
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        server.connection = None
